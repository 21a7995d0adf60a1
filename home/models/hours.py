"""What an editor enters about opening hours: normal weeks, and the days that differ."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel

from ..calendar import clock
from ..plan import ALL, OFFICE, PHONE, VIRTUAL, WALK_IN, Slot, first_overlap


class Kind(models.TextChoices):
    """What runs at these hours."""

    OFFICE = OFFICE, _("Office")
    WALK_IN = WALK_IN, _("Walk-in advising")
    PHONE = PHONE, _("Phone")
    VIRTUAL = VIRTUAL, _("Virtual drop-in")


class Weekday(models.IntegerChoices):
    """The days of the week, Monday first as in Python."""

    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


def check_order(opens, closes):
    """Refuse a span that ends before it begins, in a sentence at the field."""
    if opens and closes and opens >= closes:
        raise ValidationError({"closes": _("“Closes” must be later than “Opens”.")})


def check_dates(start, end, field, sentence):
    """Refuse a last day before the first one, in a sentence at ``field``."""
    if start and end and end < start:
        raise ValidationError({field: sentence})


class HoursScheduleForm(WagtailAdminModelForm):
    """Check the slots of a week against one another."""

    def clean(self):
        """Refuse overlapping slots of one weekday, at the slot that comes too early."""
        cleaned = super().clean()
        if overlap := _overlapping_rows(self, "slots", lambda slot: slot.weekday):
            earlier, later, row = overlap
            sentence = _(
                "The slots of %(day)s overlap:"
                " one closes at %(closes)s, the next opens at %(opens)s."
            ) % {
                "day": Weekday(earlier.weekday).label,
                "closes": clock(earlier.closes),
                "opens": clock(later.opens),
            }
            row.add_error("opens", sentence)
            self.add_error(None, sentence)
        return cleaned


class HoursExceptionForm(WagtailAdminModelForm):
    """Check the hours of exceptional days against one another."""

    def clean(self):
        """Refuse hours that overlap, at the ones that come too early."""
        cleaned = super().clean()
        if overlap := _overlapping_rows(self, "hours", lambda hours: 0):
            earlier, later, row = overlap
            sentence = _(
                "These hours overlap: one span closes at %(closes)s, the next opens at %(opens)s."
            ) % {"closes": clock(earlier.closes), "opens": clock(later.opens)}
            row.add_error("opens", sentence)
            self.add_error(None, sentence)
        return cleaned


def _overlapping_rows(form, name, weekday):
    """Find the first two rows of a form that overlap: (earlier, later, form of the later)."""
    rows = form.formsets.get(name)
    if not rows or not rows.is_valid():
        return None
    kept = {
        Slot(weekday(row.instance), row.instance.opens, row.instance.closes, number): row
        for number, row in enumerate(rows.forms)
        if row.cleaned_data and not row.cleaned_data.get("DELETE")
    }
    overlap = first_overlap(kept)
    return overlap and (*overlap, kept[overlap[1]])


class HoursSchedule(ClusterableModel):
    """A normal week of one service, valid from a day on."""

    kind = models.CharField(
        _("kind"),
        max_length=10,
        choices=Kind,
        default=Kind.OFFICE,
        help_text=_("Visitors see each kind with hours of its own."),
    )
    name = models.CharField(_("name"), max_length=80, help_text=_("For example: Fall 2026"))
    valid_from = models.DateField(
        _("valid from"), help_text=_("From this day on visitors see these hours, by themselves.")
    )
    valid_until = models.DateField(
        _("valid until"),
        null=True,
        blank=True,
        help_text=_("The last day. Leave empty if it is open-ended."),
    )
    location = models.CharField(
        _("location"),
        max_length=120,
        blank=True,
        help_text=_("Stands under the hours: the room, the phone number or the link."),
    )
    note = models.CharField(
        _("note"),
        max_length=200,
        blank=True,
        help_text=_("Stands under the hours, for example: Bring your student ID."),
    )
    updated_at = models.DateTimeField(_("last edited"), auto_now=True)

    base_form_class = HoursScheduleForm
    panels = [
        HelpPanel(
            _("When two schedules of one kind cover a day, the one that began last counts."),
        ),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("name")]),
        FieldRowPanel([FieldPanel("valid_from"), FieldPanel("valid_until")]),
        InlinePanel(
            "slots",
            heading=_("Slots"),
            label=_("Slot"),
            min_num=1,
            help_text=_("A day without a slot is closed; one with a lunch break has two."),
        ),
        FieldPanel("location"),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        ordering = ["kind", "-valid_from"]

    def __str__(self):
        return f"{self.get_kind_display()}: {self.name}"

    def clean(self):
        """Refuse a schedule that ends before it begins."""
        super().clean()
        check_dates(
            self.valid_from,
            self.valid_until,
            "valid_until",
            _("“Valid until” must not be before “Valid from”."),
        )


class HoursSlot(models.Model):
    """One span of one weekday in a schedule."""

    schedule = ParentalKey(HoursSchedule, on_delete=models.CASCADE, related_name="slots")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday)
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    panels = [FieldRowPanel([FieldPanel("weekday"), FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["weekday", "opens"]

    def __str__(self):
        return f"{self.get_weekday_display()} {clock(self.opens)} - {clock(self.closes)}"

    def clean(self):
        """Refuse a slot that closes before it opens."""
        super().clean()
        check_order(self.opens, self.closes)


class HoursException(ClusterableModel):
    """Days that differ: a closure, or hours of their own."""

    APPLIES_TO = [(ALL, _("Everything")), *Kind.choices]

    start = models.DateField(
        _("first day"), help_text=_("From here on these hours replace those of a normal week.")
    )
    end = models.DateField(
        _("last day"), help_text=_("The same as the first, if it is one day. Then all is as usual.")
    )
    applies_to = models.CharField(
        _("applies to"),
        max_length=10,
        choices=APPLIES_TO,
        default=ALL,
        help_text=_("Days without hours for “Everything” or “Office” are no business days."),
    )
    reason = models.CharField(
        _("reason"), max_length=120, help_text=_("Shown to visitors, for example: Thanksgiving")
    )
    show_from = models.DateField(
        _("announce from"),
        null=True,
        blank=True,
        help_text=_("Leave empty to announce it at once."),
    )
    also_alert = models.BooleanField(
        _("also show as an alert"),
        default=False,
        db_default=False,
        help_text=_("On every page, from the day it is announced until it is over."),
    )
    updated_at = models.DateTimeField(_("last edited"), auto_now=True)

    base_form_class = HoursExceptionForm
    panels = [
        FieldRowPanel([FieldPanel("start"), FieldPanel("end")]),
        FieldPanel("applies_to"),
        FieldPanel("reason"),
        FieldRowPanel([FieldPanel("show_from"), FieldPanel("also_alert")]),
        InlinePanel(
            "hours",
            heading=_("Hours on these days"),
            label=_("Hours"),
            help_text=_("Leave empty if closed. Walk-in times follow by themselves."),
        ),
    ]

    class Meta:
        verbose_name = _("closure or changed hours")
        verbose_name_plural = _("closures and changed hours")
        ordering = ["-start"]

    def __str__(self):
        return f"{self.reason} ({self.start:%Y-%m-%d})"

    def clean(self):
        """Refuse a last day before the first, and an announcement that comes too late."""
        super().clean()
        check_dates(self.start, self.end, "end", _("“Last day” must not be before “First day”."))
        check_dates(
            self.show_from,
            self.end,
            "show_from",
            _("“Announce from” must not be after “Last day”."),
        )


class ExceptionHours(models.Model):
    """One span of an exceptional day."""

    exception = ParentalKey(HoursException, on_delete=models.CASCADE, related_name="hours")
    opens = models.TimeField(_("opens"))
    closes = models.TimeField(_("closes"))

    panels = [FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")])]

    class Meta:
        verbose_name = _("hours")
        verbose_name_plural = _("hours")
        ordering = ["opens"]

    def __str__(self):
        return f"{clock(self.opens)} - {clock(self.closes)}"

    def clean(self):
        """Refuse a span that closes before it opens."""
        super().clean()
        check_order(self.opens, self.closes)
