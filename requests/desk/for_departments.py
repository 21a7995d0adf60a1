"""The office enters a request for a department that cannot: about somebody new, or a scholar.

Whoever enters it fills in the department's pages in the portal and sends it; the department's
people, if it has any, see it as their own.
"""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.departments import name_as_held
from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_reads

from ..actor import Actor
from ..department_rows import asked_rows
from ..drafting import NotOffered, start
from ..form_fields import text
from ..models import StudentRequest
from ..perform import NotAllowed
from ..proposals import first_key, propose
from ..request_type import AskedBy
from ..standing import offers_for
from .access import OfficeAccess
from .action_forms import show_errors
from .student_forms import StartForm
from .student_posts import StudentPost

ROWS_SHOWN = 30
DEPARTMENT = {
    "label": gettext_lazy("Department"),
    "help_text": gettext_lazy("As its people have it, for example Biology."),
}


class NewcomerForm(forms.Form):
    """Which department invites whom."""

    department = text(limit=120, **DEPARTMENT)
    given_name = text(gettext_lazy("Given name"), 80, required=False)
    family_name = text(gettext_lazy("Family name"), 80)
    email = forms.EmailField(label=gettext_lazy("E-mail address of the scholar"), max_length=254)
    reason = forms.CharField(
        label=gettext_lazy("Why, where it is not open"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    start_key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=40)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["start_key"].initial = uuid.uuid4().hex

    def clean_department(self):
        """Write the name as the department's people hold it."""
        return name_as_held(self.cleaned_data["department"])


class AskForDepartment(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """Begin a request about somebody new; below stands what this person entered before."""

    template_name = "desk/department_ask.html"
    page_title = gettext_lazy("Ask for a department")
    header_icon = "group"

    def get_context_data(self, **kwargs):
        """Add the form, and what this person has entered for departments."""
        entered = (
            StudentRequest.objects.own(self.request.user)
            .filter(started_by=self.request.user)
            .exclude(department="")
            .select_related("student", "current_approval")
            .order_by("-created_at", "-pk")[:ROWS_SHOWN]
        )
        rows = list(entered)
        log_reads(self.request.user, "requests of a department", (each.student_id for each in rows))
        return super().get_context_data(**kwargs) | {
            "form": kwargs.get("form") or NewcomerForm(),
            "rows": asked_rows(rows, _("The department, or you")),
        }

    def post(self, request):
        """Begin it and go to its first page, or say what is wrong."""
        if first_key() is None:
            raise Http404
        form = NewcomerForm(request.POST)
        if form.is_valid():
            person = dict(form.cleaned_data)
            department, reason = person.pop("department"), person.pop("reason")
            start_key = person.pop("start_key")
            try:
                draft = propose(
                    first_key(),
                    Actor.for_user(request.user),
                    department=department,
                    start_key=start_key,
                    person=person,
                    override=reason.strip(),
                )
            except NotOffered as closed:
                form.add_error("reason", str(closed))
            except ValidationError as problem:
                show_errors(form, problem)
            else:
                return redirect(draft)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ForDepartmentForm(StartForm):
    """Which request, and for which department."""

    department = text(limit=120, **DEPARTMENT)
    field_order = ("type", "department", "reason", "start_key")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        del self.fields["note"]

    def clean_department(self):
        """Write the name as the department's people hold it."""
        return name_as_held(self.cleaned_data["department"])


class AskAboutScholar(StudentPost):
    """Begin what a department asks about a scholar whom the office knows."""

    page_subtitle = gettext_lazy("Ask for a department")
    button = gettext_lazy("Begin the request")
    intro = gettext_lazy(
        "You fill in the department’s pages in the portal and send them. The scholar sees nothing "
        "of it."
    )

    def get_form(self, data=None, files=None):
        """Offer what departments ask for, with the scholar's department."""
        offers = offers_for(self.record, asked_by=AskedBy.DEPARTMENT)
        return ForDepartmentForm(
            data, offers=offers, initial={"department": self.record.department}
        )

    def do(self, type, department, reason, start_key):
        """Begin it, or lead to the one that is under way already."""
        try:
            draft = start(
                self.record,
                type,
                self.actor,
                start_key=start_key,
                override=reason.strip(),
                department=department,
            )
        except NotOffered as error:
            raise ValidationError({"reason": str(error)}) from error
        except NotAllowed as error:
            raise ValidationError(_("You cannot ask this about the person.")) from error
        if StudentRequest.objects.own(self.request.user).filter(pk=draft.pk).exists():
            return redirect(draft)
        messages.warning(self.request, _("The department has begun this one by itself."))
        return redirect("desk_case", draft.pk) if draft.submitted_at else self.to_student()


class ForDepartmentsMenuItem(MenuItem):
    """The way to the page, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Ask for a department"),
            reverse("desk_department_ask"),
            name="desk-for-departments",
            icon_name="group",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
