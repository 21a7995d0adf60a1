"""The queue: what the office has to do, in saved views with counts."""

from dataclasses import dataclass

import django_filters
from django.db.models import F
from django.http import Http404
from django.urls import path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic import IndexView
from wagtail.admin.viewsets.model import ModelViewSet

from isso.home.calendar import moment
from isso.home.hours import calendar_for
from isso.requests.people.roles import Role
from isso.requests.records.access import log_read, log_reads

from ..assignment import possible_advisors
from ..clock import used_days
from ..lifecycle import State
from ..models import StudentRequest
from ..queues import VIEWS, desk_requests, in_view, view_counts
from ..registry import type_choices
from .access import LookOnlyPolicy
from .queue_file import QueueFile
from .spreadsheets import spreadsheet, workbook


class QueueFilters(WagtailFilterSet):
    """Narrow a saved view by type, status and advisor."""

    type_key = django_filters.ChoiceFilter(label=gettext_lazy("Type"), choices=type_choices)
    state = django_filters.ChoiceFilter(
        label=gettext_lazy("Status"),
        choices=[choice for choice in State.choices if choice[0] != State.DRAFT],
    )
    assignee = django_filters.ModelChoiceFilter(
        label=gettext_lazy("Advisor"), queryset=lambda request: possible_advisors()
    )

    class Meta:
        model = StudentRequest
        fields = []


class DueColumn(Column):
    """The date the office aims at; a late one is marked by a word."""

    cell_template_name = "desk/due_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        """Say whether it is late."""
        context = super().get_cell_context_data(instance, parent_context)
        return context | {"is_late": is_late(instance, timezone.localdate())}


class StudentColumn(Column):
    """The student, with the way to the student's page."""

    cell_template_name = "desk/student_cell.html"


def is_late(student_request, today):
    """Return whether the office has had a request longer than it should."""
    return student_request.due_on is not None and student_request.due_on < today


def age_in_words(student_request, today, calendar):
    """Return how long the office has had a request, in business days."""
    days = used_days(student_request, today, calendar)
    return _("1 business day") if days == 1 else _("%(days)d business days") % {"days": days}


@dataclass(frozen=True)
class ViewLink:
    """A saved view as a link with its count."""

    title: str
    url: str
    count: int
    is_current: bool


def filter_in_words(chosen):
    """Return what narrows the queue for the access log, such as ``type_key cpt``."""
    return [f"{name} {getattr(value, 'pk', value)}" for name, value in chosen.items() if value]


def view_url(key):
    """Return the address of a saved view of the queue."""
    return reverse("desk_queue:view", args=[key])


