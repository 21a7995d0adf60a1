"""The end of a scholar's stay: which day it is, until when to leave, and what it bars."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.facts import Stay

from .answered import day_in
from .dates import grace_end
from .early_end import EXCHANGE_CITATION, stay_after
from .exchange_stay import bars_of
from .scholars import is_scholar
from .windows import Window, in_words

STAY_CITATION = "8 CFR 214.2(j)(1)(ii)"
EARLY, PLANNED = "early", "planned"
FINISHES, OTHER_STATUS, WITHDRAWS = "finishes", "status", "withdraws"


def ends_early(answers):
    """Whether these answers move the end of the program."""
    return answers.get("what") == EARLY


def end_in(answers, facts):
    """Return the last day of the program by these answers, or None while it is not known."""
    return day_in(answers, "new_end_date") if ends_early(answers) else facts.program_end


def last_day_here(answers, facts, policy):
    """Return until when somebody may stay; the 30 days follow only a program that was finished."""
    ends = end_in(answers, facts)
    if ends is None or not is_scholar(facts):
        return None
    has_finished = not ends_early(answers) or answers.get("reason") != WITHDRAWS
    return stay_after(facts, ends, policy, has_finished)


def leaving_window(situation):
    """When a scholar leaves: near the end of the program, and before the days after it are over."""
    facts, answers, policy = situation.facts, situation.answers, situation.policy
    last = last_day_here(answers, facts, policy)
    if last is None:
        return None
    first, why_first = facts.program_start, _("It lies after the start of your program.")
    if not ends_early(answers):
        days = policy["early_days"]
        first = facts.program_end - timedelta(days=days)
        why_first = _(
            "Who leaves more than %(days)d days before the end lets the program end earlier: go "
            "back to the first page."
        ) % {"days": days}
    return Window(
        first,
        last,
        why_first,
        _("Your last days in the country count from the end of your program."),
        STAY_CITATION,
    )


def telling_window(facts, policy):
    """Return until when the office takes the notice: while the stay lasts."""
    if facts.program_end is None:
        return None
    return Window(
        last=grace_end(facts.program_end, policy["exchange_grace_days"]),
        why_last=_("Your days after the program, which ended on %(date)s, are over.")
        % {"date": in_words(facts.program_end)},
        citation=f"{EXCHANGE_CITATION}; {STAY_CITATION}",
    )


def bar_at(facts, ends):
    """Return the bar that the present stay leads to when it ends on this day, or None."""
    if ends is None or facts.program_start is None or ends < facts.program_start:
        return None
    stay = Stay(facts.exchange_category, facts.program_start, ends)
    found = bars_of([*facts.exchange_stays, stay])
    return next((bar for bar in reversed(found) if bar.stay.end == ends), None)
