"""Copy of one's own record: what is in it, asking for it, and the download."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from isso.requests.records.access import log_read

from ..copies import ask_for_copy, newest_copy, offered_copy
from ..file_answer import file_answer
from ..left_out_of_copies import SENTENCES
from ..models import RecordCopy
from .access import with_record
from .before_arrival.tabs import tabs_for
from .throttle import too_many

A_DAY = {"limit": 3, "seconds": 86_400}


@require_http_methods(["GET", "HEAD", "POST"])
@with_record
def copy(request, record):
    """Say what a copy holds and offer the one there is; take the wish for a new one."""
    if request.method != "POST":
        return _page(request, record)
    newest = newest_copy(record)
    if newest is None or newest.stage != RecordCopy.Stage.TO_MAKE:
        if too_many("record-copy", str(record.pk), **A_DAY):
            messages.error(
                request,
                _("You have asked for %(number)d copies today. Ask for the next one tomorrow.")
                % {"number": A_DAY["limit"]},
            )
            return _page(request, record, status=429)
        ask_for_copy(record)
    return redirect("portal_copy")


def _page(request, record, status=200):
    newest = newest_copy(record)
    stage = newest.stage if newest else ""
    context = {
        "tab": "profile",
        "first_form": tabs_for(request.user, record),
        "is_being_made": stage == RecordCopy.Stage.TO_MAKE,
        "has_failed": stage == RecordCopy.Stage.FAILED,
        "offered": offered_copy(record),
        "address": request.user.email,
        "left_out": SENTENCES,
    }
    return render(request, "portal/copy.html", context, status=status)


@require_safe
@with_record
def copy_file(request, record):
    """Hand out the copy that is offered; each time is noted."""
    offered = offered_copy(record)
    if offered is None:
        messages.error(request, _("There is no copy to download. Make one below."))
        return redirect("portal_copy")
    log_read(request.user, "copy of a record", offered.pk, record=record, each_time=True)
    return file_answer(offered)
