"""The rule simulator: holds a draft policy against every current student and last year's requests.

Nothing is written but the trial itself. A person or request whose answer is the same under both
policies makes no line; what else may differ between then and now is the same on both sides.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.choices import Stage
from isso.requests.records.models import RecordChange, StudentRecord
from isso.requests.records.past import facts_before
from isso.requests.records.reading import facts_of_all

from .answers import typed_answers
from .models import PolicyTrial, Snapshot, StudentRequest, TrialLine
from .models.policy import PolicyInForce, policy_in_force
from .models.policy_trial import as_json
from .registry import get_type
from .request_type import Situation
from .rules.spans import difference

# How many days ahead, and how many back, a trial looks.
DAYS_AHEAD, DAYS_BACK = 365, 365
PEOPLE_AT_ONCE, REQUESTS_AT_ONCE = 500, 100
LEASE = timedelta(minutes=5)
Effect = TrialLine.Effect


def draft_of(policy) -> PolicyInForce:
    """Return the newest saved version of a policy as the rules would read it.

    Raises ``ValidationError`` where the draft has a mistake that publishing would refuse, too.
    """
    draft = policy.get_latest_revision_as_object()
    numbers = list(draft.numbers.all())
    draft.clean()
    for number in numbers:
        number.policy = draft
        number.clean()
    defaults = {name: each.default for name, each in get_type(draft.type_key).policies.items()}
    return PolicyInForce(
        draft.is_open,
        draft.closed_text,
        draft.target_days,
        defaults | {number.name: number.value for number in numbers},
    )


def compared(policy) -> tuple[PolicyInForce, PolicyInForce]:
    """Return a policy as it is in force and as its newest draft has it.

    Raises ``ValidationError`` when there is nothing to try: a mistake in the draft, or no change
    in who may ask.
    """
    before, after = policy_in_force(policy.type_key), draft_of(policy)
    if as_json(before) == as_json(after):
        raise ValidationError(
            _("The draft has the same numbers as the policy in force. Save a change first.")
        )
    return before, after


def ask(policy, by) -> PolicyTrial:
    """Have the worker try the newest draft of a policy.

    Raises ``ValidationError`` when there is nothing to try.
    """
    before, after = map(as_json, compared(policy))
    today = timezone.localdate()
    trial = PolicyTrial(
        policy=policy,
        by=by,
        first_day=today,
        last_day=today + timedelta(days=DAYS_AHEAD),
        before=before,
        after=after,
    )
    trial.total = _people(trial).count() + _requests(trial).count()
    trial.save()
    return trial


def work_on_waiting() -> int:
    """Carry out every trial that waits, the oldest first; return how many ended."""
    ended = 0
    while (trial := _claim()) is not None:
        while not trial.ended_at:
            _go_on(trial)
        ended += 1
    return ended


def purge_trials(before) -> int:
    """Delete trials that were asked before this moment; who lost what is of no use any more."""
    _rows, deleted = PolicyTrial.objects.filter(asked_at__lt=before).delete()
    return deleted.get(PolicyTrial._meta.label, 0)


def _claim():
    now = timezone.now()
    free = Q(claimed_until__isnull=True) | Q(claimed_until__lt=now)
    waiting = PolicyTrial.objects.filter(free, ended_at__isnull=True)
    for pk in waiting.order_by("asked_at").values_list("pk", flat=True):
        if waiting.filter(pk=pk).update(claimed_until=now + LEASE):
            return PolicyTrial.objects.select_related("policy").get(pk=pk)
    return None


@transaction.atomic
def _go_on(trial):
    """Look at the next people, then the next requests; note the lines and how far it is."""
    people = list(_people(trial).filter(pk__gt=trial.record_reached)[:PEOPLE_AT_ONCE])
    if people:
        TrialLine.objects.bulk_create(_lines_of_people(trial, people))
        trial.record_reached = people[-1].pk
    else:
        found = list(_requests(trial).filter(pk__gt=trial.request_reached)[:REQUESTS_AT_ONCE])
        TrialLine.objects.bulk_create(_lines_of_requests(trial, found))
        if found:
            trial.request_reached = found[-1].pk
        else:
            trial.ended_at = timezone.now()
        people = found
    trial.done += len(people)
    trial.claimed_until = timezone.now() + LEASE
    trial.save(
        update_fields=["record_reached", "request_reached", "done", "ended_at", "claimed_until"]
    )


def _people(trial):
    """Everybody who is still with the office; who came after the trial began is not counted."""
    return StudentRecord.objects.exclude(stage=Stage.ARCHIVED).order_by("pk")


def _requests(trial):
    """The requests of this type that were sent in the year before the trial."""
    return (
        StudentRequest.objects.filter(
            type_key=trial.policy.type_key,
            submitted_at__gte=trial.asked_at - timedelta(days=DAYS_BACK),
            submitted_at__lte=trial.asked_at,
        )
        .select_related("student")
        .order_by("pk")
    )


def _lines_of_people(trial, people):
    request_type = get_type(trial.policy.type_key)
    was, becomes = trial.was, trial.becomes
    facts = facts_of_all(people)
    for record in people:
        theirs = facts[record.pk]
        found = difference(request_type, theirs, was, becomes, trial.first_day, trial.last_day)
        for effect, spans in ((Effect.LOSES, found.lost), (Effect.GAINS, found.gained)):
            if not spans:
                continue
            first, last = spans[0].first, spans[0].last
            yield TrialLine(
                trial=trial,
                effect=effect,
                record=record,
                first_day=first,
                last_day=last if last < trial.last_day else None,
                # What stands in the way: from now on, or until now.
                reason=_reason(
                    request_type, theirs, first, becomes if effect == Effect.LOSES else was
                ),
            )


def _reason(request_type, facts, day, policy):
    if not policy.is_open:
        return policy.closed_text
    return str(request_type.eligibility(facts, day, policy).reason)


def _lines_of_requests(trial, found):
    was, becomes = trial.was, trial.becomes
    facts = _facts_when_sent(found)
    answers = _answers_when_sent(found)
    for student_request in found:
        then = (student_request, facts[student_request.pk], answers.get(student_request.pk))
        if _refusal(*then, was):
            # The rules object to it as they are: the record has changed, or an advisor decided.
            continue
        if reason := _refusal(*then, becomes):
            yield TrialLine(
                trial=trial,
                effect=Effect.REFUSED,
                record=student_request.student,
                student_request=student_request,
                first_day=timezone.localdate(student_request.submitted_at),
                reason=reason,
            )


def _facts_when_sent(found):
    """Return the facts by request, as the record was when each was first sent."""
    records = {each.student_id: each.student for each in found}
    now = facts_of_all(records.values())
    changes = defaultdict(list)
    if found:
        since = min(each.submitted_at for each in found)
        for record, field, old, at in (
            RecordChange.objects.filter(record__in=records, at__gt=since)
            .order_by("-at", "-pk")
            .values_list("record_id", "field", "old", "at")
        ):
            changes[record].append((field, old, at))
    return {
        each.pk: _without_own_work(
            each,
            facts_before(
                now[each.student_id],
                [
                    (field, old)
                    for field, old, at in changes[each.student_id]
                    if at > each.submitted_at
                ],
            ),
        )
        for each in found
    }


def _without_own_work(student_request, facts):
    """Leave out the work that the request itself has brought since."""
    return replace(
        facts,
        employments=tuple(
            work for work in facts.employments if work.reference != student_request.reference
        ),
    )


def _answers_when_sent(found):
    """Return by request the answers of its first submission, in one query."""
    return dict(
        Snapshot.objects.filter(student_request__in=found, number=1).values_list(
            "student_request_id", "answers"
        )
    )


def _refusal(student_request, facts, answers, policy):
    """Return why this policy would have refused a request on the day it was sent, or ""."""
    request_type, day = student_request.type, timezone.localdate(student_request.submitted_at)
    if not policy.is_open:
        return policy.closed_text
    verdict = request_type.eligibility(facts, day, policy)
    if not verdict.is_open:
        return str(verdict.reason)
    if answers is not None:
        student_request.answers = answers
    # Whom to ask is settled when a request is sent; no answer is refused for it afterward.
    asks = not request_type.approver_number
    situation = Situation(facts, day, policy, student_request.answers, policy_asks_approver=asks)
    _values, errors = typed_answers(student_request, situation)
    return " ".join(
        f"{request_type.label_of(name)}: {' '.join(map(str, sentences))}"
        for page_errors in errors.values()
        for name, sentences in page_errors.items()
    )
