"""Uploads are kept from everybody until ClamAV has looked; here a small server speaks like it."""

import socket
import struct
import threading

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.checklist import open_points
from isso.requests.conversation import general_thread_of, send_message
from isso.requests.jobs import JOBS
from isso.requests.models import Document, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import perform
from isso.requests.preconditions import problems_of
from isso.requests.receiving import receive_document
from isso.requests.scanning import scan_waiting
from isso.tests import factories

pytestmark = pytest.mark.usefixtures("office")


class Scanner:
    """Answers each file with ``answer``, or never; ``heard`` keeps what came."""

    def __init__(self, path):
        self.answer, self.heard, self.path = b"stream: OK", [], str(path)
        self.hangs_on = lambda content: False
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self._socket.bind(self.path)
        self._socket.listen()
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self):
        while True:
            connection, _peer = self._socket.accept()
            with connection, connection.makefile("rb") as stream:
                command = stream.read(10)
                if command != b"zINSTREAM\0":
                    return
                self.heard.append(b"".join(self._pieces(stream)))
                if self.hangs_on(self.heard[-1]):
                    stream.read(1)  # Until the other side has given up.
                elif self.answer is not None:
                    connection.sendall(self.answer + b"\0")

    def _pieces(self, stream):
        while length := struct.unpack("!I", stream.read(4))[0]:
            yield stream.read(length)

    def stop(self):
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.connect(self.path)
            connection.sendall(b"zSHUTDOWN\0")
        self._thread.join()
        self._socket.close()


@pytest.fixture
def clamd(tmp_path, settings):
    """A scanner that runs, and an office that uses it."""
    scanner = Scanner(tmp_path / "clamd")
    settings.CLAMD_SOCKET = scanner.path
    yield scanner
    scanner.stop()


@pytest.fixture
def draft(clamd):
    """A complete draft whose files wait."""
    return factories.make_draft(factories.make_student(), "cpt")


def states():
    return sorted(set(Document.objects.values_list("scan", flat=True)))


def opened(client, document, user):
    client.force_login(user)
    return client.get(reverse("portal_document", args=[document.pk]))


def test_without_a_scanner_files_open_at_once(client):
    draft = factories.make_draft(factories.make_student(), "cpt")
    document = draft.documents.first()

    answer = opened(client, document, draft.student.user)

    assert (document.scan, answer.status_code) == ("none", 200)
    assert answer.getvalue().startswith(b"%PDF")


def test_a_waiting_file_is_opened_by_nobody_and_a_clean_one_by_those_who_may(draft, clamd, client):
    document, student = draft.documents.first(), draft.student.user
    factories.send(draft)
    advisor = factories.make_staff()

    for user in (student, advisor):
        answer = opened(client, document, user)
        assert (answer.status_code, answer.streaming) == (409, False)
        assert "We are still checking this file" in answer.text

    assert scan_waiting() == Document.objects.count()
    assert states() == ["clean"]
    with document.file.open("rb") as file:
        assert file.read() in clamd.heard
    for user in (student, advisor):
        assert opened(client, document, user).getvalue().startswith(b"%PDF")


def test_a_request_is_sent_while_its_files_wait(draft):
    assert problems_of(draft) == []

    sent = factories.send(draft)

    assert (sent.state, states()) == ("approver_review", ["waiting"])


def test_a_file_with_a_virus_is_opened_by_nobody_and_fills_no_place(draft, clamd, client):
    document, student = draft.documents.first(), draft.student.user
    clamd.answer = b"stream: Eicar-Signature FOUND"

    scan_waiting()

    assert states() == ["infected"]
    answer = opened(client, document, student)
    assert (answer.status_code, answer.streaming) == (409, False)
    assert "We did not accept this file" in answer.text
    assert [(each.name, each.sentence) for each in problems_of(draft)] == [
        (document.slot, f"Upload: {document.title}.")
    ]
    page = draft.type.page_of(document.slot)
    shown = client.get(reverse("portal_page", args=[draft.reference, page.slug])).text
    assert "Refused: it may hold a virus. Upload a clean copy of this document." in shown


def test_a_clean_copy_replaces_it(draft, clamd):
    document, actor = draft.documents.first(), Actor.for_user(draft.student.user)
    clamd.answer = b"stream: Eicar-Signature FOUND"
    scan_waiting()
    clamd.answer = b"stream: OK"
    slot = next(each for each in draft.type.slots if each.name == document.slot)

    drafting.remove(draft, document.pk, actor)
    drafting.attach(draft, slot, factories.pdf_file("clean.pdf"), actor)
    scan_waiting()

    assert problems_of(StudentRequest.objects.get(pk=draft.pk)) == []
    assert list(draft.documents.uploaded().values_list("scan", flat=True)) == ["clean"]


def test_the_advisor_reads_that_a_file_is_missing_when_a_virus_is_found_later(draft, clamd):
    sent = factories.send(draft)
    missing = "Every required file is there: Offer letter"
    assert missing not in open_points(sent)
    clamd.answer = b"stream: Eicar-Signature FOUND"

    scan_waiting()

    assert missing in open_points(sent)


