"""Fills the statistics of a year: a table pasted from a spreadsheet, or counted from the records.

First a preview, as visitors will see it; only the second button writes. Who may change the
statistics may do both: of a count nobody, editors included, gets to see a small number.
"""

from django import forms
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import ListingButton
from wagtail.log_actions import log

from .blocks import StatisticsTableBlock
from .census import can_count, tables_on
from .models import StatisticsYear
from .pasting import read_pasted
from .statistics import KINDS, PEOPLE, table_shown

MOST_CHARACTERS = 60_000


def _help(name):
    """Return what the editor of the table itself says about one of its fields."""
    return StatisticsTableBlock.base_blocks[name].field.help_text


class PasteForm(forms.Form):
    """What the table is, and its cells as they were copied."""

    kind = forms.ChoiceField(label=gettext_lazy("Kind"), choices=KINDS, help_text=_help("kind"))
    title = forms.CharField(label=gettext_lazy("Title"), max_length=120, help_text=_help("title"))
    note = forms.CharField(
        label=gettext_lazy("Note"), max_length=300, required=False, help_text=_help("note")
    )
    cells = forms.CharField(
        label=gettext_lazy("Table"),
        max_length=MOST_CHARACTERS,
        strip=False,
        help_text=gettext_lazy(
            "Copy the cells in your spreadsheet, header included, and paste them here. Commas "
            "between columns work, too."
        ),
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_cells(self):
        """Read the cells, or say in which line and column they cannot be read."""
        return read_pasted(self.cleaned_data["cells"])

    def tables(self):
        """Return the value of the one table."""
        columns, lines = self.cleaned_data["cells"]
        bars = next((heading for heading, kind in reversed(columns) if kind == PEOPLE), "")
        value = {name: self.cleaned_data[name] for name in ("kind", "title", "note")}
        table = StatisticsTableBlock().table_of(columns, lines)
        return [value | {"table": table, "bars": bars}]


class CountForm(forms.Form):
    """The day to count on."""

    day = forms.DateField(
        label=gettext_lazy("Count from the records on"),
        help_text=gettext_lazy("Today or an earlier day. You see the tables before you add them."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )

    def clean_day(self):
        """Refuse days that nobody knows yet."""
        day = self.cleaned_data["day"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("Choose today or an earlier day."))
        return day

    def tables(self):
        """Return the values of the tables of that day."""
        return tables_on(self.cleaned_data["day"], StatisticsTableBlock())


class FillYear(WagtailAdminTemplateMixin, TemplateView):
    """A form, its preview, and the button that adds what it shows."""

    template_name = "home/fill_statistics.html"
    header_icon = "table"
    form_class = None
    button = ""

    def dispatch(self, request, *args, **kwargs):
        """Let in who may change statistics."""
        if not request.user.has_perm("home.change_statisticsyear"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def year(self):
        """The year named in the address."""
        return get_object_or_404(StatisticsYear, pk=self.kwargs["pk"])

    def get_page_subtitle(self):
        """Name the year beside the title."""
        return str(self.year)

    def get_breadcrumbs_items(self):
        """Lead back to the year."""
        back = {"url": self.back, "label": str(self.year)}
        return [*self.breadcrumbs_items, back, {"url": "", "label": self.page_title}]

    @property
    def back(self):
        """Where the year is edited."""
        return reverse("wagtailsnippets_home_statisticsyear:edit", args=[self.year.pk])

    def get_context_data(self, **kwargs):
        """Add an empty form, unless one was sent."""
        defaults = {"form": self.form_class(initial={"day": self.year.as_of})}
        return super().get_context_data(**defaults | kwargs, button=self.button, back=self.back)

    def post(self, request, pk):
        """Show what would be added, or add it."""
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.render_to_response(self.get_context_data(form=form), status=422)
        values = form.tables()
        if "add" in request.POST and values:
            self.add(form, values)
            return redirect(self.back)
        shown = [table_shown(value, place) for place, value in enumerate(values)]
        context = self.get_context_data(form=form, is_checked=True, shown=shown)
        return self.render_to_response(context)

    def add(self, form, values):
        """Write the tables; one of the same title is replaced."""
        titles = {value["title"] for value in values}
        kept = [
            ("table", each.value) for each in self.year.tables if each.value["title"] not in titles
        ]
        self.year.tables = [*kept, *(("table", value) for value in values)]
        self.year.save()
        log(self.year, "wagtail.edit", user=self.request.user, content_changed=True)
        messages.success(
            self.request, _("Added to the statistics of %(year)s.") % {"year": self.year}
        )


class PasteTable(FillYear):
    """A table copied from a spreadsheet."""

    page_title = gettext_lazy("Paste a table")
    form_class = PasteForm
    button = gettext_lazy("Add this table")


class CountRecords(FillYear):
    """The tables of a census day."""

    page_title = gettext_lazy("Count from the records")
    form_class = CountForm
    button = gettext_lazy("Add these tables")

    def dispatch(self, request, *args, **kwargs):
        """Count only where somebody keeps records."""
        if not can_count():
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def add(self, form, values):
        """Date the year by the day of the count, too."""
        self.year.as_of = form.cleaned_data["day"]
        super().add(form, values)


def ways_to_fill_a_year():
    """Add the pages that paste and count tables."""
    return [
        path("statistics/<int:pk>/paste/", PasteTable.as_view(), name="statistics_paste"),
        path("statistics/<int:pk>/count/", CountRecords.as_view(), name="statistics_count"),
    ]


def buttons_to_fill_a_year(snippet, user, next_url=None):
    """Lead to them from the list of years."""
    if not (isinstance(snippet, StatisticsYear) and user.has_perm("home.change_statisticsyear")):
        return
    yield ListingButton(
        gettext_lazy("Paste a table"),
        reverse("statistics_paste", args=[snippet.pk]),
        icon_name="paste",
    )
    if can_count():
        yield ListingButton(
            gettext_lazy("Count from the records"),
            reverse("statistics_count", args=[snippet.pk]),
            icon_name="group",
        )
