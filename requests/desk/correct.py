"""Correct a record: one form, audited field by field, that never overwrites a colleague."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin import messages

from isso.requests.records.correcting import ChangedMeanwhile, Refused, correct
from isso.requests.records.models import ScholarDetails

from .action_forms import show_errors
from .correct_forms import (
    DEPENDENT_FIELDS,
    FUNDING_FIELDS,
    HOLD_FIELDS,
    SCHOLAR_FIELDS,
    WORK_FIELDS,
    CorrectionForm,
    NewHoldForm,
    ReasonForm,
    RecordForm,
)
from .student_access import StudentBase


class CorrectRecord(StudentBase):
    """The form, and what saving it does."""

    template_name = "desk/student/correct.html"
    page_subtitle = gettext_lazy("Correct the record")

    def read_forms(self, data=None):
        """Read every form of the page, empty or with what was typed."""
        self.record_form = RecordForm(self.record, data)
        self.work_forms = self._row_forms("work", self.record.employments, WORK_FIELDS, data)
        self.family_forms = self._row_forms(
            "family", self.record.dependents, DEPENDENT_FIELDS, data
        )
        newest = self.record.funding.all()[:1]
        self.funding_forms = self._row_forms("funding", newest, FUNDING_FIELDS, data)
        scholar = ScholarDetails.objects.filter(record=self.record)
        self.scholar_forms = self._row_forms("scholar", scholar, SCHOLAR_FIELDS, data)
        open_holds = self.record.holds.filter(lifted_on__isnull=True)
        self.hold_forms = self._row_forms("hold", open_holds, HOLD_FIELDS, data)
        self.new_hold_form = NewHoldForm(data, prefix="new_hold")
        self.reason_form = ReasonForm(data, prefix="reason")
        self.correction_forms = [
            self.record_form, *self.work_forms, *self.family_forms, *self.funding_forms,
            *self.scholar_forms, *self.hold_forms,
        ]  # fmt: skip

    def _row_forms(self, kind, rows, names, data):
        return [CorrectionForm(f"{kind}-{row.pk}", row, names, data) for row in rows.all()]

    def get_context_data(self, **kwargs):
        """Add the forms."""
        return super().get_context_data(**kwargs) | {
            "record": self.record,
            "record_form": self.record_form,
            "row_parts": (
                ("work", _("Work"), self.work_forms),
                ("family", _("Family"), self.family_forms),
                ("funding", _("Funding"), self.funding_forms),
                ("scholar", _("Scholar details"), self.scholar_forms),
                ("hold", _("Holds"), self.hold_forms),
            ),
            "new_hold_form": self.new_hold_form,
            "reason_form": self.reason_form,
        }

    def get(self, request, *args, **kwargs):
        """Show what is on record."""
        self.read_forms()
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Write what was changed, or show what is wrong with what was typed still there."""
        self.read_forms(request.POST)
        forms = [*self.correction_forms, self.new_hold_form, self.reason_form]
        if all(form.is_valid() for form in forms):
            corrections = [form.correction() for form in self.correction_forms]
            noted = self._write([each for each in corrections if each])
            if noted is not None:
                return self._done(noted)
        messages.error(request, _("Nothing was saved yet. See what to change below."))
        return self.render_to_response(self.get_context_data(), status=422)

    def _write(self, corrections):
        by_key = {form.key: form for form in self.correction_forms}
        try:
            new_hold = self.new_hold_form.new_hold(timezone.localdate())
            noted = correct(
                self.record,
                corrections,
                new_hold=new_hold,
                by=self.request.user,
                source=self.reason_form.cleaned_data["source"],
            )
        except PermissionDenied as error:
            raise Http404 from error
        except ChangedMeanwhile as meanwhile:
            for (key, name), (value, change) in meanwhile.conflicts.items():
                by_key[key].tell_conflict(name, value, change)
        except Refused as refused:
            show_errors(by_key.get(refused.key, self.new_hold_form), refused.error)
        else:
            return len(noted) + bool(new_hold)
        return None

    def _done(self, noted):
        if noted:
            text = ngettext("%(number)d change is saved.", "%(number)d changes are saved.", noted)
            messages.success(self.request, text % {"number": noted})
        else:
            messages.warning(self.request, _("Nothing was changed."))
        return self.to_student()
