"""What a record said on an earlier day: rows that came later are not there, others are as then."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from isso.requests.records.changing import (
    add_to_record,
    authorize_employment,
    change_record,
    change_row,
    lift_hold,
    report_job,
)
from isso.requests.records.models import (
    Dependent,
    EmploymentAuthorization,
    FundingStatement,
    Hold,
    RecordChange,
    ReducedCourseLoad,
    StemValidation,
)
from isso.requests.records.past import Past
from isso.requests.records.reading import facts_for
from isso.tests import factories

pytestmark = pytest.mark.django_db

MONDAY = factories.MONDAY.date()
BY = {"by": None, "source": "Test"}
REFERENCE = "7KQM-3XAP"


@pytest.fixture
def record(monday):
    """A student with a bit of everything, as it was on Monday."""
    made = factories.make_student()
    opt = authorize_employment(
        made,
        **BY,
        kind="OPT",
        completion="post",
        start=MONDAY - timedelta(days=100),
        end=MONDAY + timedelta(days=200),
    )
    report_job(opt, {"employer": "Acme", "start": MONDAY, "hours_per_week": 40}, **BY)
    StemValidation.objects.create(authorization=opt, months=6, due_on=MONDAY + timedelta(days=30))
    add_to_record(made, Dependent, {"family_name": "Okoye", "relation": "child"}, **BY)
    add_to_record(made, Hold, {"kind": "documents", "placed_on": MONDAY - timedelta(days=9)}, **BY)
    statement = {"as_of": MONDAY - timedelta(days=300), "months": 9, "personal": 40_000}
    add_to_record(made, FundingStatement, statement, **BY)
    return made


def marry(record):
    add_to_record(record, Dependent, {"family_name": "Diaz", "relation": "spouse"}, **BY)


def lose_a_child(record):
    child = record.dependents.get()
    change_row(child, {"ended_on": timezone.localdate()}, **BY)


def work_more(record):
    authorize_employment(
        record,
        **BY | {"source": f"CPT {REFERENCE}"},
        kind="CPT",
        start=date(2027, 1, 1),
        end=date(2027, 5, 1),
        reference=REFERENCE,
    )
    # A correction since then does not make it older.
    cpt = EmploymentAuthorization.objects.get(kind="CPT")
    change_row(cpt, {"end": date(2027, 4, 1)}, **BY)


def stop_working(record):
    # The source names the request, as completion writes it.
    source = {"by": None, "source": "OPT report 2222-AAAA"}
    opt = record.employments.get()
    report_job(
        opt,
        {"employer": "Beta", "start": date(2026, 11, 1), "hours_per_week": 30},
        reference="2222-AAAA",
        **source,
    )


def report_stem(record):
    report = StemValidation.objects.get()
    change_row(report, {"done_on": timezone.localdate()}, **BY)


def take_less(record):
    load = {"reason": "04", "start": date(2027, 1, 10), "end": date(2027, 5, 10)}
    add_to_record(record, ReducedCourseLoad, load, **BY)


def move(record):
    change_record(record, {"us_address_line1": "1 New Road", "family_name": "Diaz"}, **BY)


LATER = [
    ("nothing", lambda record: None),
    ("another address and name", move),
    ("two changes of a day", lambda record: [move(record), change_record(
        record, {"family_name": "Ono"}, **BY
    )]),
    ("an end of program that is taken out", lambda record: change_record(
        record, {"program_end": None}, **BY
    )),
    ("a hold is lifted", lambda record: lift_hold(record, "documents", timezone.localdate(), **BY)),
    ("a hold is placed", lambda record: add_to_record(
        record, Hold, {"kind": "insurance", "placed_on": timezone.localdate()}, **BY
    )),
    ("a spouse comes", marry),
    ("a child leaves", lose_a_child),
    ("more work, corrected since", work_more),
    ("another job", stop_working),
    ("a report is sent", report_stem),
    ("a reduced load", take_less),
    ("other funding", lambda record: add_to_record(
        record,
        FundingStatement,
        {"as_of": timezone.localdate(), "months": 9, "personal": 1_000},
        **BY,
    )),
]  # fmt: skip


@pytest.mark.parametrize(("what", "happens"), LATER, ids=[each[0] for each in LATER])
def test_what_came_later_was_not_there(record, monday, what, happens):
    at, then = timezone.now(), facts_for(record)
    monday.shift(timedelta(days=3))

    happens(record)

    record.refresh_from_db()
    assert (facts_for(record) == then) == (what == "nothing")
    assert Past([record], at).facts(record, at) == then
    now = timezone.now() + timedelta(days=1)
    assert Past([record], at).facts(record, now) == facts_for(record)


def test_what_a_request_has_brought_itself_is_left_out_however_old_it_looks(record):
    work_more(record)
    RecordChange.objects.all().delete()
    at = timezone.now()
    past = Past([record], at)

    assert [work.kind for work in past.facts(record, at, without=REFERENCE).employments] == ["OPT"]
    assert [work.kind for work in past.facts(record, at).employments] == ["OPT", "CPT"]


@pytest.mark.parametrize("many", [1, 30])
def test_many_are_read_in_nine_queries(record, django_assert_num_queries, many):
    records = [record, *(factories.make_student(f"{each}@s.example") for each in range(many - 1))]
    at = timezone.now()

    with django_assert_num_queries(9):
        past = Past(records, at)
        for each in records:
            past.facts(each, at)
