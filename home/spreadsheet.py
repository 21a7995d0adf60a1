"""Values as text for a spreadsheet: readable, in the office's time, and never a formula."""

import re
from datetime import date, datetime

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Model
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.admin.views.mixins import SpreadsheetExportMixin

# What Excel and LibreOffice take for the start of a formula (OWASP ASVS 1.2.10).
_FORMULA = re.compile(r"^[\s]*[=+\-@\t\r\0]")
_NOT_PRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def display(item, name: str):
    """Return what people call the value: the label of a choice, else the value itself."""
    try:
        field = item._meta.get_field(name)
    except FieldDoesNotExist:
        value = getattr(item, name)
        return value() if callable(value) else value
    if field.choices:
        return getattr(item, f"get_{name}_display")()
    return getattr(item, name)


def cell(value) -> str:
    """Turn one value into harmless text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    if isinstance(value, date):
        return value.isoformat()
    text = str(value)
    guarded = f"'{text}" if _FORMULA.match(text) else text
    return _NOT_PRINTABLE.sub("", guarded)


def guard_exports() -> None:
    """Let every list and report of the admin export harmless text, Wagtail's own included."""
    preprocess = SpreadsheetExportMixin.custom_value_preprocess
    preprocess[str, Model] = dict.fromkeys(SpreadsheetExportMixin.FORMATS, cell)
