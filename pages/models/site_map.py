"""The site map for people; machines read /sitemap.xml."""

from django.utils.translation import gettext_lazy as _

from ..tree import nested, tree_for
from .base import BasePage


class SiteMapPage(BasePage):
    """Every public page of the site as one nested list."""

    max_count = 1
    template = "pages/site_map_page.html"

    class Meta:
        verbose_name = _("site map")

    def get_context(self, request, *args, **kwargs):
        """Add the tree below the home page."""
        return super().get_context(request, *args, **kwargs) | {
            "entries": nested(tree_for(request, self).root, request)
        }
