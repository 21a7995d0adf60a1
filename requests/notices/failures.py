"""Which failures to send a mail will not heal by waiting, and which mean the server is away."""

import smtplib
from email.errors import MessageError

from anymail.exceptions import AnymailInvalidAddress, AnymailRecipientsRefused
from django.core.exceptions import ValidationError
from django.template import TemplateDoesNotExist


def is_permanent(error: Exception) -> bool:
    """Tell whether this mail can never be sent as it is: staff must look at it."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _reply in error.recipients.values())
    if isinstance(error, smtplib.SMTPDataError):
        return error.smtp_code >= 500
    return isinstance(
        error,
        # An address or a header that nobody can write raises one of the errors of values.
        AnymailInvalidAddress
        | AnymailRecipientsRefused
        | MessageError
        | TemplateDoesNotExist
        | ValidationError
        | ValueError,
    )


def is_connection_failure(error: Exception) -> bool:
    """Tell whether the mail server itself did not answer, so that trying the next is idle."""
    if isinstance(error, smtplib.SMTPResponseException | smtplib.SMTPRecipientsRefused):
        return isinstance(error, smtplib.SMTPConnectError)
    return isinstance(error, OSError)
