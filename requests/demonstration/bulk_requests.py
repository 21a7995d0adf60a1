"""Requests of the large data set: each has walked a believable path through the lifecycle."""

import tomllib
from datetime import datetime, time, timedelta
from functools import lru_cache
from types import SimpleNamespace

from django.utils import timezone

from isso.home.advisors import shares_for
from isso.home.hours import office_calendar
from isso.requests.people.models import User
from isso.requests.people.roles import Role

from ..actor import Kind
from ..assignment import caseloads_of_people
from ..clock import set_clock
from ..lifecycle import CLOSED, CloseReason, State
from ..models import HistoryEntry, StudentRequest
from ..models.policy import policies_in_force
from ..models.student_request import ALPHABET
from ..registry import get_type
from ..rules.dates import address_record_due
from ..search_words import employer_words
from .bulk_around import make_around
from .bulk_paths import ENDS_IN, WEIGHTS, label_of, path_to
from .story import FILE, dated_answers

# What people ask for, by where they stand, and how often.
EVERYBODY = {"reprint": 26, "letter": 14, "address_update": 8, "oncampus_ssn": 7}
STUDYING = EVERYBODY | {"funding_change": 4, "program_extension": 5, "transfer_out": 4, "rcl": 3}
ASKED_FOR = {
    ("F-1", "check_in"): {"check_in": 6, "letter": 2, "oncampus_ssn": 2},
    ("F-1", "continuing"): STUDYING | {"cpt": 22, "opt": 10},
    ("F-1", "graduated"): {"opt_report": 60, "reprint": 24, "letter": 10, "address_update": 6},
    ("J-1", "check_in"): {"check_in": 6, "letter": 2, "oncampus_ssn": 2},
    ("J-1", "continuing"): STUDYING | {"academic_training": 14},
    ("J-1", "graduated"): {"academic_training": 40, "reprint": 40, "letter": 20},
}
CLOSED_AGE, OPEN_AGE = (30, 700), (1, 14)
EMPLOYERS = [
    f"{first} {second}"
    for second in ("Analytics", "Foods", "Health", "Labs", "Logistics", "Robotics", "Studios")
    for first in (
        *("Acorn", "Bluebird", "Cedar", "Delta", "Ember", "Foxglove", "Granite", "Harbor"),
        *("Iris", "Juniper", "Kestrel", "Larch", "Meadow", "Nimbus", "Osprey", "Pebble"),
    )
]
# A few employ many, and many a few.
EMPLOYED = [1 / place for place in range(1, len(EMPLOYERS) + 1)]
NAMED = ("employer_name", "employer")
WITHOUT_ADVISOR = 0.04


