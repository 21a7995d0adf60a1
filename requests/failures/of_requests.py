"""Requests that wait for nobody, or for somebody who does not answer."""

from datetime import timedelta

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.hours import office_calendar
from isso.requests.people.roles import may_look_after_staff

from ..clock import REMINDER_DAYS
from ..lifecycle import WITH_APPROVER, WITH_OFFICE
from ..models import Approval, StudentRequest
from .source import SOON, URGENT, Failure, Source

UNASSIGNED_AFTER = timedelta(hours=1)


def unassigned(user, now):
    """Return what has waited for an advisor for an hour in which the office was open."""
    return waiting_for_nobody(now).filter(
        pk__in=StudentRequest.objects.visible_to(user).values("pk")
    )


def waiting_for_nobody(now):
    """Return the requests with the office that nobody answers for, for an hour of its opening."""
    nobody = Q(assignee__isnull=True) | Q(assignee__is_active=False)
    since = office_calendar().open_since(now, UNASSIGNED_AFTER)
    return StudentRequest.objects.filter(nobody, state__in=WITH_OFFICE, state_since__lte=since)


def unanswered(user, now):
    """Return what waits for an approver who got the last reminder, or for one to be named."""
    last = now - timedelta(days=2)
    silent = Q(
        current_approval__outcome=Approval.Outcome.WAITING,
        current_approval__reminders_sent__gte=len(REMINDER_DAYS),
        current_approval__reminded_at__lt=last,
    )
    return (
        StudentRequest.objects.visible_to(user)
        .filter(Q(approver_missing=True) | silent, state__in=WITH_APPROVER)
        .filter(of_advisor(user))
    )


def of_advisor(user, prefix=""):
    """Return the condition that something is this advisor's or nobody's; all for a supervisor."""
    if may_look_after_staff(user):
        return Q()
    return Q(**{f"{prefix}assignee": user}) | Q(**{f"{prefix}assignee__isnull": True})


def _tell(student_request):
    return Failure(
        f"{student_request.student.full_name}: {student_request}",
        reverse("desk_case", args=[student_request.pk]),
        _detail(student_request),
        student_request.student_id,
    )


def _detail(student_request):
    approval = student_request.current_approval
    if student_request.state not in WITH_APPROVER:
        left = student_request.assignee
        return _("%(name)s has left the office.") % {"name": left} if left else ""
    if student_request.approver_missing or approval is None:
        return _("Nobody is asked at the moment.")
    return _("%(name)s was last reminded on %(day)s.") % {
        "name": approval.name,
        "day": date_format(timezone.localtime(approval.reminded_at), "F j"),
    }


SOURCES = (
    Source(
        "unassigned",
        gettext_lazy("Nobody answers for it"),
        gettext_lazy("Assign it; add a catch-all to the caseloads if this comes again."),
        URGENT,
        "state_since",
        unassigned,
        _tell,
        ("student", "assignee", "current_approval"),
    ),
    Source(
        "approvals",
        gettext_lazy("No answer from the approver"),
        gettext_lazy(
            "Correct the approver, remind, or let a supervisor go on without the approver."
        ),
        SOON,
        "state_since",
        unanswered,
        _tell,
        ("student", "assignee", "current_approval"),
    ),
)
