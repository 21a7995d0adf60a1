"""The home page: what most visitors came for, at one glance."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.search import index

from isso.pages.block_field import BlockField
from isso.pages.models import BasePage, BodyMixin
from isso.pages.tree import tree_for

from ..blocks import DoorBlock
from .dates import all_dates
from .events import EventsPage, next_events
from .news import NewsPage, published_news, still_valid

NEXT_DATES = 4
NEXT_EVENTS = 2
LATEST_NEWS = 3


class HomePage(BodyMixin, BasePage):
    """The front door: tasks, hours, the next dates, and a door for each kind of reader."""

    tasks = BlockField(
        [("task", DoorBlock())],
        verbose_name=_("I want to …"),
        blank=True,
        help_text=_("The things most visitors come for; six is a good number."),
    )
    doors = BlockField(
        [("door", DoorBlock())],
        verbose_name=_("doors by reader"),
        blank=True,
        help_text=_("At the end, under “Start here”: one way in for each kind of reader."),
    )

    max_count = 1
    template = "home/home_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("tasks"),
        FieldPanel("doors"),
        *BodyMixin.content_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.search_fields,
        index.SearchField("tasks"),
    ]

    class Meta:
        verbose_name = _("home page")

    def get_context(self, request, *args, **kwargs):
        """Add the next key dates and events, and the latest news."""
        today = timezone.localdate()
        # What does not stand in the menu of this language is not asked for.
        sections = {page.specific_class for page in tree_for(request, self).pages}
        dates = [date for date in all_dates() if date.start >= today][:NEXT_DATES]
        return super().get_context(request, *args, **kwargs) | {
            "next_dates": dates,
            "next_events": next_events(self, NEXT_EVENTS) if EventsPage in sections else [],
            "news": list(still_valid(published_news(self))[:LATEST_NEWS])
            if NewsPage in sections
            else [],
        }
