"""Coming back after a leave: who may ask, and whether the old record is opened again.

8 CFR 214.2(f)(4): after an absence of more than five months F-1 status begins anew, with another
SEVIS ID, another fee, and another academic year before CPT or OPT. J-1: 22 CFR 62.13, always anew.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from .dates import earliest_entry
from .stopping import ABSENCE, AUTHORIZED, same_record_until
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = f"{ABSENCE}; 22 CFR 62.13"


def has_stopped(facts, today, policy):
    """Only who has left the studies here comes back to them."""
    if facts.stopped_on is not None:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("Our record shows no leave or withdrawal of yours."),
        citation=CITATION,
        cure=_("Nothing, if you still study. Write to us if your record is wrong."),
    )


def keeps_record(facts, returns_on):
    """Tell whether SEVIS is asked to open the old record again: F-1, authorized, five months."""
    return (
        facts.visa_class == "F-1"
        and facts.stop_reason == AUTHORIZED
        and facts.stopped_on is not None
        and returns_on <= same_record_until(facts.stopped_on)
    )


def return_window(facts, today, policy):
    """Return when somebody may come back: late enough for a form, a visa and a flight."""
    days = policy["lead_days"]
    return Window(
        today + timedelta(days=days),
        None,
        _("We need %(days)d days for the form; a new visa may take longer.") % {"days": days},
        citation=CITATION,
    )


def entry_objection(facts, returns_on, starts_on):
    """Return why these days do not fit together, or ""."""
    if returns_on > starts_on:
        return _("Come back on the first day of the term or before it.")
    first = earliest_entry(starts_on)
    if not keeps_record(facts, returns_on) and returns_on < first:
        return _("With a new form you may enter 30 days before the term, on %(date)s or later.") % {
            "date": in_words(first)
        }
    return ""
