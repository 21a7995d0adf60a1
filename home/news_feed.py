"""The news for feed readers, as Atom."""

import datetime as dt

from django.contrib.syndication.views import Feed
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from isso.pages.tree import site_root

from .models.news import published_news, still_valid

MOST_ITEMS = 20
SECONDS = 300


class NewsFeed(Feed):
    """The latest news that is still valid; the full text stands on the page."""

    feed_type = Atom1Feed
    title = _("News")
    link = "/news/"

    def __call__(self, request, *args, **kwargs):
        """Let browsers and caches keep it as long as a page."""
        response = super().__call__(request, *args, **kwargs)
        patch_cache_control(response, max_age=SECONDS)
        return response

    def get_object(self, request):
        """Keep the request: addresses depend on the site."""
        return request

    def items(self, request):
        """Return the news of this site."""
        news = list(still_valid(published_news(site_root(request)))[:MOST_ITEMS])
        for item in news:
            item.address = item.get_full_url(request)
        return news

    def item_title(self, item):
        """Return the title; the feed escapes it."""
        return item.title

    def item_description(self, item):
        """Return the first sentence; an Atom summary is HTML."""
        return escape(item.lede)

    def item_link(self, item):
        """Return the full address of the page."""
        return item.address

    def item_pubdate(self, item):
        """Return the beginning of its day."""
        return timezone.make_aware(dt.datetime.combine(item.date, dt.time()))

    def item_updateddate(self, item):
        """Return when it was published last."""
        return item.last_published_at or self.item_pubdate(item)

    def item_categories(self, item):
        """Return for whom it is."""
        return [item.get_audience_display()]
