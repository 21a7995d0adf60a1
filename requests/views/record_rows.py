"""The facts of a record as lines: grouped, masked, with their source and how to change them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from isso.requests.records.groups import FACT_GROUPS, GROUP_LABELS, SENSITIVE_FIELDS, masked

from .answer_rows import Row

HOW_TO_CHANGE = {
    "status": gettext_lazy("We change this after a decision or when SEVIS changes."),
    "biographical": gettext_lazy("Send us the new passport or document, and we correct it."),
    "program": gettext_lazy("Your department or the registrar changes it, and it reaches us."),
    "enrollment": gettext_lazy("The registrar changes it, and it reaches us."),
    "contact": gettext_lazy("Write to us with the new address or number."),
    "us_address": gettext_lazy("Write to us within 10 days of moving."),
    "mailing_address": gettext_lazy("Write to us with the new address."),
    "foreign_address": gettext_lazy("Write to us with the new address."),
    "emergency": gettext_lazy("Write to us with the new contact."),
    "passport": gettext_lazy("Send us the new passport when you have it."),
    "visa": gettext_lazy("Send us the new visa when you have it."),
    "i94": gettext_lazy("A new I-94 after each entry: send us the print-out."),
    "travel": gettext_lazy("Ask for a reprint to get a new travel signature."),
}
COUNTED_DOWN = frozenset({"passport_expiry", "visa_expiry", "program_end"})


@dataclass(frozen=True)
class Group:
    """Facts that belong together, from one source."""

    key: str
    label: Any
    rows: list[Row]
    source: str
    as_of: date
    how_to_change: Any


def record_groups(record, sources, shown, today):
    """Return every group; ``shown`` names the one masked number to show, or is ""."""
    return [
        Group(
            key,
            GROUP_LABELS[key],
            [_row(record, key, name, shown, today) for name in names],
            sources[key].source,
            sources[key].as_of,
            HOW_TO_CHANGE[key],
        )
        for key, names in FACT_GROUPS.items()
    ]


def _row(record, key, name, shown, today):
    label = _sentence_case(record._meta.get_field(name).verbose_name)
    value = getattr(record, name)
    if name in SENSITIVE_FIELDS and value:
        if shown == name:
            return Row(label, value, href=f"?#{key}", action=_("Hide"))
        return Row(label, masked(name, value), href=f"?show={name}#{key}", action=_("Show"))
    return Row(label, _in_words(record, name, value, today))


def _sentence_case(label):
    label = str(label)
    return label[:1].upper() + label[1:]


def _in_words(record, name, value, today):
    if isinstance(value, date):
        text = date_format(value, "F j, Y")
        return f"{text} {_countdown(value, today)}" if name in COUNTED_DOWN else text
    if record._meta.get_field(name).choices:
        return getattr(record, f"get_{name}_display")()
    return value or ""


def _countdown(day, today):
    """Say how many days are left, so that nobody has to count."""
    left = (day - today).days
    if left < 0:
        return _("(passed)")
    return ngettext("(in %(days)d day)", "(in %(days)d days)", left) % {"days": left}
