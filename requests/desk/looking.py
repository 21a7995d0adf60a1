"""What an open case page asks once a minute: who else has it open, and whether it changed."""

from django.http import Http404
from django.shortcuts import render
from django.views import View

from isso.requests.records.access import log_read

from ..models import StudentRequest
from .access import OfficeAccess
from .presence import others_looking


class StillLooking(OfficeAccess, View):
    """Says that a page is still open; nothing of the case is shown, so no reading is noted."""

    http_method_names = ["post"]

    def post(self, request, pk):
        """Answer with the lines to show above the case."""
        found = StudentRequest.objects.visible_to(request.user).filter(pk=pk)
        case = found.values("pk", "version", "last_message_at").first()
        if case is None:
            log_read(request.user, "case", pk, allowed=False)
            raise Http404
        now = mark_of(case["version"], case["last_message_at"])
        context = {
            "others": others_looking(pk, request.user),
            "is_changed": request.POST.get("seen", now) != now,
            "pk": pk,
        }
        return render(request, "desk/looking.html", context)


def mark_of(version, last_message_at):
    """Return what tells one moment of a case from a later one: its last change and message."""
    return f"{version}-{last_message_at.timestamp() if last_message_at else 0}"
