"""Which mails an action puts into the outbox, to whom, and what they may say.

No mail carries an answer, a passport number or a file: names, status, sentences and a link.
"""

from dataclasses import dataclass

from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from .approvals import LINK_LIFETIME
from .lifecycle import State, To
from .lifetimes import end_of
from .words import what_happens_now


@dataclass(frozen=True)
class Reader:
    """Who gets a mail, and the link it holds."""

    email: str
    name: str
    audience: str
    links: dict


def send_mails(declared, student_request, entry, data, approval_before):
    """Write the mails of one action into the outbox, in the transaction of the action."""
    for mail in declared.mails:
        if mail.when and mail.when != student_request.state:
            continue
        key = mail.key
        if key == "document_released" and not student_request.promise:
            key = "status_changed"
        reader = READERS[mail.to](student_request, key, approval_before)
        if reader is None:
            continue
        write_mail(
            key,
            student_request,
            reader,
            entry.pk,
            **_context(student_request, entry, data, approval_before),
        )


def write_mail(key, student_request, reader, occasion, **context):
    """Put one mail about a request into the outbox; once for a reader and ``occasion``."""
    notify(
        key,
        to=reader.email,
        name=reader.name,
        about=student_request.reference,
        dedupe=f"{student_request.reference}:{occasion}:{key}:{reader.email}",
        context=office_context()
        | {
            "name": reader.name,
            "student_name": student_request.student.full_name,
            "reference": student_request.reference,
            "request_title": str(student_request.type.title),
            "status": str(student_request.student_label),
        }
        | context,
        links=reader.links,
        audience=reader.audience,
    )


def _context(student_request, entry, data, approval_before):
    approval = student_request.current_approval or approval_before
    if approval_before and approval_before.decided_at:
        # It tells who decided, not who is asked next.
        approval = approval_before
    due = student_request.due_on
    return {
        "sentence": what_happens_now(student_request),
        "note": entry.note if entry.note_is_shown else "",
        "expected_date": date_format(due, "F j, Y") if due else "",
        "approver_name": approval.name if approval else "",
        "forwarded_from": approval_before.name if approval_before else "",
        "sent_on": date_format(timezone.localtime(approval.asked_at), "F j, Y") if approval else "",
        **_last_days(student_request),
        "changes": [
            {
                "label": str(student_request.type.label_of(item["name"])),
                "sentence": item["sentence"],
            }
            for item in data.get("items", ())
        ],
        "document": str(student_request.promise),
    }


def _last_days(student_request):
    """Say until when an approver's link works, and by when a question wants its answer."""
    state = student_request.state
    days = {
        "more_steps": state == State.APPROVER_REVIEW,
        "approver_is_missing": student_request.approver_missing,
    }
    if state == State.APPROVER_REVIEW:
        days["expires_on"] = date_format(timezone.localdate() + LINK_LIFETIME, "F j, Y")
    if state == State.CLARIFICATION:
        days["due_by"] = date_format(end_of(student_request).on, "F j, Y")
    return days


def recipient_of_student_mail(student_request):
    """Return the student as a reader, or None without an address."""
    student = student_request.student
    email = student.user.email if student.user else student.email
    if not email:
        return None
    name = student.preferred_name or student.full_name
    return Reader(email, name, "student", {"link": ["request", student_request.reference]})


def recipient_of_office_mail(student_request):
    """Return the advisor whose turn it is, else the office's own address, else None."""
    links = {"link": ["case", student_request.pk]}
    advisor = student_request.assignee
    if advisor and advisor.is_active:
        return Reader(advisor.email, advisor.get_short_name(), "staff", links)
    office = office_context()
    if not office["office_email"]:
        return None
    return Reader(office["office_email"], office["office_name"], "staff", links)


def _student(student_request, key, approval_before):
    return recipient_of_student_mail(student_request)


def _office(student_request, key, approval_before):
    return recipient_of_office_mail(student_request)


def _approver(student_request, key, approval_before):
    gone = key in ("approver_withdrawn", "approver_replaced", "approver_receipt")
    approval = approval_before if gone else student_request.current_approval
    if approval is None:
        return None
    if key == "approver_replaced" and approval.email == student_request.current_approval.email:
        return None
    links = {} if gone else {"link": ["approval", approval.pk]}
    return Reader(approval.email, approval.name, "approver", links)


READERS = {
    To.STUDENT: _student,
    To.APPROVER: _approver,
    To.ASSIGNEE: _office,
    To.OFFICE: _office,
}
