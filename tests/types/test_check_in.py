"""Check-In: who may ask and when, what is refused, and what the record becomes."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.home.hours import office_calendar
from isso.requests.effects import ChangeRecord, LiftHold, ReportAddress
from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import Hold, ReportedAddress
from isso.requests.registry import get_type
from isso.requests.rules.dates import check_in_window, days_in
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.answers import check_in

from .asking import cleaned_of, errors_of, panel_of, values_of, verdict_of

TODAY = date(2026, 10, 5)
NEWCOMER = RecordFacts(
    visa_class="F-1",
    sevis_status="initial",
    stage="check_in",
    education_level="05",
    program_start=date(2026, 9, 28),
    program_end=date(2028, 5, 15),
)
# Checked in a year ago; the new term began last week.
RETURNING = replace(
    NEWCOMER,
    sevis_status="active",
    stage="continuing",
    program_start=date(2025, 8, 25),
    check_in_completed_on=date(2025, 9, 1),
    term_start=date(2026, 9, 28),
    term_end=date(2026, 12, 18),
    us_address={"line1": "5 Elm Street, Apt 3", "line2": "", "city": "Example City"}
    | {"state": "MA", "postal_code": "02139"},
)
SCHOLAR = replace(
    NEWCOMER, visa_class="J-1", exchange_category="08", education_level="", stage="pre_arrival"
)
OPEN_UNTIL = (Standing.OPEN, date(2026, 10, 28), "")
LATE = "If you are late, contact our office today."

# --- Who and when --------------------------------------------------------------------------------

ELIGIBILITY = [
    ("newcomer", NEWCOMER, Standing.OPEN, date(2026, 10, 28), ""),
    (
        "exchange visitor",
        replace(NEWCOMER, visa_class="J-1"),
        Standing.OPEN,
        date(2026, 10, 28),
        "",
    ),
    # The validation of a scholar is due in the same 30 days: 22 CFR 62.13.
    *(
        (f"scholar {code}", replace(SCHOLAR, exchange_category=code), *OPEN_UNTIL)
        for code in ("04", "08", "09", "10", "1G")
    ),
    (
        "scholar who has checked in",
        replace(SCHOLAR, stage="continuing", sevis_status="active", check_in_completed_on=TODAY),
        *(Standing.NOT_FOR_YOU, TODAY, "You completed your check-in on October 5, 2026."),
    ),
    (
        "before arrival",
        replace(NEWCOMER, stage="pre_arrival"),
        Standing.OPEN,
        date(2026, 10, 28),
        "",
    ),
    (
        "another status",
        replace(NEWCOMER, visa_class="other"),
        Standing.NOT_FOR_YOU,
        None,
        "This request is for people in F-1 or J-1 status. Your record says other.",
    ),
    (
        "first day",
        replace(NEWCOMER, program_start=date(2026, 11, 4)),
        Standing.OPEN,
        date(2026, 12, 4),
        "",
    ),
    (
        "one day early",
        replace(NEWCOMER, program_start=date(2026, 11, 5)),
        Standing.OPENS_ON,
        date(2026, 10, 6),
        "Opens on October 6, 2026. Check-In opens 30 days before your program starts.",
    ),
    ("last day", replace(NEWCOMER, program_start=date(2026, 9, 5)), Standing.OPEN, TODAY, ""),
    (
        "one day late",
        replace(NEWCOMER, program_start=date(2026, 9, 4)),
        Standing.CLOSED_SINCE,
        date(2026, 10, 4),
        "The last day was October 4, 2026. We must register you within 30 days after your program "
        f"starts. {LATE}",
    ),
    (
        "no start date",
        replace(NEWCOMER, program_start=None),
        Standing.NEEDS,
        None,
        "Your record has no program start date yet. Write to us so that we can add it.",
    ),
    (
        "terminated",
        replace(NEWCOMER, sevis_status="terminated"),
        Standing.NEEDS,
        None,
        "Your SEVIS record must be Initial or Active. It is Terminated. Write to us if this is "
        "wrong.",
    ),
    ("new term", RETURNING, Standing.OPEN, date(2026, 10, 28), ""),
    (
        "before the new term",
        replace(RETURNING, term_start=date(2027, 1, 19)),
        Standing.OPENS_ON,
        date(2026, 12, 20),
        "Opens on December 20, 2026. Check-In opens 30 days before your term starts.",
    ),
    (
        "done for this term",
        replace(RETURNING, check_in_completed_on=date(2026, 9, 30)),
        Standing.NOT_FOR_YOU,
        date(2026, 9, 30),
        "You completed your check-in on September 30, 2026.",
    ),
    (
        "no term known",
        replace(RETURNING, term_start=None),
        Standing.NOT_FOR_YOU,
        date(2025, 9, 1),
        "You completed your check-in on September 1, 2025.",
    ),
    (
        "the next term is after the program",
        replace(RETURNING, program_end=date(2026, 9, 1)),
        Standing.NOT_FOR_YOU,
        date(2025, 9, 1),
        "You completed your check-in on September 1, 2025.",
    ),
    (
        "a new program here",
        replace(RETURNING, program_start=date(2026, 9, 28)),
        Standing.OPEN,
        date(2026, 10, 28),
        "",
    ),
]


@pytest.mark.parametrize(("who", "facts", "standing", "on", "reason"), ELIGIBILITY)
def test_who_may_check_in_today(who, facts, standing, on, reason):
    assert verdict_of("check_in", facts, TODAY) == (standing, on, reason)


@given(st.dates(min_value=date(2000, 1, 1), max_value=date(2090, 12, 31)))
def test_the_window_opens_and_closes_on_its_days_and_not_one_off(start):
    facts = replace(NEWCOMER, program_start=start)
    first, last = check_in_window(start, 30, 30)

    standings = [
        verdict_of("check_in", facts, day)[0]
        for day in (first - timedelta(days=1), first, last, last + timedelta(days=1))
    ]

    assert standings == [
        Standing.OPENS_ON,
        Standing.OPEN,
        Standing.OPEN,
        Standing.CLOSED_SINCE,
    ]
    assert days_in(first, last) == 61


# --- What is refused -----------------------------------------------------------------------------


def answers_for(facts, **changes):
    record = SimpleNamespace(email="a@b.example", visa_class=facts.visa_class)
    return check_in.answers(record, TODAY) | changes


def errors(slug, facts=NEWCOMER, **changes):
    return errors_of("check_in", slug, answers_for(facts, **changes), facts, TODAY)


SLUGS = ["kind", "arrival", "passport", "address", "enrollment"]


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.parametrize(("facts", "kind"), [(NEWCOMER, "arrival"), (RETURNING, "term")])
def test_good_answers_pass(slug, facts, kind):
    assert errors(slug, facts, kind=kind) == {}


REQUIRED = "This field is required."
COPY = "Copy it from your visa, or change the answer above."
BAD = [
    (
        "kind",
        {"kind": "term"},
        {"kind": "You have not checked in for this program yet. Choose the first answer."},
    ),
    (
        "kind",
        {"visa_class": "J-1"},
        {"visa_class": "Your record says F-1. Write to us if this is wrong."},
    ),
    ("kind", {"in_the_us": "no"}, {"in_the_us": "Check in after you have arrived."}),
    (
        "arrival",
        {"arrival_date": "2026-10-06"},
        {
            "arrival_date": "Choose October 5, 2026 or an earlier day. Check in after you have "
            "arrived. Your program starts on September 28, 2026."
        },
    ),
    (
        "arrival",
        {"i94_number": "123"},
        {"i94_number": "Enter the 11 characters of your I-94 number."},
    ),
    (
        "arrival",
        {"i94_admit_until": "date"},
        {"i94_admit_until_date": "Enter the date printed on your I-94."},
    ),
    ("arrival", {"i515a": ""}, {"i515a": REQUIRED}),
    (
        "passport",
        {"passport_expiry": "2026-10-05"},
        {
            "passport_expiry": "Choose October 6, 2026 or a later day. A passport that has expired "
            "cannot be checked in. Renew it at your consulate first."
        },
    ),
    ("passport", {"visa_number": "", "visa_post": ""}, {"visa_number": COPY, "visa_post": COPY}),
    (
        "passport",
        {"has_visa": "exempt"},
        {"has_visa": "Your passport is of Japan. Its citizens need a visa. Copy yours."},
    ),
    ("passport", {"has_visa": "exempt", "passport_country": "Canada", "visa_number": ""}, {}),
    ("passport", {"has_visa": "changed", "visa_number": "", "visa_issue": ""}, {}),
    # Inside the country a visa may have expired.
    ("passport", {"visa_issue": "2025-08-01", "visa_expiry": "2026-01-01"}, {}),
    (
        "passport",
        {"visa_issue": "2026-08-01", "visa_expiry": "2026-01-01"},
        {"visa_expiry": "A visa expires after it was issued."},
    ),
    (
        "address",
        {"us_street": "P.O. Box 7"},
        {
            "us_street": "A post office box is not a place where someone lives or works. Enter the "
            "street."
        },
    ),
    (
        "address",
        {"foreign_country": "U.S.A."},
        {"foreign_country": "Select a valid choice. U.S.A. is not one of the available choices."},
    ),
    (
        "address",
        {"us_until": "2026-10-04"},
        {
            "us_until": "Choose October 5, 2026 or a later day. Only for a hotel or a friend’s "
            "home. Report the next address then, within 10 days."
        },
    ),
    (
        "address",
        {"us_phone": ""},
        {"us_phone": "Enter your number, or tick that you have none yet."},
    ),
    ("address", {"us_phone": "", "has_no_us_phone": "on"}, {}),
    (
        "address",
        {"has_no_us_phone": "on"},
        {"has_no_us_phone": "Enter a number or tick this box, not both."},
    ),
    ("enrollment", {"credits": ""}, {"credits": REQUIRED}),
    # Not full time is no mistake; the person is told what it means.
    ("enrollment", {"full_time": "no"}, {}),
]


@pytest.mark.parametrize(("slug", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(slug, changes, sentences):
    assert errors(slug, **changes) == {name: [text] for name, text in sentences.items()}


def test_who_has_checked_in_for_the_program_cannot_arrive_again():
    assert errors("kind", RETURNING) == {
        "kind": ["You have checked in for this program. Choose the second answer."]
    }


def test_insurance_is_asked_of_exchange_visitors_alone():
    visitor = replace(NEWCOMER, visa_class="J-1")
    assert errors("enrollment", visitor, health_insurance="") == {"health_insurance": [REQUIRED]}
    assert errors("enrollment", health_insurance="") == {}


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "محمد علي", "李", "O’Connor-Smith", "Ngũgĩ", "a\u0301e\u0308", "\u202eevil"],
)
def test_names_in_any_script_pass(name):
    assert errors("address", emergency_name=name) == {}


def asked_of(facts, **changes):
    """Return the names of all questions and files of one person."""
    answers = answers_for(facts, **changes)
    request_type = get_type("check_in")
    situation = SimpleNamespace(facts=facts, today=TODAY, policy={}, answers=answers)
    return {
        name
        for page in request_type.pages
        if page.form
        for name in page.form(situation=situation).fields
    } | {slot.name for slot in request_type.slots if slot.is_asked(answers)}


def test_a_later_term_asks_less():
    arrival, term = asked_of(NEWCOMER), asked_of(RETURNING, kind="term", has_visa="", i515a="")

    assert arrival - term == {
        *("arrival_date", "port_of_entry", "i94_number", "i94_admit_until"),
        *("i94_admit_until_date", "i515a", "has_visa", "visa_number", "visa_issue"),
        *("visa_expiry", "visa_post", "foreign_street", "foreign_city", "foreign_province"),
        *("foreign_postal_code", "foreign_country", "passport_page", "visa_page", "i94"),
        *("form_page",),
    }
    assert term - arrival == {"new_passport_page"}


def test_scholars_are_asked_about_their_place_of_work_instead_of_their_studies():
    visitor = replace(NEWCOMER, visa_class="J-1", exchange_category="1D")

    assert asked_of(visitor) - asked_of(SCHOLAR) == {"credits", "full_time"}
    assert asked_of(SCHOLAR) - asked_of(visitor) == {"has_begun", "site_is_right"}


@pytest.mark.parametrize(
    ("changes", "slot"),
    [({"i515a": "yes"}, "i515a_form"), ({"has_visa": "changed"}, "status_notice")],
)
def test_an_answer_asks_for_its_paper(changes, slot):
    assert slot in asked_of(NEWCOMER, **changes)
    assert slot not in asked_of(NEWCOMER)


def test_the_family_on_record_stands_beside_the_question():
    facts = replace(NEWCOMER, dependents=(FamilyMember(1, "Ken Ito", "spouse"),))
    situation = SimpleNamespace(facts=facts, today=TODAY, policy={}, answers=answers_for(facts))
    form = get_type("check_in").page("enrollment").form(situation=situation)
    assert form.fields["dependents_here"].help_text == (
        "On your record: Ken Ito. Write to us if somebody is missing."
    )


# --- What is allowed but needs attention ---------------------------------------------------------

LAST_DAY = ("Check in no later than", "October 28, 2026", "warn")
WARNINGS = [
    ({}, []),
    (
        {"arrival_date": "2026-08-28"},
        [("Arrival", "More than 30 days before your program starts", "warn")],
    ),
    ({"arrival_date": "2026-08-29"}, []),
    (
        {"arrival_date": "2026-10-01", "i515a": "yes"},
        [("Form I-515A must be answered by", "October 31, 2026", "bad")],
    ),
    (
        {"passport_expiry": "2027-04-04"},
        [("Passport", "Expires in less than six months", "warn")],
    ),
    ({"passport_expiry": "2027-04-05"}, []),
    ({"us_state": "CA"}, [("US address", "ZIP code and state may not fit", "warn")]),
    (
        {"us_until": "2026-10-20"},
        [("Report your next address by", "October 30, 2026", "warn")],
    ),
    (
        {"full_time": "no"},
        [("Not full time", "You need a reduced course load permission", "bad")],
    ),
    (
        {"health_insurance": "no"},
        [("Health insurance", "Required of J-1 from the first day", "bad")],
    ),
]


def test_another_place_of_work_is_no_mistake_but_needs_attention():
    found = panel_of("check_in", answers_for(SCHOLAR, site_is_right="no"), SCHOLAR, TODAY)

    assert errors("enrollment", SCHOLAR, site_is_right="no") == {}
    assert found == [
        LAST_DAY,
        ("Another place of work", "Must be reported within 10 days", "bad"),
    ]


@pytest.mark.parametrize(("changes", "rows"), WARNINGS)
def test_the_panel_warns(changes, rows):
    found = panel_of("check_in", answers_for(NEWCOMER, **changes), NEWCOMER, TODAY)
    assert found == [LAST_DAY, *rows]


# --- What follows --------------------------------------------------------------------------------

HOME = {
    "line1": "5 Elm Street, Apt 3",
    "line2": "",
    "city": "Example City",
    "state": "MA",
    "postal_code": "02139",
}


def test_an_arrival_changes_the_record_as_declared():
    cleaned = cleaned_of("check_in", answers_for(NEWCOMER), NEWCOMER, TODAY)
    changes, home, abroad, lifted = get_type("check_in").effects(cleaned, NEWCOMER, TODAY)

    assert changes == ChangeRecord(
        {
            "check_in_completed_on": TODAY,
            "stage": "continuing",
            "sevis_status": "active",
            "i94_date_of_entry": date(2026, 9, 25),
            "i94_port_of_entry": "Boston Logan",
            "i94_number": "123456789A1",
            "i94_admit_until": "D/S",
            "passport_number": "P7654321",
            "passport_country": "Japan",
            "passport_expiry": date(2028, 12, 13),
            "visa_number": "K1234567",
            "visa_issue": date(2026, 8, 6),
            "visa_expiry": date(2028, 9, 4),
            "visa_post": "Osaka",
            "us_phone": "6175550177",
            "has_no_us_phone": False,
            "email": "a@b.example",
            "emergency_name": "Ken Ito",
            "emergency_relation": "Father",
            "emergency_phone": "+81 75 000 0000",
            "emergency_email": "",
            "credits": 12,
            "is_full_time": True,
        }
    )
    assert home == ReportAddress("us_address", HOME, date(2026, 9, 25))
    assert abroad == ReportAddress(
        "foreign_address",
        {"line1": "1 Sakura Street", "line2": "", "city": "Kyoto", "province": ""}
        | {"postal_code": "600-8216", "country": "Japan"},
    )
    assert lifted == LiftHold("check_in")


def test_the_arrival_of_a_scholar_makes_the_record_active_and_says_nothing_of_studies():
    cleaned = cleaned_of("check_in", answers_for(SCHOLAR), SCHOLAR, TODAY)
    changes = get_type("check_in").effects(cleaned, SCHOLAR, TODAY)[0].changes

    assert (changes["stage"], changes["sevis_status"], changes["check_in_completed_on"]) == (
        *("continuing", "active"),
        TODAY,
    )
    assert {"credits", "is_full_time"} & set(changes) == set()
    assert [each.event for each in get_type("check_in").sevis_entries(cleaned, SCHOLAR)] == [
        "Validate"
    ]


def test_a_term_reports_only_an_address_that_is_new():
    same = answers_for(RETURNING, kind="term")
    moved = same | {"us_street": "7 Oak Street", "us_until": "2026-11-01"}
    request_type = get_type("check_in")

    kept = request_type.effects(cleaned_of("check_in", same, RETURNING, TODAY), RETURNING, TODAY)
    told = request_type.effects(cleaned_of("check_in", moved, RETURNING, TODAY), RETURNING, TODAY)

    assert [type(each) for each in kept] == [ChangeRecord, LiftHold]
    assert {"stage", "sevis_status", "i94_number"} & set(kept[0].changes) == set()
    assert told[1] == ReportAddress(
        "us_address", HOME | {"line1": "7 Oak Street"}, None, valid_until=date(2026, 11, 1)
    )


def test_the_session_is_keyed_for_students_and_the_validation_for_exchange_visitors():
    term = replace(RETURNING, has_thesis=True)
    rows = get_type("check_in").sevis_entries(
        cleaned_of("check_in", answers_for(term, kind="term"), term, TODAY), term
    )
    contact = {
        "US address: street": "5 Elm Street, Apt 3",
        "US address: city": "Example City",
        "US address: state": "MA",
        "US address: ZIP code": "02139",
        "E-mail": "a@b.example",
        "US phone": "6175550177",
    }
    assert values_of(rows) == [
        (
            "Registration",
            {
                "Current session start date": "09/28/2026",
                "Current session end date": "12/18/2026",
                "Last session": "N",
                "Thesis or dissertation": "Y",
                **contact,
                "No phone (TelephoneExemptInd)": "N",
            },
        )
    ]
    visitor = replace(NEWCOMER, visa_class="J-1")
    rows = get_type("check_in").sevis_entries(
        cleaned_of("check_in", answers_for(visitor), visitor, TODAY), visitor
    )
    assert values_of(rows) == [("Validate", {"Program begin date": "09/28/2026", **contact})]


@pytest.mark.parametrize(
    ("facts", "kind", "due"),
    [
        (NEWCOMER, "arrival", date(2026, 10, 28)),
        (replace(RETURNING, term_start=date(2026, 10, 1)), "term", date(2026, 10, 31)),
    ],
)
def test_registration_is_due_thirty_days_after_the_start(facts, kind, due):
    assert get_type("check_in").sevis_due({"kind": kind}, facts, TODAY, None) == due


def test_a_newcomer_from_tile_to_completed(office):
    record = factories.make_newcomer()
    factories.make_staff()
    Hold.objects.create(record=record, kind="check_in", placed_on=TODAY)

    made = factories.make_request(record, "check_in", "completed")

    record.refresh_from_db()
    assert (made.state, record.stage, record.sevis_status) == ("completed", "continuing", "active")
    assert record.holds.filter(lifted_on__isnull=True).count() == 0
    assert list(
        ReportedAddress.objects.filter(record=record)
        .order_by("kind")
        .values_list("kind", "line1", "reported_on")
    ) == [
        ("foreign_address", "1 Sakura Street", TODAY),
        ("us_address", "5 Elm Street, Apt 3", TODAY),
    ]


def test_a_term_registration_from_tile_to_completed(office):
    record = factories.make_student(
        term_start=TODAY - timedelta(days=7), term_end=TODAY + timedelta(days=80)
    )
    factories.make_staff()

    made = factories.make_request(record, "check_in", "completed", kind="term")

    record.refresh_from_db()
    assert (made.state, record.check_in_completed_on, record.credits) == ("completed", TODAY, 12)
    assert made.documents.uploaded().count() == 0


def test_an_exchange_visitor_is_validated_once_and_later_reports_what_changed(office):
    visitor = replace(RETURNING, visa_class="J-1")
    cleaned = cleaned_of("check_in", answers_for(visitor, kind="term"), visitor, TODAY)
    check_in = get_type("check_in")

    (keyed,) = values_of(check_in.sevis_entries(cleaned, visitor))

    assert (keyed[0], "Program begin date" in keyed[1]) == ("Biographical", False)
    # 22 CFR 62.13: ten business days, as for every address of an exchange visitor.
    count = office_calendar().add_business_days
    assert check_in.sevis_due(cleaned, visitor, TODAY, count) == date(2026, 10, 19)
