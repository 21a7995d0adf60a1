"""On which days a person may ask for something, and how two policies differ in that."""

from dataclasses import dataclass
from datetime import date, timedelta

from .watched_day import WatchedDay

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """Calendar days in a row, both ends included."""

    first: date
    last: date


def open_spans(request_type, facts, policy, first, last):
    """Return the spans from ``first`` to ``last`` in which this person may ask for this type.

    ``policy`` is a ``PolicyInForce``; while it is closed nobody may.
    """
    if not policy.is_open:
        return ()
    return tuple(
        span for span, is_open in _answers(request_type, facts, policy, first, last) if is_open
    )


def _answers(request_type, facts, policy, first, last):
    """Yield (span, whether open) over the days, neighbors of one answer joined."""
    begin, answer, day = first, None, first
    while day <= last:
        watched = WatchedDay.watch(day)
        is_open = request_type.eligibility(facts, watched, policy).is_open
        if answer is not None and is_open != answer:
            yield Span(begin, day - ONE_DAY), answer
            begin = day
        answer = is_open
        # Until then every rule compares as it did today.
        day = watched.changes_on or last + ONE_DAY
    if answer is not None:
        yield Span(begin, last), answer


def without(spans, others):
    """Return the days of ``spans`` that are in none of ``others``; both are in order."""
    left = []
    for span in spans:
        first = span.first
        for other in others:
            if other.last < first or other.first > span.last:
                continue
            if other.first > first:
                left.append(Span(first, other.first - ONE_DAY))
            first = other.last + ONE_DAY
        if first <= span.last:
            left.append(Span(first, span.last))
    return tuple(left)


@dataclass(frozen=True)
class Difference:
    """What another policy changes for one person: days that are lost, and days that are won."""

    lost: tuple[Span, ...] = ()
    gained: tuple[Span, ...] = ()

    def __bool__(self):
        return bool(self.lost or self.gained)


def difference(request_type, facts, before, after, first, last):
    """Compare two policies for one person over the days from ``first`` to ``last``."""
    was = open_spans(request_type, facts, before, first, last)
    becomes = open_spans(request_type, facts, after, first, last)
    return Difference(lost=without(was, becomes), gained=without(becomes, was))
