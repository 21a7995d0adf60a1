"""The fourth tab of an admitted student: which money counts, and the sentence for what does not."""

from dataclasses import replace

import pytest

from isso.home.prices import Prices
from isso.requests.type_forms.first_form_financial import FINANCIAL_SLOTS, FinancialForm

from .money import ADMITTED, RATES, TODAY, answered, family, situation, source

ACCOUNT = "Show money in an account."


def errors(answers, **known):
    """Return the first sentence at each question."""
    form = FinancialForm(answers, situation=situation(answers, **known))
    return {name: str(found[0]) for name, found in form.errors.items()}


def refusal(name, **changes):
    """Return the sentence at one question about a single source with these answers."""
    found = errors(answered(source(**changes)))
    assert set(found) <= {f"source_1_{name}"}
    return found.get(f"source_1_{name}", "")


def test_money_that_covers_the_costs_is_enough():
    assert errors(answered(source())) == {}
    assert errors(answered(source(amount="4,956,000", currency="INR"))) == {}
    assert errors(answered(source(amount="54 280,00", currency="EUR"))) == {}


@pytest.mark.parametrize(
    ("evidence", "sentence"),
    [
        ("bank_statement", ""),
        ("bank_letter", ""),
        ("term_deposit", ""),
        ("loan_letter", ""),
        ("award_letter", ""),
        ("sponsor_letter", ""),
        ("property", f"A house or land must be sold first, so it does not count. {ACCOUNT}"),
        ("stocks", f"Shares and funds can lose their value, so they do not count. {ACCOUNT}"),
        ("retirement", f"Retirement savings cannot be used now, so they do not count. {ACCOUNT}"),
        ("insurance", f"An insurance policy pays later, so it does not count. {ACCOUNT}"),
        (
            "credit",
            "A credit line or card is no money of yours, so it does not count. Show money in an "
            "account, or a loan that is approved.",
        ),
        (
            "salary",
            "A salary letter shows what comes later, so it does not count. Show the account it "
            "goes to.",
        ),
        (
            "accountant",
            "An accountant’s statement is not the bank’s, so it does not count. Show a paper of "
            "the bank itself.",
        ),
        ("", "This field is required."),
    ],
)
def test_only_papers_about_money_that_is_there_now_count(evidence, sentence):
    assert refusal("evidence", evidence=evidence) == sentence


OLD = "This paper is older than {} months before your program starts. Upload one of {} or later."


@pytest.mark.parametrize(
    ("day", "months", "sentence"),
    [
        ("2026-11-27", 12, ""),
        ("2026-08-23", 12, ""),
        ("2026-08-22", 12, OLD.format(12, "August 23, 2026")),
        ("2026-02-23", 18, ""),
        ("2026-02-22", 18, OLD.format(18, "February 23, 2026")),
        (
            "2026-11-28",
            12,
            "This day has not come yet. Enter the date that stands on the paper.",
        ),
        ("", 12, "This field is required."),
    ],
)
def test_a_paper_counts_from_so_long_before_the_start_until_today(day, months, sentence):
    found = errors(answered(source(evidence_on=day)), evidence_months=months)
    assert found == ({"source_1_evidence_on": sentence} if sentence else {})


def test_without_a_start_on_the_record_a_paper_is_held_against_today():
    facts = replace(ADMITTED, program_start=None)
    assert errors(answered(source(evidence_on="2025-11-27")), facts=facts) == {}
    assert list(errors(answered(source(evidence_on="2025-11-26")), facts=facts)) == [
        "source_1_evidence_on"
    ]


UNPROMISED = (
    "Money in the name of another person counts only with an affidavit of support: a signed letter "
    "in which this person promises to pay for you."
)
NAMED = {"holder_name": "Ravi Mehta", "relation": "my uncle"}


