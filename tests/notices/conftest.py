"""What the outbox's tests need: a real mail server and rows to send."""

import itertools
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller
from wagtail.models import Site

from isso.home.models import OfficeSettings
from isso.requests.notices.links import DeadLink, register_link
from isso.requests.notices.outbox import notify


class Mailbox:
    """A mail server's handler: keeps what it accepts, refuses whom the test says."""

    def __init__(self):
        self.messages = []
        self.refusals = {}

    async def handle_RCPT(self, server, session, envelope, address, options):
        if address in self.refusals:
            return self.refusals[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((envelope.rcpt_tos[0], message))
        return "250 OK"

    @property
    def recipients(self):
        """Who got a mail, in the order of arrival."""
        return [recipient for recipient, _message in self.messages]


@pytest.fixture
def mailbox():
    """The handler of the mail server."""
    return Mailbox()


@pytest.fixture
def smtp(mailbox, settings, unused_port):
    """A real mail server on this computer; ``start`` it, ``stop`` it, start it again."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = unused_port
    settings.EMAIL_TIMEOUT = 5
    controllers = []

    class Server:
        def start(self):
            controllers.append(Controller(mailbox, hostname="127.0.0.1", port=unused_port))
            controllers[-1].start()

        def stop(self):
            controllers.pop().stop()

    yield Server()
    while controllers:
        controllers.pop().stop()


@pytest.fixture
def unused_port():
    """A port nobody listens on."""

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture
def write():
    """Write a mail into the outbox; only what a test is about is named."""
    numbers = itertools.count(1)

    def write_one(to="sofia@demo.example", key="message_from_office", **options):
        options = {"context": {"request_title": "CPT"}, "dedupe": f"n{next(numbers)}"} | options
        return notify(key, to=to, **options)

    return write_one


def _dead_link():
    raise DeadLink("The approver was replaced.")


@pytest.fixture(autouse=True)
def _links():
    """Two kinds of links: one that works, one whose target is gone."""
    register_link("test-secret", lambda token: f"/secret/{token}/")
    register_link("test-dead", _dead_link)


@pytest.fixture
def office(db):
    """The settings that name the office."""
    return OfficeSettings.for_site(Site.objects.get(is_default_site=True))
