"""The rule simulator: holds a draft policy against every current student and last year's requests.

Nothing is written but the trial itself. A person or request whose answer is the same under both
policies makes no line. Where a rule cannot judge somebody, that is a line of its own and the trial
goes on.
"""

import logging
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.notices.leases import claim_next, renew
from isso.requests.records.choices import Stage
from isso.requests.records.models import StudentRecord
from isso.requests.records.reading import facts_of_all

from .models import PolicyTrial, StudentRequest, TrialLine
from .models.policy import ApproverChoice, PolicyInForce, policy_in_force
from .models.policy_trial import as_json
from .refusals import PastRequests
from .registry import get_type
from .rules.spans import difference

logger = logging.getLogger(__name__)

# How many days ahead, and how many back, a trial looks.
DAYS_AHEAD, DAYS_BACK = 365, 365
PEOPLE_AT_ONCE, REQUESTS_AT_ONCE = 500, 100
Effect = TrialLine.Effect


def draft_of(policy) -> PolicyInForce:
    """Return the newest saved version of a policy as the rules would read it.

    Raises ``ValidationError`` where the draft has a mistake that publishing would refuse, too, or
    is of another request type: then two types would change at once.
    """
    draft = policy.get_latest_revision_as_object()
    draft.clean()
    if draft.type_key != policy.type_key:
        raise ValidationError(
            _("The draft is of another request type. Make a policy of its own for that one.")
        )
    numbers = {name: each.default for name, each in get_type(draft.type_key).policies.items()}
    for number in draft.numbers.all():
        number.policy = draft
        number.clean()
        numbers[number.name] = number.value
    return PolicyInForce(
        draft.is_open,
        draft.closed_text,
        draft.target_days,
        numbers,
        asks_directory=draft.approvers == ApproverChoice.DIRECTORY,
    )


def compared(policy) -> tuple[PolicyInForce, PolicyInForce]:
    """Return a policy as it is in force and as its newest draft has it.

    Raises ``ValidationError`` when there is nothing to try: a mistake in the draft, or no change
    in who may ask.
    """
    # The draft first: it also says where there is no such type any more.
    after = draft_of(policy)
    before = policy_in_force(policy.type_key)
    if _who_may_ask(before) == _who_may_ask(after):
        raise ValidationError(
            _("The draft lets the same people ask as the policy in force. Save a change first.")
        )
    return before, after


def _who_may_ask(policy):
    if not policy.is_open:
        return None
    return policy.numbers, policy.asks_directory


def is_outdated(trial) -> bool:
    """Tell whether the policy in force or the draft is another one than was tried."""
    try:
        before, after = compared(trial.policy)
    except ValidationError:
        return True
    return (as_json(before), as_json(after)) != (trial.before, trial.after)


def ask(policy, by) -> PolicyTrial:
    """Have the worker try the newest draft of a policy; the same one twice is tried once.

    Raises ``ValidationError`` when there is nothing to try.
    """
    before, after = map(as_json, compared(policy))
    today = timezone.localdate()
    waiting = policy.trials.filter(
        ended_at__isnull=True, type_key=policy.type_key, first_day=today, before=before, after=after
    )
    if same := waiting.first():
        return same
    trial = PolicyTrial(
        policy=policy,
        type_key=policy.type_key,
        by=by,
        first_day=today,
        last_day=today + timedelta(days=DAYS_AHEAD),
        before=before,
        after=after,
    )
    trial.total = _people().count() + _requests(trial).count()
    trial.save()
    return trial


def work_on_waiting() -> int:
    """Carry out every trial that waits, the oldest first; return how many ended."""
    ended = 0
    waiting = PolicyTrial.objects.filter(ended_at__isnull=True).order_by("asked_at", "pk")
    while (trial := claim_next(waiting)) is not None:
        while _go_on(trial):
            pass
        ended += trial.ended_at is not None
    return ended


