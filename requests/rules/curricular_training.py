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
        cure=_("A degree program. Speak with our office about what comes next."),
    )


def training_begins(facts):
    """Return the first day of CPT, or None when no year of study has to come first.

    One academic year of full-time study, except in a graduate program that requires training at
    once: 8 CFR 214.2(f)(10)(i).
    """
    if facts.needs_training_at_once or facts.full_time_since is None:
        return None
    return academic_year_completed_on(facts.full_time_since)


def full_time_study_is_known(facts, today, policy):
    """Without the day full-time study began nobody can say when a year of it is over."""
    if facts.needs_training_at_once or facts.full_time_since is not None:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your record does not say since when you study full time. Write to us."),
        citation=CPT,
    )


def training_stops(facts):
    """Return the last day of CPT and the sentence why; a transfer may come before the end.

    Work permission ends with the release of the record: 8 CFR 214.2(f)(8).
    """
    ends, release = facts.program_end, facts.transfer_release_on
    if release and (ends is None or release < ends):
        return release, _("CPT ends when we release your record to the new school.")
    return ends, _("CPT ends with your program at the latest.") if ends else ""


def cpt_requests(facts):
    """Return when CPT can be asked for: after one academic year, before the program ends."""
    if facts.program_end is None:
        return None
    begins = training_begins(facts)
    last, why_last = training_stops(facts)
    return Window(
        begins,
        last,
        _("CPT comes after one academic year of full-time study.") if begins else "",
        why_last,
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
    begins = training_begins(facts)
    if begins and begins > earliest:
        earliest = begins
        why_first = _("CPT comes after one academic year of full-time study.")
    last, why_last = training_stops(facts)
    return Window(earliest, last, why_first, why_last, CPT)


def full_time_days_with(facts, start, end):
    """Count the full-time days there would be with one more span; shared days count once."""
    spans = [(each.start, each.end) for each in facts.approved("CPT") if each.full_time]
    return days_covered([*spans, (start, end)])
