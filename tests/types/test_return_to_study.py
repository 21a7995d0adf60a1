"""Return to study: who may come back, with which record, and when the portal reminds of it."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import ChangeRecord, IssueForm
from isso.requests.records.facts import RecordFacts
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.rules.check_in import ARRIVAL, kind_of
from isso.requests.rules.dates import add_months
from isso.requests.rules.returning import keeps_record
from isso.requests.rules.stopping import AUTHORIZED
from isso.requests.rules.verdict import Standing
from isso.requests.views.to_do import things_to_do
from isso.tests import factories

from .asking import cleaned_of, errors_of, panel_of, values_of, verdict_of

KEY = "return_to_study"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
AWAY = RecordFacts(
    visa_class="F-1",
    sevis_status="terminated",
    stage="continuing",
    education_level="05",
    major="Data Science",
    cip_code="30.7001",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2025, 9, 1),
    stopped_on=date(2026, 8, 1),
    stop_reason=AUTHORIZED,
    returns_on=date(2026, 12, 1),
)
VISITOR = replace(AWAY, visa_class="J-1", exchange_category="1D", sevis_status="inactive")
LONG = replace(AWAY, stopped_on=date(2026, 1, 15))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (AWAY, (Standing.OPEN, None, "")),
        (LONG, (Standing.OPEN, None, "")),
        (VISITOR, (Standing.OPEN, None, "")),
        # The end of the old program does not matter: the new form has a new one.
        (replace(AWAY, program_end=date(2026, 9, 1)), (Standing.OPEN, None, "")),
        (
            replace(AWAY, stopped_on=None),
            (
                Standing.NOT_FOR_YOU,
                None,
                "Our record shows no leave or withdrawal of yours.",
            ),
        ),
        (
            replace(AWAY, sevis_status="active"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Terminated or Inactive. It is Active. Write to us if "
                "this is wrong.",
            ),
        ),
        (
            replace(VISITOR, exchange_category="08"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for J-1 students. Scholars and interns have other ways; write to "
                "us.",
            ),
        ),
        (
            replace(AWAY, visa_class="F-2"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people in F-1 or J-1 status. Your record says F-2.",
            ),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert verdict_of(KEY, facts, TODAY) == expected


@pytest.mark.parametrize(
    ("facts", "returns", "expected"),
    [
        (AWAY, date(2027, 1, 1), True),
        (AWAY, date(2027, 1, 2), False),
        (replace(AWAY, stop_reason="01 Unauthorized withdrawal"), date(2026, 12, 1), False),
        (replace(AWAY, stop_reason="08 Expulsion"), date(2026, 12, 1), False),
        (replace(AWAY, stop_reason=""), date(2026, 12, 1), False),
        (VISITOR, date(2026, 12, 1), False),
    ],
)
def test_the_old_record_is_opened_for_five_months_after_an_authorized_leave(
    facts, returns, expected
):
    assert keeps_record(facts, returns) == expected


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(0, 400))
def test_no_record_is_opened_after_five_months(stopped, days):
    returns = stopped + timedelta(days=days)
    kept = keeps_record(replace(AWAY, stopped_on=stopped), returns)
    assert kept == (returns <= add_months(stopped, 5))


def answers(**changes):
    return factories.answers_for(KEY, None) | changes


BAD = [
    (AWAY, {}, {}),
    (
        AWAY,
        {"same_program": "no"},
        {"same_program": "Another program needs a new admission. Ask the admissions office first."},
    ),
    (
        AWAY,
        {"is_abroad": "no"},
        {"is_abroad": "Your record has ended and you are still here. Speak with our office today."},
    ),
    (
        AWAY,
        {"returns_on": "2026-11-03"},
        {
            "returns_on": "Choose November 4, 2026 or a later day. We need 30 days for the form; "
            "a new visa may take longer."
        },
    ),
    # The old record has no earliest day of entry, a new one has.
    (AWAY, {"returns_on": "2026-11-04", "starts_on": "2027-01-11"}, {}),
    (
        LONG,
        {"returns_on": "2026-12-11", "starts_on": "2027-01-11"},
        {
            "returns_on": "With a new form you may enter 30 days before the term, on December 12, "
            "2026 or later."
        },
    ),
    (LONG, {"returns_on": "2026-12-12", "starts_on": "2027-01-11"}, {}),
    (
        AWAY,
        {"returns_on": "2027-01-12", "starts_on": "2027-01-11"},
        {"returns_on": "Come back on the first day of the term or before it."},
    ),
    (
        AWAY,
        {"ends_on": "2026-12-04"},
        {"ends_on": "Choose December 5, 2026 or a later day. A program ends after it begins."},
    ),
]


@pytest.mark.parametrize(("facts", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(monday, facts, changes, sentences):
    found = errors_of(KEY, "return", answers(**changes), facts, TODAY)
    assert found == {name: [text] for name, text in sentences.items()}


def test_the_days_ahead_are_the_offices_number(monday):
    told = answers(returns_on="2026-10-12")
    assert errors_of(KEY, "return", told, AWAY, TODAY, lead_days=7) == {}


def test_the_money_covers_the_year(monday):
    assert errors_of(KEY, "funding", answers(personal="10,000"), AWAY, TODAY) == {
        "personal": [
            "Your costs come to $50,000 and your money to $10,000: $40,000 are missing. Add a "
            "source or correct an amount."
        ]
    }


MONEY = (
    "FinancialInfo",
    {
        "Months": "12",
        "Tuition and fees": "30000",
        "Living expenses": "20000",
        "Your own and your family’s money": "55000",
    },
)
NEW_RECORD = {
    "Level": "05 Master's degree",
    "Major": "30.7001 Data Science",
    "Program start date": "12/04/2026",
    "Program end date": "02/17/2028",
}


@pytest.mark.parametrize(
    ("facts", "event", "values"),
    [
        (
            *(AWAY, "Request to return the record to Active"),
            {
                "Last day of classes": "08/01/2026",
                "Returns on": "11/24/2026",
                "Program end date": "02/17/2028",
            },
        ),
        (LONG, "Create Student, Initial", NEW_RECORD),
        (VISITOR, "Create EV", NEW_RECORD),
    ],
)
def test_what_is_keyed_into_sevis(monday, facts, event, values):
    cleaned = cleaned_of(KEY, answers(), facts, TODAY)
    assert values_of(TYPE.sevis_entries(cleaned, facts)) == [(event, values), MONEY]


@pytest.mark.parametrize(
    ("facts", "changes", "reason"),
    [
        (AWAY, {"sevis_status": "active"}, "updated"),
        (
            LONG,
            {
                "sevis_status": "initial",
                "sevis_id": None,
                "stage": "check_in",
                "program_start": date(2026, 12, 4),
                "full_time_since": date(2026, 12, 4),
                "check_in_completed_on": None,
            },
            "initial",
        ),
    ],
)
def test_what_completion_writes(monday, facts, changes, reason):
    cleaned = cleaned_of(KEY, answers(), facts, TODAY)
    studies = {"stopped_on": None, "stop_reason": "", "returns_on": None}
    record, _money, form = TYPE.effects(cleaned, facts, TODAY)

    assert record == ChangeRecord(studies | {"program_end": date(2028, 2, 17)} | changes)
    assert form == IssueForm(reason)


@pytest.mark.parametrize(
    ("returns", "due"),
    [
        (None, date(2026, 10, 26)),
        (date(2026, 11, 24), date(2026, 10, 26)),
        (date(2026, 10, 12), date(2026, 10, 12)),
    ],
)
def test_it_stands_in_sevis_before_the_person_comes_back(returns, due):
    assert TYPE.sevis_due({"returns_on": returns}, AWAY, TODAY, None) == due


STOPPED, UNTIL = ("Last day of your studies", "August 1, 2026", ""), "January 1, 2027"


@pytest.mark.parametrize(
    ("facts", "typed", "rows"),
    [
        (AWAY, {}, [STOPPED, ("Five months end on", UNTIL, "")]),
        (
            *(AWAY, {"returns_on": "2026-12-01"}),
            [
                STOPPED,
                ("Five months end on", UNTIL, ""),
                ("Your SEVIS record", "We ask SEVIS to open it again", "ok"),
            ],
        ),
        (
            *(AWAY, {"returns_on": "2027-01-02", "tuition": "30,000", "personal": "10,000"}),
            [
                STOPPED,
                ("Five months end on", UNTIL, ""),
                ("Your SEVIS record", "A new one, with a new fee", "warn"),
                ("CPT and OPT", "After a new academic year", "warn"),
                ("Money for the first year", "$10,000 of $30,000", "bad"),
            ],
        ),
        (
            *(VISITOR, {"returns_on": "2026-12-01"}),
            [STOPPED, ("Your SEVIS record", "A new one, with a new fee", "warn")],
        ),
        (replace(AWAY, stopped_on=None), {}, []),
    ],
)
def test_the_panel_tells_which_record_it_will_be(facts, typed, rows):
    assert panel_of(KEY, typed, facts, TODAY) == rows


def away(**fields):
    """Make somebody whose leave has been recorded."""
    return factories.make_student(
        **{
            "sevis_status": "terminated",
            "stopped_on": date(2026, 8, 1),
            "stop_reason": AUTHORIZED,
            "returns_on": date(2026, 12, 4),
        }
        | fields
    )


@pytest.mark.parametrize(
    ("today", "fields", "shown"),
    [
        (date(2026, 10, 4), {}, []),
        (date(2026, 10, 5), {}, [(KEY, date(2026, 12, 4))]),
        # Late is better than never.
        (date(2026, 12, 10), {}, [(KEY, date(2026, 12, 4))]),
        (date(2026, 10, 5), {"returns_on": None}, []),
        (date(2026, 10, 5), {"sevis_status": "active"}, []),
    ],
)
def test_the_portal_reminds_sixty_days_before_the_planned_return(
    office, time_machine, today, fields, shown
):
    record = away(**fields)
    time_machine.move_to(
        factories.MONDAY.replace(year=today.year, month=today.month, day=today.day)
    )

    assert [(each.kind, each.until) for each in things_to_do(record, [])] == shown


def test_from_the_leave_to_the_return(office, client):
    record = factories.make_student()
    factories.make_request(
        record,
        *("leave_withdrawal", "completed"),
        last_attended="2026-10-10",
        departure="2026-10-12",
        returns_on="2026-11-24",
    )
    record.refresh_from_db()
    assert (record.sevis_status, record.stopped_on) == ("terminated", date(2026, 10, 10))
    waiting = things_to_do(record, [])
    assert [each.kind for each in waiting] == [KEY]
    client.force_login(record.user)
    assert client.get(waiting[0].href).status_code == 200

    done = factories.make_request(record, KEY, "completed")

    record.refresh_from_db()
    assert (done.state, record.sevis_status, record.stopped_on, record.program_end) == (
        *("completed", "active", None, date(2028, 2, 17)),
    )
    assert record.funding.get().months == 12
    assert things_to_do(record, []) == []


def test_a_new_record_begins_with_a_check_in_and_the_offices_number(office):
    record = away(stopped_on=date(2026, 1, 15))

    factories.make_request(record, KEY, "completed")

    record.refresh_from_db()
    assert (record.sevis_status, record.sevis_id, record.program_start) == (
        *("initial", None, date(2026, 12, 4)),
    )
    assert record.issued_forms.get().sevis_id == ""
    assert kind_of(facts_for(record)) == ARRIVAL
    assert verdict_of("check_in", facts_for(record), date(2026, 11, 4))[0] == Standing.OPEN
