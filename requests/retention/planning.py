"""Announces what will be deleted or made anonymous, at least so many days before it happens."""

import logging
from datetime import timedelta
from itertools import islice

from django.db import DatabaseError, transaction
from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify
from isso.requests.people.models import User
from isso.requests.people.roles import Role

from ..models import RetentionEntry
from .days import days_in_force
from .kind import Cutoff
from .registry import planned_kinds

logger = logging.getLogger(__name__)

# How many days supervisors have to look at the plan.
NOTICE_DAYS = 14
AT_ONCE = 500


def plan(today=None):
    """Announce everything whose days are over by the end of the notice; returns how many.

    Any number of workers may do it at once: the database lets each object in only once.
    """
    today = today or timezone.localdate()
    days, planned = days_in_force(), 0
    for key, kind in planned_kinds().items():
        try:
            planned += _plan_kind(kind, days[key], today)
        except Exception as error:
            if isinstance(error, DatabaseError):
                raise
            # One kind that cannot be planned keeps no other from its turn.
            logger.exception("The retention of “%s” could not be planned.", key)
    tell_supervisors(today)
    return planned


def _plan_kind(kind, days, today):
    acts_on = today + timedelta(days=NOTICE_DAYS)
    announced = RetentionEntry.objects.planned().filter(kind=kind.key)
    ripe = (
        kind.ripe(Cutoff.after(days, acts_on))
        .exclude(pk__in=announced.values("object_id"))
        .exclude(pk__in=kind.subject.held())
    )
    before = announced.count()
    found = iter(kind.subject.found(ripe))
    while some := list(islice(found, AT_ONCE)):
        RetentionEntry.objects.bulk_create(
            [
                RetentionEntry(
                    kind=kind.key,
                    object_id=pk,
                    record_id=record,
                    reference=reference,
                    planned_on=today,
                    acts_on=acts_on,
                )
                for pk, record, reference in some
            ],
            ignore_conflicts=True,
        )
    return announced.count() - before


@transaction.atomic
def tell_supervisors(today):
    """Mail the supervisors what is new in the plan; nothing is done that nobody was told of."""
    readers = supervisors()
    if not readers:
        return
    # Of many workers at once, each tells of the entries that it marked itself.
    now = timezone.now()
    number = RetentionEntry.objects.planned().filter(told_at__isnull=True).update(told_at=now)
    if not number:
        return
    told = RetentionEntry.objects.planned().filter(told_at=now)
    acts_on = today + timedelta(days=NOTICE_DAYS)
    context = {"number": number, "acts_on": date_format(acts_on, "F j, Y")}
    newest = told.latest("pk").pk
    for user in readers:
        notify(
            "retention_plan",
            to=user.email,
            name=user.get_short_name(),
            dedupe=f"retention_plan:{user.pk}:{newest}",
            context=office_context() | context,
            links={"link": ["retention"]},
            audience="staff",
        )
    # Whoever is told late has the same days.
    told.filter(acts_on__lt=acts_on).update(acts_on=acts_on)


def supervisors():
    """Return the people who are told: supervisors, or administrators where there are none."""
    active = User.objects.filter(is_active=True).order_by("pk")
    found = list(active.filter(groups__name=Role.SUPERVISOR))
    return found or list(active.filter(is_superuser=True))