class QueueView(IndexView):
    """One saved view of the queue."""

    template_name = "desk/queue.html"
    results_template_name = "desk/queue_results.html"
    any_permission_required = ["view"]
    page_title = gettext_lazy("Queue")

    def setup(self, request, *args, **kwargs):
        """Keep which view is asked for: an advisor's own work unless the address names one."""
        super().setup(request, *args, **kwargs)
        default = "mine" if Role.ADVISOR in getattr(request.user, "roles", ()) else "all"
        self.view_key = kwargs.get("key", default)
        if self.view_key not in VIEWS:
            raise Http404

    def get(self, request, *args, **kwargs):
        """Show the rows, or send them as a file where the address asks for one."""
        if self.is_export:
            return self.as_file(request.GET["export"])
        return super().get(request, *args, **kwargs)

    def as_file(self, file_format):
        """Send the rows of this view, filter, search and order; who has them sent is noted."""
        chosen = self.filters.form.cleaned_data if self.filters.is_valid() else {}
        calendar, type_key = calendar_for(self.request), chosen.get("type_key")
        file = QueueFile(self.get_queryset(), self.request.user, calendar, type_key)
        details = [file_format, *filter_in_words(chosen)]
        # What was searched for may be a name.
        details += ["with a search"] if self.is_searching else []
        details = ", ".join([*details, f"{len(file)} rows"])
        log_read(
            self.request.user, "queue exported", self.view_key, details=details, each_time=True
        )
        log_reads(self.request.user, "queue exported", file.people, each_time=True)
        send = workbook if file_format == self.FORMAT_XLSX else spreadsheet
        name = f"queue-{self.view_key}-{timezone.localdate()}.{file_format}"
        return send(name, file.header, file.rows())

    def get_export_url(self, format):
        """Name the file of all that is listed now, from whichever of its pages."""
        query = self.request.GET.copy()
        for name in (self.page_kwarg, "_w_filter_fragment"):
            query.pop(name, None)
        query["export"] = format
        return f"{self.get_index_url()}?{query.urlencode()}"

    def get_index_url(self):
        """Stay in the saved view when sorting and paging."""
        return view_url(self.view_key)

    def get_index_results_url(self):
        """Stay in the saved view when searching and filtering."""
        return reverse("desk_queue:view_results", args=[self.view_key])

    def get_page_subtitle(self):
        """Name the saved view."""
        return VIEWS[self.view_key][0]

    def get_base_queryset(self):
        """Read the saved view, with all a row shows."""
        return in_view(desk_requests(self.request.user), self.view_key, self.request.user)

    def order_queryset(self, queryset):
        """Put what is due first on top, and what waits for others at the end."""
        if self.is_explicitly_ordered:
            return super().order_queryset(queryset)
        return queryset.order_by(F("due_on").asc(nulls_last=True), "-submitted_at", "pk")

    def get_edit_url(self, instance):
        """Open the case."""
        return reverse("desk_case", args=[instance.pk])

    @cached_property
    def columns(self):
        """What a row shows; every value comes with the row or from the calendar read once."""
        today, calendar = timezone.localdate(), calendar_for(self.request)
        return [
            TitleColumn(
                "reference",
                label=_("Request"),
                classname="desk-unbroken",
                get_url=self.get_edit_url,
                sort_key="reference",
            ),
            StudentColumn("student", label=_("Student"), sort_key="student__family_name"),
            Column("type.title", label=_("Type"), sort_key="type_key"),
            StatusTagColumn("staff_label", label=_("Status"), sort_key="state"),
            Column("age", label=_("Age"), accessor=lambda row: age_in_words(row, today, calendar)),
            DueColumn("due_on", label=_("Due"), sort_key="due_on"),
            Column("assignee", label=_("Advisor"), sort_key="assignee__full_name"),
            Column(
                "last_message",
                label=_("Last message"),
                accessor=lambda row: (
                    moment(row.last_message_at, "M j") if row.last_message_at else ""
                ),
                sort_key="last_message_at",
            ),
        ]

    @cached_property
    def counts(self):
        """How many requests each saved view holds."""
        return view_counts(self.request.user)

    def get_paginator(self, *args, **kwargs):
        """Count an unfiltered view once only."""
        paginator = super().get_paginator(*args, **kwargs)
        if not (self.is_searching or self.is_filtering):
            paginator.count = self.counts[self.view_key]
        return paginator

    def get_context_data(self, **kwargs):
        """Add the saved views with their counts, and write down who is listed."""
        links = [
            ViewLink(title, view_url(key), self.counts[key], key == self.view_key)
            for key, (title, _condition) in VIEWS.items()
        ]
        context = super().get_context_data(**kwargs)
        log_reads(self.request.user, "queue", (row.student_id for row in context["object_list"]))
        is_one_type = self.filters.is_valid() and bool(self.filters.form.cleaned_data["type_key"])
        return context | {"view_links": links, "is_one_type": is_one_type}


class QueueViewSet(ModelViewSet):
    """The queue and nothing else: requests change through perform() alone."""

    model = StudentRequest
    name = "desk_queue"
    url_prefix = "desk"
    icon = "tasks"
    menu_label = gettext_lazy("Queue")
    menu_name = "desk-queue"
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = QueueView
    filterset_class = QueueFilters
    search_fields = [
        "reference",
        "student__family_name",
        "student__given_name",
        "student__preferred_name",
        "student__sevis_id",
    ]
    list_per_page = 30

    @property
    def permission_policy(self):
        """Look, never write."""
        return LookOnlyPolicy(self.model)

    def get_common_view_kwargs(self, **kwargs):
        """Name no address for adding, editing or deleting: there is none."""
        names = ("add", "edit", "delete", "history", "usage")
        return super().get_common_view_kwargs(
            **{f"{name}_url_name": None for name in names}, **kwargs
        )

    def get_form_class(self, for_update=False):
        """There is no form."""

    def get_permissions_to_register(self):
        """Offer no permission to grant: roles decide (people/roles.py)."""
        return super().get_permissions_to_register().none()

    def register_admin_url_finder(self):
        """Nothing in the admin links to a request's edit page."""

    def get_urlpatterns(self):
        """Keep the list, in each of its saved views."""
        return [
            path("", self.index_view, name="index"),
            path("results/", self.index_results_view, name="index_results"),
            path("view/<slug:key>/", self.index_view, name="view"),
            path("view/<slug:key>/results/", self.index_results_view, name="view_results"),
        ]
