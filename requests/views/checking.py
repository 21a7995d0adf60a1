"""Check your answers: everything once more, and the one button that sends it."""

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _

from ..actor import Actor
from ..answers import readable_pages, situation_of
from ..letters.issuing import letter_for
from ..lifecycle import EDITABLE
from ..models import StudentRequest
from ..perform import NotPossible, actions_for, perform
from ..preconditions import Incomplete, Problem, problems_of
from .access import own_request
from .answer_rows import answer_sections
from .before_arrival.tabs import SUBMIT, tabs_for
from .journey import address_of, home_of, pages_to_fill, steps
from .moving_on import form_change

UNCONFIRMED = _("Confirm each sentence before you send the request.")
SENDING = ("send_to_approver", "submit", "resubmit")


class AttestationForm(forms.Form):
    """The sentences a person confirms before sending."""

    attestations = forms.MultipleChoiceField(
        label=_("I confirm"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": UNCONFIRMED},
    )

    def __init__(self, *args, sentences, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["attestations"].choices = list(enumerate(sentences))

    def clean_attestations(self):
        """Ask for every sentence."""
        ticked = self.cleaned_data["attestations"]
        if len(set(ticked)) < len(self.fields["attestations"].choices):
            raise forms.ValidationError(UNCONFIRMED)
        return ticked


@own_request
def check(request, student_request):
    """Show everything before it is sent (GET), or send it once (POST)."""
    if request.method == "POST":
        return _send(request, student_request)
    if student_request.state not in EDITABLE:
        return redirect("portal_request", reference=student_request.reference)
    return _show(request, student_request)


def _send(request, student_request):
    seen = request.POST.get("revision", "")
    if seen != str(student_request.revision):
        return _receipt(request, student_request)
    form = _form(student_request, request.POST)
    actor = Actor.for_student(request.user)
    action = next((name for name, _a in actions_for(student_request, actor) if name in SENDING), "")
    if not action:
        raise NotPossible(_("This request cannot be sent as it stands now."))
    if not form.is_valid():
        return _show(request, student_request, form, sent=True)
    try:
        perform(student_request, action, actor, **form.cleaned_data)
    except ValidationError as error:
        return _show(request, student_request, form, _problems_in(error), sent=True)
    except NotPossible:
        # The button was pressed twice at the same instant: the other press has sent it.
        now = StudentRequest.objects.get(pk=student_request.pk)
        if now.revision == student_request.revision:
            raise
    return _receipt(request, student_request)


def _problems_in(error):
    """Return what is wrong with its places, where the core names them."""
    if isinstance(error, Incomplete):
        return error.problems
    return [Problem("", "", "", text) for text in error.messages]


def _receipt(request, student_request):
    """Say that it is here, however often the button was pressed."""
    messages.success(
        request,
        _("We have it. Your reference is %(reference)s.")
        % {"reference": student_request.reference},
    )
    return redirect(home_of(student_request))


def _form(student_request, data=None):
    return AttestationForm(data, sentences=student_request.type.attestations)


def _show(request, student_request, form=None, problems=None, *, sent=False):
    situation = situation_of(student_request)
    if problems is None:
        problems = problems_of(student_request, situation)
    documents = list(student_request.documents.uploaded().order_by("added_at"))
    pages = readable_pages(student_request.type, student_request.answers, situation)
    last = pages_to_fill(student_request)[-1:]
    filled = {each.slot for each in documents if not each.is_infected}
    context = {
        "tab": "requests",
        "first_form": tabs_for(
            request.user,
            student_request.student,
            student_request,
            situation=situation,
            current=SUBMIT,
        ),
        "student_request": student_request,
        "form": form or _form(student_request),
        "form_change": form_change(student_request, documents),
        "sent": sent,
        "problems": [_line(student_request, each) for each in problems],
        "sections": answer_sections(student_request, pages, documents, with_links=True),
        "letter": letter_for(student_request, situation),
        "steps": steps(student_request, situation, filled),
        "back": address_of(student_request, last[0]) if last else "",
    }
    return render(request, "portal/check.html", context)


def _line(student_request, problem):
    """Return a problem as a line that leads to the control where it is mended."""
    names_itself = not problem.label or str(problem.label) in problem.sentence
    text = problem.sentence if names_itself else f"{problem.label}: {problem.sentence}"
    page = student_request.type.page(problem.page)
    if page is None:
        return {"text": text, "href": ""}
    return {"text": text, "href": f"{address_of(student_request, page)}#id_{problem.name}"}
