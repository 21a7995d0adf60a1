"""Who advises whom: by the first rule that fits, at the end by the catch-all.

Rules go by the place the office gives them; in the same place those about a type of request come
first, then departments, then the letters of the family name. The desk hands out requests by the
same rules (requests/assignment.py), so that the public page and the portal never name different
people. Where the portal keeps caseloads it registers them in ``AppConfig.ready()``; without any,
the letters and departments of the staff list count.
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
    # Small places come first.
    place: int
    # The request types it is for; empty for whatever somebody asks.
    type_keys: list[str]
    # Whether letters and departments have to fit both, or either is enough.
    needs_all: bool


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


def shares_for(
    shares: Iterable[Share], family_name: str = "", department: str = "", type_key: str = ""
) -> list[Share]:
    """List the shares that come first for somebody; the first one's advisor takes the request.

    Several stand in the same place only where the office has put them there. Without a type they
    are those of the person, whatever is asked.
    """
    wanted, name = _folded(department), filed_under(family_name)
    by_rank = {}
    for share in shares:
        rank = _rank(share, name, wanted, type_key)
        if rank is not None:
            by_rank.setdefault(rank, []).append(share)
    return by_rank[min(by_rank)] if by_rank else []


def _rank(share, name, wanted, type_key):
    """Return where a share comes among those that fit, or None when it does not."""
    if share.type_keys and type_key not in share.type_keys:
        return None
    departments = [_folded(each) for each in listed(share.departments)]
    has_department, has_letter = wanted in departments, bool(name) and _spans(share, name)
    asked = [(departments, has_department), (share.letters_from, has_letter)]
    met = [is_met for is_asked, is_met in asked if is_asked]
    if not met:
        fits = bool(share.type_keys) and not share.is_catch_all
    else:
        fits = all(met) if share.needs_all else any(met)
    if fits:
        by_letter = has_letter or not share.needs_all
        return (0, share.place, not share.type_keys, not has_department, not by_letter)
    return (1, share.place, not share.type_keys) if share.is_catch_all else None


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