@pytest.mark.parametrize(
    ("changes", "found"),
    [
        ({"holder": "me", "affidavit": "no"}, {}),
        ({"holder": "parent", "affidavit": "yes", **NAMED}, {}),
        ({"holder": "parent", "affidavit": "no", **NAMED}, {"affidavit": UNPROMISED}),
        ({"holder": "person", "affidavit": "no", **NAMED}, {"affidavit": UNPROMISED}),
        (
            {"holder": "person"},
            dict.fromkeys(("holder_name", "relation", "affidavit"), "This field is required."),
        ),
        ({"kind": "sponsor", "holder": "organization", **NAMED}, {}),
        ({"kind": "school", "payer": "Chemistry", "holder": "person", "affidavit": "no"}, {}),
        ({"kind": "school"}, {"payer": "This field is required."}),
        (
            {"holder": "organization", **NAMED},
            {"holder": "Money of an organization is not your family’s. Choose above who pays."},
        ),
        (
            {"kind": "sponsor", "holder": "me"},
            {"holder": "A sponsor is somebody else. Choose in whose name the money is."},
        ),
    ],
)
def test_money_of_somebody_else_is_named_and_promised(changes, found):
    expected = {f"source_1_{name}": sentence for name, sentence in found.items()}
    assert errors(answered(source(**changes))) == expected


@pytest.mark.parametrize(
    ("name", "changes", "sentence"),
    [
        (
            "language",
            {"language": "foreign"},
            "We can only read English. Have the paper translated and upload both.",
        ),
        ("language", {"language": "translated"}, ""),
        (
            "currency",
            {"currency": "VND"},
            "We have no exchange rate for VND yet. Write to our office, or show the amount in US "
            "dollars.",
        ),
        (
            "currency",
            {"currency": "XXX"},
            "Select a valid choice. XXX is not one of the available choices.",
        ),
        (
            "amount",
            {"amount": "100,000,000"},
            "A form takes at most $99,999,999 from one source. Name less of it.",
        ),
        ("amount", {"amount": "-1"}, "Write the amount without a minus sign."),
        (
            "amount",
            {"amount": "0"},
            "Enter more than zero. Leave out a source that gives nothing.",
        ),
        (
            "amount",
            {"amount": "59.000"},
            "This can be read in two ways. Write it without a comma or period, or with two digits "
            "at the end: 12500 or 12500.00.",
        ),
    ],
)
def test_what_keeps_a_source_from_counting(name, changes, sentence):
    assert refusal(name, **changes) == sentence


def missing(cost, means, gap):
    return (
        f"Your first year costs {cost}, and your money comes to {means}: {gap} are missing. Add a "
        "source or correct an amount."
    )


@pytest.mark.parametrize(
    ("sources", "people", "sentence"),
    [
        (["58,999.99"], [], missing("$59,000", "$58,999", "$1")),
        (["59,000.00"], [], ""),
        # Each source is rounded down by itself.
        (["29,500.50", "29,499.50"], [], missing("$59,000", "$58,999", "$1")),
        ([], [], missing("$59,000", "$0", "$59,000")),
        (["59,000"], ["spouse"], missing("$68,000", "$59,000", "$9,000")),
        (["79,999"], ["spouse", "child", "child"], missing("$80,000", "$79,999", "$1")),
        (["80,000"], ["child", "spouse", "child"], ""),
        (["211,999"], ["spouse", *["child"] * 24], missing("$212,000", "$211,999", "$1")),
        (["21,200"] * 10, ["spouse", *["child"] * 24], ""),
        # Whoever is named twice as a spouse is told so on the tab of the family.
        (["68,000"], ["spouse", "spouse"], ""),
    ],
)
def test_the_gap_is_named_to_the_dollar(sources, people, sentence):
    answers = answered(*(source(amount=each) for each in sources), **family(*people))
    assert errors(answers) == ({"source_count": sentence} if sentence else {})


