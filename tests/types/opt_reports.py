"""People on OPT, and one good set of answers for each report: what these tests share."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

from isso.requests.records.facts import Job, RecordFacts, StemReport
from isso.requests.registry import get_type
from isso.tests import factories

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
