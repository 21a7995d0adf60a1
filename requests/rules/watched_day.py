"""A day that notes what it is compared with: until when does a rule's answer stand?"""

from calendar import monthrange
from datetime import date, timedelta
from functools import wraps
from types import ClassMethodDescriptorType

from .dates import add_months


class WatchedDay(date):
    """Today, for rules whose answers are wanted for many days without asking on each of them.

    A rule is a pure function of the record, the day and the policy, so its answer stays the same
    for as long as each of its comparisons with the day comes out the same. Every comparison notes
    the first later day on which it would come out otherwise; ``changes_on`` is the earliest of
    them. Whatever else a rule asks of the day (its year, how far it is) may differ tomorrow.
    """

    __slots__ = ("_ahead", "_notes")

    @classmethod
    def watch(cls, day):
        """Return ``day`` with nothing noted yet."""
        return cls(day.year, day.month, day.day)._watched(0, [])

    def _watched(self, ahead, notes):
        # How many days after the day that is tried; the notes are those of that day.
        self._ahead, self._notes = ahead, notes
        return self

    @property
    def changes_on(self):
        """Return the first later day on which an answer given so far may differ, or None."""
        return min(self._notes, default=None)

    def _ordinal(self):
        return super().toordinal()

    def _flips_on(self, ordinal):
        """Note the day on which this day, as far ahead as it is, has this ordinal."""
        flips = ordinal - self._ahead
        if flips > self._ordinal() - self._ahead and flips <= date.max.toordinal():
            self._notes.append(date.fromordinal(flips))

    def _differs_tomorrow(self):
        self._flips_on(self._ordinal() + 1)

    def _meets(self, other, *later):
        """Note that comparing with ``other`` turns when this day comes so many days after it."""
        # Two watched days move together: what they say of each other never changes.
        if isinstance(other, date) and not isinstance(other, WatchedDay):
            for days in later:
                self._flips_on(other.toordinal() + days)

    def __lt__(self, other):
        self._meets(other, 0)
        return super().__lt__(other)

    def __ge__(self, other):
        self._meets(other, 0)
        return super().__ge__(other)

    def __le__(self, other):
        self._meets(other, 1)
        return super().__le__(other)

    def __gt__(self, other):
        self._meets(other, 1)
        return super().__gt__(other)

    def __eq__(self, other):
        self._meets(other, 0, 1)
        return super().__eq__(other)

    def __ne__(self, other):
        return not self == other

    def __add__(self, other):
        moved = super().__add__(other)
        if moved is NotImplemented:
            return moved
        return moved._watched(self._ahead + other.days, self._notes)

    __radd__ = __add__

    def __sub__(self, other):
        if isinstance(other, timedelta):
            return self + timedelta(days=-other.days)
        if not isinstance(other, WatchedDay):
            self._differs_tomorrow()
        return super().__sub__(other)

    def __rsub__(self, other):
        self._differs_tomorrow()
        return super().__rsub__(other)

    def __hash__(self):
        self._differs_tomorrow()
        return super().__hash__()


def _noting(plain):
    """Return the property or method of a date so that asking for it notes tomorrow."""
    if not callable(plain):
        return property(lambda day: (day._differs_tomorrow(), plain.__get__(day))[1])

    @wraps(plain)
    def method(day, *args, **kwargs):
        day._differs_tomorrow()
        return plain(day, *args, **kwargs)

    return method


# Other ways to make a day, and constants.
_OF_NO_DAY = ClassMethodDescriptorType | date | timedelta
for _name, _plain in vars(date).items():
    if not (_name.startswith("_") or isinstance(_plain, _OF_NO_DAY)):
        setattr(WatchedDay, _name, _noting(_plain))


@add_months.register
def _add_months(day: WatchedDay, months):
    """Move with the day: until its month ends, or the later month, the distance stays the same."""
    plain = date.fromordinal(day._ordinal())
    later = add_months(plain, months)
    shorter = min(monthrange(each.year, each.month)[1] for each in (plain, later))
    if plain.day >= shorter:
        day._differs_tomorrow()
    else:
        day._flips_on(plain.replace(day=shorter).toordinal() + 1)
    return WatchedDay(later.year, later.month, later.day)._watched(
        day._ahead + (later - plain).days, day._notes
    )
