"""The plain words of a page's fields, read from what the database stores."""

import html
import json
import re
from collections.abc import Iterable

from django.utils.html import strip_tags
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.fields import RichTextField, StreamField

from ..links import LinkBlock

TAG = re.compile(r"(?=<)")


def plain_text(field, stored: str) -> str:
    """Return the words of one stored field."""
    if isinstance(field, StreamField):
        return one_text(_texts(field.stream_block, json.loads(stored or "[]")))
    return words_of(stored) if isinstance(field, RichTextField) else stored


def one_text(parts: Iterable[str]) -> str:
    """Put parts behind one another, each ended like a sentence."""
    parts = [part for each in parts if (part := each.strip())]
    return " ".join(part if part[-1] in ".!?:;,…。؟" else f"{part}." for part in parts)


def words_of(rich: str) -> str:
    """Drop the tags, and keep words apart that only a tag parted."""
    return " ".join(html.unescape(strip_tags(TAG.sub(" ", rich))).split())


def _texts(block, value):
    """Walk the stored value in the order of its block, whatever order the database kept."""
    if not value:
        return
    if isinstance(block, blocks.StreamBlock):
        for item in value:
            if child := block.child_blocks.get(item["type"]):
                yield from _texts(child, item["value"])
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from _texts(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for item in value:
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield from _texts(block.child_block, item["value"] if is_wrapped else item)
    elif isinstance(block, TypedTableBlock):
        yield "; ".join(column["heading"] for column in value["columns"])
        for row in value["rows"]:
            yield "; ".join(str(cell) for cell in row["values"] if isinstance(cell, str | int))
    elif isinstance(block, blocks.RichTextBlock):
        yield words_of(value)
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock) and not isinstance(
        block, LinkBlock
    ):
        yield value
