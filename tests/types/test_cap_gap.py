"""Cap-gap: who may ask, how far a petition reaches, and whether work goes on."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import AuthorizeEmployment, IssueForm
from isso.requests.records.facts import Job, RecordFacts
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.rules.dates import cap_gap_until
from isso.requests.rules.unemployment import unemployment_days
from isso.requests.rules.verdict import Standing
from isso.tests import factories

from .asking import cleaned_of, errors_of, panel_of, policy_of, values_of, verdict_of

KEY = "cap_gap"
TYPE = get_type(KEY)
OPT = factories.work("OPT", date(2025, 6, 15), date(2026, 6, 14))
GRADUATE = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    education_level="05",
    program_end=date(2025, 5, 15),
    employments=(OPT,),
    jobs=(Job(1, date(2025, 7, 1), None, 40),),
)
IN_GRACE = replace(GRADUATE, program_end=date(2026, 4, 20), employments=(), jobs=())
TODAY = date(2026, 5, 20)
ANSWERS = factories.import_module("isso.tests.answers.cap_gap").answers(
    SimpleNamespace(), TODAY
) | {"received_on": "2026-04-20", "h1b_start": "2026-10-01", "opt_end": "2026-06-14"}
BRIDGE = factories.work("cap_gap", date(2026, 6, 15), date(2027, 4, 1))
# The grace period after OPT ends on August 13; a petition of that day reaches April 1.
LAST = date(2027, 4, 1)


@pytest.mark.parametrize(
    ("facts", "today", "standing", "on"),
    [
        (GRADUATE, TODAY, Standing.OPEN, LAST),
        (GRADUATE, LAST, Standing.OPEN, LAST),
        (GRADUATE, LAST + timedelta(days=1), Standing.CLOSED_SINCE, LAST),
        (IN_GRACE, TODAY, Standing.OPEN, LAST),
        (IN_GRACE, date(2026, 4, 20), Standing.OPENS_ON, date(2026, 4, 21)),
        (replace(GRADUATE, employments=(OPT, BRIDGE)), TODAY, Standing.NOT_FOR_YOU, None),
        (replace(GRADUATE, visa_class="J-1"), TODAY, Standing.NOT_FOR_YOU, None),
        (replace(GRADUATE, sevis_status="completed"), TODAY, Standing.NEEDS, None),
        (replace(GRADUATE, program_end=None), TODAY, Standing.NEEDS, None),
    ],
)
def test_who_may_ask_and_when(facts, today, standing, on):
    assert verdict_of(KEY, facts, today)[:2] == (standing, on)


@pytest.mark.parametrize(
    ("received", "h1b_start", "until"),
    [
        (date(2026, 4, 1), None, date(2027, 4, 1)),
        (date(2026, 3, 31), None, date(2026, 4, 1)),
        (date(2026, 8, 13), None, date(2027, 4, 1)),
        (date(2026, 4, 20), date(2026, 10, 1), date(2026, 9, 30)),
        (date(2026, 4, 20), date(2027, 5, 1), date(2027, 4, 1)),
    ],
)
def test_how_far_a_petition_reaches(received, h1b_start, until):
    assert cap_gap_until(received, h1b_start) == until


@given(st.dates(date(2020, 1, 1), date(2060, 12, 31)), st.integers(1, 500))
def test_it_reaches_at_most_a_year_and_never_into_h1b(received, later):
    start = received + timedelta(days=later)

    assert received < cap_gap_until(received) <= received + timedelta(days=366)
    assert cap_gap_until(received, start) < start
    assert cap_gap_until(received, start) <= cap_gap_until(received)


@pytest.mark.parametrize("slug", ["petition", "days"])
def test_good_answers_pass(slug):
    assert errors_of(KEY, slug, ANSWERS, GRADUATE, TODAY) == {}


@pytest.mark.parametrize(
    ("facts", "slug", "changes", "name", "sentence"),
    [
        (
            *(GRADUATE, "petition", {"petition_kind": "consular"}, "petition_kind"),
            "Only a change of status bridges your stay. Speak with our office today.",
        ),
        (
            *(GRADUATE, "petition", {"cap_subject": "no"}, "cap_subject"),
            "Only petitions under the cap bridge your stay. Ask your employer to be sure.",
        ),
        (
            *(GRADUATE, "petition", {"petition_status": "lottery"}, "petition_status"),
            "The notice of the lottery is no petition. Ask once USCIS sent a receipt.",
        ),
        (
            *(GRADUATE, "petition", {"petition_status": "over"}, "petition_status"),
            "Then the bridge has ended. Speak with our office today, before you work on.",
        ),
        (
            *(GRADUATE, "days", {"receipt_number": "123"}, "receipt_number"),
            "Three capital letters and ten digits, like SRC1234567890.",
        ),
        (
            *(GRADUATE, "days", {"received_on": "2026-05-07"}, "received_on"),
            "Choose May 6, 2026 or an earlier day. USCIS updates SEVIS by itself in the first 14 "
            "days. Ask after them.",
        ),
        (
            *(GRADUATE, "days", {"h1b_start": "2026-04-20"}, "h1b_start"),
            "H-1B begins after USCIS received the petition.",
        ),
        (
            *(GRADUATE, "days", {"opt_end": "2026-06-15"}, "opt_end"),
            "Our record says another day. Report your card first, if it is new.",
        ),
    ],
)
def test_bad_answers_are_told_at_the_field(facts, slug, changes, name, sentence):
    assert errors_of(KEY, slug, ANSWERS | changes, facts, TODAY) == {name: [sentence]}


def test_a_petition_after_the_stay_bridges_nothing():
    answers = ANSWERS | {"received_on": "2026-08-14"}

    assert errors_of(KEY, "days", answers, GRADUATE, date(2026, 9, 20)) == {
        "received_on": [
            "Choose August 13, 2026 or an earlier day. Your stay ended then. A petition filed "
            "later bridges nothing."
        ]
    }


def test_who_had_no_opt_is_not_asked_about_work():
    form = TYPE.page("days").form
    asked = set(form(situation=SimpleNamespace(
        facts=IN_GRACE, today=TODAY, policy=policy_of(KEY), answers={}
    )).fields)  # fmt: skip

    assert set(form.base_fields) - asked == {"opt_end", "still_employed"}


@pytest.mark.parametrize(
    ("changes", "slots"),
    [
        ({}, ["receipt_notice", "ead"]),
        ({"petition_status": "approved"}, ["approval_notice", "ead"]),
        ({"petition_status": "waitlisted", "still_employed": ""}, ["receipt_notice"]),
    ],
)
def test_which_files_are_asked(changes, slots):
    assert [each.name for each in TYPE.slots if each.is_asked(ANSWERS | changes)] == slots


def declared(facts, **changes):
    cleaned = cleaned_of(KEY, ANSWERS | changes, facts, TODAY)
    return TYPE.effects(cleaned, facts, TODAY)


def bridge(until):
    return AuthorizeEmployment(
        kind="cap_gap",
        completion="post",
        start=date(2026, 6, 15),
        end=until,
        full_time=True,
        employer="Harbor Labs",
        details={"receipt_number": "WAC2690112233"},
    )


@pytest.mark.parametrize(
    ("facts", "changes", "effects"),
    [
        (
            *(GRADUATE, {}),
            [bridge(LAST), IssueForm("updated", employment_note="Cap-gap until 2027-04-01")],
        ),
        (
            *(GRADUATE, {"petition_status": "approved"}),
            [
                bridge(date(2026, 9, 30)),
                IssueForm("updated", employment_note="Cap-gap until 2026-09-30"),
            ],
        ),
        # Filed in the days of grace: the stay goes on, work does not.
        (
            *(IN_GRACE, {"received_on": "2026-05-01"}),
            [IssueForm("updated", employment_note="Cap-gap until 2027-04-01, no work")],
        ),
    ],
)
def test_what_completion_writes(facts, changes, effects):
    assert declared(facts, **changes) == effects


def test_what_is_keyed_into_sevis():
    cleaned = cleaned_of(KEY, ANSWERS, GRADUATE, TODAY)

    assert values_of(TYPE.sevis_entries(cleaned, GRADUATE)) == [
        (
            "Request CapGapExtension",
            {
                "Status of the petition": "F filed",
                "Receipt number": "WAC2690112233",
                "Received on": "04/20/2026",
                "H-1B employer": "Harbor Labs",
                "H-1B start": "10/01/2026",
                "Extension until": "04/01/2027",
                "Work goes on": "Y",
            },
        )
    ]
    assert TYPE.sevis_due(cleaned, GRADUATE, TODAY, None) == date(2026, 6, 10)
    assert TYPE.effective_dates(cleaned) == (date(2026, 4, 20), LAST)


@pytest.mark.parametrize(
    ("facts", "answers", "rows"),
    [
        (
            *(GRADUATE, ANSWERS),
            [
                ("Your program or OPT ends", "June 14, 2026", ""),
                ("USCIS must have the petition by", "August 13, 2026", ""),
                ("Cap-gap lasts until", "April 1, 2027", ""),
                ("Work", "goes on until that day", "ok"),
                ("Days without work", "16 of 90 days", ""),
            ],
        ),
        (
            *(IN_GRACE, {"received_on": "2026-05-01", "travels": "yes"}),
            [
                ("Your program or OPT ends", "April 20, 2026", ""),
                ("USCIS must have the petition by", "June 19, 2026", ""),
                ("Cap-gap lasts until", "April 1, 2027", ""),
                ("Work", "is not allowed; you may stay", "bad"),
                ("Travel", "Speak with us first: it can end the petition", "warn"),
            ],
        ),
    ],
)
def test_the_calculator(facts, answers, rows):
    assert panel_of(KEY, answers, facts, TODAY) == rows


def test_from_the_tile_to_the_record(office):
    today = date(2026, 10, 5)
    record = factories.make_student(program_end=today - timedelta(days=380), stage="graduated")
    opt = record.employments.create(
        kind="OPT",
        completion="post",
        start=today - timedelta(days=350),
        end=today + timedelta(days=14),
        education_level="05",
    )
    opt.jobs.create(employer="Harbor Labs", start=opt.start, hours_per_week=40)

    factories.make_request(record, KEY, "completed")

    gap = record.employments.get(kind="cap_gap")
    assert (gap.start, gap.end, gap.employer, gap.receipt_number, gap.status) == (
        *(today + timedelta(days=15), LAST, "Harbor Labs", "WAC2690112233", "approved"),
    )
    assert list(record.issued_forms.values_list("reason", "employment_note")) == [
        ("updated", "Cap-gap until 2027-04-01")
    ]
    # The job goes on in the gap; without it the days would count again.
    assert unemployment_days(facts_for(record), LAST) == 0
    opt.jobs.update(end=opt.end)
    assert unemployment_days(facts_for(record), opt.end + timedelta(days=10)) == 10
    assert verdict_of(KEY, facts_for(record), today)[0] == Standing.NOT_FOR_YOU
