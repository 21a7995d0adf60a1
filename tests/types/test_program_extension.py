"""Program extension: until when, which reasons count, and whether the money covers the costs."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import Dependent
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.dates import add_months
from isso.requests.rules.verdict import Standing
from isso.requests.type_forms.program_extension import REFUSED, extra_months
from isso.tests import factories
from isso.tests.approver.links import address
from isso.tests.types import asking

KEY = "program_extension"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2025, 9, 1),
)
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D")
SPOUSE = FamilyMember(7, "Moussa Ndiaye", "spouse")
TOO_LATE = (
    "The last day was {date}. The new date must be in SEVIS before your program ends. Afterward "
    "only "
    "reinstatement may help: come to our office today."
)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STUDENT, (Standing.OPEN, date(2027, 5, 15), "")),
        (VISITOR, (Standing.OPEN, date(2027, 5, 15), "")),
        # The lead time is advice: on the last day it is still taken.
        (replace(STUDENT, program_end=TODAY), (Standing.OPEN, TODAY, "")),
        (
            replace(STUDENT, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                TOO_LATE.format(date="October 4, 2026"),
            ),
        ),
        (
            replace(STUDENT, program_end=None),
            (
                Standing.NEEDS,
                None,
                "Your record has no program end date yet. Write to us so that we can add it.",
            ),
        ),
        (
            replace(STUDENT, visa_class="F-2"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people in F-1 or J-1 status. Your record says F-2.",
            ),
        ),
        (
            replace(VISITOR, exchange_category="08"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for J-1 students. Scholars and interns have other ways; write to "
                "us.",
            ),
        ),
        (
            replace(STUDENT, sevis_status="terminated"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It is Terminated. Write to us if this is wrong.",
            ),
        ),
        (
            replace(STUDENT, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
        ),
        (
            replace(
                VISITOR,
                employments=(
                    factories.work("AT", date(2026, 9, 1), date(2027, 5, 15), completion="post"),
                ),
            ),
            (
                Standing.NOT_FOR_YOU,
                None,
                "You have completed your program. For more training, ask for academic training.",
            ),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def new_end(facts, **numbers):
    situation = Situation(facts, TODAY, asking.policy_of(KEY, **numbers))
    window = TYPE.page("date").form.windows["new_end_date"](situation)
    return window.first, window.last


@pytest.mark.parametrize(
    ("facts", "numbers", "last"),
    [
        (STUDENT, {}, date(2028, 5, 15)),
        (STUDENT, {"most_months": 6}, date(2027, 11, 15)),
        (VISITOR, {}, date(2028, 5, 15)),
        (replace(VISITOR, exchange_category="1F"), {}, date(2027, 8, 24)),
        (STUDENT, {"non_degree_months": 22}, date(2028, 5, 15)),
        (STUDENT, {"lead_days": 90}, date(2028, 5, 15)),
    ],
)
def test_until_when_it_can_be_extended(facts, numbers, last):
    assert new_end(facts, **numbers) == (date(2027, 5, 16), last)


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(DAYS, st.integers(1, 366), st.integers(1, 12))
def test_no_accepted_date_lies_before_the_end_or_beyond_the_limit(ends, later, most):
    facts = replace(STUDENT, program_end=ends)
    first, last = new_end(facts, most_months=most)
    chosen = ends + timedelta(days=later)

    assert first == ends + timedelta(days=1)
    assert last == add_months(ends, most)
    if first <= chosen <= last:
        months = extra_months(ends, chosen)
        assert 1 <= months <= most
        assert add_months(ends, months - 1) < chosen <= add_months(ends, months)


def errors_of(slug, facts=STUDENT, **changes):
    person = replace(facts, program_end=STUDENT.program_end)
    return asking.errors_of(KEY, slug, factories.answers_for(KEY, person) | changes, facts, TODAY)


@pytest.mark.parametrize("facts", [STUDENT, VISITOR, replace(STUDENT, dependents=(SPOUSE,))])
@pytest.mark.parametrize("slug", ["date", "studies", "funding", "approver"])
def test_good_answers_pass(monday, slug, facts):
    assert errors_of(slug, facts) == {}


@pytest.mark.parametrize(
    ("slug", "changes", "name", "sentence"),
    [
        (
            *("date", {"new_end_date": "2027-05-15"}, "new_end_date"),
            "Choose May 16, 2027 or a later day. Your program ends on May 15, 2027 now.",
        ),
        (
            *("date", {"new_end_date": "2028-05-16"}, "new_end_date"),
            "Choose May 15, 2028 or an earlier day. We extend by 12 months at most at a time.",
        ),
        *(
            ("date", {"reason": reason}, "reason", str(sentence))
            for reason, (_label, sentence) in REFUSED.items()
        ),
        (
            *("date", {"probation": "yes"}, "probation"),
            "The law allows no extension for a delay by probation or suspension. Speak with our "
            "office now, before your program ends.",
        ),
        (
            *("date", {"explanation": "x" * 501}, "explanation"),
            "Ensure this value has at most 500 characters (it has 501).",
        ),
        (
            *("studies", {"remaining_credits": "-1"}, "remaining_credits"),
            "Ensure this value is greater than or equal to 0.",
        ),
        (
            *("funding", {"personal": "17,500"}, "personal"),
            "Your costs come to $21,000 and your money to $17,500: $3,500 are missing. Add a "
            "source or correct an amount.",
        ),
        (
            *("funding", {"personal": ""}, "personal"),
            "Your costs come to $21,000 and your money to $0: $21,000 are missing. Add a source "
            "or correct an amount.",
        ),
        (
            *("funding", {"tuition": "12.000"}, "tuition"),
            "Enter whole US dollars, such as 12000 or 12,000, without cents.",
        ),
        (
            *("funding", {"personal": "100,000,000"}, "personal"),
            "Enter at most $99,999,999.",
        ),
        (*("funding", {"other": "500"}, "other_remark"), "Name the other source."),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, slug, changes, name, sentence):
    assert errors_of(slug, **changes) == {name: [sentence]}


def test_exchange_visitors_are_insured_until_the_new_end(monday):
    assert errors_of("funding", VISITOR, insurance_until="2027-11-10") == {
        "insurance_until": [
            "Choose November 11, 2027 or a later day. J-1 students need health insurance until the "
            "new end date."
        ]
    }


@given(
    costs=st.lists(st.integers(0, 99_999_999), min_size=2, max_size=2),
    means=st.lists(st.integers(0, 99_999_999), min_size=2, max_size=2),
)
def test_money_that_does_not_cover_the_costs_is_never_accepted(costs, means):
    names = ("tuition", "living", "personal", "school")
    typed = {name: f"{amount:,}" for name, amount in zip(names, costs + means, strict=True)}

    assert ("personal" in errors_of("funding", **typed)) == (sum(means) < sum(costs))


def test_each_visa_class_is_asked_its_own_lines(monday):
    def asked(facts):
        return set(asking.bound(KEY, "funding", {}, facts, TODAY).fields)

    assert asked(STUDENT) - asked(VISITOR) == {"school", "on_campus"}
    assert asked(VISITOR) - asked(STUDENT) == {
        "sponsor",
        "us_government",
        "own_government",
        "international_organization",
        "insurance_until",
    }
    family = replace(STUDENT, dependents=(SPOUSE,))
    assert asked(family) - asked(STUDENT) == {"dependents_cost"}


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({}, set()),
        ({"probation_caused": "yes"}, {"probation_caused"}),
        ({"progress_normal": "no"}, {"progress_normal"}),
        ({"reason_confirmed": "none"}, {"reason_confirmed"}),
        ({"is_official": "no"}, {"is_official"}),
        ({"completion_date": ""}, {"completion_date"}),
    ],
)
def test_the_approver_attests_what_the_law_asks(changes, names):
    good = {
        "is_official": "yes",
        "reason_confirmed": "research",
        "why_compelling": "Nobody could foresee it.",
        "probation_caused": "no",
        "progress_normal": "yes",
        "completion_date": "2027-11-11",
        "credits_left": "9",
    }

    form = TYPE.approval_steps[0].questionnaire(good | changes)

    assert set(form.errors) == names


def rows_of(record):
    """Return what the record holds about the end, the money and the forms."""
    record.refresh_from_db()
    money = record.funding.values_list("months", "tuition", "dependents_cost", "personal", "as_of")
    forms = record.issued_forms.order_by("pk").values_list(
        "kind", "reason", "program_end", "dependent__given_name"
    )
    return record.program_end, list(money), list(forms)


def test_from_the_tile_to_completed(office, client):
    record = factories.make_student()
    Dependent.objects.create(record=record, given_name="Moussa", relation="spouse")
    client.force_login(record.user)
    before, after = record.program_end, record.program_end + timedelta(days=180)
    offered = client.get(f"/portal/requests/new/{KEY}/")
    assert rows_of(record) == (before, [], [])

    done = factories.make_request(record, KEY, "completed")

    assert (offered.status_code, done.state) == (200, "completed")
    assert rows_of(record) == (
        after,
        [(6, 12_000, 3_000, 24_000, TODAY)],
        [("I-20", "extension", after, None), ("I-20", "extension", after, "Moussa")],
    )
    assert (done.deadline, done.sevis_due_on, done.effective_end) == (before, before, after)


def test_a_ds_2019_moves_with_its_insurance(office):
    record = factories.make_student(visa_class="J-1", exchange_category="1D")
    after = record.program_end + timedelta(days=180)

    done = factories.make_request(record, KEY, "completed")

    record.refresh_from_db()
    assert (record.program_end, record.insurance_end) == (after, after + timedelta(days=20))
    assert [(each.kind, each.program_end) for each in record.issued_forms.all()] == [
        ("DS-2019", after)
    ]
    assert sorted(done.documents.uploaded().values_list("slot", flat=True)) == [
        *("funding_proof", "i94", "insurance", "passport")
    ]


def test_what_is_keyed_into_sevis(monday):
    family = replace(STUDENT, dependents=(SPOUSE,))
    answers = factories.answers_for(
        KEY, family, explanation="The instrument\nbroke.", other="500", other_remark="Aunt"
    )
    cleaned = asking.cleaned_of(KEY, answers, family, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, family)) == [
        (
            "Program Extension",
            {"New program end date": "11/11/2027", "Explanation": "The instrument broke."},
        ),
        (
            "FinancialInfo",
            {
                "Months": "06",
                "Tuition and fees": "12000",
                "Living expenses": "9000",
                "Expenses of your dependents": "3000",
                "Your own and your family’s money": "24000",
                "Another source": "500",
                "Which other source?": "Aunt",
            },
        ),
    ]


def test_the_panel_advises_the_lead_time_and_counts_the_money(monday):
    facts = replace(
        STUDENT,
        i94_admit_until="2027-06-30",
        employments=(factories.work("OPT", date(2027, 6, 1), date(2028, 5, 31)),),
    )
    answers = {"tuition": "12,000", "living": "about 9", "personal": "$8,000"}
    situation = Situation(facts, date(2027, 4, 20), asking.policy_of(KEY), answers)

    assert [(str(label), str(value), tone) for label, value, tone in TYPE.panel(situation)] == [
        ("Your program ends", "May 15, 2027", ""),
        ("Best sent by", "April 15, 2027", "warn"),
        ("Latest new date", "May 15, 2028", ""),
        ("OPT", "Its dates hang on your end date. Speak with our office.", "warn"),
        (
            "Admitted until",
            "2027-06-30. To stay longer you may need Form I-539. Ask our office.",
            "warn",
        ),
        ("Money for the extra time", "$8,000 of $12,000", "bad"),
    ]


def test_the_medical_letter_is_asked_for_an_illness_only_and_never_shown_to_the_approver(
    office, client
):
    record = factories.make_student()
    waiting = factories.make_request(record, KEY, "approver_review", reason="illness")
    letter = waiting.documents.get(slot="medical_letter")
    link = address(waiting.current_approval)

    html = client.get(link).content.decode()

    shown = ("The instrument broke", "Thesis and one seminar", "9")
    hidden = ("Medical letter", "medical_letter", "passport", "12,000", "Bank statement")
    assert [word for word in shown if word not in html] == []
    assert [word for word in hidden if word in html] == []
    assert client.get(f"{link}documents/{letter.pk}/").status_code == 404
    slot = next(each for each in TYPE.slots if each.name == "medical_letter")
    assert [slot.is_asked({"reason": each}) for each in ("illness", "research", None)] == [
        *(True, False, False)
    ]


def test_who_still_studies_is_not_told_to_have_completed():
    training = factories.work("AT", date(2027, 5, 16), date(2027, 12, 31), completion="post")
    studying = replace(VISITOR, program_end=date(2027, 12, 31), employments=(training,))

    assert asking.verdict_of(KEY, studying, TODAY) == (
        Standing.NOT_FOR_YOU,
        None,
        "Your academic training after completion is permitted already. Speak with our office "
        "before you need more time for your program.",
    )


def test_what_the_approver_says_otherwise_stands_in_the_checklist():
    said = {"new_end_date": date(2027, 11, 11), "reason": "research"}
    agreed = {"completion_date": "2027-11-11", "reason_confirmed": "research"}
    other = {"completion_date": "2027-12-20", "reason_confirmed": "major"}

    assert TYPE.differences(said, agreed) == ()
    assert [(str(label), str(words)) for label, words in TYPE.differences(said, other)] == [
        (
            "New program end date",
            "The approver says December 20, 2027, the student November 11, 2027. Settle which one "
            "is right.",
        ),
        (
            "Reason",
            "The approver says “I changed my major or my research topic”, the student “Unexpected "
            "research problems”. Settle which one is right.",
        ),
    ]


@pytest.mark.parametrize(
    ("ends", "months"), [(date(2027, 5, 15), 6), (date(2027, 11, 11), None), (None, None)]
)
def test_completion_after_sevis_has_moved_the_record_invents_no_months(ends, months):
    # An import may bring the new end between the entry in SEVIS and the completion.
    cleaned = {"new_end_date": date(2027, 11, 11), "tuition": 9_000, "personal": 9_000}
    facts = replace(STUDENT, program_end=ends)

    effects = TYPE.effects(cleaned, facts, TODAY)

    assert effects[1].fields["months"] == months


def test_family_older_than_21_gets_no_form():
    child = FamilyMember(8, "Awa Ndiaye", "child", TODAY.replace(year=2005))
    younger = child._replace(id=9, birth_date=TODAY.replace(year=2005) + timedelta(days=1))
    facts = replace(STUDENT, dependents=(SPOUSE, child, younger))
    cleaned = {"new_end_date": date(2027, 11, 11)}

    assert TYPE.effects(cleaned, facts, TODAY)[-1].dependents == (7, 9)
