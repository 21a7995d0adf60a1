"""Who advises whom: by department, else by the letters of the family name, else the catch-all.

The desk hands out requests by the same rule (requests/assignment.py), so that the public page and
the portal never name different people. Where the portal keeps caseloads it registers them in
``AppConfig.ready()``; without any, the letters and departments of the staff list count.
"""

import unicodedata
from collections.abc import Callable, Iterable
from itertools import takewhile
from typing import Protocol

# Letters that Unicode does not take apart into a letter and an accent.
_LETTERS = str.maketrans(
    {"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D"}
    | {"æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "þ": "th", "Þ": "TH", "ħ": "h", "Ħ": "H"}
)
# A one-letter name is filed before all others of its letter.
LONGEST_RANGE = 3


class Share(Protocol):
    """What one advisor looks after; whoever keeps the shares names the advisor by address."""

    email: str
    letters_from: str
    letters_to: str
    departments: str
    is_catch_all: bool


Provider = Callable[[], Iterable[Share]]
_providers: list[Provider] = []


def register_shares(provider: Provider) -> None:
    """Let a room above say who takes whom."""
    if provider not in _providers:
        _providers.append(provider)


def known_shares() -> list[Share]:
    """Collect the shares of the rooms above; empty when none keeps any."""
    return [share for provider in _providers for share in provider()]


def filed_under(family_name: str) -> str:
    """Return the letters A to Z a family name is filed under, or "" when it has none.

    Accents do not count (Östlund under O), particles do (de la Cruz under D), and names in other
    scripts have no letter: in the passport they stand in Latin letters, too.
    """
    plain = unicodedata.normalize("NFKD", family_name.translate(_LETTERS)).upper()
    letters = (char for char in plain if char.isalpha())
    return "".join(takewhile(lambda char: "A" <= char <= "Z", letters))


def listed(departments: str) -> list[str]:
    """Take departments apart that are written with commas or on lines of their own."""
    parts = departments.replace("\n", ",").split(",")
    return [name for part in parts if (name := " ".join(part.split()))]


def letters_of(share: Share) -> str:
    """Write a range as people say it: “A-K”, “Aa-Al”, or one letter."""
    return "-".join(dict.fromkeys(filter(None, (share.letters_from, share.letters_to))))


def shares_for(shares: Iterable[Share], family_name: str = "", department: str = "") -> list[Share]:
    """List the shares somebody belongs to, the one whose advisor takes the requests first."""
    shares = list(shares)
    wanted, name = _folded(department), filed_under(family_name)
    return (
        [share for share in shares if wanted and wanted in map(_folded, listed(share.departments))]
        or [share for share in shares if name and _spans(share, name)]
        or [share for share in shares if share.is_catch_all]
    )


def on_duty(person, people, today):
    """Follow the covers of whoever is away to somebody who is here, or return None."""
    by_key, asked = {each.pk: each for each in people}, set()
    while person and person.is_away(today) and person.pk not in asked:
        asked.add(person.pk)
        person = by_key.get(person.cover_id)
    return person if person and not person.is_away(today) else None


def _folded(text):
    return " ".join(text.split()).casefold()


def _spans(share, name):
    first, last = share.letters_from.upper(), (share.letters_to or share.letters_from).upper()
    name = name.ljust(LONGEST_RANGE, "A")
    return bool(first) and name[: len(first)] >= first and name[: len(last)] <= last
