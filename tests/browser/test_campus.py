"""The campus sign-in as a browser sees it: two sites, real redirects, our content policy."""

import pytest

from isso.requests.management.commands.worker import run_due
from isso.requests.people.invitations import invite
from isso.requests.people.models import Purpose
from isso.tests import factories
from isso.tests.browser.eyes import Eyes
from isso.tests.people.campus_provider import honest_provider, switch_on

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def provider(settings):
    """A provider in a process of its own; nobody here has a password."""
    with honest_provider() as found:
        switch_on(settings, found.issuer)
        settings.PASSWORD_SIGN_IN = False
        yield found


def test_from_the_invitation_to_the_portal_and_back_where_one_was_going(
    office, provider, mailbox, page
):
    complaints = []
    # The provider's own page has a style sheet from elsewhere, which this computer cannot fetch.
    page.on("console", lambda line: "Security Policy" in line.text and complaints.append(line.text))
    provider.knows("amara-at-campus", email="amara@school.example", name="Amara Okoye")
    student = factories.make_student("amara@school.example")
    invite(student.user, Purpose.STUDENT)
    run_due()

    # The link in the mail, the campus button, the page of the campus, the portal.
    page.goto(mailbox.link_to("amara@school.example"))
    page.get_by_role("button", name="Campus sign-in").click()
    page.wait_for_url(f"{provider.issuer}/**")
    sign_in_there(page, "amara-at-campus")
    page.wait_for_url(f"{office}/portal/")
    assert page.get_by_role("heading", level=1).inner_text() == "Welcome, Amara"

    # Later: a bookmark, the own address, and on to that page.
    page.context.clear_cookies()
    page.goto(f"{office}/portal/profile/")
    page.get_by_label("E-mail address").fill("amara@school.example")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url(f"{provider.issuer}/**")
    sign_in_there(page, "amara-at-campus")
    page.wait_for_url(f"{office}/portal/profile/")

    # The button leads there, too.
    page.context.clear_cookies()
    page.goto(f"{office}/accounts/login/")
    page.get_by_role("button", name="Campus sign-in").click()
    page.wait_for_url(f"{provider.issuer}/**")
    assert complaints == []


def test_its_pages_can_be_read_by_everybody(office, provider, mailbox, page):
    """Invitation, sign-in, the question whose account it is, connecting, and a refusal."""
    eyes = Eyes(office)
    provider.knows("roommate-at-campus", email="room@school.example")
    student = factories.make_student("amara@school.example")
    invite(student.user, Purpose.STUDENT)
    run_due()

    eyes.visit(page, ["/accounts/login/"])
    page.goto(mailbox.link_to("amara@school.example"))
    eyes.look(page, "an invitation")
    page.get_by_role("button", name="Campus sign-in").click()
    page.wait_for_url(f"{provider.issuer}/**")
    sign_in_there(page, "roommate-at-campus")
    page.wait_for_url(f"{office}/accounts/campus/confirm/")
    eyes.look(page, "whose account it is")
    page.get_by_role("button", name="No", exact=True).click()
    eyes.look(page, "a refusal")
    page.goto(mailbox.link_to("amara@school.example"))
    page.get_by_role("button", name="Accept the invitation").click()
    eyes.visit(page, ["/accounts/campus/connect/"])

    assert eyes.problems == []


def sign_in_there(page, subject):
    """Fill in the page of the campus."""
    page.locator("input[name=sub]").fill(subject)
    page.get_by_role("button", name="Authorize").click()
