"""Documents: what the office released, what is new, and what a student sends by himself."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.models import Caseload, Document
from isso.requests.notices.models import Notice
from isso.requests.perform import NotPossible, perform
from isso.requests.receiving import receive_document, settle_document
from isso.requests.records.files import checked_upload
from isso.requests.records.models import AccessLog, IssuedForm
from isso.requests.releasing import release_document, release_to_record
from isso.tests import factories

TAB, SEND = "/portal/requests/", "/portal/documents/send/"


@pytest.fixture
def advisor(office):
    return factories.make_staff()


@pytest.fixture
def actor(advisor):
    return Actor.for_user(advisor)


def release(record, title, kind, actor):
    checked = checked_upload(factories.pdf_file(pages=1 + Document.objects.count()))
    document, _is_new = release_to_record(record, checked, title, kind, actor)
    return document


# Released documents, the newest first.


@pytest.mark.parametrize(
    ("visa_class", "kind", "refused"), [("F-1", "i20", "ds2019"), ("J-1", "ds2019", "i20")]
)
def test_the_form_of_ones_status_stands_first_and_every_other_document_below(
    client, office, actor, visa_class, kind, refused, monday
):
    student = factories.make_student(visa_class="F-1" if refused == "i20" else "J-1")
    # Of the time before a change of status.
    release(student, "Of the other status", refused, actor)
    student.visa_class = visa_class
    student.save()
    for number, (title, released) in enumerate(
        [("First form", kind), ("Newest form", kind), ("Letter", "letter")]
    ):
        monday.shift(timedelta(days=number + 1))
        release(student, title, released, actor)
    client.force_login(student.user)

    shown = client.get(TAB).context["documents"].released

    assert [row.title for row in shown] == [
        "Newest form",
        "Letter",
        "First form",
        "Of the other status",
    ]


def test_a_document_is_new_until_its_student_downloads_it(portal, student, actor, advisor, client):
    document = release(student, "I-20", "i20", actor)
    address = document.get_absolute_url()

    def is_new():
        client.force_login(student.user)
        return [row.is_new for row in client.get(TAB).context["documents"].released]

    client.force_login(advisor)
    b"".join(client.get(address))
    client.force_login(student.user)
    list(client.head(address).streaming_content)
    assert is_new() == [True]

    b"".join(client.get(address))
    assert is_new() == [False]
    first = Document.objects.get().seen_at
    b"".join(client.get(address))
    assert Document.objects.get().seen_at == first == timezone.now()


def test_ones_own_files_are_listed_and_those_taken_away_are_not(portal, student):
    draft = factories.make_draft(student, "cpt")
    sent = receive_document(student, factories.pdf_file("ead.pdf"), kind="ead")
    uploaded = draft.documents.first()

    uploads = portal.get(TAB).context["documents"].uploads
    assert {(row.name, str(row.about)) for row in uploads} == {
        ("ead.pdf", ""),
        *((each.original_name, str(draft.type.title)) for each in draft.documents.all()),
    }

    Document.objects.filter(pk__in=[sent.pk, uploaded.pk]).update(removed_at=timezone.now())
    left = portal.get(TAB).context["documents"].uploads
    assert len(left) == len(uploads) - 2


@pytest.mark.parametrize("method", ["get", "head"])
def test_a_file_that_is_not_on_the_disk_gets_a_clear_page(portal, student, actor, method):
    document = release(student, "I-20", "i20", actor)
    document.file.storage.delete(document.file.name)

    answer = getattr(portal, method)(document.get_absolute_url())

    assert answer.status_code == 404
    if method == "get":
        assert "The document is on our list, but its file is not in our storage." in (
            answer.content.decode()
        )
    assert Document.objects.get().seen_at is None


# Releasing.


@pytest.mark.parametrize(
    ("visa_class", "type_key", "kind"),
    [("F-1", "reprint", "i20"), ("J-1", "reprint", "ds2019"), ("F-1", "cpt", "i20")],
)
def test_what_a_request_releases_is_the_form_of_the_persons_status(
    office, advisor, actor, visa_class, type_key, kind
):
    made = factories.make_request(
        factories.make_student(visa_class=visa_class), type_key, "approved", advisor
    )

    assert factories.release(made, actor).kind == kind


def test_the_released_form_is_tied_to_the_one_completion_notes_before_and_after(advisor, actor):
    made = factories.make_request(None, "cpt", "approved", advisor)
    made = factories.record_in_sevis(made, actor)
    before = factories.release(made, actor, "I-20")
    letter = release_document(
        made, factories.pdf_file("letter.pdf"), "Letter", actor, kind="letter"
    )
    made = perform(made, "complete", actor)
    if not IssuedForm.objects.exists():
        made.student.issued_forms.create(
            kind="I-20", issued_on=timezone.localdate(), reference=made.reference
        )
    after = factories.release(made, actor, "Corrected I-20")

    for document in (before, letter, after):
        document.refresh_from_db()
    form = IssuedForm.objects.get()
    assert (before.issued_form, letter.issued_form, after.issued_form) == (form, None, form)


def test_the_state_is_looked_at_again_under_the_lock(advisor, actor):
    made = factories.make_request(state="approved")
    stale = type(made).objects.get(pk=made.pk)
    perform(made, "reopen", actor, note="A date is wrong.")

    with pytest.raises(NotPossible):
        release_document(stale, factories.pdf_file(), "I-20", actor)
    assert not Document.objects.released().exists()


def test_the_same_file_is_released_to_a_person_once(student, actor):
    checked = [checked_upload(factories.pdf_file()) for _twice in range(2)]

    told = [release_to_record(student, each, "I-20", "i20", actor)[1] for each in checked]

    assert told == [True, False]
    assert Document.objects.count() == Notice.objects.count() == 1


# Send us a document.


def send(client, **typed):
    data = {"kind": "receipt", "dated_on": "2026-09-30", "note": "For my OPT"} | typed
    data.setdefault("file", factories.pdf_file("receipt.pdf"))
    return client.post(SEND, {name: value for name, value in data.items() if value is not None})


def test_a_document_is_sent_received_and_listed(portal, student, advisor):
    Caseload.objects.create(advisor=advisor, letters_from="A", letters_to="Z")

    answer = send(portal)
    page = portal.get(answer.url)

    document = Document.objects.get()
    assert (document.student, document.kind, document.dated_on, document.note) == (
        student,
        "receipt",
        date(2026, 9, 30),
        "For my OPT",
    )
    assert (document.student_request, document.assignee, document.settled_at) == (
        None,
        advisor,
        None,
    )
    assert [str(message) for message in page.context["messages"]] == [
        "We have your document “USCIS receipt notice (I-797)” since October 5, 2026, 10:00 am. "
        "Your advisor looks at it next."
    ]
    assert [(row.file.name, row.is_settled) for row in page.context["sent"]] == [
        ("receipt.pdf", False)
    ]


def test_the_same_file_twice_is_one_document(portal):
    send(portal)
    send(portal)

    assert Document.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "field", "sentence"),
    [
        ({"kind": ""}, "kind", "This field is required."),
        ({"kind": "letter"}, "kind", None),
        ({"dated_on": "soon"}, "dated_on", "Enter a real date, such as 2027-02-14."),
        (
            {"dated_on": "1492-10-12"},
            "dated_on",
            "Enter the date as it is printed on the document.",
        ),
        ({"file": None}, "file", "Choose the file to send."),
        (
            {"file": SimpleUploadedFile("x.pdf", b"MZ not a pdf")},
            "file",
            "This is not a PDF, JPG, PNG or HEIC file. Save or export it as a PDF, or take a "
            "photo of it, and upload that.",
        ),
        ({"note": "x" * 251}, "note", None),
    ],
)
def test_what_does_not_fit_is_said_at_its_field_and_the_rest_stays(portal, typed, field, sentence):
    answer = send(portal, **typed)

    form = answer.context["form"]
    assert (answer.status_code, list(form.errors)) == (422, [field])
    if sentence:
        assert form.errors[field] == [sentence]
    assert form["note"].value() == typed.get("note", "For my OPT")
    assert not Document.objects.exists()


def test_twenty_documents_a_day_are_enough(portal, monday):
    for number in range(20):
        assert send(portal, file=factories.pdf_file(pages=number + 1)).status_code == 302

    too_many = send(portal, file=factories.pdf_file(pages=30))
    assert too_many.status_code == 429
    assert too_many.context["form"].non_field_errors() == [
        "You have sent 20 documents today. Send the others tomorrow."
    ]
    assert Document.objects.count() == 20


def test_the_answer_stands_beside_what_was_sent(portal, student, actor):
    document = receive_document(student, factories.pdf_file(), kind="ead")
    settle_document(document, actor, answer="Thank you. It is on your record.")

    (row,) = portal.get(SEND).context["sent"]

    assert (row.is_settled, row.answer) == (True, "Thank you. It is on your record.")


def test_a_neighbor_sees_none_of_it_and_the_attempt_is_noted(client, student):
    document = receive_document(student, factories.pdf_file(), kind="ead")
    client.force_login(factories.make_student("neighbor@school.example").user)

    assert client.get(document.get_absolute_url()).status_code == 404
    assert client.get(SEND).context["sent"] == []
    assert AccessLog.objects.get(what="document").allowed is False


@pytest.mark.parametrize("rows", [1, 30])
def test_the_lists_ask_the_same_for_one_document_and_for_thirty(
    portal, student, actor, rows, django_assert_num_queries
):
    for number in range(rows):
        receive_document(student, factories.pdf_file(pages=number + 1), kind="ead")
    request = factories.make_request(student, "reprint", "completed")
    for number in range(rows - 1):
        factories.release(request, actor, f"Form {number}")
    portal.get("/portal/")

    with django_assert_num_queries(7):
        assert len(portal.get(SEND).context["sent"]) == rows
    with django_assert_num_queries(11):
        documents = portal.get(TAB).context["documents"]
    of_the_request = request.documents.uploaded().count()
    assert (len(documents.released), len(documents.uploads)) == (rows, rows + of_the_request)
