"""Which advisor takes which students."""

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

LETTER = RegexValidator(r"^[A-Z]$", _("Enter one capital letter, A to Z."))


class Caseload(models.Model):
    """The family-name letters of one advisor; the catch-all takes whoever fits no range."""

    advisor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        related_name="caseloads",
        verbose_name=_("advisor"),
    )
    letters_from = models.CharField(_("from letter"), max_length=1, validators=[LETTER])
    letters_to = models.CharField(_("to letter"), max_length=1, validators=[LETTER])
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
        return f"{self.letters_from}–{self.letters_to}: {self.advisor}"
