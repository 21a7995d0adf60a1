"""Several people at one form, at the same instant, on PostgreSQL: no number twice, nothing lost."""

from dataclasses import replace
from threading import Barrier

import pytest

from isso.requests.actor import Actor
from isso.requests.models import OfficeForm, OfficeFormVersion, StudentRequest
from isso.requests.office_forms.reading import definition_of
from isso.requests.office_forms.writing import as_columns
from isso.requests.perform import NotPossible, perform
from isso.requests.registry import all_types
from isso.requests.upgrading import move_to_newest
from isso.tests import factories
from isso.tests.core.threads import at_once
from isso.tests.office_forms.bank_letter import (
    KEY,
    LETTER,
    changed,
    make_form,
    make_letter,
    publish,
)

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
TRIES = 4


@pytest.fixture
def form(monday):
    factories.make_office()
    return publish(make_form())


def edit(form, definition):
    """Save an edit as a supervisor would who opened the form a while ago."""
    opened = OfficeForm.objects.get(pk=form.pk)
    for name, value in as_columns(definition).items():
        setattr(opened, name, value)
    return opened, opened.save_revision()


def test_two_supervisors_publish_at_once_and_both_edits_are_kept(form):
    edits = [edit(form, replace(LETTER, title=f"Letter {number}")) for number in range(TRIES)]
    together = Barrier(TRIES)

    def publish_it(number):
        together.wait()
        opened, revision = edits[number]
        opened.publish(revision)

    at_once(TRIES, publish_it)

    kept = OfficeFormVersion.objects.order_by("number")
    assert [each.number for each in kept] == [1, 2, 3, 4, 5]
    assert sorted(each.definition.title for each in kept) == [
        *("Bank letter", "Letter 0", "Letter 1", "Letter 2", "Letter 3"),
    ]
    # What stands there is what was published last, and so says the type that is offered.
    now = OfficeForm.objects.get()
    assert definition_of(now) == kept.last().definition == all_types()[KEY].definition


def test_withdrawing_from_an_old_page_undoes_no_publication(form):
    stale = OfficeForm.objects.get(pk=form.pk)
    publish(form, replace(LETTER, title="Letter for a bank"))

    stale.unpublish()

    now = OfficeForm.objects.get()
    assert (now.live, now.title, now.versions.count()) == (False, "Letter for a bank", 2)


@pytest.mark.parametrize("ends", ["publish", "withdraw"])
def test_what_is_sent_while_the_form_changes_is_sent_as_it_was_asked(form, ends):
    drafts = [
        make_letter(factories.make_student(f"s{number}@school.example")) for number in range(TRIES)
    ]
    opened, revision = edit(form, changed(without=("copies",)))
    together = Barrier(TRIES + 1)

    def work(number):
        together.wait()
        if number < TRIES:
            return perform(
                drafts[number],
                "send_to_approver",
                Actor.for_student(drafts[number].student.user),
                attestations=["0"],
            ).state
        return opened.publish(revision) if ends == "publish" else opened.unpublish()

    assert at_once(TRIES + 1, work)[:TRIES] == ["approver_review"] * TRIES
    sent = StudentRequest.objects.all()
    assert {
        (each.type_version, each.type.definition, each.snapshots.get().answers["copies"])
        for each in sent
    } == {(1, LETTER, "2")}


def test_a_draft_is_moved_or_sent_and_never_both_by_halves(form):
    drafts = [
        make_letter(factories.make_student(f"s{number}@school.example")) for number in range(TRIES)
    ]
    publish(form, changed(without=("copies",)))
    together = Barrier(2 * TRIES)

    def work(number):
        draft = drafts[number // 2]
        owner = Actor.for_student(draft.student.user)
        together.wait()
        try:
            if number % 2:
                return move_to_newest(draft, owner).type_version
            return perform(draft, "send_to_approver", owner, attestations=["0"]).type_version
        except NotPossible:
            return 0

    at_once(2 * TRIES, work)

    for made in StudentRequest.objects.all():
        snapshot = made.snapshots.get()
        # Whoever was first: what was sent is read by the version that asked it.
        assert snapshot.type_version == made.type_version
        assert ("copies" in snapshot.answers) == (made.type_version == 1)
