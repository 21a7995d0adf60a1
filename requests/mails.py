"""Which mails an action puts into the outbox, to whom, and what they may say.

No mail carries an answer, a passport number or a file: names, status, sentences and a link.
"""

from dataclasses import dataclass, replace

from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify
from isso.requests.people.departments import members_of
from isso.requests.people.holders import holders_of
from isso.requests.people.roles import Role, may_read_cases

from .actor import Actor
from .approvals import LINK_LIFETIME
from .assignment import possible_advisors, stand_in_for
from .lifecycle import State, To
from .lifetimes import end_of
from .permissions import second_person
from .record_mails import write_record_mail
from .words import what_happens_now


@dataclass(frozen=True)
class Reader:
    """Who gets a mail, and the link it holds."""

    email: str
    name: str
    audience: str
    links: dict
    # Whom somebody stands in for, who would get the mail otherwise.
    stands_in_for: str = ""


def send_mails(declared, student_request, entry, data, approval_before):
    """Write the mails of one action into the outbox, in the transaction of the action."""
    for mail in declared.mails:
        if mail.when and mail.when != student_request.state:
            continue
        key = mail.key
        # A department reads that it is done; its document goes to the scholar alone.
        for_owner = student_request.promise and not student_request.department
        if key == "document_released" and not for_owner:
            key = "status_changed"
        readers = READERS[mail.to](student_request, key, approval_before)
        context = _context(student_request, entry, data, approval_before) if readers else {}
        for reader in readers:
            write_mail(key, student_request, reader, entry.pk, **context)


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
            "request_title": str(title_of(student_request)),
            "department": student_request.department,
            "status": str(student_request.student_label),
            "stands_in_for": reader.stands_in_for,
        }
        | context,
        links=reader.links,
        audience=reader.audience,
    )


def title_of(student_request):
    """Return what a mail calls the request; a department has several and needs the name, too."""
    if not student_request.department:
        return student_request.type.title
    return f"{student_request.type.title}: {student_request.student.full_name}"


def _context(student_request, entry, data, approval_before):
    approval = student_request.current_approval or approval_before
    if approval_before and approval_before.decided_at:
        # It tells who decided, not who is asked next.
        approval = approval_before
    due = student_request.due_on
    return {
        "sentence": what_happens_now(student_request),
        "note": entry.note if entry.note_is_shown else "",
        "colleague": entry.actor_label,
        "why_two": str(student_request.type.second_person),
        "expected_date": date_format(due, "F j, Y") if due else "",
        "approver_name": approval.name if approval else "",
        "asked_office": str(student_request.step.label) if student_request.office_asked else "",
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


def tell_owner(key, student_request, occasion, **context):
    """Write one mail to whoever asks: the student, or the people of the department."""
    for reader in readers_who_ask(student_request):
        write_mail(key, student_request, reader, occasion, **context)


def tell_office(key, student_request, occasion, **context):
    """Write one mail to the advisor whose turn it is, or to the office."""
    for reader in readers_in_office(student_request):
        write_mail(key, student_request, reader, occasion, **context)


def tell_about_general_thread(thread, from_office, occasion):
    """Write one mail about a general thread: to the student, or to the advisor or the office."""
    record = thread.record
    if from_office:
        write_record_mail("general_from_office", record, occasion, link=("messages",))
        return
    for reader in _office_readers(thread.assignee, {"link": ["student_messages", record.pk]}):
        notify(
            "general_from_student",
            to=reader.email,
            name=reader.name,
            dedupe=f"{occasion}:general_from_student:{reader.email}",
            context=office_context()
            | {
                "name": reader.name,
                "student_name": record.full_name,
                "stands_in_for": reader.stands_in_for,
            },
            links=reader.links,
            audience=reader.audience,
        )


def readers_who_ask(student_request):
    """Return who reads what goes to the one who asks; nobody without an address.

    A department is whoever began it, then its other members, then who entered it for them: the
    scholar hears nothing of it.
    """
    links = {"link": ["request", student_request.reference]}
    if student_request.department:
        return [
            Reader(each.email, each.get_short_name(), "student", links)
            for each in members_told(student_request)
        ]
    student = student_request.student
    email = student.user.email if student.user else student.email
    if not email:
        return []
    return [Reader(email, student.preferred_name or student.full_name, "student", links)]


def members_told(student_request):
    """Return the users who read for a department: of its members, of whoever is there today."""
    members = list(members_of(student_request.department).exclude(pk=student_request.subject_id))
    starter = student_request.started_by
    if starter in members:
        return [starter]
    return members or ([starter] if starter.is_active and may_read_cases(starter) else [])


def readers_in_office(student_request):
    """Return the advisor whose turn it is or his cover, else the office's address, else nobody."""
    links = {"link": ["case", student_request.pk]}
    return _office_readers(student_request.assignee, links, student_request.covers_for)


def _office_readers(advisor, links, covers_for=None):
    if advisor and advisor.is_active:
        reader = stand_in_for(advisor)
        absent = advisor if reader != advisor else covers_for
        absent = absent.get_short_name() if absent else ""
        return [Reader(reader.email, reader.get_short_name(), "staff", links, absent)]
    office = office_context()
    if not office["office_email"]:
        return []
    return [Reader(office["office_email"], office["office_name"], "staff", links)]


def _student(student_request, key, approval_before):
    readers = readers_who_ask(student_request)
    if key == "document_released" and student_request.type.is_first_form:
        # What to do with the first form stands at Home, beside the form itself.
        return [replace(each, links={"link": ["portal"]}) for each in readers]
    return readers


def _office(student_request, key, approval_before):
    return readers_in_office(student_request)


def _approver(student_request, key, approval_before):
    gone = key in ("approver_withdrawn", "approver_replaced", "approver_receipt")
    approval = approval_before if gone else student_request.current_approval
    if approval is None:
        return []
    if key == "approver_replaced" and approval.email == student_request.current_approval.email:
        return []
    if approval.email:
        links = {} if gone else {"link": ["approval", approval.pk]}
        return [Reader(approval.email, approval.name, "approver", links)]
    # An office without a mailbox: each colleague decides by account, from the list of all.
    links = {} if gone else {"link": ["waiting_for_me"]}
    return [
        Reader(each.email, each.get_short_name(), "approver", links)
        for each in holders_of(approval.office)
    ]


def _second(student_request, key, approval_before):
    """Return the supervisors who may confirm an approval, or where there is none, the advisors."""
    may_confirm = [
        each
        for each in possible_advisors().prefetch_related("groups")
        if second_person(student_request, Actor.for_user(each))
    ]
    supervisors = [each for each in may_confirm if Role.SUPERVISOR in each.roles]
    links = {"link": ["case", student_request.pk]}
    return [
        Reader(each.email, each.get_short_name(), "staff", links)
        for each in supervisors or may_confirm
    ]


READERS = {
    To.STUDENT: _student,
    To.APPROVER: _approver,
    To.ASSIGNEE: _office,
    To.OFFICE: _office,
    To.SECOND: _second,
}
