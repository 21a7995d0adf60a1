"""From what stands in the editor to a definition, and from a definition's problems back to it."""

from django.core.exceptions import ValidationError
from wagtail.blocks import StreamBlockValidationError, StructBlockValidationError

from .definition import Condition, Definition, Field, Section, ShowIf

# A field of the model and the problems of a definition that belong to it have one name.
STREAMS = ("sections", "documents", "questions", "conditions")


def lines_of(text):
    """Return the lines that say something, without blanks around them."""
    return tuple(line.strip() for line in (text or "").splitlines() if line.strip())


def definition_of(form):
    """Return what an ``OfficeForm`` says as it stands, saved or not."""
    return Definition(
        title=form.title,
        summary=form.summary,
        explanation=form.explanation,
        sections=tuple(
            Section(each.value["title"], _fields(each.value["fields"]), each.value["intro"] or "")
            for each in form.sections
        ),
        documents=_fields(form.documents),
        conditions=tuple(_condition(each) for each in form.conditions),
        asks_approver=form.asks_approver,
        questions=_fields(form.questions),
        attestations=lines_of(form.attestations),
        stock_reasons=lines_of(form.stock_reasons),
        releases=form.releases,
        target_days=form.target_days or 0,
        topic=form.topic,
        audience=form.audience,
        also_called=lines_of(form.also_called),
        citation=form.citation,
    )


def _fields(stream):
    return tuple(_field(each.block_type, each.value) for each in stream)


def _field(kind, value):
    name = (value.get("show_if") or "").strip()
    return Field(
        kind=kind,
        name=(value["name"] or "").strip(),
        label=(value["label"] or "").strip(),
        help=value["help"] or "",
        required=bool(value["required"]),
        audience=value.get("audience") or Field.audience,
        options=lines_of(value.get("options")),
        show_if=ShowIf(name, lines_of(value.get("show_if_answers"))) if name else None,
    )


def _condition(block):
    said = block.value or {}
    return Condition(block.block_type, tuple(said.get("values") or ()), said.get("days"))


def errors_of(problems):
    """Return the problems as errors by field of the model, each at its block where it has one."""
    found = {}
    for name in dict.fromkeys(each.place.part for each in problems):
        here = [each for each in problems if each.place.part == name]
        found[name] = _stream_error(here) if name in STREAMS else [each.sentence for each in here]
    return found


def _stream_error(problems):
    whole = [ValidationError(each.sentence) for each in problems if _top(each.place) is None]
    blocks = {}
    for each in problems:
        if (at := _top(each.place)) is not None:
            blocks.setdefault(at, []).append(each)
    return StreamBlockValidationError(
        block_errors={at: _block_error(here) for at, here in blocks.items()},
        non_block_errors=whole,
    )


def _top(place):
    return place.index if place.section is None else place.section


def _block_error(problems):
    """Return the error of one block: of its parts, or of the fields inside a section."""
    inside, parts = {}, {}
    for each in problems:
        place = each.place
        if place.section is not None and place.index is not None:
            inside.setdefault(place.index, []).append(each)
        else:
            parts.setdefault(place.detail, []).append(ValidationError(each.sentence))
    if inside:
        parts["fields"] = StreamBlockValidationError(
            block_errors={at: _parts_error(here) for at, here in inside.items()}
        )
    return _struct_error(parts)


def _parts_error(problems):
    parts = {}
    for each in problems:
        parts.setdefault(each.place.detail, []).append(ValidationError(each.sentence))
    return _struct_error(parts)


def _struct_error(parts):
    whole = parts.pop("", None)
    first = {
        name: each if isinstance(each, ValidationError) else ValidationError(each)
        for name, each in parts.items()
    }
    return StructBlockValidationError(block_errors=first or None, non_block_errors=whole)
