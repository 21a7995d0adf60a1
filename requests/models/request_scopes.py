"""Whose requests are whose: the only way from an id in an address to a request."""

from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q

from isso.requests.people.departments import departments_of

from ..actor import Actor
from ..lifecycle import CLOSED, OPEN, CloseReason

PERSONAL = Q(department="")


def member_of(user, prefix=""):
    """Return the condition that a department of this user asks, or None for whoever has none."""
    named = [Q(**{f"{prefix}department__iexact": name}) for name in departments_of(user)]
    return reduce(or_, named) if named else None


def of_departments(user, prefix=""):
    """Return the condition that this user may go on with a department's request, or None.

    A member of the office has those he entered for a department that could not.
    """
    condition = member_of(user, prefix)
    if Actor.for_student(user).enters_for_departments:
        entered = Q(**{f"{prefix}started_by": user, f"{prefix}department__gt": ""})
        condition = condition | entered if condition else entered
    return condition


class StudentRequestQuerySet(models.QuerySet):
    """Reads of requests by who may read them."""

    def visible_to(self, user):
        """Return what this user may see: a student's own, the whole office's for its staff.

        Staff never see drafts; a discarded draft is hidden from everybody.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if Actor.for_user(user).is_staff:
            # Nobody reads what colleagues note about oneself: one's own is seen as a student.
            sent = self.in_the_office()
            if user.record_key:
                sent = sent.exclude(student=user.record_key)
            mine = member_of(user)
            return sent.exclude(mine) if mine else sent
        return self.own(user)

    def own(self, user):
        """Return what is this user's own: asked for himself, or by a department of his today.

        What a department asks is never the scholar's, and no longer that of whoever left it.
        """
        if not user.is_authenticated or not user.is_active:
            return self.none()
        own = Q(PERSONAL, student__user=user)
        if theirs := of_departments(user):
            own |= theirs & (Q(student__user__isnull=True) | ~Q(student__user=user))
        return self.filter(own).exclude(close_reason=CloseReason.DISCARDED)

    def personal(self, record):
        """Return what the person of a record asked for; nothing that a department asks of him."""
        return self.filter(PERSONAL, student=record).exclude(close_reason=CloseReason.DISCARDED)

    def in_the_office(self):
        """Return what has been sent at least once."""
        # Not by what it may be: SQLite would seek that, and read what a view names in each row.
        return self.exclude(queue="")

    def open(self):
        """Return requests that have not ended."""
        return self.filter(state__in=OPEN)

    def closed(self):
        """Return requests that have ended."""
        return self.filter(state__in=CLOSED)

    def open_for(self, student, type_key, department=""):
        """Return the open requests of one type by this person or department, the newest first."""
        asked = self.open().filter(student=student, type_key=type_key)
        return asked.filter(department__iexact=department).order_by("-created_at")
