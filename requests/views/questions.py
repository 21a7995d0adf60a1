"""What a page of the wizard asks: answers and files, each with what the office said about it."""

from dataclasses import dataclass, field
from typing import Any

from ..autosaving import open_items
from ..drafting import editable_names
from .journey import slots_asked
from .rows import file_row


@dataclass(frozen=True)
class Question:
    """One answer or one place for files on the page."""

    name: str
    bound: Any = None
    slot: Any = None
    files: list[Any] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    items: list[Any] = field(default_factory=list)
    is_locked: bool = False

    @property
    def hint_id(self):
        """The id by which the control refers to its hint."""
        return f"id_{self.name}_helptext"


def reply_name(item):
    """Return the name under which a page posts the reply to a question."""
    return f"reply-{item.pk}"


def questions_of(student_request, page, form, documents, problems):
    """Return everything the page asks, in its order."""
    items = open_items(student_request)
    names = editable_names(student_request)
    questions = [
        Question(
            bound.name,
            bound=bound,
            items=[each for each in items if each.name == bound.name],
            is_locked=bound.field.disabled,
        )
        for bound in form or ()
    ]
    questions += [
        Question(
            slot.name,
            slot=slot,
            files=[file_row(each) for each in documents if each.slot == slot.name],
            problems=[each["text"] for each in problems if each["slot"] == slot.name],
            items=[each for each in items if each.name == slot.name],
            is_locked=names is not None and slot.name not in names,
        )
        for slot in slots_asked(page, student_request)
    ]
    # A place that is locked and empty says nothing.
    return [each for each in questions if each.bound or each.files or not each.is_locked]
