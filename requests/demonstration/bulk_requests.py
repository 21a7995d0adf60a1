"""Requests of the large data set: each has walked a believable path through the lifecycle."""

import tomllib
from datetime import datetime, time, timedelta
from functools import lru_cache

from django.utils import timezone

from isso.home.advisors import shares_for
from isso.home.hours import office_calendar
from isso.requests.people.models import User

from ..actor import Kind
from ..assignment import caseloads_of_people
from ..lifecycle import WITH_OFFICE, CloseReason, State, declaration
from ..models import Approval, HistoryEntry, Snapshot, StudentRequest
from ..models.policy import policies_in_force
from ..models.student_request import ALPHABET
from .story import FILE, dated_answers

# How often each state occurs, in percent; most requests of a real office are closed.
WEIGHTS = {
    State.COMPLETED: 76,
    State.DENIED: 3,
    State.WITHDRAWN: 4,
    State.EXPIRED: 2,
    State.DRAFT: 3,
    State.APPROVER_REVIEW: 2,
    State.SUBMITTED: 3,
    State.IN_REVIEW: 3,
    State.CLARIFICATION: 2,
    State.APPROVED: 2,
}
# The actions after sending that lead to a state, and who does each.
PATHS = {
    State.DRAFT: (),
    State.SUBMITTED: (),
    State.APPROVER_REVIEW: (),
    State.WITHDRAWN: (("withdraw", "student"),),
    State.IN_REVIEW: (("start_review", "advisor"),),
    State.CLARIFICATION: (("start_review", "advisor"), ("ask_clarification", "advisor")),
    State.EXPIRED: (
        ("start_review", "advisor"),
        ("ask_clarification", "advisor"),
        ("expire", "system"),
    ),
    State.DENIED: (("start_review", "advisor"), ("deny", "advisor")),
    State.APPROVED: (("start_review", "advisor"), ("approve", "advisor")),
    State.COMPLETED: (("start_review", "advisor"), ("approve", "advisor"), ("complete", "advisor")),
}
ENDS_IN = {
    "start_review": State.IN_REVIEW,
    "ask_clarification": State.CLARIFICATION,
    "approve": State.APPROVED,
    "complete": State.COMPLETED,
    "deny": State.DENIED,
    "withdraw": State.WITHDRAWN,
    "expire": State.EXPIRED,
}
CLOSED_AGE, OPEN_AGE = (30, 700), (1, 14)


