"""How many students the office serves, year by year."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from isso.pages.block_field import BlockField
from isso.pages.models import BasePage, BodyMixin

from ..blocks import StatisticsTableBlock
from ..statistics import table_shown
from ..suppression import SMALLEST_CELL


class StatisticsYear(models.Model):
    """The counts of one year, with their day and their source."""

    name = models.CharField(
        _("year"), max_length=20, unique=True, help_text=_("For example: 2026-27")
    )
    as_of = models.DateField(
        _("counted on"), help_text=_("Shown with the tables. The latest day is shown first.")
    )
    source = models.CharField(
        _("source"),
        max_length=160,
        blank=True,
        help_text=_("Shown with the tables, for example: SEVIS and the registrar"),
    )
    definition = models.TextField(
        _("who is counted"),
        blank=True,
        default="",
        db_default="",
        max_length=1000,
        help_text=_("For example: everybody enrolled on the day of the fall census."),
    )
    tables = BlockField(
        [("table", StatisticsTableBlock())],
        verbose_name=_("tables"),
        blank=True,
        help_text=_("In this order on the page; visitors can take each away as a file."),
    )

    panels = [
        FieldRowPanel([FieldPanel("name"), FieldPanel("as_of")]),
        FieldPanel("source"),
        FieldPanel("definition"),
        FieldPanel("tables"),
    ]

    class Meta:
        verbose_name = _("statistics")
        verbose_name_plural = _("statistics")
        ordering = ["-as_of"]

    def __str__(self):
        return self.name

    def tables_shown(self):
        """List the tables as visitors see them: with charts, without numbers of a few people."""
        return [table_shown(block.value, place) for place, block in enumerate(self.tables)]


class StatisticsPage(BodyMixin, BasePage):
    """The numbers of one year as tables with bars; other years by link."""

    max_count = 1
    template = "home/statistics_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("statistics page")

    def get_context(self, request, *args, **kwargs):
        """Add the years, and the tables of the one that was asked for or the latest."""
        years = list(StatisticsYear.objects.all())
        asked = request.GET.get("year", "")
        year = next((year for year in years if year.name == asked), years[0] if years else None)
        return super().get_context(request, *args, **kwargs) | {
            "years": years,
            "year": year,
            "tables": year.tables_shown() if year else [],
            "smallest": SMALLEST_CELL,
        }
