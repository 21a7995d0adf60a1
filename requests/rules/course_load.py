"""Who may study less than full time, for how long, and what was used: 8 CFR 214.2(f)(6)."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import CourseLoadReason, EducationLevel
from isso.requests.records.facts import days_covered

from .dates import add_months, medical_load_last_day
from .windows import Window, in_words

CITATION = "8 CFR 214.2(f)(6)(iii)"
EXCHANGE_CITATION = "22 CFR 62.23(e)"
MEDICAL_CITATION = "8 CFR 214.2(f)(6)(iii)(B)"
MEDICAL, FINAL_TERM = CourseLoadReason.MEDICAL, CourseLoadReason.FINAL_TERM
COMMUTER = CourseLoadReason.COMMUTER
ACADEMIC = (
    CourseLoadReason.ENGLISH,
    CourseLoadReason.READING,
    CourseLoadReason.TEACHING,
    CourseLoadReason.LEVEL,
)
GRADUATE = (EducationLevel.MASTER, EducationLevel.DOCTORATE)
# 8 CFR 214.2(f)(6)(i)(G): of a full load, one class or three credits may be online.
ONLINE_CREDITS = 3
# A term may begin some days before or after the program.
DAYS_AROUND_START = 30


def full_load(facts, policy):
    """Return the credits of a full load: 12 by law for undergraduates, else the school's number."""
    graduate = facts.education_level in GRADUATE
    return policy["graduate_credits" if graduate else "undergraduate_credits"]


def half_load(facts, policy):
    """Return the least credits after academic difficulty: half of a full load, rounded up."""
    return (full_load(facts, policy) + 1) // 2


def credits_that_count(credits, online):
    """Return the credits of a load that count: of those online at most three."""
    return credits - online + min(online, ONLINE_CREDITS)


def loads_of_level(facts, *reasons):
    """Return the loads authorized for these reasons at the present level."""
    return [
        each
        for each in facts.reduced_loads
        if each.reason in reasons and each.education_level in ("", facts.education_level)
    ]


def medical_days_used(facts):
    """Count the days of illness authorized at this level, overlapping ones once."""
    return days_covered((each.start, each.end) for each in loads_of_level(facts, MEDICAL))


def medical_last_day(facts, start, policy):
    """Return the last day of a load for illness, less what was used at this level."""
    return medical_load_last_day(start, medical_days_used(facts), policy["medical_months"])


def difficulty_was_used(facts):
    """Return the load for academic difficulty at this level, which there is only once, or None."""
    return next(iter(loads_of_level(facts, *ACADEMIC)), None)


def is_in_present_term(facts, day):
    """Tell whether a day lies in the term that the record knows."""
    return bool(facts.term_start and facts.term_end and facts.term_start <= day <= facts.term_end)


def is_first_term(facts, day, policy):
    """Tell whether a day lies in the first term at this level."""
    if facts.program_start is None:
        return False
    if is_in_present_term(facts, day):
        return facts.term_start <= facts.program_start + timedelta(days=DAYS_AROUND_START)
    return day < add_months(facts.program_start, policy["term_months"])


def start_window(facts, today, ends):
    """Return when a reduced load may begin: with the term that runs, or later."""
    first, why = today, _("Permission comes first; we cannot give it for the past.")
    if is_in_present_term(facts, today):
        first = facts.term_start
        why = _("This term began on %(date)s.") % {"date": in_words(first)}
    return Window(
        first,
        ends,
        why,
        _("Your program ends on %(date)s.") % {"date": in_words(ends)},
        CITATION,
    )


def end_window(facts, start, reason, ends, policy):
    """Return when a reduced load may end: with its term, the program, or what is left."""
    lasts = [
        (
            add_months(start, policy["term_months"]) - timedelta(days=1),
            _("We permit one term at a time."),
        ),
        (ends, _("Your program ends on %(date)s.") % {"date": in_words(ends)}),
    ]
    if is_in_present_term(facts, start):
        lasts[0] = (
            facts.term_end,
            _("We permit one term at a time. This one ends on %(date)s.")
            % {"date": in_words(facts.term_end)},
        )
    citation = CITATION
    if reason == MEDICAL:
        citation = MEDICAL_CITATION
        lasts.append(
            (
                medical_last_day(facts, start, policy),
                _(
                    "Illness counts for %(months)d months in all at one level. You have used "
                    "%(used)d days."
                )
                % {"months": policy["medical_months"], "used": medical_days_used(facts)},
            )
        )
    last, why = min(lasts, key=lambda each: each[0])
    return Window(start, last, "", why, citation)
