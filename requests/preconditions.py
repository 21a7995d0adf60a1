"""What must hold before an action, beyond state and permission.

Each function takes ``(student_request, actor, data)`` of a locked request, raises
ValidationError with the sentence to show, and returns what the action needs to know in addition.
"""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.home.hours import office_calendar

from .answers import entries_of, situation_of, typed_answers
from .approvals import check_approver, own_addresses
from .checklist import open_points
from .clock import may_remind_again, reminders_due
from .follow_ups import objection_to_sending, objection_to_taking_back
from .keyed import may_be_recorded
from .lifecycle import State
from .models.policy import policy_in_force
from .office_part import office_form, open_in_office_part, what_changes
from .purposes import other_for_purpose

MOST_FORWARDS = 3


@dataclass(frozen=True)
class Problem:
    """Something missing or wrong in a request: where, and what to do."""

    page: str
    name: str
    label: Any
    sentence: str


class Incomplete(ValidationError):
    """A request that cannot be sent yet, with every problem at once."""

    def __init__(self, problems):
        super().__init__([problem.sentence for problem in problems])
        self.problems = problems


def prepare(student_request, action, actor, data):
    """Run the preconditions of ``action`` and return additional data for it."""
    check = PRECONDITIONS.get(action)
    return check(student_request, actor, data) if check else {}


def problems_of(student_request, situation=None):
    """Return everything that keeps a request from being sent, in the order of its pages."""
    situation = situation or situation_of(student_request)
    request_type = student_request.type
    cleaned, errors = typed_answers(student_request, situation)
    filled = set(student_request.documents.filling().values_list("slot", flat=True))
    problems = []
    for page in request_type.pages:
        for name, messages in errors.get(page.slug, {}).items():
            label = request_type.label_of(name)
            problems += [Problem(page.slug, name, label, str(text)) for text in messages]
        for slot in student_request.slots_asked(page):
            if slot.required and slot.name not in filled:
                problems.append(
                    Problem(
                        page.slug,
                        slot.name,
                        slot.label,
                        _("Upload: %(file)s.") % {"file": slot.label},
                    )
                )
    if not errors:
        problems += _approver_problems(student_request, cleaned, situation)
    return [each for each in problems if _can_be_mended(student_request, each.page)]


def _can_be_mended(student_request, slug):
    """Return whether the student may change anything on a page.

    A clarification locks the others: what no longer fits there, say a date that has passed, is the
    office's to see in its checklist and must not hold the student up.
    """
    if student_request.state != State.CLARIFICATION:
        return True
    page = student_request.type.page(slug)
    names = {*(page.form.base_fields if page.form else ()), *(slot.name for slot in page.slots)}
    return not names.isdisjoint(student_request.unlocked)


def _approver_problems(student_request, cleaned, situation):
    if not student_request.asks_approver:
        return []
    return [
        Problem(
            student_request.type.page_of(step.email_field).slug, step.email_field, step.label, text
        )
        for step in student_request.type.approval_steps
        if not step.office and step.is_asked(student_request.answers)
        for text in approver_objections(student_request, step, cleaned, situation.policy)
    ]


def approver_objections(student_request, step, cleaned, policy=None):
    """Return in sentences why the person named for this step may not be asked."""
    policy = policy or policy_in_force(student_request.type_key)
    try:
        check_approver(
            cleaned.get(step.name_field, ""),
            cleaned[step.email_field],
            student_request.student,
            listed_only=policy.asks_directory,
            asker=student_request.asker,
        )
    except ValidationError as error:
        return error.messages
    return []


def _complete(student_request, actor, data):
    """A request leaves the student only whole, attested, and while its type is open to him."""
    situation = situation_of(student_request)
    problems = problems_of(student_request, situation)
    wanted = len(student_request.type.attestations)
    if len(set(data.get("attestations", ()))) < wanted:
        problems.append(
            Problem("", "attestations", "", _("Confirm each sentence before you send the request."))
        )
    if problems:
        raise Incomplete(problems)
    _claim_purpose(student_request)
    return {"situation": situation}


