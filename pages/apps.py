"""What public content is made of: base pages, blocks, navigation, search."""

from django.apps import AppConfig


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

        generation.shows_all_of(self, but=("MissedSearch",))
        generation.shows(Page, PageViewRestriction, PageViewRestriction.groups.through)
        generation.shows(Site, Locale, Redirect, SearchPromotion)
        generation.shows(get_image_model(), get_document_model())
        generation.watch()
