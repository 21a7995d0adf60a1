"""What an advisor fills in for a student: which request to start, which document to add."""

import uuid

from django import forms
from django.utils.translation import gettext_lazy as _

from ..models import Document
from ..rules.verdict import Standing


class StartForm(forms.Form):
    """Which request to start, why outside the rules, and what to tell the student."""

    type = forms.ChoiceField(label=_("Request"))
    reason = forms.CharField(
        label=_("Why, where it is not open"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For the office. Needed only for a request that is not open to this student."),
    )
    note = forms.CharField(
        label=_("Words to the student"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Goes into the mail and the history. Write no numbers of documents here."),
    )
    start_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(self, *args, offers, **kwargs):
        super().__init__(*args, **kwargs)
        self.offers = {offer.type.key: offer for offer in offers}
        opened, closed = [], []
        for key, offer in self.offers.items():
            (opened if offer.verdict.is_open else closed).append((key, _as_choice(offer)))
        self.fields["type"].choices = [
            ("", _("Choose a request")),
            (_("Open today"), opened),
            (_("Not open: say why you start it"), closed),
        ]
        self.fields["start_key"].initial = uuid.uuid4().hex

    def clean(self):
        """Ask for a reason where the rules say no."""
        cleaned = super().clean()
        offer = self.offers.get(cleaned.get("type"))
        if offer and not offer.verdict.is_open and not cleaned.get("reason", "").strip():
            self.add_error(
                "reason",
                _("%(verdict)s Write why you start it all the same.")
                % {"verdict": offer.verdict.reason},
            )
        return cleaned


def _as_choice(offer):
    if offer.verdict.standing == Standing.NOT_FOR_YOU:
        return _("%(title)s (not for this student)") % {"title": offer.type.title}
    return offer.type.title


class DocumentForm(forms.Form):
    """A file for a student without a request, shown to him or kept for the office."""

    kind = forms.ChoiceField(
        label=_("Kind"), choices=[("", _("Choose a kind")), *Document.Kind.choices]
    )
    title = forms.CharField(
        label=_("Name of the document"), max_length=160, help_text=_("The student reads this.")
    )
    file = forms.FileField(label=_("File"), help_text=_("PDF, JPG, PNG or HEIC."))
    is_released = forms.TypedChoiceField(
        label=_("Who sees it"),
        choices=[
            ("yes", _("The student: it appears under Documents for you, and a mail says so")),
            ("no", _("The office alone")),
        ],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose who sees it.")},
    )
    issued_form = forms.ModelChoiceField(
        label=_("The form it is"),
        queryset=None,
        required=False,
        empty_label=_("None of them"),
        help_text=_("For an I-20 or DS-2019 that is in the list of forms issued."),
    )
    dated_on = forms.DateField(
        label=_("Date on it"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Enter a real date, such as 2027-02-14.")},
    )
    note = forms.CharField(label=_("Note of the office"), max_length=250, required=False)

    def __init__(self, *args, record, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["issued_form"].queryset = record.issued_forms.all()
