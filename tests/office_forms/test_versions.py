"""Publishing makes versions that never change, and every process knows them at once."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db.models import ProtectedError

from isso.home.naming import office_at_hand
from isso.home.office import the_office, working_for
from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import OfficeFormVersion, StudentRequest
from isso.requests.models.office_form import STAMP
from isso.requests.published_forms import PublishedForms
from isso.requests.registry import all_types, get_type, known_types, type_choices
from isso.tests import factories
from isso.tests.office_forms.bank_letter import KEY, LETTER, changed, make_form, publish

NEWER = replace(LETTER, title="Letter for a bank", target_days=2)


def test_a_draft_is_offered_to_nobody(db):
    make_form()

    assert KEY not in all_types()
    assert KEY not in known_types()


def test_publishing_makes_a_version_and_another_one_only_when_something_changed(db):
    supervisor = factories.make_staff("supervisor")
    form = publish(make_form(), user=supervisor)
    publish(form)
    publish(form, NEWER)

    kept = OfficeFormVersion.objects.order_by("number")
    assert [(each.key, each.number, each.definition) for each in kept] == [
        (KEY, 1, LETTER),
        (KEY, 2, NEWER),
    ]
    assert kept[0].published_by == supervisor
    assert (all_types()[KEY].version, all_types()[KEY].title) == (2, "Letter for a bank")
    assert get_type(KEY).target_days == 2
    assert get_type(KEY, 1).definition == LETTER
    with pytest.raises(KeyError):
        get_type(KEY, 3)


def test_an_edit_that_is_not_published_changes_nothing(db):
    form = publish(make_form())
    form.title = "Half an idea"
    form.save_revision()

    assert all_types()[KEY].title == "Bank letter"


def test_a_withdrawn_form_is_known_but_not_offered_and_comes_back(db):
    form = publish(make_form())
    form.unpublish()

    assert KEY not in all_types()
    assert known_types()[KEY].version == 1
    assert (KEY, "Bank letter") in type_choices()

    publish(form)
    assert all_types()[KEY].version == 1


def test_a_published_form_keeps_its_address_and_cannot_be_deleted(db):
    form = publish(make_form())
    form.key = "another"

    with pytest.raises(ValidationError) as refused:
        form.full_clean()
    assert refused.value.message_dict == {
        "key": ["Requests were made with “bank-letter”. Keep this address."]
    }
    with pytest.raises(ProtectedError):
        form.delete()


def test_another_process_offers_at_once_what_this_one_publishes(office, django_assert_num_queries):
    here, there = PublishedForms(), PublishedForms()
    form = make_form()
    with working_for(the_office()):
        assert (here.offered(), there.offered()) == ({}, {})

    publish(form)
    with working_for(the_office()):
        assert there.offered()[KEY].version == 1
    form = publish(form, NEWER)
    with working_for(the_office()):
        assert [each.offered()[KEY].version for each in (here, there)] == [2, 2]

    form.unpublish()
    with working_for(the_office()):
        assert (here.offered(), there.offered()) == ({}, {})


def test_a_request_reads_no_form_again_while_nothing_changes(office, django_assert_num_queries):
    shelf = PublishedForms()
    publish(make_form())
    with working_for(the_office()):
        shelf.offered()

    with django_assert_num_queries(1), working_for(the_office()):
        # The settings alone, which every request reads.
        assert shelf.offered()[KEY].title == "Bank letter"
        assert shelf.version(KEY, 1).title == "Bank letter"


def test_whoever_publishes_sees_it_in_the_same_request(office):
    form = make_form()
    with working_for(the_office()):
        assert KEY not in all_types()
        publish(form)
        assert KEY in all_types()


def test_a_version_published_after_a_request_began_is_found_all_the_same(office):
    shelf, form = PublishedForms(), publish(make_form())
    with working_for(the_office()):
        shelf.offered()
        seen = vars(office_at_hand.get())[STAMP]
        publish(form, NEWER)
        # As another process would have it, which is not told.
        setattr(office_at_hand.get(), STAMP, seen)
        assert shelf.version(KEY, 2).title == "Letter for a bank"


def test_a_request_keeps_the_version_it_was_made_with(office):
    form = publish(make_form())
    record = factories.make_student()
    draft = drafting.start(record, KEY, Actor.for_user(record.user), start_key="x")
    publish(form, changed(without=("copies",)))

    draft = StudentRequest.objects.get(pk=draft.pk)
    assert (draft.type_version, draft.type.page_of("copies").slug) == (1, "part-2")
    assert get_type(KEY).page_of("copies") is None
    form.unpublish()
    assert StudentRequest.objects.get(pk=draft.pk).type.title == "Bank letter"
    with pytest.raises(drafting.NotOffered) as refused:
        drafting.start(
            factories.make_student("b@school.example"),
            KEY,
            Actor.for_user(record.user),
            start_key="y",
        )
    assert str(refused.value) == "The office has closed this request for now."
