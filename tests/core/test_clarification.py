"""The question back: what opens, what counts as an answer, and where the request goes then."""

import pytest
from django.http import QueryDict

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import Approval, Snapshot, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import NotPossible, perform
from isso.requests.preconditions import Incomplete
from isso.tests import factories


@pytest.fixture
def advisor(office):
    return Actor.for_user(factories.make_staff())


def ask(made, advisor, *names):
    """Mark these answers or files of a request in review."""
    items = [{"name": name, "sentence": f"Look at {name} again."} for name in names]
    return perform(made, "ask_clarification", advisor, items=items)


def save(made, slug, **changes):
    """Let the student save one page with these answers changed."""
    posted = QueryDict(mutable=True)
    for name, value in (made.answers | changes).items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    actor = Actor.for_user(made.student.user)
    return drafting.save_page(made, made.type.page(slug), posted, actor)[0]


def resubmit(made):
    """Let the student send it again."""
    return perform(
        made,
        "resubmit",
        Actor.for_user(made.student.user),
        attestations=factories.everything_attested(made),
    )


def test_only_what_was_marked_can_change(advisor):
    made = ask(factories.make_request(state="in_review"), advisor, "countries")

    made = save(made, "details", countries="Ghana and Togo", departure="2026-12-24")

    assert made.answers["countries"] == "Ghana and Togo"
    assert made.answers["departure"] == "2026-11-04"
    with pytest.raises(NotPossible):
        drafting.attach(
            made,
            made.type.slots[0],
            factories.pdf_file(),
            Actor.for_user(made.student.user),
        )


def test_an_unanswered_question_keeps_it_from_going_back(advisor):
    made = ask(factories.make_request(state="in_review"), advisor, "countries", "delivery")
    made = save(made, "details", countries="Togo")

    with pytest.raises(Incomplete) as refusal:
        resubmit(made)

    assert [(each.page, each.name, each.sentence) for each in refusal.value.problems] == [
        (
            "details",
            "delivery",
            "Change “How do you want to receive it?” or write an answer: Look at delivery again.",
        )
    ]


def test_words_are_an_answer_too(advisor):
    made = ask(factories.make_request(state="in_review"), advisor, "countries")
    item = made.clarification_items.get()
    student = Actor.for_user(made.student.user)
    drafting.answer_question(made, item.pk, "Ghana is right, I stay with my family.", student)

    back = resubmit(made)

    assert back.state == "in_review"
    assert back.assignee_id == advisor.user_id
    assert back.unlocked == []
    assert list(Snapshot.objects.values_list("number", flat=True)) == [1, 2]
    assert Notice.objects.filter(key="resubmitted").values_list("recipient", flat=True).get() == (
        "advisor@staff.example"
    )


def test_a_new_file_answers_a_question_about_a_file(advisor):
    made = ask(factories.make_request(state="in_review"), advisor, "passport")
    student = Actor.for_user(made.student.user)
    slot = next(each for each in made.type.slots if each.name == "passport")
    old = made.documents.get(slot="passport")
    drafting.remove(made, old.pk, student)
    drafting.attach(made, slot, factories.pdf_file("new.pdf", pages=2), student)

    assert resubmit(made).state == "in_review"
    assert [
        each["name"] for each in Snapshot.objects.get(number=1).files if each["slot"] == "passport"
    ] == ["passport.pdf"]


def test_a_change_the_approver_relied_on_goes_back_to_him(advisor):
    made = factories.make_request(type_key="cpt", state="in_review")
    made = ask(made, advisor, "end_date")
    made = save(made, "dates", end_date="2026-12-20")

    back = resubmit(made)

    assert back.state == "approver_review"
    assert list(Approval.objects.values_list("revision", "outcome")) == [
        (1, "endorsed"),
        (2, "waiting"),
    ]
    assert Notice.objects.filter(key="approver_request").count() == 2


def test_a_change_he_never_saw_does_not(advisor):
    made = factories.make_request(type_key="cpt", state="in_review")
    made = ask(made, advisor, "supervisor_phone")
    made = save(made, "employer", supervisor_phone="6175550999")

    assert resubmit(made).state == "in_review"


def test_the_approver_s_return_opens_what_he_saw_and_comes_back_to_him(office):
    made = factories.make_request(type_key="cpt", state="approver_review")
    approver = Actor.for_approval(made.current_approval)

    returned = perform(made, "return_to_student", approver, note="The dates overlap the term.")

    assert (returned.state, returned.return_to) == ("clarification", "approver_review")
    assert returned.unlocked == sorted(returned.type.approver_sees)
    back = resubmit(save(returned, "dates", end_date="2026-12-20"))
    assert back.state == "approver_review"
    assert StudentRequest.objects.get().current_approval.revision == 2


def test_whoever_replaced_the_approver_is_asked_again_and_not_the_first_one(office):
    made = factories.make_request(type_key="cpt", state="approver_review")
    student = Actor.for_user(made.student.user)
    made = perform(made, "replace_approver", student, name="Nils Berg", email="berg@demo.example")
    made = perform(
        made, "return_to_student", Actor.for_approval(made.current_approval), note="Other dates."
    )

    back = resubmit(save(made, "dates", end_date="2026-12-20"))

    assert (back.current_approval.name, back.current_approval.email) == (
        "Nils Berg",
        "berg@demo.example",
    )


def test_an_approver_named_anew_in_the_answers_is_the_one_asked(office):
    made = factories.make_request(type_key="cpt", state="approver_review")
    made = perform(
        made, "return_to_student", Actor.for_approval(made.current_approval), note="Ask her."
    )

    back = resubmit(save(made, "approver", approver_email="moreau@demo.example"))

    assert back.current_approval.email == "moreau@demo.example"


def test_recall_closes_the_question(advisor):
    made = ask(factories.make_request(state="in_review"), advisor, "countries")

    back = perform(made, "recall", advisor)

    assert back.state == "in_review"
    assert back.clarification_items.filter(closed_at__isnull=True).count() == 0
