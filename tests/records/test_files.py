"""Uploads: what may stay is written anew, what may not is refused with a sentence."""

import io
import struct
import time
import zlib

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import storages
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from isso.requests.records.files import checked_upload, clean_name
from isso.requests.records.storage import random_name

NOT_A_KIND = (
    "This is not a PDF, JPG, PNG or HEIC file. Save or export it as a PDF, or take a photo of it, "
    "and upload that."
)
BROKEN_PDF = "This PDF cannot be read. Open it, print or save it as a new PDF, and upload that."
BROKEN_PICTURE = "This picture cannot be read. Open it, save it again, and upload that."
ENCRYPTED = "This PDF is protected with a password. Save it without a password and upload that."
TOO_MANY_PIXELS = "This picture has too many pixels. Take a photo of the page with a phone instead."


def pdf(change=None, **options):
    """One blank page, changed by the test."""
    document = pikepdf.new()
    document.add_blank_page()
    if change:
        change(document)
    output = io.BytesIO()
    document.save(output, **options)
    return output.getvalue()


def picture(kind="PNG", mode="RGB", size=(60, 40), color=None, **options):
    """A plain picture."""
    output = io.BytesIO()
    Image.new(mode, size, color or 0).save(output, kind, **options)
    return output.getvalue()


def png_that_claims(width, height):
    """A PNG of a few hundred bytes that claims to be huge."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + chunk(b"IEND", b"")
    )


def check(data, name="file.pdf"):
    return checked_upload(SimpleUploadedFile(name, data))


def uncompressed(data):
    """A PDF with everything readable, to look for what must be gone."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        document.save(
            output,
            compress_streams=False,
            stream_decode_level=pikepdf.StreamDecodeLevel.all,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )
    return output.getvalue()


def with_a_typed_field(document):
    """Something to flatten, for which the pages are counted."""
    field = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot,
        Subtype=pikepdf.Name.Widget,
        FT=pikepdf.Name.Tx,
        T=pikepdf.String("name"),
        Rect=[0, 0, 50, 20],
    )
    fields = pikepdf.Array([document.make_indirect(field)])
    document.add_blank_page()
    document.pages[0].obj.Annots = fields
    document.Root.AcroForm = pikepdf.Dictionary(Fields=fields)


# What a camera says of its picture: turn it, and a resolution that is a word.
TURNED_WITH_A_WORD_FOR_A_NUMBER = (
    b"Exif\0\0II*\0\x08\0\0\0\x02\0"
    + struct.pack("<HHI4s", 0x011A, 2, 1, b"abc\0")
    + struct.pack("<HHIHH", 0x0112, 3, 1, 6, 0)
    + b"\0\0\0\0"
)
LOCKED = {"encryption": pikepdf.Encryption(owner="x", user="secret")}
OWNER_LOCKED = {"encryption": pikepdf.Encryption(owner="secret", user="")}


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        pytest.param(lambda: b"", "The file is empty. Choose it again.", id="empty"),
        pytest.param(lambda: b"<html><script>", NOT_A_KIND, id="html named pdf"),
        pytest.param(lambda: b"<svg onload=alert(1)>", NOT_A_KIND, id="svg"),
        pytest.param(lambda: b"MZ\x90\0" + b"\0" * 100, NOT_A_KIND, id="program"),
        pytest.param(lambda: b"PK\x03\x04" + b"\0" * 100, NOT_A_KIND, id="zip or docx"),
        pytest.param(lambda: b"GIF89a" + b"\0" * 100, NOT_A_KIND, id="gif"),
        pytest.param(lambda: b"<html>" + pdf(), NOT_A_KIND, id="html before pdf"),
        pytest.param(lambda: b"%PDF-1.7\nnonsense", BROKEN_PDF, id="broken pdf"),
        pytest.param(lambda: pdf()[:200], BROKEN_PDF, id="half a pdf"),
        pytest.param(
            lambda: (
                pdf(with_a_typed_field)
                .replace(b"/Count ", b"/Never ")
                .replace(b" 0 R /Resources", b" 0 .3\n% /Resources", 1)
            ),
            BROKEN_PDF,
            id="pdf that does not count its pages",
        ),
        pytest.param(lambda: pdf(**LOCKED), ENCRYPTED, id="pdf with password"),
        pytest.param(lambda: pdf(**OWNER_LOCKED), ENCRYPTED, id="pdf with owner password"),
        pytest.param(lambda: b"\xff\xd8\xff" + b"\0" * 50, BROKEN_PICTURE, id="broken jpeg"),
        pytest.param(
            lambda: picture("JPEG", exif=TURNED_WITH_A_WORD_FOR_A_NUMBER),
            BROKEN_PICTURE,
            id="jpeg with nonsense about itself",
        ),
        pytest.param(lambda: picture()[:-30], BROKEN_PICTURE, id="half a png"),
        pytest.param(lambda: b"\0\0\0\x18ftypheic" + b"\0" * 50, BROKEN_PICTURE, id="broken heic"),
        pytest.param(
            lambda: picture(mode="1", size=(12_000, 12_000)), TOO_MANY_PIXELS, id="pixel bomb"
        ),
        pytest.param(
            lambda: png_that_claims(60_000, 60_000), TOO_MANY_PIXELS, id="bigger pixel bomb"
        ),
    ],
)
def test_what_cannot_stay_is_refused_with_a_sentence(data, sentence):
    content = data()
    started = time.monotonic()
    with pytest.raises(ValidationError) as refusal:
        check(content)

    assert refusal.value.messages == [sentence]
    assert time.monotonic() - started < 2


