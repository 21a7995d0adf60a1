"""The status page: what a student reads there, and what he may do."""

from datetime import date, timedelta

import pytest

from isso.requests.actor import Actor
from isso.requests.conversation import add_note, send_message
from isso.requests.models import Approval, Message, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import perform
from isso.tests import factories

MONDAY_DATE = date(2026, 10, 5)


@pytest.fixture
def advisor(office):
    return factories.make_staff()


def act(browser, made, action, **posted):
    """Press the button of one action and follow to where it leads."""
    return browser.post(f"/portal/requests/{made.reference}/do/{action}/", posted, follow=True)


def stops(answer):
    return [(str(each.title), each.state) for each in answer.context["stops"]]


def said(answer):
    return [str(each) for each in answer.context["messages"]]


def test_the_history_is_told_in_the_students_words(portal, student, advisor):
    made = factories.make_request(student, "cpt", "approved", advisor)

    assert stops(portal.get(made.get_absolute_url())) == [
        ("Started", "done"),
        ("Sent to your academic/program advisor", "done"),
        ("Approved by your academic/program advisor", "done"),
        ("One of our advisors reads your request", "done"),
        ("Approved by the office", "done"),
        ("Approved", "now"),
        ("Completed", "todo"),
    ]


def test_what_is_the_offices_own_stays_there(portal, student, advisor):
    made = factories.make_request(student, "cpt", "approved", advisor)
    add_note(made, "Looks doubtful to me.", Actor.for_user(advisor))
    perform(
        made, "record", Actor.for_user(advisor), recorded_on=MONDAY_DATE, recorded_text="keyed it"
    )

    page = portal.get(made.get_absolute_url()).content.decode()

    for secret in ("Looks doubtful", "keyed it", "confirm", "Recorded in SEVIS", "to record"):
        assert secret not in page


def test_a_reason_meant_for_the_student_is_shown(portal, student, advisor):
    made = factories.make_request(student, "reprint", "denied", advisor)

    answer = portal.get(made.get_absolute_url())

    assert answer.context["sentence"].startswith("We could not approve it. Our reason: The dates")
    assert [(each.title, each.text) for each in answer.context["stops"]][-1] == (
        "Denied",
        "The dates do not fit.",
    )


def test_a_returned_request_shows_the_approvers_words_and_what_to_change(portal, student):
    made = factories.make_request(student, "cpt", "approver_review")
    perform(
        made,
        "return_to_student",
        Actor.for_approval(made.current_approval),
        note="Which course is it?",
    )

    answer = portal.get(made.get_absolute_url())

    assert answer.context["asked"] == {"who": "Paula Rivera", "text": "Which course is it?"}
    assert answer.context["go_on"] == f"{made.get_absolute_url()}edit/employer/"
    assert stops(answer)[-5:] == [
        ("Clarification Requested", "now"),
        ("Approver Review", "todo"),
        ("Submitted", "todo"),
        ("Approved", "todo"),
        ("Completed", "todo"),
    ]


def test_a_reminder_leaves_once_in_three_business_days(portal, student, monday):
    made = factories.make_request(student, "cpt", "approver_review")

    early = act(portal, made, "remind")
    assert early.context["approver"].remind_from == MONDAY_DATE + timedelta(days=3)
    assert said(early) == [
        "You can send a reminder once every three business days. "
        "The last mail left on October 5, 2026."
    ]

    monday.shift(timedelta(days=3))
    portal.force_login(student.user)
    assert portal.get(made.get_absolute_url()).context["approver"].remind_from is None
    act(portal, made, "remind")
    act(portal, made, "remind")

    assert Notice.objects.filter(key="approver_reminder").count() == 1


def test_another_approver_is_asked_and_a_bad_address_stays_in_its_box(portal, student):
    made = factories.make_request(student, "cpt", "approver_review")

    form = act(portal, made, "replace_approver").context["form"]
    assert form["approver_name"].value() == "Paula Rivera"

    posted = {"confirmed": "1", "approver_name": "Omar Said", "approver_email": student.email}
    refused = act(portal, made, "replace_approver", **posted)
    assert refused.context["form"].errors == {
        "approver_email": ["This is your own address. Enter your advisor’s."]
    }
    assert refused.context["form"]["approver_email"].value() == student.email

    act(portal, made, "replace_approver", **posted | {"approver_email": "said@demo.example"})
    assert list(Approval.objects.values_list("email", "outcome")) == [
        ("rivera@demo.example", "replaced"),
        ("said@demo.example", "waiting"),
    ]


