"""A thread as the student's side reads it."""

from dataclasses import dataclass
from datetime import datetime

from ..reading_messages import is_new_to_student
from .rows import FileRow, file_row


@dataclass(frozen=True)
class ThreadRow:
    """One message with its files, and whether it is shown for the first time."""

    pk: int
    text: str
    sent_at: datetime
    from_office: bool
    is_new: bool
    files: list[FileRow]


def thread_rows(thread, attachments=None):
    """Return the messages of a thread, the oldest first.

    ``attachments`` are files of the thread that were read already.
    """
    if thread.last_message_at is None:
        return []
    messages = thread.messages.all()
    if attachments is None:
        messages = messages.prefetch_related("attachments")
        of_message = {each.pk: list(each.attachments.all()) for each in messages}
    else:
        of_message = {}
        for each in attachments:
            of_message.setdefault(each.message_id, []).append(each)
    return [
        ThreadRow(
            each.pk,
            each.text,
            each.sent_at,
            each.from_office,
            is_new_to_student(thread, each),
            [file_row(file) for file in _in_order(of_message.get(each.pk, []))],
        )
        for each in messages
    ]


def _in_order(files):
    kept = [each for each in files if each.removed_at is None]
    return sorted(kept, key=lambda each: each.added_at)