def _still_eligible(student_request, actor, data):
    extra = _complete(student_request, actor, data)
    situation = extra["situation"]
    if not student_request.eligibility_override:
        verdict = student_request.type.eligibility(
            situation.facts, situation.today, situation.policy
        )
        if not verdict.is_open:
            raise Incomplete([Problem("", "", student_request.type.title, verdict.reason)])
    if objection := objection_to_sending(student_request):
        raise Incomplete([Problem("", "", student_request.type.title, objection)])
    if not situation.policy.is_open:
        raise Incomplete(
            [Problem("", "", student_request.type.title, situation.policy.closed_text)]
        )
    return extra


def _claim_purpose(student_request):
    """Take the purpose the answers name; another open request for it is the one to go on with."""
    other = other_for_purpose(student_request)
    if other is not None:
        raise Incomplete(
            [
                Problem(
                    "",
                    "",
                    student_request.type.title,
                    _("You already have an open request for this: %(reference)s. Go on with it.")
                    % {"reference": other.reference},
                )
            ]
        )
    student_request.purpose = student_request.type.purpose(student_request.answers)


def _everything_marked_is_answered(student_request, actor, data):
    extra = _complete(student_request, actor, data)
    changed = changed_names(student_request)
    unanswered = [
        Problem(
            page.slug if (page := student_request.type.page_of(item.name)) else "",
            item.name,
            student_request.type.label_of(item.name),
            _("Change “%(label)s” or write an answer: %(sentence)s")
            % {"label": student_request.type.label_of(item.name), "sentence": item.sentence},
        )
        for item in student_request.clarification_items.filter(closed_at__isnull=True)
        if item.name not in changed and not item.reply.strip()
    ]
    if unanswered:
        raise Incomplete(unanswered)
    relied_on = changed & student_request.type.approver_sees
    asks = student_request.asks_approver
    return extra | {"approver_relied_on_change": bool(asks and relied_on)}


def changed_names(student_request):
    """Return the names of answers and files that differ from the last submission."""
    last = student_request.snapshots.last()
    if last is None:
        return set()
    names = set(last.answers) | set(student_request.answers)
    changed = {
        name
        for name in names
        if student_request.type.page_of(name)
        and (last.answers.get(name) or "") != (student_request.answers.get(name) or "")
    }
    before = {(each["slot"], each["sha256"]) for each in last.files}
    now = set(student_request.documents.filling().values_list("slot", "sha256"))
    return changed | {slot for slot, _digest in before ^ now}


def _reminder_is_due(student_request, actor, data):
    approval = student_request.current_approval
    if approval is None or actor.is_staff:
        return {}
    last = timezone.localdate(approval.reminded_at or approval.asked_at)
    if not may_remind_again(last, timezone.localdate(), office_calendar()):
        raise ValidationError(
            _("You can send a reminder once every three business days. The last mail left on %s.")
            % date_format(last, "F j, Y")
        )
    return {}


def _scheduled_reminder_is_due(student_request, actor, data):
    """Of two workers at once, and of two runs on one day, one sends."""
    approval = student_request.current_approval
    today, due = timezone.localdate(), 0
    if approval is not None:
        due = reminders_due(timezone.localdate(approval.asked_at), today, office_calendar())
    if approval is None or approval.reminders_sent >= due:
        raise ValidationError(_("No reminder is due now."))
    return {"reminders_due": due}


def _approver_may_be_asked(student_request, actor, data):
    return {"approver": _checked_person(student_request, data)}


def _colleague_may_be_asked(student_request, actor, data):
    """An approver hands the question on a few times at most, and never to himself."""
    if data.get("email", "").strip().lower() in own_addresses(student_request.student):
        raise ValidationError(
            {"approver_email": _("This is the student’s own address. Enter your colleague’s.")}
        )
    check = _checked_person(student_request, data)
    approval = student_request.current_approval
    if check.email == approval.email.lower():
        raise ValidationError(
            {"approver_email": _("This is your own address. Enter your colleague’s.")}
        )
    handed_on = student_request.approvals.filter(
        step=approval.step, revision=approval.revision
    ).exclude(forwarded_by="")
    if handed_on.count() >= MOST_FORWARDS:
        raise ValidationError(
            _(
                "This request was forwarded %(count)d times already. Return it to the student with "
                "a comment that says whom to ask."
            )
            % {"count": MOST_FORWARDS}
        )
    return {"approver": check, "note": check.name}


