"""Turn the block tables of a TOML file into StreamField values (shapes: pages/blocks/)."""

from decimal import Decimal

from isso.pages.blocks.tables import text_table
from isso.pages.models import FormEntry

from ..models import StaffMember


def references(by_path, entries):
    """Say what the texts may point to: pages by their path, guides by their request type."""
    by_type = {
        entry["type_key"]: by_path[entry["path"]] for entry in entries if "type_key" in entry
    }
    return {"pages": by_path, "types": by_type}


def stream(tables, model, field, found):
    """Make the raw data of a stream; a block that points nowhere is left out."""
    stream_block = model._meta.get_field(field).stream_block
    names = list(stream_block.child_blocks)
    blocks = []
    for table in tables:
        value = dict(table)
        # Streams with a single kind of block need no "type" in the file.
        name = value.pop("type", names[0])
        value = _shapes.get(name, _plain)(value, found)
        if value is not None:
            blocks.append((name, stream_block.child_blocks[name].normalize(value)))
    return blocks


def _plain(value, found):
    return value


def _paragraph(value, found):
    return value["html"].strip()


def _related(value, found):
    pages = [found["pages"][path] for path in value["pages"] if path in found["pages"]]
    return {"title": value.get("title", ""), "pages": pages} if pages else None


def _request_link(value, found):
    guide = found["types"].get(value["type_key"])
    return {"page": guide, "text": value.get("text", "")} if guide else None


def _form_link(value, found):
    form = FormEntry.objects.filter(title=value["form"]).first()
    return {"form": form, "text": value.get("text", "")} if form else None


def _contact(value, found):
    person = StaffMember.objects.filter(name=value.get("person", "")).first()
    return value | {"person": person}


def _table(value, found):
    return {"caption": value["caption"], "table": text_table(value["columns"], value["rows"])}


_shapes = {
    "contact": _contact,
    "form_link": _form_link,
    "paragraph": _paragraph,
    "related": _related,
    "request_link": _request_link,
    "table": _table,
}


def people_table(block, columns, rows):
    """Make the value of a statistics table: texts, numbers of people, percents."""
    kinds = [_kind(heading, [row[place] for row in rows]) for place, heading in enumerate(columns)]
    return block.table_of(
        list(zip(columns, kinds, strict=True)),
        [[_cell(kind, value) for value, kind in zip(row, kinds, strict=True)] for row in rows],
    )


def _cell(kind, value):
    # A decimal of the written number: a float would show its binary tail.
    return {"people": int, "percent": lambda number: Decimal(str(number))}.get(kind, str)(value)


def _kind(heading, values):
    if "percent" in heading.casefold():
        return "percent"
    if heading == "Rank" or not all(isinstance(value, int) for value in values):
        return "text"
    return "people"
