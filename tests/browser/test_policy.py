"""What every page keeps to: nothing from elsewhere, nothing inline, light, without script or mouse.

That no request leaves the site is proved by ``tab_for`` itself.
"""

import gzip
from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.models import StudentRequest
from isso.tests import factories
from isso.tests.browser.places import (
    DOORS,
    TABS,
    approver_address,
    asker,
    enter,
    one_of_each,
    public_addresses,
    request_addresses,
    start_addresses,
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

MOST_BYTES, MOST_REQUESTS = 40 * 1024, 6
WEIGHED = ("document", "stylesheet", "script")
NOT_MODIFIED = 304
# Reported by the browser itself, not by what the page says about itself.
REPORT = """document.addEventListener("securitypolicyviolation", (event) =>
    console.error(`refused: ${event.violatedDirective} ${event.blockedURI}`))"""
FOCUS = """() => {
    const now = document.activeElement;
    const style = getComputedStyle(now), box = now.getBoundingClientRect();
    const top = document.elementFromPoint(
        box.x + Math.min(box.width, 20) / 2, box.y + Math.min(box.height, 20) / 2);
    return {
        name: `${now.tagName} ${now.id || now.textContent.trim().slice(0, 30)}`,
        ring: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
        uncovered: Boolean(top) && (now.contains(top) || top.contains(now)),
    };
}"""


def test_pages_are_light_and_break_no_rule_of_the_policy(demonstration, tab_for):
    tab = tab_for()
    tab.add_init_script(REPORT)
    complaints, fetched = [], []
    tab.on("console", lambda line: line.type == "error" and complaints.append(line.text))
    tab.on("pageerror", lambda error: complaints.append(str(error)))
    tab.on("response", lambda answer: fetched.append(answer))

    def visit(addresses):
        for address in addresses:
            fetched.clear()
            tab.goto(f"{demonstration}{address}", wait_until="networkidle")
            yield address, list(fetched)

    too_heavy = {
        address: (len(answers), weight(answers))
        for address, answers in visit([*public_addresses(), *DOORS])
        if len(answers) > MOST_REQUESTS or weight(answers) > MOST_BYTES
    }
    for email in ("student@demo.example", "newstudent@demo.example"):
        enter(tab, email, demonstration)
        list(visit([*TABS, *start_addresses()]))
    for student_request in one_of_each():
        enter(tab, asker(student_request), demonstration)
        list(visit(request_addresses(student_request)))
    waiting = StudentRequest.objects.filter(state="approver_review").earliest("pk")
    list(visit([approver_address(waiting)]))

    assert too_heavy == {}
    # The pages that are missing on purpose say so on the console.
    not_found = "Failed to load resource: the server responded with a status of 404 (Not Found)"
    assert [each for each in complaints if each != not_found] == []


def weight(answers):
    """Return how many bytes a compressing server sends for page, style and script."""
    return sum(
        len(gzip.compress(answer.body()))
        for answer in answers
        # What a browser kept for a minute it asks for again, and gets no bytes if it is the same.
        if answer.request.resource_type in WEIGHED and answer.status != NOT_MODIFIED
    )


def test_the_browser_refuses_what_the_policy_forbids(office, tab_for):
    tab = tab_for()
    tab.add_init_script(REPORT)
    complaints = []
    tab.on("console", lambda line: complaints.append(line.text))
    tab.goto(f"{office}/accounts/login/")

    tab.evaluate("document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\">x</p>')")
    tab.wait_for_timeout(100)

    assert "refused: style-src-attr inline" in complaints


def test_a_request_is_made_and_sent_without_script(office, tab_for):
    factories.make_student("amara@school.example")
    today = timezone.localdate()
    tab = tab_for("amara@school.example", java_script_enabled=False)

    tab.goto(f"{office}/portal/requests/new/reprint/")
    tab.get_by_role("button", name="Start this request").click()
    tab.get_by_label("I will travel and need a travel signature").check()
    tab.get_by_label("Myself").check()
    tab.get_by_role("button", name="Save and continue").click()
    tab.get_by_label("Day you leave the United States").fill(str(today + timedelta(days=30)))
    tab.get_by_label("Day you come back").fill(str(today + timedelta(days=50)))
    tab.get_by_role("button", name="Save and continue").click()
    # A mistake is said without script, too, and nothing typed is lost.
    assert tab.get_by_role("alert").get_by_role("link").count() == 1
    tab.get_by_label("Countries you will visit").fill("Ghana")
    tab.get_by_role("button", name="Save and continue").click()
    made = StudentRequest.objects.get()
    for slot in (slot for page in made.type.pages for slot in page.slots if slot.required):
        if slot.is_asked(made.answers):
            upload = {"name": "a.pdf", "mimeType": "application/pdf"}
            tab.locator(f"#id_{slot.name}").set_input_files(
                upload | {"buffer": factories.pdf_file().read()}
            )
    tab.get_by_role("button", name="Save and continue").click()
    for box in tab.get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="Submit", exact=True).click()

    assert tab.locator("main .stamp").first.inner_text().strip() == "Submitted"
    assert StudentRequest.objects.get().state == "submitted"


@pytest.mark.parametrize("width", [1280, 320])
def test_the_keyboard_reaches_everything_and_the_eye_sees_where_it_is(office, tab_for, width):
    draft = factories.make_draft(factories.make_student("amara@school.example"))
    tab = tab_for("amara@school.example", reduced_motion="reduce")
    tab.set_viewport_size({"width": width, "height": 900})

    for address in ["/guides/cpt/", "/portal/", *request_addresses(draft)[:2]]:
        tab.goto(f"{office}{address}")
        tab.keyboard.press("Tab")
        skip = tab.get_by_role("link", name="Skip to page content")
        assert skip.evaluate("link => link === document.activeElement")
        stops = [tab.evaluate(FOCUS)]
        while (name := stops[-1]["name"]) != "BODY top":
            assert len(stops) < 120, f"the focus is caught at {name}"
            tab.keyboard.press("Tab")
            stops.append(tab.evaluate(FOCUS))
        lost = [stop for stop in stops[:-1] if not (stop["ring"] and stop["uncovered"])]
        assert (address, lost) == (address, [])

        tab.goto(f"{office}{address}")
        tab.keyboard.press("Tab")
        tab.keyboard.press("Enter")
        assert tab.evaluate("document.activeElement.id") == "content"
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.closest('main') !== null")
