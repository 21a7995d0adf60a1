"""One action on many requests: who asked for it, and what became of each request."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.roles import Role

from .student_request import StudentRequest


class BulkRunQuerySet(models.QuerySet):
    """Reads of runs by who may read them."""

    def visible_to(self, user):
        """Keep the user's own; a supervisor sees everybody's."""
        is_supervisor = user.is_superuser or Role.SUPERVISOR in user.roles
        return self.all() if is_supervisor else self.filter(by=user)


class BulkRun(models.Model):
    """The rows of one list of the queue, worked on one after the other by the worker."""

    class Action(models.TextChoices):
        """What is done to each request."""

        ASSIGN = "assign", _("Assign")
        REMIND = "remind", _("Remind approvers")
        APPROVE = "approve", _("Approve")
        MESSAGE = "message", _("Send a message")

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by")
    )
    action = models.CharField(_("action"), max_length=10, choices=Action)
    # The message, or the reason of an assignment.
    text = models.TextField(_("text"), blank=True, default="", db_default="")
    to = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("advisor"),
    )
    # The saved view and its filters as the address had them: each row must still stand there.
    view_key = models.CharField(_("view"), max_length=40)
    query = models.TextField(_("filter"), blank=True, default="", db_default="")
    # Of the page on which it was confirmed, so that a second click begins no second run.
    key = models.UUIDField(unique=True)
    asked_at = models.DateTimeField(_("asked"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # Until then one worker works on it; one that died leaves it to the next.
    claimed_until = models.DateTimeField(null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = BulkRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("action on many requests")
        verbose_name_plural = _("actions on many requests")
        ordering = ["-asked_at", "-pk"]
        indexes = [
            models.Index(
                fields=["asked_at"], condition=Q(ended_at__isnull=True), name="bulk_to_work_on"
            ),
            models.Index(fields=["by", "-asked_at"], name="bulk_of_one"),
        ]

    def __str__(self):
        return f"{self.get_action_display()}, {timezone.localtime(self.asked_at):%Y-%m-%d %H:%M}"


class BulkRow(models.Model):
    """One request of such a run."""

    class Outcome(models.TextChoices):
        """What became of it."""

        WAITING = "waiting", _("Waits")
        DONE = "done", _("Done")
        NOT_DONE = "not_done", _("Not done")

    run = models.ForeignKey(BulkRun, models.CASCADE, related_name="rows")
    student_request = models.ForeignKey(StudentRequest, models.PROTECT, related_name="+")
    # As whoever confirmed saw it.
    version = models.PositiveIntegerField(_("version"))
    outcome = models.CharField(_("outcome"), max_length=8, choices=Outcome, default=Outcome.WAITING)
    sentence = models.TextField(_("what"), blank=True, default="", db_default="")
    done_at = models.DateTimeField(_("at"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("row of an action on many requests")
        verbose_name_plural = _("rows of actions on many requests")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["run", "student_request"], name="one_row_each_in_bulk"),
        ]
        indexes = [
            models.Index(
                fields=["run", "id"], condition=Q(outcome="waiting"), name="bulk_rows_waiting"
            ),
        ]

    def __str__(self):
        return f"{self.student_request_id}, {self.get_outcome_display()}"