def test_the_student_is_told_once_of_a_virus_found_after_sending(draft, clamd):
    sent = factories.send(draft)
    Notice.objects.all().delete()
    clamd.answer = b"stream: Eicar-Signature FOUND"
    refused = sent.documents.filter(scan="waiting").count()

    assert (scan_waiting(), scan_waiting()) == (refused, 0)

    told = Notice.objects.filter(key="file_refused")
    assert [(each.recipient, each.about) for each in told] == [
        (sent.student.user.email, sent.reference)
    ] * refused
    text = told[0].redacted().text
    assert "Our virus scanner refused the file you uploaded" in text
    assert "We will ask you for it in your request" in text


def test_a_document_sent_without_a_request_is_asked_for_again(clamd):
    record = factories.make_student()
    receive_document(record, factories.pdf_file(), kind="receipt")
    clamd.answer = b"stream: Eicar-Signature FOUND"

    scan_waiting()

    told = Notice.objects.get(key="file_refused")
    assert (told.recipient, told.about) == (record.user.email, "")
    assert "Please send us a clean copy" in told.redacted().text


def test_a_draft_says_it_in_place_and_an_end_needs_no_file(draft, clamd):
    clamd.answer = b"stream: Eicar-Signature FOUND"
    scan_waiting()
    ended = factories.send(factories.make_draft(factories.make_student("b@school.example"), "cpt"))
    perform(ended, "withdraw", Actor.for_user(ended.student.user))
    scan_waiting()

    assert Notice.objects.filter(key="file_refused").count() == 0


@pytest.mark.parametrize(
    "answer",
    [
        b"INSTREAM size limit exceeded. ERROR",
        b"UNKNOWN COMMAND",
        b"stream: OK but not quite",
        b"",
        None,
    ],
)
def test_any_other_answer_leaves_the_file_waiting_and_is_tried_again(draft, clamd, answer):
    clamd.answer = answer

    assert scan_waiting() == 0
    assert states() == ["waiting"]

    clamd.answer = b"stream: OK"
    assert scan_waiting() == Document.objects.count()


def test_a_scanner_that_is_away_leaves_the_file_waiting(draft, settings, tmp_path):
    running = settings.CLAMD_SOCKET
    settings.CLAMD_SOCKET = str(tmp_path / "nobody")

    assert scan_waiting() == 0
    assert states() == ["waiting"]

    settings.CLAMD_SOCKET = running
    assert scan_waiting() == Document.objects.count()


def test_a_file_on_which_the_scanner_hangs_stops_no_other_for_good(clamd, monkeypatch):
    record = factories.make_student()
    bad = receive_document(record, factories.pdf_file(pages=2), kind="receipt")
    receive_document(record, factories.pdf_file(), kind="ead")
    size = bad.size
    monkeypatch.setattr("isso.requests.records.clamd.TIMEOUT_SECONDS", 0.2)
    clamd.hangs_on = lambda content: len(content) == size

    rounds = (scan_waiting() for _round in range(40))

    assert next((number for number in rounds if number), 0) == 1
    assert Document.objects.get(scan="waiting") == bad


def test_a_missing_file_stops_no_other(draft):
    lost = draft.documents.first()
    other = factories.make_draft(factories.make_student("b@school.example"), "cpt")
    lost.file.storage.delete(lost.file.name)

    assert scan_waiting() == other.documents.count()
    assert Document.objects.get(pk=lost.pk).scan == "waiting"


def test_a_worker_without_the_setting_opens_nothing(draft, settings):
    settings.CLAMD_SOCKET = ""

    assert scan_waiting() == 0
    assert states() == ["waiting"]


def test_an_office_that_gives_up_its_scanner_opens_what_waits_by_command(draft, settings, capsys):
    with pytest.raises(CommandError, match="CLAMD_SOCKET is set"):
        call_command("open_unscanned")
    assert states() == ["waiting"]
    settings.CLAMD_SOCKET = ""

    call_command("open_unscanned")

    opened = Document.objects.count()
    assert capsys.readouterr().out == f"Files opened without a scan: {opened}.\n"
    assert states() == ["none"]


def test_the_worker_scans():
    assert "scan uploads" in [job.name for job in JOBS]


@pytest.mark.parametrize("about_request", [True, False])
def test_a_file_of_a_message_waits_too_and_its_writer_is_told(clamd, about_request):
    student, advisor = factories.make_student(), factories.make_staff()
    thread = (
        factories.make_request(student, "reprint", "in_review", advisor)
        if about_request
        else general_thread_of(student)
    )
    own = Actor.for_student(student.user)
    for actor in (own, Actor.for_user(advisor)):
        send_message(thread, "See this.", actor, files=[factories.pdf_file("bad.pdf")])
    # The files of the form itself are none of this.
    Document.objects.filter(message=None).update(scan="clean")
    attached = Document.objects.filter(message__isnull=False)
    before = [each.may_be_opened for each in attached]
    clamd.answer = b"stream: Eicar FOUND"

    scan_waiting()

    assert before == [False, False]
    assert [each.is_infected for each in attached.all()] == [True, True]
    mails = Notice.objects.filter(key="file_refused")
    # What the office attached is refused before everybody's eyes at the message.
    assert [(each.recipient, each.links["link"][0]) for each in mails] == [
        (student.user.email, "request" if about_request else "messages")
    ]
