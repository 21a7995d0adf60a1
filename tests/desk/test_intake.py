"""Bulk intake: each PDF goes to the one person all identifiers name, or is set aside."""

import io
import zipfile
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook

from isso.requests.actor import Actor
from isso.requests.intake import bundle
from isso.requests.intake.checking import check_intake
from isso.requests.intake.settling import assign_row, discard_row, release_intake
from isso.requests.models import Document, DocumentIntake, IntakeRow
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, NotPossible
from isso.requests.records.importing.problems import FileProblem
from isso.tests import factories
from isso.tests.worker.test_scanning import Scanner

INTAKE = "/admin/desk/intake/"
HEADER = "file,sevis_id,family_name,given_name,birth_date,kind,title"
BORN = date(2001, 5, 31)
SCANS = [
    (b"stream: OK", True),
    (b"stream: Eicar-Signature FOUND", False),
    (b"INSTREAM size limit exceeded. ERROR", False),
]


@pytest.fixture
def amara(staff):
    return factories.make_student("a@school.example", birth_date=BORN, sevis_id="N0000000001")


@pytest.fixture
def nils(staff):
    return factories.make_student(
        "n@school.example",
        family_name="Lindqvist",
        given_name="Nils",
        birth_date=date(1999, 1, 2),
        sevis_id="N0000000002",
    )


@pytest.fixture
def actor(staff):
    return Actor.for_user(staff[Role.ADVISOR])


AMARA = "a.pdf,N0000000001,Okoye,Amara,2001-05-31,I-20,I-20 for travel"
NILS = "n.pdf,N0000000002,Lindqvist,Nils,1999-01-02,I-20,"


def manifest(*lines, header=HEADER, name="list.csv"):
    return SimpleUploadedFile(name, "\n".join([header, *lines]).encode())


def pdfs(*names):
    """Return one PDF for each name; no two are the same."""
    return [factories.pdf_file(name, pages=number) for number, name in enumerate(names, start=1)]


def outcomes(intake):
    return [(row.file_name, row.outcome, row.reason) for row in intake.rows.all()]


def stored(kept):
    with kept.file.open("rb") as file:
        return file.read()


def archive(*files, name="files.zip"):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for path, content in files:
            packed.writestr(path, content)
    return SimpleUploadedFile(name, buffer.getvalue())


def content(name="a.pdf", pages=1):
    return factories.pdf_file(name, pages).read()


# The dry run.


def test_what_matches_in_all_is_ready_and_nothing_is_released_yet(amara, nils, actor):
    intake = check_intake(manifest(AMARA, NILS), pdfs("a.pdf", "N.PDF"), actor)

    assert outcomes(intake) == [("a.pdf", "ready", ""), ("N.PDF", "ready", "")]
    assert list(intake.rows.values_list("student", "kind", "title")) == [
        (amara.pk, "i20", "I-20 for travel"),
        (nils.pk, "i20", "I-20"),
    ]
    assert not Document.objects.exists()
    assert not Notice.objects.exists()


