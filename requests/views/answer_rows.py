"""The answers and files of a request, page by page, as people read them."""

from dataclasses import dataclass
from typing import Any

from .journey import address_of, pages_to_fill, slots_asked
from .rows import file_row


@dataclass(frozen=True)
class Row:
    """One line of components/summary_rows.html."""

    label: Any
    value: Any
    source: Any = ""
    href: str = ""
    action: Any = ""
    stamp: Any = ""
    tone: str = ""


@dataclass(frozen=True)
class FileGroup:
    """The files in one place of a page."""

    label: Any
    files: list[Any]


@dataclass(frozen=True)
class Section:
    """One page of answers, with the address where they can be changed, if they can."""

    title: Any
    rows: list[Row]
    file_groups: list[FileGroup]
    href: str = ""


def answer_sections(student_request, readable, documents, *, with_links=False, only=None):
    """Return every page with something to show; ``readable`` comes from answers.readable_pages.

    ``only`` is one page to show instead of all.
    """
    editable = pages_to_fill(student_request) if with_links else []
    rows = {page.slug: lines for page, lines in readable}
    sections = []
    for page in [only] if only else student_request.type.pages:
        href = address_of(student_request, page) if page in editable else ""
        section = Section(
            page.title,
            [_row(line, href) for line in rows.get(page.slug, ())],
            _file_groups(student_request, page, documents),
            href,
        )
        if section.rows or section.file_groups:
            sections.append(section)
    return sections


def _row(line, href):
    return Row(line.label, line.value, href=f"{href}#id_{line.name}" if href else "")


def _file_groups(student_request, page, documents):
    return [
        FileGroup(slot.label, [file_row(each) for each in documents if each.slot == slot.name])
        for slot in slots_asked(page, student_request)
    ]
