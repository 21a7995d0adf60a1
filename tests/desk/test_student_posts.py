"""What an advisor begins for a student: a request he completes, a document he did not ask for."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from isso.requests.actor import Actor
from isso.requests.conversation import add_record_note
from isso.requests.models import Document, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed
from isso.requests.records.models import IssuedForm
from isso.tests import factories


@pytest.fixture
def record(staff):
    """A student for whom a reprint is open and Check-In is not."""
    return factories.make_student()


@pytest.fixture
def student(record, sign_in):
    """The student's browser."""
    return sign_in(record.user)


def started(record):
    return StudentRequest.objects.filter(student=record)


def mails():
    return list(Notice.objects.values_list("key", "recipient", "links"))


def start(client, record, **typed):
    typed = {"type": "reprint", "reason": "", "note": "", "start_key": "one"} | typed
    return client.post(f"/admin/students/{record.pk}/start/", typed)


def test_the_student_finds_the_draft_is_told_and_sends_it(record, staff, advisor, student):
    answer = start(advisor, record, note="Your passport is new, so you need a new I-20.")

    assert (answer.status_code, answer.url) == (302, f"/admin/students/{record.pk}/")
    draft = started(record).get()
    assert (draft.state, draft.started_by, draft.eligibility_override) == (
        "draft",
        staff[Role.ADVISOR],
        "",
    )
    assert list(draft.history.values_list("action", "actor_user", "note", "note_is_shown")) == [
        ("start", staff[Role.ADVISOR].pk, "", False),
        (
            "note_at_start",
            staff[Role.ADVISOR].pk,
            "Your passport is new, so you need a new I-20.",
            True,
        ),
    ]
    assert mails() == [
        ("request_started", record.user.email, {"link": ["request", draft.reference]})
    ]
    words = Notice.objects.get().redacted().text
    assert words.count("Your passport is new, so you need a new I-20.") == 1
    assert words.count("for you.") == 1

    overview = student.get("/portal/requests/").content.decode()
    welcome = student.get("/portal/").content.decode()
    assert draft.reference in overview
    assert "We started this request for you. Complete it and send it." in welcome

    assert factories.make_draft(record).pk == draft.pk
    sent = factories.send(StudentRequest.objects.get(pk=draft.pk))
    assert sent.state == "submitted"
    page = advisor.get(f"/admin/desk/{sent.pk}/").context["case"]
    assert [(event.title, event.who) for event in page.history][-2:] == [
        ("Note to the student", "Office advisor"),
        ("Started", "Office advisor"),
    ]


def test_outside_the_rules_it_takes_a_reason(record, advisor):
    refused = start(advisor, record, type="check_in", note="Please check in again.")

    assert refused.status_code == 422
    ((field, (sentence,)),) = refused.context["form"].errors.items()
    assert (field, sentence.endswith("Write why you start it all the same.")) == ("reason", True)
    assert refused.context["form"]["note"].value() == "Please check in again."
    assert (started(record).count(), mails()) == (0, [])

    start(advisor, record, type="check_in", reason="Came back after two years.")
    draft = started(record).get()
    assert (draft.type_key, draft.eligibility_override) == (
        "check_in",
        "Came back after two years.",
    )
    assert [entry.note_is_shown for entry in draft.history.all() if entry.note] == [False]
    assert "Came back" not in Notice.objects.get().redacted().text


@pytest.mark.parametrize("typed", [{"type": ""}, {"type": "nonsense"}, {"note": "x" * 1001}])
def test_nonsense_starts_nothing(typed, record, advisor):
    assert start(advisor, record, **typed).status_code == 422
    assert (started(record).count(), mails()) == (0, [])


def test_pressing_twice_starts_once_and_tells_once(record, advisor):
    start(advisor, record)
    start(advisor, record)
    start(advisor, record, start_key="two")

    assert (started(record).count(), len(mails())) == (1, 1)


def test_what_is_under_way_is_opened_instead(record, staff, advisor):
    made = factories.make_request(record, "reprint", "in_review", staff[Role.ADVISOR])
    Notice.objects.all().delete()

    answer = start(advisor, record)

    assert (answer.url, started(record).count(), mails()) == (
        f"/admin/desk/{made.pk}/",
        1,
        [],
    )


