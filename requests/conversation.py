"""Messages between student and office, about a request or in general, and the office's own notes.

A thread is a StudentRequest or a GeneralThread. Its row is locked while a message is added, so that
messages stand in the order of their keys and no mark is lost.
"""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.files import checked_upload
from isso.requests.records.models import StudentRecord

from .assignment import advisor_for
from .mails import tell_about_general_thread, tell_office, tell_owner
from .models import CaseNote, Document, GeneralThread, RecordNote, StudentRequest
from .perform import NotAllowed
from .permissions import advisor, owner

MOST_FILES = 5
FILES_HELP = format_lazy(
    gettext_lazy("Up to {most} files: PDF, JPG, PNG or HEIC. Each is checked for viruses."),
    most=MOST_FILES,
)


class SomebodyWrote(ValidationError):
    """A message came while this one was written; nothing was sent."""


def general_thread_of(record):
    """Return the general thread of a person; unsaved before the first message."""
    thread = GeneralThread.objects.filter(record=record).select_related("assignee").first()
    if thread is None:
        return GeneralThread(record=record)
    thread.record = record
    return thread


def send_message(thread, text, actor, *, files=(), seen=None, is_answer=True):
    """Add a message with its files to a thread and tell the other side by mail (never its text).

    ``seen`` is the key of the newest message that the writer had before his eyes, 0 for none. A
    message to many ``is_answer`` to nobody: whoever waits for one goes on waiting.

    Raises NotAllowed, SomebodyWrote, and ValidationError for a text or a file that does not fit.
    """
    from_office = advisor(thread, actor)
    if not from_office and not owner(thread, actor):
        raise NotAllowed
    text, checked = _checked(text), _checked_files(files)
    with transaction.atomic():
        locked = _locked(thread)
        if seen is not None:
            _refuse_unseen(locked, seen, actor)
        message = locked.messages.create(
            author_id=actor.user_id, from_office=from_office, text=text, sent_at=timezone.now()
        )
        for each in checked:
            _attach(each, locked, message)
        _mark(locked, message, is_answer)
        _tell(locked, message)
    return message


def add_note(student_request, text, actor):
    """Add an internal note, which no student ever sees; raises NotAllowed, ValidationError."""
    if not advisor(student_request, actor):
        raise NotAllowed
    return CaseNote.objects.create(
        student_request=student_request, author_id=actor.user_id, text=_checked(text)
    )


def add_record_note(record, text, actor):
    """Add an internal note about a person; raises NotAllowed, also about oneself."""
    if not actor.is_staff or record.user_id == actor.user_id:
        raise NotAllowed
    return RecordNote.objects.create(student=record, author_id=actor.user_id, text=_checked(text))


def newest_of(messages):
    """Return the key of the newest of some messages, 0 for none: what their reader has seen."""
    return max((each.pk for each in messages), default=0)


def _locked(thread):
    if isinstance(thread, StudentRequest):
        found = StudentRequest.objects.select_for_update(of=("self",))
        return found.select_related("student__user", "assignee").get(pk=thread.pk)
    # Of two first messages at once, the second one waits here and finds the thread.
    record = StudentRecord.objects.select_for_update(of=("self",)).get(pk=thread.record_id)
    GeneralThread.objects.get_or_create(record=record)
    found = GeneralThread.objects.select_for_update(of=("self",))
    return found.select_related("record__user", "record__advisor").get(record=record)


def _refuse_unseen(locked, seen, actor):
    """Hold a message back that was written before its writer could read the last one."""
    if locked.messages.filter(pk__gt=seen).exclude(author=actor.user_id).exists():
        raise SomebodyWrote(
            _(
                "A message came while you were writing. Read it in the thread, change yours if "
                "you need to, and send it again."
            )
        )


def _attach(checked, thread, message):
    is_general = isinstance(thread, GeneralThread)
    Document.objects.keep(
        checked,
        student=thread.record if is_general else thread.student,
        student_request=None if is_general else thread,
        message=message,
        origin=Document.Origin.MESSAGE,
        title=checked.original_name,
        added_by_id=message.author_id,
    )


def _mark(thread, message, is_answer):
    at = thread.last_message_at = message.sent_at
    if not message.from_office:
        thread.unread_since = thread.unread_since or at
        thread.unanswered_since = thread.unanswered_since or at
        # Whoever answers has read; a page that was too old was refused above.
        thread.new_for_student_since = None
        if isinstance(thread, GeneralThread):
            thread.assignee = advisor_for(thread.record)
    else:
        thread.new_for_student_since = thread.new_for_student_since or at
        if is_answer:
            thread.unread_since = thread.unanswered_since = None
    marks = ["last_message_at", "unread_since", "unanswered_since", "new_for_student_since"]
    if isinstance(thread, GeneralThread):
        marks.append("assignee")
    thread.save(update_fields=marks)


def _tell(thread, message):
    occasion = f"message:{message.pk}"
    if isinstance(thread, GeneralThread):
        tell_about_general_thread(thread, message.from_office, occasion)
    elif message.from_office:
        tell_owner("message_from_office", thread, occasion)
    else:
        tell_office("message_from_student", thread, occasion)


def _checked(text):
    text = text.replace("\x00", "").strip()
    if not text:
        raise ValidationError({"text": _("Write your message first.")})
    if len(text) > 5000:
        raise ValidationError(
            {
                "text": _("Your message has %(length)d characters. Use 5,000 at most.")
                % {"length": len(text)}
            }
        )
    return text


def _checked_files(files):
    """Return the files as they may be kept, all or none, or name the one that may not."""
    if len(files) > MOST_FILES:
        raise ValidationError(
            {
                "files": _("Attach %(most)d files at most. Send the others with a second message.")
                % {"most": MOST_FILES}
            }
        )
    checked = []
    for each in files:
        try:
            checked.append(checked_upload(each))
        except ValidationError as error:
            sentences = [f"“{each.name}”: {sentence}" for sentence in error.messages]
            raise ValidationError({"files": sentences}) from error
    return checked
