"""Markup typed into any text field or block shows as the letters it is, on every kind of page."""

import re

import pytest
from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page, get_page_models

from isso.pages.pieces import TEXT_OF_PAGES

pytestmark = pytest.mark.django_db

# Short enough for the shortest field.
HOSTILE = "<i x>\"'>"
# Addresses and keys, which are checked where they are typed.
NOT_WORDS = {"url", "link", "icon", "map_link", "type_key", "slug", "email", "phone", "bars"}


def soil(block, value, name=""):
    """Return a raw block value with every text in it replaced."""
    if value in (None, "") or name in NOT_WORDS:
        return value
    if isinstance(block, blocks.BaseStreamBlock):
        children = block.child_blocks
        return [c | {"value": soil(children[c["type"]], c["value"], c["type"])} for c in value]
    if isinstance(block, blocks.BaseStructBlock):
        return {key: soil(block.child_blocks.get(key), each, key) for key, each in value.items()}
    if isinstance(block, blocks.ListBlock):
        return [item | {"value": soil(block.child_block, item["value"])} for item in value]
    if isinstance(block, BaseTypedTableBlock):
        columns = [column | {"heading": HOSTILE} for column in value["columns"]]
        kinds = [block.child_blocks[column["type"]] for column in columns]
        rows = [
            {"values": [soil(*cell) for cell in zip(kinds, row["values"], strict=True)]}
            for row in value["rows"]
        ]
        return value | {"columns": columns, "rows": rows}
    plain = isinstance(block, blocks.CharBlock | blocks.TextBlock)
    return HOSTILE if plain and isinstance(value, str) else value


def soil_page(page):
    """Put markup into every text of a page that has one."""
    for field in page._meta.concrete_fields:
        value = field.value_from_object(page)
        if field.name in NOT_WORDS or not value or isinstance(field, RichTextField):
            continue
        if field.model is Page and field.name not in TEXT_OF_PAGES:
            continue
        if isinstance(field, StreamField):
            raw = soil(field.stream_block, list(value.raw_data))
            setattr(page, field.name, field.stream_block.to_python(raw))
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            setattr(page, field.name, HOSTILE)
    page.save(clean=False)


def test_markup_is_shown_as_letters_on_every_kind_of_page(demonstration, client):
    shown, broken = {}, {}
    for page in Page.objects.live().filter(depth__gt=1).specific():
        soil_page(page)
        html = client.get(page.get_url()).text
        shown.setdefault(type(page), html)
        if found := re.findall(r".{60}<i x>.{20}|=\"[^\"]*<i x>\"'>", html):
            broken[page.url_path] = found

    assert broken == {}
    missing = [kind for kind, html in shown.items() if "&lt;i x&gt;" not in html]
    assert missing == []
    ours = {model for model in get_page_models() if model.__module__.startswith("isso.")}
    assert len(shown) >= len(ours) - 3