def test_withdrawing_asks_first_and_keeps_the_reason(portal, student):
    made = factories.make_request(student, state="submitted")

    act(portal, made, "withdraw")
    assert StudentRequest.objects.get().state == "submitted"

    answer = act(portal, made, "withdraw", confirmed="1", note="My trip is off.")
    withdrawn = StudentRequest.objects.get()
    assert (withdrawn.state, withdrawn.close_reason) == ("withdrawn", "by_student")
    assert answer.context["stops"][-1].text == "My trip is off."
    assert "You withdrew this request. You may start a new one." in answer.content.decode()


def test_what_the_office_has_begun_is_withdrawn_by_message_only(portal, student, advisor):
    made = factories.make_request(student, "reprint", "in_review", advisor)

    answer = act(portal, made, "withdraw", confirmed="1")

    assert StudentRequest.objects.get().state == "in_review"
    assert answer.context["choices"] == []
    assert said(answer) == ["We are working on this request already. Write us a message, please."]


@pytest.mark.parametrize(
    "action", ["approve", "endorse", "skip_approver", "submit", "expire", "confirm", "delete"]
)
def test_no_other_action_can_be_reached_by_its_address(portal, student, action):
    made = factories.make_request(student, "cpt", "approver_review")

    answer = act(portal, made, action, confirmed="1", note="x")

    assert answer.status_code == 404
    assert StudentRequest.objects.get().state == "approver_review"


@pytest.mark.parametrize(
    ("part", "status"),
    [("do/withdraw/", 302), ("do/remind/", 302), ("message/", 405), ("upload/files/", 405)],
)
def test_looking_at_an_address_that_acts_does_nothing(portal, student, part, status):
    made = factories.make_request(student, "cpt", "approver_review")

    answer = portal.get(f"{made.get_absolute_url()}{part}")

    assert (answer.status_code, answer.headers.get("Location")) == (
        status,
        made.get_absolute_url() if status == 302 else None,
    )
    assert StudentRequest.objects.get().version == made.version


def test_a_page_is_done_only_when_all_before_it_are(portal, student):
    made = factories.make_draft(student, "reprint", fill=False)

    stops = portal.get(f"{made.get_absolute_url()}edit/reason/").context["steps"]

    # The details are whole because the form of delivery is prefilled; nobody has seen them yet.
    assert [(str(stop.title), stop.state) for stop in stops] == [
        ("The reason", "now"),
        ("The details", "todo"),
        ("Check your answers", "todo"),
    ]


def test_messages_go_to_and_fro(portal, student, advisor):
    made = factories.make_request(student, "reprint", "in_review", advisor)
    send_message(made, "Which airport?", Actor.for_user(advisor))

    answer = portal.post(f"{made.get_absolute_url()}message/", {"text": "Boston."}, follow=True)

    assert [(each.text, each.from_office) for each in answer.context["thread"]] == [
        ("Which airport?", True),
        ("Boston.", False),
    ]
    assert Notice.objects.get(key="message_from_student").recipient == advisor.email


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("  ", "Write your message first."),
        ("x" * 5001, "Your message has 5001 characters. Use 5,000 at most."),
    ],
)
def test_a_refused_message_stays_in_its_box(portal, student, text, sentence):
    made = factories.make_request(student, state="submitted")

    answer = portal.post(f"{made.get_absolute_url()}message/", {"text": text})

    assert answer.context["form"].errors == {"text": [sentence]}
    assert answer.context["form"]["text"].value() == text
    assert not Message.objects.exists()


def test_nobody_writes_about_a_draft_that_nobody_sees(portal, student):
    made = factories.make_draft(student)

    answer = portal.post(f"{made.get_absolute_url()}message/", {"text": "Hello"}, follow=True)

    assert answer.context["form"] is None
    assert not Message.objects.exists()
    assert said(answer) == ["We cannot see a draft. Send it first, or write us an e-mail."]
