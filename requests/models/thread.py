"""Threads: who has read what, and who waits for an answer; kept where lists can filter by it."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actor import Actor


class Thread(models.Model):
    """The marks of one thread of messages, on a request or on the general thread.

    They are written by conversation.py and reading_messages.py alone, under a lock of the row.
    """

    last_message_at = models.DateTimeField(_("last message"), null=True, blank=True)
    # The first message of the student's side that nobody of the office has had before his eyes.
    unread_since = models.DateTimeField(_("unread since"), null=True, blank=True)
    # The first one that was not followed by a word of the office: read or not, it is not lost.
    unanswered_since = models.DateTimeField(_("unanswered since"), null=True, blank=True)
    # The first message of the office that the student's side has not seen.
    new_for_student_since = models.DateTimeField(_("unread by the student"), null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_unread(self):
        """Tell whether nobody of the office has read the last words of the student's side."""
        return self.unread_since is not None

    @property
    def is_unanswered(self):
        """Tell whether the student's side waits for an answer."""
        return self.unanswered_since is not None


class GeneralThreadQuerySet(models.QuerySet):
    """Reads of general threads by who may read them."""

    def visible_to(self, user):
        """Return what this user may see: one's own, and for the office everybody else's."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if Actor.for_user(user).is_staff:
            return self.filter(Q(record__user__isnull=True) | ~Q(record__user=user))
        return self.filter(record__user=user)


class GeneralThread(Thread):
    """What a person and the office write to each other about no request; one for each person."""

    record = models.OneToOneField(
        "records.StudentRecord",
        models.PROTECT,
        related_name="general_thread",
        verbose_name=_("student"),
    )
    # Whose turn it is; None for the office as a whole.
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("advisor"),
    )
    # A general thread is its person's own; departments write about requests.
    department = ""

    begun_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = GeneralThreadQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("general thread")
        verbose_name_plural = _("general threads")
        ordering = ["-last_message_at"]
        indexes = [
            models.Index(
                fields=["unanswered_since"],
                condition=Q(unanswered_since__isnull=False),
                name="general_unanswered",
            ),
            models.Index(fields=["-last_message_at"], name="general_by_last_message"),
        ]

    def __str__(self):
        return str(self.record)

    @property
    def subject_id(self):
        """The user whom it is about, or None for somebody without an account."""
        return self.record.user_id