def test_too_large_says_both_sizes(settings):
    settings.UPLOAD_MAX_BYTES = 2048
    with pytest.raises(ValidationError) as refusal:
        check(b"%PDF-" + b"x" * 3067)

    assert refusal.value.messages == [
        "The file is too large: it has 3.0\xa0KB, the most is 2.0\xa0KB."
    ]


@pytest.mark.parametrize(
    ("data", "name", "expected"),
    [
        (pdf(), "Offer.PDF", ("application/pdf", "pdf", "Offer.pdf")),
        (b"\r\n" + pdf(), "a.pdf", ("application/pdf", "pdf", "a.pdf")),
        (picture(), "scan.png", ("image/png", "png", "scan.png")),
        (picture("JPEG"), "scan.jpeg", ("image/jpeg", "jpg", "scan.jpg")),
        (picture("HEIF"), "IMG_1.HEIC", ("image/jpeg", "jpg", "IMG_1.jpg")),
        # The name counts for nothing, the content for everything.
        (picture(), "contract.pdf.exe", ("image/png", "png", "contract.pdf.png")),
    ],
)
def test_the_content_decides_the_kind(data, name, expected):
    checked = check(data, name)

    assert (checked.content_type, checked.extension, checked.original_name) == expected
    assert checked.size == len(checked.content.read())
    assert len(checked.sha256) == 64


def with_a_script(document):
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    document.Root.OpenAction = document.make_indirect(script)
    document.pages[0].obj.AA = pikepdf.Dictionary(O=script)


def with_an_attachment(document):
    document.attachments["hidden.txt"] = b"hidden words"


def with_a_launching_link(document):
    action = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=pikepdf.String("hidden.exe"))
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 9, 9], A=action
    )
    document.pages[0].obj.Annots = pikepdf.Array([document.make_indirect(link)])


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (with_a_script, b"JavaScript"),
        (with_a_script, b"app.alert"),
        (with_an_attachment, b"hidden"),
        (with_a_launching_link, b"hidden.exe"),
    ],
)
def test_nothing_that_acts_survives_in_a_pdf(change, word):
    data = pdf(change)
    assert word in uncompressed(data)

    assert word not in uncompressed(check(data).content.read())


