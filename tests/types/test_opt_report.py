"""Reporting during OPT: who reports until when, and what each report asks."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from isso.requests.rules.verdict import Standing

from .asking import errors_of, verdict_of
from .opt_reports import (
    GRADUATE,
    KEY,
    LAST,
    ON_STEM,
    ON_STEM_DAY,
    OPT,
    OWED,
    REPORTS,
    TODAY,
    TYPE,
    VALID,
    WAITING,
    told,
)
from .people import situation_of


@pytest.mark.parametrize(
    ("facts", "today", "standing", "on"),
    [
        (GRADUATE, TODAY, Standing.OPEN, LAST),
        (WAITING, date(2025, 5, 1), Standing.OPEN, LAST),
        (GRADUATE, LAST, Standing.OPEN, LAST),
        (GRADUATE, LAST + timedelta(days=1), Standing.CLOSED_SINCE, LAST),
        (ON_STEM, ON_STEM_DAY, Standing.OPEN, date(2028, 8, 13)),
        # OPT before completion has employers to report as well.
        (
            replace(GRADUATE, employments=(OPT._replace(completion="pre"),)),
            *(TODAY, Standing.OPEN, LAST),
        ),
        (replace(GRADUATE, employments=()), TODAY, Standing.NOT_FOR_YOU, None),
        (
            replace(GRADUATE, employments=(OPT._replace(status="denied"),)),
            *(TODAY, Standing.NOT_FOR_YOU, None),
        ),
        (
            replace(GRADUATE, employments=(OPT._replace(education_level="04"),)),
            *(TODAY, Standing.NOT_FOR_YOU, None),
        ),
        (replace(GRADUATE, visa_class="J-1"), TODAY, Standing.NOT_FOR_YOU, None),
        (replace(GRADUATE, sevis_status="terminated"), TODAY, Standing.NEEDS, None),
    ],
)
def test_who_may_report_and_until_when(facts, today, standing, on):
    assert verdict_of(KEY, facts, today)[:2] == (standing, on)


def pages_asked(answers):
    return [page for page in TYPE.pages if page.is_asked(answers)]


def slots_asked(answers):
    return [slot.name for slot in TYPE.slots if slot.is_asked(answers)]


def test_every_report_of_the_first_page_is_here():
    assert sorted(REPORTS) == sorted(
        key for key, _label in TYPE.page("what").form.base_fields["what"].choices
    )


@pytest.mark.parametrize("what", REPORTS)
def test_good_answers_pass_and_other_pages_ask_nothing(what):
    facts, today, answers = told(what)
    asked = pages_asked(answers)

    for page in TYPE.pages:
        if page.form:
            assert errors_of(KEY, page.slug, answers, facts, today) == {}, page.slug
            form = page.form(situation=situation_of(KEY, facts, answers, today))
            assert bool(form.fields) == (page in asked), page.slug


@pytest.mark.parametrize(
    ("what", "changes", "slots"),
    [
        ("new_job", {}, ["offer_letter"]),
        ("new_job", {"training": "STEM"}, ["i983", "offer_letter"]),
        ("changed_job", {}, []),
        ("changed_job", {"training": "STEM"}, ["i983"]),
        ("ended_job", {"training": "STEM"}, []),
        ("stem_employer", {}, ["i983", "final_evaluation", "offer_letter"]),
        ("validation", {}, []),
        ("evaluation", {}, ["self_evaluation"]),
        ("card", {}, ["ead"]),
        ("card", {"document": "receipt"}, ["receipt"]),
        ("card", {"document": "refusal"}, ["decision"]),
        ("person", {}, []),
        ("person", {"changed": ["legal_name"]}, ["new_passport"]),
        ("leaving", {}, []),
        ("status", {}, ["status_proof"]),
    ],
)
def test_each_report_asks_for_its_own_files(what, changes, slots):
    _facts, _today, answers = told(what, **changes)
    assert slots_asked(answers) == slots


BEGINS = "Your card begins on June 15, 2025. Work before that day is not allowed."
BAD = [
    ("validation", "what", {"training": "OPT"}, "what",
     "This report belongs to STEM OPT. Choose another one."),
    ("new_job", "job", {"job_start": "2025-06-14"}, "job_start",
     f"Choose June 15, 2025 or a later day. {BEGINS}"),
    ("new_job", "job", {"job_start": "2026-06-15"}, "job_start",
     "Choose June 14, 2026 or an earlier day. Your card ends on June 14, 2026."),
    ("new_job", "job", {"job_end": "2026-01-01"}, "job_end",
     "The last day must not come before the first day."),
    ("new_job", "job", {"relation": ""}, "relation", "This field is required."),
    ("new_job", "job", {"hours_per_week": "20"}, "hours_per_week",
     "Full time means more than 20 hours a week."),
    ("stem_employer", "job", {"paid": "no"}, "paid",
     "STEM OPT must be paid. Unpaid work is not allowed."),
    ("stem_employer", "job", {"self_employed": "yes"}, "self_employed",
     "STEM OPT needs an employer who trains you. Self-employment is not allowed."),
    ("stem_employer", "job", {"in_everify": "no"}, "in_everify",
     "STEM OPT is possible with an employer in E-Verify only. Speak with our office."),
    ("stem_employer", "job", {"ein": ""}, "ein", "This field is required."),
    ("stem_employer", "job", {"hours_per_week": "19", "full_part": "part"}, "hours_per_week",
     "At least 20 hours a week are needed. Fewer count as days without work."),
    ("stem_employer", "ended", {"job_ended_on": "2026-06-14"}, "job_ended_on",
     "Choose June 15, 2026 or a later day. Your card begins on June 15, 2026. Work before that "
     "day is not allowed."),
    ("ended_job", "ended", {"job_ended_on": "2026-03-03"}, "job_ended_on",
     "Choose March 2, 2026 or an earlier day. Report it once it happened."),
    ("ended_job", "ended", {"job_ended_on": "2025-06-30"}, "job_ended_on",
     "This job began on July 1, 2025. Choose that day or a later one."),
    ("changed_job", "changed", {"changes": ["hours"]}, "new_hours", "Write what is true now."),
    ("changed_job", "changed", {"changed_on": "2025-06-20"}, "changed_on",
     "This job began on July 1, 2025. Choose that day or a later one."),
    ("no_work", "no-work", {"without_work_since": "2026-03-03"}, "without_work_since",
     "Choose March 2, 2026 or an earlier day. Report it once it happened."),
    ("validation", "report", {"still_employed": "no"}, "differences",
     "Write what is different, and since when."),
    ("evaluation", "evaluation", {"evaluated_on": "2027-06-21"}, "evaluated_on",
     "Choose June 20, 2027 or an earlier day. Send it once it is signed."),
    ("card", "card", {"card_number": "12"}, "card_number",
     "Three capital letters and ten digits, like SRC1234567890."),
    ("card", "card", {"card_start": ""}, "card_start", "Answer this question."),
    ("card", "card", {"card_start": "2025-05-15"}, "card_start",
     "Choose May 16, 2025 or a later day. OPT starts after your program."),
    ("card", "card", {"card_end": "2026-06-20"}, "card_end",
     "A card that begins then ends on June 19, 2026 at the latest. Look at it again."),
    ("card", "card", {"card_end": "2025-06-19"}, "card_end",
     "The last day must not come before the first day."),
    ("card", "card", {"document": "receipt"}, "receipt_number", "Answer this question."),
    ("card", "card", {"document": "refusal", "refused_on": "2025-06-02"}, "refused_on",
     "Choose today or an earlier day."),
    ("person", "home", {"moved_on": "2026-03-03"}, "moved_on",
     "Choose March 2, 2026 or an earlier day. Report a move once you live there, within 10 days."),
    ("person", "home", {"us_street": "P.O. Box 7"}, "us_street",
     "A post office box is not a place where someone lives or works. Enter the street."),
    ("leaving", "leaving", {"opt_ends_accepted": "no"}, "opt_ends_accepted",
     "Then do not send this report. A trip abroad needs none; it may need a reprint."),
    ("leaving", "leaving", {"leaves_on": "2026-06-15"}, "leaves_on",
     "Choose June 14, 2026 or an earlier day. Your card ends on June 14, 2026."),
    ("status", "status", {"new_status": "other"}, "new_status_name",
     "Write which status it is."),
    ("status", "status", {"status_from": "2026-03-03"}, "status_from",
     "Choose March 2, 2026 or an earlier day. Report it once it happened."),
]  # fmt: skip


@pytest.mark.parametrize(("what", "slug", "changes", "name", "sentence"), BAD)
def test_bad_answers_are_told_at_the_field(what, slug, changes, name, sentence):
    facts, today, answers = told(what, **changes)
    assert errors_of(KEY, slug, answers, facts, today) == {name: [sentence]}


@pytest.mark.parametrize(
    ("facts", "today", "what", "sentence"),
    [
        (ON_STEM, date(2026, 11, 14), "validation", "Your next report opens on November 15, 2026."),
        (
            replace(ON_STEM, stem_reports=()),
            *(ON_STEM_DAY, "validation", "Our record shows no report that you still owe."),
        ),
        (
            replace(ON_STEM, jobs=()),
            *(ON_STEM_DAY, "ended_job"),
            "Our record shows no job. Report it first, as a new job.",
        ),
        (
            replace(ON_STEM, jobs=()),
            *(ON_STEM_DAY, "changed_job", "Our record shows no job. Report it as a new job."),
        ),
    ],
)
def test_a_report_that_cannot_be_made_is_told_at_once(facts, today, what, sentence):
    answers = {"training": "STEM", "what": what}
    assert errors_of(KEY, "what", answers, facts, today) == {"what": [sentence]}


def test_a_report_that_came_is_not_sent_again():
    sent = (OWED[0]._replace(done_on=date(2026, 12, 1)), *OWED[1:])
    facts, today, answers = replace(ON_STEM, stem_reports=sent), date(2027, 6, 1), VALID
    answers = {"training": "STEM", "what": "validation"} | answers

    assert errors_of(KEY, "report", answers, facts, today) == {
        "months": ["This report is with us already. Choose another one."]
    }
    assert errors_of(KEY, "report", answers | {"months": "12"}, facts, today) == {}


def test_opt_takes_jobs_of_few_hours_unpaid_work_and_ones_own_business():
    changes = {"hours_per_week": "10", "full_part": "part", "paid": "no", "compensation": ""}
    changes |= {"ein": "", "self_employed": "yes", "job_title": "", "supervisor_email": ""}
    facts, today, answers = told("new_job", **changes)

    assert errors_of(KEY, "job", answers, facts, today) == {}
