"""What stands in a copy: every field of the record, every model around it or a reason, no more."""

import io
import uuid
from datetime import date, datetime

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import ForeignKey

from isso.home.office import the_office, working_for
from isso.requests.actor import Actor
from isso.requests.conversation import add_note, add_record_note, send_message
from isso.requests.copy_making.archive import write_archive
from isso.requests.copy_making.asked import APPROVAL, LETTER, QUESTION, REQUEST
from isso.requests.copy_making.papers import DOCUMENT
from isso.requests.copy_making.parts import fields_of
from isso.requests.copy_making.record import AROUND
from isso.requests.left_out_of_copies import COLUMNS, MODELS
from isso.requests.models import (
    Approval,
    ClarificationItem,
    Document,
    GeneralThread,
    HistoryEntry,
    IssuedLetter,
    Message,
    Snapshot,
    StudentRequest,
)
from isso.requests.notices.outbox import notify
from isso.requests.perform import perform
from isso.requests.receiving import receive_document
from isso.requests.records.changing import add_to_record, change_record
from isso.requests.records.models import (
    Dependent,
    EmploymentAuthorization,
    RecordChange,
    ReportedJob,
    ScholarDetails,
    StudentRecord,
)
from isso.tests import factories
from isso.tests.portal.copies import Opened, make_copy

# Rows around the record, and those of the portal, by model.
COPIED = {model for _key, model, _way in AROUND} | {
    StudentRecord,
    RecordChange,
    StudentRequest,
    Approval,
    ClarificationItem,
    Document,
    GeneralThread,
    HistoryEntry,
    IssuedLetter,
    Message,
    Snapshot,
}


def hang_on(models):
    """Return every model with a key that points at one of these, and what hangs on that."""
    found, more = set(models), True
    while more:
        more = {
            model
            for model in apps.get_models()
            if model not in found
            and any(
                isinstance(field, ForeignKey) and field.related_model in found
                for field in model._meta.concrete_fields
            )
        }
        found |= more
    return found


def test_every_model_around_a_record_or_a_request_is_in_the_copy_or_named_with_a_reason():
    """A new one? Copy it, or say in left_out_of_copies.py why not."""
    assert {model._meta.label for model in hang_on({StudentRecord})} == {
        model._meta.label for model in COPIED
    } | set(MODELS)
    assert {model._meta.label for model in COPIED} & set(MODELS) == set()


def as_written(value):
    """Return a value as JSON has it."""
    return DjangoJSONEncoder().default(value) if isinstance(value, date | datetime) else value


def test_the_data_equal_the_record_field_by_field(student):
    change_record(
        student,
        {"us_phone": "5735550100", "passport_expiry": date(2031, 1, 2), "is_on_probation": True},
        by=None,
        source="Test",
    )
    student.refresh_from_db()

    data = make_copy(student).data["record"]

    assert data == {
        field.name: as_written(getattr(student, field.name))
        for field in StudentRecord._meta.concrete_fields
        if field.name not in {"id", "user", "advisor", "is_on_probation", "stop_reason"}
    }


PEOPLE_AND_KEYS = {"id", "record", "placed_by", "issued_by"}


@pytest.mark.parametrize("model", [model for _key, model, _way in AROUND])
def test_every_column_of_the_rows_around_it_is_in_the_data(model):
    names = {field.name for field in model._meta.concrete_fields}
    left_out = set(COLUMNS.get(model._meta.label, ()))

    copied = {field.name for field in fields_of(model, left_out)}

    assert left_out <= names
    assert names - copied - left_out <= PEOPLE_AND_KEYS


NOT_COPIED = [
    (
        StudentRequest,
        REQUEST,
        # Its person, and who of the office has it; which department asks, whose requests are
        # none of the copy, and what it follows; how lifecycle and queue keep its place; what the
        # office notes for itself. The status stands there in words.
        "id state student started_by assignee covers_for approved_first_by "
        "current_approval approval_step approver_missing "
        "version revision purpose start_key return_to unlocked answers office_answers touched_at "
        "state_since warned_at asked_about_at last_message_at unread_since unanswered_since "
        "new_for_student_since queue due_order employer_words clock_used clock_since target_days "
        "recorded_text sevis_due_on "
        "eligibility_override type_version department follows",
    ),
    (
        Approval,
        APPROVAL,
        # What the approver wrote and from where: the request shows the rest.
        "id student_request step revision is_in_directory link_number reminders_sent forwarded_by "
        "reminded_at decided_name decided_title decided_from answers comment confirmed_by "
        "confirmed_at office",
    ),
    (ClarificationItem, QUESTION, "id student_request revision name"),
    (
        IssuedLetter,
        LETTER,
        "id student_request document code_digest has_visitors signed_by revoked_by revoked_why",
    ),
    (
        Document,
        DOCUMENT,
        "id student student_request message origin slot issued_form file original_name "
        "content_type extension added_by seen_at removed_at settled_at settled_by assignee "
        "filed_with scan",
    ),
]


