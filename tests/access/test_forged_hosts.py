"""No header of a request changes where a mailed link leads, whatever mail it asks for (case 24)."""

import re

import pytest
from django.core import mail
from django.test import Client

from isso.requests.approvals import make_token as approval_token
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.people.invitations import invite
from isso.requests.people.invitations import make_token as invitation_token
from isso.requests.people.roles import Role
from isso.requests.people.sign_in_help import answer_waiting
from isso.requests.records.models import StudentRecord
from isso.tests import factories

OURS = "https://isso.demo.example"
ADDRESS = re.compile(r"https?://[^/\s\"<>]*")
# Nobody is called so, and nothing is mailed.
REFUSED = [
    {"host": "evil.example"},
    {"host": "testserver.evil.example"},
    {"host": "testserver@evil.example"},
    {"host": "evil.example", "x-forwarded-host": "testserver"},
    {"host": "http://testserver/"},
]
# These we do not listen to.
IGNORED = {
    "x-forwarded-host": "evil.example",
    "x-forwarded-server": "evil.example",
    "forwarded": "host=evil.example;proto=http",
    "x-original-url": "http://evil.example/",
    "x-host": "evil.example",
    "origin": "http://testserver",
    "referer": "http://evil.example/",
}


def a_code(owner, monday):
    return Client(), "/accounts/login/", {"login": owner.record.email}


def help_with_signing_in(owner, monday):
    invite(owner.record.user, "student")
    return Client(), "/accounts/help/", {"email": owner.record.email}


def a_new_invitation(owner, monday):
    token = invitation_token(invite(owner.record.user, "student")[0])
    monday.shift(31 * 86400)
    return Client(), f"/accounts/invitation/{token}/new-link/", {}


def an_invitation(owner, monday):
    StudentRecord.objects.filter(pk=owner.record.pk).update(user=None, email="a@home.example")
    return advisor(), f"/admin/students/{owner.record.pk}/invite/", {}


def an_approval(owner, monday):
    draft = factories.make_draft(owner.record, "cpt", employer_name="Second Labs")
    posted = {
        "revision": draft.revision,
        "attestations": factories.everything_attested(draft),
    }
    return student(owner), f"/portal/requests/{draft.reference}/check/", posted


def a_reminder_of_the_approver(owner, monday):
    monday.shift(7 * 86400)
    address = f"/portal/requests/{owner.request.reference}/do/remind/"
    return student(owner), address, {"confirmed": "1"}


def a_new_link_of_the_approver(owner, monday):
    token = approval_token(owner.approval)
    monday.shift(31 * 86400)
    return Client(), f"/portal/approvals/{token}/new-link/", {}


def a_code_of_the_approver(owner, monday):
    return Client(), "/portal/approvals/", {"step": "address", "email": owner.approval.email}


def student(owner):
    client = Client()
    client.force_login(owner.record.user)
    return client


def advisor():
    client = Client()
    client.force_login(factories.make_staff(Role.ADVISOR))
    return client


# Way to ask for a mail → where the links in it lead; the mails with a code have none.
WAYS = {
    a_code: set(),
    help_with_signing_in: {OURS},
    a_new_invitation: {OURS},
    an_invitation: {OURS},
    an_approval: {OURS},
    a_reminder_of_the_approver: {OURS},
    a_new_link_of_the_approver: {OURS},
    a_code_of_the_approver: set(),
}


@pytest.mark.parametrize(("way", "leads_to"), WAYS.items(), ids=[way.__name__ for way in WAYS])
def test_a_mailed_link_leads_to_the_office_alone(owner, monday, settings, way, leads_to):
    settings.SITE_URL = OURS
    browser, address, posted = way(owner, monday)
    Notice.objects.all().delete()

    refused = [browser.post(address, posted, headers=forged).status_code for forged in REFUSED]
    written = Notice.objects.count()
    answer = browser.post(address, posted, headers=IGNORED)
    answer_waiting()
    deliver_due()

    assert (set(refused), written) == ({400}, 0)
    assert answer.status_code in (200, 302)
    assert "evil" not in answer.get("Location", "") + answer.content.decode()
    bodies = [each.body + each.alternatives[0].content for each in mail.outbox]
    assert {where for body in bodies for where in ADDRESS.findall(body)} == leads_to
    assert bodies
