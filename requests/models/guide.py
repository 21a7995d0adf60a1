"""The public half of a request type: the page that explains it to everybody."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel

from isso.pages.models import BasePage, GuidanceContent

from ..registry import find_type, type_choices
from .policy import policy_in_force


class RequestGuidePage(GuidanceContent, BasePage):
    """What one request is, who may ask and what happens; the same words on site and portal."""

    template = "pages/request_guide_page.html"
    found_as = _("Request in the portal")
    found_key = "type_key"
    parent_page_types = ["pages.SectionPage"]
    subpage_types = []

    type_key = models.CharField(
        _("request type"),
        max_length=40,
        help_text=_("The request this page explains. One page a type and language."),
    )

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("type_key"),
        *GuidanceContent.content_panels,
        GuidanceContent.review_panel,
    ]
    search_fields = [*BasePage.search_fields, *GuidanceContent.search_fields]

    class Meta:
        verbose_name = _("request guide")
        verbose_name_plural = _("request guides")

    @classmethod
    def other_names(cls, key):
        """Return what people call a request, beside its title."""
        request_type = find_type(key)
        return (key.replace("_", "-"), *request_type.also_called) if request_type else ()

    def clean(self):
        """Refuse an unknown type and a second page for one type and language.

        Not a database constraint: Wagtail's copy for translation would fail on one.
        """
        super().clean()
        if find_type(self.type_key) is None:
            known = ", ".join(key for key, _title in type_choices())
            raise ValidationError(
                {"type_key": _("There is no such request type. Choose one of: %s.") % known}
            )
        others = RequestGuidePage.objects.filter(type_key=self.type_key, locale=self.locale)
        if others.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"type_key": _("Another page already explains this request in this language.")}
            )

    def get_context(self, request, *args, **kwargs):
        """Add what the type and its policy state, the same for every visitor."""
        request_type = self.request_type
        policy = policy_in_force(request_type.key) if request_type else None
        told_in_body = any(block.block_type == "steps" for block in self.body)
        return super().get_context(request, *args, **kwargs) | {
            "request_type": request_type,
            "policy": policy,
            "numbers": _numbers(request_type, policy) if request_type else (),
            "steps": request_type.steps if request_type and not told_in_body else (),
        }

    @property
    def request_type(self):
        """The request type that this page explains, or None, also for a withdrawn form."""
        found = find_type(self.type_key)
        return found if found and found.is_offered else None


def _numbers(request_type, policy):
    """Return each number in force that concerns students: what it says, and where it is from."""
    return [
        {
            "label": declared.label,
            "value": declared.in_words(policy[name]),
            "citation": declared.citation,
        }
        for name, declared in request_type.policies.items()
        if declared.is_public
    ]


def live_guides():
    """Return the published guide pages in the office's own language by type key, in one query."""
    guides = RequestGuidePage.objects.live().filter(locale__language_code=settings.LANGUAGE_CODE)
    return {page.type_key: page for page in guides}