ANOTHER_NAME = "The SEVIS ID belongs to somebody of another name: Amara Okoye."


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        (
            "a.pdf,N0000000009,Okoye,Amara,2001-05-31,I-20,",
            "No record has the SEVIS ID N0000000009.",
        ),
        ("a.pdf,N0000000001,Okafor,Amara,2001-05-31,I-20,", ANOTHER_NAME),
        ("a.pdf,N0000000001,Okoye,Amadi,2001-05-31,I-20,", ANOTHER_NAME),
        ("a.pdf,N0000000001,Okoye,,2001-05-31,I-20,", ANOTHER_NAME),
        # Two rows swapped between people name nobody.
        ("a.pdf,N0000000002,Okoye,Amara,2001-05-31,I-20,", None),
        (
            "a.pdf,N0000000001,Okoye,Amara,2001-05-30,I-20,",
            "The date of birth is another one: the row says 2001-05-30.",
        ),
        (
            "a.pdf,N0000000001,Okoye,Amara,31.5.2001,I-20,",
            "birth_date: “31.5.2001” is not clear as a date. Write year-month-day, for example "
            "2026-08-25.",
        ),
        ("a.pdf,,Okoye,Amara,2001-05-31,I-20,", "sevis_id: The cell is empty."),
        (
            "a.pdf,N0000000001,Okoye,Amara,2001-05-31,passport,",
            "kind: “passport” is not I-20, DS-2019 or letter.",
        ),
        (
            "a.pdf,N0000000001,Okoye,Amara,2001-05-31,DS-2019,",
            "DS-2019 does not go with the status on the record, F-1 student.",
        ),
    ],
)
def test_what_does_not_match_is_set_aside_with_the_reason_and_stops_nobody(
    amara, nils, actor, row, reason
):
    intake = check_intake(manifest(row, NILS), pdfs("a.pdf", "n.pdf"), actor)

    (name, outcome, found), other = outcomes(intake)
    assert (name, outcome, other) == ("a.pdf", "set_aside", ("n.pdf", "ready", ""))
    assert found == (reason or "The SEVIS ID belongs to somebody of another name: Nils Lindqvist.")
    assert stored(intake.rows.first()).startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("said", "on_record"),
    [("OKOYE,AMARA", "Okoye,Amara"), ("Garcia Lopez,Jose", "García-López,José")],
)
def test_capitals_accents_and_hyphens_do_not_count(amara, actor, said, on_record):
    amara.family_name, amara.given_name = on_record.split(",")
    amara.save()

    intake = check_intake(
        manifest(f"a.pdf,n0000000001,{said},2001-05-31,i20,"), pdfs("a.pdf"), actor
    )

    assert outcomes(intake) == [("a.pdf", "ready", "")]


def test_a_record_without_date_of_birth_gets_nothing(amara, actor):
    amara.birth_date = None
    amara.save()

    intake = check_intake(manifest(AMARA), pdfs("a.pdf"), actor)

    assert outcomes(intake) == [
        ("a.pdf", "set_aside", "The record has no date of birth to compare.")
    ]


def test_files_and_rows_that_do_not_pair_are_reported_one_by_one(amara, nils, actor):
    fake = SimpleUploadedFile("n.pdf", b"MZ not a pdf")
    intake = check_intake(
        manifest(AMARA, AMARA, NILS, "gone.pdf,N0000000001,Okoye,Amara,2001-05-31,I-20,"),
        [*pdfs("a.pdf", "more.pdf"), fake],
        actor,
    )

    assert sorted(outcomes(intake)) == [
        ("a.pdf", "no_file", "An earlier row names the same file."),
        ("a.pdf", "set_aside", "Several rows name this file."),
        ("gone.pdf", "no_file", "There is no file of this name."),
        ("more.pdf", "set_aside", "The manifest does not name this file."),
        (
            "n.pdf",
            "no_file",
            "This is not a PDF, JPG, PNG or HEIC file. Save or export it as a PDF, or take a "
            "photo of it, and upload that.",
        ),
    ]


def test_formula_characters_are_only_text(amara, actor):
    line = 'a.pdf,N0000000001,Okoye,Amara,2001-05-31,letter,"=HYPERLINK(""http://x"")"'
    intake = check_intake(manifest(line), pdfs("a.pdf"), actor)

    assert [(row.title, row.outcome) for row in intake.rows.all()] == [
        ('=HYPERLINK("http://x")', "ready")
    ]


def test_a_workbook_is_read_like_a_csv(amara, actor):
    workbook, buffer = Workbook(), io.BytesIO()
    workbook.active.append(HEADER.split(","))
    workbook.active.append(["a.pdf", "N0000000001", "Okoye", "Amara", BORN, "I-20", None])
    workbook.save(buffer)

    intake = check_intake(SimpleUploadedFile("list.xlsx", buffer.getvalue()), pdfs("a.pdf"), actor)

    assert outcomes(intake) == [("a.pdf", "ready", "")]


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        ([("../a.pdf", b"x")], "The ZIP file holds a path that leads outside: “../a.pdf”."),
        ([("/etc/a.pdf", b"x")], "The ZIP file holds a path that leads outside"),
        ([("C:\\a.pdf", b"x")], "The ZIP file holds a path that leads outside"),
        ([("a.pdf", b"0" * 5_000_000)], "“a.pdf” unpacks to far more than it shows."),
        ([(f"{n}.pdf", b"x") for n in range(301)], "The ZIP file holds more than 300 files."),
    ],
)
def test_a_bomb_is_refused_before_it_is_unpacked(amara, actor, files, sentence):
    with pytest.raises(FileProblem) as refusal:
        check_intake(manifest(AMARA), [archive(*files)], actor)

    assert str(refusal.value).startswith(sentence)
    assert not DocumentIntake.objects.exists()


