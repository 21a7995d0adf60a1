"""Which advisor takes which students."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..registry import type_choices

LETTERS = RegexValidator(r"^[A-Z][a-z]{0,2}\Z", _("Enter a capital letter, A to Z, or Aa to Zzz."))


class Caseload(models.Model):
    """A rule: whose requests, and which, go to one advisor; the catch-all takes the others.

    The first rule that fits decides (home/advisors.py). One that names several things wants all.
    """

    needs_all = True

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="caseloads",
        verbose_name=_("advisor"),
        help_text=_("Gets the new requests of these people; visitors find the name by theirs."),
    )
    letters_from = models.CharField(
        _("from letter"),
        max_length=3,
        blank=True,
        validators=[LETTERS],
        help_text=_("The first letter of the last names, or up to three, for example A, or Aa."),
    )
    letters_to = models.CharField(
        _("to letter"),
        max_length=3,
        blank=True,
        validators=[LETTERS],
        help_text=_("The last one that still belongs here, for example K, or Al."),
    )
    departments = models.TextField(
        _("departments"),
        blank=True,
        default="",
        db_default="",
        help_text=_("Separated by commas. With letters, too, both have to fit."),
    )
    is_catch_all = models.BooleanField(
        _("catch-all"),
        default=False,
        help_text=_("Also takes, at the end, everybody whom no rule fits."),
    )
    type_keys = models.JSONField(
        _("request types"),
        blank=True,
        default=list,
        db_default=[],
        help_text=_(
            "Only these requests; none chosen means all. Who a student’s own advisor is does not "
            "change by a rule about types."
        ),
    )
    place = models.PositiveSmallIntegerField(
        _("place"),
        default=100,
        db_default=100,
        help_text=_(
            "The first rule that fits decides, small numbers first. In the same place types come "
            "before departments, and departments before letters."
        ),
    )

    class Meta:
        verbose_name = _("caseload")
        verbose_name_plural = _("caseloads")
        ordering = ["place", "letters_from", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(letters_from__lte=models.F("letters_to")),
                name="caseload_letters_in_order",
                violation_error_message=_("The first letter must not come after the last one."),
            ),
        ]

    def __str__(self):
        return f"{self.takes}: {self.advisor}"

    @property
    def takes(self):
        """Say whose requests, and which, this rule is about."""
        letters = "–".join(filter(None, [self.letters_from, self.letters_to]))
        parts = [letters, self.departments, self.types]
        if self.is_catch_all and not (letters or self.departments):
            parts = [str(_("Catch-all")), self.types]
        return "; ".join(filter(None, parts))

    @property
    def types(self):
        """Name the request types it is for, or nothing where it is for all."""
        titles = dict(type_choices())
        return ", ".join(str(titles.get(key, key)) for key in self.type_keys)

    @property
    def email(self):
        """The address by which the staff list knows the advisor."""
        return self.advisor.email

    def clean(self):
        """Refuse a caseload that nobody would ever come to."""
        super().clean()
        if bool(self.letters_from) != bool(self.letters_to):
            field = "letters_to" if self.letters_from else "letters_from"
            raise ValidationError({field: _("Enter the first letter and the last one.")})
        if not (self.letters_from or self.departments or self.type_keys or self.is_catch_all):
            raise ValidationError(
                {"letters_from": _("Enter letters or departments, or choose request types.")}
            )
