"""When programs start, as choices of a filter: the terms of the key dates, else months."""

from datetime import date, timedelta
from typing import NamedTuple

from django.utils.formats import date_format

from isso.home.academic_terms import terms_of
from isso.home.models import KeyDate
from isso.requests.rules.dates import add_months

# Before the first term that is known there is no other to end it.
LONGEST_BREAK = timedelta(days=92)


class Start(NamedTuple):
    """One span of days in which programs start, with its name in the address and for people."""

    key: str
    title: str
    first: date
    last: date


def known_starts(people):
    """Return the spans in which these people start, the earliest first, in two queries."""
    months = people.order_by().dates("program_start", "month")
    return spans_of(terms_of(KeyDate.objects.all()).values(), months)


def spans_of(terms, months):
    """Return the terms and months that the months of the starts, sorted, fall into.

    A program that starts in a break belongs to the term that follows; terms that overlap end where
    the next begins to end.
    """
    spans, free_from = [], None
    for term in sorted(terms, key=lambda each: each.end):
        first = free_from or term.start - LONGEST_BREAK
        if first <= term.end:
            spans.append(Start(term.key, term.title, first, term.end))
            free_from = term.end + timedelta(days=1)
    found = []
    for month in months:
        last = add_months(month, 1) - timedelta(days=1)
        fitting = [span for span in spans if span.first <= last and month <= span.last]
        covered = bool(fitting) and spans[0].first <= month and last <= spans[-1].last
        whole = Start(f"{month:%Y-%m}", date_format(month, "F Y"), month, last)
        found += fitting if covered else [*fitting, whole]
    return sorted(dict.fromkeys(found), key=lambda span: (span.first, span.last))
