"""Adding a family member: who may, what is refused, and the record after."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from isso.requests.effects import AddDependent, IssueForm, StateFunding
from isso.requests.models import StudentRequest
from isso.requests.recording import write_effects
from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.tests import factories

from .asking import bound, cleaned_of, errors_of, values_of, verdict_of

KEY = "dependent_add"
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(visa_class="F-1", sevis_status="active")
SCHOLAR = replace(STUDENT, visa_class="J-1")
SPOUSE = FamilyMember(7, "Moussa Ndiaye", "spouse", date(1999, 11, 2), "N0031004418")
CHILD = {"relation": "child", "is_unmarried": "yes", "birth_date": "2020-05-01"}


def answers(**changes):
    return factories.answers_for(KEY, SimpleNamespace(email="a@b.example")) | changes


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.OPEN),
        ({"visa_class": "J-1"}, Standing.OPEN),
        ({"sevis_status": "initial"}, Standing.OPEN),
        ({"dependents": (SPOUSE,)}, Standing.OPEN),
        ({"visa_class": "F-2"}, Standing.NOT_FOR_YOU),
        ({"visa_class": "M-1"}, Standing.NOT_FOR_YOU),
        ({"sevis_status": "terminated"}, Standing.NEEDS),
        ({"dependents": (SPOUSE,) * 25}, Standing.NEEDS),
    ],
)
def test_who_may_ask(changes, standing):
    assert verdict_of(KEY, replace(STUDENT, **changes), TODAY)[0] == standing


UNDER_21 = "A child gets a form until the day before the 21st birthday."


@pytest.mark.parametrize(
    ("slug", "changes", "field", "sentence"),
    [
        (
            "person",
            CHILD | {"is_unmarried": "no"},
            "is_unmarried",
            "Only unmarried children get a form. Speak with our office.",
        ),
        ("person", CHILD | {"is_unmarried": ""}, "is_unmarried", "Answer this question."),
        ("person", {"family_name": ""}, "family_name", "This field is required."),
        ("person", {"given_name": "R2D2"}, "given_name", "A name has no digits."),
        (
            "person",
            {"passport_name": "N" * 40},
            "passport_name",
            "Ensure this value has at most 39 characters (it has 40).",
        ),
        (
            "birth",
            CHILD | {"birth_date": "2005-10-05"},
            "birth_date",
            f"Choose October 6, 2005 or a later day. {UNDER_21}",
        ),
        (
            "birth",
            CHILD | {"birth_date": "2026-10-06"},
            "birth_date",
            "Choose October 5, 2026 or an earlier day.",
        ),
        (
            "birth",
            {"birth_date": "2015-01-01"},
            "birth_date",
            "Choose October 5, 2012 or an earlier day.",
        ),
        (
            "birth",
            {"citizenship_country": "United States"},
            "citizenship_country",
            "Select a valid choice. United States is not one of the available choices.",
        ),
        (
            "birth",
            {"sex": "X"},
            "sex",
            "Select a valid choice. X is not one of the available choices.",
        ),
        ("stay", {"arrives_on": ""}, "arrives_on", "Answer this question."),
        (
            "stay",
            {"arrives_on": "2026-10-04"},
            "arrives_on",
            "Choose October 5, 2026 or a later day.",
        ),
        ("stay", {"in_the_us": "yes"}, "i94_number", "Answer this question."),
        (
            "stay",
            {"in_the_us": "yes", "i94_number": "12345"},
            "i94_number",
            "Enter the 11 characters of the I-94 number.",
        ),
        (
            "stay",
            {
                "same_address": "no",
                "own_street": "PO Box 5",
                "own_city": "Example City",
                "own_state": "MA",
                "own_postal_code": "02139",
            },
            "own_street",
            "A post office box is not a place where someone lives or works. Enter the street.",
        ),
        (
            "money",
            {"amount": "9999"},
            "amount",
            "Show at least $10,000. With less we cannot issue the form.",
        ),
        (
            "money",
            {"relation": "child", "amount": "5999"},
            "amount",
            "Show at least $6,000. With less we cannot issue the form.",
        ),
    ],
)
def test_what_is_refused_says_so_at_its_field(monday, slug, changes, field, sentence):
    found = errors_of(KEY, slug, answers(**changes), STUDENT, TODAY)
    assert {name: " ".join(said) for name, said in found.items()} == {field: sentence}


def test_a_spouse_is_not_added_beside_another(monday):
    facts = replace(STUDENT, dependents=(SPOUSE,))
    assert errors_of(KEY, "person", answers(), facts, TODAY) == {
        "relation": ["Your record has a spouse already. Tell us first that the marriage ended."]
    }


def test_nobody_is_added_twice(monday):
    facts = replace(STUDENT, dependents=(SPOUSE._replace(relation="child"),))
    assert errors_of(KEY, "birth", answers(), facts, TODAY) == {
        "birth_date": ["This person is on your record already."]
    }


def test_a_scholar_s_family_is_insured(monday):
    assert errors_of(KEY, "stay", answers(health_insurance="no"), SCHOLAR, TODAY) == {
        "health_insurance": [
            "J-2 people must be insured (22 CFR 62.14). Buy insurance first, then ask."
        ]
    }
    asked = set(bound(KEY, "stay", answers(), STUDENT, TODAY).fields)
    assert asked.isdisjoint({"health_insurance", "form_purpose"})


@pytest.mark.parametrize(
    "changes",
    [
        {"given_name": "", "passport_name": ""},
        CHILD,
        CHILD | {"birth_date": "2005-10-06", "arrives_on": "2026-10-05"},
        CHILD | {"birth_date": "2026-10-05"},
        {"birth_country": "Soviet Union", "citizenship_country": "Stateless"},
        {"family_name": "عبد الله"},
    ],
)
def test_what_is_unusual_and_right_passes(monday, changes):
    cleaned_of(KEY, answers(**changes), STUDENT, TODAY)


def test_changing_the_amount_changes_only_the_money(monday):
    wrong = errors_of(KEY, "money", answers(), STUDENT, TODAY, spouse_amount=12_001)
    assert wrong == {"amount": ["Show at least $12,001. With less we cannot issue the form."]}
    assert verdict_of(KEY, STUDENT, TODAY, spouse_amount=12_001)[0] == Standing.OPEN


@pytest.mark.parametrize(
    ("said", "purpose"),
    [
        ({}, ""),
        ({"family_name": "Sarr"}, ""),
        ({"family_name": "Sarr", "birth_date": "2020-05-01"}, "sarr||2020-05-01"),
        # There is one spouse, however the name is written.
        (
            {"relation": "spouse", "family_name": "Sarr", "birth_date": "1999-05-01"},
            "spouse",
        ),
    ],
)
def test_each_person_is_a_request_of_its_own(said, purpose):
    assert get_type(KEY).purpose(said) == purpose


@pytest.mark.parametrize(("facts", "visa"), [(STUDENT, "F-2"), (SCHOLAR, "J-2")])
def test_completion_adds_the_person_the_money_and_the_form(monday, facts, visa):
    cleaned = cleaned_of(KEY, answers(), facts, TODAY)
    assert get_type(KEY).effects(cleaned, facts, TODAY) == [
        AddDependent(
            {
                "family_name": "Ndiaye",
                "given_name": "Moussa",
                "passport_name": "NDIAYE<<MOUSSA",
                "preferred_name": "",
                "suffix": "",
                "relation": "spouse",
                "birth_date": date(1999, 11, 2),
                "birth_city": "Thiès",
                "birth_country": "Senegal",
                "citizenship_country": "Senegal",
                "sex": "M",
                "email": "",
                "arrives_on": date(2026, 12, 4),
                "visa_class": visa,
                "sevis_status": "initial",
                "is_in_the_us": False,
                "lives_elsewhere": "",
            }
        ),
        StateFunding({"dependents_cost": 12000, "personal": 12000}, is_addition=True),
        IssueForm("dependent", for_person=False, for_added=True),
    ]


PERSON = {
    "Relationship (01 spouse, 02 child)": "01",
    "Last name": "Ndiaye",
    "First name": "Moussa",
    "Passport name": "NDIAYE<<MOUSSA",
    "Preferred name": "",
    "Suffix": "",
    "Date of birth": "11/02/1999",
    "Sex": "M",
    "City of birth": "Thiès",
    "Country of birth (code)": "SG",
    "Country of citizenship (code)": "SG",
    "E-mail": "",
}


@pytest.mark.parametrize(
    ("facts", "own"),
    [
        (STUDENT, {"Visa type (04 is F-2)": "04", "US phone": ""}),
        (SCHOLAR, {"Form purpose (06 begin, 08 join)": "08"}),
    ],
)
def test_what_is_keyed_into_sevis(monday, facts, own):
    cleaned = cleaned_of(KEY, answers(), facts, TODAY)
    assert values_of(get_type(KEY).sevis_entries(cleaned, facts)) == [
        ("Dependent Add", PERSON | own),
        (
            "FinancialInfo",
            {
                "Expenses: dependents, plus": "12000",
                "Means: personal funds, plus": "12000",
            },
        ),
    ]


def rows_of(record):
    funding = record.funding.first()
    return (
        [
            (each.full_name if hasattr(each, "full_name") else str(each), each.visa_class)
            for each in record.dependents.all()
        ],
        [
            (form.kind, form.reason, form.dependent and str(form.dependent), form.sevis_id)
            for form in record.issued_forms.all()
        ],
        (funding.dependents_cost, funding.personal, funding.total_cost, funding.total_means),
    )


def test_the_record_before_and_after(office):
    record = factories.make_student()
    record.funding.create(as_of=TODAY, months=12, tuition=30_000, personal=30_000)
    assert rows_of(record) == ([], [], (0, 30_000, 30_000, 30_000))

    made = factories.make_request(record, KEY, "completed", factories.make_staff())

    after = (
        [("Moussa Ndiaye", "F-2")],
        [("I-20", "dependent", "Moussa Ndiaye", "")],
        (12_000, 42_000, 42_000, 42_000),
    )
    assert rows_of(record) == after
    assert StudentRequest.objects.get().state == "completed"

    # Every effect once, however often it runs.
    facts = replace(STUDENT)
    declared = get_type(KEY).effects(cleaned_of(KEY, answers(), facts, TODAY), facts, TODAY)
    write_effects(made, declared, by=None, today=TODAY)
    assert rows_of(record) == after


def test_two_children_are_two_requests(office):
    record = factories.make_student()
    made = [
        factories.make_request(record, KEY, "submitted", **{"given_name": name} | CHILD)
        for name in ("Awa", "Binta")
    ]
    assert [each.purpose for each in made] == [
        "ndiaye|awa|2020-05-01",
        "ndiaye|binta|2020-05-01",
    ]


BORN = {"relation": "child", "is_unmarried": "yes", "birth_date": "2005-12-04"}


@pytest.mark.parametrize(
    ("arrives_on", "errors"),
    [
        ("2026-12-03", {}),
        (
            "2026-12-04",
            {
                "arrives_on": [
                    "Your child turns 21 on December 4, 2026. The form ends on that day, so the "
                    "arrival must come before."
                ]
            },
        ),
    ],
)
def test_a_child_arrives_before_the_21st_birthday(monday, arrives_on, errors):
    said = answers(**BORN, arrives_on=arrives_on)

    assert errors_of(KEY, "birth", said, STUDENT, TODAY) == {}
    assert errors_of(KEY, "stay", said, STUDENT, TODAY) == errors


@pytest.mark.parametrize(
    ("born", "passes"),
    [("2004-02-28", False), ("2004-02-29", False), ("2004-03-01", True)],
)
def test_who_was_born_on_february_29_turns_21_on_the_day_the_rules_say(monday, born, passes):
    said = answers(**BORN | {"birth_date": born})
    found = errors_of(KEY, "birth", said, STUDENT, date(2025, 2, 28))

    assert ("birth_date" not in found) == passes
