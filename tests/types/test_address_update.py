"""Address update: who reports what, what is refused at which field, and what the record becomes."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from django.urls import reverse

from isso.home.hours import office_calendar
from isso.requests.actor import Actor
from isso.requests.effects import ChangeDependents, ChangeRecord, ReportAddress
from isso.requests.models import StudentRequest
from isso.requests.perform import perform
from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import RecordChange
from isso.requests.registry import get_type
from isso.requests.rules.postal import zip_fits_state
from isso.requests.rules.verdict import Standing
from isso.requests.sevis_work import to_record
from isso.tests import factories

from .asking import bound, cleaned_of, errors_of, values_of, verdict_of

KEY = "address_update"
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    us_address={
        "line1": "48 Linden Street",
        "line2": "",
        "city": "Example City",
        "state": "MA",
        "postal_code": "02139",
    },
    us_phone="6175550141",
    email="amina@demo.example",
)
SPOUSE = FamilyMember(7, "Moussa Ndiaye", "spouse", date(1999, 11, 2), "N0031004418")
EVERYTHING = [
    "us_address",
    "mailing_address",
    "foreign_address",
    "contact",
    "preferred_name",
    "legal_name",
    "emergency",
]


def answers(**changes):
    return factories.answers_for(KEY, SimpleNamespace(email="a@b.example")) | changes


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.OPEN),
        ({"visa_class": "J-1"}, Standing.OPEN),
        ({"visa_class": "F-2"}, Standing.OPEN),
        ({"sevis_status": "initial"}, Standing.OPEN),
        ({"stage": "graduated", "program_end": date(2026, 5, 15)}, Standing.OPEN),
        ({"visa_class": "other"}, Standing.NOT_FOR_YOU),
        ({"visa_class": "none"}, Standing.NOT_FOR_YOU),
        ({"sevis_status": "terminated"}, Standing.NEEDS),
        ({"sevis_status": "completed"}, Standing.NEEDS),
    ],
)
def test_whoever_has_a_living_record_may_report(changes, standing):
    assert verdict_of(KEY, replace(STUDENT, **changes), TODAY)[0] == standing


def test_only_the_pages_of_what_changed_are_asked(monday):
    pages = get_type(KEY).pages
    assert [
        page.slug for page in pages if page.is_asked({"changed": ["contact", "emergency"]})
    ] == [
        "changed",
        "contact",
        "emergency",
    ]
    unasked = bound(KEY, "home", answers(changed=["contact"]), STUDENT, TODAY)
    assert (list(unasked.fields), unasked.is_valid()) == ([], True)


@pytest.mark.parametrize(
    ("slug", "changes", "field", "sentence"),
    [
        ("changed", {"changed": []}, "changed", "This field is required."),
        (
            "home",
            {"us_street": "PO Box 12"},
            "us_street",
            "A post office box is not a place where someone lives or works. Enter the street.",
        ),
        (
            "home",
            {"us_street": "Elm Street"},
            "us_street",
            "Enter the street with its house number.",
        ),
        (
            "home",
            {"us_street": "48 Linden Street", "us_postal_code": "02139"},
            "us_street",
            "This is what your record says already. Change it, or go back and untick this topic.",
        ),
        (
            "home",
            {"us_postal_code": "10001"},
            "us_postal_code",
            "ZIP codes of MA begin differently. Correct it, or tick that it is right.",
        ),
        (
            "home",
            {"us_postal_code": "0213"},
            "us_postal_code",
            "Enter the five digits of the ZIP code.",
        ),
        (
            "home",
            {"moved_on": "2027-10-05"},
            "moved_on",
            "Choose November 4, 2026 or an earlier day. "
            "Report a later move when it is closer, and no later than 10 days after it.",
        ),
        (
            "home",
            {"moved_on": "2006-10-01"},
            "moved_on",
            "Choose October 5, 2025 or a later day. Of an earlier move, tell our office.",
        ),
        (
            "home",
            {"us_until": "2026-10-02"},
            "us_until",
            "Choose a day after the one you moved in.",
        ),
        ("home", {"us_explanation": "new"}, "us_explanation", "Write 5 to 200 characters."),
        (
            "home",
            {"us_explanation": "x" * 201},
            "us_explanation",
            "Ensure this value has at most 200 characters (it has 201).",
        ),
        ("mail", {"mailing_city": ""}, "mailing_city", "Answer this question, or answer No above."),
        (
            "abroad",
            {"foreign_country": "United States"},
            "foreign_country",
            "Select a valid choice. United States is not one of the available choices.",
        ),
        (
            "contact",
            {"us_phone": ""},
            "us_phone",
            "Enter your number, or tick that you have none yet.",
        ),
        (
            "contact",
            {"has_no_us_phone": "on"},
            "has_no_us_phone",
            "Enter a number or tick this box, not both.",
        ),
        (
            "contact",
            {"us_phone": "617-5550"},
            "us_phone",
            "Enter all ten digits, like 202-555-0123.",
        ),
        (
            "contact",
            {"foreign_phone": "call me"},
            "foreign_phone",
            "Enter the number with its country code, such as +221 33 000 0001.",
        ),
        ("contact", {"email": "nowhere"}, "email", "Enter an address such as name@example.edu."),
        ("name", {"family_name": "Sarr2"}, "family_name", "A name has no digits."),
        ("name", {"family_name": ""}, "family_name", "This field is required."),
        ("emergency", {"emergency_name": ""}, "emergency_name", "This field is required."),
    ],
)
def test_what_is_refused_says_so_at_its_field(monday, slug, changes, field, sentence):
    posted = answers(changed=EVERYTHING) | changes
    assert errors_of(KEY, slug, posted, STUDENT, TODAY) == {field: [sentence]}


@pytest.mark.parametrize(
    ("slug", "changes"),
    [
        ("home", {"moved_on": "2026-04-01"}),  # late, and taken
        ("home", {"moved_on": "2026-11-04"}),
        ("home", {"us_postal_code": "10001", "zip_is_right": "on"}),
        ("home", {"us_street": "48 Linden Street", "us_until": "2026-12-24"}),
        ("home", {"us_explanation": "A new building."}),
        ("mail", {"mailing_street": "P.O. Box 9"}),
        ("mail", {"mailing_elsewhere": "no", "mailing_city": "", "mailing_state": ""}),
        ("contact", {"us_phone": "", "has_no_us_phone": "on"}),
        ("name", {"family_name": "أمينة", "given_name": ""}),
        ("name", {"family_name": "Zoë Æðelþryð"}),
    ],
)
def test_what_is_unusual_and_right_passes(monday, slug, changes):
    assert errors_of(KEY, slug, answers(changed=EVERYTHING) | changes, STUDENT, TODAY) == {}


@pytest.mark.parametrize(
    ("code", "state", "fits"),
    [("02139", "MA", True), ("10001", "NY", True), ("10001", "MA", False), ("", "MA", True)],
)
def test_zip_codes_of_a_state(code, state, fits):
    assert zip_fits_state(code, state) is fits


@pytest.mark.parametrize(
    ("moved_on", "words", "tone"),
    [
        ("2026-10-02", "By October 12, 2026, 10 days after the move", "ok"),
        (
            "2026-09-24",
            "The law asked for it by October 4, 2026. We take it still: send it today.",
            "warn",
        ),
    ],
)
def test_the_ten_days_are_told(monday, moved_on, words, tone):
    situation = bound(KEY, "home", answers(moved_on=moved_on), STUDENT, TODAY).situation
    (_label, said, shown_as), *rest = get_type(KEY).panel(situation)
    assert (str(said), shown_as, rest) == (words, tone, [])


def test_completion_writes_what_was_ticked_and_nothing_else(monday):
    facts = replace(STUDENT, dependents=(SPOUSE,))
    cleaned = cleaned_of(KEY, answers(changed=EVERYTHING, mailing_elsewhere="no"), facts, TODAY)
    no_mail = dict.fromkeys(("line1", "line2", "city", "state", "postal_code"), "")

    assert get_type(KEY).effects(cleaned, facts, TODAY) == [
        ReportAddress(
            "us_address",
            {
                "line1": "415 South Street Apt 2B",
                "line2": "",
                "city": "Example City",
                "state": "MA",
                "postal_code": "02139",
                "explanation": "",
            },
            valid_from=date(2026, 10, 2),
        ),
        ChangeDependents((7,), {"lives_elsewhere": ""}),
        ReportAddress("mailing_address", no_mail),
        ReportAddress(
            "foreign_address",
            {
                "line1": "12 Rue des Écrivains",
                "line2": "",
                "city": "Dakar",
                "province": "",
                "postal_code": "BP 1234",
                "country": "Senegal",
            },
        ),
        ChangeRecord(
            {
                "us_phone": "6175550142",
                "has_no_us_phone": False,
                "foreign_phone": "+221 33 000 0002",
                "email": "new.address@demo.example",
                "personal_email": "",
                "preferred_name": "Mina",
                "family_name": "Sarr",
                "given_name": "",
                "passport_name": "SARR",
                "suffix": "",
                "emergency_name": "Fatou Diallo",
                "emergency_relation": "Mother",
                "emergency_phone": "+221 33 000 0001",
                "emergency_email": "",
                "emergency_language": "French",
            }
        ),
    ]


def test_family_who_stays_keeps_the_old_address(monday):
    facts = replace(STUDENT, dependents=(SPOUSE,))
    cleaned = cleaned_of(KEY, answers(family_moves="no"), facts, TODAY)

    assert get_type(KEY).effects(cleaned, facts, TODAY)[1:] == [
        ChangeDependents((7,), {"lives_elsewhere": "48 Linden Street, Example City, MA, 02139"})
    ]


HOME = {
    "US address: street": "415 South Street Apt 2B",
    "US address: city": "Example City",
    "US address: state": "MA",
    "US address: ZIP code": "02139",
}
NOTHING = []
ABROAD = {
    "Address abroad: street": "12 Rue des Écrivains",
    "Address abroad: second line": "",
    "Address abroad: city": "Dakar",
    "Address abroad: province": "",
    "Address abroad: postal code": "BP 1234",
    "Address abroad: country code": "SG",
}


@pytest.mark.parametrize(
    ("visa_class", "changed", "entries"),
    [
        ("F-1", ["us_address"], [("PersonalInfo", HOME), ("Dependent Edit", HOME)]),
        ("J-1", ["us_address"], [("Biographical", HOME), ("Dependent Edit", HOME)]),
        ("F-1", ["foreign_address"], [("PersonalInfo", ABROAD)]),
        ("J-1", ["foreign_address"], NOTHING),
        (
            "F-1",
            ["contact"],
            [
                (
                    "PersonalInfo",
                    {
                        "E-mail": "new.address@demo.example",
                        "No phone (TelephoneExemptInd)": "N",
                        "US phone": "6175550142",
                        "Phone abroad": "+221 33 000 0002",
                    },
                )
            ],
        ),
        (
            "J-1",
            ["contact"],
            [
                (
                    "Biographical",
                    {"E-mail": "new.address@demo.example", "US phone": "6175550142"},
                )
            ],
        ),
        ("F-1", ["emergency"], NOTHING),
    ],
)
def test_what_is_keyed_into_sevis(monday, visa_class, changed, entries):
    facts = replace(STUDENT, visa_class=visa_class, dependents=(SPOUSE,))
    cleaned = cleaned_of(KEY, answers(changed=changed), facts, TODAY)
    found = values_of(get_type(KEY).sevis_entries(cleaned, facts))
    for event, values in found:
        if event == "Dependent Edit":
            assert values.pop("Dependent") == "Moussa Ndiaye N0031004418"
    assert found == entries


@pytest.mark.parametrize(
    ("visa_class", "due"), [("F-1", date(2026, 10, 26)), ("J-1", date(2026, 10, 19))]
)
def test_when_sevis_must_know(office, visa_class, due):
    facts = replace(STUDENT, visa_class=visa_class)
    count = office_calendar().add_business_days
    assert get_type(KEY).sevis_due({}, facts, TODAY, count) == due


def test_a_move_from_the_line_that_is_wrong_to_the_new_record(client, office):
    record = factories.make_student(us_address_line1="48 Linden Street")
    record.dependents.create(family_name="Okoye", given_name="Ada", relation="spouse")
    client.force_login(record.user)

    client.post(reverse("portal_start", args=[KEY]), {"start_key": "x", "about": "us_address"})
    draft = StudentRequest.objects.get()
    assert draft.answers["changed"] == ["us_address"]
    typed = factories.answers_for(KEY, record)
    for page in ("changed", "home"):
        client.post(reverse("portal_page", args=[draft.reference, page]), typed)
    client.post(
        reverse("portal_check", args=[draft.reference]),
        {"revision": "0", "attestations": factories.everything_attested(draft)},
    )
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_completion_keeps_the_evidence_of_the_days(office, monday):
    record = factories.make_student(us_address_line1="48 Linden Street")
    spouse = record.dependents.create(family_name="Okoye", given_name="Ada", relation="spouse")
    advisor = factories.make_staff()
    made = factories.make_request(record, KEY, "approved", advisor, family_moves="no")
    assert made.sevis_due_on == date(2026, 10, 26)
    monday.shift(timedelta(days=1))
    actor = Actor.for_user(advisor)
    perform(factories.record_in_sevis(made, actor), "complete", actor)

    row = record.reported_addresses.get()
    assert (row.kind, row.line1, row.valid_from, row.reported_on, row.sent_to_sevis_on) == (
        "us_address",
        "415 South Street Apt 2B",
        date(2026, 10, 2),
        TODAY,
        date(2026, 10, 6),
    )
    record.refresh_from_db()
    spouse.refresh_from_db()
    assert (record.us_address_line1, spouse.lives_elsewhere) == (
        "415 South Street Apt 2B",
        "48 Linden Street",
    )
    assert set(RecordChange.objects.values_list("field", flat=True)) == {
        "reportedaddress",
        "us_address_line1",
        "us_address_city",
        "us_address_state",
        "us_address_postal_code",
        "dependent",
    }


def test_an_emergency_contact_leaves_nothing_for_sevis(office, monday):
    record = factories.make_student()
    advisor = factories.make_staff()

    made = factories.make_request(record, KEY, "in_review", advisor, changed=["emergency"])
    made = perform(made, "approve", Actor.for_user(advisor))

    assert (made.state, made.sevis_due_on, made.recorded_on) == ("completed", None, None)
    assert list(to_record(advisor)) == []
    record.refresh_from_db()
    assert record.emergency_name == made.answers["emergency_name"]


def completed_later(record, advisor, monday, moves):
    """Send a report for each (day moved, street), then complete them from last to first."""
    made = []
    for moved_on, street in moves:
        made.append(
            factories.make_request(
                record, KEY, "approved", advisor, moved_on=moved_on, us_street=street
            )
        )
        monday.shift(timedelta(days=1))
    actor = Actor.for_user(advisor)
    for each in reversed(made):
        perform(factories.record_in_sevis(each, actor), "complete", actor)
    record.refresh_from_db()


def test_an_earlier_report_completed_later_does_not_bring_back_the_old_address(office, monday):
    record = factories.make_student()
    moves = [("2026-09-20", "1 First Street"), ("2026-10-02", "2 Second Street")]
    completed_later(record, factories.make_staff(), monday, moves)

    assert record.us_address_line1 == "2 Second Street"
    assert sorted(record.reported_addresses.values_list("line1", flat=True)) == [
        "1 First Street",
        "2 Second Street",
    ]


def test_a_report_that_corrects_the_day_of_the_one_before_counts(office, monday):
    record = factories.make_student()
    moves = [("2026-10-30", "1 First Street"), ("2026-09-30", "2 Second Street")]
    completed_later(record, factories.make_staff(), monday, moves)

    assert record.us_address_line1 == "2 Second Street"


def test_family_who_stays_does_not_move_with_a_record_that_moved_before(monday):
    said = factories.answers_for(KEY, None, family_moves="no")
    home = {
        "line1": "415 South Street Apt 2B",
        "city": "Example City",
        "state": "MA",
        "postal_code": "02139",
    }
    moved = replace(STUDENT, dependents=(SPOUSE,), us_address=home | {"line1": "48 Linden Street"})
    cleaned = cleaned_of(KEY, said, moved, TODAY)
    moved = replace(moved, us_address={**home, **_home_of(cleaned)})

    assert [
        each
        for each in get_type(KEY).effects(cleaned, moved, TODAY)
        if isinstance(each, ChangeDependents)
    ] == []


def _home_of(cleaned):
    return {
        "line1": cleaned["us_street"],
        "city": cleaned["us_city"],
        "state": cleaned["us_state"],
        "postal_code": cleaned["us_postal_code"],
    }


@pytest.mark.parametrize(
    "street", ["Post Office Box 12", "P.O.B. 12", "POB 12", "PO Box 12", "p. o. box 12"]
)
def test_a_post_office_box_is_no_home_however_it_is_written(monday, street):
    found = errors_of(
        KEY, "home", factories.answers_for(KEY, None, us_street=street), STUDENT, TODAY
    )

    assert found == {
        "us_street": [
            "A post office box is not a place where someone lives or works. Enter the street."
        ]
    }


def test_digits_of_another_script_are_refused_where_sevis_takes_none(monday):
    said = factories.answers_for(KEY, None, us_postal_code="٠٢١٣٩")

    assert errors_of(KEY, "home", said, STUDENT, TODAY) == {
        "us_postal_code": ["Enter the five digits of the ZIP code."]
    }
