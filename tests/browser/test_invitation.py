"""From the mail to Welcome: an invited student and a scholar, in real Chromium, by real SMTP."""

import pytest
from django.core.management import call_command

from isso.requests.people.models import Invitation
from isso.requests.records.inviting import invite_person
from isso.requests.records.models import ScholarDetails, StudentRecord
from isso.tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def amara(site):
    """Somebody on record without an account."""
    return StudentRecord.objects.create(
        family_name="Okoye",
        given_name="Amara",
        email="amara+isso@school.example",
        stage="continuing",
        visa_class="F-1",
    )


def work():
    """Let the worker send what waits."""
    call_command("worker", once=True, verbosity=0)


@pytest.mark.parametrize(
    ("is_scholar", "subject"),
    [
        (False, "Action required: Your account for"),
        (True, "Action required: Your visit: your account"),
    ],
)
def test_from_the_mail_to_welcome(page, site, mailbox, amara, is_scholar, subject):
    if is_scholar:
        ScholarDetails.objects.create(record=amara)
    invite_person(amara, by=factories.make_staff())
    work()
    [(recipient, words)] = mailbox.subjects()
    link = mailbox.link_to("amara+isso@school.example")

    page.goto(link)
    assert (recipient, words.startswith(subject)) == ("amara+isso@school.example", True)
    assert page.get_by_role("heading", level=1).inner_text() == "Your invitation"
    assert Invitation.objects.get().state == "open"
    page.get_by_role("button", name="Accept the invitation").click()

    page.wait_for_url(f"{site}/portal/")
    assert "Welcome" in page.title()
    page.goto(link)
    assert page.get_by_role("heading", level=1).inner_text() == "This invitation was accepted"


def test_who_is_signed_in_as_somebody_else_signs_out_and_comes_back(page, site, mailbox, amara):
    factories.make_user("omar@school.example", "Omar Haddad")
    invite_person(amara)
    work()
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("E-mail address").fill("omar@school.example")
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda address: "/login/" not in address)

    page.goto(mailbox.link_to("amara+isso@school.example"))
    page.get_by_role("button", name="Sign out and open the invitation").click()
    page.get_by_role("button", name="Accept the invitation").click()

    page.wait_for_url(f"{site}/portal/")
    assert Invitation.objects.get().state == "accepted"
