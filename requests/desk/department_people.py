"""Who follows the scholars of which department, and until when; supervisors end it."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin import messages

from isso.requests.people.departments import end_membership
from isso.requests.people.models import DepartmentMembership, RoleTerm
from isso.requests.people.roles import Role, may_look_after_staff

from .access import OfficeAccess
from .listing import Listing


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


class PeopleList(OfficeAccess, Listing):
    """Every department with each of its people, by the alphabet."""

    filter_class = PeopleFilters
    template_name = "desk/department_people.html"
    page_title = gettext_lazy("Who follows which department")
    header_icon = "group"

    def ways_here(self):
        """Lead back to the requests."""
        return [(reverse("desk_department_access"), _("Department access"))]

    def everything(self):
        """Return who follows which department now; the last day is the role's."""
        terms = RoleTerm.objects.running().filter(
            user=OuterRef("user"), group__name=Role.DEPARTMENT
        )
        running = DepartmentMembership.objects.running().select_related("user", "created_by")
        return running.annotate(last_day=Subquery(terms.values("last_day")[:1]))

    def get_context_data(self, **kwargs):
        """Add whether this user ends it."""
        may_end = may_look_after_staff(self.request.user)
        return super().get_context_data(**kwargs) | {"may_end": may_end}


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
