"""A job on campus: who may ask, which hours and days are refused, and what the record keeps."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from isso.requests.effects import AuthorizeEmployment
from isso.requests.issued_documents import kind_promised
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.requests.type_forms.oncampus_ssn import HiringQuestionnaire
from isso.tests import factories

from .asking import cleaned_of, errors_of, panel_of, verdict_of
from .people import NEWCOMER, STUDENT, TODAY, VISITOR

KEY = "oncampus_ssn"
TYPE = get_type(KEY)
ANSWERS = factories.import_module("isso.tests.answers.oncampus_ssn").answers(
    SimpleNamespace(), TODAY
)
NEW = replace(
    STUDENT,
    program_start=date(2026, 10, 20),
    full_time_since=date(2026, 10, 20),
    program_end=date(2028, 5, 15),
)


@pytest.mark.parametrize(
    ("facts", "standing", "on"),
    [
        (STUDENT, Standing.OPEN, None),
        (VISITOR, Standing.OPEN, None),
        (replace(VISITOR, exchange_category="08"), Standing.NOT_FOR_YOU, None),
        (replace(STUDENT, visa_class="F-2"), Standing.NOT_FOR_YOU, None),
        (NEWCOMER, Standing.NEEDS, None),
        (replace(STUDENT, check_in_completed_on=None), Standing.NEEDS, None),
        (replace(STUDENT, sevis_status="terminated"), Standing.NEEDS, None),
        (
            replace(STUDENT, program_end=date(2026, 10, 4)),
            *(Standing.CLOSED_SINCE, date(2026, 10, 4)),
        ),
        (replace(STUDENT, program_end=TODAY), Standing.OPEN, None),
    ],
)
def test_who_may_ask(facts, standing, on):
    assert verdict_of(KEY, facts, TODAY)[:2] == (standing, on)


@pytest.mark.parametrize("facts", [STUDENT, VISITOR, NEW])
@pytest.mark.parametrize("slug", ["number", "job", "department"])
def test_good_answers_pass(slug, facts):
    assert errors_of(KEY, slug, ANSWERS, facts, TODAY) == {}


AHEAD = "Ask when the job begins in the next 30 days."


@pytest.mark.parametrize(
    ("facts", "slug", "changes", "name", "sentence"),
    [
        (
            *(STUDENT, "number", {"has_number": "yes"}, "has_number"),
            "Then you need no letter. Work on campus needs no other permission from us.",
        ),
        (
            *(STUDENT, "job", {"hours_in_term": "21"}, "hours_in_term"),
            "Together it is 21 hours a week. At most 20 are allowed.",
        ),
        (
            *(STUDENT, "job", {"other_hours": "9"}, "hours_in_term"),
            "Together it is 21 hours a week. At most 20 are allowed.",
        ),
        (
            *(STUDENT, "job", {"job_start": "2026-11-05"}, "job_start"),
            f"Choose November 4, 2026 or an earlier day. {AHEAD}",
        ),
        # J-1 students hold the letter before they begin.
        (
            *(VISITOR, "job", {"job_start": "2026-10-04"}, "job_start"),
            "Choose October 5, 2026 or a later day. J-1 students begin once they hold our letter.",
        ),
        (
            *(NEW, "job", {"job_start": "2026-09-19"}, "job_start"),
            "Choose September 20, 2026 or a later day. Work may begin 30 days before your "
            "program, not earlier.",
        ),
        (
            *(replace(STUDENT, program_end=date(2026, 10, 20)), "job"),
            *({"job_start": "2026-10-21"}, "job_start"),
            "Choose October 20, 2026 or an earlier day. Your program ends on October 20, 2026.",
        ),
        (
            *(STUDENT, "job", {"job_end": "2026-12-19"}, "job_end"),
            "Work on campus ends with your program at the latest.",
        ),
        (
            *(STUDENT, "job", {"job_end": "2026-10-14"}, "job_end"),
            "The last day must not come before the first day.",
        ),
        (
            *(STUDENT, "job", {"employer_number": "12"}, "employer_number"),
            "Enter the nine digits of the EIN, like 12-3456789.",
        ),
        (STUDENT, "job", {"pay": ""}, "pay", "This field is required."),
        (
            *(STUDENT, "department", {"supervisor_phone": "617"}, "supervisor_phone"),
            "Enter all ten digits, like 202-555-0123.",
        ),
    ],
)
def test_bad_answers_are_told_at_the_field(facts, slug, changes, name, sentence):
    assert errors_of(KEY, slug, ANSWERS | changes, facts, TODAY) == {name: [sentence]}


def test_the_office_may_allow_fewer_hours_and_ask_nearer():
    assert errors_of(KEY, "job", ANSWERS, STUDENT, TODAY, hours_in_term=10) == {
        "hours_in_term": ["Together it is 12 hours a week. At most 10 are allowed."]
    }
    assert list(errors_of(KEY, "job", ANSWERS, STUDENT, TODAY, days_ahead=9)) == ["job_start"]


def test_a_number_keeps_no_exchange_student_from_the_permission():
    assert errors_of(KEY, "number", {"has_number": "yes"}, VISITOR, TODAY) == {}


CONFIRMED = dict.fromkeys(HiringQuestionnaire.base_fields, "yes")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({}, {}),
        ({"letter_signed": "no"}, {}),
        (
            {"on_campus": "no"},
            {
                "on_campus": [
                    "Only work on campus, or at a place that belongs to the program, is allowed."
                ]
            },
        ),
        (
            {"displaces_nobody": "no"},
            {"displaces_nobody": ["A student may not take the place of a worker who is there."]},
        ),
        (
            {"hours_confirmed": "no"},
            {"hours_confirmed": ["Return it to the student, with the right hours and days."]},
        ),
        (
            {"is_official": "no"},
            {"is_official": ["Choose “I am not the right person” at the end of this page."]},
        ),
    ],
)
def test_what_the_department_confirms(changes, errors):
    form = HiringQuestionnaire(CONFIRMED | changes)
    assert {name: list(map(str, found)) for name, found in form.errors.items()} == errors


def test_the_department_reads_the_job_and_nothing_of_the_person():
    assert sorted(TYPE.approver_sees) == [
        *("approver_email", "approver_name", "duties", "employer", "employer_number"),
        *("hours_in_breaks", "hours_in_term", "job_end", "job_start", "job_title"),
        *("offer_letter", "pay", "place", "position_number", "supervisor_phone"),
    ]


@pytest.mark.parametrize(
    ("changes", "end"), [({}, date(2026, 12, 18)), ({"job_end": "2026-11-30"}, date(2026, 11, 30))]
)
def test_what_completion_writes(changes, end):
    cleaned = cleaned_of(KEY, ANSWERS | changes, STUDENT, TODAY)

    assert TYPE.effects(cleaned, STUDENT, TODAY) == [
        AuthorizeEmployment(
            kind="on_campus",
            start=date(2026, 10, 15),
            end=end,
            full_time=False,
            employer="University Library",
            details={
                "ein": "123456789",
                "hours_per_week": 12,
                "job_title": "Library assistant",
            },
        )
    ]
    # SEVIS knows nothing of jobs on campus.
    assert TYPE.sevis_entries(cleaned, STUDENT) == ()
    assert TYPE.sevis_due(cleaned, STUDENT, TODAY, None) is None


@pytest.mark.parametrize(
    ("facts", "changes", "rows"),
    [
        (
            *(STUDENT, {}),
            [
                ("Campus hours in the term", "12 of 20 a week", "ok"),
                ("The job begins by", "November 4, 2026", ""),
            ],
        ),
        (
            *(VISITOR, {"other_hours": "10"}),
            [
                ("Campus hours in the term", "22 of 20 a week", "bad"),
                ("The job begins by", "November 4, 2026", ""),
                ("J-1", "Begin only with our letter in your hand", "warn"),
            ],
        ),
    ],
)
def test_the_calculator(facts, changes, rows):
    assert panel_of(KEY, ANSWERS | changes, facts, TODAY) == rows


def test_from_the_tile_over_the_department_to_the_letter(office):
    record = factories.make_student()

    asked = factories.make_request(record, KEY, "approver_review")
    assert (asked.current_approval.email, kind_promised(asked)) == ("vale@demo.example", "letter")

    made = factories.make_request(
        factories.make_student("other@school.example"), KEY, "completed"
    )  # fmt: skip
    job = made.student.employments.get(kind="on_campus")
    assert (job.employer, job.start, job.end, job.hours_per_week) == (
        *("University Library", date(2026, 10, 15), made.student.program_end, 12),
    )
    assert (job.full_time, job.status, job.reference) == (False, "approved", made.reference)
    # The letter is the released file; no I-20 is noted as issued.
    assert made.has_released_document
    assert list(made.student.issued_forms.all()) == []
