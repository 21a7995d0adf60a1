"""What the office watches of visiting scholars: how far each is, what binds the stay, what is due.

The maxima and bars themselves stand in rules/exchange_stay.py; here is when the office is told.
"""

from datetime import date, timedelta
from typing import NamedTuple

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.choices import SevisStatus, Stage

from .rules.dates import add_months
from .rules.exchange_stay import (
    MOST_MONTHS,
    bars_of,
    latest_end,
    months_used,
    program_as_stay,
    stays_of,
)

# The record is validated within 30 days after the start, or SEVIS ends it: 22 CFR 62.13.
VALIDATE_WITHIN = timedelta(days=30)
VALIDATE_AHEAD = timedelta(days=10)
# 22 CFR 62.14 binds for the whole stay; a new policy takes a person some weeks.
INSURANCE_AHEAD = timedelta(days=30)
# Where Research Compliance names no last day, the office asks again after a year.
VETTING_MONTHS = 12
VETTING_AHEAD = timedelta(days=60)
# An extension is asked for two months before the end.
END_AHEAD = timedelta(days=60)


class ScholarProgress(models.TextChoices):
    """How far a scholar is."""

    PROPOSED = "proposed", gettext_lazy("Proposed")
    EXPECTED = "expected", gettext_lazy("Expected")
    HERE = "here", gettext_lazy("Here")
    ENDED = "ended", gettext_lazy("Ended")


class Duty(models.TextChoices):
    """What may be due."""

    VALIDATION = "validation", gettext_lazy("Validation in SEVIS")
    INSURANCE = "insurance", gettext_lazy("Insurance")
    VETTING = "vetting", gettext_lazy("Vetting")
    END = "end", gettext_lazy("End of the stay")


class Due(NamedTuple):
    """One thing that is due, in a sentence; ``on`` is None where no day is known."""

    duty: Duty
    text: str
    on: date | None = None
    is_late: bool = False


class Scholar(NamedTuple):
    """What of a scholar's record is watched; the names are those of the rules' facts."""

    stage: str = ""
    visa_class: str = ""
    exchange_category: str = ""
    sevis_status: str = ""
    program_start: date | None = None
    program_end: date | None = None
    insurance_end: date | None = None
    vetted_on: date | None = None
    vetted_until: date | None = None
    departed_on: date | None = None
    noted_bars: tuple = ()
    exchange_stays: tuple = ()


def progress_of(scholar):
    """Return how far a scholar is."""
    if scholar.stage == Stage.PROPOSED:
        return ScholarProgress.PROPOSED
    if scholar.departed_on or scholar.stage in (Stage.GRADUATED, Stage.ARCHIVED):
        return ScholarProgress.ENDED
    if scholar.stage == Stage.PRE_ARRIVAL:
        return ScholarProgress.EXPECTED
    return ScholarProgress.HERE


def limit_of(scholar):
    """Return the latest possible last day of the present stay, or None without a maximum."""
    if not scholar.program_start:
        return None
    return latest_end(scholar.exchange_category, scholar.program_start, scholar.exchange_stays)


def months_of(scholar, today):
    """Return (months used up to today, months allowed) of the present stay, or None."""
    if not scholar.program_start or scholar.exchange_category not in MOST_MONTHS:
        return None
    until = min(today, scholar.program_end or today)
    used = months_used(
        scholar.exchange_category, scholar.program_start, until, scholar.exchange_stays
    )
    return used, MOST_MONTHS[scholar.exchange_category]


def bars_of_scholar(scholar, today):
    """Return {(months, last barred day)} that count today or after the stay, the latest last.

    Those worked out from the stays, and those somebody noted in the record.
    """
    stays = stays_of(scholar) if program_as_stay(scholar) else scholar.exchange_stays
    found = {(bar.months, bar.until) for bar in bars_of(stays)}
    found |= {(months, until) for months, until in scholar.noted_bars if until}
    return sorted((bar for bar in found if bar[1] >= today), key=lambda bar: (bar[1], bar[0]))


def dues_of(scholar, today):
    """Return what is due or will be soon, the nearest first; nothing once a stay has ended."""
    progress = progress_of(scholar)
    if progress in (ScholarProgress.ENDED, ScholarProgress.PROPOSED):
        return []
    found = [validation_of(scholar, today), _vetting(scholar, today)]
    if progress == ScholarProgress.HERE:
        found += [_insurance(scholar, today), _end(scholar, today)]
    found = [*filter(None, found), *_beyond_the_maximum(scholar)]
    return sorted(found, key=lambda due: (due.on is None, due.on or date.max))


def validation_of(scholar, today):
    """Return the validation that SEVIS waits for, or None; ``scholar`` may be facts."""
    start = scholar.program_start
    if start is None or start > today or scholar.sevis_status != SevisStatus.INITIAL:
        return None
    last = start + VALIDATE_WITHIN
    text = _("Validate in SEVIS by %(day)s.") % {"day": _words(last)}
    return Due(Duty.VALIDATION, text, last, last - VALIDATE_AHEAD <= today)


def _vetting(scholar, today):
    last = scholar.vetted_until
    if last is None and scholar.vetted_on:
        last = add_months(scholar.vetted_on, VETTING_MONTHS)
    if last is None:
        return Due(Duty.VETTING, _("No vetting is noted."))
    if (scholar.program_end and last >= scholar.program_end) or last > today + VETTING_AHEAD:
        return None
    text = _("The vetting holds until %(day)s, the stay goes on.") % {"day": _words(last)}
    return Due(Duty.VETTING, text, last, last < today)


def _insurance(scholar, today):
    last, end = scholar.insurance_end, scholar.program_end
    if last is None:
        return Due(Duty.INSURANCE, _("No insurance is noted."))
    if end is None or last >= end:
        return None
    text = _("The insurance ends on %(day)s, before the stay.") % {"day": _words(last)}
    return Due(Duty.INSURANCE, text, last, last <= today + INSURANCE_AHEAD)


def _end(scholar, today):
    last = scholar.program_end
    if last is None or last > today + END_AHEAD:
        return None
    if last >= today:
        return Due(Duty.END, _("The stay ends on %(day)s.") % {"day": _words(last)}, last)
    text = _("The stay ended on %(day)s. No departure is noted.") % {"day": _words(last)}
    return Due(Duty.END, text, last, is_late=True)


def _beyond_the_maximum(scholar):
    last = limit_of(scholar)
    if last is None or scholar.program_end is None or scholar.program_end <= last:
        return []
    text = _("The stay may last until %(day)s at most.") % {"day": _words(last)}
    return [Due(Duty.END, text, last, is_late=True)]


def _words(day):
    return date_format(day, "F j, Y")
