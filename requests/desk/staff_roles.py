"""Who holds which role, until when: on one page and as a file, what ends soon first."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.home.spreadsheet import cell
from isso.requests.people.staff import all_holdings
from isso.requests.records.access import log_read

from .spreadsheets import spreadsheet, workbook
from .staff import ROWS_PER_PAGE, StaffList
from .staff_access import StaffAccess

FILES = {"csv": spreadsheet, "xlsx": workbook}


class StaffRoles(StaffAccess, WagtailAdminTemplateMixin, TemplateView):
    """The report; with ``?export=csv`` or ``xlsx`` all of it as a file."""

    http_method_names = ("get", "head")
    template_name = "desk/staff/roles.html"
    noted = "roles of staff"
    page_title = gettext_lazy("Who holds which role, until when")
    header_icon = "group"

    def get_breadcrumbs_items(self):
        """Lead back to the list."""
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_staff"), "label": StaffList.page_title},
            {"url": "", "label": self.page_title},
        ]

    def get(self, request, *args, **kwargs):
        """Show the report, or send it as a file."""
        make = FILES.get(request.GET.get("export"))
        if make is None:
            return super().get(request, *args, **kwargs)
        log_read(request.user, "roles of staff exported", each_time=True)
        name = f"roles-{timezone.localdate()}.{request.GET['export']}"
        return make(name, _header(), map(_row, all_holdings(request.user)))

    def get_context_data(self, **kwargs):
        """Add one page of roles."""
        pages = Paginator(all_holdings(self.request.user), ROWS_PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        return super().get_context_data(**kwargs) | {"page_obj": page}


def _header():
    return [_("Name"), _("E-mail"), _("Role"), _("Last day"), _("Given"), _("By"), _("Reason")]


def _row(holding):
    term = holding.term
    given = (term.given_at, term.given_by, term.reason) if term else ("", "", "")
    values = (holding.person.full_name, holding.person.email, holding.label, holding.last_day)
    return [cell(value) for value in (*values, *given)]
