"""STEM OPT: who may ask and when, which answers are refused, and what it leaves in the record."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import IssueForm
from isso.requests.records.facts import Job, RecordFacts
from isso.requests.records.models import EmploymentAuthorization, ReportedJob
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.unemployment import unemployment_days
from isso.requests.rules.verdict import Standing
from isso.tests import factories

from .asking import bound, cleaned_of, errors_of, policy_of, values_of, verdict_of

KEY = "stem_opt"
WORK = factories.work
OPT = WORK("OPT", date(2026, 6, 15), date(2027, 6, 14), education_level="05")
PLACE = ("12 Dock Street", "Example City", "MA", "02139")
JOB = Job(1, date(2026, 6, 22), None, 40, "Harbor Labs", *PLACE, "Data analyst")
TODAY = date(2027, 4, 20)
GRADUATE = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="graduated",
    education_level="05",
    major="Data Science",
    cip_code="30.7001",
    program_start=date(2024, 8, 25),
    program_end=date(2026, 5, 15),
    employments=(OPT,),
    jobs=(JOB,),
)
ANSWERS = factories.import_module("isso.tests.answers.stem_opt").answers(
    SimpleNamespace(), TODAY
) | {
    "ead_start": "2026-06-15",
    "ead_end": "2027-06-14",
    "degree_awarded": "2026-05-20",
    "job_start": "2026-06-22",
}
LAST = date(2027, 6, 14)


def earlier_stem(level, **changes):
    """Return an extension of earlier years, at this level."""
    return WORK("STEM", date(2021, 1, 1), date(2022, 12, 31), education_level=level, **changes)


def with_work(*works):
    return replace(GRADUATE, employments=(OPT, *works))


CASES = [
    (GRADUATE, date(2027, 3, 15), Standing.OPENS_ON, date(2027, 3, 16)),
    (GRADUATE, date(2027, 3, 16), Standing.OPEN, LAST),
    (GRADUATE, LAST, Standing.OPEN, LAST),
    (GRADUATE, LAST + timedelta(days=1), Standing.CLOSED_SINCE, LAST),
    (GRADUATE, date(2026, 6, 1), Standing.OPENS_ON, date(2027, 3, 16)),
    (replace(GRADUATE, visa_class="J-1"), TODAY, Standing.NOT_FOR_YOU, None),
    (replace(GRADUATE, sevis_status="terminated"), TODAY, Standing.NEEDS, None),
    (replace(GRADUATE, employments=()), TODAY, Standing.NEEDS, None),
    (
        replace(GRADUATE, employments=(OPT._replace(status="pending"),)),
        TODAY,
        Standing.NEEDS,
        None,
    ),
    (
        replace(GRADUATE, employments=(OPT._replace(completion="pre"),)),
        TODAY,
        Standing.NEEDS,
        None,
    ),
    # Twice in a lifetime, the second time only at a higher level.
    (with_work(earlier_stem("04")), TODAY, Standing.OPEN, LAST),
    (with_work(earlier_stem("05")), TODAY, Standing.NOT_FOR_YOU, None),
    (with_work(earlier_stem("06")), TODAY, Standing.NOT_FOR_YOU, None),
    (with_work(earlier_stem("03"), earlier_stem("04")), TODAY, Standing.NOT_FOR_YOU, None),
    (with_work(earlier_stem("05", status="denied")), TODAY, Standing.OPEN, LAST),
    (
        with_work(WORK("STEM", date(2027, 6, 15), date(2029, 6, 14), status="requested")),
        TODAY,
        Standing.NEEDS,
        None,
    ),
    (
        with_work(WORK("STEM", date(2027, 6, 15), date(2029, 6, 14))),
        TODAY,
        Standing.NOT_FOR_YOU,
        None,
    ),
    # At most 90 days without work; the job begins on the 91st or on the 92nd day.
    (replace(GRADUATE, jobs=(JOB._replace(start=date(2026, 9, 13)),)), TODAY, Standing.OPEN, LAST),
    (replace(GRADUATE, jobs=(JOB._replace(start=date(2026, 9, 14)),)), TODAY, Standing.NEEDS, None),
    (replace(GRADUATE, jobs=(JOB._replace(hours_per_week=19),)), TODAY, Standing.NEEDS, None),
]


@pytest.mark.parametrize(("facts", "today", "standing", "on"), CASES)
def test_who_may_ask_and_when(facts, today, standing, on):
    assert verdict_of(KEY, facts, today)[:2] == (standing, on)


def test_the_reasons_are_sentences():
    found = [
        verdict_of(KEY, facts, today)[2]
        for facts, today in (
            (GRADUATE, date(2027, 3, 1)),
            (GRADUATE, date(2027, 6, 20)),
            (with_work(earlier_stem("05")), TODAY),
            (replace(GRADUATE, jobs=()), date(2027, 3, 20)),
        )
    ]

    assert found == [
        "Opens on March 16, 2027. USCIS takes it from 90 days before your OPT ends.",
        "The last day was June 14, 2027. USCIS must have Form I-765 by the last day of your OPT.",
        "You used one STEM OPT extension. A second one needs a degree at a higher level.",
        "Our record counts 279 days of OPT without work. At most 90 are allowed.",
    ]


@given(st.dates(min_value=date(2005, 1, 1), max_value=date(2080, 12, 31)))
def test_it_opens_and_closes_on_its_days_and_not_one_off(ends):
    opt = WORK("OPT", ends - timedelta(days=364), ends)
    facts = replace(GRADUATE, employments=(opt,), jobs=(JOB._replace(start=opt.start),))
    first = ends - timedelta(days=90)

    assert [
        verdict_of(KEY, facts, day)[0]
        for day in (first - timedelta(days=1), first, ends, ends + timedelta(days=1))
    ] == [Standing.OPENS_ON, Standing.OPEN, Standing.OPEN, Standing.CLOSED_SINCE]


PREVIOUS = ANSWERS | {
    "based_on": "previous",
    "degree_level": "04",
    "degree_awarded": "2017-04-20",
    "previous_school": "Example State University",
}


@pytest.mark.parametrize("answers", [ANSWERS, PREVIOUS])
def test_good_answers_pass(answers):
    for page in get_type(KEY).pages:
        if page.form:
            assert errors_of(KEY, page.slug, answers, GRADUATE, TODAY) == {}


CARD = "Our record says your OPT ends on this day. Send us your EAD if it says another."
BAD = [
    (
        "card",
        {"ead_end": "2027-06-30"},
        "ead_end",
        f"Choose June 14, 2027 or an earlier day. {CARD}",
    ),
    ("card", {"ead_number": "123"}, "ead_number", None),
    ("card", {"uscis_number": "A12"}, "uscis_number", "Enter the nine digits without spaces."),
    (
        "degree",
        {"qualifying_cip": "307001"},
        "qualifying_cip",
        "Write two digits, a period and four digits, like 11.0701.",
    ),
    (
        "degree",
        {"degree_awarded": "2027-04-21"},
        "degree_awarded",
        "Choose April 20, 2027 or an earlier day. Only a degree that was awarded counts.",
    ),
    (
        "degree",
        PREVIOUS | {"degree_awarded": "2017-04-19"},
        "degree_awarded",
        "Choose April 20, 2017 or a later day. An earlier degree counts for 10 years.",
    ),
    (
        "degree",
        PREVIOUS | {"previous_school": ""},
        "previous_school",
        "Enter the school that awarded the degree.",
    ),
    (
        "degree",
        {"degree_level": "06"},
        "degree_level",
        "Our record says Master's degree. Choose it, or ask with an earlier degree.",
    ),
    (
        "earlier",
        {"previous_stem": "yes"},
        "previous_stem_level",
        "Choose the level of that degree.",
    ),
    (
        "earlier",
        {"previous_stem": "yes", "previous_stem_level": "05"},
        "previous_stem_level",
        "A second STEM OPT needs a degree at a higher level than the first.",
    ),
    (
        "employer",
        {"self_employed": "yes"},
        "self_employed",
        "STEM OPT needs an employer who trains you. Self-employment is not allowed.",
    ),
    (
        "employer",
        {"paid": "no"},
        "paid",
        "STEM OPT must be paid. Unpaid work is not allowed.",
    ),
    (
        "employer",
        {"hours_per_week": "19", "full_part": "part"},
        "hours_per_week",
        "At least 20 hours a week are needed. Fewer count as days without work.",
    ),
    ("employer", {"ein": ""}, "ein", "This field is required."),
    (
        "employer",
        {"ein": "1234567890"},
        "ein",
        "Enter the nine digits of the EIN, like 12-3456789.",
    ),
    (
        "employer",
        {"everify_number": "E-12"},
        "everify_number",
        "Enter the digits of the E-Verify company number.",
    ),
    ("employer", {"everify_number": ""}, "everify_number", "This field is required."),
    (
        "employer",
        {"employer_street": "P.O. Box 7"},
        "employer_street",
        "A post office box is not a place where someone lives or works. Enter the street.",
    ),
    (
        "employer",
        {"job_start": "2026-06-14"},
        "job_start",
        "Choose June 15, 2026 or a later day. Your OPT began on June 15, 2026.",
    ),
    (
        "employer",
        {"job_end": "2027-06-14"},
        "job_end",
        "Your OPT ends on June 14, 2027. STEM OPT needs work after that day.",
    ),
    ("employer", {"compensation": ""}, "compensation", "Write how much you earn, and how often."),
    ("employer", {"relation": "x" * 1001}, "relation", None),
    ("employer", {"supervisor_last": "Brandt2"}, "supervisor_last", "A name has no digits."),
]


@pytest.mark.parametrize(("slug", "changes", "name", "sentence"), BAD)
def test_bad_answers_are_told_at_the_field(slug, changes, name, sentence):
    found = errors_of(KEY, slug, ANSWERS | changes, GRADUATE, TODAY)

    assert name in found
    if sentence:
        assert found == {name: [sentence]}


def test_a_second_extension_needs_a_higher_degree_also_when_an_earlier_one_is_named():
    facts = with_work(earlier_stem("04"))

    assert errors_of(KEY, "degree", ANSWERS, facts, TODAY) == {}
    assert errors_of(KEY, "degree", PREVIOUS, facts, TODAY) == {
        "degree_level": ["You used STEM OPT before. A second one needs a degree at a higher level."]
    }
    assert errors_of(KEY, "earlier", ANSWERS, facts, TODAY) == {
        "previous_stem": ["Our record shows an earlier STEM OPT. Choose Yes."]
    }


def test_the_record_fills_in_what_it_knows():
    found = {}
    for page in get_type(KEY).pages:
        if page.form:
            found |= page.form.prefill(GRADUATE)

    assert found == {
        "ead_start": date(2026, 6, 15),
        "ead_end": date(2027, 6, 14),
        "based_on": "current",
        "qualifying_major": "Data Science",
        "qualifying_cip": "30.7001",
        "degree_level": "05",
        "employer_name": "Harbor Labs",
        "employer_street": "12 Dock Street",
        "employer_city": "Example City",
        "employer_state": "MA",
        "employer_postal_code": "02139",
        "job_title": "Data analyst",
        "job_start": date(2026, 6, 22),
        "hours_per_week": 40,
        "full_part": "full",
    }


def test_the_dates_are_computed_and_cannot_be_typed():
    panel = get_type(KEY).panel(Situation(GRADUATE, TODAY, policy_of(KEY)))

    assert [(str(label), str(value), tone) for label, value, tone in panel] == [
        ("STEM OPT", "June 15, 2027 to June 14, 2029", ""),
        ("Your OPT ends", "June 14, 2027", ""),
        ("Days without work", "7 of 90 days", "ok"),
        (
            "You may go on working while USCIS decides",
            "until December 11, 2027, if you file in time",
            "",
        ),
        (
            "CIP code of your record",
            "30.7001. The advisor compares it with the DHS STEM list.",
            "",
        ),
    ]
    assert bound(KEY, "card", ANSWERS, GRADUATE, TODAY).fields["ead_end"].widget.attrs["max"] == (
        "2027-06-14"
    )
    assert get_type(KEY).effective_dates({"ead_end": LAST}) == (
        date(2027, 6, 15),
        date(2029, 6, 14),
    )


def test_what_completion_writes():
    cleaned = cleaned_of(KEY, ANSWERS, GRADUATE, TODAY)
    work, form = get_type(KEY).effects(cleaned, GRADUATE, TODAY)

    assert (work.kind, work.completion, work.status) == ("STEM", "post", "requested")
    assert (work.start, work.end) == (date(2027, 6, 15), date(2029, 6, 14))
    # The worked example of the domain.
    assert work.validations == (
        (6, date(2027, 12, 15)),
        (12, date(2028, 6, 15)),
        (18, date(2028, 12, 15)),
        (24, date(2029, 6, 14)),
    )
    assert form == IssueForm(
        "stem", employment_note="STEM OPT 2027-06-15 – 2029-06-14, Harbor Labs"
    )


def test_what_is_keyed_into_sevis_and_until_when():
    cleaned = cleaned_of(KEY, ANSWERS, GRADUATE, TODAY)
    stem = get_type(KEY)

    assert values_of(stem.sevis_entries(cleaned, GRADUATE)) == [
        (
            "OPTEmployment Extend",
            {
                "Start date": "06/15/2027",
                "End date": "06/14/2029",
                "Full or part time": "01 full time",
                "Employer name": "Harbor Labs",
                "Employer address": "12 Dock Street",
                "Employer city": "Example City",
                "Employer state": "MA",
                "Employer ZIP code": "02139",
                "EIN": "123456789",
                "Self-employed": "N",
                "How the work relates to the major": ANSWERS["relation"],
                "Employment start": "06/15/2027",
                "Supervisor given name": "Lena",
                "Supervisor family name": "Brandt",
                "Supervisor phone": "6175550123",
                "Supervisor e-mail": "lena@harbor.example",
                "Job title": "Data analyst",
                "Employer full or part time": "01 full time",
            },
        )
    ]
    assert stem.sevis_due(cleaned, GRADUATE, TODAY, None) == date(2027, 5, 11)
    assert stem.sevis_due(cleaned, GRADUATE, date(2027, 6, 1), None) == LAST


def make_graduate(today):
    """Make somebody whose OPT after completion ends in 60 days, with a reported job."""
    record = factories.make_student(
        program_start=today - timedelta(days=1000),
        program_end=today - timedelta(days=330),
        stage="graduated",
        cip_code="30.7001",
    )
    start = today - timedelta(days=304)
    opt = EmploymentAuthorization.objects.create(
        record=record,
        kind="OPT",
        completion="post",
        start=start,
        end=today + timedelta(days=60),
        education_level="05",
    )
    ReportedJob.objects.create(
        authorization=opt, employer="Harbor Labs", start=start, hours_per_week=40
    )
    return record


def test_from_the_tile_to_the_record(office):
    today = date(2026, 10, 5)
    record = make_graduate(today)
    assert verdict_of(KEY, facts_for(record), today)[0] == Standing.OPEN

    made = factories.make_request(record, KEY, "completed")

    work = record.employments.get(kind="STEM")
    assert (work.status, work.recommended_on) == ("requested", today)
    assert (work.start, work.end) == (date(2026, 12, 5), date(2028, 12, 4))
    assert (work.employer, work.ein, work.reference) == ("Harbor Labs", "123456789", made.reference)
    assert list(work.validations.values_list("months", "due_on")) == [
        (6, date(2027, 6, 5)),
        (12, date(2027, 12, 5)),
        (18, date(2028, 6, 5)),
        (24, date(2028, 12, 4)),
    ]
    job = work.jobs.get()
    assert (job.employer, job.start, job.supervisor_name) == (
        "Harbor Labs",
        work.start,
        "Lena Brandt",
    )
    assert list(record.issued_forms.values_list("kind", "reason")) == [("I-20", "stem")]
    # Until USCIS approved it nobody may ask again; afterward no day counts as unemployed.
    assert verdict_of(KEY, facts_for(record), today)[0] == Standing.NEEDS
    work.status = "approved"
    work.save()
    assert unemployment_days(facts_for(record), date(2027, 6, 1)) == 0
    assert verdict_of(KEY, facts_for(record), today)[0] == Standing.NOT_FOR_YOU
