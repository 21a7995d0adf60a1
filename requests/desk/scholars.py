"""Visiting scholars at the desk: until when, with maxima, bars and what is due at a glance."""

from django import forms
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from isso.home.spreadsheet import cell
from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.choices import SCHOLAR_CATEGORIES, ExchangeCategory
from isso.requests.records.finding import LONGEST_SEARCH, found_by

from ..scholar_cohort import departments_requests, rows_of, scholars_of
from ..scholar_watch import Duty, ScholarProgress
from .access import OfficeAccess
from .admitted import ANY, AT_ONCE, Count
from .listing import ListingWithFile, query_of

CATEGORIES = [(each.value, each.label) for each in (*SCHOLAR_CATEGORIES, ExchangeCategory.INTERN)]


class ScholarFilters(forms.Form):
    """Which scholars are listed; the first four narrow the read, the others what it found."""

    q = forms.CharField(
        label=gettext_lazy("Name, SEVIS ID or e-mail"), max_length=LONGEST_SEARCH, required=False
    )
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    category = forms.ChoiceField(
        label=gettext_lazy("Category"), choices=[ANY, *CATEGORIES], required=False
    )
    ends_by = forms.DateField(
        label=gettext_lazy("Ends by"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    progress = forms.ChoiceField(
        label=gettext_lazy("Standing"), choices=[ANY, *ScholarProgress.choices], required=False
    )
    duty = forms.ChoiceField(
        label=gettext_lazy("Due"), choices=[ANY, *Duty.choices], required=False
    )
    late = forms.BooleanField(label=gettext_lazy("Late only"), required=False)

    def __init__(self, data, departments):
        super().__init__(data)
        self.fields["department"].choices = [ANY, *((name, name) for name in departments)]
        self.is_valid()

    def narrowed(self, people):
        """Return the people to read; a nonsense choice counts for nothing."""
        chosen = self.cleaned_data
        if department := chosen.get("department"):
            people = people.filter(department=department)
        if category := chosen.get("category"):
            people = people.filter(exchange_category=category)
        if last := chosen.get("ends_by"):
            people = people.filter(program_end__lte=last)
        return found_by(chosen["q"], people) if chosen.get("q") else people

    def kept(self, rows):
        """Return those of one standing, with one thing due, and the late ones, as asked for."""
        chosen = self.cleaned_data
        if progress := chosen.get("progress"):
            rows = [row for row in rows if row.progress == progress]
        if duty := chosen.get("duty"):
            rows = [row for row in rows if any(due.duty == duty for due in row.dues)]
        return [row for row in rows if row.is_late] if chosen.get("late") else rows

    def in_words(self):
        """Return what was chosen as the access log may keep it: never a name that was typed."""
        chosen = {name: self.cleaned_data.get(name) for name in self.fields}
        said = [f"{name} {value}" for name, value in chosen.items() if value and name != "q"]
        return ", ".join([*said, *(["with a search"] if chosen["q"] else [])])


class ScholarList(OfficeAccess, ListingWithFile):
    """The scholars; with ``?export=`` all that the filters keep as a file."""

    rows_per_page = 50
    file_name = "scholars"
    template_name = "desk/scholars.html"
    page_title = gettext_lazy("Visiting scholars")
    header_icon = "group"

    @cached_property
    def people(self):
        """Every scholar this user may see."""
        return scholars_of(self.request.user)

    @cached_property
    def filters(self):
        """What the address asks for."""
        return ScholarFilters(self.request.GET, self.people.departments())

    @cached_property
    def narrowed(self):
        """The scholars of every standing."""
        return rows_of(self.filters.narrowed(self.people))

    @cached_property
    def found(self):
        """The scholars asked for."""
        return self.filters.kept(self.narrowed)

    def note(self, page):
        """Write down who was listed."""
        log_reads(self.request.user, "visiting scholars", (row.key for row in page))

    def rows(self, page):
        """Return each row with the record and the requests its department has under way."""
        keys = [row.key for row in page]
        # Asked again whether they may be seen.
        records = self.people.select_related("scholar").in_bulk(keys)
        requests = departments_requests(self.request.user, keys)
        return [
            (row, records[row.key], requests.get(row.key, ())) for row in page if row.key in records
        ]

    def get_context_data(self, **kwargs):
        """Add how many stand where."""
        return super().get_context_data(**kwargs) | {
            "counts": self.counts(),
        }

    def counts(self):
        """Return the links with their numbers, for all who fit the other filters."""
        by_progress = dict.fromkeys(ScholarProgress, 0)
        for row in self.narrowed:
            by_progress[row.progress] += 1
        late = sum(row.is_late for row in self.narrowed)
        return [
            self._count(_("All"), len(self.narrowed)),
            self._count(_("Late"), late, late="on"),
            *(
                self._count(each.label, number, progress=each.value)
                for each, number in by_progress.items()
            ),
        ]

    def _count(self, label, number, **chosen):
        query = QueryDict(query_of(self.request), mutable=True)
        current = {name: query.get(name) for name in ("progress", "late") if query.get(name)}
        for name in ("progress", "late", "duty"):
            query.pop(name, None)
        query.update(chosen)
        return Count(label, number, query.urlencode(), current == chosen)

    def note_file(self, kind):
        """Write down who has whose rows sent."""
        parts = (kind, self.filters.in_words(), f"{len(self.found)} rows")
        user, what = self.request.user, "visiting scholars exported"
        log_read(user, what, details=", ".join(filter(None, parts)), each_time=True)
        log_reads(user, what, (row.key for row in self.found), each_time=True)

    def header(self):
        """Return the names of the columns."""
        return [
            _("Scholar"),
            _("E-mail"),
            _("Department"),
            _("Host"),
            _("Category"),
            _("Standing"),
            _("From"),
            _("Until"),
            _("Latest possible end"),
            _("Months used"),
            _("12-month bar until"),
            _("24-month bar until"),
            _("Two-year home residence rule"),
            _("Due"),
            _("Late"),
            _("Requests of the department"),
        ]

    def lines(self):
        """Yield the cells of each scholar, some at a time."""
        for start in range(0, len(self.found), AT_ONCE):
            yield from map(_line, self.rows(self.found[start : start + AT_ONCE]))


def _line(found):
    row, record, requests = found
    details = getattr(record, "scholar", None)
    bars = dict(row.bars)
    values = (
        record.full_name,
        record.email,
        record.department,
        details.host_name if details else "",
        record.get_exchange_category_display(),
        row.progress.label,
        record.program_start,
        record.program_end,
        row.limit,
        row.months[0] if row.months else None,
        bars.get(12),
        bars.get(24),
        details.is_subject_to_home_residence if details else None,
        " ".join(due.text for due in row.dues),
        row.is_late,
        "; ".join(f"{each.type.title}: {each.staff_label}" for each in requests),
    )
    return [cell(value) for value in values]


class ScholarsMenuItem(MenuItem):
    """The way to the scholars, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Visiting scholars"),
            reverse("desk_scholars"),
            name="desk-scholars",
            icon_name="group",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
