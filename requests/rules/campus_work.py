"""Work on campus: from when, and for how many hours, 8 CFR 214.2(f)(9)(i) and 22 CFR 62.23(g)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from .dates import earliest_entry
from .windows import Window, in_words

CAMPUS = "8 CFR 214.2(f)(9)(i)"
CAMPUS_J1 = "22 CFR 62.23(g)"


def campus_citation(facts):
    """Return the rule for this person's status."""
    return CAMPUS_J1 if facts.visa_class == "J-1" else CAMPUS


def campus_job_days(facts, today, policy):
    """Return on which days the job may begin: near, within the program, never before permission.

    J-1 needs a written authorization first. F-1 may begin 30 days before the first program day.
    """
    ahead = today + timedelta(days=policy["days_ahead"])
    first, why_first = None, ""
    if facts.visa_class == "J-1":
        first, why_first = today, _("J-1 students begin once they hold our letter.")
    elif facts.program_start:
        first = earliest_entry(facts.program_start)
        why_first = _("Work may begin 30 days before your program, not earlier.")
    last = min(ahead, facts.program_end) if facts.program_end else ahead
    why_last = _("Ask when the job begins in the next %(days)d days.") % {
        "days": policy["days_ahead"]
    }
    if last != ahead:
        why_last = _("Your program ends on %(date)s.") % {"date": in_words(last)}
    return Window(first, last, why_first, why_last, campus_citation(facts))
