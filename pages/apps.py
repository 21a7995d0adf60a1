"""What public content is made of: base pages, blocks, navigation, search."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PagesConfig(AppConfig):
    """What public content is made of: base pages, blocks, navigation, search."""

    name = "isso.pages"
    label = "pages"
    verbose_name = "Pages"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Watch what stands on public pages, so that a change is seen at once."""
        from wagtail.contrib.redirects.models import Redirect
        from wagtail.contrib.search_promotions.models import SearchPromotion
        from wagtail.documents import get_document_model
        from wagtail.images import get_image_model
        from wagtail.models import Locale, Page, PageViewRestriction, Site

        from . import generation
        from .fixed_addresses import FixedAddress, register_fixed
        from .models import GlossaryTerm

        generation.shows_all_of(self, but=("MissedSearch",))
        generation.shows(Page, PageViewRestriction, PageViewRestriction.groups.through)
        generation.shows(Site, Locale, Redirect, SearchPromotion)
        generation.shows(get_image_model(), get_document_model())
        generation.watch()
        register_fixed(
            FixedAddress("/", _("all pages")),
            FixedAddress("/forms/", _("all pages")),
            FixedAddress("/site-map/", _("all pages and the search")),
            FixedAddress("/glossary/", _("explained words"), GlossaryTerm.objects.exists),
        )
