"""The few facts about the office that stand on every page."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseSiteSetting, register_setting


@register_setting(icon="home")
class OfficeSettings(BaseSiteSetting):
    """Names, address and contact of the office."""

    office_name = models.CharField(
        _("office name"), max_length=120, default="International Students and Scholars Office"
    )
    short_name = models.CharField(_("short name"), max_length=30, default="ISSO")
    institution_name = models.CharField(
        _("institution"), max_length=120, default="Example University"
    )
    institution_url = models.URLField(
        _("web address of the institution"), default="https://www.demo.example/"
    )
    portal_label = models.CharField(
        _("portal button"),
        max_length=40,
        default="ISSO Portal",
        help_text=_("The words on the button that leads to the portal."),
    )
    address = models.TextField(_("address"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    after_hours_contact = models.CharField(
        _("after hours"),
        max_length=200,
        blank=True,
        help_text=_("Whom to call in an emergency when the office is closed."),
    )

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
                FieldPanel("address"),
                FieldRowPanel([FieldPanel("phone"), FieldPanel("email")]),
                FieldPanel("after_hours_contact"),
            ],
            heading=_("Contact"),
        ),
    ]

    class Meta:
        verbose_name = _("office")
        verbose_name_plural = _("office")

    def __str__(self):
        return self.office_name

    @property
    def address_lines(self):
        """The address, line by line."""
        return self.address.splitlines()