def purge_trials(before) -> int:
    """Delete trials that were asked before this moment; who lost what is of no use any more."""
    _rows, deleted = PolicyTrial.objects.filter(asked_at__lt=before).delete()
    return deleted.get(PolicyTrial._meta.label, 0)


@transaction.atomic
def _go_on(trial):
    """Look at the next people, then the next requests; tell whether there is more to do.

    Nothing is left to do, either, when another worker has the trial by now or it is deleted.
    """
    if not renew(trial):
        return False
    seen = list(_people().filter(pk__gt=trial.record_reached)[:PEOPLE_AT_ONCE])
    if seen:
        TrialLine.objects.bulk_create(_lines_of_people(trial, seen))
        trial.record_reached = seen[-1].pk
    elif seen := list(_requests(trial).filter(pk__gt=trial.request_reached)[:REQUESTS_AT_ONCE]):
        TrialLine.objects.bulk_create(_lines_of_requests(trial, seen))
        trial.request_reached = seen[-1].pk
    else:
        trial.ended_at = timezone.now()
    trial.done += len(seen)
    # People may come while it runs.
    trial.total = max(trial.total, trial.done)
    trial.save(update_fields=["record_reached", "request_reached", "done", "total", "ended_at"])
    return trial.ended_at is None


def _people():
    """Everybody who is with the office."""
    return StudentRecord.objects.known().exclude(stage=Stage.ARCHIVED).order_by("pk")


def _requests(trial):
    """The requests of this type that were sent in the year before the trial."""
    return (
        StudentRequest.objects.filter(
            type_key=trial.key,
            submitted_at__gte=trial.asked_at - timedelta(days=DAYS_BACK),
            submitted_at__lte=trial.asked_at,
        )
        .select_related("student")
        .order_by("pk")
    )


def _lines_of_people(trial, people):
    was, becomes, facts = trial.was, trial.becomes, facts_of_all(people)
    for record in people:
        try:
            yield from _lines_of_person(trial, record, facts[record.pk], was, becomes)
        except Exception as error:
            yield _unclear(trial, error, record=record)


def _lines_of_person(trial, record, facts, was, becomes):
    """Return a line for each span of days that a person loses or gains."""
    request_type = get_type(trial.key)
    found = difference(request_type, facts, was, becomes, trial.first_day, trial.last_day)
    return [
        TrialLine(
            trial=trial,
            effect=effect,
            record=record,
            first_day=span.first,
            last_day=span.last if span.last < trial.last_day else None,
            reason=_reason(request_type, facts, span.first, in_the_way),
        )
        # What stands in the way: from now on, or until now.
        for effect, spans, in_the_way in (
            (Effect.LOSES, found.lost, becomes),
            (Effect.GAINS, found.gained, was),
        )
        for span in spans
    ]


def _reason(request_type, facts, day, policy):
    if not policy.is_open:
        return policy.closed_text
    return str(request_type.eligibility(facts, day, policy).reason)


def _lines_of_requests(trial, found):
    was, becomes, past = trial.was, trial.becomes, PastRequests(found)
    for student_request in found:
        about = {"record": student_request.student, "student_request": student_request}
        try:
            reason = past.refusal(student_request, was, becomes)
        except Exception as error:
            yield _unclear(trial, error, **about)
        else:
            if reason:
                day = timezone.localdate(student_request.submitted_at)
                yield TrialLine(
                    trial=trial, effect=Effect.REFUSED, first_day=day, reason=reason, **about
                )


def _unclear(trial, error, **about):
    """Return the line of somebody whom a rule cannot judge; a dead database ends the batch."""
    if isinstance(error, DatabaseError):
        raise error
    # Of the error its kind alone, as texts quote people.
    logger.error(
        "Trial %s could not judge record %s: %s.",
        trial.pk,
        about["record"].pk,
        type(error).__name__,
    )
    return TrialLine(
        trial=trial,
        effect=Effect.UNCLEAR,
        first_day=trial.first_day,
        reason=_("The program could not judge this. Look at it by hand, and tell who runs it."),
        **about,
    )
