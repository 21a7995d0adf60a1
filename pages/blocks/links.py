"""Ways onward: other pages, and the request a page leads to."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class RelatedPagesBlock(blocks.StructBlock):
    """Pages a reader of this one needs next."""

    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    pages = blocks.ListBlock(blocks.PageChooserBlock(), label=_("Pages"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Related pages")
        description = _("Links to pages that help next.")
        template = "pages/blocks/related.html"
        preview_value = {"title": "", "pages": []}


class RequestLinkBlock(blocks.StructBlock):
    """The button to a request in the portal, by way of its guide page.

    The page is named by a string: rooms below the portal do not import it.
    """

    page = blocks.PageChooserBlock(page_type="requests.RequestGuidePage", label=_("Request"))
    text = blocks.CharBlock(label=_("Who may ask"), required=False, max_length=200)

    class Meta:
        icon = "link-external"
        label = _("Request in the portal")
        description = _("A button that leads to a request in the portal.")
        template = "pages/blocks/request_link.html"
        preview_value = {"page": None, "text": "F-1 students after one academic year"}
