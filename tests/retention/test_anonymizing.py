"""After a person is anonymous nothing names her, anywhere, and nothing of anybody else changed."""

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.urls import reverse

from isso.requests.models import Document, HistoryEntry, RetentionEntry, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import notify
from isso.requests.people.models import User
from isso.requests.records.models import StudentRecord
from isso.tests import factories
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.retention.person import (
    WORDS,
    found_anywhere,
    known_person,
    leave,
    private_files,
)

YEARS = 9 * 366


@pytest.fixture
def neighbor(office):
    """Somebody else, who studies on and asks for things, too."""
    record = factories.make_student("neighbor@school.example", family_name="Adeyemi")
    factories.make_request(record, "cpt", "submitted")
    return record


@pytest.fixture
def gone(neighbor, supervisor):
    """A person who left eight years ago, not yet anonymous."""
    record = known_person()
    leave(record)
    return record


def rows_of(record):
    """Return what the database says of one person's requests and record."""
    return (
        list(StudentRecord.objects.filter(pk=record.pk).values()),
        list(StudentRequest.objects.filter(student=record).values()),
        list(Document.objects.filter(student=record).values()),
        list(HistoryEntry.objects.filter(student_request__student=record).values()),
        list(User.objects.filter(pk=record.user_id).values()),
    )


def test_nothing_that_names_the_person_is_left_in_the_database_or_the_storage(
    gone, neighbor, nights
):
    files, others = private_files(), rows_of(neighbor)
    hers = {each.file.name for each in Document.objects.filter(student=gone)}
    assert found_anywhere() != {}
    assert hers <= files

    nights(YEARS, step=366)

    assert found_anywhere() == {}
    assert private_files() & hers == set()
    assert rows_of(neighbor) == others
    record = StudentRecord.objects.get(pk=gone.pk)
    assert (record.full_name, record.sevis_id, record.stage) == ("(anonymized)", None, "archived")
    assert (record.user.full_name, record.user.is_active) == ("(anonymized)", False)


def test_references_states_and_the_history_of_requests_stay(gone, nights):
    def kept():
        return list(
            StudentRequest.objects.filter(student=gone)
            .order_by("pk")
            .values("reference", "type_key", "state", "submitted_at", "decided_at", "completed_at")
        )

    before = kept()
    actions = list(
        HistoryEntry.objects.filter(student_request__student=gone)
        .order_by("pk")
        .values_list("action", "from_state", "to_state", "at")
    )

    nights(YEARS, step=366)

    assert kept() == before
    after = HistoryEntry.objects.filter(student_request__student=gone).exclude(action="purge")
    assert list(after.order_by("pk").values_list("action", "from_state", "to_state", "at")) == (
        actions
    )
    assert set(after.values_list("note", flat=True)) == {""}


def body(answer):
    """Return what was sent, as text in small letters."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace").lower()


def test_pages_lists_and_exports_of_the_desk_still_work_and_name_nobody(gone, nights, client):
    requests = list(StudentRequest.objects.filter(student=gone))
    document = Document.objects.filter(student=gone, origin="office").first()
    nights(YEARS, step=366)
    client.force_login(User.objects.get(email="supervisor@staff.example"))

    addresses = {
        **{f"case {each.type_key}": reverse("desk_case", args=[each.pk]) for each in requests},
        "student": reverse("desk_student", args=[gone.pk]),
        "students": reverse("desk_students") + "?q=anonymized",
        "queue": reverse("desk_queue") + "?state=completed",
        "queue exported": reverse("desk_queue") + "?export=csv",
        "people": reverse("records_studentrecord_modeladmin_index"),
        "people exported": reverse("records_studentrecord_modeladmin_index") + "?export=csv",
        "work exported": "/admin/records/employmentauthorization/?export=csv",
        "changes": reverse("records_recordchange_modeladmin_index"),
        "changes exported": reverse("records_recordchange_modeladmin_index") + "?export=xlsx",
        "mails": reverse("notices_notice_modeladmin_index"),
        "mails exported": reverse("notices_notice_modeladmin_index") + "?export=csv",
        "readings": reverse("desk_readings"),
        "readings exported": reverse("desk_readings") + "?export=csv",
        "invitations": reverse("desk_invitations"),
        "troubles": reverse("desk_troubles"),
        "report": reverse("desk_retention_kind", args=["people"]) + "?show=done",
    }
    answers = {name: client.get(address) for name, address in addresses.items()}

    assert {name: answer.status_code for name, answer in answers.items()} == dict.fromkeys(
        addresses, 200
    )
    texts = {name: body(answer) for name, answer in answers.items()}
    found = {name: [word for word in WORDS if word.lower() in text] for name, text in texts.items()}
    assert found == {name: [] for name in addresses}
    assert client.get(reverse("portal_document", args=[document.pk])).status_code == 404
    call_command("check_files")


def test_a_later_owner_of_an_address_keeps_mails(gone, nights):
    """A campus gives an address again; what came to it since is another person's."""
    for model in (User, EmailAddress):
        model.objects.filter(email="wilma@school.example").update(email="wilma@first.example")
    heir = factories.make_user("wilma@school.example", name="Chidi Adeyemi")
    mail = notify("welcome", to=heir.email, name=str(heir), dedupe="heir", context={"a": "b"})

    nights(YEARS, step=366)

    kept = Notice.objects.filter(recipient=heir.email)
    assert list(kept.values_list("pk", "recipient_name", "context")) == [
        (mail.pk, "Chidi Adeyemi", {"a": "b"})
    ]


def test_the_report_stays_and_names_nobody(gone, nights):
    nights(YEARS, step=366)

    (entry,) = RetentionEntry.objects.done().filter(kind="people")

    assert (entry.record_id, entry.reference) == (gone.pk, "")
    assert entry.removed["people"] == 1
    assert entry.removed["requests"] == 4


def test_a_second_turn_changes_nothing(gone, nights):
    nights(YEARS, step=366)
    before = fingerprint()

    assert nights(40) == 0

    assert changed(before, fingerprint()) == []
