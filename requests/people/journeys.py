"""Who is on the way to the campus sign-in and back: noted in the own browser's session, used once.

What comes back is believed only in the browser that went, within ten minutes, and only once.
"""

from dataclasses import asdict, dataclass
from typing import Self

from django.utils import timezone
from django.utils.crypto import constant_time_compare

NOTED = "campus_journeys"
SECONDS = 10 * 60
# Several tabs may be on the way at a time.
MOST = 5


@dataclass(frozen=True)
class Journey:
    """One way there and back."""

    state: str
    nonce: str
    verifier: str
    began: float
    next_url: str = ""
    # Why the campus account is to be bound to a person, if it is: by an invitation (its key and
    # link number), or because somebody who is signed in connects it (the person's key).
    invitation: tuple[int, int] | None = None
    connects: int | None = None

    @property
    def is_over(self):
        """Whether it took too long to be believed."""
        return timezone.now().timestamp() - self.began > SECONDS

    def note(self, request):
        """Remember it in this browser; of many, the oldest are forgotten."""
        request.session[NOTED] = [*_noted(request)[1 - MOST :], asdict(self)]

    @classmethod
    def take(cls, request, state) -> Self | None:
        """Return the journey that ends here, and forget it: its state opens nothing again."""
        noted = _noted(request)
        found = [each for each in noted if constant_time_compare(each["state"], state)]
        if not found:
            return None
        request.session[NOTED] = [each for each in noted if each not in found]
        journey = cls(**found[0])
        return None if journey.is_over else journey


def _noted(request):
    return request.session.get(NOTED, [])
