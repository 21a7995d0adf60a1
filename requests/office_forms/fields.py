"""The form fields behind the kinds of fields of an office form, made of the portal's own."""

from django import forms
from django.utils.html import escape
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy

from isso.requests.records.countries import ALL_COUNTRIES

from .. import form_fields
from ..type_forms.address_update import EMAIL, PHONE
from . import definition as kinds

LARGEST = 999_999_999


def fields_of(field):
    """Return the form fields of one field by name: one, or those of the parts of an address."""
    # The templates trust the hints of forms: those of the folder link to pages.
    said = {"required": field.required, "help_text": escape(field.help)}
    if field.kind == kinds.ADDRESS:
        return _address(field)
    return {field.name: MAKERS[field.kind](field, said)}


def _text(field, said):
    return form_fields.text(field.label, 200, **said)


def _long_text(field, said):
    return form_fields.long_text(field.label, 2000, **said)


def _number(field, said):
    messages = {"invalid": gettext_lazy("Enter a whole number, such as 12.")}
    return forms.IntegerField(
        label=field.label,
        min_value=-LARGEST,
        max_value=LARGEST,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=messages,
        **said,
    )


def _money(field, said):
    return form_fields.money(field.label, **said)


def _date(field, said):
    return form_fields.Date(label=field.label, **said)


def _choice(field, said):
    return form_fields.choice(field.label, [(each, each) for each in field.options], **said)


def _checkboxes(field, said):
    return forms.MultipleChoiceField(
        label=field.label,
        choices=[(each, each) for each in field.options],
        widget=forms.CheckboxSelectMultiple,
        **said,
    )


def _email(field, said):
    return forms.CharField(label=field.label, max_length=254, validators=[EMAIL], **said)


def _phone(field, said):
    return form_fields.text(field.label, 26, validators=[PHONE], **said)


def _country(field, said):
    return form_fields.country(field.label, ALL_COUNTRIES, **said)


def _address(field):
    """Any address of the world; its first line carries the label and the help of the field."""
    needed = field.required
    street, city, region, postal_code, country = field.names
    return {
        street: form_fields.text(
            _part(field, gettext_lazy("street and number")),
            120,
            required=needed,
            help_text=escape(field.help),
        ),
        city: form_fields.text(_part(field, gettext_lazy("city")), 60, required=needed),
        region: form_fields.text(_part(field, gettext_lazy("state or region")), 60, required=False),
        postal_code: form_fields.text(
            _part(field, gettext_lazy("postal code")), 20, required=False
        ),
        country: form_fields.country(
            _part(field, gettext_lazy("country")), ALL_COUNTRIES, required=needed
        ),
    }


def _part(field, words):
    return format_lazy("{label}: {part}", label=field.label, part=words)


MAKERS = {
    kinds.TEXT: _text,
    kinds.LONG_TEXT: _long_text,
    kinds.NUMBER: _number,
    kinds.MONEY: _money,
    kinds.DATE: _date,
    kinds.CHOICE: _choice,
    kinds.CHECKBOXES: _checkboxes,
    kinds.EMAIL: _email,
    kinds.PHONE: _phone,
    kinds.COUNTRY: _country,
}
