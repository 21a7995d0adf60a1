"""Sections of the site and the guidance in them."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import HelpPanel

from ..tree import tree_for
from .base import BasePage, BodyMixin, GuidanceContent


class SectionPage(BodyMixin, BasePage):
    """A section of the site: an introduction, and the pages in it."""

    template = "pages/section_page.html"
    content_panels = [
        HelpPanel(
            _(
                "The pages below stand in the menu in the order of the list of pages. To change "
                "it, open “Sort menu order” there."
            )
        ),
        *BasePage.content_panels,
        *BodyMixin.content_panels,
    ]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("section")
        verbose_name_plural = _("sections")

    def get_context(self, request, *args, **kwargs):
        """Add the pages of this section, in the order of the page tree."""
        children = tree_for(request, self).children
        return super().get_context(request, *args, **kwargs) | {"children": children}


class GuidancePage(GuidanceContent, BasePage):
    """One topic explained: in short, step by step, with its deadlines and papers."""

    template = "pages/guidance_page.html"
    content_panels = [
        *BasePage.content_panels,
        *GuidanceContent.content_panels,
        GuidanceContent.review_panel,
    ]
    search_fields = [*BasePage.search_fields, *GuidanceContent.search_fields]

    class Meta:
        verbose_name = _("guidance page")
        verbose_name_plural = _("guidance pages")
