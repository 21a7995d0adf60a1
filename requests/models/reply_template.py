"""Words the office writes often, with variables: kept by supervisors, inserted by advisors."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..registry import type_choices
from ..reply_variables import objection_to


class ReplyTemplateQuerySet(models.QuerySet):
    """Which templates are offered where."""

    def offered(self, place, type_key):
        """Return those for one place and one type of request, in the order of their titles."""
        return [each for each in self.filter(place=place) if each.is_for(type_key)]


class ReplyTemplate(models.Model):
    """A text with variables in braces, such as {student}, for one place on the case page."""

    class Place(models.TextChoices):
        """Where it can be inserted."""

        MESSAGE = "message", _("Message to the student")
        CLARIFICATION = "clarification", _("Clarification")
        DECISION = "decision", _("Denial or another decision")
        NOTE = "note", _("Internal note")

    title = models.CharField(
        _("title"),
        max_length=120,
        unique=True,
        help_text=_("What advisors choose it by. The student does not see it."),
    )
    place = models.CharField(
        _("place"),
        max_length=20,
        choices=Place.choices,
        default=Place.MESSAGE,
        help_text=_("Where advisors may insert it."),
    )
    type_keys = models.JSONField(
        _("types of requests"),
        default=list,
        db_default=[],
        blank=True,
        help_text=_("Only requests of these types offer it. Choose none to offer it with all."),
    )
    text = models.TextField(
        _("text"),
        max_length=5000,
        help_text=_("Plain words. A variable in braces becomes what it is for each request."),
    )

    objects = ReplyTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("reply template")
        verbose_name_plural = _("reply templates")
        ordering = ["title"]

    def __str__(self):
        return self.title

    def is_for(self, type_key):
        """Return whether requests of this type offer it."""
        return not self.type_keys or type_key in self.type_keys

    @property
    def types_in_words(self):
        """The types that offer it, for the list of all templates."""
        titles = dict(type_choices())
        return ", ".join(str(titles.get(key, key)) for key in self.type_keys) or _("All types")

    def clean(self):
        """Refuse a variable that nothing fills in."""
        super().clean()
        if objection := objection_to(self.text):
            raise ValidationError({"text": objection})
