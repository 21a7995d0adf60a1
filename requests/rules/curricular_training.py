"""Who may have CPT, from when to when, and how many full-time days: 8 CFR 214.2(f)(10)(i)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import EducationLevel
from isso.requests.records.facts import days_covered

from .dates import academic_year_completed_on
from .verdict import Standing, Verdict
from .windows import Window

CPT = "8 CFR 214.2(f)(10)(i)"


def not_english_training(facts, today, policy):
    """Students of English language programs have no CPT."""
    if facts.education_level != EducationLevel.LANGUAGE:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("Students of English language programs cannot use CPT."),
        citation=CPT,
        cure=_("A degree program. Speak with an ISSO advisor about what comes next."),
    )


def full_time_study_is_known(facts, today, policy):
    """Without the day full-time study began nobody can say when a year of it is over."""
    if facts.full_time_since is not None:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your record does not say since when you study full time. Write to us."),
        citation=CPT,
    )


def cpt_requests(facts):
    """Return when CPT can be asked for: after one academic year, before the program ends."""
    if facts.full_time_since is None or facts.program_end is None:
        return None
    return Window(
        academic_year_completed_on(facts.full_time_since),
        facts.program_end,
        _("CPT comes after one academic year of full-time study."),
        _("CPT ends with your program at the latest."),
        CPT,
    )


def cpt_days(situation):
    """Return when one employment may begin and end: never in the past, inside the program."""
    facts = situation.facts
    earliest = situation.today + timedelta(days=situation.policy["lead_days"])
    why_first = _("CPT cannot be given for days in the past.")
    if situation.policy["lead_days"]:
        why_first = _("We need %(days)d days to check your request.") % {
            "days": situation.policy["lead_days"]
        }
    if facts.full_time_since:
        year = academic_year_completed_on(facts.full_time_since)
        if year > earliest:
            earliest = year
            why_first = _("CPT comes after one academic year of full-time study.")
    return Window(
        earliest,
        facts.program_end,
        why_first,
        _("CPT ends with your program at the latest.") if facts.program_end else "",
        CPT,
    )


def full_time_days_with(facts, start, end):
    """Count the full-time days there would be with one more span; shared days count once."""
    spans = [(each.start, each.end) for each in facts.approved("CPT") if each.full_time]
    return days_covered([*spans, (start, end)])
