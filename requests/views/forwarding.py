"""Forward to a colleague: the person asked names another one behind the same kind of link."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from isso.requests.notices.tokens import LinkProblem

from ..actor import Actor
from ..answers import situation_of
from ..perform import perform
from ..type_forms.approver import approver_email, approver_name, choose_from_directory
from .approver import TRIES, behind_link, is_student
from .throttle import too_many


class ForwardForm(forms.Form):
    """Who decides instead."""

    approver_name = approver_name(_("Name of your colleague"))
    approver_email = approver_email()

    def __init__(self, *args, situation, **kwargs):
        super().__init__(*args, **kwargs)
        if situation.approvers is not None:
            choose_from_directory(self, situation.approvers, "approver_name", "approver_email")


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link
def forward(request, approval):
    """Ask for the colleague (GET), or hand the question on (POST)."""
    if approval.office:
        # Nobody outside an office decides for it.
        raise LinkProblem("invalid")
    situation = situation_of(approval.student_request)
    if request.method != "POST":
        return _page(request, approval, ForwardForm(situation=situation))
    if is_student(request.user):
        return render(request, "portal/approval/not_yours.html", status=403)
    if too_many("approval", str(approval.pk), **TRIES):
        return render(request, "portal/approval/too_often.html", status=429)
    form = ForwardForm(request.POST, situation=situation)
    if not form.is_valid():
        return _page(request, approval, form, status=422)
    try:
        done = perform(
            approval.student_request,
            "forward",
            Actor.for_approval(approval),
            name=form.cleaned_data.get("approver_name", ""),
            email=form.cleaned_data["approver_email"],
        )
    except ValidationError as error:
        form.add_error(None, error)
        return _page(request, approval, form, status=422)
    thanks = _("%(name)s has the request now, and the student has been told.")
    context = {"approval": approval, "thanks": thanks % {"name": done.current_approval.name}}
    return render(request, "portal/approval/thanks.html", context)


def _page(request, approval, form, status=200):
    context = {
        "approval": approval,
        "student_request": approval.student_request,
        "form": form,
    }
    return render(request, "portal/approval/forward.html", context, status=status)
