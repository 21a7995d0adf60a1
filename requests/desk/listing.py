"""What lists of the desk share: filters from the address, one page of rows, and all as a file."""

from django.core.paginator import Paginator
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.home.naming import office_at_hand
from isso.home.office import working_for

from .spreadsheets import spreadsheet, workbook

FILES = {"csv": spreadsheet, "xlsx": workbook}
# Parts of an address that narrow nothing; links that keep the filter leave them out.
NO_FILTER = ("page", "export")


def query_of(request):
    """Return the filters as the address has them."""
    query = request.GET.copy()
    for name in NO_FILTER:
        query.pop(name, None)
    return query.urlencode()


class Listing(WagtailAdminTemplateMixin, TemplateView):
    """Rows, a page at a time; a subclass says which, and stands behind what guards its address."""

    http_method_names = ("get", "head")
    rows_per_page = 30
    # A form with ``kept(found)``; None for a list that nothing narrows.
    filter_class = None

    def ways_here(self):
        """Return (address, label) of the pages that lead to this one."""
        return ()

    def get_breadcrumbs_items(self):
        """Lead back, and name the list."""
        ways = [{"url": url, "label": label} for url, label in self.ways_here()]
        return [*self.breadcrumbs_items, *ways, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def filters(self):
        """What the address asks for, or None."""
        return self.filter_class(self.request.GET) if self.filter_class else None

    def everything(self):
        """Return whatever this user may see here, in its order; each subclass states it."""
        raise NotImplementedError

    @cached_property
    def found(self):
        """What the filters keep of it."""
        return self.filters.kept(self.everything()) if self.filters else self.everything()

    def note(self, page):
        """Write down whose data this page shows; nothing where it shows nobody's."""

    def rows(self, page):
        """Return what the template shows of a page, where that is more than its objects."""
        return list(page)

    def get_context_data(self, **kwargs):
        """Add the filters, one page of what they keep, and the way to the other pages."""
        page = Paginator(self.found, self.rows_per_page).get_page(self.request.GET.get("page"))
        self.note(page)
        return super().get_context_data(**kwargs) | {
            "filters": self.filters,
            "page_obj": page,
            "rows": self.rows(page),
            "query": query_of(self.request),
        }


class FileOfList:
    """A list that ``?export=csv`` or ``?export=xlsx`` sends whole, as the filters keep it."""

    # What the file is called, before the day.
    file_name = ""

    def get(self, request, *args, **kwargs):
        """Show the list, or send it."""
        if request.GET.get("export") in FILES:
            return self.as_file(request.GET["export"])
        return super().get(request, *args, **kwargs)

    def as_file(self, kind):
        """Send every row; who has them sent is noted."""
        self.note_file(kind)
        name = f"{self.file_name}-{timezone.localdate()}.{kind}"
        return FILES[kind](name, self.header(), _in_this_office(self.lines()))

    def note_file(self, kind):
        """Write down that this leaves the office; each subclass states it."""
        raise NotImplementedError

    def header(self):
        """Return the names of the columns."""
        raise NotImplementedError

    def lines(self):
        """Yield the cells of every row, harmless already (``home.spreadsheet.cell``)."""
        raise NotImplementedError


class ListingWithFile(FileOfList, Listing):
    """A list of pages with its file."""


def _in_this_office(lines):
    """Yield the lines as this office and language write them.

    A file is sent when the request that asked for it is over, and both with it.
    """
    office, language, lines = office_at_hand.get(), translation.get_language(), iter(lines)
    while True:
        # Put down again before anything is sent: a thread may do other work in between.
        with working_for(office), translation.override(language):
            line = next(lines, None)
        if line is None:
            return
        yield line
