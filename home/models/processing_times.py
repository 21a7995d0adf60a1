"""How long requests take at the moment."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.pages.models import BasePage, BodyMixin

from ..closures import WEEKS_AHEAD, days_taken_away
from ..hours import calendar_for
from ..processing_times import processing_times


class ProcessingTimesPage(BodyMixin, BasePage):
    """The editors' introduction, and the portal's own times for each request."""

    max_count = 1
    template = "home/processing_times_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("processing times page")

    def get_context(self, request, *args, **kwargs):
        """Add a line for each request, and the closures that make them longer."""
        lines = processing_times()
        return super().get_context(request, *args, **kwargs) | {
            "lines": lines,
            "has_estimates": any(line.estimate for line in lines),
            "closures": days_taken_away(calendar_for(request), timezone.localdate()),
            "weeks_ahead": WEEKS_AHEAD,
        }
