"""Giving and taking roles: the only way, so that the history names who did it, when and why.

A role ends with its last day in the office's time zone. Whoever signs in or goes on after midnight
loses it before anything is asked of him (backends.py), so that Wagtail, which reads groups by
itself, never sees a role that has run out; the worker does the same for all others.
"""

import logging
from datetime import timedelta

from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from .models import AccountAct, AccountChange, RoleTerm, User
from .roles import Role, role_label

logger = logging.getLogger(__name__)

WARNED_BEFORE = timedelta(days=14)


@transaction.atomic
def give_role(user: User, group: Group, *, last_day=None, by: User | None, reason: str) -> RoleTerm:
    """Give a role, or another last day to one that is held; raises ValidationError on a past day.

    Without ``last_day`` the role has no end. A term that was running ends in the history.
    """
    if last_day is not None and last_day < timezone.localdate():
        raise ValidationError({"last_day": _("Enter today or a later day as the last day.")})
    user = User.objects.select_for_update().get(pk=user.pk)
    _end(RoleTerm.objects.running().filter(user=user, group=group), by=by, reason=reason)
    user.groups.add(group)
    AccountChange.objects.create(
        user=user,
        act=AccountAct.GIVE_ROLE,
        role=group.name,
        last_day=last_day,
        by=by,
        reason=reason,
    )
    return RoleTerm.objects.create(
        user=user, group=group, role=group.name, last_day=last_day, given_by=by, reason=reason
    )


@transaction.atomic
def take_role(user: User, group: Group, *, by: User | None, reason: str):
    """Take a role; its holder has no power from the next request on."""
    user = User.objects.select_for_update().get(pk=user.pk)
    _end(RoleTerm.objects.running().filter(user=user, group=group), by=by, reason=reason)
    user.groups.remove(group)
    AccountChange.objects.create(
        user=user, act=AccountAct.TAKE_ROLE, role=group.name, by=by, reason=reason
    )


@transaction.atomic
def end_run_out(user: User | None = None) -> int:
    """Take the roles whose last day has passed, of one person or of all; return how many."""
    terms = RoleTerm.objects.run_out().select_related("user")
    if user is not None:
        terms = terms.filter(user=user)
    ended = list(terms.select_for_update(of=("self",)))
    for term in ended:
        if term.group_id:
            term.user.groups.remove(term.group_id)
        logger.info("Role %s of user %s has run out.", term.role, term.user_id)
    _end(RoleTerm.objects.filter(pk__in=[term.pk for term in ended]), by=None, reason="")
    AccountChange.objects.bulk_create(
        AccountChange(
            user=term.user, act=AccountAct.ROLE_ENDED, role=term.role, last_day=term.last_day
        )
        for term in ended
    )
    return len(ended)


def warn_of_ends() -> int:
    """Tell holders and supervisors, once, that a role ends within two weeks; return how many."""
    today = timezone.localdate()
    soon = RoleTerm.objects.running().filter(
        last_day__range=(today, today + WARNED_BEFORE), user__is_active=True
    )
    supervisors = list(User.objects.filter(groups__name=Role.SUPERVISOR, is_active=True))
    terms = list(soon.select_related("user"))
    for term in terms:
        for person in {term.user, *supervisors}:
            _warn(term, person)
    return len(terms)


def _warn(term, person):
    notify(
        "role_ends",
        to=person.email,
        name=person.get_short_name(),
        dedupe=f"role_ends:{term.pk}:{person.pk}",
        context=office_context()
        | {
            "name": person.get_short_name(),
            "is_holder": person == term.user,
            "holder": term.user.get_full_name(),
            "role": role_label(term.role),
            "last_day": date_format(term.last_day, "F j, Y"),
        },
        audience="staff",
    )


def _end(terms, *, by, reason):
    terms.update(ended_at=timezone.now(), ended_by=by, end_reason=reason)