@pytest.mark.parametrize(
    ("model", "copied", "not_copied"), NOT_COPIED, ids=[row[0].__name__ for row in NOT_COPIED]
)
def test_what_is_copied_of_the_portals_rows_is_chosen_column_by_column(model, copied, not_copied):
    names = {field.name for field in model._meta.concrete_fields}

    assert names - set(copied) == set(not_copied.split())


@pytest.fixture
def full(student):
    """A student with one of everything that a copy tells, and notes that it does not."""
    advisor = Actor.for_user(factories.make_staff())
    add_to_record(
        student,
        Dependent,
        {"family_name": "Okoye", "given_name": "Ada", "relation": "child"},
        by=None,
        source="Call",
    )
    work = EmploymentAuthorization.objects.create(
        record=student, kind="OPT", start=date(2026, 1, 1), end=date(2026, 12, 31)
    )
    ReportedJob.objects.create(
        authorization=work, employer="Harbor <Labs>", start=date(2026, 2, 1), hours_per_week=40
    )
    ScholarDetails.objects.create(
        record=student, position="Visitor", export_control="SECRET vetting"
    )
    made = factories.make_request(student, "cpt", "clarification", employer_name="Pier & Co")
    send_message(made, "When may I start?", Actor.for_user(student.user))
    add_note(made, "SECRET note", advisor)
    add_record_note(student, "SECRET remark", advisor)
    factories.make_request(student, "reprint", "completed")
    receive_document(student, factories.pdf_file("card.pdf"), kind="ead")
    return student


def test_a_whole_copy(full, office):
    copy = make_copy(full)
    data = copy.data

    cpt, reprint = data["requests"]
    assert [cpt["title"], cpt["status"], reprint["status"]] == [
        "Curricular Practical Training (CPT)",
        "Clarification Requested",
        "Completed",
    ]
    assert cpt["answers"]["employer_name"] == {
        "question": "Employer",
        "value": "Pier & Co",
        "words": "Pier & Co",
    }
    assert [(each["from"], each["text"]) for each in cpt["messages"]] == [
        ("You", "When may I start?")
    ]
    assert [each["sentence"] for each in cpt["questions"]] == ["Please look at this again."]
    assert [each["number"] for each in cpt["submissions"]] == [1]
    assert cpt["history"][0]["what"] == "Started"
    assert [each["employer"] for each in data["jobs"]] == ["Harbor <Labs>"]
    assert [each["given_name"] for each in data["dependents"]] == ["Ada"]
    assert {each["request"] for each in data["mails"]} == {cpt["reference"], reprint["reference"]}
    assert {each["recipient"] for each in data["mails"]} == {full.user.email}
    in_archive = {each["file"] for each in data["documents"]}
    assert in_archive == {name for name in copy.names if name.startswith("files/")}
    assert len(in_archive) == Document.objects.filter(student=full).count()
    assert all(copy.contents[name].startswith(b"%PDF-") for name in in_archive)
    assert data["about"]["fields"]["record"]["us_phone"] == "US phone"
    assert data["about"]["fields"]["requests"]["messages"]["text"] == "Message"


def test_a_copy_holds_nothing_of_the_office_and_of_others(full, office):
    other = factories.make_student("other@school.example", family_name="Lindqvist")
    factories.make_request(other, "reprint", "completed")
    # A family shares an address; what went there about somebody else stays out.
    StudentRecord.objects.filter(pk=other.pk).update(email=full.email)
    notify("status_changed", to=other.user.email, about="", dedupe="x", context={"note": "SECRET"})
    copy = make_copy(full)
    everything = "".join(
        text.decode() for name, text in copy.contents.items() if not name.startswith("files/")
    )

    # The name of an advisor stands where a mail gave it, as in the portal.
    unwanted = ("SECRET", "Lindqvist", "staff.example", "other@school.example")
    assert [each for each in unwanted if each in everything] == []


