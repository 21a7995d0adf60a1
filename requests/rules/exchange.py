"""Exchange visitors who study, and how long they may train: pure formulas of 22 CFR 62.23."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import EducationLevel, ExchangeCategory
from isso.requests.records.facts import days_covered

from .dates import (
    academic_training_last_day,
    academic_training_start_window,
    add_months,
    days_in,
)
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "22 CFR 62.23(f)"
PRE, POST = "pre", "post"
STUDENT_CATEGORIES = (
    ExchangeCategory.DOCTORATE,
    ExchangeCategory.MASTER,
    ExchangeCategory.BACHELOR,
    ExchangeCategory.NON_DEGREE,
)


def exchange_visitors_are_students(facts, today, policy):
    """Of J-1 exchange visitors only students may ask; 22 CFR 62.23. Others pass."""
    if facts.visa_class != "J-1" or facts.exchange_category in STUDENT_CATEGORIES:
        return None
    if not facts.exchange_category and facts.education_level:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This request is for J-1 students. Scholars and interns have other ways; write to us."),
        citation="22 CFR 62.23",
        cure=_("If you are a J-1 student, write to us so that we can correct your record."),
    )


def post_completion_training(facts):
    """Return the approved academic training after completion, the earliest first."""
    return tuple(each for each in facts.approved("AT") if each.completion == POST)


def studies_ended_on(facts):
    """Return the day the studies end or ended.

    Training after completion moves the program end date of the DS-2019 to its own last day; the
    record keeps the true day as the expected graduation.
    """
    training = post_completion_training(facts)
    if not training:
        return facts.program_end
    return facts.expected_graduation or training[0].start - timedelta(days=1)


def has_completed_studies(facts, today):
    """Tell whether somebody with training after completion has come to the end of the studies.

    It may be authorized long before: until the studies end, training before completion is possible.
    """
    return bool(post_completion_training(facts)) and today > studies_ended_on(facts)


def months_allowed(facts, timing, policy):
    """Return the most months of training: 18, or 36 after a doctorate, 22 CFR 62.23(f)(4)."""
    is_doctor = (
        facts.exchange_category == ExchangeCategory.DOCTORATE
        or facts.education_level == EducationLevel.DOCTORATE
    )
    if timing == POST and is_doctor:
        return policy["postdoctoral_months"]
    return policy["months"]


def training_start_window(facts, today, timing):
    """Return when training may begin: approved before it starts, and without a gap."""
    tomorrow = today + timedelta(days=1)
    why_first = _("Training needs written permission before it begins.")
    ended = studies_ended_on(facts)
    if timing == PRE:
        return Window(
            tomorrow,
            ended,
            why_first,
            _("Your program ends on %(date)s; what begins later is training after completion.")
            % {"date": in_words(ended)},
            CITATION,
        )
    training = post_completion_training(facts)
    if training:
        last = max(each.end for each in training)
        if ended >= tomorrow:
            why_first = _("Training after completion begins when your program has ended.")
        return Window(
            max(ended + timedelta(days=1), tomorrow),
            last + timedelta(days=1),
            why_first,
            _("Your present training ends on %(date)s, and there may be no gap between employers.")
            % {"date": in_words(last)},
            CITATION,
        )
    first, last = academic_training_start_window(ended)
    return Window(
        max(first, tomorrow),
        last,
        _("Training after completion begins when your program has ended."),
        _("It must begin within 30 days after your program ends."),
        CITATION,
    )


def training_last_day(facts, timing, policy, start, end=None):
    """Return the last day training that begins on ``start`` may last, with its reason.

    After completion the clock runs from the day after the studies, whenever the work begins.
    Days that a second employer shares with training there is already (``end`` says how far) count
    once. 22 CFR 62.23(f)(4).
    """
    ended, months = studies_ended_on(facts), months_allowed(facts, timing, policy)
    spans = [(each.start, each.end) for each in facts.approved("AT")]
    if timing == POST:
        begins = ended + timedelta(days=1)
        used = days_covered((first, min(last, ended)) for first, last in spans if first <= ended)
    else:
        begins, to = start, max(end or start, start)
        used = days_covered(_outside(spans, start, to))
    last = academic_training_last_day(facts.program_start, ended, begins, used, months)
    why = _(
        "Academic training lasts %(months)d months at most, and no longer than your program. You "
        "have used %(used)d days; part time counts like full time."
    ) % {"months": months, "used": used}
    if timing == PRE and ended < last:
        last, why = ended, _("Your program ends on %(date)s.") % {"date": in_words(ended)}
    whole = stay_without_degree_ends(facts, policy)
    if whole and whole < last:
        last = whole
        why = _(
            "Studies without a degree and training together last %(months)d months at most."
        ) % {"months": policy["non_degree_months"]}
    return last, why


def _outside(spans, start, end):
    """Yield what of these spans lies before ``start`` or after ``end``."""
    day = timedelta(days=1)
    for first, last in spans:
        if first < start:
            yield first, min(last, start - day)
        if last > end:
            yield max(first, end + day), last


def stay_without_degree_ends(facts, policy):
    """Return the last day of a stay without a degree, training included; None for a degree.

    22 CFR 62.23(f): 24 months in all.
    """
    if facts.exchange_category != ExchangeCategory.NON_DEGREE or not facts.program_start:
        return None
    return add_months(facts.program_start, policy["non_degree_months"]) - timedelta(days=1)


def training_days_allowed(facts, policy):
    """Return the days of training a person may have in all when none is used yet."""
    ended = studies_ended_on(facts)
    months = months_allowed(facts, POST, policy)
    first = ended + timedelta(days=1)
    return days_in(first, academic_training_last_day(facts.program_start, ended, first, 0, months))
