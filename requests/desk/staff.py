"""The people of the office: who they are, what they may do until when, and a new one."""

from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.account_changes import add_person
from isso.requests.people.roles import may_look_after_staff
from isso.requests.people.staff import holdings, staff_visible_to, with_access

from .action_forms import show_errors
from .listing import Listing
from .staff_access import StaffAccess
from .staff_forms import NewPersonForm, StaffFilters


class StaffList(StaffAccess, Listing):
    """Everybody who works for the office or with it, by name; students never."""

    rows_per_page = 50
    filter_class = StaffFilters
    template_name = "desk/staff/list.html"
    page_title = gettext_lazy("Staff")
    header_icon = "group"

    def everything(self):
        """Return the people this user looks after."""
        return with_access(staff_visible_to(self.request.user))

    def rows(self, page):
        """Return each person with the roles."""
        return [(person, holdings(person)) for person in page]


class AddPerson(StaffAccess, WagtailAdminTemplateMixin, FormView):
    """One form: address, name, roles and last day; then the invitation leaves."""

    template_name = "desk/staff/add.html"
    form_class = NewPersonForm
    page_title = gettext_lazy("Add a person")
    header_icon = "group"

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_staff"), "label": StaffList.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get_form_kwargs(self):
        """Offer the roles this user may give."""
        return super().get_form_kwargs() | {"by": self.request.user}

    def form_valid(self, form):
        """Make the account, or say why not with everything typed still there."""
        try:
            person = add_person(**form.cleaned_data, by=self.request.user)
        except ValidationError as error:
            show_errors(form, error)
            return self.form_invalid(form)
        messages.success(
            self.request, _("The invitation goes to %(email)s.") % {"email": person.email}
        )
        return redirect("desk_staff_person", person.pk)

    def form_invalid(self, form):
        """Show the form again; nothing was saved."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class StaffMenuItem(MenuItem):
    """The way to the people of the office, for those who look after them."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Staff"), reverse("desk_staff"), name="desk-staff", icon_name="group"
        )

    def is_shown(self, request):
        """Show it to supervisors and administrators."""
        return may_look_after_staff(request.user)
