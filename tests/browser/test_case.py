"""A case by clicks and keys: files in the page, a template, two people, the next; and by axe."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT

from isso.requests.models import ReplyTemplate
from isso.requests.people.roles import Role
from isso.tests import factories
from isso.tests.browser.eyes import RULES, WIDTHS

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
# Wagtail's own frame around the page is not ours to mend, nor its moving colors.
LOOK = """async (rules) => {
    const found = await axe.run("main", {runOnly: rules, resultTypes: ["violations"]});
    const problems = found.violations.flatMap(
        (rule) => rule.nodes.map((node) => `${rule.id}: ${node.target} ${node.failureSummary}`));
    if (document.documentElement.scrollWidth > innerWidth) problems.push("scrolls sideways");
    return problems;
}"""


@pytest.fixture
def desk(office):
    """An advisor, a supervisor, and two requests under review."""
    advisor = factories.make_staff(email="advisor@staff.example")
    factories.make_staff(Role.SUPERVISOR, "supervisor@staff.example")
    ReplyTemplate.objects.create(title="Soon", text="Hello {student}, by {due}.")
    made = [
        factories.make_request(
            factories.make_student(f"s{number}@school.example"), key, "in_review", advisor
        )
        for number, key in enumerate(("transfer_out", "reprint"))
    ]
    return [each.pk for each in made]


def look(tab, name):
    """Return what axe finds in the page that is open, in four ways."""
    tab.evaluate(AXE_SCRIPT)
    tab.add_style_tag(content="*, ::before, ::after { transition: none !important }")
    problems = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        for scheme, rules in RULES.items():
            tab.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            problems += [f"{name} {scheme} {width}: {each}" for each in tab.evaluate(LOOK, rules)]
    tab.set_viewport_size({"width": 1280, "height": 900})
    return problems


def test_a_case_by_keyboard(desk, site, tab_for):
    tab, first = tab_for("advisor@staff.example"), f"{site}/admin/desk/{desk[0]}/"
    fetched = []
    tab.on("request", lambda request: fetched.append(request.url))
    tab.goto(f"{first}?view=all&at=0")
    assert not [each for each in fetched if "/desk/document/" in each]

    tab.get_by_text("Show admission_letter.pdf here").click()
    tab.locator("details[open] iframe").wait_for()
    tab.wait_for_timeout(500)
    assert {each.split("/desk/")[1][:9] for each in fetched if "/desk/document/" in each} == {
        "document/"
    }

    tab.locator("body").press("m")
    tab.keyboard.type("First, no q and no n leads away. ")
    tab.get_by_label("Template").select_option(label="Soon")
    tab.get_by_role("button", name="Insert").click()
    tab.wait_for_url("**/message/**")
    tab.wait_for_timeout(500)
    top = tab.locator("#messages-section").evaluate("it => it.getBoundingClientRect().top")
    assert 0 <= top < 300
    words = tab.get_by_label("New message").input_value()
    assert words.startswith("First, no q and no n leads away.\n\nHello Amara Okoye, by ")
    tab.get_by_role("button", name="Send message").click()
    tab.get_by_text("Message sent.").wait_for()
    assert tab.url == f"{first}?view=all&at=0#messages-section"

    tab.get_by_role("button", name="Turn keys off").click()
    tab.keyboard.press("n")
    tab.reload()
    tab.locator("body").press("n")
    tab.wait_for_timeout(300)
    assert f"/admin/desk/{desk[0]}/" in tab.url
    tab.get_by_role("button", name="Turn keys on").click()
    tab.locator("body").press("n")
    tab.wait_for_url(lambda url: f"/admin/desk/{desk[0]}/" not in url)
    assert f"/admin/desk/{desk[1]}/" in tab.url
    tab.locator("body").press("q")
    tab.wait_for_url("**/admin/desk/view/all/**")


def test_two_people_and_what_leaves(desk, site, tab_for):
    first, second = tab_for("advisor@staff.example"), tab_for("supervisor@staff.example")
    case = f"{site}/admin/desk/{desk[0]}/"
    first.goto(case)
    first.get_by_role("link", name="Approve as the first").click()
    first.get_by_role("button", name="Approve as the first").click()
    first.get_by_text("waiting for a second person", exact=False).first.wait_for()
    assert first.get_by_role("link", name="Confirm the approval").count() == 0

    second.goto(case)
    second.get_by_text("has this case open since").wait_for()
    second.get_by_role("link", name="Confirm the approval").click()
    second.locator(".desk-mail summary").click()
    assert second.get_by_text("Hello Amara Okoye,").is_visible()
    second.get_by_role("button", name="Confirm the approval").click()
    second.get_by_text("The request is now “Approved, to record”").wait_for()
    second.get_by_role("link", name="Next case").first.wait_for()


def test_the_desks_pages_of_a_case_are_for_everybody(desk, site, tab_for):
    tab, problems = tab_for("advisor@staff.example"), []
    case = f"/admin/desk/{desk[1]}/"
    for address in (
        f"/admin/desk/{desk[0]}/",
        f"{case}do/deny/",
        f"{case}do/ask_clarification/",
        f"/admin/desk/{desk[0]}/do/approve_first/",
    ):
        tab.goto(f"{site}{address}")
        for summary in tab.locator("main details.desk-file summary, main .desk-mail summary").all():
            summary.click()
        problems += look(tab, address)

    assert problems == []
