"""How far an H-1B petition bridges F-1 status, and whether work goes on.

8 CFR 214.2(f)(5)(vi).
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from .dates import cap_gap_until, grace_end
from .leaving import practical_training_ends, stay_ends
from .verdict import Standing, Verdict
from .windows import Window, in_words

CAP_GAP = "8 CFR 214.2(f)(5)(vi)"


def last_filing_day(facts, policy):
    """Return the last day on which USCIS must have the petition: that of the authorized stay."""
    ends = stay_ends(facts)
    return ends and grace_end(ends, policy["grace_days"])


def asking_window(facts, policy):
    """Return when the office takes the request: after the program, until no bridge can reach."""
    last = last_filing_day(facts, policy)
    if last is None or facts.program_end is None:
        return None
    return Window(
        facts.program_end + timedelta(days=1),
        cap_gap_until(last),
        _("It is for people on OPT or in the days after their program."),
        _("No petition that was filed in time reaches beyond that day."),
        CAP_GAP,
    )


def receipt_days(facts, today, policy):
    """Return on which days USCIS may have received the petition."""
    last = last_filing_day(facts, policy)
    waited = today - timedelta(days=policy["wait_days"])
    if last is None or waited <= last:
        why = _("USCIS updates SEVIS by itself in the first %(days)d days. Ask after them.")
        return Window(last=waited, why_last=why % {"days": policy["wait_days"]}, citation=CAP_GAP)
    why = _("Your stay ended then. A petition filed later bridges nothing.")
    return Window(last=last, why_last=why, citation=CAP_GAP)


def bridges_work(facts, received_on):
    """Tell whether work goes on: OPT was valid on the day the petition was received."""
    ends = practical_training_ends(facts)
    return ends is not None and received_on <= ends


def no_bridge_yet(facts, today, policy):
    """The record has no cap-gap extension that still runs."""
    for work in facts.approved("cap_gap"):
        if work.end >= today:
            return Verdict(
                Standing.NOT_FOR_YOU,
                _("Your cap-gap extension runs until %(date)s.") % {"date": in_words(work.end)},
                citation=CAP_GAP,
                cure=_("Write to us if your petition was denied or has changed."),
            )
    return None