def test_what_was_typed_into_a_form_stays_readable():
    def fill_in(document):
        font = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
            )
        )
        field = document.make_indirect(
            pikepdf.Dictionary(
                Type=pikepdf.Name.Annot,
                Subtype=pikepdf.Name.Widget,
                FT=pikepdf.Name.Tx,
                T=pikepdf.String("employer"),
                V=pikepdf.String("Acme Robotics"),
                DA=pikepdf.String("/Helv 12 Tf 0 g"),
                Rect=[100, 100, 300, 130],
                F=4,
            )
        )
        document.pages[0].obj.Annots = pikepdf.Array([field])
        document.Root.AcroForm = pikepdf.Dictionary(
            Fields=[field],
            NeedAppearances=True,
            DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=font)),
        )

    result = check(pdf(fill_in)).content.read()

    assert b"Acme Robotics" in uncompressed(result)
    with pikepdf.open(io.BytesIO(result)) as document:
        assert "/AcroForm" not in document.Root
        assert "/Annots" not in document.pages[0].obj


@pytest.mark.parametrize("data", [pdf(), picture(), picture("JPEG")], ids=["pdf", "png", "jpg"])
def test_what_hangs_behind_a_file_is_cut_off(data):
    content = check(data + b"PK\x03\x04 a hidden archive").content.read()

    assert b"PK\x03\x04" not in content


def test_a_photo_is_turned_upright_and_forgets_where_it_was_taken():
    exif = Image.Exif()
    exif[0x0112] = 6  # Turn by a quarter.
    exif[0x010F] = "Camera of Sofia"
    content = check(picture("JPEG", size=(60, 40), exif=exif)).content.read()
    result = Image.open(io.BytesIO(content))

    assert result.size == (40, 60)
    assert dict(result.getexif()) == {}
    assert b"Sofia" not in content


@pytest.mark.parametrize(
    ("kind", "mode", "color", "result_mode", "pixel"),
    [
        ("JPEG", "CMYK", (0, 255, 255, 0), "RGB", (254, 0, 0)),
        ("JPEG", "L", 255, "RGB", (255, 255, 255)),
        ("PNG", "RGBA", (0, 0, 255, 0), "RGBA", (0, 0, 255, 0)),
        ("PNG", "P", 0, "RGB", (0, 0, 0)),
        ("PNG", "1", 1, "RGB", (255, 255, 255)),
        ("PNG", "I;16", 0x8000, "RGB", (128, 128, 128)),
        ("HEIF", "RGB", (0, 0, 0), "RGB", (0, 0, 0)),
        ("HEIF", "RGBA", (0, 0, 0, 0), "RGB", (255, 255, 255)),
    ],
)
def test_colors_stay_what_they_were(kind, mode, color, result_mode, pixel):
    result = Image.open(check(picture(kind, mode, color=color)).content)

    assert (result.mode, result.getpixel((5, 5))) == (result_mode, pixel)


def test_a_huge_photo_is_made_smaller():
    result = Image.open(check(picture("JPEG", "L", size=(6000, 3000))).content)

    assert result.size == (5000, 2500)


@pytest.mark.parametrize(
    ("name", "clean"),
    [
        ("Offer letter.pdf", "Offer letter.pdf"),
        ("Zażółć 護照.pdf", "Zażółć 護照.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\Users\\x\\visa.pdf", "visa.pdf"),
        ("a\0b.pdf", "ab.pdf"),
        ("photo\u202efdp.exe", "photofdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie_ x.pdf"),
        ('a"b;c%.pdf', "a_b_c_.pdf"),
        ("  ..pdf", "file.pdf"),
        (".htaccess", "htaccess.pdf"),
        ("", "file.pdf"),
        (None, "file.pdf"),
        ("x" * 300 + ".pdf", "x" * 96 + ".pdf"),
    ],
)
def test_names_are_harmless(name, clean):
    assert clean_name(name, "pdf") == clean


def test_private_files_lie_under_random_names_outside_the_media_folder(settings):
    storage = storages["private"]
    names = {storage.save(random_name(None, "upload.pdf"), check(pdf()).content) for _ in range(2)}

    assert len(names) == 2
    for name in names:
        folder, file = name.split("/")
        assert (len(folder), len(file), file[-4:]) == (2, 36, ".pdf")
        assert str(settings.MEDIA_ROOT) not in storage.path(name)
