"""Occasional lectures and short consultations elsewhere: who may, and when. 22 CFR 62.20(g)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import ExchangeCategory

from .answered import day_in
from .scholars import is_scholar
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "22 CFR 62.20(g)"
MAY_LECTURE = (ExchangeCategory.PROFESSOR, ExchangeCategory.RESEARCH_SCHOLAR)


def is_professor_or_researcher(facts, today, policy):
    """The law names professors and research scholars; others work at their sites alone."""
    if is_scholar(facts) and facts.exchange_category in MAY_LECTURE:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This request is for J-1 professors and research scholars."),
        citation=CITATION,
        cure=_("In another category your department can add the place as a site of activity."),
    )


def asking_window(facts, policy):
    """Return until when permission can be asked for: the activity lies in the program."""
    if facts.program_end is None:
        return None
    return Window(
        last=facts.program_end - timedelta(days=1),
        why_last=_("The activity lies within your program, which ends on %(date)s.")
        % {"date": in_words(facts.program_end)},
        citation=CITATION,
    )


def first_day_window(situation):
    """Return when it may begin: after the permission, within the program."""
    facts = situation.facts
    if facts.program_end is None or not is_scholar(facts):
        return None
    return Window(
        max(situation.today + timedelta(days=1), facts.program_start or situation.today),
        facts.program_end,
        _("You need the letter in your hands before you begin."),
        _("Your program ends on %(date)s.") % {"date": in_words(facts.program_end)},
        CITATION,
    )


def last_day_window(situation):
    """Return when it may end: soon, for it is occasional, and within the program."""
    facts, first = situation.facts, day_in(situation.answers, "first_day")
    if facts.program_end is None or first is None or not is_scholar(facts):
        return None
    days = situation.policy["most_days"]
    latest = first + timedelta(days=days - 1)
    why = _("An occasional activity lasts %(days)d days at most. For more, add a site.") % {
        "days": days
    }
    if facts.program_end < latest:
        latest = facts.program_end
        why = _("Your program ends on %(date)s.") % {"date": in_words(latest)}
    return Window(first, latest, _("It cannot end before it begins."), why, CITATION)
