"""Whatever the dates: nothing goes before its days are over, and nothing open or active ever.

The rules are written here a second time, in plain Python, and compared with what the database says.
"""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from isso.requests.lifecycle import OPEN, CloseReason, State
from isso.requests.models import StudentRequest
from isso.requests.people.models import User
from isso.requests.records.choices import SevisStatus, Stage
from isso.requests.records.models import EmploymentAuthorization, RecordChange, StudentRecord
from isso.requests.retention.kind import Cutoff
from isso.requests.retention.people import long_gone
from isso.requests.retention.registry import planned_kinds
from isso.tests import factories

TODAY, LONG_AGO = date(2060, 5, 5), date(2000, 1, 1)
ZONE = ZoneInfo("America/New_York")
# Around the limits of 365 and 1826 days, and far from them.
AGES = st.sampled_from((-400, 0, 1, 364, 365, 366, 1825, 1826, 1827, 9000))
MAYBE_AGES = st.none() | AGES
EXAMPLES = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])


def day(age):
    """Return the day so many days ago; none for none."""
    return None if age is None else TODAY - timedelta(days=age)


def at_the_end_of(age):
    """Return the last minute of that day, where the office is."""
    return None if age is None else datetime(*day(age).timetuple()[:3], 23, 59, tzinfo=ZONE)


@pytest.fixture
def closed(office):
    """A request with files, answers and a message."""
    made = factories.make_request(state="withdrawn")
    made.messages.create(author=made.student.user, from_office=False, text="Good morning")
    return made


def outcome_of(state, reason):
    """Return what the table calls the outcome of a request; none while it is open."""
    if state != State.WITHDRAWN:
        return None if state in OPEN else str(state)
    if reason == CloseReason.DISCARDED:
        return None
    return "withdrawn" if reason in ("", CloseReason.BY_STUDENT) else "dismissed"


def over(age, days):
    """Tell whether the days since then have passed; what has no day never ends."""
    return age is not None and age > days


@EXAMPLES
@given(
    state=st.sampled_from(State.values),
    reason=st.sampled_from(("", *CloseReason.values)),
    closed_ago=AGES,
    ended_ago=MAYBE_AGES,
    next_ended_ago=MAYBE_AGES,
    days=st.sampled_from((365, 1826)),
)
def test_a_request_ends_by_its_outcome_and_its_days(
    closed, state, reason, closed_ago, ended_ago, next_ended_ago, days
):
    StudentRequest.objects.filter(pk=closed.pk).update(
        state=state, close_reason=reason, state_since=at_the_end_of(closed_ago)
    )
    StudentRecord.objects.update(program_end=day(ended_ago), next_program_end=day(next_ended_ago))
    outcome = outcome_of(state, reason)
    has_ended = over(closed_ago, days)
    if outcome in ("completed", "denied"):
        goes_on = next_ended_ago is not None and not over(next_ended_ago, days)
        has_ended = has_ended and over(ended_ago, days) and not goes_on

    ripe = {
        key
        for key, kind in planned_kinds().items()
        if key != "people" and kind.ripe(Cutoff.after(days, TODAY)).exists()
    }

    expected = {f"{part}_{outcome}" for part in ("files", "answers", "messages")}
    assert ripe == (expected if outcome and has_ended else set())


@pytest.fixture
def somebody(office):
    """A person with one request, one time of work and one changed field."""
    record = factories.make_student()
    factories.make_request(record, state="withdrawn")
    EmploymentAuthorization.objects.create(record=record, kind="OPT", start=LONG_AGO, end=TODAY)
    RecordChange.objects.create(record=record, field="major", source="Test")
    return record


# What keeps a person → the day on which it last did.
TRACES = (
    "program_end",
    "next_program_end",
    "expected_graduation",
    "request",
    "work",
    "change",
    "file",
    "login",
)


@EXAMPLES
@given(
    ages=st.fixed_dictionaries(
        {name: st.sampled_from((364, 365, 366, 367, 9000)) for name in TRACES}
    ),
    is_open=st.integers(0, 5).map(lambda number: number == 0),
    stage=st.sampled_from((*[Stage.ARCHIVED] * 4, Stage.CONTINUING, Stage.CHECK_IN)),
    sevis=st.sampled_from((*[SevisStatus.COMPLETED] * 4, SevisStatus.ACTIVE, SevisStatus.INITIAL)),
)
def test_a_person_is_long_gone_when_the_last_trace_is(somebody, ages, is_open, stage, sevis):
    StudentRecord.objects.update(
        program_end=day(ages["program_end"]),
        next_program_end=day(ages["next_program_end"]),
        expected_graduation=day(ages["expected_graduation"]),
        stage=stage,
        sevis_status=sevis,
    )
    StudentRequest.objects.update(
        state=State.IN_REVIEW if is_open else State.WITHDRAWN,
        state_since=at_the_end_of(ages["request"]),
    )
    EmploymentAuthorization.objects.update(end=day(ages["work"]))
    RecordChange.objects.update(at=at_the_end_of(ages["change"]))
    somebody.documents.update(added_at=at_the_end_of(ages["file"]))
    User.objects.filter(pk=somebody.user_id).update(last_login=at_the_end_of(ages["login"]))

    gone = long_gone(Cutoff.after(365, TODAY)).exists()

    is_active = stage != Stage.ARCHIVED or sevis != SevisStatus.COMPLETED or is_open
    assert gone == (not is_active and min(ages.values()) > 365)
