"""Send us a document: a file without a request, with a receipt and the list of what was sent."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from isso.home.calendar import moment

from ..form_fields import Date, long_text
from ..models import Document
from ..receiving import receive_document
from .access import once_here
from .rows import FileRow, file_row
from .throttle import too_many

A_DAY = {"limit": 20, "seconds": 86_400}
# What only the office makes is not sent by students.
KINDS = [(kind.value, kind.label) for kind in Document.Kind if kind != Document.Kind.LETTER]


class SendForm(forms.Form):
    """What it is, the day printed on it, the file, and a word about it."""

    kind = forms.ChoiceField(
        label=gettext_lazy("What is it?"), choices=[("", gettext_lazy("Choose one")), *KINDS]
    )
    dated_on = Date(
        label=gettext_lazy("Date on it"),
        required=False,
        help_text=gettext_lazy("For a receipt notice: the notice date. For a card: its first day."),
    )
    note = long_text(
        gettext_lazy("What should we know about it?"),
        250,
        required=False,
    )
    file = forms.FileField(
        label=gettext_lazy("File"),
        error_messages={"required": gettext_lazy("Choose the file to send.")},
        widget=forms.FileInput(
            attrs={"accept": ".pdf,.jpg,.jpeg,.png,.heic,application/pdf,image/*"}
        ),
    )

    def clean_dated_on(self):
        """Refuse a day no paper can have yet, and one before all of them."""
        day = self.cleaned_data["dated_on"]
        if day and not 1950 <= day.year <= timezone.localdate().year + 10:
            raise forms.ValidationError(_("Enter the date as it is printed on the document."))
        return day


@dataclass(frozen=True)
class SentRow:
    """One document that was sent: the file, its date, and what became of it."""

    file: FileRow
    dated_on: Any
    is_settled: bool
    answer: str


@require_http_methods(["GET", "HEAD", "POST"])
@once_here
def send_document(request, record):
    """Show the form and what was sent; take a file."""
    if request.method != "POST":
        chosen = request.GET.get("kind", "")
        return _page(request, record, SendForm(initial={"kind": chosen}))
    form = SendForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, record, form, status=422)
    if too_many("sent-document", str(record.pk), **A_DAY):
        form.add_error(
            None,
            _("You have sent %(number)d documents today. Send the others tomorrow.")
            % {"number": A_DAY["limit"]},
        )
        return _page(request, record, form, status=429)
    try:
        document = receive_document(
            record,
            form.cleaned_data["file"],
            kind=form.cleaned_data["kind"],
            dated_on=form.cleaned_data["dated_on"],
            note=form.cleaned_data["note"],
        )
    except ValidationError as problem:
        form.add_error(None, problem)
        return _page(request, record, form, status=422)
    messages.success(
        request,
        _("We have your document “%(title)s” since %(moment)s. Your advisor looks at it next.")
        % {
            "title": document.title,
            "moment": moment(document.added_at),
        },
    )
    return redirect("portal_send_document")


def _page(request, record, form, status=200):
    sent = Document.objects.uploaded().filter(student=record, student_request__isnull=True)
    context = {
        "tab": "requests",
        "form": form,
        "sent": [
            SentRow(file_row(each), each.dated_on, each.settled_at is not None, each.answer)
            for each in sent.order_by("-added_at")
        ],
    }
    return render(request, "portal/send.html", context, status=status)
