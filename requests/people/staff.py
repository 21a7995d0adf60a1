"""Who works for the office or with it: reads for the staff pages; students are never among them."""

from dataclasses import dataclass
from datetime import date, timedelta

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.utils import timezone

from .models import OF_STAFF, AccountChange, Invitation, RoleTerm, User
from .roles import (
    ADMINISTRATOR,
    PARTNER_ROLES,
    SECTION_EDITOR,
    STAFF_ROLES,
    Role,
    may_look_after_staff,
    role_label,
)

SOON = timedelta(days=30)
WORKING = STAFF_ROLES | PARTNER_ROLES


def roles_of_staff(name: str) -> Q:
    """Return the condition under which a column with a role's name means somebody who works."""
    return Q(**{f"{name}__in": WORKING}) | Q(**{f"{name}__startswith": SECTION_EDITOR})


def staff_visible_to(user):
    """Return the people this user looks after or sees: who works here, or did, or is invited to."""
    if not may_look_after_staff(user):
        return User.objects.none()
    person = OuterRef("pk")
    roles = User.groups.through.objects.filter(roles_of_staff("group__name"), user=person)
    held = AccountChange.objects.filter(roles_of_staff("role") | Q(role=ADMINISTRATOR), user=person)
    invited = Invitation.objects.filter(user=person, purpose__in=OF_STAFF)
    return User.objects.filter(
        Q(is_superuser=True) | Exists(roles) | Exists(held) | Exists(invited)
    ).order_by("full_name", "email")


def with_access(people):
    """Read along how each gets in, and the roles with their last days."""
    terms = RoleTerm.objects.running().select_related("given_by")
    factor = Authenticator.objects.filter(user=OuterRef("pk"), type=Authenticator.Type.TOTP)
    return people.annotate(has_second_factor=Exists(factor)).prefetch_related(
        Prefetch("groups", Group.objects.order_by("name")),
        Prefetch("role_terms", terms, to_attr="running_terms"),
    )


@dataclass(frozen=True)
class Holding:
    """One role that somebody holds today."""

    person: User
    role: str
    term: RoleTerm | None = None

    @property
    def label(self) -> str:
        """The role as it is called on screen."""
        return role_label(self.role)

    @property
    def last_day(self) -> date | None:
        """The last day, where it has one."""
        return self.term.last_day if self.term else None

    @property
    def ends_soon(self) -> bool:
        """Whether it ends within 30 days."""
        return self.last_day is not None and self.last_day <= timezone.localdate() + SOON


def holdings(person) -> list[Holding]:
    """Return the roles of a person who was read ``with_access``; that of a student is left out."""
    today = timezone.localdate()
    terms = {term.group_id: term for term in person.running_terms}
    held = [Holding(person, ADMINISTRATOR)] if person.is_superuser else []
    for group in person.groups.all():
        if group.name in (Role.STUDENT, Role.SCHOLAR):
            continue
        holding = Holding(person, group.name, terms.get(group.pk))
        if holding.last_day is None or holding.last_day >= today:
            held.append(holding)
    return held


def all_holdings(user) -> list[Holding]:
    """Return who holds which role, of open accounts: what ends soon, then by role and name."""
    people = with_access(staff_visible_to(user).filter(is_active=True))
    held = [holding for person in people for holding in holdings(person)]
    return sorted(
        held,
        key=lambda each: (
            (0, each.last_day.isoformat()) if each.ends_soon else (1, each.label),
            each.person.full_name,
        ),
    )
