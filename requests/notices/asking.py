"""What each mail asks of its reader: the first words of its subject, and whether it can wait.

A subject starts with what is required, in the office's own wording, too, so that nobody misses
what he has to do among what he only has to know.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class Asks(models.TextChoices):
    """What is required of the reader, in the words with which the subject starts."""

    ACT = "act", _("Action required")
    APPROVE = "approve", _("Please approve")
    USE = "use", _("Use now")
    READ = "read", _("Please read")
    KNOW = "know", _("For your information")
    RECEIPT = "receipt", _("Receipt")


@dataclass(frozen=True)
class Kind:
    """What a mail asks, and whether its reader may have it with others, once a day.

    What asks for an act with a deadline, or opens the door, never waits.
    """

    asks: Asks
    can_wait: bool = False


_ACT, _APPROVE, _USE = Kind(Asks.ACT), Kind(Asks.APPROVE), Kind(Asks.USE)
_READ, _KNOW, _RECEIPT = Kind(Asks.READ), Kind(Asks.KNOW), Kind(Asks.RECEIPT)
# Messages and new statuses; for the office, what arrives with it.
_MESSAGE, _STATUS, _WORK = Kind(Asks.READ, True), Kind(Asks.KNOW, True), Kind(Asks.ACT, True)

KINDS = {
    "admitted_reminder": _ACT,
    "approval_sent_back": _ACT,
    "approved": _STATUS,
    "approver_code": _USE,
    "approver_done": _STATUS,
    "approver_forwarded": _STATUS,
    "approver_not_me": _ACT,
    "approver_receipt": _RECEIPT,
    "approver_refused": _READ,
    "approver_reminded": _STATUS,
    "approver_reminder": _APPROVE,
    "approver_replaced": _KNOW,
    "approver_request": _APPROVE,
    "approver_withdrawn": _KNOW,
    "approver_unreached": _ACT,
    "assigned": _WORK,
    "campus_connected": _KNOW,
    "campus_login_ended": _READ,
    "clarification_requested": _ACT,
    "contact_copy": _RECEIPT,
    "contact_message": _ACT,
    "daily_mail": _KNOW,
    "deadlines": _ACT,
    "denied": _READ,
    "department_access_asked": _ACT,
    "department_access_confirm": _ACT,
    "department_access_given": _KNOW,
    "department_access_refused": _READ,
    "department_welcome": _ACT,
    "document_released": _MESSAGE,
    "document_settled": _MESSAGE,
    "expired": _READ,
    "expiring_soon": _ACT,
    "file_refused": _ACT,
    "general_from_office": _MESSAGE,
    "general_from_student": _WORK,
    "letter_revoked": _READ,
    "login_changed": _READ,
    "message_from_office": _MESSAGE,
    "message_from_student": _WORK,
    "office_new_in_queue": _WORK,
    "personal_email_asked": _ACT,
    "personal_email_code": _USE,
    "personal_email_confirmed": _KNOW,
    "personal_email_in_use": _READ,
    "personal_email_replaced": _READ,
    "personal_email_taken": _READ,
    "reassigned": Kind(Asks.KNOW, can_wait=True),
    "recalled": _KNOW,
    "record_copy_ready": _KNOW,
    "reminder_test": _KNOW,
    "reopened": _STATUS,
    "request_started": _ACT,
    "request_submitted": _RECEIPT,
    "resubmitted": _WORK,
    "retention_plan": _ACT,
    "role_ends": _READ,
    "scholar_invite": _ACT,
    "second_factor_off": _ACT,
    "second_person_asked": _APPROVE,
    "sign_in_code": _USE,
    "sign_in_elsewhere": _READ,
    "sign_in_help": _READ,
    "staff_welcome": _ACT,
    "stuck_digest": _ACT,
    "status_changed": _STATUS,
    "unassigned_alert": _ACT,
    "welcome_invitation": _ACT,
    "withdrawn": _STATUS,
}


def kind_of(key: str) -> Kind:
    """Return what a mail asks; one that nobody has stated is to be read, at once."""
    return KINDS.get(key, _READ)


def may_be_chosen(key: str, audience: str) -> bool:
    """Tell whether its reader, who then has an account, chooses when such a mail comes."""
    has_choice = kind_of(key).can_wait or key == "daily_mail"
    return has_choice and audience in ("student", "staff")


def with_what_is_asked(key: str, subject: str) -> str:
    """Return a subject that starts with what is required of its reader."""
    return f"{kind_of(key).asks.label}: {subject}"
