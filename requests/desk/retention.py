"""What will be deleted or anonymized: the plan, what is held, what was done, and the days."""

from urllib.parse import urlencode

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Count, Max, Min, Q
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from isso.requests.people.roles import may_read_cases
from isso.requests.records.access import log_reads

from ..models import RetentionDays, RetentionEntry, RetentionHold
from ..retention.days import change_days, days_in_force
from ..retention.kind import METHOD_WORDS
from ..retention.planning import NOTICE_DAYS
from ..retention.registry import all_kinds
from .access import OfficeAccess

ROWS_PER_PAGE = 50
CHANGES_SHOWN = 10
# What an entry counts (words.py, anonymizing.py, purging.py).
REMOVED_WORDS = {
    "files": gettext_lazy("files"),
    "submissions": gettext_lazy("submissions"),
    "approvals": gettext_lazy("approvals"),
    "messages": gettext_lazy("messages"),
    "notes": gettext_lazy("notes"),
    "people": gettext_lazy("people"),
    "requests": gettext_lazy("requests"),
    "mails": gettext_lazy("mails"),
    "rows": gettext_lazy("entries"),
}


def may_settle_retention(user) -> bool:
    """Tell whether this user holds people and sets the days: supervisors and administrators."""
    return user.has_perm("requests.add_retentionhold")


class RetentionMenuItem(MenuItem):
    """The way to the plan, for the whole desk."""

    def __init__(self):
        super().__init__(
            gettext_lazy("Retention"),
            reverse("desk_retention"),
            name="desk-retention",
            icon_name="bin",
        )

    def is_shown(self, request):
        """Show it to the desk."""
        return may_read_cases(request.user)


