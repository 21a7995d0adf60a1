"""One of several is taken out of a draft: with its files, and those behind it move up."""

import pytest

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import StudentRequest
from isso.requests.perform import NotAllowed, NotPossible
from isso.requests.taking_out import take_out
from isso.requests.type_forms.first_form_dependents import DEPENDENTS
from isso.tests import factories
from isso.tests.answers.initial_i20 import family

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture
def draft(monday):
    """A draft with a spouse and two children, each with papers."""
    return factories.make_draft(
        factories.make_admitted(), "initial_i20", **family("Ada", "Bo", "Cy")
    )


def actor_of(draft):
    return Actor.for_user(draft.student.user)


def files_of(draft):
    return [
        (each.slot, each.title)
        for each in draft.documents.uploaded().order_by("slot")
        if each.slot.startswith("dependent_")
    ]


def names_in(draft):
    return [row["given_name"] for row in DEPENDENTS.rows(draft.answers)]


def test_the_others_move_up_with_their_files(draft):
    before = {each.slot: each.pk for each in draft.documents.uploaded()}

    left = take_out(draft, DEPENDENTS, 2, actor_of(draft))

    left = StudentRequest.objects.get(pk=left.pk)
    assert names_in(left) == ["Ada", "Cy"]
    assert files_of(left) == [
        ("dependent_1_certificate", "Family member 1: marriage or birth certificate"),
        ("dependent_1_passport", "Family member 1: passport, page with the photo"),
        ("dependent_2_certificate", "Family member 2: marriage or birth certificate"),
        ("dependent_2_passport", "Family member 2: passport, page with the photo"),
    ]
    moved = left.documents.uploaded().get(slot="dependent_2_passport")
    assert moved.pk == before["dependent_3_passport"]
    # Nothing is lost: what was taken out is removed as any file is.
    gone = left.documents.get(pk=before["dependent_2_passport"])
    assert (gone.removed_at is not None, gone.slot) == (True, "dependent_2_passport")


@pytest.mark.parametrize("number", [0, 4, 25, 99])
def test_nobody_is_taken_out_who_is_not_there(draft, number):
    with pytest.raises(NotPossible):
        take_out(draft, DEPENDENTS, number, actor_of(draft))
    assert names_in(StudentRequest.objects.get(pk=draft.pk)) == ["Ada", "Bo", "Cy"]


def test_a_stranger_takes_nobody_out(draft):
    stranger = factories.make_admitted("other@school.example")
    with pytest.raises(NotAllowed):
        take_out(draft, DEPENDENTS, 1, Actor.for_user(stranger.user))


def test_what_has_been_sent_keeps_its_numbers(draft):
    sent = factories.send(draft)
    with pytest.raises(NotPossible):
        take_out(sent, DEPENDENTS, 1, actor_of(draft))


def test_the_button_on_the_page_saves_and_takes_out(draft, client):
    client.force_login(draft.student.user)
    address = f"/portal/requests/{draft.reference}/edit/dependents/"
    typed = {k: v for k, v in draft.answers.items() if k.startswith("dependent_") and v}

    answer = client.post(address, typed | {"dependent_3_given_name": "Cyra", "take_out": "1"})

    assert (answer.status_code, answer.url) == (302, address)
    assert names_in(StudentRequest.objects.get(pk=draft.pk)) == ["Bo", "Cyra"]


@pytest.mark.parametrize("number", ["", "x", "²", "-1"])
def test_an_odd_number_takes_nobody_out(draft, client, number):
    client.force_login(draft.student.user)
    typed = {k: v for k, v in draft.answers.items() if k.startswith("dependent_") and v}

    client.post(
        f"/portal/requests/{draft.reference}/edit/dependents/", typed | {"take_out": number}
    )

    assert names_in(StudentRequest.objects.get(pk=draft.pk)) == ["Ada", "Bo", "Cy"]


def test_more_are_asked_about_first_and_then_missed(monday, client):
    draft = factories.make_draft(factories.make_admitted(), "initial_i20")
    client.force_login(draft.student.user)
    address = f"/portal/requests/{draft.reference}/edit/dependents/"

    answer = client.post(address, {"dependent_count": "2"}, follow=True)

    # The page shows the new questions without blaming anybody for them.
    assert (answer.redirect_chain, answer.context["form"].errors) == ([(address, 302)], {})
    groups = answer.context["groups"]
    assert [str(each.heading) for each in groups] == ["", "Family member 1", "Family member 2"]
    assert [len(each.questions) for each in groups[1:]] == [17, 17]

    shown = {"dependent_1_family_name": "A", "dependent_2_family_name": ""}
    missed = client.post(address, {"dependent_count": "2"} | shown)
    assert "dependent_1_birth_date" in missed.context["form"].errors


def test_one_more_loses_nothing_of_those_who_are_there(draft):
    page = draft.type.page("dependents")
    saved, _form = drafting.save_page(
        draft, page, {"dependent_count": "4", "dependent_4_given_name": "Di"}, actor_of(draft)
    )

    assert names_in(saved) == ["Ada", "Bo", "Cy", "Di"]
