"""The first I-20 or DS-2019: who may ask, what each situation asks, what is keyed and written."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.registry import get_type
from isso.requests.rules.admission import category_of
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.answers.initial_i20 import family

from .asking import bound, cleaned_of, errors_of, panel_of, priced, values_of, verdict_of

KEY = "initial_i20"
TYPE = get_type(KEY)
SLUGS = ("home", "biographical", "dependents")
TODAY = date(2026, 10, 5)
ADMITTED = RecordFacts(
    visa_class="none",
    stage="pre_arrival",
    citizenship_country="India",
    education_level="05",
    major="Civil Engineering",
    cip_code="14.0801",
    program_start=date(2027, 1, 19),
    program_end=date(2028, 12, 15),
    deposit_paid_on=date(2026, 9, 20),
)


@pytest.mark.parametrize("key", ["initial_i20", "transfer_in"])
@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, (Standing.OPEN, date(2027, 1, 5), "")),
        (
            {"stage": "continuing"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people who are admitted and have not arrived yet.",
            ),
        ),
        (
            {"exchange_category": "08"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for students. For visiting scholars the department asks.",
            ),
        ),
        (
            {"citizenship_country": "United States"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "Your record says that you are a citizen of the United States. You need no form.",
            ),
        ),
        (
            {"sevis_status": "initial"},
            (
                Standing.NOT_FOR_YOU,
                None,
                "We issued your first form already. You find it among your documents.",
            ),
        ),
        # Who comes back after a break has an old record that has ended.
        ({"sevis_status": "completed"}, (Standing.OPEN, date(2027, 1, 5), "")),
        (
            {"deposit_paid_on": None},
            (Standing.NEEDS, None, "We have no note of your enrollment deposit yet."),
        ),
        (
            {"program_end": None},
            (
                Standing.NEEDS,
                None,
                "Your record has no program with a first and last day yet.",
            ),
        ),
        (
            {"program_start": date(2026, 10, 18)},
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. Your program starts on October 18, 2026, and "
                "the form takes time. Ask us about a later start.",
            ),
        ),
    ],
)
def test_who_may_ask(key, changes, expected):
    assert verdict_of(key, replace(ADMITTED, **changes), TODAY) == expected


def asked(slug, situation, visa_class="F-1", **changes):
    """Return the names that a page asks for, the hidden ones left out."""
    said = {"situation": situation, "visa_class": visa_class} | changes
    form = bound(KEY, slug, said, ADMITTED, TODAY)
    return set(form.fields) - form.unasked


ALWAYS = {"situation", "visa_class"}
TRANSFER = {
    *("present_class", "current_school", "current_school_code", "contact_name", "contact_email"),
    *("on_opt", "last_attended", "release_on", "travels", "current_sevis_id", "i94_number"),
}


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ("", set()),
        ("abroad", set()),
        ("transfer", TRANSFER),
        ("change", {"present_status", "status_until", "how_to_change", "i94_number"}),
        (
            "level",
            {"present_program", "present_program_end", "current_sevis_id", "i94_number"},
        ),
        ("return", {"old_sevis_id", "left_on"}),
    ],
)
@pytest.mark.parametrize(("visa_class", "more"), [("F-1", set()), ("J-1", {"exchange_basis"})])
def test_each_situation_asks_only_what_it_needs(situation, expected, visa_class, more):
    assert asked("home", situation, visa_class) == ALWAYS | expected | more


@pytest.mark.parametrize(
    ("changes", "more"),
    [({"on_opt": "yes"}, {"opt_end"}), ({"present_class": "J-1"}, {"same_purpose"})],
)
def test_one_answer_about_a_transfer_leads_to_another(changes, more):
    assert asked("home", "transfer", **changes) - asked("home", "transfer") == more
    # Of somebody who comes from abroad nothing that was once typed counts.
    assert asked("home", "abroad", **changes) == asked("home", "abroad")


NEW = {"been_before"}
EXCHANGE = {"residence_country", "position_code", "exchange_before"}
US_ADDRESS = {"us_street", "us_city", "us_state", "us_postal_code"}
PERSON = {
    *("family_name", "given_name", "passport_name", "preferred_name", "suffix", "birth_date"),
    *("sex", "birth_city", "birth_country", "citizenship_country", "foreign_line1"),
    *("foreign_line2", "foreign_city", "foreign_province", "foreign_postal_code"),
    *("foreign_country", "email", "foreign_phone", "has_us_address", "passport_number"),
    *("passport_country", "passport_expiry"),
}


@pytest.mark.parametrize(
    ("situation", "visa_class", "changes", "more"),
    [
        ("abroad", "F-1", {}, NEW),
        ("change", "F-1", {}, NEW),
        ("transfer", "F-1", {}, set()),
        ("level", "F-1", {}, set()),
        ("return", "F-1", {}, set()),
        ("abroad", "J-1", {}, NEW | EXCHANGE),
        ("level", "J-1", {}, EXCHANGE),
        ("abroad", "F-1", {"been_before": "yes"}, {*NEW, "earlier_stays", "earlier_sevis_id"}),
        ("level", "J-1", {"exchange_before": "yes"}, EXCHANGE | {"exchange_stays"}),
        ("level", "F-1", {"has_us_address": "yes"}, US_ADDRESS),
    ],
)
def test_who_is_asked_what_about_the_person(situation, visa_class, changes, more):
    assert asked("biographical", situation, visa_class, **changes) == PERSON | more


@pytest.mark.parametrize(
    ("situation", "expected"),
    [
        ("abroad", set()),
        ("transfer", {"old_form", "transfer_form", "i94", "visa_page"}),
        ("change", {"i94", "visa_page", "status_proof"}),
        ("level", {"old_form", "i94", "visa_page"}),
        ("return", {"old_form"}),
    ],
)
def test_each_situation_asks_for_its_papers(situation, expected):
    page = TYPE.page("biographical")
    found = {slot.name for slot in page.slots if slot.is_asked({"situation": situation})}
    assert found == {"passport", "admission_letter"} | expected


def errors_in(slug, **changes):
    said = factories.answers_for(KEY, ADMITTED) | changes
    return errors_of(KEY, slug, said, ADMITTED, TODAY)


REQUIRED = "This field is required."
CHANGE = {
    **{"situation": "change", "present_status": "H-4", "status_until": ""},
    **{"how_to_change": "petition", "i94_number": "482910047A3"},
}
LEVEL = {
    **{"situation": "level", "present_program": "English", "present_program_end": "2026-12-18"},
    **{"current_sevis_id": "N0034112098", "i94_number": "482910047A3"},
}
RETURN = {"situation": "return", "old_sevis_id": "N0030000001", "left_on": "2025-05-15"}
EXCHANGE_STUDENT = {"visa_class": "J-1", "exchange_basis": "agreement"}


@pytest.mark.parametrize("changes", [{}, CHANGE, LEVEL, RETURN, EXCHANGE_STUDENT])
def test_good_answers_pass(monday, changes):
    assert {slug: errors_in(slug, **changes) for slug in SLUGS} == {slug: {} for slug in SLUGS}


ENDED = "A status can be changed only while it lasts. If it has ended, come from abroad."
GAP = "The next program begins within five months of the last. Speak with our office."


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"situation": ""}, "situation", REQUIRED),
        ({"visa_class": ""}, "visa_class", REQUIRED),
        (
            {"visa_class": "none"},
            "visa_class",
            "Then you need no I-20 or DS-2019. Write to us, and we correct your record.",
        ),
        ({"visa_class": "J-1", "exchange_basis": ""}, "exchange_basis", REQUIRED),
        (
            {"visa_class": "J-1", "exchange_basis": "neither"},
            "exchange_basis",
            "J-1 is for students with an exchange agreement or with money that is mostly not their "
            "own. Choose F-1 above.",
        ),
        (CHANGE | {"present_status": ""}, "present_status", REQUIRED),
        (
            CHANGE | {"status_until": "2026-10-04"},
            "status_until",
            f"Choose October 5, 2026 or a later day. {ENDED}",
        ),
        (CHANGE | {"how_to_change": ""}, "how_to_change", REQUIRED),
        (
            CHANGE | {"i94_number": "1234"},
            "i94_number",
            "Enter the 11 characters of the I-94 number.",
        ),
        (
            LEVEL | {"present_program_end": "2026-08-18"},
            "present_program_end",
            f"Choose August 19, 2026 or a later day. {GAP}",
        ),
        (
            LEVEL | {"present_program_end": "2027-01-20"},
            "present_program_end",
            "Choose January 19, 2027 or an earlier day. Your new program starts on January 19, "
            "2027.",
        ),
        (
            LEVEL | {"current_sevis_id": "34112098"},
            "current_sevis_id",
            "A SEVIS ID is the letter N and ten digits, for example N0012345678.",
        ),
        (RETURN | {"old_sevis_id": ""}, "old_sevis_id", REQUIRED),
        (
            RETURN | {"left_on": "2026-10-06"},
            "left_on",
            "Choose October 5, 2026 or an earlier day.",
        ),
    ],
)
def test_what_is_wrong_about_the_situation_has_its_sentence(monday, changes, name, sentence):
    assert errors_in("home", **changes) == {name: [sentence]}


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"family_name": ""}, "family_name", REQUIRED),
        ({"family_name": "Mehta 2"}, "family_name", "A name has no digits."),
        (
            {"passport_name": "M" * 40},
            "passport_name",
            "Ensure this value has at most 39 characters (it has 40).",
        ),
        (
            {"birth_date": "2011-10-06"},
            "birth_date",
            "Choose October 5, 2011 or an earlier day.",
        ),
        (
            {"birth_date": "1946-10-04"},
            "birth_date",
            "Choose October 5, 1946 or a later day. Compare it with your passport.",
        ),
        (
            {"citizenship_country": "United States"},
            "citizenship_country",
            "Select a valid choice. United States is not one of the available choices.",
        ),
        ({"foreign_country": ""}, "foreign_country", REQUIRED),
        ({"email": "arjun"}, "email", "Enter an address such as name@example.edu."),
        (
            {"passport_expiry": "2027-01-18"},
            "passport_expiry",
            "Choose January 19, 2027 or a later day. Renew it first: a visa goes into a passport "
            "that is still valid.",
        ),
        ({"been_before": ""}, "been_before", REQUIRED),
        (
            {"been_before": "yes", "earlier_stays": ""},
            "earlier_stays",
            REQUIRED,
        ),
        (EXCHANGE_STUDENT | {"position_code": ""}, "position_code", REQUIRED),
        (EXCHANGE_STUDENT | {"residence_country": ""}, "residence_country", REQUIRED),
    ],
)
def test_what_is_wrong_about_the_person_has_its_sentence(monday, changes, name, sentence):
    assert errors_in("biographical", **changes) == {name: [sentence]}


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": ""},
        {"birth_date": "2011-10-05"},
        {"birth_date": "1946-10-05"},
        {"birth_country": "Soviet Union"},
        {"passport_expiry": "2027-01-19"},
        {"been_before": "yes", "earlier_stays": "J-1, 2019", "earlier_sevis_id": ""},
    ],
)
def test_what_is_unusual_and_right_passes(monday, changes):
    assert errors_in("biographical", **changes) == {}


TWICE = "This is you, or somebody who is named or on your record already."


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"dependent_count": ""}, "dependent_count", REQUIRED),
        (
            family("Ada", "Bo", dependent_2_is_unmarried="no"),
            "dependent_2_is_unmarried",
            "Only unmarried children get a form. Speak with us.",
        ),
        (family("Ada", "Bo", dependent_2_is_unmarried=""), "dependent_2_is_unmarried", REQUIRED),
        (
            family("Ada", "Bo", dependent_2_relation="spouse", dependent_2_birth_date="2000-01-01"),
            "dependent_2_relation",
            "Only one person can be your spouse.",
        ),
        (
            family("Ada", "Bo", dependent_2_birth_date="2006-01-19"),
            "dependent_2_birth_date",
            "A child gets a form until the day before the 21st birthday. This child turns 21 on "
            "January 19, 2027, before your program has begun.",
        ),
        (
            family("Ada", "Bo", dependent_2_birth_date="2026-10-06"),
            "dependent_2_birth_date",
            "This day has not come yet.",
        ),
        (
            family("Ada", dependent_1_birth_date="2014-01-01"),
            "dependent_1_birth_date",
            "Compare it with the passport of your spouse.",
        ),
        (family("Ada", "Bo", "bo"), "dependent_3_birth_date", TWICE),
        (family("Arjun", dependent_1_birth_date="2002-12-11"), "dependent_1_birth_date", TWICE),
        (family("Ada", dependent_1_in_the_us="yes"), "dependent_1_i94_number", REQUIRED),
        (
            family("Ada", dependent_1_given_name="R2"),
            "dependent_1_given_name",
            "A name has no digits.",
        ),
    ],
)
def test_what_is_wrong_about_the_family_has_its_sentence(monday, changes, name, sentence):
    assert errors_in("dependents", **changes) == {name: [sentence]}


def test_a_child_who_turns_21_the_day_after_the_start_gets_a_form(monday):
    family_of_two = family("Ada", "Bo", dependent_2_birth_date="2006-01-20")
    assert errors_in("dependents", **family_of_two) == {}


def test_who_is_on_the_record_is_not_named_again(monday):
    known = FamilyMember(7, "Ada Mehta", "spouse", date(2001, 3, 4))
    facts = replace(ADMITTED, dependents=(known,))
    said = factories.answers_for(KEY, facts) | family("Ada")
    assert errors_of(KEY, "dependents", said, facts, TODAY) == {"dependent_1_birth_date": [TWICE]}


def test_only_j1_families_say_how_they_come():
    said = family("Ada") | {"visa_class": "F-1"}
    form = bound(KEY, "dependents", said, ADMITTED, TODAY)
    assert "dependent_1_form_purpose" not in form.fields
    form = bound(KEY, "dependents", said | {"visa_class": "J-1"}, ADMITTED, TODAY)
    assert "dependent_1_form_purpose" in form.fields


@pytest.mark.parametrize(
    ("answers", "key"),
    [
        ({}, "initial_i20"),
        ({"situation": "abroad"}, "initial_i20"),
        ({"situation": "level"}, "initial_i20"),
        ({"situation": "transfer"}, "transfer_in"),
    ],
)
def test_what_the_request_becomes(answers, key):
    assert TYPE.becomes(answers) == key


def entries_of(**changes):
    said = factories.answers_for(KEY, ADMITTED) | changes
    cleaned = cleaned_of(KEY, said, ADMITTED, TODAY)
    return values_of(TYPE.sevis_entries(cleaned, priced(KEY, ADMITTED)))


NAMES = {
    "Last name": "Mehta",
    "First name": "Arjun",
    "Passport name": "MEHTA<<ARJUN",
    "Preferred name": "",
    "Suffix": "",
    "Date of birth": "12/11/2002",
    "Sex": "M",
    "City of birth": "Pune",
    "Country of birth (code)": "IN",
    "Country of citizenship (code)": "IN",
    "E-mail": "arjun@school.example",
}
ABROAD = {
    "Address abroad: street": "14 MG Road",
    "Address abroad: second line": "",
    "Address abroad: city": "Pune",
    "Address abroad: province": "Maharashtra",
    "Address abroad: postal code": "411001",
    "Address abroad: country code": "IN",
}
PROGRAM = {
    "Level": "05 Master's degree",
    "Major": "14.0801 Civil Engineering",
    "Second major": "00.0000",
    "Minor": "00.0000",
    "Initial session start date": "01/19/2027",
    "Program start date": "01/19/2027",
    "Program end date": "12/15/2028",
    "Length of study": "23",
    "English required": "Y",
    "English requirement met": "see the admission letter",
}


@pytest.mark.parametrize(
    ("changes", "reason"),
    [({}, "I"), (RETURN, "I"), (CHANGE, "S"), (CHANGE | {"how_to_change": "travel"}, "I")],
)
def test_what_is_keyed_for_a_new_f1_record(monday, changes, reason):
    assert without_money(entries_of(**changes)) == [
        (
            "CreateStudent",
            NAMES
            | {
                "Visa type (01 is F-1)": "01",
                "Phone": "+91 20 5550 1234",
                "Issue reason (I initial, S status)": reason,
            }
            | ABROAD
            | PROGRAM,
        )
    ]


def test_what_is_keyed_for_an_exchange_student_with_a_spouse_who_follows(monday):
    family_of_one = family("Ada", dependent_1_form_purpose="08")
    assert without_money(entries_of(**EXCHANGE_STUDENT, **family_of_one)) == [
        (
            "CreateEV",
            NAMES
            | {
                "Country of permanent residence (code)": "IN",
                "Position code": "214",
                "Category": "1D",
                "Subject": "14.0801 Civil Engineering",
                "Subject, in more words": "",
                "Program begin date": "01/19/2027",
                "Program end date": "12/15/2028",
            },
        ),
        (
            "CreateDependent",
            {
                "Relationship (01 spouse, 02 child)": "01",
                **NAMES,
                "First name": "Ada",
                "Passport name": "MEHTA<<ADA",
                "Date of birth": "03/04/2001",
                "Sex": "F",
                "E-mail": "",
                "Form purpose (06 begin, 08 join)": "08",
            },
        ),
    ]


def test_what_is_keyed_for_the_next_level_of_a_present_record(monday):
    assert without_money(entries_of(**LEVEL)) == [
        ("EducationLevel Change", {"SEVIS ID": "N0034112098"} | PROGRAM)
    ]
    assert without_money(entries_of(**LEVEL, **EXCHANGE_STUDENT)) == [
        (
            "Program Matriculate",
            {
                "SEVIS ID": "N0034112098",
                "New program end date": "12/15/2028",
                "Matriculation": "M",
                "Subject": "14.0801 Civil Engineering",
            },
        )
    ]


def without_money(entries):
    """Leave out what the costs and sources of money add; their own tests state it."""
    return [(event, values) for event, values in entries if event != "FinancialInfo"]


@pytest.mark.parametrize(
    ("level", "category"), [("04", "1E"), ("05", "1D"), ("06", "1C"), ("07", "1F"), ("11", "1F")]
)
def test_the_category_of_an_exchange_student_follows_the_level(level, category):
    assert category_of(level) == category


def test_the_panel_shows_the_program_and_what_needs_attention():
    assert panel_of(KEY, {"passport_expiry": "2027-07-18"}, ADMITTED, TODAY) == [
        ("Your program", "Master's degree, Civil Engineering", ""),
        ("It starts on", "January 19, 2027", ""),
        ("It ends on", "December 15, 2028", ""),
        ("Complete this request by", "January 5, 2027", ""),
        ("You may enter from", "December 20, 2026", ""),
        ("Passport", "Renew it: it expires too soon", "warn"),
    ]
    assert panel_of(KEY, {}, replace(ADMITTED, program_end=None), TODAY) == []