class SupervisorAccess:
    """An address about the plan that changes something, for those who settle it."""

    def dispatch(self, request, *args, **kwargs):
        """Turn away everybody else, before anything is looked for."""
        if not may_settle_retention(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class DaysForm(forms.Form):
    """How long one kind is kept, and why that changes."""

    days = forms.IntegerField(label=gettext_lazy("Days"), min_value=0)
    why = forms.CharField(
        label=gettext_lazy("Reason"),
        max_length=300,
        help_text=gettext_lazy("Who decided it. It is kept with your name."),
    )

    def __init__(self, *args, kind, **kwargs):
        super().__init__(*args, **kwargs)
        period = kind.period
        self.fields["days"].help_text = _(
            "Between %(min)d and %(max)d (%(source)s). Standard: %(default)d."
        ) % {
            "min": period.legal_min,
            "max": period.legal_max,
            "source": period.citation,
            "default": period.default,
        }


class RetentionPlan(OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """Every kind of data: how long it is kept, what is planned, and what was done."""

    template_name = "desk/retention.html"
    page_title = gettext_lazy("What will be deleted or anonymized")
    header_icon = "bin"

    def get_breadcrumbs_items(self):
        """Name the page."""
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        """Add the kinds with their counts, the holds in force and the newest changes."""
        held = RetentionHold.objects.visible_to(self.request.user).in_force()
        held = held.select_related("record", "student_request", "by")
        held = Paginator(held, ROWS_PER_PAGE).get_page(self.request.GET.get("held"))
        log_reads(self.request.user, "retention holds", (each.record_id for each in held))
        changes = RetentionDays.objects.select_related("by")[:CHANGES_SHOWN]
        return super().get_context_data(
            **kwargs,
            kinds=kind_lines(),
            held=held,
            changes=[(each, all_kinds().get(each.kind)) for each in changes],
            notice_days=NOTICE_DAYS,
            may_settle=may_settle_retention(self.request.user),
        )


def kind_lines():
    """Return every kind with its days and the counts of the plan and the report, in two queries."""
    days = days_in_force()
    counted = {
        row["kind"]: row
        for row in RetentionEntry.objects.order_by()
        .values("kind")
        .annotate(
            planned=Count("pk", Q(state="planned")),
            failed=Count("pk", Q(state="planned") & ~Q(problem="")),
            first=Min("acts_on", filter=Q(state="planned")),
            done=Count("pk", Q(state="done")),
            last=Max("ended_at", filter=Q(state="done")),
        )
    }
    nothing = {"planned": 0, "done": 0, "failed": 0, "first": None, "last": None}
    return [
        counted.get(key, nothing)
        | {"kind": kind, "days": days[key], "method": METHOD_WORDS[kind.method]}
        for key, kind in all_kinds().items()
    ]


class KindAccess:
    """A page about one kind of data."""

    @cached_property
    def kind(self):
        """The kind named in the address."""
        found = all_kinds().get(self.kwargs["key"])
        if found is None:
            raise Http404
        return found

    def get_page_title(self):
        """Name the kind and the outcome."""
        if self.kind.outcome == "–":
            return str(self.kind.title)
        return f"{self.kind.title}, {self.kind.outcome}"

    def get_breadcrumbs_items(self):
        """Lead back to the plan."""
        plan = {"url": reverse("desk_retention"), "label": RetentionPlan.page_title}
        here = {"url": "", "label": self.get_page_title()}
        return [*self.breadcrumbs_items, plan, here]


class RetentionOfKind(KindAccess, OfficeAccess, WagtailAdminTemplateMixin, TemplateView):
    """What is planned of one kind, name by name, or what was done of it."""

    template_name = "desk/retention_kind.html"
    header_icon = "bin"

    def get_context_data(self, **kwargs):
        """Add one page of the entries, with the names while there are any, and the holds."""
        shows_done = self.request.GET.get("show") == "done" or not self.kind.is_planned
        entries = RetentionEntry.objects.visible_to(self.request.user).filter(kind=self.kind.key)
        entries = entries.done().order_by("-ended_at", "-pk") if shows_done else entries.planned()
        page = Paginator(entries, ROWS_PER_PAGE).get_page(self.request.GET.get("page"))
        days = days_in_force()[self.kind.key]
        return super().get_context_data(
            **{"form": DaysForm(kind=self.kind, initial={"days": days})} | kwargs,
            kind=self.kind,
            method=METHOD_WORDS[self.kind.method],
            days=days,
            shows_done=shows_done,
            page_obj=page,
            rows=self._rows(page, shows_done),
            query=urlencode({"show": "done"} if shows_done else {}),
            may_settle=may_settle_retention(self.request.user),
            may_change_days=self.kind.period.legal_min < self.kind.period.legal_max,
        )

    def _rows(self, page, shows_done):
        entries = list(page)
        if shows_done or not self.kind.is_planned:
            return [(each, what_is_gone(each), False) for each in entries]
        # The only list here with names in it.
        log_reads(self.request.user, "retention plan", (each.record_id for each in entries))
        keys = [each.object_id for each in entries]
        shown = self.kind.subject.shown(keys)
        held = set(self.kind.subject.held().filter(pk__in=keys).values_list("pk", flat=True))
        return [(each, shown.get(each.object_id), each.object_id in held) for each in entries]


def what_is_gone(entry):
    """Return in words how many of what an entry of the report counts."""
    return ", ".join(
        f"{REMOVED_WORDS.get(name, name)}: {number}" for name, number in entry.removed.items()
    )


class ChangeDays(SupervisorAccess, RetentionOfKind):
    """Sets how long one kind is kept; refused numbers show on the page, nothing typed is lost."""

    http_method_names = ("post",)

    def post(self, request, key):
        """Set and log it, or say what is wrong."""
        form = DaysForm(request.POST, kind=self.kind)
        if form.is_valid():
            try:
                changed = change_days(self.kind, by=request.user, **form.cleaned_data)
            except ValidationError as error:
                form.add_error(None, error)
            else:
                if changed:
                    messages.success(request, _("The new number of days counts from now on."))
                else:
                    messages.info(request, _("It was that number already; nothing has changed."))
                return redirect("desk_retention_kind", key)
        return self.render_to_response(self.get_context_data(form=form), status=422)
