"""Who may ask: the conditions a supervisor chooses from, each with the reason students read.

The rules are those of the legal request types (rules/eligibility.py); days around the end of the
program make one window, as decision 10 has it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.choices import EducationLevel, SevisStatus, VisaClass

from ..rules.eligibility import (
    check_in_is_done,
    has_no_hold,
    is_enrolled_full_time,
    level_is,
    program_end_is_known,
    program_has_not_ended,
    sevis_status_is,
    visa_class_is,
)
from ..rules.windows import Window

OPENS_BEFORE, CLOSES_BEFORE, CLOSES_AFTER = "opens_before_end", "closes_before_end", "until_after"


@dataclass(frozen=True)
class Known:
    """One condition of the list: its words, what it needs to know, and the rule it makes."""

    label: Any
    help: Any
    rule: Callable[..., Callable] = lambda: program_end_is_known
    choices: tuple[tuple[str, Any], ...] = ()
    needs_days: bool = False


def _always(rule):
    return lambda: rule


CONDITIONS = {
    "visa_class": Known(
        gettext_lazy("Only these visa classes"),
        gettext_lazy("Others do not see the request among those they can start."),
        visa_class_is,
        choices=tuple(VisaClass.choices),
    ),
    "sevis_status": Known(
        gettext_lazy("Only with this status in SEVIS"),
        gettext_lazy("Others read which status the record must have."),
        sevis_status_is,
        choices=tuple(SevisStatus.choices),
    ),
    "level": Known(
        gettext_lazy("Only at these levels of study"),
        gettext_lazy("The level printed on the I-20 or DS-2019 counts."),
        level_is,
        choices=tuple(EducationLevel.choices),
    ),
    "check_in_done": Known(
        gettext_lazy("Only after Check-In"),
        gettext_lazy("New people are asked to check in first."),
        _always(check_in_is_done),
    ),
    "full_time": Known(
        gettext_lazy("Only while enrolled full time"),
        gettext_lazy("As the registrar’s import says for the present term."),
        _always(is_enrolled_full_time),
    ),
    "no_hold": Known(
        gettext_lazy("Only without a hold"),
        gettext_lazy("Whoever has one reads that it must be settled first."),
        _always(has_no_hold),
    ),
    "program_not_ended": Known(
        gettext_lazy("Only until the program ends"),
        gettext_lazy("The program end date of the record is the last day."),
        _always(program_has_not_ended),
    ),
    OPENS_BEFORE: Known(
        gettext_lazy("Opens days before the program ends"),
        gettext_lazy("Before that the tile says on which day it opens."),
        needs_days=True,
    ),
    CLOSES_BEFORE: Known(
        gettext_lazy("Closes days before the program ends"),
        gettext_lazy("The tile says until when; afterward it cannot be started."),
        needs_days=True,
    ),
    CLOSES_AFTER: Known(
        gettext_lazy("Stays open days after the program ended"),
        gettext_lazy("For what people ask once they have finished."),
        needs_days=True,
    ),
}


def rules_of(conditions):
    """Return the rules that these conditions make, in their order."""
    return tuple(CONDITIONS[each.name].rule(*each.values) for each in conditions)


def window_of(conditions, facts, citation):
    """Return the days around the end of the program in which one may ask, or None for always."""
    days = {each.name: each.days for each in conditions if CONDITIONS[each.name].needs_days}
    if not days or facts.program_end is None:
        return None
    first = last = None
    why_first = why_last = ""
    if OPENS_BEFORE in days:
        first = facts.program_end - timedelta(days=days[OPENS_BEFORE])
        why_first = _("It opens %(days)d days before your program ends.") % {
            "days": days[OPENS_BEFORE]
        }
    if CLOSES_AFTER in days:
        last = facts.program_end + timedelta(days=days[CLOSES_AFTER])
        why_last = _("It closes %(days)d days after your program ends.") % {
            "days": days[CLOSES_AFTER]
        }
    if CLOSES_BEFORE in days:
        last = facts.program_end - timedelta(days=days[CLOSES_BEFORE])
        why_last = _("It closes %(days)d days before your program ends.") % {
            "days": days[CLOSES_BEFORE]
        }
    return Window(first, last, why_first, why_last, citation)
