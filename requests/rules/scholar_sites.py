"""Where an exchange visitor works: who has such places, and when one may begin and end."""

from django.utils.translation import gettext as _

from isso.requests.records.choices import SevisStatus

from .scholars import is_scholar
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "22 CFR 62.13(b)"
ADD, CHANGE, END = "add", "change", "end"
REPORTED = (SevisStatus.INITIAL, SevisStatus.ACTIVE)


def scholar_is_in_the_program(facts, today, policy):
    """Sites of activity are reported of scholars and interns while their program lasts."""
    if not is_scholar(facts):
        return _not(_("Only J-1 scholars and interns have a site of activity."))
    if facts.sevis_status not in REPORTED:
        known = dict(SevisStatus.choices).get(facts.sevis_status, _("not known"))
        return Verdict(
            Standing.NEEDS,
            _("The SEVIS record of the scholar must be Initial or Active. It is: %(now)s.")
            % {"now": known},
            citation=CITATION,
            cure=_("Speak with our office."),
        )
    if facts.program_start is None or facts.program_end is None:
        return Verdict(
            Standing.NEEDS,
            _("The record of the scholar has no program dates yet. Write to us."),
            citation=CITATION,
        )
    return None


def _not(reason):
    return Verdict(Standing.NOT_FOR_YOU, reason, citation=CITATION)


def program_window(facts):
    """Return until when a site can be reported: while the program lasts."""
    if facts.program_end is None:
        return None
    return Window(
        last=facts.program_end,
        why_last=_("The program of the scholar ends then."),
        citation=CITATION,
    )


def begins_window(situation):
    """Return when work at a site may begin: within the program."""
    facts = situation.facts
    if facts.program_start is None or facts.program_end is None:
        return None
    return Window(
        facts.program_start,
        facts.program_end,
        _("The program begins on %(date)s.") % {"date": in_words(facts.program_start)},
        _("The program ends on %(date)s.") % {"date": in_words(facts.program_end)},
        CITATION,
    )


def ended_window(situation):
    """Return when work at a site may have ended: SEVIS takes a site out at once."""
    return Window(
        situation.facts.program_start,
        situation.today,
        why_last=_("Tell us when it has ended: SEVIS takes the place out at once."),
        citation=CITATION,
    )


def site_of(answers, facts, name="site"):
    """Return the site of the record that an answer names, or None."""
    named = str(answers.get(name) or "")
    return next((each for each in facts.sites if str(each.id) == named), None)
