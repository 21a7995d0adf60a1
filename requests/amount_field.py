"""Amounts of any currency, read however people of many countries write them."""

import re
from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _

# Signs that keep groups of three apart besides comma and period: spaces and apostrophes.
GAPS = re.compile(r"[\s'’\u00a0\u2009\u202f]")
GROUPED = re.compile(r"[0-9]{1,3}(?:([,. ])[0-9]{3})(?:\1[0-9]{3})*")
# As in India: 12,50,000 is twelve lakh fifty thousand.
IN_LAKH = re.compile(r"[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}")
DECIMALS = re.compile(r"(.*[0-9])([,.])([0-9]{1,2})")
# Twelve and a half, or twelve thousand five hundred? And 0,500 is no group of a thousand.
EITHER_WAY = re.compile(r"[0-9]{1,3}\.[0-9]{3}|0[0-9]*,[0-9]{3}")
LONGEST = 40


class Amount(forms.Field):
    """A positive amount with at most two decimals: 12,500.50 or 12.500,50 or 1 250 000.

    What could be read in two ways is refused, with what to type instead.
    """

    MOST = Decimal(10) ** 15
    widget = forms.TextInput(attrs={"inputmode": "decimal"})
    default_error_messages = {
        "invalid": _("Write only the number, such as 12500 or 12,500.50."),
        "negative": _("Write the amount without a minus sign."),
        "either_way": _(
            "This can be read in two ways. Write it without a comma or period, or with two digits "
            "at the end: 12500 or 12500.00."
        ),
        "zero": _("Enter more than zero. Leave out a source that gives nothing."),
        "most": _("This is too much. Compare it with the paper."),
    }

    def to_python(self, value):
        """Return the amount as an exact number, or None where nothing is written."""
        if value in self.empty_values or isinstance(value, Decimal):
            return value or None
        amount = self._read(GAPS.sub(" ", str(value)[: LONGEST + 1]).strip())
        if amount >= self.MOST:
            raise self._refusal("most")
        if amount == 0:
            raise self._refusal("zero")
        return amount

    def _read(self, written):
        if written[:1] in ("-", "−"):
            raise self._refusal("negative")
        if EITHER_WAY.fullmatch(written):
            raise self._refusal("either_way")
        whole, sign, cents = written, "", "0"
        if (parts := DECIMALS.fullmatch(written)) and not IN_LAKH.fullmatch(written):
            whole, sign, cents = parts.groups()
        digits = self._digits(whole, sign)
        if digits is None or len(written) > LONGEST:
            raise self._refusal("invalid")
        return Decimal(f"{digits}.{cents}")

    @staticmethod
    def _digits(whole, sign):
        """Return the digits of the whole part, or None where its groups are no groups."""
        if re.fullmatch(r"[0-9]+", whole):
            return whole
        grouped = GROUPED.fullmatch(whole) or IN_LAKH.fullmatch(whole)
        if grouped is None or (sign and sign in whole):
            return None
        return re.sub(r"[,. ]", "", whole)

    def _refusal(self, code):
        return forms.ValidationError(self.error_messages[code], code=code)

    def in_words(self, value):
        """Write an answer as people read it, or as it was typed when it is no amount."""
        try:
            return number(self.to_python(value))
        except forms.ValidationError:
            return str(value)


def number(amount):
    """Write an amount for sentences: 1,250,000 or 12,500.50."""
    return f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
