"""Sets a letter as PDF: the letterhead and words as data, the same bytes for the same letter."""

import io
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import qrcode
import typst
from django.conf import settings
from django.utils.timezone import make_aware
from django.utils.translation import gettext as _
from qrcode.image.svg import SvgPathImage

from isso.requests.rules.letter_kinds import Letter
from isso.requests.rules.windows import in_words

TEMPLATE = Path(__file__).with_name("letter.typ")
FACES = ("manimgx_fonts", "fontpkg_amiri", "manimgx_fonts_cjk")
# Signs of a whole letter, some twelve pages: set in a fifth of a second, as people wait for it.
MOST_SIGNS = 30_000
# How Typst tells of a sign without a glyph: `"ས"`, or `"\u{7aa}"` for what stands not alone.
WITHOUT_GLYPH = re.compile(r'the text `"(.+?)"` could not be displayed')
ESCAPED = re.compile(r"\\u\{([0-9a-f]+)\}")


@dataclass(frozen=True)
class Letterhead:
    """The office as the letter shows it; ``logo`` is a PNG, ``contact`` are lines."""

    institution: str
    name: str
    contact: tuple[str, ...] = ()
    logo: bytes | None = None


@dataclass(frozen=True)
class Issue:
    """What makes a letter one that counts; a preview has no address and no last day."""

    reference: str
    issued_on: date
    signer: tuple[str, ...]
    address: str = ""
    valid_until: date | None = None


class CannotBeSet(ValueError):
    """A letter that is not set; PDF/UA allows no empty boxes, and a name has none.

    ``sign`` is one that none of the faces has, or "" where something else is the matter.
    """

    def __init__(self, sign=""):
        super().__init__()
        self.sign = sign


def typeset(letter: Letter, head: Letterhead, issue: Issue) -> bytes:
    """Return the letter as a tagged PDF (PDF/UA-1).

    Strings reach the template as JSON, so nothing that a person typed is markup. The clock of the
    PDF is the day of issue. Raises CannotBeSet, and nothing else: whoever waits for a letter is
    told, and no other letter waits for it.
    """
    data = _data(letter, head, issue)
    if _signs_in(data) > MOST_SIGNS:
        raise CannotBeSet
    data["logo"] = list(head.logo) if head.logo else None
    data["qr"] = _qr(issue.address) if issue.address else None
    try:
        return typst.compile(
            TEMPLATE.read_bytes(),
            format="pdf",
            font_paths=_fonts(),
            ignore_system_fonts=True,
            sys_inputs={"letter": json.dumps(data)},
            pdf_standards=["ua-1"],
            timestamp=int(make_aware(datetime.combine(issue.issued_on, time.min)).timestamp()),
        )
    except typst.TypstError as error:
        # Its own words quote people: nothing but the sign is kept of them.
        raise CannotBeSet(_sign_without_glyph(error)) from None
    except BaseException as error:
        # A panic in Rust is no Exception in Python; it would end the worker, again and again.
        if type(error).__module__ == "pyo3_runtime":
            raise CannotBeSet from None
        raise


def _signs_in(data):
    if isinstance(data, str):
        return len(data)
    if isinstance(data, dict):
        data = data.values()
    return sum(map(_signs_in, data)) if isinstance(data, Iterable) else 0


def _sign_without_glyph(error):
    found = WITHOUT_GLYPH.search(error.message)
    return ESCAPED.sub(lambda each: chr(int(each[1], 16)), found[1]) if found else ""


@cache
def _fonts():
    """Read once where the faces lie; the computer's own are left out, or pages would differ."""
    folders = [str(Path(find_spec(face).origin).parent) for face in FACES]
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=folders)


def _data(letter: Letter, head: Letterhead, issue: Issue) -> dict[str, Any]:
    is_preview = not issue.address
    return {
        "language": settings.LANGUAGE_CODE.partition("-")[0],
        "is_preview": is_preview,
        "office": {
            "institution": head.institution,
            "name": head.name,
            "contact": head.contact,
        },
        "title": letter.title,
        "dated": [
            in_words(issue.issued_on),
            _("Reference %(reference)s") % {"reference": issue.reference},
        ],
        "addressee": [letter.addressee],
        "opening": letter.opening,
        "facts": letter.lines,
        "visitors": letter.visitors,
        "visit": _("Days of the visit: %(days)s") % {"days": letter.visit} if letter.visit else "",
        "closing": letter.closing,
        "signer": [*issue.signer, head.name],
        "check": _check(issue, is_preview),
        "footer": f"{head.name}, {issue.reference}",
        "labels": {
            "preview": _("Preview"),
            "visitors": _("Visitors"),
            "own_words": _("These are the student’s own words. Our office does not confirm them."),
            "sincerely": _("Sincerely,"),
            "code": _("QR code of the address that confirms this letter"),
        },
    }


def _check(issue, is_preview):
    if is_preview:
        return [_("This is a preview. It counts for nothing, and nobody can check it.")]
    return [
        _("Is this letter real? Scan the code, or open this address:"),
        issue.address,
        _("The page shows what we printed. Compare it with this letter, line by line.")
        + " "
        + _("We confirm it until %(day)s.") % {"day": in_words(issue.valid_until)},
    ]


def _qr(address):
    drawn = io.BytesIO()
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=2)
    code.add_data(address)
    code.make_image(image_factory=SvgPathImage).save(drawn)
    return drawn.getvalue().decode()
