"""When a student has opened what the office released: until then it is marked as new."""

from django.utils import timezone

from .models import Document


def note_opened(document, user):
    """Note the student's first download of a released document; nobody else's counts."""
    if document.origin != Document.Origin.OFFICE or document.student.user_id != user.pk:
        return
    Document.objects.filter(pk=document.pk, seen_at__isnull=True).update(seen_at=timezone.now())
