"""Checks an upload by its content and writes it anew, so that nothing hidden in it survives."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from .images import rewrite_image
from .pdfs import rewrite_pdf

LONGEST_NAME = 100
HEIC_BRANDS = {b"heic", b"heix", b"hevc", b"heim", b"heis", b"hevx", b"mif1", b"msf1"}


@dataclass(frozen=True)
class CheckedFile:
    """A file that may be kept: its content is ours, its name is harmless."""

    content: ContentFile
    content_type: str
    extension: str
    original_name: str
    size: int
    sha256: str


def checked_upload(uploaded_file) -> CheckedFile:
    """Return the upload written anew, or raise a ``ValidationError`` that says what to do."""
    _check_size(uploaded_file)
    uploaded_file.seek(0)
    data = uploaded_file.read()
    kind = _kind(data)
    if kind == "pdf":
        content, content_type, extension = rewrite_pdf(data), "application/pdf", "pdf"
    elif kind == "image":
        content, content_type, extension = rewrite_image(data)
    else:
        raise ValidationError(
            _(
                "This is not a PDF, JPG, PNG or HEIC file. Save or export it as a PDF, or take a "
                "photo of it, and upload that."
            ),
            code="kind",
        )
    return CheckedFile(
        content=ContentFile(content, name=f"upload.{extension}"),
        content_type=content_type,
        extension=extension,
        original_name=clean_name(uploaded_file.name, extension),
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
    )


def clean_name(name: str, extension: str) -> str:
    """Make a name that is safe in headers, folders and on the screen, with the true extension."""
    base = PurePosixPath(str(name or "").replace("\\", "/")).name
    # Control, format (right-to-left marks) and unassigned characters all go.
    visible = "".join(char for char in base if unicodedata.category(char)[0] != "C")
    stem = visible.rpartition(".")[0] or visible
    stem = "".join("_" if char in '<>:"|?*/;%' else char for char in stem)
    stem = " ".join(stem.split()).strip(". ")[: LONGEST_NAME - len(extension) - 1].strip(". ")
    return f"{stem or _('file')}.{extension}"


def _check_size(uploaded_file):
    if not uploaded_file.size:
        raise ValidationError(_("The file is empty. Choose it again."), code="empty")
    if uploaded_file.size > settings.UPLOAD_MAX_BYTES:
        raise ValidationError(
            _("The file is too large: it has %(size)s, the most is %(limit)s.")
            % {
                "size": filesizeformat(uploaded_file.size),
                "limit": filesizeformat(settings.UPLOAD_MAX_BYTES),
            },
            code="size",
        )


def _kind(data):
    """Tell the kind by the first bytes; the name and the browser's word count for nothing."""
    if data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"%PDF-"):
        return "pdf"
    if data.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        return "image"
    if data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS:
        return "image"
    return None
