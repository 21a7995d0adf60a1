"""The worker that stands still, and what has to be read again."""

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.calendar import moment
from isso.requests.people.roles import may_look_after_staff

from ..models import RequestGuidePage, RequestPolicy, WorkerRun
from ..scheduled import STANDS_STILL_AFTER
from .source import LATER, URGENT, Failure, Source


def worker(user, now):
    """Return the jobs that failed, and of those that are late the one that waits longest."""
    if not may_look_after_staff(user):
        return WorkerRun.objects.none()
    late = WorkerRun.objects.filter(due_at__lt=now - STANDS_STILL_AFTER).order_by("due_at", "pk")
    return WorkerRun.objects.filter(Q(pk__in=late.values("pk")[:1]) | ~Q(error=""))


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
