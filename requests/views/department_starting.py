"""A department begins a request: for somebody new, or for a scholar who is here."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from isso.requests.people.departments import departments_of
from isso.requests.records.access import log_read

from .. import drafting
from ..actor import Actor
from ..form_fields import text
from ..perform import NotAllowed
from ..proposals import departments_ask_for, first_key, propose
from ..standing import standing_of
from .access import refuse
from .department import for_departments, own_scholar
from .journey import Stop, address_of, pages_to_fill


class InviteForm(forms.Form):
    """Who is invited, and by which department where the person has several."""

    department = forms.ChoiceField(label=_("For which department?"))
    given_name = text(
        _("Given name"), 80, required=False, help_text=_("Leave empty for a single name.")
    )
    family_name = text(_("Family name"), 80, help_text=_("As in the passport."))
    email = forms.EmailField(
        label=_("E-mail address of the scholar"),
        max_length=254,
        help_text=_("The invitation goes there after everybody has agreed. Check every letter."),
    )
    start_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, departments, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["department"].choices = [(name, name) for name in departments]
        self.fields["start_key"].initial = uuid.uuid4().hex
        if len(departments) == 1:
            self.fields["department"].initial = departments[0]
            self.fields["department"].widget = forms.HiddenInput()


@for_departments("GET", "HEAD", "POST")
def invite(request):
    """Ask who is to come (GET), or begin the request about the person (POST)."""
    departments = departments_of(request.user)
    form = InviteForm(request.POST or None, departments=departments)
    may_invite = bool(departments) and first_key() is not None
    if request.method == "POST" and may_invite and form.is_valid():
        person = dict(form.cleaned_data)
        department, start_key = person.pop("department"), person.pop("start_key")
        actor = Actor.for_student(request.user)
        try:
            draft = propose(
                first_key(), actor, department=department, start_key=start_key, person=person
            )
        except drafting.NotOffered as closed:
            form.add_error(None, str(closed.verdict.reason))
        except ValidationError as problem:
            form.add_error(None, problem)
        else:
            return _to_first_page(draft)
    context = {"form": form, "may_invite": may_invite}
    return render(request, "portal/department/invite.html", context)


@for_departments("GET", "HEAD", "POST")
def ask(request, pk, key):
    """Explain what a department may ask about its scholar (GET), or begin it (POST)."""
    record = own_scholar(request.user, pk)
    asked = departments_ask_for().get(key)
    if asked is None:
        refuse(request.user, "request of a department", f"{pk} {key}")
    log_read(request.user, "scholar of a department", pk, record=record)
    offer = standing_of(record, key)
    if request.method == "POST":
        try:
            draft = drafting.start(
                record,
                key,
                Actor.for_student(request.user),
                start_key=request.POST.get("start_key", ""),
                department=_name_held(request.user, record),
            )
        except drafting.NotOffered:
            # The page says why, as it does for whoever has not pressed.
            offer = standing_of(record, key)
        except NotAllowed:
            refuse(request.user, "request of a department", f"{pk} {key}")
        else:
            return _to_first_page(draft)
    context = {
        "record": record,
        "offer": offer,
        "steps": [Stop(step.text, meta=step.who) for step in asked.steps],
        "start_key": uuid.uuid4(),
    }
    return render(request, "portal/department/ask.html", context)


def _name_held(user, record):
    """Return the department of a scholar as this person holds it."""
    name = record.department.casefold()
    return next(each for each in departments_of(user) if each.casefold() == name)


def _to_first_page(draft):
    if draft.state not in drafting.EDITABLE:
        return redirect("portal_request", reference=draft.reference)
    return redirect(address_of(draft, pages_to_fill(draft)[0]))
