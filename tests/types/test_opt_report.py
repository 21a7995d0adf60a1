"""Reporting during OPT: who reports, what each report asks, writes, and has keyed into SEVIS."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor
from isso.requests.effects import (
    ChangeJob,
    ChangeRecord,
    CutWork,
    DecideEmployment,
    IssueForm,
    NoteStemReport,
    ReportAddress,
    ReportJob,
)
from isso.requests.perform import perform
from isso.requests.records.facts import Job, RecordFacts, StemReport
from isso.requests.records.models import EmploymentAuthorization, ReportedJob, StemValidation
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.rules.dates import add_weekdays
from isso.requests.rules.unemployment import unemployment_days
from isso.requests.rules.verdict import Standing
from isso.tests import factories

from .asking import cleaned_of, errors_of, panel_of, values_of, verdict_of
from .people import situation_of

KEY = "opt_report"
TYPE = get_type(KEY)
WORK = factories.work
OPT = WORK("OPT", date(2025, 6, 15), date(2026, 6, 14), id=1, education_level="05")
STEM = WORK("STEM", date(2026, 6, 15), date(2028, 6, 14), id=2, education_level="05")
PLACE = ("12 Dock Street", "Example City", "MA", "02139")
JOB = Job(1, date(2025, 7, 1), None, 40, "Harbor Labs", *PLACE, "Analyst", id=7)
STEM_JOB = JOB._replace(authorization_id=2, start=date(2026, 6, 15), id=8)
TODAY = date(2026, 3, 2)
ON_STEM_DAY = date(2026, 12, 14)
GRADUATE = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="graduated",
    education_level="05",
    program_end=date(2025, 5, 15),
    employments=(OPT,),
    jobs=(JOB,),
    us_address={"line1": "415 South Street", "city": "Example City", "state": "MA"},
    family_name="Okoye",
)
OWED = tuple(
    StemReport(2, months, due)
    for months, due in (
        (6, date(2026, 12, 15)),
        (12, date(2027, 6, 15)),
        (18, date(2027, 12, 15)),
        (24, date(2028, 6, 14)),
    )
)
ON_STEM = replace(
    GRADUATE,
    employments=(OPT, STEM),
    jobs=(JOB._replace(end=date(2026, 6, 14)), STEM_JOB),
    stem_reports=OWED,
)
LAST = date(2026, 8, 13)
WAITING = replace(GRADUATE, employments=(OPT._replace(status="requested"),), jobs=())


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


# --- One good set of answers for each report -----------------------------------------------------

NEW = factories.import_module("isso.tests.answers.opt_report").answers(SimpleNamespace(), TODAY)
MOVED = {
    "changed": ["us_address"],
    "moved_on": "2026-03-01",
    "us_street": "77 Orchard Street Apt 5",
    "us_city": "Example City",
    "us_state": "MA",
    "us_postal_code": "02140",
}
VALID = {
    "months": "6",
    **dict.fromkeys(
        ("name_is_right", "address_is_right", "employer_is_right", "still_employed"), "yes"
    ),
    "differences": "",
}
REPORTS = {
    "new_job": (GRADUATE, TODAY, NEW),
    "changed_job": (
        *(GRADUATE, TODAY),
        {"changed_job": "7", "changed_on": "2026-03-01", "changes": ["title"]}
        | {"new_job_title": "Lead analyst", "wants_form": "yes"},
    ),
    "ended_job": (
        *(GRADUATE, TODAY),
        {"ended_job": "7", "job_ended_on": "2026-02-27", "end_reason": "left"},
    ),
    "no_work": (GRADUATE, TODAY, {"without_work_since": "2026-02-28"}),
    "stem_employer": (
        *(ON_STEM, ON_STEM_DAY),
        NEW
        | {"training": "STEM", "ended_job": "8", "job_ended_on": "2026-12-04"}
        | {"end_reason": "left", "job_start": "2026-12-07", "in_everify": "yes"},
    ),
    "validation": (ON_STEM, ON_STEM_DAY, {"training": "STEM"} | VALID),
    "evaluation": (
        *(ON_STEM, date(2027, 6, 20)),
        {"training": "STEM", "evaluation": "12", "evaluated_on": "2027-06-18"},
    ),
    "card": (
        *(WAITING, date(2025, 6, 1)),
        {"document": "ead", "card_start": "2025-06-20", "card_end": "2026-06-19"}
        | {"card_number": "SRC1234567890"},
    ),
    "person": (GRADUATE, TODAY, MOVED),
    "leaving": (GRADUATE, TODAY, {"leaves_on": "2026-04-01", "opt_ends_accepted": "yes"}),
    "status": (GRADUATE, TODAY, {"new_status": "H-1B", "status_from": "2026-03-01"}),
}


def told(what, **changes):
    """Return (facts, today, answers) of one report."""
    facts, today, answers = REPORTS[what]
    return facts, today, {"training": "OPT"} | answers | {"what": what} | changes


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


# --- What it writes, and what is keyed -----------------------------------------------------------


def effects_of(what, **changes):
    facts, today, answers = told(what, **changes)
    return TYPE.effects(cleaned_of(KEY, answers, facts, today), facts, today)


def entries_of(what, **changes):
    facts, today, answers = told(what, **changes)
    return values_of(TYPE.sevis_entries(cleaned_of(KEY, answers, facts, today), facts))


NEW_HOURS = {"changes": ["hours"], "new_hours": "10", "wants_form": "no"}
EFFECTS = [
    (
        *("changed_job", {}),
        [
            ChangeJob(7, {"job_title": "Lead analyst"}),
            IssueForm(
                "updated", employment_note="OPT 2025-06-15 – 2026-06-14, Harbor Labs"
            ),
        ],
    ),
    # Other hours are another row, so that the days before keep theirs.
    (
        *("changed_job", NEW_HOURS),
        [
            ReportJob(
                1,
                {"hours_per_week": 10, "full_time": False}
                | {"start": date(2026, 3, 1), "reported_on": TODAY},
                like=7,
            ),
            ChangeJob(7, {"end": date(2026, 2, 28)}),
        ],
    ),
    (
        *("changed_job", NEW_HOURS | {"changed_on": "2025-07-01"}),
        [ChangeJob(7, {"hours_per_week": 10, "full_time": False})],
    ),
    ("ended_job", {}, [ChangeJob(7, {"end": date(2026, 2, 27)})]),
    ("no_work", {}, [ChangeJob(7, {"end": date(2026, 2, 27)})]),
    ("no_work", {"without_work_since": "2025-06-20"}, []),
    ("validation", {}, [NoteStemReport(2, 6)]),
    ("evaluation", {}, [NoteStemReport(2, 12, is_evaluation=True)]),
    (
        *("card", {}),
        [
            DecideEmployment(
                1,
                {
                    "status": "approved",
                    "start": date(2025, 6, 20),
                    "end": date(2026, 6, 19),
                    "ead_number": "SRC1234567890",
                },
            )
        ],
    ),
    (
        *("card", {"document": "receipt", "receipt_number": "IOE0912345678"}),
        [DecideEmployment(1, {"status": "pending", "receipt_number": "IOE0912345678"})],
    ),
    (
        *("card", {"document": "refusal", "refused_on": "2025-05-30"}),
        [DecideEmployment(1, {"status": "denied"})],
    ),
    # The day lies ahead: SEVIS completes the record when it has come.
    (
        *("leaving", {}),
        [ChangeJob(7, {"end": date(2026, 4, 1)}), CutWork(date(2026, 4, 1))],
    ),
    (
        *("status", {}),
        [
            ChangeJob(7, {"end": date(2026, 2, 28)}),
            CutWork(date(2026, 2, 28)),
            ChangeRecord({"sevis_status": "completed"}),
            ChangeRecord({"visa_class": "other"}),
        ],
    ),
    (
        *("person", {}),
        [
            ReportAddress(
                "us_address",
                {
                    "line1": "77 Orchard Street Apt 5",
                    "line2": "",
                    "city": "Example City",
                    "state": "MA",
                    "postal_code": "02140",
                    "explanation": "",
                },
                valid_from=date(2026, 3, 1),
            )
        ],
    ),
]  # fmt: skip


@pytest.mark.parametrize(("what", "changes", "effects"), EFFECTS)
def test_what_completion_writes(what, changes, effects):
    assert effects_of(what, **changes) == effects


def test_a_new_employer_of_stem_opt_ends_the_earlier_job():
    ended, added = effects_of("stem_employer")

    assert ended == ChangeJob(8, {"end": date(2026, 12, 4)})
    assert (added.authorization, added.job["start"], added.job["employer"]) == (
        *(2, date(2026, 12, 7), "Harbor Labs"),
    )


EMPLOYER = {
    "Employer name": "Harbor Labs",
    "Employer address": "12 Dock Street",
    "Employer city": "Example City",
    "Employer state": "MA",
    "Employer ZIP code": "02139",
    "EIN": "123456789",
    "Self-employed": "N",
    "How the work relates to the major": NEW["relation"],
    "Employer full or part time": "01 full time",
    "Employment start": "02/27/2026",
    "Supervisor given name": "Lena",
    "Supervisor family name": "Brandt",
    "Supervisor phone": "6175550123",
    "Supervisor e-mail": "lena@harbor.example",
    "Job title": "Data analyst",
}
KNOWN = {"Employer name": "Harbor Labs", "Employment start": "07/01/2025"}


@pytest.mark.parametrize(
    ("what", "entries"),
    [
        ("new_job", [("OPTEmployer Add", EMPLOYER)]),
        (
            "changed_job",
            [
                (
                    "OPTEmployer Edit",
                    KNOWN | {"Changed on": "03/01/2026", "Job title": "Lead analyst"},
                )
            ],
        ),
        ("ended_job", [("OPTEmployer Edit", KNOWN | {"Employment end": "02/27/2026"})]),
        ("no_work", [("OPTEmployer Edit", KNOWN | {"Employment end": "02/27/2026"})]),
        (
            "stem_employer",
            [
                (
                    "OPTEmployer Edit",
                    KNOWN | {"Employment start": "06/15/2026", "Employment end": "12/04/2026"},
                ),
                ("OPTEmployer Add", EMPLOYER | {"Employment start": "12/07/2026"}),
            ],
        ),
        (
            "validation",
            [
                (
                    "OPTEmployment ReportParticipation",
                    {
                        "Report after months": "6",
                        "Legal name is right": "Y",
                        "Address is right": "Y",
                        "Employer name and address are right": "Y",
                        "Still employed": "Y",
                    },
                )
            ],
        ),
        # The card is USCIS's to tell SEVIS, the evaluation is a file of ours.
        ("evaluation", []),
        ("card", []),
        (
            "person",
            [
                (
                    "PersonalInfo",
                    {
                        "US address: street": "77 Orchard Street Apt 5",
                        "US address: city": "Example City",
                        "US address: state": "MA",
                        "US address: ZIP code": "02140",
                    },
                )
            ],
        ),
        (
            "leaving",
            [
                (
                    "Status Complete",
                    {"Effective date": "04/01/2026", "Reason": "Leaves the United States"},
                )
            ],
        ),
        (
            "status",
            [
                (
                    "Status Complete",
                    {"Effective date": "03/01/2026", "Reason": "Change of status to H-1B"},
                )
            ],
        ),
    ],
)  # fmt: skip
def test_what_is_keyed_into_sevis(what, entries):
    assert entries_of(what) == entries


@pytest.mark.parametrize(
    ("what", "changes", "reported_on", "due"),
    [
        ("ended_job", {}, TODAY, date(2026, 3, 23)),
        ("validation", {}, ON_STEM_DAY, date(2026, 12, 29)),
        # Late already: 21 days, not a day that has passed.
        ("validation", {}, date(2027, 1, 5), date(2027, 1, 26)),
    ],
)
def test_until_when_it_must_stand_in_sevis(what, changes, reported_on, due):
    facts, today, answers = told(what, **changes)
    cleaned = cleaned_of(KEY, answers, facts, today)

    assert TYPE.sevis_due(cleaned, facts, reported_on, add_weekdays) == due


def test_a_first_job_stands_in_sevis_before_the_allowed_days_are_used_up():
    unemployed = replace(GRADUATE, jobs=())
    cleaned = cleaned_of(KEY, told("new_job")[2] | {"job_start": "2025-09-01"}, unemployed, TODAY)

    assert TYPE.sevis_due(cleaned, unemployed, date(2025, 9, 2), add_weekdays) == date(2025, 9, 12)


@pytest.mark.parametrize(
    ("what", "changes", "span"),
    [
        ("new_job", {}, (date(2026, 2, 27), None)),
        ("card", {}, (date(2025, 6, 20), date(2026, 6, 19))),
        ("leaving", {}, (date(2026, 4, 1), None)),
        ("validation", {}, (None, None)),
    ],
)
def test_of_which_days_it_speaks(what, changes, span):
    facts, today, answers = told(what, **changes)
    assert TYPE.effective_dates(cleaned_of(KEY, answers, facts, today)) == span


def test_two_reports_of_one_kind_may_be_open():
    ended, other = told("ended_job")[2], told("ended_job", ended_job="9")[2]

    assert TYPE.purpose({}) == ""
    assert TYPE.purpose(ended) == "ended_job,2026-02-27,,7,,,,"
    assert TYPE.purpose(ended) != TYPE.purpose(other)


@pytest.mark.parametrize(
    ("what", "changes", "promise"),
    [
        ("changed_job", {}, "Updated I-20"),
        ("new_job", {}, ""),
        ("new_job", {"wants_form": "yes"}, "Updated I-20"),
        ("leaving", {"wants_form": "yes"}, ""),
    ],
)
def test_an_i20_is_promised_to_who_wants_one(what, changes, promise):
    assert str(TYPE.promise(told(what, **changes)[2])) == promise


SCHEDULE = ("STEM report after 6 months", "Send it by December 29, 2026", "warn")


@pytest.mark.parametrize(
    ("facts", "today", "answers", "rows"),
    [
        (
            *(GRADUATE, TODAY, told("new_job")[2]),
            [
                ("OPT", "June 15, 2025 to June 14, 2026", ""),
                ("Days without work", "16 of 90 days", "ok"),
                ("Report it", "By March 9, 2026, 10 days after it happened", "ok"),
            ],
        ),
        (
            *(GRADUATE, TODAY, told("ended_job", job_ended_on="2026-02-19")[2]),
            [
                ("OPT", "June 15, 2025 to June 14, 2026", ""),
                ("Days without work", "16 of 90 days", "ok"),
                (
                    "Report it",
                    "It was due on March 1, 2026. We take it still: send it today.",
                    "warn",
                ),
            ],
        ),
        (
            *(ON_STEM, ON_STEM_DAY, {}),
            [
                ("STEM OPT", "June 15, 2026 to June 14, 2028", ""),
                ("Days without work", "16 of 150 days", "ok"),
                SCHEDULE,
                ("STEM report after 12 months", "From May 16, 2027, due June 15, 2027", ""),
            ],
        ),
        (
            *(ON_STEM, date(2027, 1, 4), {}),
            [
                ("STEM OPT", "June 15, 2026 to June 14, 2028", ""),
                ("Days without work", "16 of 150 days", "ok"),
                (
                    "STEM report after 6 months",
                    "Overdue since December 29, 2026. Send it today.",
                    "bad",
                ),
                ("STEM report after 12 months", "From May 16, 2027, due June 15, 2027", ""),
            ],
        ),
    ],
)
def test_the_calculator(facts, today, answers, rows):
    assert panel_of(KEY, answers, facts, today) == rows


# --- Through the doors ---------------------------------------------------------------------------


def make_graduate(today, **more):
    """Make somebody on OPT since 100 days, with a job since 80."""
    record = factories.make_student(
        program_start=today - timedelta(days=1000),
        program_end=today - timedelta(days=120),
        stage="graduated",
        **more,
    )
    opt = EmploymentAuthorization.objects.create(
        record=record,
        kind="OPT",
        completion="post",
        start=today - timedelta(days=100),
        end=today + timedelta(days=264),
        education_level="05",
    )
    job = ReportedJob.objects.create(
        authorization=opt,
        employer="Old Mill",
        start=today - timedelta(days=80),
        hours_per_week=40,
        supervisor_name="Ada Reyes",
    )
    return record, opt, job


def changes_of(record):
    return list(
        record.changes.filter(source__startswith="OPT and STEM").values_list("field", "new")
    )


def test_a_new_job_from_the_tile_to_the_record(office):
    today = date(2026, 10, 5)
    record, opt, _job = make_graduate(today)

    made = factories.make_request(record, KEY, "completed")

    job = opt.jobs.get(reference=made.reference)
    assert (job.employer, job.start, job.compensation, job.is_paid, job.supervisor_name) == (
        *("Harbor Labs", today - timedelta(days=3), "31 dollars an hour", True, "Lena Brandt"),
    )
    assert changes_of(record) == [("reportedjob", "Harbor Labs, 2026-10-02")]
    assert list(record.issued_forms.all()) == []


def test_other_hours_keep_the_days_before(office):
    today = date(2026, 10, 5)
    record, opt, job = make_graduate(today)
    assert unemployment_days(facts_for(record), today) == 20

    factories.make_request(
        record,
        *(KEY, "completed"),
        what="changed_job",
        changed_job=str(job.pk),
        changed_on="2026-10-01",
        changes=["hours"],
        new_hours="10",
    )

    assert list(
        opt.jobs.order_by("start").values_list(
            "employer", "supervisor_name", "hours_per_week", "start", "end"
        )
    ) == [
        ("Old Mill", "Ada Reyes", 40, date(2026, 7, 17), date(2026, 9, 30)),
        ("Old Mill", "Ada Reyes", 10, date(2026, 10, 1), None),
    ]
    # Ten hours are too few: from October 1 on the days count again.
    assert unemployment_days(facts_for(record), today) == 25


def test_the_card_brings_its_days_and_the_reports_of_stem_opt(office):
    today = date(2026, 10, 5)
    record, opt, _job = make_graduate(today)
    opt.end = date(2026, 10, 31)
    opt.save()
    stem = record.employments.create(
        kind="STEM",
        completion="post",
        status="requested",
        start=date(2026, 11, 1),
        end=date(2028, 10, 31),
        education_level="05",
    )
    for months, due in ((6, date(2027, 5, 1)), (12, date(2027, 11, 1))):
        StemValidation.objects.create(authorization=stem, months=months, due_on=due)
    card = {"training": "STEM", "what": "card", "document": "ead"}

    made = factories.make_request(
        record,
        *(KEY, "in_review"),
        **card,
        card_start="2026-11-05",
        card_end="2028-10-31",
        card_number="SRC1234567890",
    )
    # Nothing is keyed and nothing released: approving completes it.
    made = perform(made, "approve", Actor.for_user(made.assignee))

    stem.refresh_from_db()
    assert (made.state, stem.status, stem.start, stem.ead_number) == (
        *("completed", "approved", date(2026, 11, 5), "SRC1234567890"),
    )
    assert list(stem.validations.values_list("months", "due_on")) == [
        (6, date(2027, 5, 5)),
        (12, date(2027, 11, 5)),
        (18, date(2028, 5, 5)),
        (24, date(2028, 10, 31)),
    ]


def test_a_report_of_stem_opt_is_noted_on_the_day_it_was_sent(office):
    today = date(2026, 10, 5)
    record, _opt, _job = make_graduate(today)
    stem = record.employments.create(
        kind="STEM",
        completion="post",
        start=date(2026, 4, 20),
        end=date(2028, 4, 19),
        education_level="05",
    )
    owed = StemValidation.objects.create(
        authorization=stem, months=6, due_on=date(2026, 10, 20)
    )  # fmt: skip

    factories.make_request(
        record, KEY, "completed", training="STEM", what="validation", **VALID
    )  # fmt: skip

    owed.refresh_from_db()
    assert (owed.done_on, owed.evaluated_on) == (today, None)
    assert facts_for(record).stem_reports == (
        StemReport(stem.pk, 6, date(2026, 10, 20), today, is_evaluated=False),
    )


def test_anothers_job_is_never_touched(office):
    today = date(2026, 10, 5)
    record, _opt, _job = make_graduate(today)
    _other, _opt, others = make_graduate(today, email="other@school.example")
    made = factories.make_draft(
        record,
        KEY,
        what="ended_job",
        ended_job=str(others.pk),
        job_ended_on="2026-10-01",
        end_reason="left",
    )

    with pytest.raises(ValidationError, match="Select a valid choice"):
        factories.send(made)
