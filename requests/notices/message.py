"""From a notice to the message that leaves: links made now, one stable Message-ID."""

from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.validators import validate_email

from isso.home.office import the_office

from .links import absolute_link
from .rendering import one_line


def build_message(notice) -> EmailMultiAlternatives:
    """Make the mail of one notice, ready to send."""
    mail = notice.render(_link)
    host = urlsplit(settings.SITE_URL).hostname
    office = the_office()
    reply_to = notice.reply_to or office.email
    message = EmailMultiAlternatives(
        subject=mail.subject,
        body=mail.text,
        from_email=sender(office),
        to=[_mailbox(notice.recipient_name, notice.recipient)],
        reply_to=[reply_to] if reply_to else None,
        headers={"Message-ID": f"<{notice.pk}@{host}>", "Auto-Submitted": "auto-generated"},
    )
    message.attach_alternative(mail.html, "text/html")
    # Anymail hands this back in its delivery reports (tracking.py); plain SMTP ignores it.
    message.metadata = {"notice": str(notice.pk)}
    return message


def _link(name, specification):
    return absolute_link(specification)


def sender(office) -> str:
    """Return whom mails come from; what the settings leave open comes from the server's own."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if office.sender_email:
        name, address = office.office_name, office.sender_email
    return _mailbox(office.sender_name or name, address)


def _mailbox(name, address):
    validate_email(address)
    local, _at, domain = address.rpartition("@")
    return str(Address(display_name=one_line(name), username=local, domain=domain))
