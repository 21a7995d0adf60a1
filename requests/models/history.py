"""What happened to a request, never deleted; only retention takes words out, at their end."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actor import Kind
from ..lifecycle import State


class HistoryQuerySet(models.QuerySet):
    """Writing into the history; no entry ever leaves it."""

    def note(self, student_request, action, label, actor, *, from_state=None, **fields):
        """Write what somebody did; without ``from_state`` the request stays where it is."""
        return self.create(
            student_request=student_request,
            action=action,
            label=str(label)[:120],
            from_state=student_request.state if from_state is None else from_state,
            to_state=student_request.state,
            actor_kind=actor.kind,
            actor_user_id=actor.user_id,
            actor_label=actor.label,
            **fields,
        )


class HistoryEntry(models.Model):
    """One action: who, when, from where to where, with which note."""

    student_request = models.ForeignKey(
        "requests.StudentRequest", models.PROTECT, related_name="history"
    )
    action = models.CharField(max_length=40)
    label = models.CharField(max_length=120)
    from_state = models.CharField(max_length=20, choices=State.choices, blank=True)
    to_state = models.CharField(max_length=20, choices=State.choices)
    actor_kind = models.CharField(
        max_length=10, choices=[(kind.value, kind.value) for kind in Kind]
    )
    actor_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    actor_label = models.CharField(max_length=200)
    note = models.TextField(blank=True)
    note_is_shown = models.BooleanField(default=False)
    data = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now, editable=False)

    objects = HistoryQuerySet.as_manager()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("history entry")
        verbose_name_plural = _("history entries")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.label}, {self.actor_label}"


class Snapshot(models.Model):
    """What one submission said: answers, files, and the rules and words it was made with."""

    student_request = models.ForeignKey(
        "requests.StudentRequest", models.PROTECT, related_name="snapshots"
    )
    number = models.PositiveIntegerField()
    answers = models.JSONField()
    files = models.JSONField(default=list)
    policy = models.JSONField(default=dict)
    type_version = models.PositiveSmallIntegerField()
    attestations = models.JSONField(default=list)
    guide_revision = models.CharField(max_length=40, blank=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("snapshot")
        verbose_name_plural = _("snapshots")
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["student_request", "number"], name="one_snapshot_per_submission"
            )
        ]

    def __str__(self):
        return f"{self.student_request_id} #{self.number}"

    def differs_in(self, other):
        """Return the names of answers and slots in which this snapshot differs from another."""
        if other is None:
            return set()
        names = set(self.answers) | set(other.answers)
        changed = {name for name in names if self.answers.get(name) != other.answers.get(name)}
        mine = {(each["slot"], each["sha256"]) for each in self.files}
        theirs = {(each["slot"], each["sha256"]) for each in other.files}
        return changed | {slot for slot, _digest in mine ^ theirs}
