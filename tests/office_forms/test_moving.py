"""A form changes while a draft is open: its owner keeps what he typed, and may move it."""

from dataclasses import replace

import pytest
from django.http import QueryDict

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import OfficeForm, StudentRequest
from isso.requests.office_forms.building import OfficeFormType
from isso.requests.office_forms.definition import Field
from isso.requests.office_forms.moving import moved_answers
from isso.requests.perform import NotAllowed, NotPossible
from isso.requests.upgrading import move_to_newest, newer_version, set_aside
from isso.tests import factories
from isso.tests.office_forms.bank_letter import (
    ANSWERS,
    KEY,
    LETTER,
    changed,
    make_form,
    make_letter,
    publish,
)


@pytest.mark.parametrize(
    ("answer", "newer", "is_kept"),
    [
        ({"bank": "River Bank"}, LETTER, True),
        # Other words, the same field.
        ({"bank_name": "Harbor"}, changed(bank_name={"label": "Name of the bank"}), True),
        ({"bank_name": "Harbor"}, changed(bank_name={"kind": "long_text"}), True),
        ({"bank_name": "Harbor"}, changed(bank_name={"kind": "date"}), False),
        ({"bank_name": "12"}, changed(bank_name={"kind": "number"}), True),
        ({"bank_name": "Harbor"}, changed(bank_name={"kind": "phone"}), False),
        ({"bank_name": "Harbor"}, changed(without=("bank_name",)), False),
        ({"bank_name": "Harbor"}, changed(bank_name={"name": "name_of_bank"}), False),
        # A wrong answer stays for its owner to mend, where the kind is what it was.
        ({"visit": "soon"}, LETTER, True),
        ({"visit": "soon"}, changed(visit={"kind": "email"}), False),
        ({"visit": "2026-11-02"}, changed(visit={"kind": "text"}), True),
        # An option that is gone.
        ({"bank": "River Bank"}, changed(bank={"options": ("Sea Bank", "Another bank")}), False),
        ({"states": ["Studies", "Funding"]}, changed(states={"options": ("Studies",)}), False),
        ({"states": ["Studies"]}, changed(states={"options": ("Studies", "Level")}), True),
        ({"states": ["Studies"]}, changed(states={"kind": "text", "options": ()}), False),
        ({"bank": "River Bank"}, changed(bank={"kind": "checkboxes"}), False),
        ({"branch_city": "Example City"}, LETTER, True),
        ({"branch_city": "Example City"}, changed(branch={"kind": "country"}), False),
        ({"approver_name": "Prof. Wu"}, replace(LETTER, asks_approver=False), False),
        # Into another section.
        (
            {"copies": "2"},
            replace(changed(without=("copies",)), documents=(Field("number", "copies", "Copies"),)),
            True,
        ),
    ],
)
def test_an_answer_is_kept_where_its_field_takes_it(answer, newer, is_kept):
    old, new = OfficeFormType(KEY, 1, LETTER), OfficeFormType(KEY, 2, newer)
    moved = moved_answers(answer, old, new)

    assert (moved.kept, moved.left) == ((answer, ()) if is_kept else ({}, tuple(answer)))


@pytest.fixture
def draft(office):
    """A complete draft of the first version, whose form has changed since."""
    form = publish(make_form())
    draft = make_letter(factories.make_student())
    newer = changed(
        without=("copies",),
        visit={"kind": "text", "label": "When, roughly?"},
        bank_name={"kind": "date", "show_if": None},
        statement={"name": "bank_statement"},
    )
    publish(form, replace(newer, documents=()))
    return StudentRequest.objects.get(pk=draft.pk)


def owner_of(draft):
    return Actor.for_student(draft.student.user)


def test_moving_keeps_what_fits_and_sets_the_rest_aside(draft):
    assert newer_version(draft).version == 2

    moved = move_to_newest(draft, owner_of(draft))

    assert (moved.type_version, newer_version(moved)) == (2, None)
    kept = {name: ANSWERS[name] for name in ANSWERS if name not in ("copies", "bank_name")}
    assert moved.answers == kept | {"copies@1": "2", "bank_name@1": "Harbor Savings"}
    assert [(row.label, row.value) for row in set_aside(moved)] == [
        ("Its name", "Harbor Savings"),
        ("Copies", "2"),
    ]
    # The passport is not asked for any more, and stays with its owner.
    assert [each.slot for each in moved.documents.uploaded()] == ["passport"]
    assert [(each.action, each.label) for each in moved.history.all()] == [
        ("start", "Started"),
        ("move_to_new_form", "Moved to the new form"),
    ]


def test_what_was_set_aside_comes_back_with_a_form_that_asks_for_it_again(draft):
    moved = move_to_newest(draft, owner_of(draft))
    form = publish(_form_of(moved), LETTER)

    again = move_to_newest(moved, owner_of(moved))

    assert again.answers == ANSWERS
    assert form.versions.count() == 3


def _form_of(student_request):
    return OfficeForm.objects.get(key=student_request.type_key.removeprefix("form-"))


def test_a_draft_that_is_not_moved_is_sent_on_its_own_version(draft):
    sent = factories.send(draft)

    assert (sent.state, sent.type_version) == ("approver_review", 1)
    assert sent.snapshots.get().type_version == 1
    assert sent.snapshots.get().answers["copies"] == "2"


def test_what_is_set_aside_is_not_sent(draft):
    moved = move_to_newest(draft, owner_of(draft))
    page = moved.type.page("part-1")
    posted = QueryDict("bank=Another+bank&bank_name=2026-11-02&visit=soon")
    moved, _form = drafting.save_page(moved, page, posted, owner_of(moved))

    snapshot = factories.send(moved).snapshots.get()

    assert {"copies", "copies@1", "bank_name@1"} & set(snapshot.answers) == set()
    assert snapshot.files == []


def test_what_has_been_sent_stays_on_its_version_for_ever(draft):
    sent = factories.send(draft)

    assert newer_version(sent) is None
    with pytest.raises(NotPossible):
        move_to_newest(sent, owner_of(sent))
    assert StudentRequest.objects.get(pk=sent.pk).type.page_of("copies").slug == "part-2"


def test_only_its_owner_moves_a_draft(draft):
    with pytest.raises(NotAllowed):
        move_to_newest(draft, Actor.for_user(factories.make_staff()))


def test_a_draft_of_a_withdrawn_form_has_nowhere_to_go_and_can_be_sent(draft):
    _form_of(draft).unpublish()

    assert newer_version(draft) is None
    assert factories.send(draft).state == "approver_review"


def test_the_pages_of_a_draft_offer_the_move_and_show_what_was_set_aside(client, draft):
    client.force_login(draft.student.user)
    address = f"/portal/requests/{draft.reference}"
    for page in ("/", "/edit/part-1/", "/check/"):
        change = client.get(f"{address}{page}").context["form_change"]
        assert (change.is_newer, change.answers, change.files) == (True, [], [])

    answer = client.post(f"{address}/new-form/", follow=True)

    change = answer.context["form_change"]
    assert answer.redirect_chain == [(f"{address}/", 302)]
    assert [str(each) for each in answer.context["messages"]] == [
        "Your answers are in the new form now. Look at what it did not take."
    ]
    assert (change.is_newer, [row.label for row in change.answers]) == (
        False,
        ["Its name", "Copies"],
    )
    assert [file.title for file in change.files] == ["Passport"]
    # Pressed a second time, it says so and changes nothing.
    answer = client.post(f"{address}/new-form/", follow=True)
    assert [str(each) for each in answer.context["messages"]] == [
        "There is no newer form for this request."
    ]