def test_what_a_zip_unpacks_to_is_limited_as_a_whole(amara, actor, monkeypatch):
    monkeypatch.setattr(bundle, "MOST_UNPACKED", 500)

    with pytest.raises(FileProblem) as refusal:
        check_intake(manifest(AMARA), [archive(("a.pdf", b"x" * 501))], actor)
    assert str(refusal.value).startswith("The ZIP file would unpack to more than 500")


def test_a_zip_is_unpacked_whatever_its_folders(amara, nils, actor):
    packed = archive(
        ("forms/a.pdf", content()),
        ("forms/more/n.pdf", content(pages=2)),
        ("__MACOSX/forms/._a.pdf", b"x"),
    )

    intake = check_intake(manifest(AMARA, NILS), [packed], actor)

    assert outcomes(intake) == [("a.pdf", "ready", ""), ("n.pdf", "ready", "")]


def test_a_damaged_part_of_a_zip_stops_no_other(amara, nils, actor):
    packed = archive(("a.pdf", content()), ("n.pdf", content(pages=2)))
    data = bytearray(packed.read())
    place = data.find(b"n.pdf") + 40
    data[place : place + 40] = b"\xff" * 40

    intake = check_intake(manifest(AMARA, NILS), [SimpleUploadedFile("x.zip", bytes(data))], actor)

    assert [outcome for _name, outcome, _reason in outcomes(intake)] == ["ready", "no_file"]


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        (b"", "The submitted file is empty."),
        (b"file,kind\na.pdf,I-20", "These columns are missing: "),
        (b"PK\x03\x04 broken", "The workbook cannot be read."),
        (HEADER.encode(), "The manifest has no row below its header."),
        (HEADER.encode("utf-16"), "The file is not in UTF-8"),
    ],
)
def test_a_file_that_is_no_manifest_is_refused_with_a_sentence(advisor, given, sentence):
    answer = advisor.post(
        INTAKE,
        {"manifest": SimpleUploadedFile("list.csv", given), "files": pdfs("a.pdf")},
    )

    assert answer.status_code == 422
    errors = [text for texts in answer.context["form"].errors.values() for text in texts]
    assert len(errors) == 1
    assert errors[0].startswith(sentence)
    assert not DocumentIntake.objects.exists()


# The release.


def test_it_is_checked_read_and_released_with_mail(amara, nils, advisor):
    brought = {
        "manifest": manifest(AMARA, NILS.replace("1999", "1998")),
        "files": pdfs("a.pdf", "n.pdf"),
    }
    answer = advisor.post(INTAKE, brought)
    report = advisor.get(answer.url)
    assert report.context["ready"] == 1
    assert report.context["rows"][0].outcome == "set_aside"
    assert not Document.objects.exists()

    advisor.post(answer.url)

    document = Document.objects.get()
    assert (document.student, document.title, document.kind, document.origin) == (
        amara,
        "I-20 for travel",
        "i20",
        "office",
    )
    assert document.released_at is not None
    assert stored(document).startswith(b"%PDF-")
    assert Notice.objects.get().recipient == amara.user.email
    intake = DocumentIntake.objects.get()
    assert [row.outcome for row in intake.rows.all()] == ["released", "set_aside"]
    assert intake.rows.get(outcome="released").file.name == ""
    assert intake.released_at is not None


