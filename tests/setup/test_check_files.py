"""The proof after a restore: every file of a person is there and unchanged."""

import hashlib

import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command

from isso.requests.models import Document
from isso.tests.factories import make_student


@pytest.fixture
def document(db):
    content = b"%PDF-1.7 offer letter"
    return Document.objects.create(
        student=make_student(),
        origin=Document.Origin.OFFICE,
        title="Offer letter",
        file=ContentFile(content, "offer.pdf"),
        original_name="offer.pdf",
        content_type="application/pdf",
        extension=".pdf",
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def test_sound_files(document, capsys):
    call_command("check_files")
    assert capsys.readouterr().out == "Files checked: 1, all sound.\n"


def test_changed_file(document, capsys):
    with open(document.file.path, "ab") as file:
        file.write(b"!")
    with pytest.raises(CommandError, match=r"^1 of 1 files are not sound.$"):
        call_command("check_files")
    assert capsys.readouterr().err == f"Document {document.pk} is changed.\n"


def test_missing_file(document, capsys):
    document.file.storage.delete(document.file.name)
    with pytest.raises(CommandError, match=r"^1 of 1 files are not sound.$"):
        call_command("check_files")
    assert capsys.readouterr().err == f"Document {document.pk} is missing.\n"
