"""Writes a PDF anew without anything that acts: scripts, attachments, forms, launch actions."""

from io import BytesIO

import pikepdf
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_PAGES = 200
MAX_OBJECTS = 50_000
# For the whole process and set before any thread reads a PDF: a file of a few kilobytes may not
# unfold into gigabytes. Pictures are not unfolded here, so this is room enough.
MAX_UNFOLDED = 32 * 1024 * 1024
pikepdf.settings.set_qpdf_limits(
    flate_max_memory=MAX_UNFOLDED,
    png_max_memory=MAX_UNFOLDED,
    tiff_max_memory=MAX_UNFOLDED,
    run_length_max_memory=MAX_UNFOLDED,
    dct_max_memory=MAX_UNFOLDED,
)

# What the document itself could do when it is opened, and what it could carry along.
ROOT_KEYS = (
    "/OpenAction",
    "/AA",
    "/AcroForm",
    "/Names",
    "/AF",
    "/Collection",
    "/Outlines",
    "/URI",
)
PAGE_KEYS = ("/AA", "/AF", "/Annots")
ACTION_KEYS = ("/JS", "/JavaScript", "/Launch", "/EF")


def rewrite_pdf(data: bytes) -> bytes:
    """Return the pages of a PDF as a new document, or say in a sentence why not."""
    try:
        with pikepdf.open(BytesIO(data)) as document:
            _check(document)
            _disarm(document)
            output = BytesIO()
            # The same file is written the same way, so that its checksum tells it again.
            document.save(
                output,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                deterministic_id=True,
            )
            return output.getvalue()
    except pikepdf.PasswordError as error:
        raise _encrypted() from error
    except ValidationError:
        raise
    except Exception as error:  # pikepdf fails on a broken file in more ways than it names.
        raise ValidationError(
            _("This PDF cannot be read. Open it, print or save it as a new PDF, and upload that."),
            code="broken",
        ) from error


def _check(document):
    if document.is_encrypted:
        raise _encrypted()
    if not document.pages:
        raise ValidationError(_("This PDF has no pages."), code="broken")
    if len(document.pages) > MAX_PAGES or len(document.objects) > MAX_OBJECTS:
        raise ValidationError(
            _("This PDF has too many pages: the most is %(limit)s.") % {"limit": MAX_PAGES},
            code="pages",
        )


def _disarm(document):
    # What was typed into a form, or written as a note, becomes part of the page.
    document.generate_appearance_streams()
    document.flatten_annotations("all")
    _remove(document.Root, ROOT_KEYS)
    for page in document.pages:
        _remove(page.obj, PAGE_KEYS)
    for item in document.objects:
        if isinstance(item, pikepdf.Dictionary | pikepdf.Stream):
            _remove(item, ACTION_KEYS)


def _remove(dictionary, keys):
    for key in keys:
        if key in dictionary:
            del dictionary[key]


def _encrypted():
    return ValidationError(
        _("This PDF is protected with a password. Save it without a password and upload that."),
        code="encrypted",
    )
