"""Who may open a page of the portal: signed in, with a record, and only what is one's own.

What is somebody else's and what does not exist look the same: 404, and the attempt is noted.
"""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from isso.requests.people.roles import Role, may_enter_admin
from isso.requests.records.access import log_read
from isso.requests.records.models import StudentRecord

from ..before_arrival import is_before_arrival
from ..models import StudentRequest
from ..perform import NotAllowed, NotPossible
from ..unreached import is_unreached
from ..waiting_offices import offices_of


def signed_in(view):
    """Send who is not signed in to sign-in and back; let nobody keep a copy of the page."""

    @never_cache
    @wraps(view)
    def guarded(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return redirect_to_login(_way_back(request, kwargs))
        return view(request, *args, **kwargs)

    return guarded


def _way_back(request, kwargs):
    """Return where to go after signing in: what was posted is gone, its request is not."""
    if request.method in ("GET", "HEAD"):
        return request.get_full_path()
    if "reference" in kwargs:
        return reverse("portal_request", args=[kwargs["reference"]])
    return reverse("portal_requests")


def with_record(view):
    """Open a page of the portal to people who have a record; ``view`` gets it."""

    @signed_in
    @wraps(view)
    def guarded(request, *args, **kwargs):
        record = (
            StudentRecord.objects.select_related("advisor", "general_thread")
            .filter(user_id=request.user.pk)
            .first()
        )
        if record is None:
            return _no_record(request)
        record.user = request.user
        return view(request, record, *args, **kwargs)

    return guarded


def once_here(view):
    """Open a page of the portal to people who have arrived; the others have their own Home."""

    @with_record
    @wraps(view)
    def guarded(request, record, *args, **kwargs):
        if is_before_arrival(record):
            return redirect("portal_welcome")
        return view(request, record, *args, **kwargs)

    return guarded


def _no_record(request):
    """Say kindly where the place of staff is, and what everybody else can do."""
    is_department = Role.DEPARTMENT in request.user.roles
    if is_department and request.resolver_match.view_name == "portal_welcome":
        return redirect("portal_department")
    context = {
        "is_of_office": bool(offices_of(request.user)),
        "may_enter_admin": may_enter_admin(request.user),
        "is_department": is_department,
    }
    return render(request, "portal/no_record.html", context, status=403)


def own_request(view):
    """Open a page about one of a person's own requests; ``view`` gets the request.

    What the core refuses comes back as 404, or as its sentence on the status page.
    """

    @signed_in
    @wraps(view)
    def guarded(request, reference, **kwargs):
        student_request = find_own(request.user, reference)
        if student_request is None:
            refuse(request.user, "request", reference)
        if student_request.department:
            # It tells of somebody else, and whoever reads that is noted.
            read = student_request.student_id
            log_read(request.user, "request of a department", reference, record=read)
        try:
            return view(request, student_request, **kwargs)
        except NotAllowed:
            refuse(request.user, "request", reference)
        except NotPossible as problem:
            messages.error(request, str(problem))
            return redirect("portal_request", reference=reference)

    return guarded


def find_own(user, reference):
    """Return a person's own request with what its pages show, or None."""
    return (
        StudentRequest.objects.own(user)
        .filter(reference=reference)
        .select_related("student__user", "student__advisor", "assignee", "current_approval")
        .annotate(approver_unreached=is_unreached())
        .first()
    )


def refuse(user, what, object_id):
    """Note the attempt and answer as if there were nothing."""
    log_read(user, what, object_id, allowed=False)
    raise Http404