class RequestMaker:
    """Makes requests in batches and remembers who has which open one."""

    def __init__(self, random, records, today):
        self.random, self.records, self.today = random, records, today
        self.made = 0
        self.taken = set()
        self.references = set()
        self.policies = policies_in_force()
        self.caseloads = caseloads_of_people()
        self.supervisor = User.objects.filter(groups__name=Role.SUPERVISOR).first()
        told = {}
        for story in tomllib.loads(FILE.read_text())["request"]:
            told.setdefault(story["type"], story["answers"])
        self.answers = lru_cache(maxsize=None)(lambda key, day: dated_answers(told[key], day))
        calendar = office_calendar()
        # Asked a million times for the same few hundred days.
        self.calendar = SimpleNamespace(
            add_business_days=lru_cache(maxsize=None)(calendar.add_business_days),
            business_days_between=lru_cache(maxsize=None)(calendar.business_days_between),
        )

    def make(self, count):
        """Write ``count`` requests with all that hangs on them."""
        paths = [self._walk() for _each in range(count)]
        StudentRequest.objects.bulk_create([each for each, _history in paths])
        HistoryEntry.objects.bulk_create(
            HistoryEntry(student_request=each, **entry)
            for each, history in paths
            for entry in history
        )
        make_around(paths, self.random)
        self.made += count

    def _walk(self):
        """Return an unsaved request and the entries of its history."""
        record = self.random.choice(self.records)
        state = self.random.choices(list(WEIGHTS), list(WEIGHTS.values()))[0]
        asked_for = ASKED_FOR[record.visa_class, record.stage]
        if state == State.APPROVER_REVIEW:
            asked_for = {key: share for key, share in asked_for.items() if self._asks(key)}
        if state == State.PROCESSING:
            asked_for = {
                key: share for key, share in asked_for.items() if get_type(key).sevis_event
            }
        if not asked_for:
            return self._walk()
        type_key = self.random.choices(list(asked_for), list(asked_for.values()))[0]
        request_type = get_type(type_key)
        if state not in CLOSED and (record.pk, type_key) in self.taken:
            state = State.COMPLETED
        if state not in CLOSED:
            self.taken.add((record.pk, type_key))
        return self._request(record, request_type, state)

    def _asks(self, type_key):
        return get_type(type_key).asks_approver(self.answers(type_key, self.today))

    def _request(self, record, request_type, state):
        age = CLOSED_AGE if state in CLOSED else OPEN_AGE
        day = self.today - timedelta(days=self.random.randrange(*age))
        moments = self._moments(day)
        answers = self._answers(request_type.key, day)
        made = StudentRequest(
            reference=self._reference(),
            type_key=request_type.key,
            type_version=request_type.version,
            student=record,
            started_by_id=record.user_id,
            start_key=f"bulk {self.made} {self._reference()}",
            state=state,
            answers=answers,
            employer_words="" if state == State.DRAFT else employer_words(answers),
            created_at=(started := next(moments)),
        )
        history = [_entry("start", "", State.DRAFT, started, Kind.USER, record.user)]
        self._send(made, history, moments, record)
        advisor = self._advisor(record)
        who_is = {"student": record.user, "advisor": advisor, "supervisor": self.supervisor}
        for action, who in path_to(state, request_type, self.random):
            before, at = history[-1]["to_state"], next(moments)
            actor = who_is.get(who)
            kind = Kind.USER if actor else Kind.SYSTEM
            history.append(_entry(action, before, ENDS_IN[action], at, kind, actor))
        self._finish(made, history, advisor)
        return made, history

    def _answers(self, type_key, day):
        answers = self.answers(type_key, day)
        employer = self.random.choices(EMPLOYERS, EMPLOYED)[0]
        return answers | {name: employer for name in NAMED if answers.get(name)}

    def _send(self, made, history, moments, record):
        if made.state == State.DRAFT:
            return
        made.target_days = made.type.target_days
        asks_first = made.asks_approver
        made.submitted_at = next(moments)
        action = "send_to_approver" if asks_first else "submit"
        to = State.APPROVER_REVIEW if asks_first else State.SUBMITTED
        history.append(_entry(action, State.DRAFT, to, made.submitted_at, Kind.USER, record.user))
        if asks_first and made.state != State.APPROVER_REVIEW:
            at = next(moments)
            history.append(_entry("endorse", to, State.SUBMITTED, at, Kind.APPROVAL, None))

    def _finish(self, made, history, advisor):
        """Set the columns that the steps would have set."""
        at = {entry["action"]: entry["at"] for entry in history}
        made.touched_at = made.state_since = history[-1]["at"]
        made.version = len(history)
        made.revision = ("submit" in at or "send_to_approver" in at) + ("resubmit" in at)
        made.decided_at = at.get("approve") or at.get("confirm_approval") or at.get("deny")
        made.completed_at = at.get("complete")
        is_nobodys = made.state == State.SUBMITTED and self.random.random() < WITHOUT_ADVISOR
        if made.state not in (State.DRAFT, State.APPROVER_REVIEW) and not is_nobodys:
            made.assignee = advisor
        if history[-1]["action"] == "approve_first":
            made.approved_first_by = advisor
        if made.state == State.WITHDRAWN:
            made.close_reason = CloseReason.BY_STUDENT
        if made.state == State.CLARIFICATION:
            made.return_to = State.IN_REVIEW
        if made.decided_at and made.state != State.DENIED and made.type.sevis_event:
            made.sevis_due_on = address_record_due(timezone.localdate(made.submitted_at))
        if "record" in at:
            made.recorded_on = timezone.localdate(at["record"])
            made.recorded_text = str(made.type.sevis_event)
        self._run_clock(made, history)

    def _run_clock(self, made, history):
        target = self.policies[made.type_key].target_days
        replay = SimpleNamespace(state="", clock_used=0, clock_since=None, due_on=None)
        for entry in history:
            replay.state = entry["to_state"]
            set_clock(replay, target, timezone.localdate(entry["at"]), self.calendar)
        made.clock_used, made.clock_since = replay.clock_used, replay.clock_since
        made.due_on = replay.due_on

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
    return {
        "action": action,
        "label": label_of(action, before),
        "from_state": before,
        "to_state": to,
        "at": at,
        "actor_kind": kind,
        "actor_user": user,
        "actor_label": str(user) if isinstance(user, User) else "",
    }
