"""What a year of study costs, as entered by editors, and the page that shows it."""

from dataclasses import fields

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from isso.pages.models import BasePage, BodyMixin

from ..cost_table import Costs, Level, cost_table, year_name


class DollarField(models.PositiveIntegerField):
    """Whole dollars; a negative number is refused in words."""

    def formfield(self, **kwargs):
        """Say what to enter instead."""
        sentence = _("Enter whole dollars, 0 or more.")
        return super().formfield(
            error_messages={"min_value": sentence, "invalid": sentence}, **kwargs
        )


class CostOfAttendance(index.Indexed, models.Model):
    """The estimated costs of one academic year at one level, in whole dollars."""

    year = models.PositiveSmallIntegerField(
        _("academic year begins in"),
        validators=[
            MinValueValidator(2000, _("Enter a year with four digits, such as 2026.")),
            MaxValueValidator(2100, _("Enter a year with four digits, such as 2026.")),
        ],
        help_text=_("For the year 2026–27 enter 2026."),
    )
    level = models.CharField(
        _("level"),
        max_length=12,
        choices=Level,
        help_text=_("Its column in the table of that year. One entry a year and level."),
    )
    months = models.PositiveSmallIntegerField(
        _("months"),
        default=9,
        validators=[
            MinValueValidator(1, _("Enter between 1 and 12 months.")),
            MaxValueValidator(12, _("Enter between 1 and 12 months.")),
        ],
        help_text=_("How many months these amounts are for."),
    )
    tuition = DollarField(_("tuition"))
    living = DollarField(_("housing, food and personal expenses"))
    insurance = DollarField(_("health insurance"))
    fees = DollarField(_("fees"))
    spouse = DollarField(_("for a husband or wife"), help_text=_("On top of the total."))
    child = DollarField(_("for each child"), help_text=_("On top of the total."))
    note = models.CharField(
        _("note"),
        max_length=300,
        blank=True,
        help_text=_("Stands below the table, after the name of the level."),
    )

    search_fields = [index.SearchField("note"), index.FilterField("year")]
    panels = [
        FieldRowPanel([FieldPanel("year"), FieldPanel("level"), FieldPanel("months")]),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("tuition"), FieldPanel("living")]),
                FieldRowPanel([FieldPanel("insurance"), FieldPanel("fees")]),
                FieldRowPanel([FieldPanel("spouse"), FieldPanel("child")]),
            ],
            heading=_("Dollars"),
        ),
        FieldPanel("note"),
    ]

    class Meta:
        verbose_name = _("cost of attendance")
        verbose_name_plural = _("cost of attendance")
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["year", "level"], name="one_cost_per_year_and_level")
        ]

    def __str__(self):
        return f"{year_name(self.year)}: {self.get_level_display()}"

    def clean(self):
        """Refuse a second table for one year and level."""
        super().clean()
        same = CostOfAttendance.objects.filter(year=self.year, level=self.level)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"level": _("This level has its costs of that year already. Edit those instead.")}
            )

    def costs(self):
        """Return these costs as what can be summed and shown."""
        names = [field.name for field in fields(Costs)]
        return Costs(**{name: getattr(self, name) for name in names})


class CostsPage(BodyMixin, BasePage):
    """The costs of one year for every level; other years by link."""

    max_count = 1
    template = "home/costs_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("cost of attendance page")

    def get_context(self, request, *args, **kwargs):
        """Add the years, and the table of the one that was asked for or the latest."""
        entered = [row.costs() for row in CostOfAttendance.objects.all()]
        years = sorted({each.year for each in entered}, reverse=True)
        asked = request.GET.get("year", "")
        year = next((year for year in years if str(year) == asked), years[0] if years else None)
        table = cost_table([each for each in entered if each.year == year])
        return super().get_context(request, *args, **kwargs) | {
            "years": [(each, year_name(each)) for each in years],
            "year": year,
            "year_name": year_name(year) if year else "",
            "table": table,
        }
