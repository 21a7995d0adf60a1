"""The one form that corrects a record: its own fields in groups, and the rows around it."""

import json

from django import forms
from django.db import models
from django.forms.models import fields_for_model
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.calendar import moment
from isso.requests.records.choices import HoldKind
from isso.requests.records.correcting import Correction, is_marked, mark_of
from isso.requests.records.groups import CHANGEABLE_FIELDS, SENSITIVE_FIELDS, masked
from isso.requests.records.models import StudentRecord
from isso.requests.records.models.money import COSTS, MEANS

from .record_lines import GROUPS, LABELS, STAFF_LABELS, in_words

WORK_FIELDS = (
    "status",
    "start",
    "end",
    "full_time",
    "employer",
    "recommended_on",
    "receipt_number",
    "ead_number",
)
DEPENDENT_FIELDS = (
    "sevis_id",
    "visa_class",
    "sevis_status",
    "birth_date",
    "ended_on",
    "end_reason",
)
FUNDING_FIELDS = (
    *("as_of", "months", "covers_from", *COSTS, "other_cost_remark"),
    *(*MEANS, "school_remark", "us_agency", "international_organization_remark"),
    *("other_remark", "received_us_funds"),
)
SCHOLAR_FIELDS = (
    "position",
    "host_name",
    "host_email",
    "is_employee",
    "hr_reference",
    "compliance_result",
    "compliance_on",
    "compliance_conditions",
    "vetted_until",
    "export_control",
    "english_method",
    "is_subject_to_home_residence",
    "home_residence_basis",
    "waiver_recommended_on",
    "barred_12_months_until",
    "barred_24_months_until",
    "departed_on",
)
HOLD_FIELDS = ("reason", "placed_on", "lifted_on")
# What is typed to empty a number that the form does not show.
EMPTY = "-"
YES_OR_NO = (("True", gettext_lazy("Yes")), ("False", gettext_lazy("No")))


class DayInput(forms.DateInput):
    """A day as browsers offer it."""

    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


def _form_field(column, **kwargs):
    """Return the form field of a column: a yes or no is chosen, so that leaving it out is no no."""
    if isinstance(column, models.BooleanField) and not column.null:
        return forms.TypedChoiceField(
            label=capfirst(column.verbose_name),
            choices=YES_OR_NO,
            coerce=lambda value: value == "True",
        )
    if isinstance(column, models.DateField):
        invalid = _("Enter a real date, such as 2027-02-14.")
        kwargs |= {"widget": DayInput(), "error_messages": {"invalid": invalid}}
    return column.formfield(**kwargs)


class CorrectionForm(forms.Form):
    """Some columns of one row, with marks of the values it shows."""

    def __init__(self, key, row, names, data=None):
        super().__init__(data, prefix=key)
        self.key, self.row = key, row
        self.fields |= fields_for_model(type(row), names, formfield_callback=_form_field)
        for name, field in self.fields.items():
            value = getattr(row, name)
            field.label = STAFF_LABELS.get(name, field.label)
            field.initial = str(value) if isinstance(value, bool) else value
            if name in SENSITIVE_FIELDS:
                self._hide(field, name, value)
        self.fields["shown"] = forms.CharField(
            widget=forms.HiddenInput,
            required=False,
            initial=json.dumps({name: mark_of(row, name, getattr(row, name)) for name in names}),
        )

    def _hide(self, field, name, value):
        field.initial = ""
        if value:
            field.help_text = _(
                "Now %(number)s. Leave it empty to keep it; type - to empty it."
            ) % {"number": masked(name, value)}
            # The form says so already; the page where it can be read notes who reads it.
            field.widget.attrs["autocomplete"] = "off"

    def clean(self):
        """Say nothing against what was there before and is not touched."""
        for name in [name for name in self._errors if name in self.fields]:
            if self._is_left_out(name) or not self[name]._has_changed():
                del self._errors[name]
        return self.cleaned_data

    def _is_left_out(self, name):
        widget = self.fields[name].widget
        return widget.value_omitted_from_data(self.data, self.files, self.add_prefix(name))

    @property
    def marks(self):
        """The marks of what was shown; nonsense counts as none, so that nothing is overwritten."""
        try:
            marks = json.loads(self.cleaned_data.get("shown", ""))
        except ValueError:
            return {}
        return marks if isinstance(marks, dict) else {}

    def correction(self):
        """Return what was changed against what was shown, or None."""
        marks, changes = self.marks, {}
        for name, value in self.cleaned_data.items():
            if name == "shown" or self._is_left_out(name):
                continue
            if name in SENSITIVE_FIELDS:
                if value == "":
                    continue
                value = "" if value == EMPTY else value
            if not is_marked(self.row, name, value, str(marks.get(name, ""))):
                changes[name] = value
        return Correction(self.key, self.row, changes, marks) if changes else None

    def tell_conflict(self, name, value, change):
        """Say at the field what somebody else made of it; saving again is then on purpose."""
        now = in_words(self.row, name, value) or _("empty")
        words = {"value": masked(name, str(now)), "who": _("Somebody")}
        if change:
            words["who"] = change.by or _("The system")
            words["when"] = moment(change.at)
            text = _(
                "%(who)s changed this to “%(value)s” on %(when)s, after you opened this page. Your "
                "entry stands here; save again to use it instead."
            )
        else:
            text = _(
                "This was changed to “%(value)s” after you opened this page. Your entry stands "
                "here; save again to use it instead."
            )
        self.add_error(name, text % words)
        marks = self.marks | {name: mark_of(self.row, name, value)}
        self.data = self.data.copy()
        self.data[self.add_prefix("shown")] = json.dumps(marks)


class RecordForm(CorrectionForm):
    """The record's own fields, in the groups of the student page."""

    def __init__(self, record, data=None):
        names = [name for group in GROUPS.values() for name in group if name in CHANGEABLE_FIELDS]
        super().__init__("record", StudentRecord.objects.get(pk=record.pk), names, data)

    def groups(self):
        """Return (key, label, bound fields) of each group."""
        return [(key, LABELS[key], [self[name] for name in names]) for key, names in GROUPS.items()]


class NewHoldForm(forms.Form):
    """A hold to place; left empty, none is placed."""

    kind = forms.ChoiceField(
        label=gettext_lazy("Place a hold"),
        choices=[("", gettext_lazy("None")), *HoldKind.choices],
        required=False,
    )
    reason = forms.CharField(
        label=gettext_lazy("What to do about it"),
        max_length=250,
        required=False,
        help_text=gettext_lazy("The student reads this."),
    )

    def clean(self):
        """Ask for the words the student reads."""
        cleaned = super().clean()
        if cleaned.get("kind") and not cleaned.get("reason"):
            self.add_error("reason", _("Write what the student has to do, so that it is lifted."))
        return cleaned

    def new_hold(self, today):
        """Return the columns of the hold to place, or None."""
        if not self.cleaned_data.get("kind"):
            return None
        return self.cleaned_data | {"placed_on": today}


class ReasonForm(forms.Form):
    """Where the new values come from."""

    source = forms.CharField(
        label=gettext_lazy("Where does this come from?"),
        max_length=120,
        help_text=gettext_lazy(
            "For example “New passport shown at the front desk”. It stands beside the change for "
            "good, and the student reads it as the source."
        ),
        error_messages={
            "required": gettext_lazy("Write where this comes from, so that others can rely on it.")
        },
    )
