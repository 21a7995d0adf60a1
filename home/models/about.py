"""What the office is and does, how to reach it, and how to get there."""

from django.db import models
from django.shortcuts import redirect
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.search import index

from isso.pages.block_field import BlockField
from isso.pages.models import BasePage, BodyMixin
from isso.pages.tree import tree_for

from ..blocks import FigureBlock, HelperBlock, ServiceBlock
from ..contact import address_for, current_sender
from ..contact_form import ContactForm
from .settings import OfficeSettings

NO_ADDRESS = _(
    "Your message was not sent: the office has entered no e-mail address yet. "
    "Keep your words, and call us or come by."
)
TOO_OFTEN = _(
    "Your message was not sent: very many came from you in a short time. "
    "Try again in an hour, or call us."
)


class AboutPage(BodyMixin, BasePage):
    """About the office: services, figures, hours, and who else can help."""

    services = BlockField(
        [("service", ServiceBlock())],
        verbose_name=_("services"),
        blank=True,
        help_text=_("Listed under “What we do”, in this order."),
    )
    figures = BlockField(
        [("figure", FigureBlock())],
        verbose_name=_("figures"),
        blank=True,
        help_text=_("Large numbers on top of the page; three or four are enough."),
    )
    reports_to = RichTextField(
        _("reporting line"),
        blank=True,
        features=["bold", "link"],
        max_length=600,
        help_text=_("Stands under “Where we belong”: the part of the institution you report to."),
    )
    helpers = BlockField(
        [("helper", HelperBlock())],
        verbose_name=_("who else"),
        blank=True,
        help_text=_("Listed under “Who else can help”: offices for what you do not do."),
    )

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


def _way(label, help_text):
    return RichTextField(
        label,
        blank=True,
        default="",
        db_default="",
        features=["bold", "link", "ul"],
        max_length=2000,
        help_text=help_text,
    )


class DirectionsPage(BodyMixin, BasePage):
    """How to get to the office: on foot, by transit, without steps."""

    map_link = models.URLField(
        _("link to a map"),
        blank=True,
        help_text=_("Opens in the reader’s own map; no map is built into the page."),
    )
    building = _way(
        _("building and room"),
        _("Where the building stands, and how to find the room from its door."),
    )
    transit = _way(
        _("transit, bikes and cars"),
        _("The nearest stop and the way from there; where bikes and cars may stand."),
    )
    accessible_entrance = _way(
        _("step-free way in"),
        _("Which entrance, door and elevator; whom to call if something is in the way."),
    )
    mail_rules = _way(
        _("mail and couriers"),
        _("What to write on letters and parcels; when papers can be handed in or collected."),
    )

    max_count = 1
    template = "home/directions_page.html"
    content_panels = [
        *BasePage.content_panels,
        FieldPanel("map_link"),
        FieldPanel("building"),
        FieldPanel("transit"),
        FieldPanel("accessible_entrance"),
        FieldPanel("mail_rules"),
        *BodyMixin.content_panels,
    ]
    search_fields = [
        *BasePage.search_fields,
        *BodyMixin.search_fields,
        index.SearchField("building"),
        index.SearchField("transit"),
        index.SearchField("accessible_entrance"),
        index.SearchField("mail_rules"),
    ]

    class Meta:
        verbose_name = _("directions page")


class ContactPage(BodyMixin, BasePage):
    """Address, phone, e-mail, hours and a form in one place."""

    max_count = 1
    template = "home/contact_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("contact page")

    def serve(self, request, *args, **kwargs):
        """Show the form, take what is sent; no cache keeps this page, as it has a token in it."""
        response = self._take(request) if request.method == "POST" else self._show(request)
        add_never_cache_headers(response)
        return response

    def _show(self, request, form=None, status=200):
        office = OfficeSettings.for_request(request)
        if form is None and current_sender() and address_for("", office):
            form = ContactForm()
        response = super().serve(request, form=form)
        response.status_code = status
        return response

    def get_context(self, request, *args, form=None, **kwargs):
        """Add the form, unless nobody could get what is written in it."""
        context = super().get_context(request, *args, **kwargs)
        return context | {"form": form, "is_sent": "sent" in request.GET}

    def _take(self, request):
        form = ContactForm(request.POST)
        if not form.is_valid():
            return self._show(request, form, 422)
        message, send = form.as_message(OfficeSettings.for_request(request)), current_sender()
        if not (send and message.to):
            form.add_error(None, NO_ADDRESS)
            return self._show(request, form, 422)
        if not send(message, request):
            form.add_error(None, TOO_OFTEN)
            return self._show(request, form, 429)
        return redirect(f"{self.get_url(request)}?sent=1")