def test_one_thing_after_the_other():
    answers = answered(source(amount="1,000"), source(evidence="stocks"))
    assert list(errors(answers)) == ["source_2_evidence"]


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            replace(ADMITTED, prices=Prices(TODAY, None, RATES)),
            "We have not entered the costs of your program yet. Please write to our office.",
        ),
        (
            replace(ADMITTED, prices=None),
            "We have not entered the costs of your program yet. Please write to our office.",
        ),
    ],
)
def test_without_costs_nothing_can_be_enough(facts, sentence):
    assert errors(answered(source()), facts=facts) == {"source_count": sentence}


SHARE = (
    "For J-1 more than {} percent of your money must come from others than your family and you; "
    "now it is {} percent. Add such money, or choose F-1 under “Your situation”."
)
SPONSOR = {"kind": "own_government", "payer": "Ministry of Education"}


@pytest.mark.parametrize(
    ("own", "others", "basis", "least", "sentence"),
    [
        ("29,500", "29,500", "sponsored", 50, SHARE.format(50, 50)),
        ("29,000", "30,000", "sponsored", 50, SHARE.format(50, 50)),
        ("28,900", "30,100", "sponsored", 50, ""),
        ("29,000", "31,000", "sponsored", 60, SHARE.format(60, 51)),
        ("59,000", "1", "agreement", 50, ""),
        ("59,000", "1", None, 50, ""),
    ],
)
def test_sponsored_exchange_students_bring_more_money_of_others(
    own, others, basis, least, sentence
):
    answers = answered(source(amount=own), source(amount=others, **SPONSOR))
    if basis:
        answers |= {"visa_class": "J-1", "exchange_basis": basis}

    found = errors(answers, sponsored_percent=least)

    assert found == ({"source_count": sentence} if sentence else {})


def test_a_loan_is_ones_own_money():
    loan = source(kind="loan", amount="58,000")
    answers = answered(loan, source(amount="1,000", **SPONSOR))
    answers |= {"visa_class": "J-1", "exchange_basis": "sponsored"}
    assert errors(answers) == {"source_count": SHARE.format(50, 1)}


@pytest.mark.parametrize(
    ("changes", "asked"),
    [
        ({}, ["proof"]),
        ({"language": "translated"}, ["proof", "translation"]),
        ({"holder": "parent", "affidavit": "yes"}, ["proof", "affidavit_file"]),
        ({"holder": "person", "affidavit": "yes"}, ["proof", "affidavit_file"]),
        ({"holder": "person", "affidavit": "no"}, ["proof"]),
        ({"holder": "organization", "affidavit": "yes"}, ["proof"]),
        ({"kind": "on_campus", "holder": "person", "affidavit": "yes"}, ["proof"]),
    ],
)
def test_each_source_has_its_papers(changes, asked):
    answers = answered(source(), source(**changes))
    found = [slot.name for slot in FINANCIAL_SLOTS if slot.is_asked(answers)]
    assert found == ["source_1_proof", *(f"source_2_{name}" for name in asked)]


@pytest.mark.parametrize(
    ("changes", "aside"),
    [
        ({}, {"payer", "holder_name", "relation", "affidavit"}),
        ({"holder": "parent"}, {"payer", "relation"}),
        ({"holder": "person"}, {"payer"}),
        ({"holder": "organization"}, {"payer", "relation", "affidavit"}),
        ({"kind": "loan", "holder": "person"}, {"payer"}),
        (
            {"kind": "us_government", "holder": "person"},
            {"holder", "holder_name", "relation", "affidavit"},
        ),
        ({"kind": ""}, {"payer", "holder", "holder_name", "relation", "affidavit"}),
    ],
)
def test_who_sees_which_question(changes, aside):
    answers = answered(source(**changes))
    form = FinancialForm(answers, situation=situation(answers))
    assert form.unasked == {f"source_1_{name}" for name in aside}
    shown = form.fields["source_1_affidavit"].widget.attrs["data-show-if"]
    assert shown == "source_1_holder=parent|person"


def test_the_page_says_what_is_to_be_covered():
    form = FinancialForm(situation=situation(family("spouse")))
    said = "The first year costs $68,000. Name all money that pays for it."
    assert form.fields["source_count"].help_text == said
