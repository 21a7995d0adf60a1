"""Messages from a student to the office."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..actor import Actor
from ..conversation import send_message
from ..perform import NotPossible
from .access import own_request
from .message_form import MessageForm
from .status import show


@require_POST
@own_request
def message(request, student_request):
    """Add a message to the thread; a refused text stays in its box."""
    if student_request.submitted_at is None:
        raise NotPossible(_("We cannot see a draft. Send it first, or write us an e-mail."))
    form = MessageForm(request.POST)
    if not form.is_valid():
        return show(request, student_request, form)
    try:
        send_message(student_request, form.cleaned_data["text"], Actor.for_student(request.user))
    except ValidationError as problem:
        form.add_error(None, problem)
        return show(request, student_request, form)
    messages.success(request, _("Your message is sent. You get an e-mail when we answer."))
    return redirect("portal_request", reference=student_request.reference)
