"""The worker that stands still, absences without a cover, and what has to be read again."""

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.absence import away_today
from isso.home.calendar import moment
from isso.home.models import StaffMember
from isso.requests.people.roles import may_look_after_staff

from ..lifecycle import WITH_OFFICE
from ..models import RequestGuidePage, RequestPolicy, StudentRequest, WorkerRun
from ..scheduled import STANDS_STILL_AFTER
from .source import LATER, SOON, URGENT, Failure, Source


def worker(user, now):
    """Return the jobs that failed, and of those that are late the one that waits longest."""
    if not may_look_after_staff(user):
        return WorkerRun.objects.none()
    late = WorkerRun.objects.filter(due_at__lt=now - STANDS_STILL_AFTER).order_by("due_at", "pk")
    return WorkerRun.objects.filter(Q(pk__in=late.values("pk")[:1]) | ~Q(error=""))


def uncovered(user, now):
    """Return who is away, covered by nobody, while requests wait for this person."""
    if not may_look_after_staff(user):
        return StaffMember.objects.none()
    waiting = StudentRequest.objects.filter(
        assignee__email__iexact=OuterRef("email"), state__in=WITH_OFFICE
    )
    return away_today().filter(Exists(waiting), cover__isnull=True)


def policies(user, now):
    """Return the policies whose day of review has passed."""
    if not user.has_perm("requests.change_requestpolicy"):
        return RequestPolicy.objects.none()
    return RequestPolicy.objects.filter(review_by__lt=timezone.localdate(now))


def guides(user, now):
    """Return the public guides whose day of review has passed."""
    if not user.has_perm("requests.change_requestpolicy"):
        return RequestGuidePage.objects.none()
    return RequestGuidePage.objects.live().filter(review_by__lt=timezone.localdate(now))


def _tell_job(run):
    if run.error:
        return Failure(run.job, detail=_("It failed: %(error)s.") % {"error": run.error})
    return Failure(run.job, detail=_("It was due %(when)s.") % {"when": moment(run.due_at)})


def _tell_absence(person):
    until = person.away_until
    detail = _("Back after %(day)s.") % {"day": date_format(until, "F j")} if until else ""
    return Failure(person.name, detail=detail)


def _tell_policy(policy):
    url = reverse("wagtailsnippets_requests_requestpolicy:edit", args=[policy.pk])
    return Failure(str(policy), url)


def _tell_guide(page):
    return Failure(page.title, page.get_url() or "")


SOURCES = (
    Source(
        "worker",
        gettext_lazy("The worker is late or failed"),
        gettext_lazy("Tell whoever runs the server. Mails wait, nothing is lost."),
        URGENT,
        "due_at",
        worker,
        _tell_job,
    ),
    Source(
        "absences",
        gettext_lazy("Away, and nobody covers"),
        gettext_lazy("Let an editor enter a cover in the staff list, or assign the requests."),
        SOON,
        "away_from",
        uncovered,
        _tell_absence,
    ),
    Source(
        "policies",
        gettext_lazy("A policy is past its review"),
        gettext_lazy("Read it again and enter the next day of review."),
        LATER,
        "review_by",
        policies,
        _tell_policy,
    ),
    Source(
        "guides",
        gettext_lazy("A guide is past its review"),
        gettext_lazy("Ask an editor to read it again."),
        LATER,
        "review_by",
        guides,
        _tell_guide,
    ),
)
