"""Threads at the desk: who waits for an answer, about a request or in general."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count as Number
from django.db.models import F, IntegerField, Q, Value
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.menu import MenuItem

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_reads

from ..models import GeneralThread, StudentRequest
from .access import OfficeAccess
from .admitted import Count
from .listing import Listing

GENERAL, OF_A_REQUEST = 0, 1
MINE, NOBODYS, ALL = "mine", "nobodys", "all"
WHOSE = {
    MINE: (gettext_lazy("Waiting for me"), lambda user: Q(assignee=user)),
    NOBODYS: (gettext_lazy("Waiting for nobody in particular"), lambda user: Q(assignee=None)),
    ALL: (gettext_lazy("Waiting for an answer"), lambda user: Q()),
}
TALKED = "talked"
WAITS = Q(unanswered_since__isnull=False)


class ThreadRow(NamedTuple):
    """One thread: whose, about what, and since when somebody waits."""

    record: object
    thread: object
    title: str
    url: str


class MessageList(OfficeAccess, Listing):
    """The threads that wait for an answer, the longest wait first; or all, the newest first."""

    template_name = "desk/waiting_messages.html"
    page_title = gettext_lazy("Messages")
    header_icon = "mail"

    @cached_property
    def chosen(self):
        """Which threads are listed; a nonsense choice is one's own."""
        asked = self.request.GET.get("show", MINE)
        return asked if asked in (*WHOSE, TALKED) else MINE

    def everything(self):
        """Return (kind, key) of each thread, from both tables in one query."""
        if self.chosen == TALKED:
            kept, order = Q(last_message_at__isnull=False), "-last_message_at"
        else:
            _title, whose = WHOSE[self.chosen]
            kept, order = WAITS & whose(self.request.user), "unanswered_since"
        of_requests, general = (
            found.filter(kept)
            .order_by()
            .annotate(kind=Value(kind, output_field=IntegerField()), moment=F(order.strip("-")))
            .values_list("kind", "pk", "moment")
            for kind, found in self._threads.items()
        )
        by_moment = order.replace(order.strip("-"), "moment")
        return of_requests.union(general, all=True).order_by(by_moment, "kind", "pk")

    @cached_property
    def _threads(self):
        user = self.request.user
        return {
            OF_A_REQUEST: StudentRequest.objects.visible_to(user),
            GENERAL: GeneralThread.objects.visible_to(user),
        }

    def rows(self, page):
        """Read the threads of one page, those of each table at once."""
        keys = {kind: [pk for each, pk, _at in page if each == kind] for kind in self._threads}
        requests = self._threads[OF_A_REQUEST].select_related("student", "assignee")
        general = self._threads[GENERAL].select_related("record", "assignee")
        rows = {
            (OF_A_REQUEST, each.pk): ThreadRow(
                each.student,
                each,
                str(each),
                reverse("desk_case", args=[each.pk]) + "#messages-section",
            )
            for each in requests.filter(pk__in=keys[OF_A_REQUEST]).defer("answers")
        } | {
            (GENERAL, each.pk): ThreadRow(
                each.record,
                each,
                _("About no request"),
                reverse("desk_student_messages", args=[each.record_id]),
            )
            for each in general.filter(pk__in=keys[GENERAL])
        }
        shown = [rows[kind, pk] for kind, pk, _at in page if (kind, pk) in rows]
        log_reads(self.request.user, "messages", (row.record for row in shown))
        return shown

    def get_context_data(self, **kwargs):
        """Add how many wait for whom."""
        numbers = waiting_numbers(self.request.user)
        counts = [
            Count(title, numbers[key], urlencode({"show": key}), self.chosen == key)
            for key, (title, _whose) in WHOSE.items()
        ]
        return super().get_context_data(**kwargs) | {
            "counts": counts,
            "is_talked": self.chosen == TALKED,
        }


def waiting_numbers(user):
    """Return how many threads wait for whom, in one query for each of the two tables."""
    asked = {key: Number("pk", filter=whose(user)) for key, (_title, whose) in WHOSE.items()}
    found = (StudentRequest.objects.visible_to(user), GeneralThread.objects.visible_to(user))
    numbers = [each.filter(WAITS).aggregate(**asked) for each in found]
    return {key: sum(each[key] for each in numbers) for key in WHOSE}


class MessagesMenuItem(MenuItem):
    """The way to the threads, for those who work on requests."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Messages"),
            reverse("desk_messages"),
            name="desk-messages",
            icon_name="comment",
        )

    def is_shown(self, request):
        """Show it to the office."""
        return may_read_cases(request.user)
