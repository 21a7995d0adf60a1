"""What the office is and does, how to reach it, and how to get there."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.search import index

from isso.pages.models import BasePage, BodyMixin
from isso.pages.tree import tree_for

from ..blocks import FigureBlock, HelperBlock, ServiceBlock


class AboutPage(BodyMixin, BasePage):
    """About the office: services, figures, hours, and who else can help."""

    services = StreamField([("service", ServiceBlock())], verbose_name=_("services"), blank=True)
    figures = StreamField([("figure", FigureBlock())], verbose_name=_("figures"), blank=True)
    reports_to = RichTextField(
        _("reporting line"), blank=True, features=["bold", "link"], max_length=600
    )
    helpers = StreamField([("helper", HelperBlock())], verbose_name=_("who else"), blank=True)

    max_count = 1
    template = "home/about_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("figures"),
        FieldPanel("services"),
        FieldPanel("reports_to"),
        FieldPanel("helpers"),
        *BodyMixin.content_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.search_fields,
        index.SearchField("services"),
        index.SearchField("helpers"),
    ]

    class Meta:
        verbose_name = _("about page")

    def get_context(self, request, *args, **kwargs):
        """Add the pages below: staff, statistics, directions."""
        children = tree_for(request, self).children
        return super().get_context(request, *args, **kwargs) | {"children": children}


class DirectionsPage(BodyMixin, BasePage):
    """How to get to the office: on foot, by transit, without steps."""

    map_link = models.URLField(
        _("link to a map"),
        blank=True,
        help_text=_("Opens in the reader’s own map; no map is built into the page."),
    )

    max_count = 1
    template = "home/directions_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("map_link"),
        *BodyMixin.content_panels,
    ]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("directions page")


class ContactPage(BodyMixin, BasePage):
    """Address, phone, e-mail and hours in one place."""

    max_count = 1
    template = "home/contact_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("contact page")
