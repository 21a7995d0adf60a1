"""The demonstration's mailbox shows sent mails whole, to this computer alone."""

from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.notices.outbox import deliver_due

pytestmark = pytest.mark.django_db


@pytest.fixture
def demonstration(settings, tmp_path):
    """The development settings that matter here."""
    settings.DEMONSTRATION = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = tmp_path / "mail"


def test_mails_are_shown_whole_and_newest_first(client, write, demonstration):
    for title in ("First", "Sécond"):
        write(
            name="Sofia",
            context={"request_title": title},
            links={"link": ["test-secret", title.lower()]},
            to=f"{len(title)}@demo.example",
        )
        deliver_due()
    mails = client.get("/demo-mail/").context["mails"]

    assert [(mail.recipient, mail.subject) for mail in mails] == [
        ("Sofia <6@demo.example>", "Please read: A message from the office: Sécond"),
        ("Sofia <5@demo.example>", "Please read: A message from the office: First"),
    ]
    assert "http://testserver/secret/first/" in mails[1].text
    assert abs(mails[0].sent_at - timezone.now()) < timedelta(minutes=1)


def test_an_empty_mailbox(client, demonstration):
    assert list(client.get("/demo-mail/").context["mails"]) == []


@pytest.mark.parametrize(
    ("where", "status"),
    [
        ({}, 200),
        ({"REMOTE_ADDR": "::1"}, 200),
        ({"REMOTE_ADDR": "10.0.0.7"}, 404),
        ({"REMOTE_ADDR": ""}, 404),
        ({"HTTP_X_FORWARDED_FOR": "127.0.0.1"}, 404),
        ({"HTTP_FORWARDED": "for=127.0.0.1"}, 404),
    ],
)
def test_only_this_computer_sees_it(client, demonstration, where, status):
    assert client.get("/demo-mail/", **where).status_code == status


def test_nobody_sees_it_in_earnest(client, demonstration, settings):
    settings.DEMONSTRATION = False

    assert client.get("/demo-mail/").status_code == 404
