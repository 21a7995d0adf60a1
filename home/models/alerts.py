"""The strip on top of every page when something urgent happens."""

from django.contrib.contenttypes.fields import GenericRelation
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel
from wagtail.models import (
    DraftStateMixin,
    LockableMixin,
    PreviewableMixin,
    RevisionMixin,
    WorkflowMixin,
)

from isso.pages.links import validate_link

from ..timed import Timed


class AlertQuerySet(models.QuerySet):
    """The questions the site asks about alerts."""

    def not_over(self, now):
        """Published alerts whose time is running or still to come."""
        return self.filter(live=True).filter(
            models.Q(show_until__isnull=True) | models.Q(show_until__gt=now)
        )


class Alert(
    Timed,
    WorkflowMixin,
    DraftStateMixin,
    LockableMixin,
    RevisionMixin,
    PreviewableMixin,
    models.Model,
):
    """One urgent message for everybody who comes to one of its places.

    Its own times are read whenever a page is shown: an alert appears and goes away on time even
    when no background job runs, and a draft never shows.
    """

    class Tone(models.TextChoices):
        """How urgent it is."""

        INFO = "info", _("Information")
        WARN = "warn", _("Warning")
        BAD = "bad", _("Emergency")

    tone = models.CharField(
        _("level"),
        max_length=4,
        choices=Tone,
        default=Tone.WARN,
        help_text=_("Its word, color and sign. Keep “Emergency” for when people are in danger."),
    )
    title = models.CharField(
        _("title"), max_length=100, help_text=_("What happens, in bold: many read only this.")
    )
    text = models.CharField(
        _("text"), max_length=300, blank=True, help_text=_("What people should do now.")
    )
    link = models.CharField(
        _("link"),
        max_length=200,
        validators=[validate_link],
        blank=True,
        help_text=_("A path of this site such as /immigration/travel/, or a full address."),
    )
    link_text = models.CharField(
        _("link text"),
        max_length=80,
        blank=True,
        help_text=_("The words to click on: say where they lead."),
    )
    show_from = models.DateTimeField(
        _("show from"),
        default=timezone.now,
        help_text=_("It appears by itself at this time, once it is published."),
    )
    show_until = models.DateTimeField(
        _("show until"),
        null=True,
        blank=True,
        help_text=_("Leave empty to show it until you change this."),
    )
    on_site = models.BooleanField(
        _("on the public pages"),
        default=True,
        db_default=True,
        help_text=_("On top of every page, for all visitors."),
    )
    on_sign_in = models.BooleanField(
        _("where people sign in"),
        default=True,
        db_default=True,
        help_text=_("Before they sign in, for example when the portal will be down."),
    )
    in_portal = models.BooleanField(
        _("in the portal"),
        default=True,
        db_default=True,
        help_text=_("On top of every page for those who have signed in."),
    )

    _revisions = GenericRelation("wagtailcore.Revision", related_query_name="alert")
    workflow_states = GenericRelation(
        "wagtailcore.WorkflowState",
        content_type_field="base_content_type",
        object_id_field="object_id",
        related_query_name="alert",
        for_concrete_model=False,
    )

    objects = AlertQuerySet.as_manager()

    panels = [
        FieldRowPanel([FieldPanel("tone"), FieldPanel("title")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("link"), FieldPanel("link_text")]),
        FieldRowPanel([FieldPanel("show_from"), FieldPanel("show_until")], heading=_("Time")),
        MultiFieldPanel(
            [FieldPanel("on_site"), FieldPanel("on_sign_in"), FieldPanel("in_portal")],
            heading=_("Where it shows"),
        ),
    ]

    class Meta:
        verbose_name = _("alert")
        verbose_name_plural = _("alerts")
        ordering = ["-show_from"]

    def __str__(self):
        return self.title

    @property
    def revisions(self):
        """The saved versions of this alert."""
        return self._revisions

    def clean(self):
        """Refuse times in the wrong order, a link without words, and an alert without a place."""
        super().clean()
        if self.show_until and self.show_from and self.show_until <= self.show_from:
            raise ValidationError({"show_until": _("“Show until” must be after “Show from”.")})
        if self.link and not self.link_text:
            raise ValidationError({"link_text": _("Fill in “Link text”: the words to click on.")})
        if not (self.on_site or self.on_sign_in or self.in_portal):
            raise ValidationError({"on_site": _("Choose at least one place where it shows.")})

    def get_preview_template(self, request, mode_name):
        """Show the strip as visitors will see it."""
        return "home/previews/alert.html"

    def get_preview_context(self, request, mode_name):
        """Hand the strip this one alert, whatever its times."""
        return super().get_preview_context(request, mode_name) | {"alerts": [self]}
