"""Until when a record may be moved to another school: pure formulas of 8 CFR 214.2(f)(8)."""

from django.utils.translation import gettext as _

from .dates import grace_end, new_program_start_by
from .training import post_completion_opt, stem_opt
from .windows import Window, in_words

CITATION = "8 CFR 214.2(f)(8)"
EXCHANGE_CITATION = "22 CFR 62.42"


def practical_training_ends(facts):
    """Return the last day of OPT after completion and its STEM extension, or None."""
    return max(
        (work.end for work in (post_completion_opt(facts), stem_opt(facts)) if work), default=None
    )


def stay_ends(facts):
    """Return the last day of study or of practical training after it, before any grace period."""
    days = [day for day in (facts.program_end, practical_training_ends(facts)) if day]
    return max(days, default=None)


def last_release_day(facts, policy):
    """Return the last day on which a record may be released, or None while no end is known.

    F-1: within the grace period, 8 CFR 214.2(f)(5)(iv), (f)(8). J-1: before the program ends,
    never in the 30 days after it, 22 CFR 62.42.
    """
    if facts.visa_class == "J-1":
        return facts.program_end
    ends = stay_ends(facts)
    return ends and grace_end(ends, policy["grace_days"])


def asking_window(facts, policy):
    """Return until when the office takes the request."""
    last = last_release_day(facts, policy)
    if last is None:
        return None
    if facts.visa_class == "J-1":
        return Window(last=last, why_last=_why_j1(), citation=EXCHANGE_CITATION)
    return Window(last=last, why_last=_why_grace(policy), citation=CITATION)


def release_window(facts, today, policy):
    """Return the days on which the record may be released, seen from today."""
    last = last_release_day(facts, policy)
    if last is None:
        return None
    why_first = _("We cannot release a record in the past.")
    if facts.visa_class == "J-1":
        return Window(today, last, why_first, _why_j1(), EXCHANGE_CITATION)
    training = practical_training_ends(facts)
    if training and today <= training and last > training > (facts.program_end or today):
        why = _("Your practical training ends on %(date)s.") % {"date": in_words(training)}
        return Window(today, training, why_first, why, CITATION)
    return Window(today, last, why_first, _why_grace(policy), CITATION)


def new_start_last_day(facts, release, last_attended=None):
    """Return the last day for the new program to begin.

    Five months after the release, the end of program or OPT, or the last attendance, whichever
    comes first: 8 CFR 214.2(f)(8).
    """
    return new_program_start_by(
        min(day for day in (release, stay_ends(facts), last_attended) if day)
    )


def _why_grace(policy):
    return _("Your grace period lasts %(days)d days.") % {"days": policy["grace_days"]}


def _why_j1():
    return _("A J-1 record moves only before the program ends, not in the 30 days after it.")
