"""How to use the portal, every status explained."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from isso.pages.block_field import BlockField
from isso.pages.blocks import BodyBlock
from isso.pages.models import BasePage, BodyMixin

from ..portal_words import status_words


class PortalGuidePage(BodyMixin, BasePage):
    """The editors' words about the portal, around the portal's own words for each status."""

    account_help = RichTextField(
        _("which account to use"),
        blank=True,
        default="",
        db_default="",
        features=["bold", "link", "ul"],
        max_length=1500,
        help_text=_(
            "Stands under “Can't sign in?”: with which name and password students, scholars and "
            "departments sign in. The contacts below it come from the settings of the office."
        ),
    )
    after_statuses = BlockField(
        BodyBlock(required=False),
        verbose_name=_("after the list of statuses"),
        blank=True,
        help_text=_("What visitors read below the list of statuses, which the portal writes."),
    )

    max_count = 1
    template = "home/portal_guide_page.html"
    content_panels = [
        *BasePage.content_panels,
        *BodyMixin.content_panels,
        FieldPanel("after_statuses"),
        FieldPanel("account_help"),
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.search_fields,
        index.SearchField("after_statuses"),
        index.SearchField("account_help"),
    ]

    class Meta:
        verbose_name = _("portal guide")

    def get_context(self, request, *args, **kwargs):
        """Add every status with its sentence."""
        return super().get_context(request, *args, **kwargs) | {"statuses": status_words()}
