"""What is deleted after thirty days, and what stays for ever."""

from datetime import timedelta

import pytest

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import Document, DocumentIntake, HistoryEntry, IntakeRow, StudentRequest
from isso.requests.perform import perform
from isso.requests.retention.purging import purge_unneeded
from isso.tests import factories


def remains(student_request):
    """Return what is left of a request: answers, files in the database, files on the disk."""
    student_request.refresh_from_db()
    documents = Document.objects.filter(student_request=student_request)
    return bool(student_request.answers), documents.count()


@pytest.fixture
def draft(office):
    return factories.make_draft(factories.make_student())


@pytest.mark.parametrize(("days", "kept"), [(29, True), (30, True), (31, False)])
def test_a_discarded_draft_is_emptied_after_thirty_days(
    draft, monday, django_capture_on_commit_callbacks, days, kept
):
    stored = [(each.file.storage, each.file.name) for each in draft.documents.all()]
    perform(draft, "discard", Actor.for_user(draft.student.user))
    monday.shift(timedelta(days=days))

    with django_capture_on_commit_callbacks(execute=True):
        done = [purge_unneeded(), purge_unneeded()]

    assert done == [0 if kept else 1, 0]
    assert remains(draft) == ((True, 2) if kept else (False, 0))
    assert {storage.exists(name) for storage, name in stored} == {kept}
    assert list(
        HistoryEntry.objects.filter(student_request=draft).values_list("action", flat=True)
    ) == ["start", "discard"] + ([] if kept else ["purge"])


@pytest.mark.parametrize("state", ["draft", "submitted", "withdrawn", "denied", "completed"])
def test_nothing_else_is_ever_emptied(office, monday, state):
    made = factories.make_request(state=state)
    before = remains(made)
    monday.shift(timedelta(days=4000))

    assert purge_unneeded() == 0
    assert remains(made) == before
    assert StudentRequest.objects.get().state == state


def test_a_file_taken_out_before_sending_goes_and_one_that_was_sent_stays(office, monday):
    record = factories.make_student()
    actor = Actor.for_user(record.user)
    draft = factories.make_draft(record)
    slot = draft.type.slots[0]
    unsent = drafting.attach(draft, slot, factories.pdf_file("wrong.pdf"), actor)
    drafting.remove(draft, unsent.pk, actor)
    sent = draft.documents.uploaded().get(slot=slot.name)
    made = factories.send(draft)
    advisor = Actor.for_user(factories.make_staff())
    items = [{"name": slot.name, "sentence": "Not readable."}]
    made = perform(made, "ask_clarification", advisor, items=items)
    drafting.remove(made, sent.pk, actor)
    monday.shift(timedelta(days=31))

    assert purge_unneeded() == 1
    assert Document.objects.filter(pk=unsent.pk).exists() is False
    assert Document.objects.filter(pk=sent.pk).exists() is True


def test_a_manifest_forgets_whom_it_named_once_its_row_is_settled(office, monday):
    intake = DocumentIntake.objects.create(
        manifest_name="forms.csv", made_by=factories.make_staff()
    )
    said = {"family_name": "Okoye", "birth_date": "2001-02-03"}
    for outcome in IntakeRow.Outcome.values:
        IntakeRow.objects.create(intake=intake, outcome=outcome, said=said)
    monday.shift(timedelta(days=31))

    assert purge_unneeded() == 4
    assert purge_unneeded() == 0
    assert dict(IntakeRow.objects.values_list("outcome", "said")) == {
        "ready": said,
        "set_aside": said,
        "released": {},
        "there": {},
        "no_file": {},
        "discarded": {},
    }
