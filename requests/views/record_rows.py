"""The facts of a record as lines: grouped, masked, with their source and how to change them."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import BooleanField
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from isso.requests.records.groups import (
    ADDRESS_PARTS,
    FACT_GROUPS,
    GROUP_LABELS,
    SENSITIVE_FIELDS,
    masked,
)

from .answer_rows import Row

HOW_TO_CHANGE = {
    "status": gettext_lazy("We change this after a decision or when SEVIS changes."),
    "biographical": gettext_lazy("We correct it by your passport or another document."),
    "program": gettext_lazy("Your department or the registrar changes it, and it reaches us."),
    "enrollment": gettext_lazy("The registrar changes it, and it reaches us."),
    "contact": gettext_lazy("Send us the new address or number."),
    "us_address": gettext_lazy("Report a move within 10 days."),
    "mailing_address": gettext_lazy("Only where mail comes to another place than your home."),
    "foreign_address": gettext_lazy("Send us the new address."),
    "emergency": gettext_lazy("The office alone reads it. Keep it up to date."),
    "passport": gettext_lazy("Send us the new passport when you have it."),
    "visa": gettext_lazy("Send us the new visa when you have it."),
    "i94": gettext_lazy("A new I-94 after each entry: send us the print-out."),
    "travel": gettext_lazy("Ask for a reprint to get a new travel signature."),
    "holds": gettext_lazy("A hold goes away when its reason does."),
    "funding": gettext_lazy("It stands on your form. Ask for a new form when it changes."),
    "work": gettext_lazy("Each permission follows a request. Report new jobs within 10 days."),
    "dependents": gettext_lazy("Report arrivals, departures, divorce and marriage."),
    "course": gettext_lazy("We keep it because later rules count it. Write to us if it is wrong."),
    "forms": gettext_lazy("Keep every form, also old ones."),
}
COUNTED_DOWN = frozenset({"passport_expiry", "visa_expiry", "program_end", "insurance_end"})
# Whose absence a person should know of; what else is empty is left out.
EXPECTED = frozenset(
    (
        *("sevis_id", "visa_class", "birth_date", "birth_country", "citizenship_country", "sex"),
        *("email", "program_start", "program_end", "major", "emergency_name", "emergency_phone"),
        *("passport_number", "passport_country", "passport_expiry"),
        *("i94_number", "i94_admit_until", "travel_signature_on"),
    )
)


@dataclass
class Group:
    """Facts that belong together, from one source."""

    key: str
    label: Any
    rows: list[Row]
    source: str
    as_of: date
    how_to_change: Any
    # The words of what should be there and is not.
    missing: str = ""
    bars: list[Any] = field(default_factory=list)
    # Where to say that something is wrong.
    fix: str = ""


def record_groups(record, sources, shown, today):
    """Return every group; ``shown`` names the one masked number to show, or is ""."""
    return [
        group_of(
            key,
            sources[key],
            list(_rows(record, key, names, shown, today)),
            ", ".join(
                _label(record, name)
                for name in names
                if name in EXPECTED and not getattr(record, name)
            ),
        )
        for key, names in FACT_GROUPS.items()
    ]


def group_of(key, source, rows, missing="", bars=()):
    """Return one group with the words that belong to it; ``source`` says who and when."""
    return Group(
        key=key,
        label=GROUP_LABELS[key],
        rows=rows,
        source=source.source,
        as_of=source.as_of,
        how_to_change=HOW_TO_CHANGE[key],
        missing=missing if rows else "",
        bars=list(bars),
    )


def _rows(record, key, names, shown, today):
    """Yield a line for each fact there is; an address is one line."""
    parts = {f"{key}_{part}" for part in ADDRESS_PARTS.get(key, ())} if key != "emergency" else ()
    if parts and (address := one_line(record, key)):
        yield Row(_("Address"), address)
    for name in names:
        if name in parts or not _is_said(record, name):
            continue
        yield _row(record, key, name, shown, today)


def _is_said(record, name):
    """A flag that is down says nothing; everything else does when it is there."""
    value = getattr(record, name)
    field_ = record._meta.get_field(name)
    return bool(value) or (isinstance(field_, BooleanField) and field_.null and value is False)


def one_line(record, prefix):
    """Return an address as people write it on one line."""
    parts = {part: getattr(record, f"{prefix}_{part}") for part in ADDRESS_PARTS[prefix]}
    region = f"{parts.get('state') or parts.get('province') or ''} {parts['postal_code']}".strip()
    ends = (parts["line1"], parts["line2"], parts["city"], region, parts.get("country"))
    return ", ".join(filter(None, ends))


def _row(record, key, name, shown, today):
    label = _label(record, name)
    value = getattr(record, name)
    if name in SENSITIVE_FIELDS and value:
        if shown == name:
            return Row(label, value, href=f"?#{key}", action=_("Hide"))
        return Row(label, masked(name, value), href=f"?show={name}#{key}", action=_("Show"))
    return Row(label, _in_words(record, name, value, today))


def _label(record, name):
    label = str(record._meta.get_field(name).verbose_name)
    return label[:1].upper() + label[1:]


def _in_words(record, name, value, today):
    if isinstance(value, date):
        text = day_in_words(value)
        return f"{text} {countdown(value, today)}" if name in COUNTED_DOWN else text
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if record._meta.get_field(name).choices:
        return getattr(record, f"get_{name}_display")()
    if name == "i94_admit_until" and value == "D/S":
        return _("D/S: as long as you keep your status")
    return str(value)


def day_in_words(day):
    """Write a date with its month in words."""
    return date_format(day, "F j, Y")


def countdown(day, today):
    """Say how many days are left, so that nobody has to count."""
    left = (day - today).days
    if left < 0:
        return _("(passed)")
    return ngettext("(in %(days)d day)", "(in %(days)d days)", left) % {"days": left}
