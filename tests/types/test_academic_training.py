"""Academic training: who may ask, how long it lasts, and what it leaves in record and SEVIS."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from isso.requests.actor import Actor
from isso.requests.perform import perform
from isso.requests.records.facts import RecordFacts, days_covered
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.dates import add_months, days_in
from isso.requests.rules.exchange import training_last_day, training_start_window
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.approver.links import address
from isso.tests.types import asking

KEY = "academic_training"
TYPE = get_type(KEY)
NUMBERS = {name: each.default for name, each in TYPE.policies.items()}
TODAY = date(2026, 10, 5)
VISITOR = RecordFacts(
    visa_class="J-1",
    sevis_status="active",
    stage="continuing",
    education_level="04",
    exchange_category="1E",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2025, 9, 1),
)
# 60 days before completion, then after it with a record whose end has moved along.
BEFORE = factories.work("AT", date(2026, 6, 1), date(2026, 7, 30), completion="pre")
AFTER = factories.work("AT", date(2026, 9, 1), date(2026, 12, 31), completion="post")
GRADUATE = replace(
    VISITOR,
    program_end=date(2026, 12, 31),
    expected_graduation=date(2026, 8, 20),
    employments=(AFTER,),
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (VISITOR, (Standing.OPEN, None, "")),
        (replace(VISITOR, exchange_category=""), (Standing.OPEN, None, "")),
        (GRADUATE, (Standing.OPEN, None, "")),
        (
            replace(VISITOR, visa_class="F-1"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people in J-1 status. Your record says F-1.",
            ),
        ),
        *(
            (
                replace(VISITOR, exchange_category=category, education_level=""),
                (
                    Standing.NOT_FOR_YOU,
                    None,
                    "This request is for J-1 students. Scholars and interns have other ways; "
                    "write to us.",
                ),
            )
            for category in ("08", "1G", "")
        ),
        (
            replace(VISITOR, sevis_status="initial"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It becomes so after your Check-In.",
            ),
        ),
        (
            replace(VISITOR, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
        ),
        (replace(VISITOR, program_end=TODAY), (Standing.OPEN, None, "")),
        (
            replace(VISITOR, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "Your program ended on October 4, 2026.",
            ),
        ),
        (
            replace(VISITOR, program_start=None),
            (
                Standing.NEEDS,
                None,
                "Your record has no program start date yet. Write to us so that we can add it.",
            ),
        ),
        (
            replace(
                VISITOR,
                employments=(
                    factories.work("AT", date(2025, 1, 1), date(2026, 9, 30), completion="pre"),
                ),
            ),
            (
                Standing.NOT_FOR_YOU,
                None,
                "You have used all academic training of your program: 638 days.",
            ),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def last_day(facts, timing, start, end=None, **numbers):
    return training_last_day(facts, timing, NUMBERS | numbers, start, end)[0]


DOCTOR = replace(
    VISITOR,
    education_level="06",
    exchange_category="1C",
    program_start=date(2021, 8, 25),
)


@pytest.mark.parametrize(
    ("facts", "timing", "start", "expected"),
    [
        # 18 months from the day after the program, whenever the work begins.
        (VISITOR, "post", date(2027, 5, 16), date(2028, 11, 15)),
        (VISITOR, "post", date(2027, 6, 10), date(2028, 11, 15)),
        # What was used before completion counts, part time like full time.
        (replace(VISITOR, employments=(BEFORE,)), "post", date(2027, 5, 16), date(2028, 9, 16)),
        (
            replace(VISITOR, employments=(BEFORE._replace(full_time=False),)),
            *("post", date(2027, 5, 16), date(2028, 9, 16)),
        ),
        # What was denied does not.
        (
            replace(VISITOR, employments=(BEFORE._replace(status="denied"),)),
            *("post", date(2027, 5, 16), date(2028, 11, 15)),
        ),
        # A program of 264 days allows 264 days.
        (
            replace(VISITOR, program_start=date(2026, 8, 25)),
            *("post", date(2027, 5, 16), date(2028, 2, 3)),
        ),
        # Three years after a doctorate, and only after it.
        (DOCTOR, "post", date(2027, 5, 16), date(2030, 5, 15)),
        (DOCTOR, "pre", date(2026, 11, 1), date(2027, 5, 15)),
        # Before completion it ends with the program.
        (VISITOR, "pre", date(2026, 11, 1), date(2027, 5, 15)),
        # Without a degree 24 months hold everything.
        (
            replace(VISITOR, exchange_category="1F"),
            *("post", date(2027, 5, 16), date(2027, 8, 24)),
        ),
        # A second employer after completion goes on with the same clock.
        (GRADUATE, "post", date(2027, 1, 1), date(2027, 8, 16)),
    ],
)
def test_how_long_it_may_last(facts, timing, start, expected):
    assert last_day(facts, timing, start) == expected


@pytest.mark.parametrize(
    ("facts", "timing", "first", "last"),
    [
        (VISITOR, "pre", date(2026, 10, 6), date(2027, 5, 15)),
        (VISITOR, "post", date(2027, 5, 16), date(2027, 6, 14)),
        (GRADUATE, "post", date(2026, 10, 6), date(2027, 1, 1)),
    ],
)
def test_when_it_may_begin(facts, timing, first, last):
    window = training_start_window(facts, TODAY, timing)

    assert (window.first, window.last) == (first, last)


@pytest.mark.parametrize(
    ("number", "value", "facts", "timing", "expected"),
    [
        ("months", 12, VISITOR, "post", date(2028, 5, 15)),
        ("postdoctoral_months", 24, DOCTOR, "post", date(2029, 5, 15)),
        (
            "non_degree_months",
            22,
            replace(VISITOR, exchange_category="1F"),
            "post",
            date(2027, 6, 24),
        ),
    ],
)
def test_a_policy_number_moves_its_own_limit_alone(number, value, facts, timing, expected):
    start = date(2027, 5, 16)

    moved = {
        name: last_day(person, timing, start, **{number: value}) != last_day(person, timing, start)
        for name, person in (("visitor", VISITOR), ("doctor", DOCTOR))
    }

    assert last_day(facts, timing, start, **{number: value}) == expected
    assert moved == {"visitor": number == "months", "doctor": number == "postdoctoral_months"}


DAYS = st.dates(date(2020, 1, 1), date(2035, 12, 31))


@given(
    begin=DAYS,
    length=st.integers(60, 2000),
    level=st.sampled_from(["04", "05", "06"]),
    before=st.lists(st.tuples(st.integers(0, 1900), st.integers(0, 200)), max_size=4),
    ask=st.integers(0, 1900),
    timing=st.sampled_from(["pre", "post"]),
    delay=st.integers(0, 40),
    lasts=st.integers(0, 1200),
    most=st.integers(1, 18),
)
def test_no_accepted_training_exceeds_its_maximum(
    begin, length, level, before, ask, timing, delay, lasts, most
):
    end_of_studies = begin + timedelta(days=length)
    used = tuple(
        factories.work(
            "AT",
            begin + timedelta(days=offset),
            min(begin + timedelta(days=offset + lasts), end_of_studies),
            completion="pre",
        )
        for offset, lasts in before
        if offset <= length
    )
    facts = replace(
        VISITOR,
        education_level=level,
        exchange_category="",
        program_start=begin,
        program_end=end_of_studies,
        employments=used,
    )
    today = begin + timedelta(days=min(ask, length))
    window = training_start_window(facts, today, timing)
    start = window.first + timedelta(days=delay)
    assume(not window.objection(start))
    end = start + timedelta(days=lasts)
    assume(end <= last_day(facts, timing, start, end, months=most))

    total = days_covered([(each.start, each.end) for each in used] + [(start, end)])
    months = 36 if timing == "post" and level == "06" else most
    # Three days more than the shortest run of so many months.
    assert total <= (add_months(date(2023, 2, 1), months) - date(2023, 2, 1)).days + 3
    assert total <= days_in(begin, end_of_studies)
    assert start > today
    assert timing == "post" or end <= end_of_studies
    assert timing == "pre" or start <= end_of_studies + timedelta(days=30)


def errors_of(slug, facts=VISITOR, **changes):
    """Return the sentences at the fields of one page with these changes to good answers."""
    answers = factories.answers_for(KEY, SimpleNamespace(email="a@b.example")) | changes
    return asking.errors_of(KEY, slug, answers, facts, TODAY)


@pytest.mark.parametrize("slug", ["training", "dates", "plan", "money", "approver"])
def test_good_answers_pass(monday, slug):
    assert errors_of(slug) == {}


@pytest.mark.parametrize(
    ("slug", "changes", "name", "sentence"),
    [
        (
            *("dates", {"start_date": "2026-10-05"}, "start_date"),
            "Choose October 6, 2026 or a later day. Training needs written permission before it "
            "begins.",
        ),
        (
            *("dates", {"start_date": "2027-05-16", "end_date": "2027-05-15"}, "start_date"),
            "Choose May 15, 2027 or an earlier day. Your program ends on May 15, 2027; what "
            "begins later is training after completion.",
        ),
        (
            "dates",
            {"timing": "post", "start_date": "2027-06-15", "end_date": "2027-08-01"},
            "start_date",
            "Choose June 14, 2027 or an earlier day. It must begin within 30 days after your "
            "program ends.",
        ),
        (
            *("dates", {"start_date": "2026-11-10", "end_date": "2026-11-09"}, "end_date"),
            "Choose November 10, 2026 or a later day. It cannot end before it begins.",
        ),
        (
            *("dates", {"end_date": "2027-05-16"}, "end_date"),
            "Choose May 15, 2027 or an earlier day. Your program ends on May 15, 2027.",
        ),
        (
            "dates",
            {"timing": "post", "start_date": "2027-06-01", "end_date": "2028-11-16"},
            "end_date",
            "Choose November 15, 2028 or an earlier day. Academic training lasts 18 months at "
            "most, and no longer than your program. You have used 0 days; part time counts like "
            "full time.",
        ),
        (
            *("dates", {"start_date": "soon"}, "start_date"),
            "Enter a real date, such as 2027-02-14.",
        ),
        (
            *("training", {"remote_share": "41"}, "remote_share"),
            "At most 40 percent may be remote. Agree on more days at the site.",
        ),
        (
            *("training", {"sponsor_is_us": "no"}, "sponsor_is_us"),
            "Only the sponsor named on your DS-2019 can give academic training. Ask that "
            "organization.",
        ),
        (
            *("training", {"training_street": "PO Box 7"}, "training_street"),
            "A post office box is not a place where someone lives or works. Enter the street.",
        ),
        (
            *("plan", {"goals": "x" * 10_000}, "goals"),
            "Ensure this value has at most 1000 characters (it has 10000).",
        ),
        (
            *("money", {"insurance_until": "2026-12-31"}, "insurance_until"),
            "Choose February 2, 2027 or a later day. J-1 students need health insurance until the "
            "last day of training.",
        ),
        (
            *("money", {"salary_per_month": ""}, "salary_per_month"),
            "Enter the pay a month, as on the offer letter.",
        ),
        (
            *("money", {"salary_per_month": "3000.50"}, "salary_per_month"),
            "Enter whole US dollars, such as 12000 or 12,000, without cents.",
        ),
        (
            *("money", {"salary_per_month": "1,500"}, "funding_source"),
            "We count $2,334 a month for living costs and your pay is $1,500. Write where the "
            "other $834 come from.",
        ),
        (
            *("money", {"paid": "no", "salary_per_month": ""}, "funding_source"),
            "Write who pays for your living costs.",
        ),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, slug, changes, name, sentence):
    assert errors_of(slug, **changes) == {name: [sentence]}


def test_there_is_no_gap_between_employers(monday):
    gap = {"timing": "post", "start_date": "2027-01-02", "end_date": "2027-02-01"}

    assert errors_of("dates", GRADUATE, **gap) == {
        "start_date": [
            "Choose January 1, 2027 or an earlier day. Your present training ends on December 31, "
            "2026, and there may be no gap between employers."
        ]
    }
    assert errors_of("training", GRADUATE, timing="pre") == {
        "timing": ["You completed your program on August 20, 2026. Choose the other answer."]
    }


GOOD_APPROVAL = {
    "is_official": "yes",
    "goals_confirmed": "To measure prices.",
    "description": "Data work at Harbor Institute under Lena Brandt.",
    "related": "It is applied economics.",
    "integral": "The thesis needs it.",
    "dates_agreed": "yes",
    "good_standing": "yes",
}


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({}, {}),
        ({"integral": ""}, {"integral": ["This field is required."]}),
        (
            {"good_standing": "no"},
            {
                "good_standing": [
                    "Only students in good academic standing may train. Return it to the student."
                ]
            },
        ),
        (
            {"dates_agreed": "no"},
            {"dates_agreed": ["Return it to the student and write which dates or hours fit."]},
        ),
        (
            {"is_official": "no"},
            {"is_official": ["Choose “I am not the right person” at the end of this page."]},
        ),
    ],
)
def test_the_recommendation_states_what_the_law_asks(changes, errors):
    form = TYPE.approval_steps[0].questionnaire(GOOD_APPROVAL | changes)

    assert dict(form.errors) == errors


def make_visitor(**fields):
    return factories.make_student(
        "visitor@school.example",
        **{
            "visa_class": "J-1",
            "education_level": "04",
            "exchange_category": "1E",
        }
        | fields,
    )


def rows_of(record):
    """Return what the record holds about training, forms and dates."""
    record.refresh_from_db()
    work = record.employments.values_list(
        "kind", "completion", "start", "end", "full_time", "hours_per_week", "employer"
    )
    forms = record.issued_forms.values_list("kind", "reason", "program_end")
    dates = (record.program_end, record.expected_graduation, record.insurance_end)
    return list(work), list(forms), dates


def test_from_the_tile_to_completed_before_completion(office, client):
    record = make_visitor()
    client.force_login(record.user)
    end = record.program_end
    offered = client.get(f"/portal/requests/new/{KEY}/")
    assert rows_of(record) == ([], [], (end, None, None))

    done = factories.make_request(record, KEY, "completed")

    assert (offered.status_code, done.state) == (200, "completed")
    assert rows_of(record) == (
        [
            *[("AT", "pre", date(2026, 11, 4), date(2027, 2, 2), True, 30, "Harbor Institute")],
        ],
        [("DS-2019", "at", end)],
        (end, None, date(2027, 3, 4)),
    )
    assert (done.deadline, done.sevis_due_on) == (end, date(2026, 11, 3))
    assert (done.effective_start, done.effective_end) == (date(2026, 11, 4), date(2027, 2, 2))


def test_after_completion_the_program_end_moves_to_the_end_of_the_training(office):
    record = make_visitor()
    ended = record.program_end
    start, end = ended + timedelta(days=10), ended + timedelta(days=200)

    done = factories.make_request(
        record,
        KEY,
        "completed",
        timing="post",
        start_date=start.isoformat(),
        end_date=end.isoformat(),
        insurance_until=end.isoformat(),
        hours_per_week="20",
    )

    assert rows_of(record) == (
        [("AT", "post", start, end, False, 20, "Harbor Institute")],
        [("DS-2019", "at", end)],
        (end, ended, end),
    )
    assert done.sevis_due_on == ended


def test_what_is_keyed_into_sevis(monday):
    cleaned = {
        "timing": "post",
        "employer_name": "Harbor Institute",
        "training_street": "40 Wharf Road",
        "training_city": "Example City",
        "training_state": "MA",
        "training_postal_code": "02139",
        "supervisor_name": "Lena Brandt",
        "start_date": date(2027, 6, 1),
        "end_date": date(2027, 12, 31),
        "hours_per_week": 30,
    }
    site = {
        "Employer": "Harbor Institute",
        "Street": "40 Wharf Road",
        "City": "Example City",
        "State": "MA",
        "ZIP code": "02139",
    }
    assert asking.values_of(TYPE.sevis_entries(cleaned, VISITOR)) == [
        (
            "Academic Training",
            site
            | {
                "Supervisor": "Lena Brandt",
                "Start date": "06/01/2027",
                "End date": "12/31/2027",
                "Hours a week": "30",
            },
        ),
        ("Program Extension", {"New program end date": "12/31/2027"}),
        ("Site of Activity Add", site),
    ]


def test_the_panel_counts_the_days(monday):
    facts = replace(VISITOR, employments=(BEFORE,), passport_expiry=date(2027, 1, 1))
    situation = Situation(facts, date(2027, 4, 30), NUMBERS)

    assert [(str(label), value, tone) for label, value, tone in TYPE.panel(situation)] == [
        ("Academic training used", "60 of 550 days", "ok"),
        ("Best sent by", "April 24, 2027", "warn"),
        ("Permission is needed by", "May 15, 2027", ""),
        ("Your passport expires on", "January 1, 2027", "warn"),
    ]


def test_the_approver_sees_the_plan_and_no_passport_no_pay_and_no_insurance(office, client):
    waiting = factories.make_request(make_visitor(), KEY, "approver_review")

    html = client.get(address(waiting.current_approval)).content.decode()

    shown = ("Harbor Institute", "40 Wharf Road", "Lena Brandt", "My thesis rests", "Offer letter")
    hidden = ("Passport", "passport.pdf", "insurance", "3,000", "lena@harbor.example", "I-94")
    assert [word for word in shown if word not in html] == []
    assert [word for word in hidden if word in html] == []


# The training after completion is authorized, and the studies still go on.
STUDYING = replace(
    VISITOR,
    program_end=date(2027, 12, 31),
    expected_graduation=date(2027, 5, 15),
    employments=(AFTER._replace(start=date(2027, 5, 20), end=date(2027, 12, 31)),),
)


def test_training_before_completion_stays_possible_until_the_studies_end(monday):
    before = factories.answers_for(KEY, None, timing="pre")
    after = before | {"timing": "post", "start_date": "2026-11-04"}

    assert asking.verdict_of(KEY, STUDYING, TODAY)[0] == Standing.OPEN
    for slug in ("training", "dates"):
        assert asking.errors_of(KEY, slug, before, STUDYING, TODAY) == {}
    window = training_start_window(STUDYING, TODAY, "post")
    assert (window.first, window.last) == (date(2027, 5, 16), date(2028, 1, 1))
    assert list(asking.errors_of(KEY, "dates", after, STUDYING, TODAY)) == ["start_date"]


def test_who_has_completed_trains_after_completion(monday):
    before = factories.answers_for(KEY, None, timing="pre")
    form = asking.bound(KEY, "training", before, GRADUATE, TODAY)

    assert [key for key, _label in form.fields["timing"].widget.choices] == ["post"]
    assert form.errors == {
        "timing": ["You completed your program on August 20, 2026. Choose the other answer."]
    }


def test_two_trainings_asked_side_by_side_are_completed_in_either_order(office, monday):
    record = make_visitor()
    ended = record.program_end
    advisor = factories.make_staff()
    before = factories.make_request(record, KEY, "approved", advisor)
    factories.make_request(
        record,
        KEY,
        "completed",
        advisor,
        timing="post",
        start_date=(ended + timedelta(days=1)).isoformat(),
        end_date=(ended + timedelta(days=90)).isoformat(),
        insurance_until=(ended + timedelta(days=90)).isoformat(),
    )
    # Its dates are long past and the studies over when the first one is completed at last.
    monday.shift(ended - TODAY + timedelta(days=7))
    actor = Actor.for_user(advisor)
    before = factories.record_in_sevis(before, actor)
    factories.release(before, actor)
    perform(before, "complete", actor)

    assert list(record.employments.order_by("start").values_list("completion", flat=True)) == [
        "pre",
        "post",
    ]