class RequestMaker:
    """Makes requests in batches and remembers who has which open one."""

    def __init__(self, random, records, today):
        self.random, self.records, self.today = random, records, today
        self.made = 0
        self.taken = set()
        self.references = set()
        self.policies = policies_in_force()
        self.caseloads = caseloads_of_people()
        self.answers = {}
        for story in tomllib.loads(FILE.read_text())["request"]:
            self.answers.setdefault(story["type"], story["answers"])
        calendar = office_calendar()
        self.due = lru_cache(maxsize=None)(calendar.add_business_days)

    def make(self, count):
        """Write ``count`` requests with all that hangs on them."""
        paths = [self._walk() for _each in range(count)]
        StudentRequest.objects.bulk_create([each for each, _history in paths])
        HistoryEntry.objects.bulk_create(
            HistoryEntry(student_request=each, **entry)
            for each, history in paths
            for entry in history
        )
        sent = [each for each, _history in paths if each.submitted_at]
        Snapshot.objects.bulk_create(
            Snapshot(
                student_request=each,
                number=1,
                answers=each.answers,
                type_version=each.type_version,
                made_at=each.submitted_at,
            )
            for each in sent
        )
        self._make_approvals([each for each in sent if each.asks_approver])
        self.made += count

    def _walk(self):
        """Return an unsaved request and the entries of its history."""
        record = self.random.choice(self.records)
        state = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        types = ("reprint", "cpt") if record.visa_class == "F-1" else ("reprint",)
        type_key = self.random.choice(types)
        if state == State.APPROVER_REVIEW and type_key != "cpt":
            state = State.SUBMITTED
        is_open = state in WITH_OFFICE or state in (
            State.DRAFT,
            State.APPROVER_REVIEW,
            State.CLARIFICATION,
        )
        if is_open and (record.pk, type_key) in self.taken:
            state, is_open = State.COMPLETED, False
        if is_open:
            self.taken.add((record.pk, type_key))
        return self._request(record, type_key, state, is_open)

    def _request(self, record, type_key, state, is_open):
        day = self.today - timedelta(
            days=self.random.randrange(*(OPEN_AGE if is_open else CLOSED_AGE))
        )
        moments = self._moments(day)
        advisor = self._advisor(record)
        made = StudentRequest(
            reference=self._reference(),
            type_key=type_key,
            student=record,
            started_by_id=record.user_id,
            start_key=f"bulk {self.made} {self._reference()}",
            state=state,
            answers=dated_answers(self.answers[type_key], day),
            created_at=(started := next(moments)),
        )
        history = [_entry("start", "", State.DRAFT, started, Kind.USER, record.user)]
        self._send(made, history, moments, record)
        for action, who in PATHS[state]:
            before, at = history[-1]["to_state"], next(moments)
            actor = {"student": record.user, "advisor": advisor}.get(who)
            kind = Kind.USER if actor else Kind.SYSTEM
            history.append(_entry(action, before, ENDS_IN[action], at, kind, actor))
        self._finish(made, history, advisor)
        return made, history

    def _send(self, made, history, moments, record):
        if made.state == State.DRAFT:
            return
        made.submitted_at, made.revision = next(moments), 1
        asks_first = made.asks_approver
        action = "send_to_approver" if asks_first else "submit"
        to = State.APPROVER_REVIEW if asks_first else State.SUBMITTED
        history.append(_entry(action, State.DRAFT, to, made.submitted_at, Kind.USER, record.user))
        if asks_first and made.state != State.APPROVER_REVIEW:
            at = next(moments)
            history.append(_entry("endorse", to, State.SUBMITTED, at, Kind.APPROVAL, None))

    def _finish(self, made, history, advisor):
        """Set the columns that the last steps would have set."""
        last = history[-1]["at"]
        made.touched_at = made.state_since = last
        made.version = len(history)
        made.effective_start = made.effective_end = None
        if made.state not in (State.DRAFT, State.APPROVER_REVIEW):
            made.assignee = advisor
        if made.state == State.COMPLETED:
            made.decided_at, made.completed_at = history[-2]["at"], last
        if made.state in (State.APPROVED, State.DENIED):
            made.decided_at = last
        if made.state == State.WITHDRAWN:
            made.close_reason = CloseReason.BY_STUDENT
        if made.state == State.CLARIFICATION:
            made.return_to = State.IN_REVIEW
        if made.state in WITH_OFFICE:
            made.clock_since = timezone.localdate(made.submitted_at)
            made.due_on = self.due(made.clock_since, self.policies[made.type_key].target_days)

    def _make_approvals(self, requests):
        approvals = Approval.objects.bulk_create(
            Approval(
                student_request=each,
                revision=1,
                name=each.answers["approver_name"],
                email=each.answers["approver_email"],
                is_in_directory=True,
                asked_at=each.submitted_at,
                outcome="waiting" if each.state == State.APPROVER_REVIEW else "endorsed",
                decided_at=None if each.state == State.APPROVER_REVIEW else each.submitted_at,
            )
            for each in requests
        )
        waiting = [each for each in approvals if each.outcome == "waiting"]
        for approval in waiting:
            approval.student_request.current_approval = approval
        StudentRequest.objects.bulk_update(
            [each.student_request for each in waiting], ["current_approval"]
        )

    def _moments(self, day):
        """Yield the times of the steps, from minutes to days apart, never in the future."""
        zone = timezone.get_current_timezone()
        moment = datetime.combine(day, time(8 + self.random.randrange(9)), zone)
        latest = timezone.now()
        while True:
            yield min(moment, latest)
            moment += timedelta(minutes=self.random.randrange(5, 2000))

    def _reference(self):
        while True:
            letters = "".join(self.random.choices(ALPHABET, k=8))
            reference = f"{letters[:4]}-{letters[4:]}"
            if reference not in self.references:
                self.references.add(reference)
                return reference

    def _advisor(self, record):
        fitting = shares_for(self.caseloads, record.family_name, record.department)
        return fitting[0].advisor if fitting else None


def _entry(action, before, to, at, kind, user):
    declared = declaration(action, before) if before else None
    return {
        "action": action,
        "label": str(declared.label) if declared else "Started",
        "from_state": before,
        "to_state": to,
        "at": at,
        "actor_kind": kind,
        "actor_user": user,
        "actor_label": str(user) if isinstance(user, User) else "",
    }
