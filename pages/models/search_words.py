"""Words about searching that editors keep, and those the site collects for them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel

from ..finding.words import LONGEST_QUERY, cleaned


class SearchAlias(models.Model):
    """What people type for something our texts call by another name."""

    typed = models.CharField(
        _("what people type"),
        max_length=LONGEST_QUERY,
        unique=True,
        help_text=_("For example: ssn. Capital letters, hyphens and plurals do not matter."),
    )
    words = models.CharField(
        _("the words of our pages"),
        max_length=LONGEST_QUERY,
        blank=True,
        help_text=_("Searched as well, for example: Social Security number."),
    )
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("page"),
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text=_("Shown first."),
    )

    panels = [
        FieldPanel("typed"),
        MultiFieldPanel([FieldPanel("words"), PageChooserPanel("page")], heading=_("It means")),
    ]

    class Meta:
        verbose_name = _("search alias")
        verbose_name_plural = _("search aliases")
        ordering = ["typed"]

    def __str__(self):
        return self.typed

    def clean(self):
        """Refuse an alias without words to look for, or that leads nowhere."""
        super().clean()
        if not cleaned(self.typed):
            raise ValidationError({"typed": _("Type at least one letter or digit.")})
        if not (cleaned(self.words) or self.page_id):
            raise ValidationError(
                {"words": _("Fill in “The words of our pages”, or choose a page.")}
            )


class MissedSearch(models.Model):
    """A search that found nothing: the words alone, for editors to learn from."""

    words = models.CharField(_("words"), max_length=LONGEST_QUERY, unique=True)
    times = models.PositiveIntegerField(_("how often"), default=1)
    last_on = models.DateField(_("last on"), default=timezone.localdate)

    class Meta:
        verbose_name = _("search without result")
        verbose_name_plural = _("searches without result")
        ordering = ["-times", "-last_on", "words"]

    def __str__(self):
        return self.words
