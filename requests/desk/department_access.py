"""Who asks for access for a department: the list for the office, the decision for supervisors."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.department_access import CannotDecide, approve, refuse
from isso.requests.people.models import AccessRequest, User
from isso.requests.people.roles import may_look_after_staff, may_read_cases, role_label

from .access import OfficeAccess
from .department_access_forms import ApproveForm, RefuseForm, RequestFilters
from .listing import Listing


class RequestList(OfficeAccess, Listing):
    """Every request whose address is confirmed, the newest first."""

    filter_class = RequestFilters
    template_name = "desk/department_access.html"
    page_title = gettext_lazy("Department access")
    header_icon = "group"

    def everything(self):
        """Return the requests this user may see."""
        return AccessRequest.objects.visible_to(self.request.user).select_related("decided_by")

    def get_context_data(self, **kwargs):
        """Add whether this user decides."""
        may_decide = may_look_after_staff(self.request.user)
        return super().get_context_data(**kwargs) | {"may_decide": may_decide}


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
