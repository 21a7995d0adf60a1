"""Reads what editors wrote, piece by piece, without asking the database for what it refers to.

A page or snippet is walked along its fields, a stream along its blocks, in their raw form: reports
and checks read the whole site, so one query a chooser would be far too many.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import BaseTypedTableBlock
from wagtail.fields import RichTextField, StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.models import Page

# What Wagtail keeps for itself in the table of pages.
TEXT_OF_PAGES = {"title", "search_description", "seo_title"}


@dataclass(frozen=True)
class Piece:
    """One thing an editor wrote or chose.

    ``kind``: ``text``, ``html``, ``chosen`` (``model`` says of what), ``table`` (the value is its
    caption) or ``image`` (the value is its description).
    """

    kind: str
    value: Any
    where: str
    model: type[models.Model] | None = None


def pieces_of(thing: models.Model) -> Iterator[Piece]:
    """Yield everything an editor wrote into a page or snippet, in the order of its fields."""
    for field in thing._meta.concrete_fields:
        if field.model is Page and field.name not in TEXT_OF_PAGES:
            continue
        value, where = field.value_from_object(thing), str(field.verbose_name)
        if not value or not field.editable or field.primary_key:
            continue
        if isinstance(field, StreamField):
            yield from _walk(field.stream_block, value.raw_data, where)
        elif isinstance(field, RichTextField):
            yield Piece("html", value, where)
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            yield Piece("text", value, where)
        elif isinstance(field, models.ForeignKey):
            yield Piece("chosen", value, where, field.related_model)


def _walk(block, value, where):
    """Yield the pieces of one raw block value."""
    if value in (None, ""):
        return
    if isinstance(block, blocks.BaseStreamBlock):
        for child in value:
            if inner := block.child_blocks.get(child["type"]):
                yield from _walk(inner, child["value"], str(inner.label or where))
    elif isinstance(block, ImageBlock):
        yield from _walk_image(value, where)
    elif isinstance(block, blocks.BaseStructBlock):
        yield from _walk_struct(block, value, where)
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield from _walk(block.child_block, item["value"] if is_wrapped else item, where)
    elif isinstance(block, BaseTypedTableBlock):
        yield from _walk_table(block, value, where)
    elif isinstance(block, blocks.ChooserBlock):
        yield Piece("chosen", value, where, block.target_model)
    elif isinstance(block, blocks.RichTextBlock):
        yield Piece("html", value, where)
    elif isinstance(value, str) and not isinstance(block, blocks.ChoiceBlock):
        yield Piece("text", value, where)


def _walk_struct(block, value, where):
    for name, child in block.child_blocks.items():
        if isinstance(child, BaseTypedTableBlock) and value.get(name):
            caption = value.get("caption") or value.get("title") or value[name].get("caption")
            yield Piece("table", caption or "", where)
        yield from _walk(child, value.get(name), where)


def _walk_table(block, value, where):
    columns = value.get("columns", [])
    for column in columns:
        yield Piece("text", column["heading"], where)
    for row in value.get("rows", []):
        for column, cell in zip(columns, row["values"], strict=False):
            if inner := block.child_blocks.get(column["type"]):
                yield from _walk(inner, cell, where)


def _walk_image(value, where):
    image = value.get("image") if isinstance(value, dict) else value
    if image:
        yield Piece("chosen", image, where, ImageBlock().child_blocks["image"].target_model)
    if isinstance(value, dict) and not value.get("decorative"):
        yield Piece("image", value.get("alt_text") or "", where)
