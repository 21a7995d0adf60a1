"""What is said about a request: messages, internal notes, and questions for clarification."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Message(models.Model):
    """One message between the student and the office, about a request or in the general thread."""

    student_request = models.ForeignKey(
        "requests.StudentRequest",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
    )
    general_thread = models.ForeignKey(
        "requests.GeneralThread",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="messages",
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    from_office = models.BooleanField()
    text = models.TextField(_("message"), max_length=5000)
    sent_at = models.DateTimeField(default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(student_request__isnull=True) ^ Q(general_thread__isnull=True),
                name="message_is_in_one_thread",
            ),
        ]

    def __str__(self):
        return self.text[:60]


class CaseNote(models.Model):
    """A note of the office; a model of its own, so that no student's page can show one."""

    student_request = models.ForeignKey(
        "requests.StudentRequest", models.PROTECT, related_name="case_notes"
    )
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=5000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("internal note")
        verbose_name_plural = _("internal notes")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:60]


class RecordNote(models.Model):
    """A note of the office about a person, whatever is requested; no student's page shows one."""

    student = models.ForeignKey("records.StudentRecord", models.PROTECT, related_name="notes")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=5000)
    written_at = models.DateTimeField(default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("note about a student")
        verbose_name_plural = _("notes about students")
        ordering = ["written_at", "pk"]

    def __str__(self):
        return self.text[:60]


class ClarificationItem(models.Model):
    """One answer or file that the student is asked to change, with a sentence why."""

    student_request = models.ForeignKey(
        "requests.StudentRequest", models.PROTECT, related_name="clarification_items"
    )
    # The submission in question: the student changes what that one said.
    revision = models.PositiveIntegerField()
    name = models.CharField(max_length=60)
    sentence = models.TextField(max_length=1000)
    reply = models.TextField(_("your answer"), max_length=1000, blank=True)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        ordering = ["asked_at", "pk"]

    def __str__(self):
        return f"{self.name}: {self.sentence[:60]}"
