"""Who holds which role, until when: on one page and as a file, what ends soon first."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.spreadsheet import cell
from isso.requests.people.staff import all_holdings
from isso.requests.records.access import log_read

from .listing import ListingWithFile
from .staff import StaffList
from .staff_access import StaffAccess


class StaffRoles(StaffAccess, ListingWithFile):
    """The report; with ``?export=csv`` or ``xlsx`` all of it as a file."""

    rows_per_page = StaffList.rows_per_page
    file_name = "roles"
    template_name = "desk/staff/roles.html"
    noted = "roles of staff"
    page_title = gettext_lazy("Who holds which role, until when")
    header_icon = "group"

    def ways_here(self):
        """Lead back to the list."""
        return [(reverse("desk_staff"), StaffList.page_title)]

    def everything(self):
        """Return every role that is held."""
        return all_holdings(self.request.user)

    def note_file(self, kind):
        """Write down who has the roles sent."""
        log_read(self.request.user, "roles of staff exported", each_time=True)

    def header(self):
        """Return the names of the columns."""
        return [_("Name"), _("E-mail"), _("Role"), _("Last day"), _("Given"), _("By"), _("Reason")]

    def lines(self):
        """Return the cells of each role."""
        return map(_row, self.found)


def _row(holding):
    term = holding.term
    given = (term.given_at, term.given_by, term.reason) if term else ("", "", "")
    values = (holding.person.full_name, holding.person.email, holding.label, holding.last_day)
    return [cell(value) for value in (*values, *given)]
