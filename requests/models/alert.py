"""What the worker has found to be due of one person, and when an advisor has set it aside."""

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.roles import may_read_cases
from isso.requests.records.models import StudentRecord

from .student_request import StudentRequest


class Severity(models.IntegerChoices):
    """How serious an alert is; the larger the worse."""

    INFO = 1, _("For your information")
    WARN = 2, _("Act soon")
    BAD = 3, _("Act now")

    @property
    def tone(self):
        """Return the word the style sheets know it by."""
        return self.name.lower()


class AlertQuerySet(models.QuerySet):
    """Which alerts there are, and how each stands at the moment of looking."""

    def open(self):
        """Leave out what is cured."""
        return self.filter(cured_at=None)

    def visible_to(self, user):
        """Keep those of people this member of the office may see; never about oneself."""
        if not may_read_cases(user):
            return self.none()
        return self.exclude(record=user.record_key) if user.record_key else self.all()

    def standing(self, today=None):
        """Add whether each is set aside today, and whether the request that cures it is sent."""
        aside = AlertOverride.objects.in_force(today).filter(alert=OuterRef("pk"))
        sent = StudentRequest.objects.in_the_office().open()
        cures = sent.filter(student=OuterRef("record"), type_key=OuterRef("cure"))
        return self.annotate(is_overridden=Exists(aside), is_under_way=Exists(cures))

    def to_do(self, today=None):
        """Keep what is neither cured nor set aside."""
        return self.open().standing(today).filter(is_overridden=False)


class Alert(models.Model):
    """One thing that is due of one person; cured ones are kept as history."""

    record = models.ForeignKey(StudentRecord, models.PROTECT, related_name="alerts")
    kind = models.CharField(_("kind"), max_length=20)
    # Tells apart alerts of one kind: a day, an authorization, a report.
    about = models.CharField(_("about"), max_length=40, default="", db_default="")
    severity = models.PositiveSmallIntegerField(_("importance"), choices=Severity)
    step = models.SmallIntegerField(_("step"))
    # The day it is about; of what has none, the day on which it was found.
    day = models.DateField(_("day"))
    detail = models.CharField(_("detail"), max_length=20, default="", db_default="", blank=True)
    cure = models.CharField(_("cured by"), max_length=40, default="", db_default="", blank=True)
    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    first_seen = models.DateTimeField(_("first seen"), default=timezone.now)
    step_since = models.DateTimeField(_("at this step since"), default=timezone.now)
    mailed_step = models.SmallIntegerField(_("mailed"), null=True, blank=True)
    cured_at = models.DateTimeField(_("cured"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = AlertQuerySet.as_manager()

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-severity", "day", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["record", "kind", "about"], name="each_alert_once"),
        ]
        indexes = [
            models.Index(
                fields=["-severity", "day", "id"],
                condition=Q(cured_at=None),
                name="open_alerts",
            ),
            models.Index(
                fields=["advisor", "-severity", "day", "id"],
                condition=Q(cured_at=None),
                name="open_alerts_of_advisor",
            ),
            models.Index(
                fields=["kind", "-severity", "day", "id"],
                condition=Q(cured_at=None),
                name="open_alerts_of_kind",
            ),
            models.Index(
                fields=["record"],
                condition=Q(cured_at=None) & (Q(mailed_step=None) | Q(mailed_step__lt=F("step"))),
                name="alerts_to_mail",
            ),
        ]

    def __str__(self):
        return f"{self.kind} {self.about}".strip()


class OverrideQuerySet(models.QuerySet):
    """Which overrides hold."""

    def in_force(self, today=None):
        """Keep those that are not withdrawn and have not run out; the last day counts."""
        today = today or timezone.localdate()
        return self.filter(withdrawn_at=None, until__gte=today)


class AlertOverride(models.Model):
    """An advisor has set one alert aside, for a reason and until a day."""

    alert = models.ForeignKey(Alert, models.CASCADE, related_name="overrides")
    reason = models.CharField(_("reason"), max_length=300)
    until = models.DateField(_("until"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField(_("set aside"), default=timezone.now)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)

    wagtail_reference_index_ignore = True

    objects = OverrideQuerySet.as_manager()

    class Meta:
        verbose_name = _("override of an alert")
        verbose_name_plural = _("overrides of alerts")
        ordering = ["-at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["alert"], condition=Q(withdrawn_at=None), name="one_override_at_a_time"
            ),
        ]

    def __str__(self):
        return f"{self.alert_id}, {self.until}"


class AlertPass(models.Model):
    """How far the worker has come with looking at records; one row."""

    day = models.DateField(_("every record looked at on"), null=True, blank=True)
    change_reached = models.BigIntegerField(_("last change looked at"), default=0)

    class Meta:
        verbose_name = _("pass over the records")
        verbose_name_plural = _("passes over the records")

    def __str__(self):
        return f"{self.day}"
