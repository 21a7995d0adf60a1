"""All that is stuck, as one list: the worst first, then what is stuck longest.

Counting is one query, a page one more and one for each kind on it, however much is stuck.
"""

from django.utils import timezone
from django.utils.functional import cached_property

from . import of_files, of_machinery, of_mails, of_requests
from .source import Line

SOURCES = (
    *of_requests.SOURCES,
    *of_mails.SOURCES,
    *of_files.SOURCES,
    *of_machinery.SOURCES,
)
BY_KEY = {source.key: source for source in SOURCES}


class Stuck:
    """What this user sees of it now, of every kind or of one; a page is cut out like a list."""

    def __init__(self, user, kind="", now=None):
        self.user, self.now = user, now or timezone.now()
        self.rows = {
            source.key: source.rows(user, self.now)
            for source in SOURCES
            if kind in ("", source.key)
        }

    @cached_property
    def by_kind(self):
        """Count each kind there is something of, in the order of the sources."""
        numbers = dict(self._all("counted"))
        return {each: numbers[each.key] for each in SOURCES if numbers.get(each.key)}

    def count(self):
        """Return how much is stuck."""
        return sum(self.by_kind.values())

    def __getitem__(self, part):
        """Return the lines of one page."""
        ordered = self._all("lines").order_by("row_weight", "row_since", "row_kind", "row_key")
        lines = list(ordered[part])
        stuck = {kind: self._read(BY_KEY[kind], lines) for kind in {line[2] for line in lines}}
        found = [
            (BY_KEY[kind], since, stuck[kind].get(_plain(key)))
            for _weight, since, kind, key in lines
        ]
        # What was cured between the two queries is left out.
        return [Line(source, since, source.tell(it)) for source, since, it in found if it]

    def _all(self, shape):
        first, *others = [getattr(BY_KEY[key], shape)(rows) for key, rows in self.rows.items()]
        return first.union(*others, all=True) if others else first

    def _read(self, source, lines):
        keys = [key for _weight, _since, kind, key in lines if kind == source.key]
        found = self.rows[source.key].filter(pk__in=keys).select_related(*source.related)
        return {_plain(each.pk): each for each in found}


def _plain(key):
    """Write a key as every database does: SQLite leaves the dashes of a UUID out."""
    return str(key).replace("-", "")
