"""The figures of the office's work, by period; each table as a chart, in words and as a file."""

from django import forms
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.home.hours import calendar_for
from isso.requests.people.roles import Role, may_read_cases
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.choices import VisaClass

from ..figures.counting import Counts
from ..figures.period import Period, ready_periods
from ..figures.tables import tables_of
from ..registry import type_choices
from .access import OfficeAccess
from .figures_workbook import harmless, workbook_of
from .listing import FILES, query_of
from .offered import offered
from .queue_file import QueueFile

# Where no period is asked for.
USUAL = "12-months"
LIST, ALL = "requests", "all"
DAYS = ("first", "last")


def _day(label):
    return forms.DateField(
        label=label, required=False, widget=forms.DateInput(attrs={"type": "date"})
    )


class FigureFilters(forms.Form):
    """The period, and what narrows it."""

    first = _day(gettext_lazy("From"))
    last = _day(gettext_lazy("Until"))
    type_key = forms.ChoiceField(label=gettext_lazy("Type"), required=False)
    visa_class = forms.ChoiceField(label=gettext_lazy("Visa class"), required=False)
    department = forms.ChoiceField(label=gettext_lazy("Department"), required=False)
    advisor = forms.ChoiceField(label=gettext_lazy("Advisor"), required=False)

    def __init__(self, data, advisors, departments):
        super().__init__(data)
        choices = {
            "type_key": type_choices(),
            "visa_class": VisaClass.choices,
            "department": [(name, name) for name in departments],
            "advisor": [(str(key), name) for key, name in advisors.items()],
        }
        for name, listed in choices.items():
            self.fields[name].choices = [("", _("Any")), *listed]
        if not advisors:
            del self.fields["advisor"]

    def clean(self):
        """Refuse a period that is none."""
        cleaned = super().clean()
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and last < first:
            self.add_error("last", _("The last day must not come before the first."))
        elif _asked(first, last, timezone.localdate()).is_too_long:
            self.add_error("first" if first else "last", _("Ask for ten years at most."))
        return cleaned

    def period(self, today):
        """Return the period asked for; the usual one where what was asked for is none."""
        if not self.is_valid() and {"first", "last"} & self.errors.keys():
            return _asked(None, None, today)
        return _asked(self.cleaned_data.get("first"), self.cleaned_data.get("last"), today)

    def narrowing(self):
        """Return what narrows the requests, by the columns of their model."""
        self.is_valid()
        columns = {
            "type_key": "type_key",
            "visa_class": "student__visa_class",
            "department": "student__department",
            "advisor": "assignee",
        }
        return {column: self.cleaned_data.get(name) for name, column in columns.items()}


def _asked(first, last, today):
    """Return the period of these days, each of which may be left out."""
    usual = next(each for key, _label, each in ready_periods(today) if key == USUAL)
    last = last or max(today, first or today)
    return Period(first or min(usual.first, last), last)


class Figures(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """All tables of a period; ``?export=csv&table=…`` sends one of them, or the requests."""

    http_method_names = ("get", "head")
    template_name = "desk/figures.html"
    page_title = gettext_lazy("Figures")
    header_icon = "doc-full-inverse"

    def get_breadcrumbs_items(self):
        """Name the page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.get_page_title()}]

    @cached_property
    def sees_everybody(self):
        """Whether the user sees how each colleague does; an advisor sees the own row."""
        return self.request.user.is_superuser or Role.SUPERVISOR in self.request.user.roles

    @cached_property
    def advisors(self):
        """Names of the advisors whose rows are shown, by their keys."""
        if not self.sees_everybody:
            return {self.request.user.pk: str(self.request.user)}
        return dict(offered()["advisors"])

    @cached_property
    def filters(self):
        """What the address asks for."""
        advisors = self.advisors if self.sees_everybody else {}
        return FigureFilters(self.request.GET, advisors, offered()["departments"])

    @cached_property
    def counts(self):
        """The requests that are counted."""
        period = self.filters.period(timezone.localdate())
        return Counts(self.request.user, period, **self.filters.narrowing())

    @cached_property
    def tables(self):
        """Every table."""
        own = None if self.sees_everybody else self.request.user.pk
        today, calendar = timezone.localdate(), calendar_for(self.request)
        return tables_of(self.counts, today, calendar, self.advisors, own)

    def get(self, request, *args, **kwargs):
        """Show the figures, or send what is asked for."""
        if request.GET.get("export") in FILES:
            return self.as_file(request.GET["export"], request.GET.get("table", ""))
        return super().get(request, *args, **kwargs)

    def as_file(self, kind, key):
        """Send one table, all of them, or the requests received; who has it sent is noted."""
        name = f"figures-{key}-{self.counts.period.first}-{self.counts.period.last}.{kind}"
        if key == LIST:
            return self._requests(kind, name)
        if key == ALL and kind == "xlsx":
            self._note(kind, key, sum(len(table.rows) for table in self.tables))
            return workbook_of(name, self.tables, self._told())
        table = next((each for each in self.tables if each.key == key), None)
        if table is None:
            raise Http404
        self._note(kind, key, len(table.rows))
        lines = ([harmless(each) for each in row] for row in table.rows)
        return FILES[kind](name, [str(each) for each in table.headings], lines)

    def _told(self):
        """Return the period and what narrows it, as lines of a file."""
        period = self.counts.period
        yield _("From %(first)s to %(last)s (%(zone)s).") % {
            "first": date_format(period.first),
            "last": date_format(period.last),
            "zone": timezone.get_current_timezone_name(),
        }
        for name, field in self.filters.fields.items():
            value = self.filters.cleaned_data.get(name)
            if value and name not in DAYS:
                yield f"{field.label}: {dict(field.choices)[value]}"

    def _requests(self, kind, name):
        rows = self.counts.received.order_by("submitted_at", "pk")
        type_key = self.filters.narrowing()["type_key"]
        file = QueueFile(rows, self.request.user, calendar_for(self.request), type_key)
        self._note(kind, LIST, len(file))
        log_reads(self.request.user, "figures exported", file.people, each_time=True)
        return FILES[kind](name, file.header, file.rows())

    def _note(self, kind, key, rows):
        period = self.counts.period
        details = f"{kind}, {period.first} to {period.last}, {rows} rows"
        log_read(self.request.user, "figures exported", key, details=details, each_time=True)

    def get_context_data(self, **kwargs):
        """Add the tables, the filters and the periods that are offered."""
        today, period = timezone.localdate(), self.counts.period
        kept = self.request.GET.copy()
        for name in (*DAYS, "export", "table"):
            kept.pop(name, None)
        return super().get_context_data(**kwargs) | {
            "tables": self.tables,
            "filters": self.filters,
            "period": period,
            "periods": [
                (label, _query(kept, each), each == period)
                for _key, label, each in ready_periods(today)
            ],
            "query": query_of(self.request),
            "zone": timezone.get_current_timezone_name(),
        }


def _query(kept, period):
    query = kept.copy()
    query["first"], query["last"] = period.first.isoformat(), period.last.isoformat()
    return query.urlencode()


class FiguresMenuItem(MenuItem):
    """The way to the figures, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Figures"),
            reverse("desk_figures"),
            name="desk-figures",
            icon_name="doc-full-inverse",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
