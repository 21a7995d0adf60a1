"""Reads for lists: the student's own requests, and the desk's saved views."""

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .lifecycle import CLOSED, WITH_APPROVER, WITH_OFFICE, State
from .models import StudentRequest


def own_requests(record):
    """Return a person's requests, the newest first, ready to show, in one query."""
    return (
        StudentRequest.objects.personal(record)
        .select_related("student", "current_approval", "assignee")
        .order_by("-created_at")
    )


def needs_a_name(student_request):
    """Whether whoever asks has to name another approver; another office is the desk's to mend."""
    missing = student_request.state in WITH_APPROVER and student_request.approver_missing
    return missing and not student_request.office_asked


def waiting_for_student(requests):
    """Keep those that wait for the student, out of a list already read."""
    waiting = {State.CLARIFICATION, State.DRAFT}
    return [each for each in requests if each.state in waiting or needs_a_name(each)]


def desk_requests(user):
    """Return what this member of the office may work on, with all a row shows, in one query."""
    return StudentRequest.objects.visible_to(user).select_related(
        "student", "assignee", "current_approval"
    )


# Saved views of the queue: key → (title, condition for a user today).
VIEWS = {
    "mine": (
        _("Mine"),
        lambda user, today: Q(assignee=user, state__in=WITH_OFFICE),
    ),
    "unassigned": (
        _("Unassigned"),
        lambda user, today: Q(assignee__isnull=True, state__in=WITH_OFFICE),
    ),
    "late": (
        _("Late"),
        lambda user, today: Q(due_on__lt=today, state__in=WITH_OFFICE),
    ),
    "second": (
        _("Waiting for a second person"),
        # Whoever approved first cannot be the second.
        lambda user, today: Q(approved_first_by__isnull=False) & ~Q(approved_first_by=user),
    ),
    "waiting": (
        _("Waiting for others"),
        lambda user, today: Q(state__in=[State.CLARIFICATION, State.APPROVER_REVIEW]),
    ),
    "all": (_("All open"), lambda user, today: ~Q(state__in=CLOSED)),
    "closed": (_("Closed"), lambda user, today: Q(state__in=CLOSED)),
}


def in_view(requests, key, user, today=None):
    """Keep the requests of one saved view; raises KeyError for an unknown one."""
    _title, condition = VIEWS[key]
    return requests.filter(condition(user, today or timezone.localdate()))


def view_counts(user, today=None):
    """Return how many requests each saved view holds, in one query."""
    today = today or timezone.localdate()
    return desk_requests(user).aggregate(
        **{
            key: Count("pk", filter=condition(user, today))
            for key, (_title, condition) in VIEWS.items()
        }
    )
