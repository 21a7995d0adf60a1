"""CPT: who may ask and when, what is refused, what is counted, and what the record becomes."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import AuthorizeEmployment, IssueForm
from isso.requests.records.facts import RecordFacts
from isso.requests.registry import get_type
from isso.requests.rules.dates import academic_year_completed_on
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.answers import cpt

from .asking import bound, cleaned_of, errors_of, panel_of, values_of, verdict_of

TODAY = date(2026, 10, 5)
ENDS = date(2027, 5, 15)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    full_time_since=date(2025, 8, 25),
    program_start=date(2025, 8, 25),
    program_end=ENDS,
    check_in_completed_on=date(2025, 9, 1),
)

# --- Who and when --------------------------------------------------------------------------------

ELIGIBILITY = [
    ("student", STUDENT, Standing.OPEN, ENDS, ""),
    (
        "exchange visitor",
        replace(STUDENT, visa_class="J-1"),
        Standing.NOT_FOR_YOU,
        None,
        "This request is for people in F-1 status. Your record says J-1.",
    ),
    (
        "language student",
        replace(STUDENT, education_level="07"),
        Standing.NOT_FOR_YOU,
        None,
        "Students of English language programs cannot use CPT.",
    ),
    (
        "not registered",
        replace(STUDENT, sevis_status="initial"),
        Standing.NEEDS,
        None,
        "Your SEVIS record must be Active. It becomes so after your Check-In.",
    ),
    (
        "not checked in",
        replace(STUDENT, check_in_completed_on=None),
        Standing.NEEDS,
        None,
        "First complete your Check-In.",
    ),
    (
        "first year",
        replace(STUDENT, full_time_since=date(2026, 1, 20)),
        Standing.OPENS_ON,
        date(2026, 10, 20),
        "Opens on October 20, 2026. CPT comes after one academic year of full-time study.",
    ),
    # A graduate program that requires training at once waits for no academic year.
    (
        "training at once",
        replace(STUDENT, full_time_since=date(2026, 8, 24), needs_training_at_once=True),
        Standing.OPEN,
        ENDS,
        "",
    ),
    (
        "the first day",
        replace(STUDENT, full_time_since=date(2026, 1, 5)),
        Standing.OPEN,
        ENDS,
        "",
    ),
    (
        "unknown first day",
        replace(STUDENT, full_time_since=None),
        Standing.NEEDS,
        None,
        "Your record does not say since when you study full time. Write to us.",
    ),
    ("the last day", replace(STUDENT, program_end=TODAY), Standing.OPEN, TODAY, ""),
    (
        "one day late",
        replace(STUDENT, program_end=TODAY - timedelta(days=1)),
        Standing.CLOSED_SINCE,
        date(2026, 10, 4),
        "Your program ended on October 4, 2026.",
    ),
    (
        "a program that ends before the year is over",
        replace(STUDENT, full_time_since=date(2026, 8, 24), program_end=date(2026, 12, 18)),
        Standing.NOT_FOR_YOU,
        None,
        "CPT comes after one academic year of full-time study. CPT ends with your program at the "
        "latest.",
    ),
]


@pytest.mark.parametrize(("who", "facts", "standing", "on", "reason"), ELIGIBILITY)
def test_who_may_ask_for_cpt_today(who, facts, standing, on, reason):
    assert verdict_of("cpt", facts, TODAY) == (standing, on, reason)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_cpt_opens_on_the_day_the_tile_names(since):
    facts = replace(STUDENT, full_time_since=since, program_end=date(2099, 1, 1))
    opens = academic_year_completed_on(since)

    before = verdict_of("cpt", facts, opens - timedelta(days=1))
    assert before[:2] == (Standing.OPENS_ON, opens)
    assert verdict_of("cpt", facts, opens)[0] == Standing.OPEN


# --- What is refused -----------------------------------------------------------------------------

LONG = "x" * 10_000


def answers_for(**changes):
    return cpt.answers(SimpleNamespace(), TODAY) | changes


def errors(slug, facts=STUDENT, **changes):
    return errors_of("cpt", slug, answers_for(**changes), facts, TODAY)


@pytest.mark.parametrize("slug", ["employer", "dates", "course", "approver"])
def test_good_answers_pass(slug):
    assert errors(slug) == {}


EARLY = "Choose October 5, 2026 or a later day. CPT cannot be given for days in the past."
REAL_DATE = "Enter a real date, such as 2027-02-14."
BAD = [
    ("dates", {"start_date": "2026-10-04"}, {"start_date": EARLY}),
    ("dates", {"start_date": "10/20/2026"}, {"start_date": REAL_DATE}),
    ("dates", {"start_date": "2027-02-30"}, {"start_date": REAL_DATE}),
    (
        "dates",
        {"start_date": "2026-12-01", "end_date": "2026-11-30"},
        {"end_date": "The last day must not come before the first day."},
    ),
    (
        "dates",
        {"end_date": "2027-05-16"},
        {
            "end_date": "Choose May 15, 2027 or an earlier day. CPT ends with your program at the "
            "latest."
        },
    ),
    (
        "dates",
        {"hours_per_week": "21"},
        {"hours_per_week": "Part time means 20 hours a week or fewer."},
    ),
    (
        "dates",
        {"full_part": "full", "hours_per_week": "20"},
        {"hours_per_week": "Full time means more than 20 hours a week."},
    ),
    ("dates", {"hours_per_week": "many"}, {"hours_per_week": "Enter a whole number."}),
    (
        "dates",
        {"pay_amount": ""},
        {"pay_amount": "Enter what you are paid, or answer No above."},
    ),
    (
        "dates",
        {"pay_amount": "12,50"},
        {"pay_amount": "Enter whole US dollars, such as 12000 or 12,000, without cents."},
    ),
    ("dates", {"paid": "no", "pay_amount": ""}, {}),
    (
        "employer",
        {"site_street": "PO Box 12"},
        {
            "site_street": "A post office box is not a place where someone lives or works. Enter "
            "the street."
        },
    ),
    (
        "employer",
        {"site_street": "Dock Street"},
        {"site_street": "Enter the street with its house number."},
    ),
    (
        "employer",
        {"site_postal_code": "0213"},
        {"site_postal_code": "Enter the five digits of the ZIP code."},
    ),
    (
        "employer",
        {"supervisor_phone": "+49 30 1"},
        {"supervisor_phone": "Enter all ten digits, like 202-555-0123."},
    ),
    (
        "employer",
        {"employer_name": LONG},
        {"employer_name": "Ensure this value has at most 100 characters (it has 10000)."},
    ),
    (
        "employer",
        {"employer_name": "Lab\r\nBcc: x@y.example"},
        {"employer_name": "Write it on one line, without special characters."},
    ),
    (
        "employer",
        {"work_mode": "hybrid"},
        {"remote_share": "Enter a number between 1 and 99."},
    ),
    ("employer", {"work_mode": "hybrid", "remote_share": "40"}, {}),
    (
        "course",
        {"course_number": ""},
        {"course_number": "Enter the number of the course that gives credit."},
    ),
    ("course", {"basis": "requirement", "course_number": ""}, {}),
    (
        "course",
        {"relevance": "x" * 251},
        {"relevance": "Ensure this value has at most 250 characters (it has 251)."},
    ),
    (
        "approver",
        {"approver_email": "rivera"},
        {"approver_email": "Enter an address such as name@example.edu."},
    ),
]


@pytest.mark.parametrize(("slug", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(slug, changes, sentences):
    assert errors(slug, **changes) == {name: [text] for name, text in sentences.items()}


def full_time(days):
    """Return a student who has had this many days of full-time CPT."""
    start = date(2025, 9, 1)
    worked = [factories.work("CPT", start, start + timedelta(days=days - 1))] if days else []
    return replace(STUDENT, employments=tuple(worked))


FULL = {"full_part": "full", "hours_per_week": "40"}
TOO_MANY = (
    "With this you would reach 365 days of full-time CPT. From 365 days on you lose OPT at this "
    "level. Choose an earlier last day or part time."
)


@pytest.mark.parametrize(
    ("used", "end", "expected"),
    [
        (0, "2027-05-15", {}),
        # 364 days are safe, 365 are not.
        (364 - 30, "2026-12-01", {}),
        (365 - 30, "2026-12-01", {"end_date": [TOO_MANY]}),
    ],
)
def test_full_time_cpt_stops_one_day_before_it_costs_opt(used, end, expected):
    found = errors("dates", full_time(used), start_date="2026-11-02", end_date=end, **FULL)
    assert found == expected


def test_days_with_two_employers_at_once_count_once():
    both = replace(
        STUDENT,
        employments=(factories.work("CPT", date(2026, 1, 1), date(2026, 12, 1)),),
    )
    # 335 days are used; all thirty of the second employer lie within them.
    assert errors("dates", both, start_date="2026-11-02", end_date="2026-12-01", **FULL) == {}


def test_the_dates_say_their_limits_beside_the_field():
    form = bound("cpt", "dates", answers_for(), STUDENT, TODAY, lead_days=7)
    field = form.fields["start_date"]
    assert field.help_text == (
        "From October 12, 2026 to May 15, 2027. We need 7 days to check your request. CPT ends "
        "with your program at the latest."
    )
    assert (field.widget.attrs["min"], field.widget.attrs["max"]) == ("2026-10-12", "2027-05-15")


def test_no_work_goes_on_after_the_record_is_released_to_another_school():
    leaving = replace(STUDENT, transfer_release_on=date(2027, 1, 20))
    assert verdict_of("cpt", leaving, TODAY)[:2] == (Standing.OPEN, date(2027, 1, 20))
    form = bound("cpt", "dates", answers_for(), leaving, TODAY)
    assert form.fields["end_date"].help_text == (
        "From October 5, 2026 to January 20, 2027. CPT cannot be given for days in the past. CPT "
        "ends when we release your record to the new school."
    )
    assert form.fields["end_date"].widget.attrs["max"] == "2027-01-20"
    late = answers_for() | {"start_date": "2026-11-02", "end_date": "2027-01-21"}
    assert list(errors_of("cpt", "dates", late, leaving, TODAY)) == ["end_date"]


# --- What is counted -----------------------------------------------------------------------------

PART = ("Part-time CPT used", "0 days (no limit)", "")
SPAN = {"start_date": "2026-11-02", "end_date": "2026-12-01"}
PANELS = [
    ("part time", 0, {}, [("Full-time CPT used", "0 of 364 days", "ok")], "30 days"),
    (
        "full time",
        143,
        FULL,
        [
            ("Full-time CPT used", "143 of 364 days", "ok"),
            ("Full-time CPT after this request", "173 of 364 days", "ok"),
        ],
        "30 days",
    ),
    (
        "near the limit",
        270,
        FULL,
        [
            ("Full-time CPT used", "270 of 364 days", "ok"),
            ("Full-time CPT after this request", "300 of 364 days", "warn"),
        ],
        "30 days",
    ),
    (
        "over the limit",
        335,
        FULL,
        [
            ("Full-time CPT used", "335 of 364 days", "warn"),
            ("Full-time CPT after this request", "365 of 364 days", "bad"),
        ],
        "30 days",
    ),
]


@pytest.mark.parametrize(("what", "used", "changes", "rows", "days"), PANELS)
def test_the_panel_counts_before_and_after(what, used, changes, rows, days):
    found = panel_of("cpt", answers_for(**SPAN, **changes), full_time(used), TODAY)
    assert found == [*rows, ("Days in this request", days, ""), PART]


@pytest.mark.parametrize(
    ("changes", "numbers", "warning"),
    [
        (FULL, {}, ("During the term", "Our policy is part time only", "warn")),
        (FULL, {"part_time_in_term": 0}, None),
        ({"work_mode": "remote"}, {}, ("Remote work", "Our policy is at most 50 percent", "warn")),
        ({"work_mode": "hybrid", "remote_share": "50"}, {}, None),
        (
            {"work_mode": "hybrid", "remote_share": "51"},
            {},
            ("Remote work", "Our policy is at most 50 percent", "warn"),
        ),
        ({"work_mode": "hybrid", "remote_share": "nearly all"}, {}, None),
        ({"start_date": "soon"}, {}, None),
    ],
)
def test_the_panel_warns_of_what_needs_a_word(changes, numbers, warning):
    facts = replace(STUDENT, term_start=date(2026, 9, 1), term_end=date(2026, 12, 18))
    rows = panel_of("cpt", answers_for(**changes), facts, TODAY, **numbers)
    assert [row for row in rows if row[2] == "warn"] == ([warning] if warning else [])


# --- What follows --------------------------------------------------------------------------------


def test_completion_adds_the_work_and_the_form_as_declared():
    cleaned = cleaned_of("cpt", answers_for(), STUDENT, TODAY)
    assert get_type("cpt").effects(cleaned, STUDENT, TODAY) == [
        AuthorizeEmployment(
            kind="CPT",
            employer="Harbor Labs",
            address={
                "line1": "12 Dock Street",
                "city": "Example City",
                "state": "MA",
                "postal_code": "02139",
            },
            start=date(2026, 10, 25),
            end=date(2027, 1, 13),
            full_time=False,
            details={
                "hours_per_week": 20,
                "job_title": "Data analyst",
                "relevance": "Applies the statistics of my major.",
                "remarks": "",
            },
        ),
        IssueForm("cpt", employment_note="CPT part-time, Harbor Labs, 10/25/2026 - 01/13/2027"),
    ]


def test_the_values_to_key():
    cleaned = cleaned_of("cpt", answers_for(), STUDENT, TODAY)
    assert values_of(get_type("cpt").sevis_entries(cleaned, STUDENT)) == [
        (
            "CPTEmployment Add",
            {
                "Start date": "10/25/2026",
                "End date": "01/13/2027",
                "Full or part time": "02 part time",
                "Employer name": "Harbor Labs",
                "Employer address: street": "12 Dock Street",
                "Employer address: city": "Example City",
                "Employer address: state": "MA",
                "Employer address: ZIP code": "02139",
                "Course relevance": "Applies the statistics of my major.",
                "Employment remarks": "",
            },
        )
    ]


@pytest.mark.parametrize(
    ("start", "due"),
    [(date(2026, 10, 12), date(2026, 10, 12)), (date(2026, 12, 1), date(2026, 10, 26))],
)
def test_it_is_due_in_sevis_before_the_work_begins(start, due):
    assert get_type("cpt").sevis_due({"start_date": start}, STUDENT, TODAY, None) == due


def test_from_tile_to_completed(office):
    record = factories.make_student()
    factories.make_staff()

    made = factories.make_request(record, "cpt", "completed")

    work = record.employments.get()
    form = record.issued_forms.get()
    assert made.state == "completed"
    assert (work.kind, work.status, work.full_time, work.employer, work.education_level) == (
        *("CPT", "approved", False, "Harbor Labs"),
        record.education_level,
    )
    assert (form.kind, form.reason, form.issued_on, form.travel_signature_on) == (
        *("I-20", "cpt", TODAY),
        None,
    )
    assert form.employment_note == "CPT part-time, Harbor Labs, 10/25/2026 - 01/13/2027"


GOOD_APPROVAL = {
    "is_official": "yes",
    "counts_as": "credit",
    "related": "It applies the statistics of the major.",
    "on_time": "yes",
    "good_standing": "yes",
    "recommended": "part",
    "completion_date": "2027-05-15",
}


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({}, {}),
        (
            {"on_time": "no"},
            {"on_time": ["Return it to the student and write which hours or dates fit."]},
        ),
        (
            {"good_standing": "no"},
            {
                "good_standing": [
                    "Only students in good standing may have CPT. Return it to the student."
                ]
            },
        ),
    ],
)
def test_an_approval_is_not_contradicted_by_its_own_answers(changes, errors):
    form = get_type("cpt").approval_steps[0].questionnaire(GOOD_APPROVAL | changes)

    assert form.errors == errors


def test_another_recommendation_of_the_approver_stands_in_the_checklist():
    cpt = get_type("cpt")

    assert cpt.differences({"full_part": "part"}, {"recommended": "part"}) == ()
    assert [
        (str(label), str(words))
        for label, words in cpt.differences({"full_part": "full"}, {"recommended": "part"})
    ] == [
        (
            "Full time or part time",
            "The approver recommends part time, the student asks for full time. Settle which one "
            "is right.",
        )
    ]
