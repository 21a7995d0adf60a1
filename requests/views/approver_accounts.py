"""The same questions for colleagues of another office who have an account: no link, no code.

Only what waits for an office of theirs exists for them, and only while they hold its role.
"""

from functools import wraps

from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from isso.requests.notices.link_pages import private
from isso.requests.notices.tokens import LinkProblem

from ..perform import NotAllowed, NotPossible
from ..waiting_offices import waiting_for_offices_of
from .access import refuse, signed_in
from .approver import decision_page, document_answer
from .approver_words import PROBLEMS


def waiting_for_my_office(view):
    """Open a page to a colleague of the office that is asked; ``view`` gets the approval."""

    @signed_in
    @wraps(view)
    def guarded(request, pk, **kwargs):
        approval = waiting_for_offices_of(request.user).filter(pk=pk).first()
        if approval is None:
            refuse(request.user, "approval", pk)
        try:
            response = view(request, approval, **kwargs)
        except LinkProblem:
            refuse(request.user, "approval document", pk)
        except (NotAllowed, NotPossible):
            response = _too_late(request)
        return private(response)

    return guarded


def _too_late(request):
    """A colleague was faster, or the request moved on while the page was open."""
    status, title, sentence = PROBLEMS["ended"]
    context = {"title": title, "sentence": sentence}
    return render(request, "portal/approval/dead_link.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@waiting_for_my_office
def office_approval(request, approval):
    """Show what is asked of an office, and take its decision."""
    return decision_page(request, approval, request.user)


@require_safe
@waiting_for_my_office
def office_document(request, approval, document_id):
    """Hand out one file that is shown in this step."""
    return document_answer(request, approval, document_id, request.user)
