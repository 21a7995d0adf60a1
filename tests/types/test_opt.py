"""OPT: who may ask and when, which days are refused with which sentence, and what it leaves."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isso.requests.checklist import checklist
from isso.requests.effects import AuthorizeEmployment, ChangeRecord, IssueForm
from isso.requests.records.facts import RecordFacts
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.dates import add_months, days_in, opt_days_used
from isso.requests.rules.training import opt_used
from isso.requests.rules.unemployment import unemployment_days
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.approver.links import address

from .asking import bound, cleaned_of, errors_of, policy_of, values_of, verdict_of

KEY = "opt"
TODAY = date(2027, 4, 20)
ENDS = date(2027, 5, 15)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    major="Data Science",
    degree="Master of Science",
    full_time_since=date(2025, 8, 25),
    program_start=date(2025, 8, 25),
    program_end=ENDS,
    term_start=date(2027, 1, 19),
    term_end=date(2027, 5, 12),
    check_in_completed_on=date(2025, 9, 1),
)
ANSWERS = factories.import_module("isso.tests.answers.opt").answers(
    SimpleNamespace(program_end=ENDS), TODAY
) | {"requested_start": "2027-06-15", "requested_end": "2028-06-14"}
PRE = ANSWERS | {
    "opt_kind": "pre",
    "requested_start": "2027-04-26",
    "requested_end": "2027-05-14",
    "opt_full_part": "part",
    "pre_period": "session",
}
EMPLOYER = {
    "employer_name": "Harbor Labs",
    "ein": "12-3456789",
    "self_employed": "no",
    "employer_street": "12 Dock Street",
    "employer_city": "Example City",
    "employer_state": "MA",
    "employer_postal_code": "02139",
    "job_title": "Data analyst",
    "relation": "I model shipping data.",
    "job_start": "2027-06-21",
    "full_part": "full",
    "hours_per_week": "40",
}
WORK = factories.work


def with_work(*works, **changes):
    return replace(STUDENT, employments=works, **changes)


CPT_OF_A_YEAR = WORK("CPT", date(2026, 1, 1), date(2026, 12, 31))
CASES = [
    (STUDENT, ENDS - timedelta(days=101), Standing.OPENS_ON, ENDS - timedelta(days=100)),
    (STUDENT, ENDS - timedelta(days=100), Standing.OPEN, ENDS + timedelta(days=60)),
    (STUDENT, ENDS + timedelta(days=60), Standing.OPEN, ENDS + timedelta(days=60)),
    (STUDENT, ENDS + timedelta(days=61), Standing.CLOSED_SINCE, ENDS + timedelta(days=60)),
    (replace(STUDENT, visa_class="J-1"), TODAY, Standing.NOT_FOR_YOU, None),
    (replace(STUDENT, sevis_status="completed"), TODAY, Standing.NEEDS, None),
    (replace(STUDENT, check_in_completed_on=None), TODAY, Standing.NEEDS, None),
    (replace(STUDENT, full_time_since=None), TODAY, Standing.NEEDS, None),
    (replace(STUDENT, program_end=None), TODAY, Standing.NEEDS, None),
    # One full academic year: nine months after August 25.
    (
        replace(STUDENT, full_time_since=date(2026, 8, 25)),
        TODAY,
        Standing.OPENS_ON,
        date(2027, 5, 25),
    ),
    # 365 days of full-time CPT end OPT; 364 do not, nor does part time.
    (with_work(CPT_OF_A_YEAR), TODAY, Standing.NOT_FOR_YOU, None),
    (
        with_work(CPT_OF_A_YEAR._replace(end=date(2026, 12, 30))),
        TODAY,
        Standing.OPEN,
        ENDS + timedelta(days=60),
    ),
    (
        with_work(CPT_OF_A_YEAR._replace(full_time=False)),
        TODAY,
        Standing.OPEN,
        ENDS + timedelta(days=60),
    ),
    # OPT before completion may use up all there is; what waits for USCIS must be decided.
    (
        with_work(WORK("OPT", date(2026, 1, 1), date(2026, 12, 31), completion="pre")),
        TODAY,
        Standing.NOT_FOR_YOU,
        None,
    ),
    (
        with_work(WORK("OPT", date(2026, 6, 1), date(2026, 8, 31), status="pending")),
        TODAY,
        Standing.NEEDS,
        None,
    ),
    # One OPT after completion for a level, and anew only at a higher one.
    (with_work(WORK("OPT", date(2026, 1, 1), date(2026, 3, 1))), TODAY, Standing.NOT_FOR_YOU, None),
    (
        with_work(WORK("OPT", date(2024, 1, 1), date(2024, 12, 31), education_level="04")),
        TODAY,
        Standing.OPEN,
        ENDS + timedelta(days=60),
    ),
    (
        with_work(WORK("OPT", date(2024, 1, 1), date(2024, 12, 31), education_level="06")),
        TODAY,
        Standing.NOT_FOR_YOU,
        None,
    ),
]


@pytest.mark.parametrize(("facts", "today", "standing", "on"), CASES)
def test_who_may_ask_and_when(facts, today, standing, on):
    assert verdict_of(KEY, facts, today)[:2] == (standing, on)


def test_the_reasons_are_sentences():
    early = ENDS - timedelta(days=150)

    assert verdict_of(KEY, STUDENT, early)[2] == (
        "Opens on February 4, 2027. We take it from 100 days before your program end date."
    )
    assert verdict_of(KEY, with_work(CPT_OF_A_YEAR), TODAY)[2] == (
        "You used 365 days of full-time CPT. From 365 days on there is no OPT at this level."
    )


@pytest.mark.parametrize(
    ("numbers", "opens", "closes"),
    [
        ({}, date(2027, 2, 4), date(2027, 7, 14)),
        ({"request_opens": 120}, date(2027, 1, 15), date(2027, 7, 14)),
        ({"grace_days": 30}, date(2027, 2, 4), date(2027, 6, 14)),
        ({"pre_completion_opens": 365}, date(2026, 5, 25), date(2027, 7, 14)),
    ],
)
def test_the_office_moves_its_own_window_and_never_that_of_uscis(numbers, opens, closes):
    policy = policy_of(KEY, **numbers)
    window = get_type(KEY).request_window(STUDENT, policy)
    lines = get_type(KEY).date_lines(Situation(STUDENT, TODAY, policy))

    assert (window.first, window.last) == (opens, closes)
    assert [
        (each.name, str(each.label), each.window.first, each.window.last) for each in lines
    ] == [
        ("", "When you can ask", opens, closes),
        ("", "When USCIS takes your filing", date(2027, 2, 14), date(2027, 7, 14)),
        (
            "completion_date",
            "Last day of your last term, not the day of the ceremony",
            TODAY,
            ENDS,
        ),
        ("requested_start", "First day of OPT", date(2027, 5, 16), date(2027, 7, 14)),
        ("requested_end", "Last day of OPT", date(2027, 5, 16), date(2028, 7, 13)),
    ]


def test_opt_before_completion_can_be_open_while_the_other_is_not():
    early = date(2026, 10, 5)
    plan = {"completion_date": ENDS.isoformat()}

    assert verdict_of(KEY, STUDENT, early, pre_completion_opens=365)[0] == Standing.OPEN
    assert errors_of(KEY, "plan", PRE | plan, STUDENT, early, pre_completion_opens=365) == {}
    assert errors_of(KEY, "plan", ANSWERS | plan, STUDENT, early, pre_completion_opens=365) == {
        "opt_kind": ["We take this kind of request from February 4, 2027 to July 14, 2027."]
    }


@pytest.mark.parametrize("answers", [ANSWERS, PRE, ANSWERS | EMPLOYER])
def test_good_answers_pass(answers):
    for page in get_type(KEY).pages:
        if page.form:
            assert errors_of(KEY, page.slug, answers, STUDENT, TODAY) == {}


AFTER = "OPT starts after your program ends on May 15, 2027."
MOST = "OPT lasts at most 12 months less what you used, and ends within 14 months of your program."
BAD = [
    (
        "plan",
        ANSWERS | {"completion_date": "2027-05-16"},
        "completion_date",
        "Choose May 15, 2027 or an earlier day. Your I-20 says May 15, 2027. If you finish later, "
        "ask for an extension first.",
    ),
    (
        "plan",
        ANSWERS | {"academic_year_met": "no"},
        "academic_year_met",
        "OPT needs one full academic year of full-time study first.",
    ),
    ("plan", ANSWERS | {"completion_date": "soon"}, "completion_date", None),
    (
        "plan",
        ANSWERS | {"only_thesis_left": ""},
        "only_thesis_left",
        "This field is required.",
    ),
    (
        "dates",
        ANSWERS | {"requested_start": "2027-05-15"},
        "requested_start",
        f"Choose May 16, 2027 or a later day. {AFTER}",
    ),
    (
        "dates",
        ANSWERS | {"requested_start": "2027-07-15"},
        "requested_start",
        "Choose July 14, 2027 or an earlier day. It must start within 60 days of that day.",
    ),
    # Thirteen months: one day more than twelve, and a month more.
    (
        "dates",
        ANSWERS | {"requested_end": "2028-06-15"},
        "requested_end",
        "Choose June 14, 2028 or an earlier day. You asked for 367 days and have 366 left of the "
        "12 months.",
    ),
    (
        "dates",
        ANSWERS | {"requested_end": "2028-07-14"},
        "requested_end",
        f"Choose July 13, 2028 or an earlier day. {MOST}",
    ),
    (
        "dates",
        ANSWERS | {"requested_start": "2027-06-15", "requested_end": "2027-06-01"},
        "requested_end",
        "The last day must not come before the first day.",
    ),
    (
        "dates",
        PRE | {"requested_end": "2027-05-16"},
        "requested_end",
        "Choose May 15, 2027 or an earlier day. Your program ends on May 15, 2027.",
    ),
    (
        "dates",
        PRE | {"requested_start": "2027-04-19"},
        "requested_start",
        "Choose April 20, 2027 or a later day. OPT cannot be given for days in the past.",
    ),
    (
        "dates",
        PRE | {"opt_full_part": "full"},
        "opt_full_part",
        "While classes are in session OPT is part time, 20 hours a week or fewer.",
    ),
    (
        "dates",
        PRE | {"opt_full_part": "full", "pre_period": "vacation"},
        "requested_start",
        "Your term lasts until May 12, 2027. Full time is possible after that day.",
    ),
    (
        "history",
        ANSWERS | {"history_complete": "no"},
        "history_missing",
        "Write what is missing, with its dates.",
    ),
    (
        "card",
        ANSWERS | {"in_us_to_file": "no"},
        "in_us_to_file",
        "You must be in the United States when you file. Plan your travel around it.",
    ),
    (
        "card",
        ANSWERS | {"card_postal_code": "2139"},
        "card_postal_code",
        "Enter the five digits of the ZIP code.",
    ),
    (
        "employer",
        ANSWERS | EMPLOYER | {"employer_name": ""},
        "employer_name",
        "Enter the employer, or leave the whole page empty.",
    ),
    (
        "employer",
        ANSWERS | EMPLOYER | {"relation": ""},
        "relation",
        "This is needed when you name an employer.",
    ),
    (
        "employer",
        ANSWERS | EMPLOYER | {"hours_per_week": "19"},
        "hours_per_week",
        "At least 20 hours a week are needed. Fewer count as days without work.",
    ),
    (
        "employer",
        ANSWERS | EMPLOYER | {"employer_street": "PO Box 12"},
        "employer_street",
        "A post office box is not a place where someone lives or works. Enter the street.",
    ),
    (
        "employer",
        ANSWERS | EMPLOYER | {"ein": "12345678"},
        "ein",
        "Enter the nine digits of the EIN, like 12-3456789.",
    ),
    ("employer", ANSWERS | EMPLOYER | {"supervisor_first": "L3na"}, "supervisor_first", None),
    (
        "approver",
        ANSWERS | {"approver_email": "rivera"},
        "approver_email",
        "Enter an address such as name@example.edu.",
    ),
]


@pytest.mark.parametrize(("slug", "answers", "name", "sentence"), BAD)
def test_bad_answers_are_told_at_the_field(slug, answers, name, sentence):
    found = errors_of(KEY, slug, answers, STUDENT, TODAY)

    assert list(found) == [name]
    if sentence:
        assert found[name] == [sentence]


def test_only_graduate_students_are_asked_about_a_thesis():
    levels = [
        "only_thesis_left" in bound(KEY, "plan", ANSWERS, facts, TODAY).fields
        for facts in (STUDENT, replace(STUDENT, education_level="04"))
    ]

    assert levels == [True, False]


def test_half_of_a_part_time_day_is_used():
    used = WORK("OPT", date(2026, 6, 1), date(2026, 8, 29), completion="pre", full_time=False)
    facts = with_work(used)

    assert opt_used(facts) == 45
    assert errors_of(KEY, "dates", ANSWERS | {"requested_end": "2028-05-01"}, facts, TODAY) == {
        "requested_end": [
            "Choose April 30, 2028 or an earlier day. You asked for 322 days and have 321 left of "
            "the 12 months."
        ]
    }
    assert errors_of(KEY, "dates", ANSWERS | {"requested_end": "2028-04-30"}, facts, TODAY) == {}


def test_an_earlier_completion_moves_all_days_and_is_told():
    earlier = ANSWERS | {"completion_date": "2027-05-01"}
    form = bound(KEY, "dates", earlier, STUDENT, TODAY)
    panel = get_type(KEY).panel(Situation(STUDENT, TODAY, policy_of(KEY), earlier))

    assert form.fields["requested_start"].widget.attrs["min"] == "2027-05-02"
    assert form.fields["requested_start"].widget.attrs["max"] == "2027-06-30"
    assert [(str(label), str(value), tone) for label, value, tone in panel] == [
        ("OPT left at this level", "12 months", "ok"),
        (
            "USCIS takes Form I-765",
            "January 31, 2027 to June 30, 2027, and within 30 days of our I-20",
            "",
        ),
        (
            "Your completion date differs from your I-20",
            "We shorten your program to May 1, 2027 first; this cannot be taken back.",
            "",
        ),
        ("Full-time CPT used", "0 of 364 days", "ok"),
    ]


DAYS = st.dates(min_value=date(2003, 1, 1), max_value=date(2080, 12, 31))


@given(DAYS, st.integers(-60, 60), st.integers(-5, 70), st.integers(0, 440), st.integers(0, 400))
def test_no_accepted_dates_exceed_the_months_left_or_fourteen_months(ends, ago, start, long, used):
    today = ends + timedelta(days=ago)
    works = (
        (
            WORK(
                "OPT",
                ends - timedelta(days=399 + used),
                ends - timedelta(days=400),
                completion="pre",
            ),
        )
        if used
        else ()
    )
    facts = replace(
        STUDENT,
        program_end=ends,
        full_time_since=add_months(ends, -40),
        employments=works,
    )
    first = ends + timedelta(days=start)
    last = first + timedelta(days=long)
    answers = ANSWERS | {
        "completion_date": ends.isoformat(),
        "requested_start": first.isoformat(),
        "requested_end": last.isoformat(),
    }
    errors = errors_of(KEY, "dates", answers, facts, today)
    allowed = (
        max(today, ends + timedelta(days=1)) <= first <= ends + timedelta(days=60)
        and last <= add_months(ends, 14)
        and days_in(first, last) <= days_in(first, add_months(first, 12) - timedelta(days=1)) - used
    )

    assert (errors == {}) == allowed


@given(DAYS, st.integers(1, 800), st.integers(0, 380))
def test_part_time_before_completion_costs_half(start, long, used):
    ends = start + timedelta(days=900)
    facts = replace(STUDENT, program_end=ends, full_time_since=add_months(start, -40))
    if used:
        before = WORK("OPT", start - timedelta(days=used), start - timedelta(days=1))
        facts = replace(facts, employments=(before._replace(completion="pre"),))
    assume(opt_used(facts) == used)
    last = start + timedelta(days=long)
    answers = PRE | {
        "completion_date": ends.isoformat(),
        "requested_start": start.isoformat(),
        "requested_end": last.isoformat(),
    }
    year = days_in(start, add_months(start, 12) - timedelta(days=1))

    fits = opt_days_used(0, days_in(start, last)) <= year - used
    assert (errors_of(KEY, "dates", answers, facts, start) == {}) == fits


def test_what_completion_writes():
    cleaned = cleaned_of(
        KEY,
        ANSWERS
        | EMPLOYER
        | {"completion_date": "2027-05-01"}
        | {
            "requested_start": "2027-06-15",
        },
        STUDENT,
        TODAY,
    )

    change, work, form = get_type(KEY).effects(cleaned, STUDENT, TODAY)

    assert change == ChangeRecord({"program_end": date(2027, 5, 1)})
    assert (work.kind, work.completion, work.status) == ("OPT", "post", "requested")
    assert (work.start, work.end, work.full_time) == (date(2027, 6, 15), date(2028, 6, 14), True)
    assert (work.job["employer"], work.job["start"]) == ("Harbor Labs", date(2027, 6, 21))
    assert form == IssueForm("opt", employment_note="OPT (post-completion) 2027-06-15 – 2028-06-14")
    kinds = [
        type(each)
        for each in get_type(KEY).effects(cleaned_of(KEY, PRE, STUDENT, TODAY), STUDENT, TODAY)
    ]
    assert kinds == [AuthorizeEmployment, IssueForm]


def test_what_is_keyed_into_sevis_and_until_when():
    earlier = cleaned_of(KEY, ANSWERS | {"completion_date": "2027-05-01"}, STUDENT, TODAY)
    same = cleaned_of(KEY, ANSWERS, STUDENT, TODAY)
    before = cleaned_of(KEY, PRE, STUDENT, TODAY)
    add = {
        "Start date": "06/15/2027",
        "End date": "06/14/2028",
        "Full or part time": "01 full time",
        "Academic year met": "Y",
        "Completion type": "02 post-completion",
    }
    opt = get_type(KEY)

    assert values_of(opt.sevis_entries(earlier, STUDENT)) == [
        ("Program Shorten", {"New program end date": "05/01/2027"}),
        ("OPTEmployment Add", add),
    ]
    assert values_of(opt.sevis_entries(same, STUDENT)) == [("OPTEmployment Add", add)]
    assert values_of(opt.sevis_entries(before, STUDENT)) == [
        (
            "OPTEmployment Add",
            {
                "Start date": "04/26/2027",
                "End date": "05/14/2027",
                "Full or part time": "02 part time",
                "Academic year met": "Y",
                "Completion type": "01 pre-completion",
            },
        )
    ]
    assert [
        opt.sevis_due(cleaned, STUDENT, sent, None)
        for cleaned, sent in (
            (same, TODAY),
            (same, date(2027, 7, 5)),
            (before, TODAY),
        )
    ] == [date(2027, 5, 11), date(2027, 7, 14), date(2027, 4, 26)]


def graduating(**changes):
    return factories.make_student(
        degree="Master of Science",
        program_end=date(2026, 12, 18),
        us_address_line1="5 Elm Street",
        **changes,
    )


def test_from_the_tile_to_the_record(office):
    record = graduating()
    made = factories.make_request(record, KEY, "completed")

    work = record.employments.get()
    assert (work.kind, work.completion, work.status) == ("OPT", "post", "requested")
    assert (work.start, work.recommended_on) == (date(2026, 12, 28), date(2026, 10, 5))
    assert (work.education_level, work.reference) == ("05", made.reference)
    assert list(record.issued_forms.values_list("kind", "reason")) == [("I-20", "opt")]
    # It counts once USCIS approved it: nothing is used and no day without work runs before.
    waiting = facts_for(record)
    assert (opt_used(waiting), unemployment_days(waiting, date(2027, 6, 1))) == (0, 0)
    assert verdict_of(KEY, waiting, date(2026, 10, 6))[0] == Standing.NEEDS
    work.status = "approved"
    work.save()
    running = facts_for(record)
    assert opt_used(running) == days_in(work.start, work.end)
    assert unemployment_days(running, date(2027, 1, 6)) == 10
    assert verdict_of(KEY, running, date(2026, 10, 6))[0] == Standing.NOT_FOR_YOU


def test_the_job_named_with_it_is_reported_with_it(office):
    record = graduating()
    factories.make_request(record, KEY, "completed", **EMPLOYER | {"job_start": "2027-01-04"})

    job = record.employments.get().jobs.get()
    assert (job.employer, job.start, job.hours_per_week) == ("Harbor Labs", date(2027, 1, 4), 40)
    assert (job.ein, job.full_time, job.reported_on) == ("123456789", True, date(2026, 10, 5))


def test_the_approver_sees_the_plan_and_neither_files_nor_addresses(office, client):
    waiting = factories.make_request(graduating(), KEY, "approver_review")

    html = client.get(address(waiting.current_approval)).content.decode()

    shown = ("Master of Science", "December 18, 2026", "December 28, 2026", "requirements")
    hidden = ("Passport", "passport.pdf", "Elm Street", "I-94", "P1234567", "EAD")
    assert [word for word in shown if word not in html] == []
    assert [word for word in hidden if word in html] == []


def test_another_completion_date_of_the_approver_stands_in_the_checklist(office):
    made = factories.make_request(graduating(), KEY, "submitted")
    approval = made.approvals.get()
    before = [str(point.label) for point in checklist(made)]

    approval.answers |= {"completion_date": "2026-12-11"}
    approval.save()

    added = [point for point in checklist(made) if str(point.label) not in before]
    assert [(str(each.label), each.is_met, str(each.reason)) for each in added] == [
        (
            "Completion date",
            False,
            "The approver says December 11, 2026, the student December 18, 2026. Settle which one "
            "is right.",
        )
    ]


SHORT = {"hours_per_week": "12", "full_part": "part", "job_start": "2027-04-26"}


@pytest.mark.parametrize(
    ("answers", "errors"),
    [
        # Days without work are counted after completion only: any few hours may come before it.
        (PRE | EMPLOYER | SHORT, {}),
        (
            PRE | EMPLOYER | SHORT | {"hours_per_week": "21"},
            {"hours_per_week": ["Part time means 20 hours a week or fewer."]},
        ),
        (
            PRE | EMPLOYER | SHORT | {"hours_per_week": "40", "full_part": "full"},
            {"full_part": ["You asked for part-time OPT, 20 hours a week or fewer."]},
        ),
        # The job lies inside the OPT it is reported under.
        (
            ANSWERS | EMPLOYER | {"job_start": "2027-06-01", "job_end": "2027-06-14"},
            {"job_end": ["Your OPT begins on June 15, 2027. Name a job that goes on after it."]},
        ),
        (ANSWERS | EMPLOYER | {"job_start": "2027-06-01", "job_end": "2027-06-15"}, {}),
        (
            ANSWERS | EMPLOYER | {"job_start": "2028-06-15"},
            {"job_start": ["Your OPT ends on June 14, 2028. Name a job that begins before."]},
        ),
    ],
)
def test_a_planned_job_fits_the_opt_that_was_asked(answers, errors):
    assert errors_of(KEY, "employer", answers, STUDENT, TODAY) == errors


def test_a_job_that_is_over_before_opt_begins_is_not_reported_under_it():
    # The dates of OPT may be corrected after the page of the job was locked.
    cleaned = cleaned_of(KEY, ANSWERS | EMPLOYER | {"job_end": "2027-06-30"}, STUDENT, TODAY)
    later = cleaned | {"requested_start": date(2027, 7, 1)}

    work = get_type(KEY).effects(later, STUDENT, TODAY)[0]

    assert (work.employer, work.job) == ("", {})
    assert values_of(get_type(KEY).sevis_entries(later, STUDENT))[-1][1].keys() == {
        "Start date",
        "End date",
        "Full or part time",
        "Academic year met",
        "Completion type",
    }


def test_an_earlier_completion_shortens_the_program_only_for_opt_after_it():
    earlier = PRE | {"completion_date": "2027-05-01"}
    panel = get_type(KEY).panel(Situation(STUDENT, TODAY, policy_of(KEY), earlier))

    assert [str(label) for label, _value, _tone in panel] == [
        "OPT left at this level",
        "Full-time CPT used",
    ]


def test_dates_without_any_completion_date_are_no_crash():
    nowhere = replace(STUDENT, program_end=None)

    assert errors_of(KEY, "dates", ANSWERS | {"completion_date": ""}, nowhere, TODAY) == {}
    assert errors_of(KEY, "dates", PRE | {"completion_date": ""}, nowhere, TODAY) == {}


@pytest.mark.parametrize(
    ("standing", "errors"),
    [
        ("yes", {}),
        (
            "no",
            {
                "good_standing": [
                    "OPT needs good standing. Return it to the student with a comment."
                ]
            },
        ),
    ],
)
def test_the_approver_attests_good_standing(standing, errors):
    said = {
        "is_official": "yes",
        "completion_date": "2027-05-15",
        "only_thesis_left": "no",
        "requirements_left": "none",
        "degree_as_on_record": "yes",
        "good_standing": standing,
    }

    assert get_type(KEY).approval_steps[0].questionnaire(said).errors == errors
