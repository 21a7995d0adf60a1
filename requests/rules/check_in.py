"""Which check-in is due, and when: on arrival for a new program, then at the start of each term."""

from datetime import timedelta

from django.utils.translation import gettext as _

from .dates import check_in_window, earliest_entry
from .verdict import Standing, Verdict
from .windows import Window, in_words

REGISTRATION = "8 CFR 214.3(g)(2)(iii); 22 CFR 62.13"
ARRIVAL, TERM = "arrival", "term"


def kind_of(facts):
    """Return which check-in comes next: nobody arrives twice for the same program."""
    done, start = facts.check_in_completed_on, program_start_of(facts)
    is_new = done is None or (start is not None and done < earliest_entry(start))
    return ARRIVAL if is_new and not _term_comes_first(facts) else TERM


def program_start_of(facts):
    """Return the start of the program that is checked in for: the next one, where one is granted.

    A change of level is registered by a new Check-In: 8 CFR 214.2(f)(5)(ii).
    """
    return facts.next_program_start or facts.program_start


def _term_comes_first(facts):
    """Tell whether a term of the present program waits for its check-in before the next one."""
    done, term, after = facts.check_in_completed_on, facts.term_start, facts.next_program_start
    if done is None or term is None or after is None:
        return False
    return term < earliest_entry(after) and done < earliest_entry(term)


def start_of(facts):
    """Return the day of the program or term that is checked in for; None when unknown."""
    return program_start_of(facts) if kind_of(facts) == ARRIVAL else facts.term_start


def not_yet_checked_in(facts, today, policy):
    """Once for each program start and each term."""
    if kind_of(facts) == ARRIVAL:
        return None
    done, term, end = facts.check_in_completed_on, facts.term_start, facts.program_end
    is_due = (
        term is not None
        and (end is None or term <= end)
        and done < term - timedelta(days=policy["days_before"])
    )
    if is_due:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("You completed your check-in on %(date)s.") % {"date": in_words(done)},
        on=done,
        citation=REGISTRATION,
        cure=_("Your next term. Check-In opens some days before it starts."),
    )


def program_start_is_known(facts, today, policy):
    """Without a start date nobody can say when registration is due."""
    if start_of(facts) is not None:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your record has no program start date yet. Write to us so that we can add it."),
        citation=REGISTRATION,
    )


def window_of(facts, policy):
    """Return when Check-In is taken: around the start, until SEVIS registration is due."""
    start = start_of(facts)
    if start is None:
        return None
    first, last = check_in_window(start, policy["days_before"], policy["days_after"])
    if kind_of(facts) == ARRIVAL:
        why_first = _("Check-In opens %(days)d days before your program starts.")
        why_last = _("We must register you within %(days)d days after your program starts.")
    else:
        why_first = _("Check-In opens %(days)d days before your term starts.")
        why_last = _("We must register you within %(days)d days after your term starts.")
    late = _("If you are late, contact our office today.")
    return Window(
        first,
        last,
        why_first % {"days": policy["days_before"]},
        f"{why_last % {'days': policy['days_after']}} {late}",
        REGISTRATION,
    )