def test_nothing_goes_out_twice_however_often_it_is_brought_or_released(amara, actor):
    first = check_intake(manifest(AMARA), pdfs("a.pdf"), actor)
    second = check_intake(manifest(AMARA), pdfs("a.pdf"), actor)

    numbers = [release_intake(each, actor) for each in (first, first, second)]
    third = check_intake(manifest(AMARA), pdfs("a.pdf"), actor)

    assert numbers == [1, 0, 0]
    assert [each.rows.get().outcome for each in (first, second, third)] == [
        "released",
        "there",
        "there",
    ]
    assert Document.objects.count() == Notice.objects.count() == 1


def test_a_row_that_fails_is_set_aside_and_the_others_go_out(amara, nils, actor):
    intake = check_intake(manifest(AMARA, NILS), pdfs("a.pdf", "n.pdf"), actor)
    lost = intake.rows.get(file_name="a.pdf")
    lost.file.storage.delete(lost.file.name)

    assert release_intake(intake, actor) == 1
    assert outcomes(intake) == [
        ("a.pdf", "set_aside", "Its file is missing in our storage."),
        ("n.pdf", "released", ""),
    ]


def test_what_was_set_aside_is_assigned_by_hand_after_a_look_at_the_person(
    amara, nils, actor, advisor
):
    intake = check_intake(manifest(AMARA.replace("Okoye", "Okoy")), pdfs("a.pdf"), actor)
    row = intake.rows.get()
    address = f"{INTAKE}row/{row.pk}/assign/"
    typed = {"sevis_id": "N0000000001", "kind": "i20", "title": "I-20"}

    looked = advisor.post(address, typed)
    other = advisor.post(address, typed | {"confirmed": nils.pk})
    assert (looked.context["person"], other.context["person"]) == (amara, amara)
    assert not Document.objects.exists()

    advisor.post(address, typed | {"confirmed": amara.pk})
    row.refresh_from_db()
    assert Document.objects.get().student == amara
    assert (row.outcome, row.document, row.file.name) == ("released", Document.objects.get(), "")
    with pytest.raises(NotPossible):
        assign_row(row, nils, actor, kind="i20", title="I-20")


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"sevis_id": "N0000000009"}, "sevis_id"),
        ({"kind": "ds2019", "confirmed": True}, "kind"),
        ({"title": " "}, "title"),
    ],
)
def test_a_hand_that_slips_is_told_where(amara, actor, advisor, typed, field):
    intake = check_intake(manifest(AMARA.replace("Okoye", "Okoy")), pdfs("a.pdf"), actor)
    if "confirmed" in typed:
        typed["confirmed"] = amara.pk

    answer = advisor.post(
        f"{INTAKE}row/{intake.rows.get().pk}/assign/",
        {"sevis_id": "N0000000001", "kind": "i20", "title": "I-20"} | typed,
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert not Document.objects.exists()


def test_a_discarded_file_is_gone_and_its_row_says_so(
    amara, actor, advisor, django_capture_on_commit_callbacks
):
    intake = check_intake(manifest(AMARA), pdfs("b.pdf"), actor)
    row = intake.rows.get(file_name="b.pdf")
    storage, name = row.file.storage, row.file.name

    with django_capture_on_commit_callbacks(execute=True):
        advisor.post(f"{INTAKE}row/{row.pk}/discard/")

    row.refresh_from_db()
    assert (row.outcome, row.file.name, storage.exists(name)) == ("discarded", "", False)
    with pytest.raises(NotPossible):
        discard_row(row, actor)


def test_nobody_releases_to_oneself(amara, staff, actor):
    amara.user.groups.set(staff[Role.ADVISOR].groups.all())
    own = Actor.for_user(type(amara.user).objects.get(pk=amara.user.pk))

    intake = check_intake(manifest(AMARA), pdfs("a.pdf"), own)
    theirs = check_intake(manifest(AMARA), pdfs("a.pdf"), actor)

    assert intake.rows.get().reason == "Nobody releases documents to oneself. Ask a colleague."
    assert release_intake(theirs, own) == 0
    assert theirs.rows.get().outcome == "set_aside"
    with pytest.raises(NotAllowed):
        release_intake(theirs, Actor.for_student(amara.user))


@pytest.mark.parametrize("who", ["editor", "student", None])
def test_what_is_set_aside_is_the_offices_alone(amara, staff, actor, sign_in, who):
    intake = check_intake(manifest(AMARA), pdfs("a.pdf", "b.pdf"), actor)
    row = intake.rows.first()
    users = {"editor": staff[Role.EDITOR], "student": amara.user, None: None}
    client = sign_in(users[who])

    for address in (
        INTAKE,
        f"{INTAKE}{intake.pk}/",
        *(f"{INTAKE}row/{row.pk}/{what}/" for what in ("file", "assign", "discard")),
    ):
        for answer in (client.get(address), client.post(address)):
            assert answer.status_code == 302
            assert answer.url.partition("?")[0] in ("/admin/", "/accounts/login/")
    assert not IntakeRow.objects.filter(outcome__in=["released", "discarded"]).exists()


def test_the_office_opens_a_file_that_was_set_aside(amara, actor, advisor):
    row = check_intake(manifest(AMARA), pdfs("b.pdf"), actor).rows.get(file_name="b.pdf")

    answer = advisor.get(f"{INTAKE}row/{row.pk}/file/")

    assert b"".join(answer.streaming_content).startswith(b"%PDF-")
    assert answer["Content-Disposition"] == 'attachment; filename="b.pdf"'


def test_nobody_opens_a_file_for_oneself_before_it_is_released(amara, staff, actor, sign_in):
    amara.user.groups.set(staff[Role.ADVISOR].groups.all())
    row = check_intake(manifest(AMARA), pdfs("a.pdf"), actor).rows.get()
    own = sign_in(amara.user)

    addresses = [f"{INTAKE}row/{row.pk}/{what}/" for what in ("file", "assign")]
    assert [own.get(address).status_code for address in addresses] == [404, 404]
    assert own.post(f"{INTAKE}row/{row.pk}/discard/").status_code == 404


@pytest.mark.parametrize(("answer", "is_opened"), SCANS)
def test_a_file_that_was_set_aside_is_scanned_before_it_opens(
    amara, actor, advisor, tmp_path, settings, answer, is_opened
):
    scanner = Scanner(tmp_path / "clamd")
    settings.CLAMD_SOCKET = scanner.path
    scanner.answer = answer
    row = check_intake(manifest(AMARA), pdfs("b.pdf"), actor).rows.get(file_name="b.pdf")

    opened = advisor.get(f"{INTAKE}row/{row.pk}/file/")
    scanner.stop()

    assert opened.streaming is is_opened
    if is_opened:
        assert b"".join(opened.streaming_content) == scanner.heard[0]
    else:
        assert (opened.status_code, opened.url) == (302, f"{INTAKE}{row.intake_id}/")


def test_without_an_answer_of_the_scanner_it_stays_closed(
    amara, actor, advisor, tmp_path, settings
):
    settings.CLAMD_SOCKET = str(tmp_path / "nobody")
    row = check_intake(manifest(AMARA), pdfs("b.pdf"), actor).rows.get(file_name="b.pdf")

    assert advisor.get(f"{INTAKE}row/{row.pk}/file/").streaming is False


@pytest.mark.parametrize("rows", [1, 30])
def test_list_and_report_take_as_many_queries_however_long_they_are(rows, actor, advisor):
    names = [f"{number}.pdf" for number in range(rows)]
    lines = []
    for number, name in enumerate(names):
        factories.make_student(f"{number}@x.example", birth_date=BORN, sevis_id=f"N1{number:09d}")
        lines.append(f"{name},N1{number:09d},Okoye,Amara,2001-05-31,I-20,")
    intake = check_intake(manifest(*lines), pdfs(*names), actor)
    advisor.get(INTAKE)

    with CaptureQueriesContext(connection) as of_list:
        advisor.get(INTAKE)
    with CaptureQueriesContext(connection) as of_report:
        assert len(advisor.get(f"{INTAKE}{intake.pk}/").context["rows"]) == rows

    assert (len(of_list), len(of_report)) == (10, 14)
