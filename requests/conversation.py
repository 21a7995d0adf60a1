"""Messages between student and office, and the office's own notes."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .mails import tell_office, tell_owner
from .models import CaseNote, Message, RecordNote, StudentRequest
from .perform import NotAllowed
from .permissions import advisor, owner


@transaction.atomic
def send_message(student_request, text, actor):
    """Add a message to the thread and tell the other side by mail (never its text).

    Raises NotAllowed, and ValidationError for an empty or overlong text.
    """
    from_office = advisor(student_request, actor)
    if not from_office and not owner(student_request, actor):
        raise NotAllowed
    message = Message(
        student_request=student_request,
        author_id=actor.user_id,
        from_office=from_office,
        text=_checked(text),
    )
    message.save()
    StudentRequest.objects.filter(pk=student_request.pk).update(last_message_at=timezone.now())
    if from_office:
        tell_owner("message_from_office", student_request, f"message:{message.pk}")
    else:
        tell_office("message_from_student", student_request, f"message:{message.pk}")
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
