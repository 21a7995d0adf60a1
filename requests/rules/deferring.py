"""A later start for somebody who has not arrived: until when to ask, and how late it may be.

SEVIS keeps an Initial record only so long after the start that is printed on the form; after that
there is nothing left to defer, and a new record is made.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import SCHOLAR_CATEGORIES

from .dates import add_months, registration_due
from .next_program import end_window as longest_program
from .windows import Window, in_words

CITATION = "8 CFR 214.3(g)(2)(iii); 22 CFR 62.13"
# SEVIS cancels the Initial record of a student so long after the start (domain/requests.md §21).
CANCELED_AFTER = timedelta(days=60)


def record_kept_until(facts):
    """Return the last day SEVIS keeps an Initial record, or None without a start.

    Students: canceled 60 days after the start. Exchange visitors: invalid where nobody has
    validated the arrival within 30 days, 22 CFR 62.13.
    """
    if facts.program_start is None:
        return None
    if facts.visa_class == "J-1":
        return registration_due(facts.program_start)
    return facts.program_start + CANCELED_AFTER


def asking_window(facts):
    """Return until when a later start may be asked: as long as SEVIS keeps the record."""
    last = record_kept_until(facts)
    return last and Window(
        last=last,
        why_last=_("After that SEVIS closes your record, and you need a new form."),
        citation=CITATION,
    )


def start_window(facts, today, policy):
    """Return when the new start may be: after the old one and today, within the office's months."""
    if facts.program_start is None:
        return None
    return Window(
        max(facts.program_start, today) + timedelta(days=1),
        add_months(facts.program_start, policy["most_months"]),
        _("The start on your form is %(date)s. Choose a later day that still lies ahead.")
        % {"date": in_words(facts.program_start)},
        _("A start more than %(months)d months later needs a new record. Write to us.")
        % {"months": policy["most_months"]},
        CITATION,
    )


def same_length(facts, start):
    """Return on which day a program that begins on ``start`` ends if it stays as long, or None."""
    if facts.program_start is None or facts.program_end is None:
        return None
    return start + (facts.program_end - facts.program_start)


def end_window(facts, start):
    """Return when the deferred program may end; for scholars it becomes no longer than it was.

    A longer stay of a scholar is another sponsorship, with its own money and its own vetting.
    """
    window, last = longest_program(start), same_length(facts, start)
    if facts.exchange_category not in SCHOLAR_CATEGORIES or last is None:
        return window
    return Window(
        window.first,
        last,
        window.why_first,
        _("Your stay can begin later, but not last longer. Ask your department about more time."),
        "22 CFR 62.20; 22 CFR 62.21; 22 CFR 62.26",
    )
