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
    today = timezone.localdate()
    same_person = StaffMember.objects.filter(email__iexact=OuterRef(email_path))
    not_back = Q(away_until__isnull=True) | Q(away_until__gte=today)
    return Exists(same_person.filter(not_back, away_from__lte=today))
