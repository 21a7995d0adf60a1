"""The office's logo on its letters, and pictures that are broken or odd: they stop no letter."""

import io
import os
from datetime import date

import pypdfium2
import pytest
from django.core.files.base import ContentFile
from PIL import Image, ImageCms
from wagtail.images import get_image_model

from isso.home.models import OfficeSettings
from isso.requests.letters.head import letterhead
from isso.requests.letters.issuing import issue_waiting
from isso.requests.letters.typesetting import Issue, Letterhead, typeset
from isso.requests.models import IssuedLetter
from isso.requests.rules.letter_kinds import Letter
from isso.tests import factories

from .reading import lines_of

# Wagtail leaves the file in which it drew a rendition to the garbage collector.
pytestmark = [
    pytest.mark.filterwarnings("ignore:Unclosed file <tempfile.Spooled:ResourceWarning"),
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
]

GREEN = (0, 95, 59)
ISSUE = Issue("7KQM-3XAP", date(2026, 10, 5), ("Ines Carter",))
LETTER = Letter("Enrollment verification", "We confirm.", (("Name", "Amara Okoye"),))


def drawn(size=(400, 100), mode="RGB", form="PNG", color=None, **options):
    file = io.BytesIO()
    color = color or (GREEN if mode == "RGB" else 0)
    Image.new(mode, size, color).save(file, form, **options)
    return file.getvalue()


def hang_up(data, name="logo.png"):
    """Make a file the logo of the office; a good one first, as broken ones are not let in."""
    model = get_image_model()
    picture = model(title="Logo", description="Logo", file=ContentFile(drawn(), "first.png"))
    picture.save()
    kept = picture.file.storage.save(picture.file.field.upload_to(picture, name), ContentFile(data))
    model.objects.filter(pk=picture.pk).update(file=kept)
    OfficeSettings.objects.update(logo=picture)
    return model.objects.get(pk=picture.pk)


def extent_of(pdf, color=GREEN):
    """Return the box of a color on the first page, in inches (left, top, right, bottom), or None.

    Corners of a picture may mix with the paper.
    """
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        picture = page.render(scale=100 / 72).to_pil().convert("RGB")
        page.close()
    mask = Image.new("1", picture.size)
    mask.putdata([each == color for each in picture.get_flattened_data()])
    box = mask.getbbox()
    return box and tuple(round(each / 100, 1) for each in box)


def made(student, advisor):
    """Return the PDF of a letter that the worker makes."""
    factories.make_request(student, "letter", "approved", advisor)
    assert issue_waiting() == 1
    with IssuedLetter.objects.get().document.file.open("rb") as file:
        return file.read()


def test_the_logo_of_the_settings_stands_on_top_with_the_name_below(student, advisor):
    hang_up(drawn())
    pdf = made(student, advisor)

    # Half an inch high, in the upper left corner of what is printed.
    assert extent_of(pdf) == (1.0, 0.8, 3.0, 1.3)
    assert lines_of(pdf)[:2] == ["Lakeside University", "Office of Visitors"]
    # Read to those who do not see it.
    assert "Lakeside University".encode("utf-16-be") in pdf or b"Lakeside University" in pdf


def test_without_a_logo_there_is_none(student, advisor):
    assert extent_of(made(student, advisor)) is None


@pytest.mark.parametrize(
    ("size", "box"),
    [
        ((800, 20), (1.0, 0.8, 4.0, 0.9)),
        ((100, 100), (1.0, 0.8, 1.5, 1.3)),
        ((600, 100), (1.0, 0.8, 4.0, 1.3)),
    ],
)
def test_a_logo_of_any_form_leaves_the_address_its_place(size, box):
    head = Letterhead("University", "Office", ("1 Harbor Walk",), drawn(size))
    pdf = typeset(LETTER, head, ISSUE)

    assert extent_of(pdf) == box
    assert lines_of(pdf)[:4] == ["Preview", "University", "Office", "1 Harbor Walk"]


PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
ODD = {
    "printing colors": (drawn(mode="CMYK", form="JPEG"), "logo.jpg"),
    "one bit": (drawn(mode="1"), "logo.png"),
    "a palette": (drawn(mode="P"), "logo.png"),
    "gray with transparency": (drawn(mode="LA", color=(0, 255)), "logo.png"),
    "sixteen bits": (drawn(mode="I;16"), "logo.png"),
    "GIF": (drawn(form="GIF"), "logo.gif"),
    "WebP": (drawn(form="WEBP"), "logo.webp"),
    "a profile that is none": (drawn(icc_profile=b"no profile"), "logo.png"),
}


@pytest.mark.parametrize("name", ODD)
def test_an_odd_picture_is_printed(office, name):
    data, file_name = ODD[name]
    hang_up(data, file_name)
    head = letterhead()

    assert Image.open(io.BytesIO(head.logo)).size == (400, 100)
    assert "Name Amara Okoye" in lines_of(typeset(LETTER, head, ISSUE))


BROKEN = {
    "printing colors with a profile for screens": drawn(
        mode="CMYK", form="JPEG", icc_profile=PROFILE
    ),
    "empty": b"",
    "no picture": b"%PDF-1.7",
    "broken off": drawn(size=(1600, 400))[:200],
    "only a head": drawn()[:30],
    "noise behind a head": drawn()[:33] + os.urandom(500),
    "a drawing": b"<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>",
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_picture_stops_no_letter(student, advisor, name, caplog):
    hang_up(BROKEN[name])
    assert "Name Amara Okoye" in lines_of(made(student, advisor))
    assert letterhead().logo is None
    assert "a letter goes without it." in caplog.text


def test_a_picture_whose_file_is_gone_stops_no_letter(student, advisor):
    picture = hang_up(drawn())
    picture.file.storage.delete(picture.file.name)

    assert extent_of(made(student, advisor)) is None


def test_a_rendition_that_broke_off_stops_no_letter(student, advisor):
    hang_up(drawn())
    assert letterhead().logo
    rendition = OfficeSettings.objects.get().logo.renditions.get()
    with open(rendition.file.path, "r+b") as file:
        file.truncate(60)

    assert extent_of(made(student, advisor)) is None
