"""Words a newcomer cannot know, and the page that explains them from A to Z."""

from itertools import groupby

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel
from wagtail.search import index

from ..links import validate_link
from .base import BasePage, BodyMixin


class GlossaryTerm(index.Indexed, models.Model):
    """One word or abbreviation: what it stands for, and what it means."""

    term = models.CharField(
        _("term"),
        max_length=60,
        unique=True,
        help_text=_("As the pages write it, for example: SEVIS"),
    )
    also_written = models.CharField(
        _("also written"),
        max_length=200,
        blank=True,
        help_text=_("Other spellings that mean the same, separated by commas: Form I-20, I20"),
    )
    expansion = models.CharField(
        _("stands for"),
        max_length=160,
        blank=True,
        help_text=_("The words behind an abbreviation. Leave empty if it is a plain word."),
    )
    definition = models.TextField(
        _("meaning"), max_length=600, help_text=_("One to three short sentences.")
    )
    link = models.CharField(
        _("see also"),
        max_length=200,
        validators=[validate_link],
        blank=True,
        help_text=_("The page that tells more: a path such as /immigration/travel/"),
    )

    search_fields = [
        index.SearchField("term", boost=2),
        index.SearchField("also_written"),
        index.SearchField("expansion"),
        index.SearchField("definition"),
    ]
    panels = [
        FieldRowPanel([FieldPanel("term"), FieldPanel("also_written")]),
        FieldPanel("expansion"),
        FieldPanel("definition"),
        FieldPanel("link"),
    ]

    class Meta:
        verbose_name = _("glossary term")
        verbose_name_plural = _("glossary terms")
        ordering = ["term"]

    def __str__(self):
        return self.term

    @property
    def anchor(self):
        """The id of this term on the glossary page."""
        return slugify(self.term, allow_unicode=True)

    @property
    def spellings(self):
        """Every way the pages write it."""
        others = (word.strip() for word in self.also_written.split(","))
        return [self.term, *filter(None, others)]

    def clean(self):
        """Refuse a term without a letter, and one that differs from another only in its signs."""
        super().clean()
        if not self.anchor:
            raise ValidationError({"term": _("Write the term with letters or digits.")})
        others = GlossaryTerm.objects.exclude(pk=self.pk)
        if twin := next((other for other in others if other.anchor == self.anchor), None):
            raise ValidationError(
                {"term": _("The glossary has this term already: %(term)s.") % {"term": twin}}
            )


class GlossaryPage(BodyMixin, BasePage):
    """All terms from A to Z, each with an address of its own."""

    max_count = 1
    template = "pages/glossary_page.html"
    content_panels = [*BasePage.content_panels, *BodyMixin.content_panels]
    search_fields = [*BasePage.search_fields, *BodyMixin.search_fields]

    class Meta:
        verbose_name = _("glossary page")

    def get_context(self, request, *args, **kwargs):
        """Add the terms by their first letter."""
        terms = sorted(GlossaryTerm.objects.all(), key=lambda term: term.term.casefold())
        letters = [(letter, list(members)) for letter, members in groupby(terms, key=_first_letter)]
        return super().get_context(request, *args, **kwargs) | {"letters": letters}


def _first_letter(term):
    return term.term[0].upper() if term.term[0].isalpha() else "#"
