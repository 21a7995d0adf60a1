"""The queue: what the office has to do, in saved views with counts."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View as BaseView
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.home.hours import calendar_for
from isso.requests.people.roles import Role, may_read_cases
from isso.requests.records.access import log_read, log_reads

from ..actor import Actor
from ..assigning import assign
from ..models import StudentRequest
from ..perform import NotAllowed, NotPossible
from ..saved_views import (
    Counted,
    counted_in,
    counting,
    find_view,
    up_to_the_most,
    view_counts,
)
from .access import OfficeAccess
from .listing import FileOfList, query_of
from .next_case import case_urls
from .offered import OFFERED_FOR, offered
from .queue_file import QueueFile
from .queue_filters import QueueFilters
from .queue_lines import lines_of
from .queue_rows import page_of, rows_asked_for


@dataclass(frozen=True)
class ViewLink:
    """A saved view as a link with its count."""

    title: str
    url: str
    count: Any
    is_current: bool


def view_url(key):
    """Return the address of a saved view of the queue."""
    return reverse("desk_queue_view", args=[key])


def links_to(counts, current=None):
    """Return saved views as links with their counts, {key: how many}."""
    return [
        ViewLink(find_view(key).title, view_url(key), count, key == current)
        for key, count in counts.items()
    ]


class QueueView(OfficeAccess, FileOfList, WagtailAdminTemplateMixin, TemplateView):
    """One saved view of the queue; its address, with all filters, may be sent to a colleague."""

    template_name = "desk/queue.html"
    page_title = gettext_lazy("Queue")
    header_icon = "tasks"

    def dispatch(self, request, *args, **kwargs):
        """Keep which view is asked for: an advisor's own work unless the address names one."""
        default = "mine" if Role.ADVISOR in getattr(request.user, "roles", ()) else "all"
        self.view_key = kwargs.get("key", default)
        try:
            self.saved_view = find_view(self.view_key)
        except KeyError as error:
            raise Http404 from error
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        """Name the queue and its view."""
        named = {"label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*self.breadcrumbs_items, {"url": "", **named}]

    def get_page_subtitle(self):
        """Name the saved view."""
        return self.saved_view.title

    @cached_property
    def offered(self):
        """What may be chosen, and the views there are."""
        return offered()

    @cached_property
    def filters(self):
        """What the address asks for."""
        return QueueFilters(self.request.GET, self.offered["advisors"], self.offered["departments"])

    @cached_property
    def found(self):
        """The rows asked for, in their order."""
        return rows_asked_for(self.request.user, self.view_key, self.request.GET, self.filters)

    @cached_property
    def page(self):
        """One page of them; how many the views hold comes with its rows."""
        views = () if self.filters.is_narrowing else self.offered["views"]
        return page_of(self.found, self.request.GET, counting(self.request.user, views))

    @cached_property
    def counts(self):
        """How many requests each view holds; a narrowed page, which shows fewer, says nothing."""
        user, keys = self.request.user, self.offered["views"]
        if self.filters.is_narrowing:
            return dict.fromkeys(keys, "")
        if not self.page.rows:
            return view_counts(user, keys)
        return counted_in(vars(self.page.rows[0]), keys)

    @cached_property
    def count(self):
        """How many rows there are in all, as far as anybody counts."""
        if self.page.is_whole:
            return Counted(len(self.page.rows))
        if self.view_key in self.counts and not self.filters.is_narrowing:
            return self.counts[self.view_key]
        return Counted(up_to_the_most(self.found).count())

    def rows(self):
        """Return what the rows show, all in words."""
        url_of = case_urls(self.view_key, self.request.GET.urlencode())
        return lines_of(self.page, self.request.user, url_of, calendar_for(self.request))

    def get_context_data(self, **kwargs):
        """Add the saved views, the filters and one page of rows, and write down who is listed."""
        user = self.request.user
        log_reads(user, "queue", (each.student_id for each in self.page.rows))
        return WagtailAdminTemplateMixin.get_context_data(self, **kwargs) | {
            "view_links": links_to(self.counts, self.view_key),
            "count": self.count,
            "view_key": self.view_key,
            "filters": self.filters,
            "offered_for": OFFERED_FOR,
            "rows": self.rows(),
            "page_obj": self.page,
            "query": query_of(self.request),
            "is_one_type": "type_key" in self.filters.chosen,
        }

    @cached_property
    def file(self):
        """The rows as a file; with the answers where one type is asked for."""
        type_key = self.filters.chosen.get("type_key")
        return QueueFile(self.found, self.request.user, calendar_for(self.request), type_key)

    @property
    def file_name(self):
        """What the file is called."""
        return f"queue-{self.view_key}"

    def note_file(self, kind):
        """Write down who has which rows sent, and whose."""
        details = [kind, *self.filters.in_words(), f"{len(self.file)} rows"]
        user, what = self.request.user, "queue exported"
        log_read(user, what, self.view_key, details=", ".join(details), each_time=True)
        log_reads(user, what, self.file.people, each_time=True)

    def header(self):
        """Return the names of the columns."""
        return self.file.header

    def lines(self):
        """Yield the cells of every row."""
        return self.file.rows()


class TakeFromQueue(OfficeAccess, BaseView):
    """Make the user the advisor of one request, and go back to the list as it was."""

    http_method_names = ["post"]

    def post(self, request, *args, **kwargs):
        """Assign it to whoever asks."""
        key = request.POST.get("take", "")
        visible = StudentRequest.objects.visible_to(request.user)
        student_request = visible.filter(pk=key).first() if key.isdecimal() else None
        if student_request is None:
            raise Http404
        try:
            assign(student_request, request.user, Actor.for_user(request.user))
        except NotAllowed as error:
            raise Http404 from error
        except NotPossible as error:
            messages.error(request, str(error))
        except ValidationError as error:
            # Where somebody has it, a reason is asked for.
            messages.error(request, " ".join(error.messages))
            return redirect("desk_assign", student_request.pk)
        else:
            said = _("You answer for %(request)s now.") % {"request": student_request}
            messages.success(request, said)
        return redirect(self._back())

    def _back(self):
        back = self.request.POST.get("back", "")
        allowed = url_has_allowed_host_and_scheme(back, {self.request.get_host()})
        return back if allowed and back.startswith(reverse("desk_queue")) else reverse("desk_queue")


class QueueMenuItem(MenuItem):
    """The way to the queue, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Queue"), reverse("desk_queue"), name="desk-queue", icon_name="tasks"
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