def test_the_page_reads_without_the_portal_and_runs_nothing(full, office):
    copy = make_copy(full)

    assert "Harbor &lt;Labs&gt;" in copy.page
    assert "Harbor <Labs>" not in copy.page
    assert "<script" not in copy.page
    assert "style=" not in copy.page
    assert 'href="record.css"' in copy.page
    for name in copy.names:
        if name.startswith("files/"):
            assert f'href="{name.replace(" ", "%20")}"' in copy.page


@pytest.mark.parametrize(
    ("original", "in_copy"),
    [
        ("../../etc/passwd.pdf", "files/001 passwd.pdf"),
        ("..\\..\\CON.pdf", "files/001 CON.pdf"),
        ("a/b:c?.exe", "files/001 b_c_.pdf"),
        ("‮fdp.exe", "files/001 fdp.pdf"),
        ("Müller 日本.pdf", "files/001 Müller 日本.pdf"),
    ],
)
def test_the_names_of_files_are_safe(student, original, in_copy):
    document = receive_document(student, factories.pdf_file("card.pdf"), kind="ead")
    Document.objects.filter(pk=document.pk).update(original_name=original)

    assert [name for name in make_copy(student).names if name.startswith("files/")] == [in_copy]


@pytest.mark.parametrize("scan", ["waiting", "infected"])
def test_a_file_that_is_held_back_is_named_and_stays_out(student, scan):
    document = receive_document(student, factories.pdf_file("card.pdf"), kind="ead")
    Document.objects.filter(pk=document.pk).update(scan=scan)
    copy = make_copy(student)

    (told,) = copy.data["documents"]
    assert (told["file"], bool(told["why_not"])) == ("", True)
    assert not [name for name in copy.names if name.startswith("files/")]


def test_a_file_that_retention_deleted_is_named(student):
    document = receive_document(student, factories.pdf_file("card.pdf"), kind="ead")
    Document.objects.filter(pk=document.pk).update(file="")

    (told,) = make_copy(student).data["documents"]

    assert (told["file"], told["why_not"]) == ("", "We kept it for its time and deleted it.")


def test_a_missing_file_is_named_and_the_copy_is_made(student, caplog):
    document = receive_document(student, factories.pdf_file("card.pdf"), kind="ead")
    document.file.storage.delete(document.file.name)

    (told,) = make_copy(student).data["documents"]

    assert (told["file"], told["why_not"]) == ("", "The file is missing. Please tell us.")
    assert [each.getMessage() for each in caplog.records] == [
        f"The file of document {document.pk} is missing."
    ]


def test_what_a_discarded_draft_held_is_not_in_it(student):
    draft = factories.make_draft(student)
    perform(draft, "discard", Actor.for_user(student.user))
    copy = make_copy(student)

    assert (copy.data["requests"], copy.data["documents"]) == ([], [])


@pytest.mark.parametrize("rows", [1, 30])
def test_one_row_of_everything_and_thirty_cost_the_same_queries(
    student, rows, django_assert_num_queries
):
    document = receive_document(student, factories.pdf_file("card.pdf"), kind="ead")
    for number in range(rows):
        made = factories.make_draft(student, "cpt", fill=False, number=number)
        StudentRequest.objects.filter(pk=made.pk).update(
            state="completed", answers={"employer_name": f"Employer {number}"}
        )
        change_record(student, {"major": f"Major {number}"}, by=None, source=made.reference)
        document.pk = uuid.uuid4()
        document.save(force_insert=True)
        notify("status_changed", to="x@y.example", about=made.reference, dedupe=number, context={})
    student.refresh_from_db()
    write_archive(student, io.BytesIO(), going_on=bool)

    # The worker knows its office (jobs.py).
    with working_for(the_office()), django_assert_num_queries(28):
        write_archive(student, file := io.BytesIO(), going_on=bool)
    data = Opened(file).data
    assert [len(data[key]) for key in ("requests", "changes", "mails", "documents")] == [
        *[rows] * 3,
        rows + 1,
    ]
