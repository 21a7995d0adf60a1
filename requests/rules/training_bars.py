"""How much of each kind of practical training somebody has used, against its limit."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from .exchange import training_days_allowed
from .training import academic_training_used, opt_used
from .unemployment import (
    days_allowed,
    is_counted,
    unemployment_days,
    unemployment_words,
    warns_from,
)

DAYS_IN_A_MONTH = 365 / 12
# 8 CFR 214.2(f)(10): twelve months of OPT at each education level.
OPT_MONTHS = 12
# Scholars have no academic training: 22 CFR 62.23(f) speaks of students.
STUDENT_CATEGORIES = ("", "1C", "1D", "1E", "1F")


@dataclass(frozen=True)
class Bar:
    """One count of days against its limit, in words."""

    label: Any
    used: int
    limit: int
    words: str
    # From where it is tight; without a number of the office it is the last sixth.
    tight_from: int | None = None
    # What to say once it is tight.
    warning: str = ""

    @property
    def warn_from(self):
        """From which count on the meter warns."""
        return self.limit * 5 // 6 if self.tight_from is None else self.tight_from

    @property
    def is_tight(self):
        """Whether the warning is to be said."""
        return bool(self.warning) and self.used >= self.warn_from


def training_bars(facts, policies, today):
    """Return a bar for each kind of training of this visa class; ``policies`` are by type."""
    if facts.visa_class == "F-1":
        return [*_cpt(facts, policies["cpt"]), *_opt(facts, policies["opt_report"], today)]
    if facts.visa_class == "J-1" and facts.exchange_category in STUDENT_CATEGORIES:
        return _academic_training(facts, policies["academic_training"])
    return []


def _cpt(facts, policy):
    """One day less than a year is safe: 8 CFR 214.2(f)(10)(i)."""
    limit = policy["full_time_day_limit"] - 1
    yield _in_days(_("Full-time CPT used"), facts.cpt_full_time_days, limit)


def _opt(facts, policy, today):
    yield _in_months(_("OPT used"), opt_used(facts), round(OPT_MONTHS * DAYS_IN_A_MONTH))
    if is_counted(facts, today):
        used, limit = unemployment_days(facts, today), days_allowed(facts, today)
        yield Bar(
            _("Days without work during OPT"),
            used,
            limit,
            unemployment_words(facts, today),
            warns_from(facts, policy, today),
            _("No day is left. Speak with our office today.")
            if used >= limit
            else _("Few days are left. Report every job, and speak with us."),
        )


def _academic_training(facts, policy):
    if not (facts.program_start and facts.program_end):
        return []
    limit = training_days_allowed(facts, policy)
    return [_in_months(_("Academic training used"), academic_training_used(facts), limit)]


def _in_days(label, used, limit):
    words = _("%(used)d of %(limit)d days") % {"used": used, "limit": limit}
    return Bar(label, used, limit, words)


def _in_months(label, used, limit):
    """Months are how the rules speak; halves are exact enough for reading."""
    words = _("%(used)s of %(limit)s months") % {"used": _halves(used), "limit": _halves(limit)}
    return Bar(label, used, limit, words)


def _halves(days):
    return f"{round(days / DAYS_IN_A_MONTH * 2) / 2:g}"
