"""WCAG 2.2 AA on every page of the demonstration: light and dark, on a desk and on a phone.

Each page is loaded once and then looked at in four ways: axe finds nothing, and nothing has to
be scrolled sideways.
"""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from isso.requests.letters.issuing import issue_waiting
from isso.requests.models import IssuedLetter, StudentRequest
from isso.tests.browser.eyes import Eyes
from isso.tests.browser.places import (
    DOORS,
    TABS,
    approver_address,
    asker,
    enter,
    one_of_each,
    places_before_arrival,
    places_of_departments,
    public_addresses,
    request_addresses,
    requests_of,
    start_addresses,
)
from isso.tests.letters.reading import codes_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def look_at_the_site(eyes, tab):
    """Every public page."""
    eyes.visit(tab, public_addresses())


def look_at_sign_in(eyes, tab):
    """Every door, a wrong password, a code by mail, and the second factor of staff."""
    eyes.visit(tab, DOORS)
    sign_in(eyes, tab, "student@demo.example", "wrong")
    tab.locator("main .error, main [role=alert]").first.wait_for()
    eyes.look(tab, "a wrong password")
    tab.goto(f"{eyes.site}/accounts/login/code/")
    tab.locator("main input[type=email]").fill("student@demo.example")
    tab.locator("main form button").first.click()
    tab.wait_for_url("**/confirm/")
    eyes.look(tab, "a code by e-mail")
    sign_in(eyes, tab, "advisor@demo.example", "demo")
    tab.wait_for_url("**/admin/")
    eyes.visit(tab, ["/accounts/2fa/", "/accounts/logout/"])
    tab.goto(f"{eyes.site}/accounts/2fa/totp/activate/")
    eyes.look(tab, "the password once more")
    tab.get_by_label("Password").fill("demo")
    tab.locator("main form button").first.click()
    tab.wait_for_url("**/totp/activate/")
    eyes.look(tab, "a second factor")


def sign_in(eyes, tab, email, password):
    """Fill in the sign-in form and send it, as nobody the site has seen before."""
    tab.context.clear_cookies()
    tab.goto(f"{eyes.site}/accounts/login/")
    tab.get_by_label("E-mail").fill(email)
    tab.get_by_label("Password").fill(password)
    tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def look_at_the_portal(eyes, tab):
    """The tabs and first pages as a student, a newcomer who checks in, and an editor."""
    enter(tab, "student@demo.example", eyes.site)
    eyes.visit(tab, [*TABS, *start_addresses(), "/portal/requests/2222-2222/"])
    enter(tab, "newstudent@demo.example", eyes.site)
    eyes.visit(tab, [*TABS[:3], "/portal/requests/new/check_in/"])
    tab.get_by_role("button", name="Start this request").click()
    tab.wait_for_url("**/edit/**")
    eyes.visit(tab, request_addresses(requests_of("newstudent@demo.example").get()))
    enter(tab, "editor@demo.example", eyes.site)
    eyes.visit(tab, ["/portal/"])


def look_before_arrival(eyes, tab):
    """Home and every tab of people who are expected, whatever became of their first form."""
    for email, addresses in places_before_arrival():
        enter(tab, email, eyes.site)
        eyes.visit(tab, addresses)


def look_as_department_and_office(eyes, tab):
    """What a department has, and what waits for another office, by account."""
    enter(tab, "department@demo.example", eyes.site)
    eyes.visit(tab, places_of_departments())
    enter(tab, "compliance@demo.example", eyes.site)
    eyes.visit(tab, ["/portal/approvals/"])
    tab.locator("main table a, main li a").first.click()
    tab.wait_for_load_state()
    eyes.look(tab, "the question to another office")


def look_at_requests(eyes, tab):
    """Each type in each state: its status page, and all pages that can be filled in."""
    for student_request in one_of_each():
        enter(tab, asker(student_request), eyes.site)
        eyes.visit(tab, request_addresses(student_request))


def look_behind_buttons(eyes, tab):
    """What asks once more before it acts, and pages with mistakes on them."""
    for state, button in [
        ("draft", "Discard this draft"),
        ("approver_review", "Ask another academic/program advisor"),
        ("submitted", "Withdraw this request"),
    ]:
        open_as_student(eyes, tab, state)
        tab.get_by_role("button", name=button).click()
        tab.wait_for_url("**/do/**")
        eyes.look(tab, button)
    page_with_mistakes, *_pages, check_page = request_addresses(
        open_as_student(eyes, tab, "draft")
    )[1:]
    tab.goto(f"{eyes.site}{page_with_mistakes}")
    for box in tab.locator("main input[type=text]").all():
        box.fill("")
    tab.get_by_role("button", name="Save and continue").click()
    tab.get_by_role("alert").wait_for()
    eyes.look(tab, "a page with mistakes")
    tab.goto(f"{eyes.site}{check_page}")
    tab.get_by_role("button", name="Submit", exact=True).click()
    tab.get_by_role("alert").wait_for()
    eyes.look(tab, "a check page with mistakes")


def open_as_student(eyes, tab, state):
    """Open the status page of some request in this state as its student."""
    student_request = StudentRequest.objects.filter(state=state).earliest("pk")
    enter(tab, asker(student_request), eyes.site)
    tab.goto(f"{eyes.site}{student_request.get_absolute_url()}")
    return student_request


def look_at_a_letter(eyes, tab):
    """The page behind a letter's code: confirmed, no longer valid, and a code that is none."""
    tab.context.clear_cookies()
    issue_waiting()
    letter = IssuedLetter.objects.earliest("pk")
    with letter.document.file.open("rb") as file:
        [address] = codes_in(file.read())
    eyes.visit(tab, [urlsplit(address).path, "/portal/letters/no-such-code/"])
    IssuedLetter.objects.update(valid_until=letter.issued_on - timedelta(days=1))
    eyes.visit(tab, [urlsplit(address).path])


def look_as_approver(eyes, tab):
    """The questionnaire, the decision once more, the thanks, and a link that is used up."""
    tab.context.clear_cookies()
    waiting = StudentRequest.objects.filter(state="approver_review").earliest("pk")
    address = approver_address(waiting)
    eyes.visit(tab, [address, "/portal/approvals/no-such-link/"])
    tab.goto(f"{eyes.site}{address}")
    tab.get_by_role("button", name="Check and confirm").click()
    tab.get_by_role("alert").wait_for()
    eyes.look(tab, "a decision with mistakes")
    tab.get_by_label("I am not the right person").check()
    tab.get_by_label("Your name").fill("Henrik Vestergaard")
    tab.get_by_label("Your title and department").fill("Professor of Materials Science")
    tab.get_by_role("button", name="Check and confirm").click()
    confirm = tab.get_by_role("button", name="Confirm", exact=True)
    confirm.wait_for()
    eyes.look(tab, "a decision to confirm")
    confirm.click()
    tab.get_by_role("heading", name="Thank you").wait_for()
    eyes.look(tab, "a decision made")
    eyes.visit(tab, [address])


# Four tests, since one would leave the other processes idle for minutes.
WALKS = {
    "outside": (look_at_the_site, look_at_sign_in),
    "the portal": (look_at_the_portal, look_behind_buttons, look_as_approver, look_at_a_letter),
    "requests": (look_at_requests,),
    "people around": (look_before_arrival, look_as_department_and_office),
}


@pytest.mark.parametrize("walk", WALKS)
def test_every_page_is_accessible(demonstration, tab_for, walk):
    eyes, tab = Eyes(demonstration), tab_for()

    for look in WALKS[walk]:
        look(eyes, tab)

    assert not eyes.problems, "\n".join(eyes.problems)
