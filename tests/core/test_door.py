"""The door itself: versions, notes, rollback, and what a stranger learns."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from isso.requests.actor import Actor
from isso.requests.models import HistoryEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import NotAllowed, NotPossible, SomebodyWasFaster, perform
from isso.tests import factories

NOTHING_MARKED = "Mark at least one answer or file and say what to change."


@pytest.fixture
def advisor(office):
    return Actor.for_user(factories.make_staff())


def test_a_stale_page_changes_nothing_and_says_so(advisor):
    made = factories.make_request()
    seen = made.version
    perform(made, "start_review", advisor, expected_version=seen)

    with pytest.raises(SomebodyWasFaster) as refusal:
        perform(made, "dismiss", advisor, expected_version=seen, note="x", close_reason="duplicate")

    assert refusal.value.student_request.state == "in_review"
    assert StudentRequest.objects.get().state == "in_review"


@pytest.mark.parametrize(
    ("state", "action", "data", "sentence"),
    [
        ("in_review", "deny", {}, "Write the reason."),
        ("in_review", "deny", {"note": "   "}, "Write the reason."),
        ("in_review", "withdraw", {}, "Write the reason."),
        ("in_review", "ask_clarification", {}, NOTHING_MARKED),
        (
            "in_review",
            "ask_clarification",
            {"items": [{"name": "state", "sentence": "Change it."}]},
            "Mark answers or files of this request only.",
        ),
        (
            "in_review",
            "ask_clarification",
            {"items": [{"name": "reason", "sentence": " "}]},
            "Write a sentence for “Why do you need a new copy?”: what to change, and why.",
        ),
        ("in_review", "dismiss", {"note": "x"}, "Choose: a duplicate, or no action needed."),
        ("approved", "record", {}, "Enter the date you recorded it in SEVIS."),
        ("approved", "reopen", {}, "Write the reason."),
    ],
)
def test_an_action_without_what_it_needs_is_refused(advisor, state, action, data, sentence):
    made = factories.make_request(state=state)

    with pytest.raises(ValidationError) as refusal:
        perform(made, action, advisor, **data)

    assert refusal.value.messages == [sentence]
    assert StudentRequest.objects.get().state == state


def test_completing_without_the_promised_document_is_refused(advisor):
    made = factories.make_request(state="approved")

    with pytest.raises(NotPossible) as refusal:
        perform(made, "complete", advisor)

    assert str(refusal.value) == "Release the document first; the student was promised one."


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2026-10-06", "Choose today or an earlier day."),
        ("2026-10-04", "We approved it on October 5, 2026. Choose that day or a later one."),
    ],
)
def test_what_stands_in_sevis_was_keyed_after_the_approval_and_not_tomorrow(advisor, day, sentence):
    made = factories.make_request(state="approved")

    with pytest.raises(ValidationError) as refusal:
        perform(made, "record", advisor, recorded_on=date.fromisoformat(day))

    assert refusal.value.message_dict == {"recorded_on": [sentence]}
    assert StudentRequest.objects.get().recorded_on is None


def test_completing_before_it_is_recorded_in_sevis_is_refused(advisor):
    made = factories.make_request(state="approved")
    factories.release(made, advisor)

    with pytest.raises(NotPossible) as refusal:
        perform(made, "complete", advisor)

    assert str(refusal.value) == ("Record it in SEVIS first, and enter here on which day you did.")


def test_reopening_takes_the_deadline_and_the_record_of_sevis_back(advisor):
    made = factories.record_in_sevis(factories.make_request(state="approved"), advisor)
    assert (made.sevis_due_on, made.recorded_on) == (date(2026, 10, 26), date(2026, 10, 5))

    made = perform(made, "reopen", advisor, note="A date is wrong.")

    assert (made.decided_at, made.sevis_due_on, made.recorded_on) == (None, None, None)


def test_a_stranger_does_not_learn_where_a_request_stands(office):
    made = factories.make_request()
    stranger = Actor.for_user(factories.make_user("stranger@school.example"))

    for action in ("submit", "start_review", "complete"):
        with pytest.raises(NotAllowed):
            perform(made, action, stranger)


def test_a_rollback_takes_state_history_and_mails_with_it(advisor):
    made = factories.make_request()
    before = (HistoryEntry.objects.count(), Notice.objects.count())

    try:
        with transaction.atomic():
            perform(made, "start_review", advisor)
            raise RuntimeError("the web server dies here")
    except RuntimeError:
        pass

    assert StudentRequest.objects.get().state == "submitted"
    assert (HistoryEntry.objects.count(), Notice.objects.count()) == before


def test_the_database_refuses_an_illegal_state(office):
    factories.make_request()

    with pytest.raises(IntegrityError), transaction.atomic():
        StudentRequest.objects.update(state="lost")


def test_the_state_cannot_be_assigned(office):
    made = factories.make_request()

    with pytest.raises(AttributeError):
        made.state = "completed"


def test_an_unconfirmed_approver_keeps_the_office_from_approving(advisor):
    made = factories.make_request(type_key="cpt", state="in_review")

    with pytest.raises(ValidationError) as refusal:
        perform(made, "approve", advisor)

    assert refusal.value.messages == [
        "Confirm first that the person who approved is entitled to do so."
    ]


def test_open_points_of_the_checklist_need_a_reason(advisor, monday):
    made = factories.make_request(state="in_review")
    made.student.sevis_status = "terminated"
    made.student.save()

    with pytest.raises(ValidationError) as refusal:
        perform(made, "approve", advisor)
    approved = perform(made, "approve", advisor, note="SEVP corrects the record today.")

    assert refusal.value.messages == [
        "The checklist has open points. Write why you approve all the same."
    ]
    assert approved.state == "approved"
