"""The few facts about the office that stand on every page."""

import contextlib
from datetime import time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting

from .. import theme

# The database has the default, too: the version before knows nothing of these columns.
OPTIONAL = {"blank": True, "default": "", "db_default": ""}
ODD_ZONES = ("Etc", "Sys")  # Offsets without summer time, and copies of the server's own files.


def time_zones() -> list[tuple[str, str]]:
    """List the zones an office may lie in, by place."""
    places = (name for name in available_timezones() if "/" in name)
    return [(name, name.replace("_", " ")) for name in sorted(places) if name[:3] not in ODD_ZONES]


class ColorField(models.CharField):
    """One color of the theme, like #0f4c5c, or nothing for the standard one."""

    default_validators = [RegexValidator(r"\A#[0-9A-Fa-f]{6}\Z", _("Write a color like #0f4c5c."))]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 7} | OPTIONAL | kwargs)


@register_setting(icon="home")
class OfficeSettings(BaseSiteSetting):
    """Names, address, contacts and look of the office."""

    select_related = ["logo", "privacy_page"]

    office_name = models.CharField(
        _("office name"),
        max_length=120,
        default="International Students and Scholars Office",
        help_text=_("On top of every page, in its foot and under every mail."),
    )
    short_name = models.CharField(
        _("short name"),
        max_length=30,
        default="ISSO",
        help_text=_(
            "In the titles of browser tabs, in mails and beside your messages to students."
        ),
    )
    institution_name = models.CharField(
        _("institution"),
        max_length=120,
        default="Example University",
        help_text=_("In the band above the office’s name, and in the foot of every page."),
    )
    institution_url = models.URLField(
        _("web address of the institution"),
        default="https://www.demo.example/",
        help_text=_("Where a click on the institution’s name leads."),
    )
    portal_label = models.CharField(
        _("portal button"),
        max_length=40,
        default="ISSO Portal",
        help_text=_("The words on the button that leads to the portal."),
    )
    cut_off = models.TimeField(
        _("cut-off hour"),
        default=time(15),
        db_default=time(15),
        help_text=_(
            "What arrives at this time or later counts as if it came on the next business day."
        ),
    )
    address = models.TextField(
        _("address"), blank=True, help_text=_("Where visitors find you, line by line.")
    )
    mailing_address = models.TextField(
        _("mailing address"),
        **OPTIONAL,
        help_text=_("Only if letters and parcels go elsewhere."),
    )
    phone = models.CharField(
        _("phone"),
        max_length=40,
        blank=True,
        help_text=_("On every page and under every mail. Visitors can call it with one touch."),
    )
    email = models.EmailField(
        _("e-mail"),
        blank=True,
        help_text=_("On every page and under every mail; answers to mails arrive here."),
    )
    after_hours_contact = models.CharField(
        _("emergency contact"),
        max_length=200,
        blank=True,
        help_text=_("Whom to call in an emergency when the office is closed."),
    )
    portal_email = models.EmailField(
        _("e-mail for portal help"),
        **OPTIONAL,
        help_text=_("Who helps with the portal. Empty: the e-mail of the office."),
    )
    it_name = models.CharField(
        _("IT help desk"),
        max_length=120,
        **OPTIONAL,
        help_text=_("Who helps with accounts and passwords of the institution, like IT Help Desk."),
    )
    it_email = models.EmailField(
        _("e-mail of IT"), **OPTIONAL, help_text=_("Shown to people who cannot sign in.")
    )
    it_phone = models.CharField(
        _("phone of IT"),
        max_length=40,
        **OPTIONAL,
        help_text=_("Shown to people who cannot sign in."),
    )
    time_zone = models.CharField(
        _("time zone"),
        max_length=60,
        choices=time_zones,
        **OPTIONAL,
        help_text=_("Days, deadlines and opening hours count here. Empty: the server’s zone."),
    )
    sender_name = models.CharField(
        _("name of the sender"),
        max_length=120,
        **OPTIONAL,
        help_text=_("Whom mails come from. Empty: the name of the office."),
    )
    sender_email = models.EmailField(
        _("address of the sender"),
        **OPTIONAL,
        help_text=_(
            "The address mails come from. Your mail server must allow it. Empty: the server’s "
            "standard address. Answers always go to the e-mail of the office."
        ),
    )
    privacy_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("privacy notice"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Linked in the foot of every page and at sign-in, while it is published."),
    )
    logo = models.ForeignKey(
        "wagtailimages.Image",
        verbose_name=_("logo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Stands before the name on every page. Wide and at least 112 pixels high."),
    )
    color_brand = ColorField(
        _("main color"), help_text=_("Buttons and marks on light pages. Empty: the standard color.")
    )
    color_brand_dark = ColorField(
        _("main color, dark"), help_text=_("The same for people whose screen is dark.")
    )
    color_link = ColorField(_("links"), help_text=_("Links on light pages."))
    color_link_dark = ColorField(_("links, dark"), help_text=_("Links on dark pages."))
    color_band = ColorField(
        _("top band"), help_text=_("The band with the institution’s name; its words are white.")
    )
    color_band_dark = ColorField(_("top band, dark"), help_text=_("The same on dark pages."))

    panels = [
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("office_name"), FieldPanel("short_name")]),
                FieldRowPanel([FieldPanel("institution_name"), FieldPanel("institution_url")]),
                FieldPanel("portal_label"),
            ],
            heading=_("Names"),
        ),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("address"), FieldPanel("mailing_address")]),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("after_hours_contact"),
                FieldRowPanel([FieldPanel("time_zone"), FieldPanel("cut_off")]),
            ],
            heading=_("Contact"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("portal_email"),
                FieldPanel("it_name"),
                FieldRowPanel([FieldPanel("it_email"), FieldPanel("it_phone")]),
            ],
            heading=_("Help with the portal"),
        ),
        MultiFieldPanel([FieldPanel("privacy_page")], heading=_("Privacy")),
        MultiFieldPanel(
            [FieldRowPanel([FieldPanel("sender_name"), FieldPanel("sender_email")])],
            heading=_("Sender of mails"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("logo"),
                FieldRowPanel([FieldPanel("color_brand"), FieldPanel("color_brand_dark")]),
                FieldRowPanel([FieldPanel("color_link"), FieldPanel("color_link_dark")]),
                FieldRowPanel([FieldPanel("color_band"), FieldPanel("color_band_dark")]),
            ],
            heading=_("Look"),
        ),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("office")

    def __str__(self):
        return self.office_name

    def clean(self):
        """Refuse colors that could not be read, naming the field and what it lacks."""
        super().clean()
        if found := theme.problems(self):
            raise ValidationError(found)

    @property
    def zone(self):
        """The zone in which days begin here: a name this server does not know counts for none."""
        with contextlib.suppress(ZoneInfoNotFoundError):
            return ZoneInfo(self.time_zone or settings.TIME_ZONE)
        return ZoneInfo(settings.TIME_ZONE)

    @property
    def address_lines(self):
        """The address, line by line."""
        return self.address.splitlines()
