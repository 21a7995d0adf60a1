"""What browser tests share: an office on a live server, a real mail server, people who sign in."""

import re
import socket
from email import message_from_bytes, policy

import pytest
from aiosmtpd.controller import Controller

from isso.tests import factories, kept


class Mailbox:
    """A mail server's handler that keeps what it accepts."""

    def __init__(self):
        self.messages = []

    async def handle_DATA(self, server, session, envelope):
        """Keep one mail."""
        message = message_from_bytes(envelope.content, policy=policy.default)
        self.messages.append((envelope.rcpt_tos[0], message))
        return "250 OK"

    def to(self, recipient):
        """Return the mails to one address, oldest first."""
        return [message for address, message in self.messages if address == recipient]

    def link_to(self, recipient):
        """Return the first link in the newest mail to one address, as a person would click it."""
        return re.search(r"https?://\S+", self.text_to(recipient)).group()

    def text_to(self, recipient):
        """Return the words of the newest mail to one address."""
        text = self.to(recipient)[-1].get_body(("plain",)).get_content()
        return "\n".join(text.splitlines())

    def subjects(self):
        """Return (recipient, subject) of every mail, oldest first."""
        return [(address, message["Subject"]) for address, message in self.messages]


@pytest.fixture
def mailbox(settings):
    """A real SMTP server; the worker sends to it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 5
    box = Mailbox()
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    yield box
    controller.stop()


@pytest.fixture
def site(live_server, settings):
    """The address of the live site, which mails carry, with passwords switched on."""
    settings.PASSWORD_SIGN_IN = True
    settings.SITE_URL = live_server.url
    settings.ALLOWED_HOSTS = ["*"]
    return live_server.url


@pytest.fixture
def demonstration(site, settings):
    """The whole demonstration office, as `make run` shows it."""
    settings.DEMONSTRATION = True
    kept.demonstration()
    return site


@pytest.fixture
def office(site):
    """An empty office that is open."""
    factories.make_office()
    return site


@pytest.fixture
def tab_for(chromium, site):
    """Open a tab of one's own for each person, signed in; every request to elsewhere fails it."""
    contexts, strangers = [], []

    def note_stranger(request):
        # Chromium's viewer of PDFs is an extension of its own.
        own = (site, "data:", "blob:", "chrome-extension:", "chrome:")
        if not request.url.startswith(own):
            strangers.append(request.url)

    def open_tab(email=None, **options):
        context = chromium.new_context(
            viewport={"width": 1280, "height": 900}, locale="en-US", **options
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        context.on("request", note_stranger)
        tab = context.new_page()
        if email:
            tab.goto(f"{site}/accounts/login/")
            tab.get_by_label("E-mail").fill(email)
            tab.get_by_label("Password").fill("demo")
            tab.locator("main").get_by_role("button", name="Sign in", exact=True).click()
            tab.wait_for_url(lambda url: "/accounts/" not in url)
        return tab

    yield open_tab
    for context in contexts:
        context.close()
    assert strangers == []
