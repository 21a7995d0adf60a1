"""Bad answers, each with the sentence the student reads at the field."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.http import QueryDict

from isso.requests.records.facts import RecordFacts
from isso.requests.registry import get_type
from isso.requests.request_type import Situation
from isso.tests import factories

TODAY = date(2026, 10, 5)
FACTS = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    full_time_since=date(2025, 8, 25),
    program_start=date(2026, 9, 28),
    program_end=date(2027, 5, 15),
)
LONG = "x" * 10_000


def errors_of(key, slug, facts=FACTS, **changes):
    """Bind one page of a type to good answers with these changes; return its errors as text."""
    request_type = get_type(key)
    numbers = {name: each.default for name, each in request_type.policies.items()}
    answers = factories.answers_for(key, SimpleNamespace(email="a@b.example")) | changes
    posted = QueryDict(mutable=True)
    for name, value in answers.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    form = request_type.page(slug).form(posted, situation=Situation(facts, TODAY, numbers, answers))
    return {name: [str(each) for each in messages] for name, messages in form.errors.items()}


@pytest.mark.parametrize(
    ("key", "slug"),
    [("reprint", "reason"), ("reprint", "details")]
    + [("cpt", slug) for slug in ("employer", "dates", "course", "approver")]
    + [("check_in", slug) for slug in ("arrival", "passport", "address", "enrollment")],
)
def test_good_answers_pass(monday, key, slug):
    assert errors_of(key, slug) == {}


REQUIRED = "This field is required."

CASES = [
    (
        "cpt",
        "dates",
        {"start_date": "2026-10-04"},
        "start_date",
        "Choose October 5, 2026 or a later day.",
    ),
    (
        "cpt",
        "dates",
        {"start_date": "10/20/2026"},
        "start_date",
        "Enter a real date, such as 2027-02-14.",
    ),
    (
        "cpt",
        "dates",
        {"start_date": "2027-02-30"},
        "start_date",
        "Enter a real date, such as 2027-02-14.",
    ),
    (
        "cpt",
        "dates",
        {"start_date": "2026-12-01", "end_date": "2026-11-30"},
        "end_date",
        "The last day must not come before the first day.",
    ),
    (
        "cpt",
        "dates",
        {"end_date": "2027-05-16"},
        "end_date",
        "Your program ends on May 15, 2027. CPT must end by then.",
    ),
    (
        "cpt",
        "dates",
        {"hours_per_week": "21"},
        "hours_per_week",
        "Part time means 20 hours a week or fewer.",
    ),
    (
        "cpt",
        "dates",
        {"full_part": "full", "hours_per_week": "20"},
        "hours_per_week",
        "Full time means more than 20 hours a week.",
    ),
    ("cpt", "dates", {"hours_per_week": "many"}, "hours_per_week", "Enter a whole number."),
    (
        "cpt",
        "employer",
        {"site_street": "PO Box 12"},
        "site_street",
        "A post office box is not a place where someone lives or works. Enter the street.",
    ),
    (
        "cpt",
        "employer",
        {"site_street": "Dock Street"},
        "site_street",
        "Enter the street with its house number.",
    ),
    (
        "cpt",
        "employer",
        {"site_postal_code": "0213"},
        "site_postal_code",
        "Enter the five digits of the ZIP code.",
    ),
    (
        "cpt",
        "employer",
        {"supervisor_phone": "+49 30 1"},
        "supervisor_phone",
        "Enter ten digits without spaces or signs.",
    ),
    (
        "cpt",
        "employer",
        {"employer_name": LONG},
        "employer_name",
        "Ensure this value has at most 100 characters (it has 10000).",
    ),
    (
        "cpt",
        "employer",
        {"employer_name": "Lab\r\nBcc: x@y.example"},
        "employer_name",
        "Write it on one line, without special characters.",
    ),
    (
        "cpt",
        "course",
        {"course_number": ""},
        "course_number",
        "Enter the number of the course that gives credit.",
    ),
    (
        "cpt",
        "approver",
        {"approver_email": "rivera"},
        "approver_email",
        "Enter an address such as name@example.edu.",
    ),
    (
        "reprint",
        "details",
        {"departure": "2026-10-04"},
        "departure",
        "Choose today or a later day.",
    ),
    (
        "reprint",
        "details",
        {"departure": "2026-11-01", "return_on": "2026-11-01"},
        "return_on",
        "You must come back after the day you leave.",
    ),
    (
        "reprint",
        "details",
        {"return_on": "2027-05-16"},
        "return_on",
        "Your program ends on May 15, 2027. A copy for a later return does not help.",
    ),
    (
        "reprint",
        "details",
        {"departure": "2026-11-01", "return_on": "2027-04-02"},
        "return_on",
        "Absences over five months end your record. Speak with an ISSO advisor.",
    ),
    ("reprint", "details", {"countries": ""}, "countries", REQUIRED),
    (
        "reprint",
        "reason",
        {"for_whom": ["99"]},
        "for_whom",
        "Select a valid choice. 99 is not one of the available choices.",
    ),
    (
        "check_in",
        "arrival",
        {"arrival_date": "2026-10-06"},
        "arrival_date",
        "Check in after you have arrived. Choose today or an earlier day.",
    ),
    (
        "check_in",
        "arrival",
        {"i94_number": "123"},
        "i94_number",
        "Enter the 11 characters of your I-94 number.",
    ),
    (
        "check_in",
        "arrival",
        {"i94_admit_until": "date"},
        "i94_admit_until_date",
        "Enter the date printed on your I-94.",
    ),
    (
        "check_in",
        "passport",
        {"passport_expiry": "2026-10-05"},
        "passport_expiry",
        "This passport has expired. Renew it at your consulate, then check in.",
    ),
    (
        "check_in",
        "address",
        {"us_street": "P.O. Box 7"},
        "us_street",
        "A post office box is not a place where someone lives or works. Enter the street.",
    ),
    (
        "check_in",
        "address",
        {"foreign_country": "U.S.A."},
        "foreign_country",
        "Enter an address outside the United States.",
    ),
]


@pytest.mark.parametrize(("key", "slug", "changes", "field", "sentence"), CASES)
def test_a_bad_answer_gets_its_sentence_at_its_field(monday, key, slug, changes, field, sentence):
    assert errors_of(key, slug, **changes) == {field: [sentence]}


@pytest.mark.parametrize(
    ("used", "end", "expected"),
    [
        (0, "2027-05-15", {}),
        # 364 days are safe, 365 are not.
        (364 - 30, "2026-12-01", {}),
        (
            365 - 30,
            "2026-12-01",
            {
                "end_date": [
                    "With this you would reach 365 days of full-time CPT. From 365 days on you "
                    "lose OPT at this level. Choose an earlier last day or part time."
                ]
            },
        ),
    ],
)
def test_full_time_cpt_stops_one_day_before_it_costs_opt(monday, used, end, expected):
    start = date(2025, 9, 1)
    worked = [factories.work("CPT", start, start + timedelta(days=used - 1))] if used else []
    facts = replace(FACTS, employments=tuple(worked))

    assert (
        errors_of(
            "cpt",
            "dates",
            facts,
            start_date="2026-11-02",
            end_date=end,
            full_part="full",
            hours_per_week="40",
        )
        == expected
    )


def test_insurance_is_asked_of_exchange_visitors_alone(monday):
    j1 = replace(FACTS, visa_class="J-1")

    assert errors_of("check_in", "enrollment", j1, health_insurance="") == {
        "health_insurance": [REQUIRED]
    }
    assert errors_of("check_in", "enrollment", FACTS, health_insurance="") == {}


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "محمد علي", "李", "O’Connor-Smith", "Ngũgĩ", "a\u0301e\u0308", "\u202eevil"],
)
def test_names_in_any_script_pass(monday, name):
    assert errors_of("check_in", "address", emergency_name=name) == {}
