"""What an editor meets on the form of a page, in the preview and with pictures."""

import io
import json
import re
import struct
import zlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture
from wagtail.images import get_image_model
from wagtail.models import get_page_models
from wagtail.test.utils.form_data import nested_form_data

from isso.pages.models import BasePage
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff


@pytest.fixture
def editor(home, client):
    client.force_login(make_staff(Role.EDITOR))
    return client


def test_the_form_saves_by_itself_every_fifteen_seconds(editor, guidance):
    html = editor.get(f"/admin/pages/{guidance('Travel').pk}/edit/").text

    assert 'data-w-autosave-interval-value="15000"' in html


def test_the_form_says_what_is_worth_another_look(editor, guidance):
    page = guidance("Travel", body=[("paragraph", '<p><a href="/x/">here</a></p>')])
    fine = guidance("Work", body=[("paragraph", "<p>Ask first.</p>")])

    warned = editor.get(f"/admin/pages/{page.pk}/edit/").text
    calm = editor.get(f"/admin/pages/{fine.pk}/edit/").text

    assert "The link “here” does not say where it leads." in warned
    assert "Worth another look" not in calm


def test_a_section_says_how_its_menu_is_ordered(editor, section):
    parent = section("Immigration")
    for title in ("Work", "Travel", "Status"):
        section(title, parent)

    assert "Sort menu order" in editor.get(f"/admin/pages/{parent.pk}/edit/").text
    listing = editor.get(f"/admin/pages/{parent.pk}/")
    assert [page.title for page in listing.context["pages"]] == ["Work", "Travel", "Status"]


def test_every_kind_of_page_is_listed_in_the_order_of_the_menu():
    kinds = [model for model in get_page_models() if issubclass(model, BasePage)]

    assert {model.admin_default_ordering for model in kinds} == {"ord"}


def test_the_preview_checks_all_of_axe_and_our_own_rules(editor, guidance):
    page = guidance("Travel")
    data = {
        "title": "Travel",
        "slug": "travel",
        "in_short": "Ask first.",
        "maintained_by": "Team",
        "reviewed_on": "2026-11-01",
        "review_by": "2027-05-01",
        "body": {"count": 0},
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
    }
    address = f"/admin/pages/{page.pk}/edit/preview/"
    editor.post(address, nested_form_data(data))

    html = editor.get(f"{address}?in_preview_panel=true").text

    spec = re.search(r'id="checker-axe-configuration"[^>]*>(.*?)</script>', html, re.S)
    configuration = json.loads(spec.group(1))
    assert "runOnly" not in configuration["options"]
    ours = [rule["id"] for rule in configuration["spec"]["rules"] if rule["id"].startswith("isso-")]
    assert ours == ["isso-link-text", "isso-file-size", "isso-table-caption"]
    assert "isso/js/checker.js" in html


def test_visitors_get_no_checker(client, guidance):
    guidance("Travel")

    assert "userbar" not in client.get("/travel/").text


def png(width, height):
    file = io.BytesIO()
    Picture.new("1", (width, height)).save(file, "PNG")
    return file.getvalue()


def bomb(width, height):
    """Return a PNG of a few bytes that claims to be enormous."""

    def chunk(kind, data):
        return (
            struct.pack(">I", len(data))
            + kind
            + data
            + struct.pack(">I", zlib.crc32(kind + data) & 0xFFFFFFFF)
        )

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b""))
        + chunk(b"IEND", b"")
    )


NO_PICTURE = "This file is no picture that can be opened. Save it as JPEG or PNG first."
TOO_LARGE = "This picture has more than 40 million pixels. Make it smaller first."


@pytest.mark.parametrize(
    ("make", "description", "errors"),
    [
        (lambda: png(40, 30), "The front door", {}),
        (
            lambda: png(40, 30),
            "",
            {
                "description": [
                    "Fill in “Description”: what the picture shows, for those who do not see it."
                ]
            },
        ),
        (lambda: png(8000, 6000), "A map", {"file": [TOO_LARGE]}),
        (lambda: png(12_000, 12_000), "A map", {"file": [TOO_LARGE]}),
        (lambda: bomb(60_000, 60_000), "A map", {"file": [TOO_LARGE]}),
        (lambda: b"Just words.", "A map", {"file": [NO_PICTURE]}),
    ],
    ids=["fine", "undescribed", "large", "12000x12000", "bomb", "text"],
)
def test_a_picture_has_a_description_and_a_sensible_size(editor, make, description, errors):
    answer = editor.post(
        "/admin/images/add/",
        {
            "title": "Door",
            "description": description,
            "file": SimpleUploadedFile("door.png", make(), "image/png"),
        },
    )

    form = answer.context["form"] if answer.status_code == 200 else None
    assert (dict(form.errors) if form else {}) == errors
    assert get_image_model().objects.count() == (0 if errors else 1)