def _checked_person(student_request, data):
    policy = policy_in_force(student_request.type_key)
    return check_approver(
        data.get("name", ""),
        data.get("email", ""),
        student_request.student,
        listed_only=policy.asks_directory,
        asker=student_request.asker,
    )


def _office_part_fits(student_request, actor, data):
    """The office's answers are refused like anybody's, and the history keeps what changed."""
    typed = data.get("office_answers") or {}
    form = office_form(student_request, typed)
    if not form.is_valid():
        raise ValidationError(
            [f"{form[name].label}: {text}" for name in form.errors for text in form.errors[name]]
        )
    asked = set(form.fields) - form.unasked
    kept = {name: value for name, value in typed.items() if name in asked}
    return {"office_answers": kept, "note": what_changes(student_request, kept)}


def _checklist_is_read(student_request, actor, data):
    if missing := open_in_office_part(student_request):
        raise ValidationError(
            [
                _("“%(label)s” is for the office to answer. Fill in the office’s part first.")
                % {"label": label}
                for label in missing
            ]
        )
    if any(each.needs_confirmation for each in student_request.approvals.all()):
        raise ValidationError(_("Confirm first that the person who approved is entitled to do so."))
    return {
        "open_points": open_points(student_request),
        "leaves_work": bool(student_request.promise or entries_of(student_request)),
    }


def _second_person_sees_the_same(student_request, actor, data):
    """What the first one did not override, the second one does not let pass by confirming."""
    found = _checklist_is_read(student_request, actor, data)
    first = student_request.history.filter(action="approve_first").last()
    new = [point for point in found["open_points"] if point not in first.data["open_points"]]
    if new:
        raise ValidationError(
            _(
                "The checklist has changed since %(name)s approved it: %(points)s. Take the first "
                "approval back, so that both of you decide on the same."
            )
            % {"name": first.actor_label, "points": ", ".join(new)}
        )
    return found


def _nothing_follows(student_request, actor, data):
    """What somebody has sent because of an approval is not left without it."""
    if objection := objection_to_taking_back(student_request):
        raise ValidationError(objection)
    return {}


def _questions_name_something(student_request, actor, data):
    known = set(names_asked(student_request))
    for item in data.get("items", ()):
        if item.get("name") not in known:
            raise ValidationError({"items": _("Mark answers or files of this request only.")})
        if not str(item.get("sentence", "")).strip():
            raise ValidationError(
                {
                    "items": _("Write a sentence for “%(label)s”: what to change, and why.")
                    % {"label": student_request.type.label_of(item["name"])}
                }
            )
    return {}


def names_asked(student_request):
    """Return the names of every answer and file slot the student was asked for."""
    situation = situation_of(student_request)
    values, _errors = typed_answers(student_request, situation)
    return [*values, *(slot.name for slot in student_request.slots_asked())]


def newly_asked(student_request):
    """Return the names that these answers ask for and those that were sent last did not."""
    sent = student_request.snapshots.last()
    if sent is None:
        return set()
    before = {slot.name for slot in student_request.type.slots if slot.is_asked(sent.answers)}
    return set(names_asked(student_request)) - set(sent.answers) - before


PRECONDITIONS = {
    "ask_clarification": _questions_name_something,
    "submit": _still_eligible,
    "send_to_approver": _still_eligible,
    "resubmit": _everything_marked_is_answered,
    "remind": _reminder_is_due,
    "remind_on_time": _scheduled_reminder_is_due,
    "forward": _colleague_may_be_asked,
    "replace_approver": _approver_may_be_asked,
    "fill_office_part": _office_part_fits,
    "approve": _checklist_is_read,
    "approve_first": _checklist_is_read,
    "confirm_approval": _second_person_sees_the_same,
    "reopen": _nothing_follows,
    "withdraw": _nothing_follows,
    "record": may_be_recorded,
}
