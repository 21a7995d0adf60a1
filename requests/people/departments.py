"""Letting a person follow the scholars of departments, and ending it: the only way to do either.

The role says until which day (role_terms.py), the memberships say of which departments; without
either nobody sees a scholar. Whoever holds the role sees nothing of students, ever.
"""

from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone

from .holders import holders_of
from .models import DepartmentMembership, User
from .role_terms import give_role, take_role
from .roles import Role


def departments_of(user) -> list[str]:
    """Return the departments for which this user acts today: none without the running role."""
    if not user.is_active or Role.DEPARTMENT not in user.roles:
        return []
    return user.followed_departments


def name_as_held(name):
    """Return a department's name as one of its people holds it, or as it was typed."""
    held = DepartmentMembership.objects.running().filter(department__iexact=name.strip())
    return held.values_list("department", flat=True).first() or name.strip()


def members_of(name):
    """Return the users who act for a department today, in the order of their addresses."""
    memberships = DepartmentMembership.objects.running().filter(department__iexact=name)
    return holders_of(Role.DEPARTMENT).filter(pk__in=memberships.values("user"))


@transaction.atomic
def give_departments(user: User, names, *, last_day=None, by: User | None, reason: str):
    """Add departments to those of a person; the last day counts for all of them from now on.

    Raises ValidationError on a past day, as ``give_role`` does.
    """
    group, _is_new = Group.objects.get_or_create(name=Role.DEPARTMENT)
    # It locks the person, so that two who give at once make no membership twice.
    give_role(user, group, last_day=last_day, by=by, reason=reason)
    held = {each.department.lower() for each in user.departments.running()}
    for name in names:
        if name.lower() not in held:
            held.add(name.lower())
            user.departments.create(department=name, created_by=by)


@transaction.atomic
def end_membership(membership: DepartmentMembership, *, by: User):
    """End one department of a person from the next request on; with the last one goes the role."""
    user = User.objects.select_for_update().get(pk=membership.user_id)
    running = DepartmentMembership.objects.running().filter(user=user)
    ended = running.filter(pk=membership.pk).update(ended_at=timezone.now(), ended_by=by)
    if ended and not running.exists():
        group = Group.objects.get(name=Role.DEPARTMENT)
        take_role(user, group, by=by, reason=membership.department)
