"""What is new: short notices with a date, some of which also stand in the portal."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.search import index

from isso.pages.languages import in_this_language
from isso.pages.models import BasePage, BodyMixin
from isso.pages.tree import is_public

from ..audiences import Audience, asked_audience, audience_links, for_audience

# Older news keep their pages, but leave the list.
LONGEST_LIST = 50
# The address of the feed, which no page below the news may take.
FEED_SLUG = "feed"


class NewsItemPage(BodyMixin, BasePage):
    """One piece of news: for whom, since when, and until when to trust it."""

    date = models.DateField(
        _("date"),
        default=timezone.localdate,
        help_text=_("Stands beside the title. To publish later, schedule the page."),
    )
    audience = models.CharField(
        _("audience"),
        max_length=12,
        choices=Audience,
        default=Audience.ALL,
        help_text=_("Visitors can show only the news of their own group."),
    )
    valid_until = models.DateField(
        _("still valid until"),
        null=True,
        blank=True,
        help_text=_(
            "The last day on which it surely holds. From the next day on it says that it may be "
            "out of date, and leaves the portal. Leave empty if it does not age."
        ),
    )
    in_portal = models.BooleanField(
        _("also show on the Welcome tab"),
        default=False,
        help_text=_("In the portal, to the people of the audience above, while it is valid."),
    )

    show_in_menus_default = False
    in_site_map = False
    parent_page_types = ["home.NewsPage"]
    subpage_types = []
    template = "home/news_item_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldRowPanel([FieldPanel("date"), FieldPanel("valid_until")]),
        MultiFieldPanel([FieldPanel("audience"), FieldPanel("in_portal")], heading=_("For whom")),
        *BodyMixin.content_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.search_fields,
        index.FilterField("date"),
        index.FilterField("audience"),
    ]

    class Meta:
        verbose_name = _("news item")
        verbose_name_plural = _("news items")

    def clean(self):
        """Refuse a last valid day before the date, and the address of the feed."""
        super().clean()
        errors = {}
        if self.date and self.valid_until and self.valid_until < self.date:
            errors["valid_until"] = _("“Still valid until” must not be before “Date”.")
        if self.slug == FEED_SLUG:
            errors["slug"] = _("The news feed has this address. Choose another word.")
        if errors:
            raise ValidationError(errors)

    @classmethod
    def findable(cls):
        """Leave out what is surely no longer true."""
        return still_valid(cls.objects.all())

    @property
    def is_out_of_date(self):
        """Whether its last valid day is over."""
        return bool(self.valid_until and self.valid_until < timezone.localdate())


def published_news(root):
    """Return the news below a page that everybody may see, the latest first."""
    return (
        NewsItemPage.objects.descendant_of(root)
        .filter(is_public())
        .select_related("locale")
        .order_by("-date", "-pk")
    )


def still_valid(news):
    """Keep what is surely true today."""
    return news.filter(
        models.Q(valid_until__isnull=True) | models.Q(valid_until__gte=timezone.localdate())
    )


def portal_news():
    """Return the news marked for the portal and valid today, the latest first."""
    news = in_this_language(NewsItemPage.objects.select_related("locale"))
    return still_valid(news.filter(is_public(), in_portal=True)).order_by("-date", "-pk")


class NewsPage(BodyMixin, BasePage):
    """All news, the latest first; what may be out of date is folded away."""

    max_count = 1
    subpage_types = ["home.NewsItemPage"]
    template = "home/news_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("news page")

    def get_context(self, request, *args, **kwargs):
        """Add the news for the audience that was asked for."""
        news = list(published_news(self)[:LONGEST_LIST])
        audience = asked_audience(request)
        shown = for_audience(news, audience)
        return super().get_context(request, *args, **kwargs) | {
            "news": [item for item in shown if not item.is_out_of_date],
            "old_news": [item for item in shown if item.is_out_of_date],
            "audience": audience,
            "audiences": audience_links(news),
        }
