"""What a student may do to a request of his own, beyond sending it."""

from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from ..actor import Actor
from ..answers import situation_of
from ..form_fields import long_text
from ..perform import NotAllowed, NotPossible, actions_for, perform
from ..type_forms.approver import approver_email, approver_name, choose_from_directory
from .access import own_request
from .before_arrival.tabs import tabs_for
from .journey import list_of
from .throttle import too_many

# Nobody may use the office to write to strangers.
NAMED = {"limit": 6, "seconds": 3600}
NAMED_TOO_OFTEN = _("You have named many people in a short time. Try again in one hour.")


class ConfirmForm(forms.Form):
    """Nothing but a second press of the button."""


class WithdrawForm(forms.Form):
    """Why a request is taken back, if the person likes to say."""

    note = long_text(_("Why do you withdraw it?"), 1000, required=False)


class ApproverForm(forms.Form):
    """Who is to be asked instead."""

    approver_name = approver_name()
    approver_email = approver_email()

    def __init__(self, *args, situation, **kwargs):
        super().__init__(*args, **kwargs)
        if situation.approvers is not None:
            choose_from_directory(self, situation.approvers, "approver_name", "approver_email")

    def data_for_action(self):
        """Return what the action calls these answers."""
        return {
            "name": self.cleaned_data.get("approver_name", ""),
            "email": self.cleaned_data["approver_email"],
        }


@dataclass(frozen=True)
class Choice:
    """One action as a student meets it: the button, what it means, and what was done."""

    button: Any
    done: Any
    explanation: Any = ""
    form: type[forms.Form] | None = None
    tone: str = "secondary"
    goes_to: str = "portal_request"


# Nothing else can be reached through the address /do/<action>/.
CHOICES = {
    "replace_approver": Choice(
        _("Ask another academic/program advisor"),
        _("We have asked this person. The earlier link no longer works."),
        _("We send a new link to the person you name here. The earlier link stops working."),
        ApproverForm,
    ),
    "remind": Choice(
        _("Send a polite reminder"),
        _("The reminder is on its way. It holds a new link; the earlier one stops working."),
    ),
    "withdraw": Choice(
        _("Withdraw this request"),
        _("Your request is withdrawn."),
        _("We stop working on it. This cannot be undone, but you may start a new request."),
        WithdrawForm,
        "danger",
    ),
    "discard": Choice(
        _("Discard this draft"),
        _("The draft is gone."),
        _("Your answers and files go away. This cannot be undone."),
        ConfirmForm,
        "danger",
        "portal_requests",
    ),
}


# Whom a department names is nobody's academic advisor.
CHOICES_OF_DEPARTMENTS = CHOICES | {
    "replace_approver": replace(CHOICES["replace_approver"], button=_("Ask another person"))
}


def choices_for(student_request, actor):
    """Return (name, Choice) of what this student may do now."""
    possible = {name for name, _action in actions_for(student_request, actor)}
    if student_request.current_approval_id is None:
        possible.discard("remind")
    if "discard" in possible:
        # A draft nobody has seen is thrown away, not withdrawn.
        possible.discard("withdraw")
    choices = CHOICES_OF_DEPARTMENTS if student_request.department else CHOICES
    return [(name, choice) for name, choice in choices.items() if name in possible]


@require_http_methods(["GET", "HEAD", "POST"])
@own_request
def act(request, student_request, action):
    """Do one action; where it cannot be undone or needs words, ask first on a page of its own.

    Looking does nothing: who reloads or bookmarks the address comes back to the request.
    """
    choice = (CHOICES_OF_DEPARTMENTS if student_request.department else CHOICES).get(action)
    if choice is None:
        raise Http404
    if request.method != "POST":
        return redirect("portal_request", reference=student_request.reference)
    form = None
    if choice.form:
        confirmed = "confirmed" in request.POST
        form = _form(student_request, action, choice, request.POST if confirmed else None)
        if not form.is_valid():
            return _ask(request, student_request, action, choice, form)
        if action == "replace_approver" and too_many(action, str(request.user.pk), **NAMED):
            form.add_error(None, NAMED_TOO_OFTEN)
            return _ask(request, student_request, action, choice, form)
    try:
        perform(student_request, action, Actor.for_student(request.user), **_data(form))
    except NotAllowed:
        raise NotPossible(
            _("We are working on this request already. Write us a message, please.")
        ) from None
    except ValidationError as problem:
        if form is None:
            messages.error(request, " ".join(problem.messages))
            return redirect("portal_request", reference=student_request.reference)
        form.add_error(None, problem)
        return _ask(request, student_request, action, choice, form)
    messages.success(request, choice.done)
    if choice.goes_to == "portal_requests":
        return redirect(list_of(student_request, request.user))
    return redirect(choice.goes_to, reference=student_request.reference)


def _form(student_request, action, choice, data):
    """Return the form; a person corrects one letter of an address without typing all of it."""
    if choice.form is not ApproverForm:
        return choice.form(data)
    situation, asked = situation_of(student_request), student_request.current_approval
    known = {}
    if asked and situation.approvers is None:
        known = {"approver_name": asked.name, "approver_email": asked.email}
    return ApproverForm(data, initial=known, situation=situation)


def _data(form):
    if form is None:
        return {}
    if isinstance(form, ApproverForm):
        return form.data_for_action()
    return form.cleaned_data


def _ask(request, student_request, action, choice, form):
    context = {
        "tab": "requests",
        "first_form": tabs_for(request.user, student_request.student, student_request),
        "student_request": student_request,
        "action": action,
        "choice": choice,
        "form": form,
    }
    return render(request, "portal/action.html", context)
