"""What is filled in about access for departments: the filters of the list, and the decision."""

from datetime import timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.people.models import AccessOutcome
from isso.requests.records.models import StudentRecord

LONGEST_ACCESS = timedelta(days=3 * 366)
USUAL_ACCESS = timedelta(days=365)


class RequestFilters(forms.Form):
    """Which requests are listed: those that wait, unless another choice is made."""

    shown = forms.ChoiceField(
        label=gettext_lazy("Show"),
        choices=[
            ("", gettext_lazy("Waiting")),
            *AccessOutcome.choices,
            ("all", gettext_lazy("All")),
        ],
        required=False,
    )
    q = forms.CharField(
        label=gettext_lazy("Name, e-mail or department"), max_length=100, required=False
    )

    def kept(self, found):
        """Keep what was chosen; a nonsense choice counts for nothing."""
        self.is_valid()
        shown, words = (self.cleaned_data.get(name, "") for name in ("shown", "q"))
        if shown != "all":
            found = found.filter(outcome=shown)
        if words:
            found = (
                found.filter(name__icontains=words)
                | found.filter(email__icontains=words)
                | found.filter(department__icontains=words)
            )
        return found


class ApproveForm(forms.Form):
    """Which departments, and until when."""

    departments = forms.MultipleChoiceField(
        label=gettext_lazy("Departments"),
        help_text=gettext_lazy("Those that have scholars. The person sees all of theirs."),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    other = forms.CharField(
        label=gettext_lazy("Another department"),
        help_text=gettext_lazy("One without scholars yet. Write it as the records will write it."),
        max_length=120,
        required=False,
    )
    last_day = forms.DateField(
        label=gettext_lazy("Last day of the access"),
        help_text=gettext_lazy("It counts for every department of this person."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": gettext_lazy("Enter a real date, such as 2027-02-14.")},
    )

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        known = StudentRecord.objects.scholars().departments()
        self.fields["departments"].choices = [(name, name) for name in known]
        meant = [name for name in known if name.lower() == asked.department.lower()]
        self.initial = {
            "departments": meant,
            "other": "" if meant else asked.department,
            "last_day": timezone.localdate() + USUAL_ACCESS,
        }

    def clean_last_day(self):
        """Refuse a past day, and one too far ahead to be meant."""
        day, today = self.cleaned_data["last_day"], timezone.localdate()
        if day < today:
            raise ValidationError(_("Enter today or a later day as the last day."))
        if day > today + LONGEST_ACCESS:
            raise ValidationError(
                _("Enter a day within three years. You can give the access anew then.")
            )
        return day

    def clean(self):
        """Ask for one department at least."""
        found = super().clean()
        if "departments" in found and not self.names:
            self.add_error(
                "departments", _("Choose at least one department, or write another one.")
            )
        return found

    @property
    def names(self):
        """All departments that were chosen or written."""
        other = " ".join(self.cleaned_data.get("other", "").split())
        return [*self.cleaned_data.get("departments", ()), *([other] if other else [])]


class RefuseForm(forms.Form):
    """Why not."""

    reason = forms.CharField(
        label=gettext_lazy("Reason"),
        help_text=gettext_lazy("The person reads it in our e-mail."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
