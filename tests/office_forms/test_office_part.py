"""What a form asks the office itself: at the desk, before approving, and for nobody else's eyes."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from isso.requests.actor import Actor
from isso.requests.approvals import make_token
from isso.requests.models import StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.office_part import office_rows, open_in_office_part
from isso.requests.people.models import User
from isso.requests.perform import NotPossible, actions_for, perform
from isso.tests import factories
from isso.tests.office_forms.bank_letter import changed, make_form, make_letter, publish

SECRET = "Ms. Okonkwo-Hart"
LONG = {"template": "Long", "addressee": SECRET}


@pytest.fixture
def advisor(office):
    return Actor.for_user(factories.make_staff())


@pytest.fixture
def desk(advisor):
    browser = Client()
    browser.force_login(User.objects.get(pk=advisor.user_id))
    return browser


def in_review(advisor, definition=None):
    """Return a letter that the approver has endorsed and an advisor reads."""
    publish(make_form(definition or changed()))
    made = factories.send(make_letter(factories.make_student()))
    made = perform(
        made,
        "endorse",
        Actor.for_approval(made.current_approval),
        answers={"is_official": "yes", "good": "Yes"},
        decided_name="Prof. Wu",
        decided_title="Professor",
    )
    made = perform(made, "start_review", advisor)
    factories.approve_person(made.approvals.get(), advisor)
    return made


def action(made):
    return f"/admin/desk/{made.pk}/do/fill_office_part/"


def test_it_is_asked_before_approval(advisor):
    made = in_review(advisor)

    assert open_in_office_part(made) == ["Template of the letter"]
    with pytest.raises(ValidationError) as refused:
        perform(made, "approve", advisor, note="In a hurry.")
    assert refused.value.messages == [
        "“Template of the letter” is for the office to answer. Fill in the office’s part first."
    ]
    made = perform(made, "fill_office_part", advisor, office_answers={"template": "Short"})
    assert perform(made, "approve", advisor).state == "approved"


def test_what_need_not_be_answered_holds_nobody_up(advisor):
    made = in_review(advisor, changed(template={"required": False}))

    assert perform(made, "approve", advisor).state == "approved"


@pytest.mark.parametrize(
    ("typed", "sentences"),
    [
        ({}, ["Template of the letter: This field is required."]),
        ({"template": "Long"}, ["Name of the banker: This field is required."]),
        (
            {"template": "Middle"},
            [
                "Template of the letter: Select a valid choice. Middle is not one of the available "
                "choices."
            ],
        ),
    ],
)
def test_the_office_is_refused_like_anybody_and_nothing_changes(advisor, typed, sentences):
    made = in_review(advisor)

    with pytest.raises(ValidationError) as refused:
        perform(made, "fill_office_part", advisor, office_answers=typed)

    assert refused.value.messages == sentences
    assert StudentRequest.objects.get(pk=made.pk).office_answers == {}


def test_the_desk_asks_it_keeps_what_is_typed_and_shows_it(advisor, desk):
    made = in_review(advisor)
    refused = desk.post(
        action(made), {"version": made.version, "office-template": "Long", "office-addressee": ""}
    )
    assert refused.status_code == 422
    part = refused.context["form"].part
    assert (part["template"].value(), part.errors) == (
        "Long",
        {"addressee": ["This field is required."]},
    )

    answer = desk.post(
        action(made),
        {"version": made.version, "office-template": "Long", "office-addressee": SECRET},
    )

    assert (answer.status_code, answer.url) == (302, f"/admin/desk/{made.pk}/")
    case = desk.get(answer.url).context["case"]
    assert [(row.label, row.value) for row in case.office_part] == [
        ("Template of the letter", "Long"),
        ("Name of the banker", SECRET),
    ]
    assert [
        each.is_met for each in case.checklist if each.label == "The office’s part is filled in"
    ] == [True]
    # It stands in the page to be changed.
    assert desk.get(action(made)).context["form"].part["addressee"].value() == SECRET


def test_the_history_of_the_office_keeps_what_it_said_before(advisor):
    made = perform(in_review(advisor), "fill_office_part", advisor, office_answers=LONG)
    # What hangs on an answer that is gone is gone with it.
    made = perform(made, "fill_office_part", advisor, office_answers=LONG | {"template": "Short"})

    assert made.office_answers == {"template": "Short"}
    notes = made.history.filter(action="fill_office_part").values_list("note", "note_is_shown")
    assert list(notes) == [
        (f"Template of the letter: Long\nName of the banker: {SECRET}", False),
        (f"Template of the letter: Long → Short\nName of the banker: {SECRET} → –", False),
    ]


def test_neither_the_student_nor_the_approver_meets_it_anywhere(advisor):
    publish(make_form())
    draft = make_letter(factories.make_student())
    student = Client()
    student.force_login(draft.student.user)
    labels = ("Template of the letter", "Name of the banker")
    seen = [
        student.get(f"{draft.get_absolute_url()}{page}").content.decode()
        for page in ("", "edit/part-1/", "edit/part-2/", "check/")
    ]
    sent = factories.send(draft)
    token = make_token(sent.current_approval)
    seen.append(Client().get(f"/portal/approvals/{token}/").content.decode())
    made = perform(
        sent,
        "endorse",
        Actor.for_approval(sent.current_approval),
        answers={"is_official": "yes", "good": "Yes"},
        decided_name="Prof. Wu",
        decided_title="Professor",
    )
    made = perform(made, "start_review", advisor)
    factories.approve_person(made.approvals.get(), advisor)
    made = perform(made, "fill_office_part", advisor, office_answers=LONG)
    made = perform(made, "approve", advisor)
    seen += [
        student.get(address).content.decode()
        for address in (made.get_absolute_url(), "/portal/", "/portal/requests/", "/portal/record/")
    ]
    seen += [str(vars(each)) for each in Notice.objects.all()]
    seen += [str(vars(each)) for each in made.snapshots.all()]

    assert len(seen) > 12
    assert [words for words in (*labels, SECRET) if any(words in page for page in seen)] == []
    assert [row.value for row in office_rows(made)] == ["Long", SECRET]


def test_a_type_without_such_a_part_offers_no_such_action(advisor):
    made = factories.make_request(factories.make_student(), "reprint", "in_review")

    assert "fill_office_part" not in dict(actions_for(made, advisor))
    assert office_rows(made) == []
    with pytest.raises(NotPossible) as refused:
        perform(made, "fill_office_part", advisor)
    assert str(refused.value) == "This request has no part for the office to fill in."


def test_its_address_says_so_and_keeps_the_request_as_it_is(office, client):
    made = factories.make_request(factories.make_student(), "reprint", "in_review")
    client.force_login(factories.make_staff(email="other@staff.example"))

    answer = client.post(f"/admin/desk/{made.pk}/do/fill_office_part/", {"version": made.version})

    assert answer.status_code == 409
    assert "This request has no part for the office to fill in." in answer.content.decode()
    made.refresh_from_db()
    assert (made.state, made.office_answers) == ("in_review", {})
