"""Change of funding: who may ask, which money counts, and what the form and SEVIS show."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import IssueForm, StateFunding
from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.requests.type_forms.funding_change import ALL_COSTS, ALL_MEANS
from isso.tests import factories

from .asking import bound, cleaned_of, errors_of, panel_of, values_of, verdict_of

KEY = "funding_change"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(visa_class="F-1", sevis_status="active", program_end=date(2027, 5, 15))
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D")
SPOUSE = FamilyMember(7, "Moussa Ndiaye", "spouse")
FAMILY = replace(STUDENT, dependents=(SPOUSE,))


@pytest.mark.parametrize(
    ("changes", "standing", "reason"),
    [
        ({}, Standing.OPEN, ""),
        ({"visa_class": "J-1", "exchange_category": "08"}, Standing.OPEN, ""),
        ({"sevis_status": "initial"}, Standing.OPEN, ""),
        ({"stage": "graduated"}, Standing.OPEN, ""),
        (
            {"visa_class": "J-2"},
            Standing.NOT_FOR_YOU,
            "This request is for people in F-1 or J-1 status. Your record says J-2.",
        ),
        (
            {"sevis_status": "completed"},
            Standing.NEEDS,
            "Your SEVIS record must be Initial or Active. It is Completed. Write to us if this is "
            "wrong.",
        ),
    ],
)
def test_who_may_ask(changes, standing, reason):
    assert verdict_of(KEY, replace(STUDENT, **changes), TODAY) == (standing, None, reason)


def answers(facts=STUDENT, **changes):
    return factories.answers_for(KEY, facts) | changes


ANSWER = "Answer this question."
YEAR = "A form shows the year that runs or the next one."
SHORT = (
    "Your costs come to $45,000 and your money to $44,999: $1 are missing. Add a source or correct "
    "an amount."
)
BAD = [
    ("period", STUDENT, {}, {}),
    ("period", STUDENT, {"months": "13"}, {
        "months": "Select a valid choice. 13 is not one of the available choices."
    }),
    ("period", STUDENT, {"covers_from": "2025-10-05"}, {}),
    ("period", STUDENT, {"covers_from": "2025-10-04"}, {
        "covers_from": f"Choose October 5, 2025 or a later day. {YEAR}"
    }),
    ("period", STUDENT, {"covers_from": "2027-05-16"}, {
        "covers_from": "Choose May 15, 2027 or an earlier day."
    }),
    ("money", STUDENT, {}, {}),
    ("money", VISITOR, {}, {}),
    ("money", FAMILY, {"school": "12,000"}, {
        "personal": "Your costs come to $51,000 and your money to $45,000: $6,000 are missing. Add "
        "a source or correct an amount."
    }),
    ("money", STUDENT, {"personal": "26,999"}, {"personal": SHORT}),
    ("money", STUDENT, {"personal": "27,000"}, {}),
    ("money", STUDENT, {"tuition": "-5"}, {
        "tuition": "Enter whole US dollars, such as 12000 or 12,000, without cents."
    }),
    ("money", STUDENT, {"school_remark": ""}, {"school_remark": ANSWER}),
    ("money", STUDENT, {"other_cost": "500"}, {"other_cost_remark": ANSWER}),
    ("money", STUDENT, {"other": "500"}, {"other_remark": "Name the other source."}),
    ("money", STUDENT, {"statement_on": ""}, {"statement_on": ANSWER}),
    ("money", STUDENT, {"personal": "", "statement_on": "", "school": "45000"}, {}),
    ("money", STUDENT, {"statement_on": "2025-10-05"}, {}),
    ("money", STUDENT, {"statement_on": "2025-10-04"}, {
        "statement_on": "Choose October 5, 2025 or a later day. A statement counts for 12 months."
    }),
    ("money", STUDENT, {"statement_on": "2026-10-06"}, {
        "statement_on": "Choose October 5, 2026 or an earlier day."
    }),
    ("money", VISITOR, {"received_us_funds": ""}, {
        "received_us_funds": "This field is required."
    }),
    ("money", VISITOR, {"us_government": "9000"}, {
        "us_agency": ANSWER,
        "received_us_funds": "You named money of the US government above. Choose “Yes” or correct "
        "it.",
    }),
    ("money", VISITOR, {"us_government_2": "9"}, {"us_agency_2": ANSWER}),
    ("money", VISITOR, {"international_organization": "9"}, {"organization": ANSWER}),
    ("money", VISITOR, {"organization": "OTHER"}, {"organization_name": ANSWER}),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "facts", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(monday, slug, facts, changes, sentences):
    assert errors_of(KEY, slug, answers(facts, **changes), facts, TODAY) == {
        name: [text] for name, text in sentences.items()
    }


def test_the_age_of_a_statement_is_the_offices_number(monday):
    said = answers(statement_on="2026-07-04")
    assert errors_of(KEY, "money", said, STUDENT, TODAY, statement_months=3) == {
        "statement_on": ["Choose July 5, 2026 or a later day. A statement counts for 3 months."]
    }


@given(
    costs=st.lists(st.integers(0, 99_999_999), min_size=3, max_size=3),
    means=st.lists(st.integers(0, 99_999_999), min_size=3, max_size=3),
)
def test_money_that_does_not_cover_the_costs_is_never_accepted(costs, means):
    names = ("tuition", "living", "dependents_cost", "personal", "school", "on_campus")
    typed = {name: f"{amount:,}" for name, amount in zip(names, costs + means, strict=True)}
    found = errors_of(KEY, "money", answers(**typed, statement_on="2026-10-01"), FAMILY, TODAY)

    assert ("personal" in found) == (sum(means) < sum(costs))


def test_each_visa_class_is_asked_its_own_lines(monday):
    def asked(facts):
        return set(bound(KEY, "money", {}, facts, TODAY).fields)

    assert asked(STUDENT) - asked(VISITOR) == {"school", "school_remark", "on_campus"}
    assert asked(VISITOR) - asked(STUDENT) == {
        *("sponsor", "us_government", "us_agency", "us_agency_name"),
        *("us_government_2", "us_agency_2", "us_agency_2_name"),
        *("international_organization", "organization", "organization_name"),
        *("international_organization_2", "organization_2", "organization_2_name"),
        *("own_government", "binational_commission", "received_us_funds"),
    }
    assert asked(FAMILY) - asked(STUDENT) == {"dependents_cost"}


@pytest.mark.parametrize(
    ("said", "slots"),
    [
        ({}, set()),
        ({"personal": "33,000"}, {"bank_statement"}),
        ({"personal": "0", "school": "$1"}, {"school_letter"}),
        ({"sponsor": "5"}, {"school_letter"}),
        ({"us_government_2": "5", "on_campus": "about 9"}, {"sponsor_letter"}),
        ({"other": "5", "binational_commission": ""}, {"sponsor_letter"}),
    ],
)
def test_each_source_is_proved(said, slots):
    assert {each.name for each in TYPE.slots if each.is_asked(said)} == slots


PAID_BY_MANY = {
    "us_government": "9,000",
    "us_agency": "NSF",
    "us_government_2": "1,000",
    "us_agency_2": "OTHER",
    "us_agency_2_name": "Bureau of Tides",
    "international_organization": "500",
    "organization": "WHO",
    "own_government": "700",
    "binational_commission": "800",
    "received_us_funds": "yes",
}


def test_what_is_kept_of_a_students_money(monday):
    cleaned = cleaned_of(KEY, answers(FAMILY), FAMILY, TODAY)

    nothing = dict.fromkeys((*ALL_COSTS, *ALL_MEANS), 0)
    del nothing["us_government_2"], nothing["international_organization_2"]
    assert TYPE.effects(cleaned, FAMILY, TODAY) == [
        StateFunding(
            nothing
            | {
                "months": 9,
                "covers_from": TODAY,
                "tuition": 30_000,
                "living": 15_000,
                "dependents_cost": 6_000,
                "other_cost_remark": "",
                "personal": 33_000,
                "school": 18_000,
                "school_remark": "Teaching assistantship",
                "us_agency": "",
                "international_organization_remark": "",
                "other_remark": "",
                "received_us_funds": False,
            }
        ),
        IssueForm("updated", dependents=(7,)),
    ]


def test_two_agencies_are_one_amount_with_two_names(monday):
    cleaned = cleaned_of(KEY, answers(VISITOR, **PAID_BY_MANY), VISITOR, TODAY)
    kept = TYPE.effects(cleaned, VISITOR, TODAY)[0].fields

    names = ("us_government", "us_agency", "international_organization", "received_us_funds")
    assert {name: kept[name] for name in (*names, "international_organization_remark")} == {
        "us_government": 10_000,
        "us_agency": "National Science Foundation, Bureau of Tides",
        "international_organization": 500,
        "international_organization_remark": "World Health Organization",
        "received_us_funds": True,
    }


@pytest.mark.parametrize(
    ("facts", "changes", "keyed"),
    [
        (
            FAMILY,
            {},
            {
                "Months": "09",
                "From": "10/05/2026",
                "Tuition and fees": "30000",
                "Living expenses": "15000",
                "Expenses of your dependents": "6000",
                "Your own and your family’s money": "33000",
                "Money from this university": "18000",
                "Which money from this university?": "Teaching assistantship",
            },
        ),
        (
            VISITOR,
            PAID_BY_MANY,
            {
                "Months": "09",
                "From": "10/05/2026",
                "Received US government funds": "Y",
                "Tuition and fees": "30000",
                "Living expenses": "15000",
                "Your own and your family’s money": "33000",
                "Money from your program sponsor": "18000",
                "US government": "9000",
                "Which agency?": "NSF",
                "A second US agency": "1000",
                "Which second agency?": "OTHER",
                "Its name": "Bureau of Tides",
                "International organization": "500",
                "Which organization?": "WHO",
                "Your home government": "700",
                "Binational commission, such as Fulbright at home": "800",
            },
        ),
    ],
)
def test_what_is_keyed_into_sevis(monday, facts, changes, keyed):
    cleaned = cleaned_of(KEY, answers(facts, **changes), facts, TODAY)
    [(event, values)] = values_of(TYPE.sevis_entries(cleaned, facts))
    assert (event, values, list(values)) == ("FinancialInfo", keyed, list(keyed))


ENOUGH = ("Money for your costs", "$51,000 of $51,000", "ok")
HOME = ("Two years at home", "Government money can bring this duty: INA 212(e). Ask us first.")


@pytest.mark.parametrize(
    ("facts", "changes", "rows"),
    [
        (STUDENT, {}, [ENOUGH]),
        (
            STUDENT,
            {"school": "1,000", "sponsor": "50,000"},
            [("Money for your costs", "$34,000 of $51,000", "bad")],
        ),
        (
            VISITOR,
            {},
            [
                ENOUGH,
                ("Money that is not your own", "35 percent; more than 50 are needed", "warn"),
            ],
        ),
        (
            VISITOR,
            {"personal": "9,000", "own_government": "24,000"},
            [
                ENOUGH,
                ("Money that is not your own", "82 percent; more than 50 are needed", "ok"),
                (*HOME, "warn"),
            ],
        ),
        (
            replace(VISITOR, exchange_category="1F"),
            {"received_us_funds": "yes"},
            [ENOUGH, (*HOME, "warn")],
        ),
    ],
)
def test_the_panel_adds_up_and_says_what_the_sources_mean(monday, facts, changes, rows):
    assert panel_of(KEY, answers(facts, **changes), facts, TODAY) == rows


def test_nothing_is_added_up_before_anything_is_typed():
    assert panel_of(KEY, {}, VISITOR, TODAY) == []


def rows_of(record):
    money = record.funding.values_list("months", "covers_from", "personal", "school", "as_of")
    forms = record.issued_forms.order_by("pk").values_list(
        "kind", "reason", "dependent__given_name"
    )
    return list(money), list(forms)


def test_from_the_tile_to_completed(office, client):
    record = factories.make_student()
    record.dependents.create(given_name="Moussa", family_name="Ndiaye", relation="spouse")
    record.funding.create(as_of=date(2025, 8, 1), months=9, tuition=30_000, personal=30_000)
    before = (9, None, 30_000, 0, date(2025, 8, 1))
    assert rows_of(record) == ([before], [])

    done = factories.make_request(record, KEY, "completed")

    assert (done.state, done.sevis_due_on, done.effective_start) == (
        *("completed", date(2026, 10, 26), TODAY),
    )
    assert rows_of(record) == (
        [(9, TODAY, 33_000, 18_000, TODAY), before],
        [("I-20", "updated", None), ("I-20", "updated", "Moussa")],
    )
    client.force_login(record.user)
    groups = {each.key: each for each in client.get("/portal/profile/").context["groups"]}
    assert [(str(row.label), str(row.value), row.source) for row in groups["funding"].rows] == [
        ("For 9 months", "as of October 5, 2026, counted from October 5, 2026", ""),
        ("Tuition and fees", "$30,000", ""),
        ("Living expenses", "$15,000", ""),
        ("Expenses of dependents", "$6,000", ""),
        ("Costs together", "$51,000", ""),
        ("Personal funds", "$33,000", ""),
        ("Funds from this school", "$18,000", "Teaching assistantship"),
        ("Means together", "$51,000", ""),
    ]
