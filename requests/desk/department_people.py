"""Who follows the scholars of which department, and until when; supervisors end it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.departments import end_membership
from isso.requests.people.models import DepartmentMembership, RoleTerm
from isso.requests.people.roles import Role, may_look_after_staff

from .access import OfficeAccess

ROWS_PER_PAGE = 30


class PeopleFilters(forms.Form):
    """Whom to list."""

    q = forms.CharField(
        label=gettext_lazy("Name, e-mail or department"), max_length=100, required=False
    )

    def kept(self, found):
        """Keep what was chosen."""
        self.is_valid()
        words = self.cleaned_data.get("q")
        if not words:
            return found
        return (
            found.filter(department__icontains=words)
            | found.filter(user__email__icontains=words)
            | found.filter(user__full_name__icontains=words)
        )


class PeopleList(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """Every department with each of its people, by the alphabet."""

    template_name = "desk/department_people.html"
    page_title = gettext_lazy("Who follows which department")
    header_icon = "group"

    def get_breadcrumbs_items(self):
        """Lead back to the requests."""
        requests = {
            "url": reverse("desk_department_access"),
            "label": gettext_lazy("Department access"),
        }
        return [*self.breadcrumbs_items, requests, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add one page of what is looked for; the last day is the role's."""
        filters = PeopleFilters(self.request.GET)
        terms = RoleTerm.objects.running().filter(
            user=OuterRef("user"), group__name=Role.DEPARTMENT
        )
        running = DepartmentMembership.objects.running().select_related("user", "created_by")
        found = filters.kept(running).annotate(last_day=Subquery(terms.values("last_day")[:1]))
        page = Paginator(found, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        query = self.request.GET.copy()
        query.pop("page", None)
        return super().get_context_data(**kwargs) | {
            "filters": filters,
            "page_obj": page,
            "may_end": may_look_after_staff(self.request.user),
            "query": query.urlencode(),
        }


class EndPerson(View):
    """End one department of one person; then back to the list."""

    http_method_names = ("post",)

    def post(self, request, pk):
        """End it; a second press changes nothing."""
        if not may_look_after_staff(request.user):
            raise PermissionDenied
        membership = DepartmentMembership.objects.select_related("user").filter(pk=pk).first()
        if membership is None:
            raise Http404
        end_membership(membership, by=request.user)
        messages.success(
            request,
            _("%(person)s no longer sees the scholars of %(department)s.")
            % {"person": membership.user, "department": membership.department},
        )
        query = request.GET.urlencode()
        return redirect(reverse("desk_department_people") + (f"?{query}" if query else ""))
