"""The money of the first year in the portal: what it comes to while typing, and once it is sent."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from isso.home.models import CostOfAttendance, ExchangeRate
from isso.requests.actor import Actor
from isso.requests.answers import entries_of, situation_of
from isso.requests.models import StudentRequest
from isso.requests.models.policy import policy_in_force
from isso.requests.perform import perform
from isso.requests.preconditions import problems_of
from isso.requests.refusals import PastRequests
from isso.requests.sevis_work import with_entries
from isso.tests import factories

KEY = "initial_i20"
FULL = "16,800,000 INR = $200,000 at 84.00 of October 2, 2026"


@pytest.fixture
def admitted(office):
    """Somebody who is admitted to a master's program and has not arrived."""
    return factories.make_student(
        "new@school.example",
        stage="pre_arrival",
        visa_class="none",
        sevis_status="draft",
        sevis_id="",
        citizenship_country="India",
        deposit_paid_on=date(2026, 9, 20),
        program_start=date(2027, 1, 19),
        program_end=date(2028, 12, 15),
        full_time_since=None,
        check_in_completed_on=None,
    )


@pytest.fixture
def portal(client, admitted):
    """Its browser."""
    client.force_login(admitted.user)
    return client


def money_page(made):
    return f"/portal/requests/{made.reference}/edit/financial/"


def rows(shown):
    """Return the calculator of a page by its labels."""
    return {str(label): str(value) for label, value, _tone in shown.context["live_panel"]}


def now(made):
    return StudentRequest.objects.get(pk=made.pk)


def panel_of(made):
    made = now(made)
    found = made.type.page("financial").panel(situation_of(made))
    return {str(label): str(value) for label, value, _tone in found}


def test_what_it_comes_to_stands_on_its_page_alone(portal, admitted):
    draft = factories.make_draft(admitted, KEY)

    shown = rows(portal.get(money_page(draft)))

    assert (shown["Costs together"], shown["Source of money 1"]) == ("$59,000", FULL)
    assert shown["Your money covers the costs"] == "Yes"
    home = portal.get(f"/portal/requests/{draft.reference}/edit/home/")
    assert home.context["live_panel"] is None
    assert "Costs together" not in {str(label) for label, _v, _t in home.context["panel"]}


def test_saving_while_typing_brings_what_it_comes_to(portal, admitted):
    draft = factories.make_draft(admitted, KEY)
    page = portal.get(money_page(draft))
    typed = {name: value for name, value in draft.answers.items() if name.startswith("source_")}
    typed |= {"source_1_amount": "1,250,000", "seen": page.context["seen"]}

    answer = portal.post(f"{money_page(draft)}autosave/", typed).json()

    said = "1,250,000 INR = $14,880 at 84.00 of October 2, 2026"
    assert said in answer["rows"]
    # The page without a script shows the same.
    again = portal.get(money_page(draft))
    assert (rows(again)["Source of money 1"], rows(again)["Still missing"]) == (said, "$44,120")
    assert "".join(answer["rows"].split()) in "".join(again.text.split())


def test_other_pages_are_saved_without_a_calculator(portal, admitted):
    draft = factories.make_draft(admitted, KEY)
    address = f"/portal/requests/{draft.reference}/edit/dependents/"
    seen = portal.get(address).context["seen"]

    answer = portal.post(f"{address}autosave/", {"dependent_count": "0", "seen": seen})

    assert sorted(answer.json()) == ["seen", "sentence"]


def prices_change():
    """The office enters new costs and a worse rate."""
    CostOfAttendance.objects.update(tuition=400_000)
    ExchangeRate.objects.update(units=Decimal(840))


def test_a_draft_follows_the_prices_and_what_was_sent_keeps_its_own(admitted):
    made = factories.make_draft(admitted, KEY)
    prices_change()
    moved = panel_of(made)
    assert (moved["Costs together"], moved["Still missing"]) == ("$419,000", "$399,000")

    CostOfAttendance.objects.update(tuition=40_000)
    ExchangeRate.objects.update(units=Decimal(84))
    factories.send(made)
    before = panel_of(made)
    prices_change()

    assert panel_of(made) == before
    assert before["Source of money 1"] == FULL


