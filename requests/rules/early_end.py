"""A program that ends before the date on the form: from when, until when, and what forbids it."""

from datetime import timedelta

from django.utils.translation import gettext as _

from .dates import grace_end
from .exchange import post_completion_training
from .training import IN_FORCE
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "8 CFR 214.3(g)(2)(ii)"
EXCHANGE_CITATION = "22 CFR 62.13"
# Work that the program carries; it cannot outlast it. 8 CFR 214.2(f)(9)(i), (f)(10)(i).
ENDS_WITH_PROGRAM = ("CPT", "on_campus", "off_campus", "AT")


def grace_days(facts, policy):
    """Return the days somebody may stay after the end: the number of the own visa class."""
    return policy["exchange_grace_days" if facts.visa_class == "J-1" else "grace_days"]


def stay_after(facts, ends, policy, has_finished=True):
    """Return the last day of the stay when the program ends on ``ends``.

    The 30 days of J-1 follow a program that was completed: 8 CFR 214.2(j)(1)(ii).
    """
    return grace_end(ends, grace_days(facts, policy)) if has_finished else ends


def no_training_hangs_on_the_end(facts, today, policy):
    """OPT or academic training after completion was dated by the present end."""
    has_opt = any(work.completion == "post" for work in _opt_in_force(facts))
    if not has_opt and not post_completion_training(facts):
        return None
    return Verdict(
        Standing.NEEDS,
        _("The dates of your work after completion hang on your present end date."),
        citation="8 CFR 214.2(f)(11); 22 CFR 62.23(f)",
        cure=_("Speak with our office: that work must be settled first."),
    )


def new_end_window(situation):
    """Before the present end, in the last term, and while the days after it are not over."""
    facts, policy, today = situation.facts, situation.policy, situation.today
    ends = facts.program_end
    if ends is None:
        return None
    first, why = max(_earliest(facts, policy, today), key=lambda each: each[0])
    return Window(
        first,
        ends - timedelta(days=1),
        why,
        _("Your program ends on %(date)s now. For a later day, ask for an extension.")
        % {"date": in_words(ends)},
        EXCHANGE_CITATION if facts.visa_class == "J-1" else CITATION,
    )


def _earliest(facts, policy, today):
    """Yield every first day with its reason; the latest of them binds."""
    days = grace_days(facts, policy)
    yield (
        today - timedelta(days=days),
        _("Your %(days)d days after the program count from the new date and may not be over.")
        % {"days": days},
    )
    if facts.program_start:
        yield facts.program_start + timedelta(days=1), _("It lies after the start of your program.")
    if facts.term_start and facts.term_start <= today:
        yield (
            facts.term_start,
            _("Your last term began on %(date)s.") % {"date": in_words(facts.term_start)},
        )
    for work in _opt_in_force(facts):
        if work.completion == "pre":
            yield (
                work.end,
                _("Your OPT before completion runs until %(date)s. It must be ended first.")
                % {"date": in_words(work.end)},
            )


def _opt_in_force(facts):
    return [
        work
        for work in facts.employments
        if work.kind == "OPT"
        and work.status in IN_FORCE
        and work.education_level in ("", facts.education_level)
    ]
