"""What editors tell chosen students on the Welcome tab."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from isso.home.timed import Timed
from isso.requests.records.choices import EducationLevel, Stage, VisaClass
from isso.requests.records.models import StudentRecord


class ReminderQuerySet(models.QuerySet):
    """Which reminders show, decided at the moment of looking."""

    def showing(self, at=None):
        """Return published reminders whose time has come and not gone.

        Read from our own two columns and not from Wagtail's go-live, which waits for a command.
        """
        at = at or timezone.now()
        return (
            self.filter(live=True)
            .filter(Q(show_from__isnull=True) | Q(show_from__lte=at))
            .filter(Q(show_until__isnull=True) | Q(show_until__gt=at))
        )

    def for_record(self, record):
        """Return those whose audience includes this person; an empty audience is everybody."""
        begins, ends = Q(program_ends_from=None), Q(program_ends_until=None)
        if record.program_end:
            begins |= Q(program_ends_from__lte=record.program_end)
            ends |= Q(program_ends_until__gte=record.program_end)
        return self.filter(
            begins,
            ends,
            Q(stage="") | Q(stage=record.stage),
            Q(visa_class="") | Q(visa_class=record.visa_class),
            Q(education_level="") | Q(education_level=record.education_level),
        )

    def not_put_away(self, user):
        """Leave out what this user has put away, unless it is urgent or was published again."""
        put_away = ReminderPutAway.objects.filter(reminder=OuterRef("pk"), user=user).filter(
            Q(at__gte=OuterRef("last_published_at")) | Q(reminder__last_published_at=None)
        )
        return self.exclude(Exists(put_away), ~Q(severity=Reminder.Severity.URGENT))


class Reminder(
    Timed,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    models.Model,
):
    """A short text with an audience and a time; it reaches exactly those, exactly then."""

    class Severity(models.TextChoices):
        """How loud it is."""

        INFO = "info", _("For your information")
        WARN = "warn", _("Act soon")
        URGENT = "bad", _("Act now")

    title = models.CharField(
        _("title"), max_length=120, help_text=_("The thing itself, in bold: many read only this.")
    )
    text = models.TextField(
        _("text"), max_length=600, help_text=_("What to do, until when, and why.")
    )
    severity = models.CharField(
        _("importance"),
        max_length=10,
        choices=Severity.choices,
        default=Severity.INFO,
        help_text=_("Sets the color. “Act now” stays; the others students can put away."),
    )
    link_url = models.CharField(
        _("link"),
        max_length=300,
        blank=True,
        help_text=_("An address of this site, such as /key-dates/, or a full https address."),
    )
    link_text = models.CharField(
        _("words of the link"),
        max_length=80,
        blank=True,
        help_text=_("The words to click on: say where they lead."),
    )
    stage = models.CharField(
        _("stage"),
        max_length=20,
        blank=True,
        choices=Stage.choices,
        help_text=_("Only people who are at this point of their stay."),
    )
    visa_class = models.CharField(
        _("visa class"),
        max_length=8,
        blank=True,
        choices=VisaClass.choices,
        help_text=_("Only people with this visa class."),
    )
    education_level = models.CharField(
        _("level"),
        max_length=2,
        blank=True,
        choices=EducationLevel.choices,
        help_text=_("Only people who study at this level."),
    )
    program_ends_from = models.DateField(
        _("program ends from"),
        null=True,
        blank=True,
        help_text=_("Only people whose program ends on this day or later."),
    )
    program_ends_until = models.DateField(
        _("program ends until"),
        null=True,
        blank=True,
        help_text=_("Only people whose program ends on this day or earlier."),
    )
    show_from = models.DateTimeField(
        _("show from"),
        null=True,
        blank=True,
        help_text=_("It appears by itself at this time. Leave empty to show it once published."),
    )
    show_until = models.DateTimeField(
        _("show until"),
        null=True,
        blank=True,
        help_text=_("It goes away by itself. Leave empty to show it until you change this."),
    )

    objects = ReminderQuerySet.as_manager()

    panels = [
        FieldPanel("title"),
        FieldPanel("text"),
        FieldPanel("severity"),
        FieldRowPanel([FieldPanel("link_url"), FieldPanel("link_text")]),
        MultiFieldPanel(
            [
                FieldPanel("stage"),
                FieldPanel("visa_class"),
                FieldPanel("education_level"),
                FieldRowPanel([FieldPanel("program_ends_from"), FieldPanel("program_ends_until")]),
            ],
            heading=_("Audience"),
            help_text=_("Leave a line empty to reach everybody."),
        ),
        FieldRowPanel([FieldPanel("show_from"), FieldPanel("show_until")], heading=_("Time")),
    ]

    class Meta:
        verbose_name = _("reminder")
        verbose_name_plural = _("reminders")
        ordering = ["-show_from", "-pk"]

    def __str__(self):
        return self.title

    def clean(self):
        """Refuse a time that ends before it begins, a half link and a foreign scheme."""
        super().clean()
        errors = {}
        if self.show_from and self.show_until and self.show_until <= self.show_from:
            errors["show_until"] = _("Choose a time after “show from”.")
        first, last = self.program_ends_from, self.program_ends_until
        if first and last and last < first:
            errors["program_ends_until"] = _("Choose a day on or after “program ends from”.")
        if bool(self.link_url) != bool(self.link_text):
            missing = "link_text" if self.link_url else "link_url"
            errors[missing] = _("A link needs both an address and words.")
        own = self.link_url.startswith("/") and not self.link_url.startswith("//")
        if self.link_url and not own and not self.link_url.startswith("https://"):
            errors["link_url"] = _("Begin the address with / or with https://.")
        if errors:
            raise ValidationError(errors)

    def audience(self):
        """Return the records it reaches, as a query; editors see only how many."""
        chosen = {
            name: value
            for name in ("stage", "visa_class", "education_level")
            if (value := getattr(self, name))
        }
        if self.program_ends_from:
            chosen["program_end__gte"] = self.program_ends_from
        if self.program_ends_until:
            chosen["program_end__lte"] = self.program_ends_until
        return StudentRecord.objects.filter(user__is_active=True, **chosen)

    @property
    def may_be_put_away(self):
        """Tell whether its reader may put it away: what is urgent stays."""
        return self.severity != self.Severity.URGENT

    def get_preview_template(self, request, mode_name):
        """Return the template that shows it as the Welcome tab will."""
        return "portal/reminder_preview.html"

    def get_preview_context(self, request, mode_name):
        """Return the reminder as the only thing to show."""
        return {"reminder": self, "reminders": [self]}


class ReminderPutAway(models.Model):
    """One person has read one reminder and does not want to see it again."""

    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, related_name="put_away")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders_put_away"
    )
    at = models.DateTimeField(_("put away"), default=timezone.now)

    class Meta:
        verbose_name = _("reminder put away")
        verbose_name_plural = _("reminders put away")
        constraints = [
            models.UniqueConstraint(fields=["reminder", "user"], name="put_away_once"),
        ]

    def __str__(self):
        return f"{self.reminder_id}: {self.user_id}"
