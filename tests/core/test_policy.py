"""What a supervisor publishes about a request type, and what is refused."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from isso.requests.models import PolicyNumber, RequestPolicy
from isso.requests.models.policy import policies_in_force, policy_in_force

CPT_DEFAULTS = {
    "full_time_day_limit": 365,
    "full_time_day_warning": 300,
    "lead_days": 0,
    "part_time_in_term": 1,
    "remote_share": 50,
}


def make_policy(type_key="cpt", **changes):
    """Publish a policy of one type."""
    return RequestPolicy.objects.create(
        type_key=type_key,
        **{"target_days": 10, "citation": "Decision of May 4", "review_by": date(2027, 5, 4)}
        | changes,
    )


def test_defaults_hold_where_nothing_is_published(db):
    policy = policy_in_force("cpt")

    assert (policy.is_open, policy.target_days, policy.revision) == (True, 7, "")
    assert policy.numbers == CPT_DEFAULTS


def test_a_published_number_changes_its_type_and_no_other(db):
    PolicyNumber.objects.create(policy=make_policy(), name="full_time_day_limit", value=350)

    in_force = policies_in_force()

    assert in_force["cpt"].numbers == CPT_DEFAULTS | {"full_time_day_limit": 350}
    assert in_force["cpt"].target_days == 10
    assert in_force["reprint"].numbers == {"weeks_ahead": 2, "papers_months": 6}


def test_a_draft_of_a_policy_changes_nothing_until_it_is_published(db):
    make_policy(live=False, is_open=False, closed_text="Closed.")

    assert policy_in_force("cpt").is_open is True


@pytest.mark.parametrize(
    ("name", "value", "field", "sentence"),
    [
        (
            "full_time_day_limit",
            366,
            "value",
            "The law allows 180 to 365 days here (8 CFR 214.2(f)(10)(i)).",
        ),
        (
            "full_time_day_limit",
            179,
            "value",
            "The law allows 180 to 365 days here (8 CFR 214.2(f)(10)(i)).",
        ),
        ("part_time_in_term", 2, "value", "Enter 1 for yes or 0 for no."),
        (
            "weeks",
            3,
            "name",
            "This type has no such number. It has: full_time_day_limit, full_time_day_warning, "
            "lead_days, part_time_in_term, remote_share.",
        ),
    ],
)
@pytest.mark.parametrize("is_saved", [True, False])
def test_a_number_outside_the_law_is_refused(db, is_saved, name, value, field, sentence):
    policy = make_policy() if is_saved else RequestPolicy(type_key="cpt")

    with pytest.raises(ValidationError) as refusal:
        PolicyNumber(policy=policy, name=name, value=value).clean()

    assert refusal.value.message_dict == {field: [sentence]}


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"type_key": "visa"}, "type_key", "There is no request type with this key: visa."),
        (
            {"is_open": False},
            "closed_text",
            "Tell students why it is closed and what they can do.",
        ),
        ({"target_days": 0}, "target_days", "Enter between 1 and 90 business days."),
        ({"target_days": 91}, "target_days", "Enter between 1 and 90 business days."),
    ],
)
def test_a_policy_that_makes_no_sense_is_refused(db, changes, field, sentence):
    policy = RequestPolicy(**{"type_key": "cpt", "target_days": 7} | changes)

    with pytest.raises(ValidationError) as refusal:
        policy.clean()

    assert refusal.value.message_dict == {field: [sentence]}
