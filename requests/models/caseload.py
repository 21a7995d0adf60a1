"""Which advisor takes which students."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LETTERS = RegexValidator(r"^[A-Z][a-z]{0,2}\Z", _("Enter a capital letter, A to Z, or Aa to Zzz."))


class Caseload(models.Model):
    """The departments or family-name letters of one advisor; the catch-all takes the others."""

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
        help_text=_("Separated by commas. They come before all letters."),
    )
    is_catch_all = models.BooleanField(
        _("catch-all"),
        default=False,
        help_text=_("Takes students whose name begins with no letter of any range."),
    )

    class Meta:
        verbose_name = _("caseload")
        verbose_name_plural = _("caseloads")
        ordering = ["letters_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(letters_from__lte=models.F("letters_to")),
                name="caseload_letters_in_order",
                violation_error_message=_("The first letter must not come after the last one."),
            ),
        ]

    def __str__(self):
        letters = "–".join(filter(None, [self.letters_from, self.letters_to]))
        return f"{letters or self.departments or _('Catch-all')}: {self.advisor}"

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
        if not (self.letters_from or self.departments or self.is_catch_all):
            raise ValidationError({"letters_from": _("Enter letters or departments.")})
