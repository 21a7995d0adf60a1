"""What an advisor fills in for each action; the words and needs come from lifecycle.py."""

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.widgets import AdminDateInput

from ..answers import readable, readable_pages, situation_of
from ..form_fields import SevisId
from ..lifecycle import CloseReason, Note, has_office_part
from ..office_part import office_answers_in, office_form
from ..preconditions import names_asked
from .case_forms import without_variables

NOTE_LABELS = {
    True: gettext_lazy("What you write to the student"),
    False: gettext_lazy("Reason, not seen by the student"),
}


class ActionForm(forms.Form):
    """The version that was looked at, and a note where the action takes one."""

    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, student_request, declared, **kwargs):
        super().__init__(*args, initial={"version": student_request.version}, **kwargs)
        self.student_request = student_request
        if declared.note != Note.NONE:
            self.fields["note"] = forms.CharField(
                label=NOTE_LABELS[declared.note_is_shown],
                max_length=2000,
                required=declared.note == Note.REQUIRED,
                widget=forms.Textarea(attrs={"rows": 5}),
                error_messages={"required": _("Write the reason.")},
            )

    def clean_note(self):
        """Refuse a template in which something is still to be filled in."""
        return without_variables(self.cleaned_data["note"])

    def action_data(self):
        """Return what perform() takes beside the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def typed_texts(self):
        """Return (label, text) of what was typed, to give it back when somebody was faster."""
        return [
            (field.label, field.value())
            for field in self.visible_fields()
            if isinstance(field.field, forms.CharField) and field.value()
        ]


class RecordForm(ActionForm):
    """When it was keyed in SEVIS, and what."""

    recorded_on = forms.DateField(label=gettext_lazy("Recorded in SEVIS on"), widget=AdminDateInput)
    recorded_text = forms.CharField(
        label=gettext_lazy("What was keyed"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    sevis_id = SevisId(label=gettext_lazy("SEVIS ID of the new record"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if not self.student_request.type.makes_sevis_id(self.student_request.answers):
            del self.fields["sevis_id"]


class DismissForm(ActionForm):
    """Why there is nothing to do."""

    close_reason = forms.ChoiceField(
        label=gettext_lazy("Why"),
        choices=[
            (reason.value, reason.label)
            for reason in (CloseReason.DUPLICATE, CloseReason.NO_ACTION_NEEDED)
        ],
        widget=forms.RadioSelect,
    )


class ReplaceApproverForm(ActionForm):
    """Who is asked instead."""

    name = forms.CharField(label=gettext_lazy("Name of the approver"), max_length=160)
    email = forms.CharField(label=gettext_lazy("University e-mail address"), max_length=255)


class ClarificationForm(ActionForm):
    """Every answer and file of the request, each with a mark and a sentence what to change."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.names = names_asked(self.student_request)
        for name in self.names:
            label = self.student_request.type.label_of(name)
            self.fields[f"ask_{name}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"say_{name}"] = forms.CharField(
                label=_("What to change: %(label)s") % {"label": label},
                max_length=1000,
                required=False,
                widget=forms.TextInput(attrs={"list": "stock-reasons"}),
            )

    @property
    def rows(self):
        """The answer of each question, its mark and its sentence, side by side."""
        request_type, answers = self.student_request.type, self.student_request.answers
        pages = readable_pages(request_type, answers, situation_of(self.student_request))
        words = {row.name: row.value for _page, rows in pages for row in rows}
        return [
            (words.get(name, ""), self[f"ask_{name}"], self[f"say_{name}"]) for name in self.names
        ]

    @property
    def stock_reasons(self):
        """Sentences this type is often asked to mend."""
        return self.student_request.type.stock_reasons

    def action_data(self):
        """Return the marked ones; a sentence without a mark counts as one."""
        typed = {name: self.cleaned_data[f"say_{name}"].strip() for name in self.names}
        items = [
            {"name": name, "sentence": typed[name]}
            for name in self.names
            if self.cleaned_data[f"ask_{name}"] or typed[name]
        ]
        return {"items": items, "note": self.cleaned_data["note"]}


class OfficePartForm(ActionForm):
    """What the form asks the office itself."""

    def __init__(self, data=None, **kwargs):
        super().__init__(data, **kwargs)
        typed = None if data is None else office_answers_in(self.student_request, data)
        self.part = office_form(self.student_request, typed)

    def is_valid(self):
        """Both are checked, so that every sentence stands there at once."""
        return super().is_valid() & self.part.is_valid()

    def action_data(self):
        """Return the answers as typed."""
        return {"office_answers": office_answers_in(self.student_request, self.data)}

    def typed_texts(self):
        """Return (label, text) of the answers that were typed."""
        return [
            (field.label, words)
            for field in self.part
            if (words := readable(field.field, field.value()))
        ]


FORMS = {
    "fill_office_part": OfficePartForm,
    "record": RecordForm,
    "dismiss": DismissForm,
    "replace_approver": ReplaceApproverForm,
    "ask_clarification": ClarificationForm,
}

# Where perform() names a field otherwise than the form does.
FIELDS_IN_FORM = {"approver_name": "name", "approver_email": "email"}


def form_for_action(name, student_request, declared, data=None):
    """Return the form of one action, bound to ``data`` where something was sent."""
    form_class = FORMS.get(name, ActionForm)
    if form_class is OfficePartForm and not has_office_part(student_request):
        # There is nothing to ask; the door says that this is not possible.
        form_class = ActionForm
    return form_class(data, student_request=student_request, declared=declared)


def show_errors(form, error):
    """Put the sentences of a ValidationError at the fields they speak of."""
    by_field = error.error_dict if hasattr(error, "error_dict") else {None: [error]}
    for name, errors in by_field.items():
        name = FIELDS_IN_FORM.get(name, name)
        form.add_error(name if name in form.fields else None, errors)
