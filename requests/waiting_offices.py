"""What waits for the offices in which somebody works, by account."""

from django.db.models import F, Q

from isso.requests.people.roles import Role

from .lifecycle import WITH_APPROVER
from .models import Approval
from .models.request_scopes import of_departments

OFFICES = frozenset({Role.COMPLIANCE, Role.HR})


def offices_of(user):
    """Return the roles of other offices that this user holds today."""
    return OFFICES & user.roles if user.is_authenticated and user.is_active else frozenset()


def waiting():
    """Return the approvals that are waited for now, in every step, the oldest first."""
    return (
        Approval.objects.filter(
            outcome=Approval.Outcome.WAITING,
            student_request__state__in=WITH_APPROVER,
            student_request__current_approval=F("pk"),
            student_request__revision=F("revision"),
        )
        .select_related("student_request__student__user")
        .order_by("asked_at", "pk")
    )


def waiting_for_offices_of(user):
    """Return what waits for this user's offices; nothing about himself or of his departments."""
    offices = offices_of(user)
    if not offices:
        return Approval.objects.none()
    about_him = Q(student_request__student__user=user)
    own = of_departments(user, "student_request__")
    return waiting().filter(office__in=offices).exclude(about_him | own if own else about_him)