def asked_about(made, name):
    """The office looks at a request and asks about one answer."""
    advisor = Actor.for_user(factories.make_staff())
    made = perform(made, "start_review", advisor)
    items = [{"name": name, "sentence": "Please look at this again."}]
    return perform(made, "ask_clarification", advisor, items=items)


def test_in_a_clarification_the_prices_of_then_count_and_what_they_lacked_is_new(admitted):
    made = asked_about(factories.make_request(admitted, KEY), "source_1_currency")
    before = panel_of(made)
    prices_change()
    made = now(made)
    made.answers["source_1_currency"] = "EUR"
    assert [each.sentence for each in problems_of(made)] == [
        "We have no exchange rate for EUR yet. Write to our office, or show the amount in US "
        "dollars."
    ]

    ExchangeRate.objects.create(currency="EUR", units=Decimal("0.92"), day=date(2026, 10, 5))
    assert problems_of(made) == []
    made.answers["source_1_currency"] = "INR"
    assert problems_of(made) == []
    assert panel_of(made) == before

    made.answers["source_1_currency"] = "EUR"
    made.save()
    sent = perform(
        now(made),
        "resubmit",
        Actor.for_user(admitted.user),
        attestations=factories.everything_attested(made),
    )
    ExchangeRate.objects.update(units=Decimal(100))
    shown = panel_of(sent)
    assert shown["Source of money 1"] == ("16,800,000 EUR = $18,260,869 at 0.92 of October 5, 2026")
    assert shown["Costs together"] == "$59,000"


def test_without_costs_of_the_level_it_cannot_be_sent(admitted):
    made = factories.make_draft(admitted, KEY)
    CostOfAttendance.objects.all().delete()

    assert [each.sentence for each in problems_of(now(made))] == [
        "We have not entered the costs of your program yet. Please write to our office."
    ]


def test_the_money_is_keyed_as_it_was_sent(admitted):
    made = factories.make_request(admitted, KEY, "approved")
    prices_change()

    [keying] = with_entries([now(made)])

    [money] = [each for each in keying.entries if each.event == "FinancialInfo"]
    assert {str(label): value for label, value in money.values} == {
        "Months": "09",
        "Tuition and fees": "41000",
        "Living expenses": "15000",
        "Other costs": "3000",
        "Which": "Health insurance",
        "Personal funds": "200000",
    }
    assert [each.event for each in keying.entries] == [each.event for each in entries_of(now(made))]


def test_completion_writes_the_money_into_the_record(admitted):
    factories.make_request(admitted, KEY, "completed")

    [kept] = admitted.funding.all()
    assert (kept.months, kept.covers_from, kept.total_cost, kept.total_means) == (
        *(9, date(2027, 1, 19), 59_000, 200_000),
    )
    assert (kept.tuition, kept.living, kept.other_cost, kept.other_cost_remark) == (
        *(41_000, 15_000, 3_000, "Health insurance"),
    )


def test_a_trial_of_stricter_numbers_reads_the_prices_of_then(admitted):
    made = factories.make_request(admitted, KEY, source_1_evidence_on="2026-09-01")
    prices_change()
    was = policy_in_force(KEY)
    shorter = replace(was, numbers=was.numbers | {"evidence_months": 3})

    trial = PastRequests([now(made)])

    assert trial.refusal(now(made), was, was) == ""
    assert trial.refusal(now(made), was, shorter) == (
        "Source of money 1: Date of the paper: This paper is older than 3 months before your "
        "program starts. Upload one of October 19, 2026 or later."
    )


TEN = {
    f"source_{number}_{name}": value
    for number in range(1, 11)
    for name, value in {
        "kind": "personal",
        "holder": "me",
        "amount": "6,000",
        "currency": "USD",
        "evidence": "bank_statement",
        "evidence_on": "2026-10-01",
        "language": "english",
    }.items()
}


def test_ten_sources_ask_no_more_than_one(portal, admitted, django_assert_num_queries):
    draft = factories.make_draft(admitted, KEY)
    portal.get("/portal/")
    counts = []
    for answers in ({}, {"source_count": "10", **TEN}):
        draft.answers |= answers
        draft.save()
        with django_assert_num_queries(13):
            shown = portal.get(money_page(draft))
        counts.append(rows(shown)["Money that counts"])

    assert counts == ["$200,000", "$60,000"]
