"""Which mails an action will send, before it is done."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from isso.requests.notices.models import Notice

from ..lifecycle import To
from ..mails import READERS
from ..steps import step_after


@dataclass(frozen=True)
class ExpectedMail:
    """One mail to come: its subject and its reader."""

    subject: str
    to: str


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
