"""What a dollar costs in other currencies, as the office enters it, dated."""

from decimal import Decimal

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from ..currencies import DOLLAR, NAMED, Rate

SMALLEST = Decimal("0.000001")


def foreign_currencies():
    """Return every currency that has a rate; a new one in the world needs no migration."""
    return [(code, name) for code, name in NAMED if code != DOLLAR]


class ExchangeRate(models.Model):
    """How many units of a currency one US dollar cost on a day; the newest one counts."""

    currency = models.CharField(
        _("currency"),
        max_length=3,
        choices=foreign_currencies,
        help_text=_("Admitted students can name money in it from now on."),
    )
    units = models.DecimalField(
        _("units for one US dollar"),
        max_digits=18,
        decimal_places=6,
        validators=[MinValueValidator(SMALLEST, _("Enter a number above 0, such as 84.25."))],
        help_text=_("How many of it one US dollar costs, for example 84.25 Indian rupees."),
    )
    day = models.DateField(
        _("day"),
        default=timezone.localdate,
        help_text=_("The day of this rate. The newest one counts; what was sent keeps its own."),
    )

    panels = [FieldRowPanel([FieldPanel("currency"), FieldPanel("units"), FieldPanel("day")])]

    class Meta:
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-day"]
        constraints = [
            models.UniqueConstraint(
                fields=["currency", "day"], name="one_rate_per_currency_and_day"
            ),
            models.CheckConstraint(condition=models.Q(units__gt=0), name="rate_is_above_zero"),
        ]

    def __str__(self):
        return f"{self.units.normalize():f} {self.currency} = 1 {DOLLAR}"

    def clean(self):
        """Refuse a rate of a day to come, and a second one for a day."""
        super().clean()
        if self.day and self.day > timezone.localdate():
            raise ValidationError({"day": _("Choose today or an earlier day.")})
        same = ExchangeRate.objects.filter(currency=self.currency, day=self.day)
        if same.exclude(pk=self.pk).exists():
            raise ValidationError(
                {"day": _("This currency has a rate of that day already. Edit that one instead.")}
            )

    def rate(self):
        """Return this rate as what can be calculated with."""
        return Rate(self.currency, self.units, self.day)
