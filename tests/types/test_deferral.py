"""Deferral: who may begin later, until when, how late, and what becomes of record and forms."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import ChangeRecord, IssueForm
from isso.requests.records.facts import FamilyMember, Funding, RecordFacts
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.request_type import BeforeArrival
from isso.requests.rules.dates import add_months
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.answers import deferral

from .asking import cleaned_of, errors_of, panel_of, values_of, verdict_of

KEY = "deferral"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
ADMITTED = RecordFacts(
    visa_class="F-1",
    sevis_status="initial",
    sevis_id="N0000000001",
    stage="pre_arrival",
    education_level="05",
    program_start=date(2026, 9, 1),
    program_end=date(2028, 5, 15),
)
VISITOR = replace(ADMITTED, visa_class="J-1", exchange_category="1D")
SCHOLAR = replace(VISITOR, exchange_category="09", program_end=date(2027, 1, 31))
UNTIL, J1_UNTIL = date(2026, 10, 31), date(2026, 10, 1)
CLOSED = "After that SEVIS closes your record, and you need a new form."


def test_it_is_for_people_before_their_arrival_alone():
    assert (TYPE.before_arrival, TYPE.is_first_form) == (BeforeArrival.ONLY, False)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Standing.OPEN, UNTIL, "")),
        ({"program_start": date(2027, 1, 11)}, (Standing.OPEN, date(2027, 3, 12), "")),
        ({"program_start": date(2026, 8, 6)}, (Standing.OPEN, TODAY, "")),
        (
            {"program_start": date(2026, 8, 5)},
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                f"The last day was October 4, 2026. {CLOSED}",
            ),
        ),
        ({"visa_class": "J-1", "program_start": date(2026, 9, 5)}, (Standing.OPEN, TODAY, "")),
        (
            {"visa_class": "J-1"},
            (Standing.CLOSED_SINCE, J1_UNTIL, f"The last day was October 1, 2026. {CLOSED}"),
        ),
        (
            {"stage": "check_in"},
            (Standing.NOT_FOR_YOU, None, "This request is for people who have not arrived yet."),
        ),
        (
            {"stage": "continuing", "sevis_status": "active"},
            (Standing.NOT_FOR_YOU, None, "This request is for people who have not arrived yet."),
        ),
        *(
            (changes, (Standing.NEEDS, None, "Your first I-20 or DS-2019 is not ready yet."))
            for changes in (
                {"sevis_status": ""},
                {"sevis_status": "draft"},
                {"sevis_id": ""},
                {"program_start": None},
            )
        ),
        (
            {"sevis_status": "canceled"},
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record is Canceled. You need a new one before you can come.",
            ),
        ),
        (
            {"visa_class": "none"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people in F-1 or J-1 status. Your record says none.",
            ),
        ),
    ],
)
def test_who_may_ask_and_until_when(changes, expected):
    assert verdict_of(KEY, replace(ADMITTED, **changes), TODAY) == expected


@given(st.dates(date(2000, 1, 1), date(2060, 12, 31)), st.integers(-400, 400))
def test_nobody_defers_a_record_that_sevis_no_longer_keeps(start, days):
    today = start + timedelta(days=days)
    standing, _on, _reason = verdict_of(KEY, replace(ADMITTED, program_start=start), today)
    assert (standing == Standing.OPEN) == (days <= 60)


def answers(**changes):
    told = {"new_start": "2027-01-11", "new_end": "2028-12-15"}
    return deferral.answers(ADMITTED, TODAY) | told | changes


STARTS = "The start on your form is September 1, 2026. Choose a later day that still lies ahead."
TOO_FAR = "A start more than 12 months later needs a new record. Write to us."
BAD = [
    (ADMITTED, {}, {}),
    (
        ADMITTED,
        {"has_entered": "yes"},
        {
            "has_entered": "Then your stay has begun and cannot be deferred. Speak with our office "
            "today."
        },
    ),
    (
        ADMITTED,
        {"new_start": "2026-10-05"},
        {"new_start": f"Choose October 6, 2026 or a later day. {STARTS}"},
    ),
    (ADMITTED, {"new_start": "2026-10-06"}, {}),
    (ADMITTED, {"new_start": "2027-09-01"}, {}),
    (
        ADMITTED,
        {"new_start": "2027-09-02"},
        {"new_start": f"Choose September 1, 2027 or an earlier day. {TOO_FAR}"},
    ),
    (
        ADMITTED,
        {"new_end": "2027-01-11"},
        {"new_end": "Choose January 12, 2027 or a later day. A program ends after it begins."},
    ),
    (ADMITTED, {"new_start": ""}, {"new_start": "This field is required."}),
    (
        ADMITTED,
        {"reason": "other"},
        {"explanation": "Write in a few words what the reason is."},
    ),
    (ADMITTED, {"reason": "other", "explanation": "A wedding."}, {}),
    # A scholar's stay moves and becomes no longer; a student's may.
    (SCHOLAR, {"new_end": "2027-06-12"}, {}),
    (
        SCHOLAR,
        {"new_end": "2027-06-13"},
        {
            "new_end": "Choose June 12, 2027 or an earlier day. Your stay can begin later, but not "
            "last longer. Ask your department about more time."
        },
    ),
    (VISITOR, {"new_end": "2029-12-15"}, {}),
]


@pytest.mark.parametrize(("facts", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(facts, changes, sentences):
    found = errors_of(KEY, "later", answers(**changes), facts, TODAY)
    assert found == {name: [text] for name, text in sentences.items()}


def test_the_longest_deferral_is_the_offices_number():
    found = errors_of(KEY, "later", answers(new_start="2027-03-02"), ADMITTED, TODAY, most_months=6)
    assert found == {
        "new_start": [
            "Choose March 1, 2027 or an earlier day. A start more than 6 months later needs a new "
            "record. Write to us."
        ]
    }


@given(st.integers(1, 2000), st.integers(1, 24))
def test_no_deferral_goes_beyond_its_months(days, months):
    start = TODAY + timedelta(days=days)
    told = answers(new_start=start.isoformat(), new_end=(start + timedelta(days=100)).isoformat())
    found = errors_of(KEY, "later", told, ADMITTED, TODAY, most_months=months)
    assert ("new_start" not in found) == (start <= add_months(ADMITTED.program_start, months))


# --- What follows --------------------------------------------------------------------------------

FAMILY = (
    FamilyMember(7, "Chidi Okoye", "spouse"),
    FamilyMember(8, "Awa Okoye", "child", TODAY.replace(year=2020)),
    FamilyMember(9, "Ada Okoye", "child", TODAY.replace(year=2005)),
)
MOVED = {
    "program_start": date(2027, 1, 11),
    "program_end": date(2028, 12, 15),
    "initial_session_start": date(2027, 1, 11),
}


@pytest.mark.parametrize(
    ("facts", "changes", "family"),
    [
        (ADMITTED, {}, ()),
        (replace(ADMITTED, dependents=FAMILY), {}, (7, 8)),
        (
            replace(ADMITTED, term_start=date(2026, 9, 1), term_end=date(2026, 12, 18)),
            {"term_start": None, "term_end": None},
            (),
        ),
        (replace(ADMITTED, term_start=date(2027, 1, 11), term_end=date(2027, 5, 7)), {}, ()),
        (
            replace(ADMITTED, expected_graduation=date(2028, 5, 20)),
            {"expected_graduation": date(2028, 9, 29)},
            (),
        ),
    ],
)
def test_the_record_moves_and_everybody_gets_a_form(facts, changes, family):
    cleaned = cleaned_of(KEY, answers(), facts, TODAY)
    assert TYPE.effects(cleaned, facts, TODAY) == [
        ChangeRecord(MOVED | changes),
        IssueForm("updated", dependents=family),
    ]


@pytest.mark.parametrize(
    ("facts", "entry"),
    [
        (
            ADMITTED,
            (
                "Program ManageSessionDates",
                {
                    "Initial session start date": "01/11/2027",
                    "New program start date": "01/11/2027",
                    "New program end date": "12/15/2028",
                },
            ),
        ),
        (
            VISITOR,
            (
                "Program Amend",
                {"Program begin date": "01/11/2027", "Program end date": "12/15/2028"},
            ),
        ),
    ],
)
def test_what_is_keyed_into_sevis(facts, entry):
    cleaned = cleaned_of(KEY, answers(), facts, TODAY)
    assert values_of(TYPE.sevis_entries(cleaned, facts)) == [entry]


@pytest.mark.parametrize(
    ("start", "due"),
    [
        (date(2027, 1, 11), date(2026, 10, 26)),
        (date(2026, 8, 20), date(2026, 10, 19)),
        (None, date(2026, 10, 26)),
    ],
)
def test_it_stands_in_sevis_while_the_record_is_kept(start, due):
    assert TYPE.sevis_due({}, replace(ADMITTED, program_start=start), TODAY, None) == due


ALWAYS = [
    ("Start on your form", "September 1, 2026", ""),
    ("Ask no later than", "October 31, 2026", ""),
]
TYPED = [
    *ALWAYS,
    ("You may enter from", "December 12, 2026", ""),
    ("With the same length it ends on", "September 24, 2028", ""),
]
START = {"new_start": "2027-01-11"}


@pytest.mark.parametrize(
    ("facts", "typed", "rows"),
    [
        (ADMITTED, {}, ALWAYS),
        (
            *(VISITOR, {}),
            [ALWAYS[0], ("Ask no later than", "October 1, 2026", "bad")],
        ),
        (ADMITTED, START, TYPED),
        (
            replace(
                ADMITTED,
                passport_expiry=date(2027, 7, 10),
                funding=Funding(date(2026, 1, 10), 9, 30_000),
            ),
            START | {"has_visa": "yes"},
            [
                *TYPED,
                ("Passport", "Renew it: it expires too soon", "warn"),
                ("Proof of money", "Older than a year by then: send a newer", "warn"),
                ("Visa", "It stays valid with the same SEVIS ID", "ok"),
            ],
        ),
        (
            replace(
                ADMITTED,
                passport_expiry=date(2027, 7, 11),
                funding=Funding(date(2026, 1, 11), 9, 30_000),
            ),
            START,
            TYPED,
        ),
        (replace(ADMITTED, program_start=None), START, []),
    ],
)
def test_the_panel_counts_the_days(facts, typed, rows):
    assert panel_of(KEY, typed, facts, TODAY) == rows


def test_from_the_tile_to_the_new_form_and_the_later_check_in(office):
    record = factories.make_newcomer(
        stage="pre_arrival", birth_city="Osaka", passport_number="TK1234567"
    )
    spouse = record.dependents.create(given_name="Ken", family_name="Ito", relation="spouse")
    before = {name: getattr(record, name) for name in ("sevis_id", "birth_city", "passport_number")}

    made = factories.make_request(record, KEY, "completed")

    record.refresh_from_db()
    start = TODAY + timedelta(days=120)
    assert (made.state, record.stage, record.sevis_status) == (
        *("completed", "pre_arrival", "initial"),
    )
    assert (record.program_start, record.initial_session_start) == (start, start)
    assert {name: getattr(record, name) for name in before} == before
    assert {
        (form.dependent_id, form.reason, form.program_start) for form in record.issued_forms.all()
    } == {(None, "updated", start), (spouse.pk, "updated", start)}
    assert verdict_of("check_in", facts_for(record), TODAY)[:2] == (
        Standing.OPENS_ON,
        start - timedelta(days=30),
    )
