"""Who stands in for a member of the office today, for rooms that know people by their address."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from .advisors import on_duty
from .models import StaffMember


def cover_for(email: str) -> str:
    """Return the address of whoever does this person's work today, usually his own."""
    people = list(StaffMember.objects.exclude(email=""))
    person = next((each for each in people if each.email.casefold() == email.casefold()), None)
    covering = on_duty(person, people, timezone.localdate())
    return covering.email if covering else email


def is_away_today(email_path: str) -> Exists:
    """Return whether the person with the address at this path of a query is away today.

    It is read along with a list of people, most of whom are here and need no cover.
    """
    return Exists(away_today().filter(email__iexact=OuterRef(email_path)))


def away_today():
    """Return the members of the office who are away today."""
    return StaffMember.objects.filter(_is_away())


# Of covers who are away themselves so many are followed in a query.
FOLLOWED = 3


def is_covered_today(email_path: str, cover_email: str) -> Exists:
    """Return whether the person with the address at this path is away, and this one covers today.

    A cover who is away, too, passes it on to his own.
    """
    same_person = away_today().filter(email__iexact=OuterRef(email_path))
    return Exists(same_person.filter(_ends_at(cover_email)).exclude(email__iexact=cover_email))


def covers_today(email_path: str) -> Exists:
    """Return whether the person with the address at this path does the work of one who is away."""
    return Exists(away_today().filter(_ends_at(OuterRef(email_path))))


def _ends_at(cover_email):
    """Return the condition that one of the first covers is this one, all before being away."""
    covered, path, all_away = Q(), "", Q()
    for _step in range(FOLLOWED):
        path += "cover__"
        covered |= all_away & Q(**{f"{path}email__iexact": cover_email})
        all_away &= _is_away(path)
    return covered


def _is_away(prefix=""):
    today = timezone.localdate()
    not_back = Q(**{f"{prefix}away_until__isnull": True}) | Q(**{f"{prefix}away_until__gte": today})
    return not_back & Q(**{f"{prefix}away_from__lte": today})
