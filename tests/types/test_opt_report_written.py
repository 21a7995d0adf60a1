"""Reporting during OPT: what each report writes, has keyed into SEVIS, and shows."""

from dataclasses import replace
from datetime import date

import pytest

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
from isso.requests.rules.dates import add_weekdays

from .asking import cleaned_of, panel_of, values_of
from .opt_reports import GRADUATE, KEY, NEW, ON_STEM, ON_STEM_DAY, TODAY, TYPE, told


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
