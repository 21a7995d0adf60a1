"""Who asks for access for a department: the list for the office, the decision for supervisors."""

from datetime import timedelta

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.department_access import CannotDecide, approve, refuse
from isso.requests.people.models import AccessOutcome, AccessRequest, User
from isso.requests.people.roles import may_look_after_staff, may_read_cases, role_label
from isso.requests.records.models import StudentRecord

from .access import OfficeAccess

ROWS_PER_PAGE = 30
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


class RequestList(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """Every request whose address is confirmed, the newest first."""

    template_name = "desk/department_access.html"
    page_title = gettext_lazy("Department access")
    header_icon = "group"

    def get_breadcrumbs_items(self):
        """Name the list."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add one page of what is looked for."""
        filters = RequestFilters(self.request.GET)
        visible = AccessRequest.objects.visible_to(self.request.user).select_related("decided_by")
        page = Paginator(filters.kept(visible), ROWS_PER_PAGE).get_page(
            self.request.GET.get("page")
        )
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "page_obj": page,
            "may_decide": may_look_after_staff(self.request.user),
            "query": query.urlencode(),
        }


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
        scholars = StudentRecord.objects.scholars().exclude(department="")
        known = list(
            scholars.order_by("department").values_list("department", flat=True).distinct()
        )
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


class Decide(WagtailAdminTemplateMixin, TemplateView):
    """One request with all that was typed; a supervisor approves or refuses it."""

    template_name = "desk/department_access_decide.html"
    page_title = gettext_lazy("Access for a department")
    header_icon = "group"

    def dispatch(self, request, *args, **kwargs):
        """Turn away who decides on no access."""
        if not may_look_after_staff(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def asked(self):
        """The request of the address, or 404."""
        found = AccessRequest.objects.visible_to(self.request.user).select_related("decided_by")
        if (asked := found.filter(pk=self.kwargs["pk"]).first()) is None:
            raise Http404
        return asked

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        the_list = {"url": reverse("desk_department_access"), "label": RequestList.page_title}
        return [*self.breadcrumbs_items, the_list, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the forms, and who has an account with the address already."""
        account = User.objects.filter(email__iexact=self.asked.email).first()
        return super().get_context_data(**kwargs) | {
            "asked": self.asked,
            "account": account,
            "roles": sorted(role_label(role) for role in account.roles) if account else [],
            "approve_form": kwargs.get("approve_form") or ApproveForm(asked=self.asked),
            "refuse_form": kwargs.get("refuse_form") or RefuseForm(),
        }

    def post(self, request, pk):
        """Decide; what cannot be is said, and nothing typed is lost."""
        refuses = request.POST.get("decision") == "refuse"
        try:
            return self._refuse() if refuses else self._approve()
        except CannotDecide as problem:
            messages.error(request, str(problem))
            return redirect("desk_department_access")

    def _approve(self):
        form = ApproveForm(self.request.POST, asked=self.asked)
        if form.is_valid():
            last_day = form.cleaned_data["last_day"]
            try:
                approve(self.asked, names=form.names, last_day=last_day, by=self.request.user)
            except ValidationError as problem:
                form.add_error(None, problem.messages)
            else:
                return self._decided(_("%(email)s has access. An e-mail says how to sign in."))
        return self._again(approve_form=form)

    def _refuse(self):
        form = RefuseForm(self.request.POST)
        if not form.is_valid():
            return self._again(refuse_form=form)
        refuse(self.asked, reason=form.cleaned_data["reason"], by=self.request.user)
        return self._decided(_("The request of %(email)s is refused. An e-mail says why."))

    def _decided(self, text):
        messages.success(self.request, text % {"email": self.asked.email})
        return redirect("desk_department_access")

    def _again(self, **forms_typed):
        return self.render_to_response(self.get_context_data(**forms_typed), status=422)


class DepartmentAccessMenuItem(MenuItem):
    """The way to the list, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Department access"),
            reverse("desk_department_access"),
            name="desk-department-access",
            icon_name="group",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
