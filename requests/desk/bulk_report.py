"""Reports of actions on many requests: what was done to each, what not, and why."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.calendar import moment
from isso.home.spreadsheet import cell
from isso.requests.records.access import log_read, log_reads

from ..models import BulkRow, BulkRun, StudentRequest
from .access import OfficeAccess
from .listing import Listing, ListingWithFile

SECONDS_BETWEEN_LOOKS = "2"
Outcome = BulkRow.Outcome


class BulkRuns(OfficeAccess, Listing):
    """One's own runs; a supervisor sees everybody's."""

    template_name = "desk/bulk_runs.html"
    page_title = gettext_lazy("Actions on many requests")
    header_icon = "tasks"

    def ways_here(self):
        """Lead back to the queue."""
        return [(reverse("desk_queue"), _("Queue"))]

    def everything(self):
        """Return the runs with their counts."""
        return (
            BulkRun.objects.visible_to(self.request.user)
            .select_related("by")
            .annotate(
                total=Count("rows"),
                done=Count("rows", filter=Q(rows__outcome=Outcome.DONE)),
                not_done=Count("rows", filter=Q(rows__outcome=Outcome.NOT_DONE)),
            )
            .order_by("-asked_at", "-pk")
        )


class BulkReport(OfficeAccess, ListingWithFile):
    """How far a run is, and what became of each request."""

    template_name = "desk/bulk_run.html"
    header_icon = "tasks"
    file_name = "bulk"

    @cached_property
    def run(self):
        """The run named in the address."""
        runs = BulkRun.objects.visible_to(self.request.user).select_related("by", "to")
        return get_object_or_404(runs, pk=self.kwargs["pk"])

    def get_page_title(self):
        """Name the action."""
        return self.run.get_action_display()

    def ways_here(self):
        """Lead back to the queue and the other runs."""
        runs = (reverse("desk_bulk_runs"), BulkRuns.page_title)
        return [(reverse("desk_queue"), _("Queue")), runs]

    @cached_property
    def outcome(self):
        """The outcome that is asked for, or nothing."""
        wanted = self.request.GET.get("outcome")
        return wanted if wanted in Outcome.values else ""

    @cached_property
    def readable(self):
        """The rows whose requests this reader may see."""
        visible = StudentRequest.objects.visible_to(self.request.user)
        return self.run.rows.filter(student_request__in=visible)

    def everything(self):
        """Return the rows asked for."""
        rows = self.readable.filter(outcome=self.outcome) if self.outcome else self.readable
        return rows.select_related("student_request__student")

    def get(self, request, *args, **kwargs):
        """Show the report; while the worker is at it, look again in a few seconds."""
        response = super().get(request, *args, **kwargs)
        if not self.run.ended_at and "export" not in request.GET:
            response["Refresh"] = SECONDS_BETWEEN_LOOKS
        return response

    def get_context_data(self, **kwargs):
        """Add the counts."""
        counts = dict(self.readable.order_by().values_list("outcome").annotate(number=Count("pk")))
        total = sum(counts.values())
        return super().get_context_data(**kwargs) | {
            "run": self.run,
            "total": total,
            "done": total - counts.get(Outcome.WAITING, 0),
            "not_done": counts.get(Outcome.NOT_DONE, 0),
            "outcomes": [
                (each.label, counts.get(each.value, 0), each.value, each.value == self.outcome)
                for each in Outcome
            ],
        }

    def note(self, page):
        """Write down who is listed."""
        people = (row.student_request.student_id for row in page)
        log_reads(self.request.user, "report of a bulk action", people)

    def note_file(self, kind):
        """Write down that this leaves the office."""
        user, what = self.request.user, "bulk report exported"
        log_read(user, what, self.run.pk, details=kind, each_time=True)
        people = self.found.values_list("student_request__student", flat=True)
        log_reads(user, what, people, each_time=True)

    def header(self):
        """Return the names of the columns."""
        names = (_("Reference"), _("Type"), _("Student"), _("Outcome"), _("What"), _("At"))
        return [str(name) for name in names]

    def lines(self):
        """Yield the cells of every row."""
        for row in self.found.iterator(chunk_size=500):
            student_request = row.student_request
            yield [
                cell(value)
                for value in (
                    student_request.reference,
                    str(student_request.type.title),
                    student_request.student.full_name,
                    row.get_outcome_display(),
                    row.sentence,
                    moment(row.done_at, "Y-m-d") if row.done_at else "",
                )
            ]
