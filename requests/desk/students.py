"""Find a student: by any word an advisor has in hand, from the menu and Wagtail's search."""

from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_reads
from isso.requests.records.finding import LONGEST_SEARCH, found_by
from isso.requests.records.models import StudentRecord

from .access import OfficeAccess
from .listing import Listing


class FindStudent(OfficeAccess, Listing):
    """The search and who was found, a page at a time."""

    template_name = "desk/students.html"
    page_title = _("Find a student")
    header_icon = "group"

    @cached_property
    def search(self):
        """What was typed."""
        return self.request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]

    def everything(self):
        """Return the people; without a search, everybody in the order of names."""
        # Nobody reads what colleagues keep about oneself.
        people = StudentRecord.objects.known().visible_to(self.request.user)
        people = people.exclude(user=self.request.user)
        return found_by(self.search, people)

    def note(self, page):
        """Write down who was listed."""
        log_reads(self.request.user, "list of students", page)

    def get_context_data(self, **kwargs):
        """Add what was typed."""
        return super().get_context_data(**kwargs) | {"search": self.search}


class StudentsMenuItem(MenuItem):
    """The way to the search, for those who work on requests."""

    def __init__(self):
        super().__init__(
            _("Find a student"), reverse("desk_students"), name="desk-students", icon_name="group"
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)


class StudentsSearchArea(SearchArea):
    """The same search in Wagtail's search bar, where it stands before those for pages."""

    def __init__(self):
        super().__init__(
            _("Students"), reverse("desk_students"), name="students", icon_name="group", order=10
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
