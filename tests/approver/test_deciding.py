"""Deciding behind an approver's link: once, by the right person, with every word kept."""

import pytest
from django.test import Client
from django.utils import timezone

from isso.requests.models import Approval, Caseload, HistoryEntry
from isso.requests.notices.models import Notice
from isso.tests import factories
from isso.tests.approver.links import AGREED, decide


def outcome(student_request):
    """Return where the request and its first approval stand."""
    student_request.refresh_from_db()
    return student_request.state, student_request.approvals.first().outcome


def test_one_post_only_shows_the_decision_again(client, waiting, link):
    response = client.post(link, AGREED | {"step": "check"})

    assert (response.status_code, outcome(waiting)) == (200, ("approver_review", "waiting"))
    html = response.content.decode()
    assert "Nothing has been decided yet" in html
    assert 'name="related" value="Applies the statistics of the major."' in html
    assert "June 30, 2027" in html


def test_change_something_brings_every_typed_word_back(client, link):
    html = client.post(link, AGREED | {"step": "change"}).content.decode()

    for typed in ("Applies the statistics of the major.", "2027-06-30", "Professor of Statistics"):
        assert typed in html
    assert 'value="endorse"' in html
    assert "checked" in html


def test_approval_goes_to_the_office_with_its_answers_name_and_address(client, waiting, link):
    advisor = factories.make_staff()
    Caseload.objects.create(advisor=advisor, letters_from="A", letters_to="Z")

    response = decide(client, link, comment="Good luck!")

    waiting.refresh_from_db()
    approval = Approval.objects.get()
    assert response.status_code == 200
    assert (waiting.state, waiting.assignee) == ("submitted", advisor)
    assert (
        approval.outcome,
        approval.decided_name,
        approval.decided_title,
        approval.decided_from,
        approval.decided_at,
        approval.comment,
    ) == (
        "endorsed",
        "Paula Rivera",
        "Professor of Statistics",
        "127.0.0.1",
        timezone.now(),
        "Good luck!",
    )
    assert approval.answers == {
        "is_official": "yes",
        "counts_as": "credit",
        "course": "DS 599, 3 credits, Spring 2027",
        "related": "Applies the statistics of the major.",
        "on_time": "yes",
        "good_standing": "yes",
        "recommended": "part",
        "completion_date": "2027-06-30",
    }
    assert set(
        Notice.objects.filter(key__startswith="approver_").values_list("key", "recipient")
    ) == {
        ("approver_request", "rivera@demo.example"),
        ("approver_done", "student@school.example"),
        ("approver_receipt", "rivera@demo.example"),
    }


def test_the_student_reads_the_comment_of_an_approval(client, waiting, link):
    decide(client, link, comment="Good luck!")

    entry = HistoryEntry.objects.get(action="endorse")
    told = Notice.objects.get(key="approver_done").redacted()
    client.force_login(waiting.student.user)
    stops = client.get(waiting.get_absolute_url()).context["stops"]
    assert (entry.note, entry.note_is_shown) == ("Good luck!", True)
    assert told.text.count("The comment: Good luck!") == 1
    assert [stop.text for stop in stops if stop.text] == ["Good luck!"]


def test_a_comment_sends_it_back_with_exactly_what_he_saw_open(client, waiting, link):
    decide(client, link, decision="return_to_student", comment="Name the course, please.")

    waiting.refresh_from_db()
    entry = HistoryEntry.objects.get(action="return_to_student")
    assert (waiting.state, waiting.return_to) == ("clarification", "approver_review")
    assert set(waiting.unlocked) == set(waiting.type.approver_sees)
    assert (entry.note, entry.note_is_shown, entry.actor_label) == (
        "Name the course, please.",
        True,
        "Paula Rivera",
    )


def test_the_wrong_person_leaves_it_waiting_for_another_name(client, waiting, link):
    decide(client, link, decision="not_me")

    waiting.refresh_from_db()
    assert (waiting.state, waiting.approver_missing, waiting.current_approval) == (
        "approver_review",
        True,
        None,
    )
    assert client.get(link).status_code == 410


MISTAKES = {
    "no decision": ({"decision": ""}, "Choose an answer: What do you decide?"),
    "no name": ({"decided_name": ""}, "Fill in: Your name"),
    "no title": ({"decided_title": ""}, "Fill in: Your title and department"),
    "no answer": ({"related": ""}, "Fill in: How does it relate to the declared major?"),
    "no comment": (
        {"decision": "return_to_student", "comment": "  "},
        "Write what should be changed.",
    ),
    "not for credit": (
        {"counts_as": "neither"},
        "Training that is neither required nor for credit cannot be approved as CPT.",
    ),
    "not official": (
        {"is_official": "no"},
        "Choose “I am not the right person” at the end of this page.",
    ),
    "no real date": ({"completion_date": "2027-02-30"}, "Enter a real date, such as 2027-02-14."),
}


@pytest.mark.parametrize("name", MISTAKES)
@pytest.mark.parametrize("step", ["check", "confirm"])
def test_a_mistake_gets_its_sentence_and_loses_nothing(client, waiting, link, name, step):
    changes, sentence = MISTAKES[name]

    response = client.post(link, AGREED | {"step": step, "comment": "Typed before."} | changes)

    html = response.content.decode()
    assert (response.status_code, outcome(waiting)) == (422, ("approver_review", "waiting"))
    assert sentence in html
    assert "Professor of Statistics" in html or name == "no title"
    assert "Typed before." in html or name == "no comment"
    assert "There is a problem" in html


def test_only_the_first_of_two_presses_decides(client, waiting, link):
    first = decide(client, link)
    mails = Notice.objects.count()
    second = decide(client, link, decision="return_to_student", comment="No!")

    assert (first.status_code, second.status_code) == (200, 410)
    assert outcome(waiting) == ("submitted", "endorsed")
    assert Notice.objects.count() == mails
    assert "Paula Rivera decided on October 5, 2026, 10:00 am EDT." in second.content.decode()


@pytest.mark.parametrize("who", ["owner", "other student"])
def test_a_signed_in_student_cannot_decide(client, waiting, link, who):
    other = factories.make_student("other@school.example")
    client.force_login(waiting.student.user if who == "owner" else other.user)

    response = decide(client, link)

    assert (response.status_code, outcome(waiting)) == (403, ("approver_review", "waiting"))
    assert "A student cannot decide this" in response.content.decode()


def test_too_many_tries_have_to_wait(client, waiting, link):
    statuses = [client.post(link, {"step": "confirm"}).status_code for _i in range(21)]

    assert statuses == [422] * 20 + [429]
    assert outcome(waiting) == ("approver_review", "waiting")


def test_a_decision_from_another_site_is_refused(waiting, link):
    response = decide(Client(enforce_csrf_checks=True), link)

    assert (response.status_code, outcome(waiting)) == (403, ("approver_review", "waiting"))
