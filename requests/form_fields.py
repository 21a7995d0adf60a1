"""Form fields and answers that several request types share, with their SEVIS limits."""

import re

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from isso.requests.records.countries import ADDRESS_COUNTRIES

from .long_select import LongSelect
from .request_form import YES_NO

US_STATES = [
    (code, code)
    for code in (  # noqa: SIM905 (one line a state would hide the rest of the file)
        "AL AK AS AZ AR CA CO CT DE DC FM FL GA GU HI ID IL IN IA KS KY LA ME MH MD MA MI MN MS "
        "MO MT NE NV NH NJ NM NY NC ND MP OH OK OR PW PA PR RI SC SD TN TX UT VT VI VA WA WV WI WY"
    ).split()
]

POSTAL_CODE = RegexValidator(r"^[0-9]{5}\Z", _("Enter the five digits of the ZIP code."))
US_PHONE = RegexValidator(r"^\d{10}\Z", _("Enter all ten digits, like 202-555-0123."))
CIP = RegexValidator(
    r"^[0-9]{2}\.[0-9]{4}\Z", _("Write two digits, a period and four digits, like 11.0701.")
)
SEVIS_ID = RegexValidator(
    r"^N[0-9]{10}\Z", _("A SEVIS ID is the letter N and ten digits, for example N0012345678.")
)
HAS_NUMBER = RegexValidator(r"\d", _("Enter the street with its house number."))
PO_BOX = RegexValidator(
    r"(?i)\b(p\.?\s*o\.?\s*b(ox\b|\.?\s*[0-9])|post\s+office\s+box\b)",
    _("A post office box is not a place where someone lives or works. Enter the street."),
    inverse_match=True,
)
ONE_LINE = RegexValidator(
    r"[\r\n\x00]", _("Write it on one line, without special characters."), inverse_match=True
)


class Date(forms.DateField):
    """A date typed with the browser's own date field."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")

    def __init__(self, **kwargs):
        messages = {"invalid": _("Enter a real date, such as 2027-02-14.")}
        super().__init__(
            error_messages=messages | kwargs.pop("error_messages", {}),
            input_formats=["%Y-%m-%d"],
            **kwargs,
        )

    def between(self, first=None, last=None):
        """Let the browser offer only these days; the form's own check decides."""
        if first:
            self.widget.attrs["min"] = first.isoformat()
        if last:
            self.widget.attrs["max"] = last.isoformat()


class UsPhone(forms.CharField):
    """A US phone number as SEVIS takes it, ten digits, typed as people write it."""

    SIGNS = re.compile(r"[\s().\-\u2010-\u2015]")
    widget = forms.TextInput(attrs={"type": "tel", "maxlength": 25})

    def __init__(self, **kwargs):
        help_text = kwargs.pop("help_text", _("Ten digits."))
        super().__init__(validators=[US_PHONE], help_text=help_text, **kwargs)

    def to_python(self, value):
        """Leave out blanks, signs and the country code."""
        digits = self.SIGNS.sub("", super().to_python(value))
        return digits.removeprefix("+").removeprefix("1") if len(digits) > 10 else digits


class SevisId(forms.CharField):
    """A SEVIS ID, in capital letters and without spaces."""

    def __init__(self, **kwargs):
        super().__init__(max_length=20, validators=[SEVIS_ID], **kwargs)

    def to_python(self, value):
        """Take it however it was copied."""
        return "".join(super().to_python(value).split()).upper()


class Money(forms.IntegerField):
    """Whole US dollars as SEVIS takes them, typed as 12000, 12,000 or $12,000.

    Commas count only between groups of three, so that 12,50 never becomes 1250.
    """

    MOST = 99_999_999
    WRITTEN = re.compile(r"\$?\s*([0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.00)?")
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, **kwargs):
        messages = {
            "invalid": _("Enter whole US dollars, such as 12000 or 12,000, without cents."),
            "min_value": _("Enter zero or more."),
            "max_value": _("Enter at most $99,999,999."),
        }
        super().__init__(min_value=0, max_value=self.MOST, error_messages=messages, **kwargs)

    def to_python(self, value):
        """Read the dollars however they are written."""
        if value in self.empty_values or isinstance(value, int):
            return super().to_python(value)
        written = self.WRITTEN.fullmatch(str(value).strip())
        if written is None:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(written[1].replace(",", "").lstrip("0")[:12] or "0")

    def in_words(self, value):
        """Write an answer as people read it, or as it was typed when it is no amount."""
        try:
            return dollars(self.to_python(value))
        except forms.ValidationError:
            return str(value)


def dollars(amount):
    """Write an amount for sentences: $12,000."""
    return f"${amount:,}"


def money(label, **kwargs):
    """Return a field for whole US dollars."""
    return Money(label=label, **kwargs)


def text(label, limit, **kwargs):
    """Return a field for one line of text."""
    validators = [ONE_LINE, *kwargs.pop("validators", [])]
    return forms.CharField(label=label, max_length=limit, validators=validators, **kwargs)


def cip(label, **kwargs):
    """Return a field for the code of a subject of study, as it stands on the I-20."""
    return text(label, 7, validators=[CIP], **kwargs)


def long_text(label, limit, **kwargs):
    """Return a field for a few sentences."""
    return forms.CharField(
        label=label, max_length=limit, widget=forms.Textarea(attrs={"rows": 4}), **kwargs
    )


def choice(label, choices, **kwargs):
    """Return radio buttons."""
    return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, **kwargs)


def yes_no(label, **kwargs):
    """Return a question answered with yes or no."""
    return choice(label, YES_NO, **kwargs)


def state(**kwargs):
    """Return the choice of a US state or territory."""
    return forms.ChoiceField(label=_("State"), choices=[("", "—"), *US_STATES], **kwargs)


def postal_code(**kwargs):
    """Return a five-digit ZIP code."""
    return forms.CharField(label=_("ZIP code"), max_length=5, validators=[POSTAL_CODE], **kwargs)


def street(label, limit, **kwargs):
    """Return a physical street line: a number, and never a post office box."""
    return text(label, limit, validators=[HAS_NUMBER, PO_BOX], **kwargs)


class CountryField(forms.ChoiceField):
    """The choice of a country; its names never change, so that a copy of the field shares them."""

    widget = LongSelect

    def __deepcopy__(self, memo):
        memo[id(self._choices)] = self._choices
        return super().__deepcopy__(memo)


def country(label, choices=ADDRESS_COUNTRIES, **kwargs):
    """Return the choice of a country by name; the name is stored, SEVIS gets its code.

    ``choices`` are of ``records.countries``: addresses (also passports), citizenship or birth.
    """
    return CountryField(label=label, choices=[("", "—"), *choices], **kwargs)
