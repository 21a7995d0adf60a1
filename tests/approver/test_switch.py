"""Types whose approver is the office's choice: a file without one, a link with one, no mixture."""

import pytest
from django.http import QueryDict

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.checklist import checklist
from isso.requests.models import PolicyNumber, RequestPolicy, StudentRequest
from isso.requests.perform import perform
from isso.requests.preconditions import problems_of
from isso.requests.registry import folder_types
from isso.requests.views.journey import pages_to_fill
from isso.tests import factories

# By type: the file that says the same, and what the approver confirms.
SWITCHED = {
    "change_level": (
        None,
        {"admitted_from": "{new_start}", "end_moves": "stays", "completion_date": "{new_end}"},
    ),
    "change_major": (
        "registrar_approval",
        {"admitted_from": "{effective_on}", "end_moves": "stays", "completion_date": "2028-05-15"},
    ),
    "leave_withdrawal": (
        "approval_letter",
        {"approved_on": "2026-10-01", "last_attended": "{last_attended}"},
    ),
    "shorten_program": (
        "completion_proof",
        {"completion_date": "{new_end_date}", "is_complete": "yes"},
    ),
}


def switch(key, value):
    """Publish whether a type asks an approver."""
    policy, _new = RequestPolicy.objects.get_or_create(
        type_key=key,
        defaults={"target_days": 5, "citation": "Decision", "review_by": "2027-05-04"},
    )
    PolicyNumber.objects.update_or_create(
        policy=policy, name="asks_approver", defaults={"value": value}
    )


def again(made):
    return StudentRequest.objects.get(pk=made.pk)


def asked_of(made):
    """Return (whether a page asks for the approver, whether a file stands for one)."""
    made, file = again(made), SWITCHED[made.type_key][0]
    return (
        "approver" in [page.slug for page in pages_to_fill(made)],
        file is not None and file in [slot.name for slot in made.slots_asked()],
    )


def confirmed(made):
    """Return the answers of an approver who agrees with the student."""
    told = SWITCHED[made.type_key][1]
    return {"is_official": "yes"} | {
        name: value.format(**made.answers) for name, value in told.items()
    }


def differences(made):
    """Return the points of the checklist in which an approver says something else."""
    return [str(point.label) for point in checklist(made) if "The approver says" in point.reason]


def test_every_type_with_the_switch_is_here():
    assert sorted(SWITCHED) == sorted(
        key for key, each in folder_types().items() if each.approver_number
    )


@pytest.mark.parametrize("key", SWITCHED)
def test_without_the_switch_a_file_says_it_and_the_office_is_next(office, key):
    made = factories.make_draft(factories.make_student(), key)
    assert asked_of(made) == (False, SWITCHED[key][0] is not None)

    made = factories.send(made)

    assert (made.state, made.approvals.count()) == ("submitted", 0)


@pytest.mark.parametrize("key", SWITCHED)
def test_with_the_switch_a_link_asks_and_the_answers_are_compared(office, key):
    switch(key, 1)
    made = factories.make_draft(factories.make_student(), key)
    assert asked_of(made) == (True, False)

    made = factories.send(made)
    assert (made.state, made.current_approval.email) == ("approver_review", "rivera@demo.example")
    step = made.type.approval_steps[0]
    form = step.questionnaire(confirmed(made))
    assert form.is_valid(), form.errors
    assert set(form.cleaned_data) == set(confirmed(made))

    approver = Actor.for_approval(made.current_approval)
    made = perform(
        made,
        "endorse",
        approver,
        answers=confirmed(made),
        decided_name="Paula Rivera",
        decided_title="Professor",
    )

    assert (made.state, differences(made)) == ("submitted", [])
    approval = made.approvals.get()
    approval.answers = {
        name: "2027-01-13" if value[:2] == "20" else value
        for name, value in approval.answers.items()
    }
    approval.save()
    assert differences(again(made)) != []


@pytest.mark.parametrize("key", SWITCHED)
def test_what_was_sent_stays_with_the_policy_of_then(office, key):
    straight = factories.make_request(factories.make_student(), key, "clarification")
    switch(key, 1)
    other = factories.make_student(email="other@school.example")
    asked = factories.make_request(other, key, "approver_review")
    switch(key, 0)

    assert (asked_of(straight)[0], again(straight).asks_approver) == (False, False)
    assert again(asked).asks_approver is True
    switch(key, 1)
    item = straight.clarification_items.get()
    drafting.answer_question(
        straight, item.pk, "It is right.", Actor.for_user(straight.student.user)
    )
    sent = perform(
        again(straight),
        "resubmit",
        Actor.for_user(straight.student.user),
        attestations=factories.everything_attested(straight),
    )
    assert (sent.state, sent.approvals.count()) == ("in_review", 0)


@pytest.mark.parametrize("key", SWITCHED)
def test_a_draft_moves_with_the_switch_and_loses_nothing(office, key):
    made = factories.make_draft(factories.make_student(), key)
    files = set(made.documents.values_list("slot", flat=True))
    switch(key, 1)

    found = {each.name for each in problems_of(again(made))}
    assert found == {"approver_name", "approver_email"}
    page = made.type.page("approver")
    posted = QueryDict("approver_name=Paula+Rivera&approver_email=rivera%40demo.example")
    made, _form = drafting.save_page(again(made), page, posted, Actor.for_user(made.student.user))
    assert problems_of(again(made)) == []
    switch(key, 0)

    assert problems_of(again(made)) == []
    made = factories.send(again(made))
    assert (made.state, set(made.documents.values_list("slot", flat=True))) == ("submitted", files)
    # What was typed for the approver stays where it is and goes to nobody.
    assert made.answers["approver_email"] == "rivera@demo.example"
    assert "approver_email" not in made.snapshots.get().answers


def test_why_somebody_stops_is_not_for_the_approver():
    seen = folder_types()["leave_withdrawal"].approver_sees
    assert seen == {
        *("last_attended", "first_term_missed", "return_term"),
        *("approver_name", "approver_email"),
    }


@pytest.mark.parametrize(
    ("key", "changes", "errors"),
    [
        (
            *("shorten_program", {"is_complete": "unfinished"}),
            {
                "is_complete": [
                    "Then the program does not end on that day. Return it to the student with a "
                    "comment."
                ]
            },
        ),
        (
            *("change_level", {"completion_date": "2026-01-01"}),
            {"completion_date": ["The last day must not come before the first day."]},
        ),
        (
            *("leave_withdrawal", {"is_official": "no"}),
            {"is_official": ["Choose “I am not the right person” at the end of this page."]},
        ),
    ],
)
def test_an_approval_that_its_answers_contradict_is_refused(key, changes, errors):
    answers = factories.answers_for(key, None)
    told = {name: value.format(**answers) for name, value in SWITCHED[key][1].items()}
    questionnaire = folder_types()[key].approval_steps[0].questionnaire

    assert questionnaire({"is_official": "yes"} | told | changes).errors == errors
