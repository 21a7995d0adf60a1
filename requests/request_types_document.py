"""The request types as a document: every line is read from the code, none is written by hand."""

from django.utils.translation import override

from .registry import folder_types

HEAD = """# Request types

What the office offers, read from `requests/types/` by `manage.py request_types_table`. The wording
on the screen comes from the same files; the numbers are the defaults that a published policy may
change within the bounds given.
"""


def request_types_document():
    """Return the whole document as Markdown."""
    with override("en"):
        types = folder_types().values()
        parts = [HEAD, _overview(types), *map(_section, types)]
    return "\n".join(parts)


def _overview(types):
    rows = [
        (
            f"`{each.key}`",
            each.title,
            each.audience,
            _decided_by(each),
            each.releases or "nothing",
            each.sevis_event or "nothing",
            f"{each.target_days} business days",
        )
        for each in types
    ]
    return _table(("Key", "Title", "For", "Decided by", "Releases", "SEVIS", "Time"), rows)


def _decided_by(request_type):
    mark = f" (if `{request_type.approver_number}`)" if request_type.approver_number else ""
    return " → ".join([*(f"{step.label}{mark}" for step in request_type.approval_steps), "office"])


def _section(request_type):
    lines = [f"## {request_type.title}", "", f"{request_type.summary} {request_type.citation}.", ""]
    lines += ["Asks:", "", *_questions(request_type), ""]
    files = [
        f"* {slot.label} (`{slot.name}`{'' if slot.required else ', optional'}"
        f"{', when asked for' if slot.asked_if else ''})"
        for slot in request_type.slots
    ]
    lines += ["Files:", "", *(files or ["* none"]), ""]
    numbers = [
        (
            f"`{name}`",
            *(each.label, each.default, each.legal_min, each.legal_max, each.unit, each.citation),
        )
        for name, each in request_type.policies.items()
    ]
    if numbers:
        head = ("Number", "Meaning", "Default", "Least", "Most", "Unit", "Source")
        lines.append(_table(head, numbers))
    return "\n".join(lines)


def _questions(request_type):
    return [
        f"* {page.title}: " + ", ".join(f"`{name}`" for name in page.form.base_fields)
        for page in request_type.pages
        if page.form
    ]


def _table(head, rows):
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(map(str, each)) + " |" for each in lines) + "\n"
