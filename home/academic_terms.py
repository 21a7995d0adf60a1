"""The academic terms of the key dates, and the links that pick one."""

import datetime as dt
from dataclasses import dataclass

from django.utils.text import slugify


@dataclass(frozen=True)
class AcademicTerm:
    """One term, as far as its dates reach; ``key`` is its name in an address: fall-2026."""

    key: str
    title: str
    start: dt.date
    end: dt.date

    def covers(self, date):
        """Tell whether a date is of this term; one without a term is, if it falls into it."""
        if term := slugify(date.term, allow_unicode=True):
            return term == self.key
        return self.start <= date.start <= self.end


def terms_of(dates) -> dict[str, AcademicTerm]:
    """Return the terms that the dates name, the earliest first."""
    members = {}
    for date in dates:
        if key := slugify(date.term, allow_unicode=True):
            members.setdefault(key, []).append(date)
    terms = [
        AcademicTerm(
            key,
            found[0].term,
            min(date.start for date in found),
            max(date.last_day for date in found),
        )
        for key, found in members.items()
    ]
    return {term.key: term for term in sorted(terms, key=lambda term: (term.start, term.key))}


def term_links(terms, picked, today):
    """Return the terms worth a link: those not over and the one picked, if there is a choice."""
    shown = [term for term in terms.values() if term.end >= today or term is picked]
    return [(term.key, term.title) for term in shown] if len(shown) > 1 or picked else []
