"""Find a student: by any word an advisor has in hand, from the menu and Wagtail's search."""

from django.core.paginator import Paginator
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.search import SearchArea
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_reads
from isso.requests.records.finding import LONGEST_SEARCH, found_by
from isso.requests.records.models import StudentRecord

from .access import OfficeAccess

ROWS_PER_PAGE = 30


class FindStudent(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """The search and who was found, a page at a time."""

    template_name = "desk/students.html"
    page_title = _("Find a student")
    header_icon = "group"

    def get_breadcrumbs_items(self):
        """Name the page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    @cached_property
    def search(self):
        """What was typed."""
        return self.request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]

    def get_context_data(self, **kwargs):
        """Add the people; without a search, everybody in the order of names."""
        # Nobody reads what colleagues keep about oneself.
        people = StudentRecord.objects.visible_to(self.request.user).exclude(user=self.request.user)
        pages = Paginator(found_by(self.search, people), ROWS_PER_PAGE)
        page = pages.get_page(self.request.GET.get("page"))
        log_reads(self.request.user, "list of students", page)
        return super().get_context_data(**kwargs) | {"search": self.search, "page_obj": page}


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