def opened(client, document):
    answer = client.get(document.get_absolute_url())
    return answer.streaming and b"".join(answer.streaming_content).startswith(b"%PDF-")


def give(client, record, **typed):
    typed = {
        "kind": "letter",
        "title": "Travel letter",
        "file": factories.pdf_file("letter.pdf"),
        "is_released": "yes",
    } | typed
    return client.post(f"/admin/students/{record.pk}/document/", typed)


def test_a_released_document_reaches_the_student(record, staff, advisor, student):
    form = IssuedForm.objects.create(record=record, kind="I-20", issued_on="2026-09-01")

    answer = give(advisor, record, kind="i20", title="I-20", issued_form=form.pk, note="Paper copy")

    assert (answer.status_code, answer.url) == (302, f"/admin/students/{record.pk}/")
    document = Document.objects.get()
    assert (document.origin, document.kind, document.title, document.issued_form) == (
        "office",
        "i20",
        "I-20",
        form,
    )
    assert (document.added_by, document.student_request, document.note) == (
        staff[Role.ADVISOR],
        None,
        "Paper copy",
    )
    assert mails() == [("document_released", record.user.email, {"link": ["documents"]})]
    mail = Notice.objects.get().redacted()
    assert mail.subject == "Please read: Your document is ready: I-20"
    assert mail.text.count("Your document is ready: I-20.") == 1
    assert opened(student, document)
    assert document.get_absolute_url() in student.get("/portal/requests/").content.decode()
    assert "Paper copy" not in student.get("/portal/requests/").content.decode()


def test_a_document_for_the_office_stays_there(record, advisor, student):
    give(advisor, record, is_released="no")

    document = Document.objects.get()
    assert (document.released_at, mails()) == (None, [])
    assert (opened(advisor, document), opened(student, document)) == (True, False)
    assert "Travel letter" not in student.get("/portal/requests/").content.decode()


def wrong_file():
    return SimpleUploadedFile("i20.pdf", b"MZ not a pdf", content_type="application/pdf")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"kind": ""}, "kind"),
        ({"kind": "nonsense"}, "kind"),
        ({"title": "  "}, "title"),
        ({"title": "x" * 161}, "title"),
        ({"file": ""}, "file"),
        ({"file": wrong_file}, "file"),
        ({"is_released": ""}, "is_released"),
        ({"issued_form": "999"}, "issued_form"),
        ({"dated_on": "2026-02-30"}, "dated_on"),
    ],
)
def test_a_mistake_is_told_at_its_field(typed, field, record, advisor):
    typed = {name: value() if callable(value) else value for name, value in typed.items()}

    answer = give(advisor, record, **typed)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    if "title" not in typed:
        assert answer.context["form"]["title"].value() == "Travel letter"
    assert (Document.objects.count(), mails()) == (0, [])


def test_the_form_of_somebody_else_is_not_offered(record, advisor):
    other = factories.make_student("other@school.example")
    form = IssuedForm.objects.create(record=other, kind="I-20", issued_on="2026-09-01")

    answer = give(advisor, record, issued_form=form.pk)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["issued_form"])


def test_a_note_without_a_request_is_kept_and_no_student_sees_it(record, staff, advisor, student):
    answer = advisor.post(f"/admin/students/{record.pk}/note/", {"text": "Moves in May."})

    assert (answer.status_code, answer.url) == (302, f"/admin/students/{record.pk}/")
    (note,) = advisor.get(answer.url).context["file"].notes
    assert (note.text, note.who, note.before) == (
        "Moves in May.",
        staff[Role.ADVISOR].full_name,
        "",
    )
    for page in ("portal_profile", "portal_requests"):
        assert "Moves in May." not in student.get(reverse(page)).text


@pytest.mark.parametrize("text", ["", "  ", "x" * 5001])
def test_an_empty_or_endless_note_is_refused_with_its_words_kept(record, advisor, text):
    answer = advisor.post(f"/admin/students/{record.pk}/note/", {"text": text})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])
    assert answer.context["form"]["text"].value() == text
    assert record.notes.count() == 0


def test_nobody_notes_anything_about_oneself(record, staff):
    record.user = staff[Role.ADVISOR]
    with pytest.raises(NotAllowed):
        add_record_note(record, "I am great.", Actor.for_user(staff[Role.ADVISOR]))
