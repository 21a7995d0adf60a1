"""Ways onward: other pages, the request a page leads to, a form, a video."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.models import Page
from wagtail.snippets.blocks import SnippetChooserBlock

from ..links import LinkBlock


class RelatedPagesBlock(blocks.StructBlock):
    """Pages a reader of this one needs next."""

    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("The heading above the links. Empty: “Read next”."),
    )
    pages = blocks.ListBlock(
        blocks.PageChooserBlock(),
        label=_("Pages"),
        min_num=1,
        help_text=_("Visitors see their titles as links. One that is not published is left out."),
    )

    class Meta:
        icon = "link"
        label = _("Related pages")
        description = _("Links to pages that help next.")
        template = "pages/blocks/related.html"

    def get_preview_value(self):
        """Show pages of this site in the block picker."""
        pages = Page.objects.live().filter(depth__gt=2).order_by("path")[:2]
        return self.normalize({"title": "", "pages": list(pages)})


class RequestLinkBlock(blocks.StructBlock):
    """The button to a request in the portal, by way of its guide page.

    The page is named by a string: rooms below the portal do not import it.
    """

    page = blocks.PageChooserBlock(
        page_type="requests.RequestGuidePage",
        label=_("Request"),
        help_text=_("The button leads to this guide page, and from there into the portal."),
    )
    text = blocks.CharBlock(
        label=_("Who may ask"),
        required=False,
        max_length=200,
        help_text=_("Stands above the button, for example: F-1 students after one academic year"),
    )

    class Meta:
        icon = "link-external"
        label = _("Request in the portal")
        description = _("A button that leads to a request in the portal.")
        template = "pages/blocks/request_link.html"

    def get_preview_value(self):
        """Show a request of this site in the block picker."""
        guide = self.child_blocks["page"].target_model.objects.live().first()
        return self.normalize({"page": guide, "text": "F-1 students after one academic year"})


class FormLinkBlock(blocks.StructBlock):
    """One form of “All forms”, with where it is filled in."""

    form = SnippetChooserBlock(
        "pages.FormEntry",
        label=_("Form"),
        help_text=_("Visitors see its title as a link, with its size and date."),
    )
    text = blocks.CharBlock(
        label=_("When to use it"),
        required=False,
        max_length=200,
        help_text=_("Stands beside the link, for example: For your first paycheck"),
    )

    class Meta:
        icon = "form"
        label = _("Form")
        description = _("A form from the list of forms, with its size and date.")
        template = "pages/blocks/form_link.html"

    def get_preview_value(self):
        """Show a form nobody has to make first."""
        form = self.child_blocks["form"].model_class(
            title="Tax treaty statement", kind="link", link="/forms/"
        )
        return self.normalize({"form": form, "text": "For your first paycheck"})


class VideoValue(blocks.StructValue):
    """A video, with the name of the site that shows it."""

    @property
    def host(self):
        """The site a reader would leave for."""
        return urlsplit(self.get("url") or "").hostname or ""


class VideoBlock(blocks.StructBlock):
    """A film on another site.

    A link, not a frame: nothing comes from that site before the reader asks for it.
    """

    title = blocks.CharBlock(
        label=_("Title"),
        max_length=120,
        help_text=_("What it shows, for example: How to read your Form I-20"),
    )
    url = blocks.URLBlock(
        label=_("Address of the video"),
        max_length=200,
        help_text=_("Begins with https://. Visitors follow a link to it; nothing plays here."),
    )
    length = blocks.CharBlock(
        label=_("Length"), max_length=40, help_text=_("For example: 3 minutes")
    )
    has_captions = blocks.BooleanBlock(
        label=_("It has captions"),
        help_text=_("Required: people who do not hear must be able to follow."),
    )
    transcript = LinkBlock(
        label=_("Link to its text"),
        help_text=_("A page or a document with everything that is said and shown."),
    )

    class Meta:
        icon = "media"
        label = _("Video")
        description = _("A link to a video, with its length and its text to read.")
        template = "pages/blocks/video.html"
        value_class = VideoValue
        preview_value = {
            "title": "How to read your Form I-20",
            "url": "https://video.demo.example/i-20",
            "length": "3 minutes",
            "has_captions": True,
            "transcript": "/immigration/",
        }

    def clean(self, value):
        """Refuse a video that would be fetched without encryption."""
        cleaned = super().clean(value)
        if not cleaned["url"].startswith("https://"):
            sentence = _("The address of the video must begin with “https://”.")
            raise blocks.StructBlockValidationError(block_errors={"url": ValidationError(sentence)})
        return cleaned
