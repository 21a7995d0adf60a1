"""Which mails an action will send, before it is done: whole where it can be rehearsed."""

from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from isso.requests.notices.models import MailWording, Notice

from ..lifecycle import Note, To
from ..mails import READERS
from ..perform import NotAllowed, NotPossible
from ..rehearsing import rehearse
from ..steps import step_after


@dataclass(frozen=True)
class ExpectedMail:
    """One mail to come: its subject, its reader, and its words where they are known already."""

    subject: str
    to: str
    text: str = ""


def foreseen(name, declared, student_request, actor):
    """Return the mails of an action whose page is just opened, with a mark for what is typed.

    What cannot be done before something is filled in shows its subjects alone.
    """
    if not declared.mails:
        return []
    typed = {} if declared.note == Note.NONE else {"note": _("[What you write]")}
    try:
        return whole(rehearse(student_request, name, actor, **typed))
    except (NotAllowed, NotPossible, ValidationError):
        return expected_mails(declared, student_request)


def whole(notices):
    """Return mails as their readers get them; links are named, never given."""
    wordings = MailWording.objects.in_bulk({each.key for each in notices}, field_name="key")
    mails = [(each, each.redacted(wordings)) for each in notices]
    return [
        ExpectedMail(mail.subject, f"{each.recipient_name} <{each.recipient}>", mail.text)
        for each, mail in mails
    ]


def expected_mails(declared, student_request):
    """Return the mails of one action in the office's wording, as far as they can be known."""
    found = []
    for mail in declared.mails:
        key = mail.key
        for_owner = student_request.promise and not student_request.department
        if key == "document_released" and not for_owner:
            key = "status_changed"
        subject = _subject(key, student_request)
        found += [ExpectedMail(subject, to) for to in _readers(mail, key, student_request)]
    return found


def _readers(mail, key, student_request):
    if key == "approver_request":
        # Passing over the last step asks nobody else.
        asks_next = mail.when is None or step_after(student_request) is not None
        return [_("the approver")] if asks_next else []
    if key == "approver_replaced":
        approval = student_request.current_approval
        return [f"{approval.name} <{approval.email}>"] if approval and approval.email else []
    readers = READERS[To(mail.to)](student_request, key, student_request.current_approval)
    return [f"{reader.name} <{reader.email}>" for reader in readers]


def _subject(key, student_request):
    about = Notice(
        key=key,
        about=student_request.reference,
        context={
            "request_title": str(student_request.type.title),
            "student_name": student_request.student.full_name,
            "status": str(student_request.student_label),
        },
    )
    return about.redacted().subject
