"""What an editor sees first in the admin, and the report “Scheduled and expiring”."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.permissions import page_permission_policy

from .approvals import waiting_around
from .schedule import changes_ahead, publisher_state
from .scheduled import closures_ahead, pages_to_check

MOST_SHOWN = 5
# Our own panels say the first two in one query for any number of rows; the others are reports.
REPLACED = {
    "workflow_objects_to_moderate",
    "user_objects_in_workflow_moderation",
    "recent_edits",
    "locked_pages",
}
# Wagtail asks for these also where nobody can have any.
OF_PAGES_ALONE = {"recent_edits", "locked_pages"}


@dataclass(frozen=True)
class QuickLink:
    """One thing editors do often; shown to who may do it."""

    label: Any
    permission: str
    address: Callable[[], str]
    order: int = 100


_links = [
    QuickLink(_("Write or change a page"), "", lambda: reverse("wagtailadmin_explore_root"), 0),
    QuickLink(
        _("Add an alert"),
        "home.add_alert",
        lambda: reverse("wagtailsnippets_home_alert:add"),
        10,
    ),
    QuickLink(
        _("Change hours"),
        "home.change_hoursschedule",
        lambda: reverse("wagtailsnippets_home_hoursschedule:list"),
        20,
    ),
    QuickLink(
        _("Add a closure"),
        "home.add_hoursexception",
        lambda: reverse("wagtailsnippets_home_hoursexception:add"),
        30,
    ),
    QuickLink(
        _("Office settings"),
        "home.change_officesettings",
        lambda: reverse("wagtailsettings:edit", args=["home", "officesettings"]),
        40,
    ),
    QuickLink(_("Scheduled and expiring"), "", lambda: reverse("editors_schedule"), 50),
]


def register_quick_link(link: QuickLink) -> None:
    """Let a room offer one of its own."""
    if link not in _links:
        _links.append(link)


def may_edit(user) -> bool:
    """Tell whether this user edits pages, the whole site's or one section's."""
    return page_permission_policy.user_has_any_permission(user, {"add", "change", "publish"})


class EditorPanel(Component):
    """A part of the first page, with what its template shows."""

    def get_context_data(self, parent_context):
        """Collect it for whoever looks."""
        return self.contents(parent_context["request"].user)


class QuickLinksPanel(EditorPanel):
    """What editors do most, one click away."""

    name = "editor_links"
    order = 10
    template_name = "editors/panel_links.html"

    def contents(self, user):
        """Offer what this user may do."""
        links = sorted(_links, key=lambda link: link.order)
        return {
            "links": [
                (link.label, link.address())
                for link in links
                if not link.permission or user.has_perm(link.permission)
            ]
        }


class ApprovalPanel(EditorPanel):
    """What waits for this user's approval, and what this user has submitted."""

    name = "editor_approval"
    order = 20
    template_name = "editors/panel_approval.html"

    def contents(self, user):
        """Read the versions that wait."""
        waiting, asked = waiting_around(user)
        return {"waiting": waiting, "asked": asked}


class SchedulePanel(EditorPanel):
    """What appears or goes away next, and whether the worker sees to it."""

    name = "editor_schedule"
    order = 30
    template_name = "editors/panel_schedule.html"

    def contents(self, user):
        """Read the schedule and keep the next few."""
        found = changes_ahead(user)
        return {
            "changes": found[:MOST_SHOWN],
            "more": max(len(found) - MOST_SHOWN, 0),
            "publisher": publisher_state(),
        }


class ClosuresPanel(EditorPanel):
    """On which days the office is closed or has other hours."""

    name = "editor_closures"
    order = 40
    template_name = "editors/panel_closures.html"

    def contents(self, user):
        """Read the next closures, announced or not."""
        return {
            "closures": closures_ahead(user)[:MOST_SHOWN],
            "may_change": user.has_perm("home.change_hoursexception"),
        }


class OverduePanel(EditorPanel):
    """Which pages somebody should have checked again."""

    name = "editor_overdue"
    order = 45
    template_name = "editors/panel_overdue.html"

    def contents(self, user):
        """Read the pages whose day has passed."""
        today = timezone.localdate()
        found = [page for page in pages_to_check(user) if page.review_by < today]
        return {"pages": found[:MOST_SHOWN], "more": max(len(found) - MOST_SHOWN, 0)}


def arrange_panels(request, panels):
    """Give who edits the panels above in place of those of Wagtail that say the same."""
    edits = may_edit(request.user)
    left_out = REPLACED if edits else OF_PAGES_ALONE
    panels[:] = [each for each in panels if getattr(each, "name", "") not in left_out]
    if not edits:
        return
    panels += [
        QuickLinksPanel(),
        ApprovalPanel(),
        SchedulePanel(),
        ClosuresPanel(),
        OverduePanel(),
    ]


def drop_summary(request, items):
    """Leave out how many pages, images and documents there are: nobody acts on that."""
    items.clear()


class ScheduleReport(WagtailAdminTemplateMixin, TemplateView):
    """Everything that appears or goes away in the next thirty days, and what waits for approval."""

    template_name = "editors/schedule_report.html"
    page_title = _("Scheduled and expiring")
    header_icon = "time"

    def dispatch(self, request, *args, **kwargs):
        """Turn away who edits nothing."""
        if not may_edit(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs):
        """Read the schedule, the worker's state and the approvals."""
        user = self.request.user
        waiting, asked = waiting_around(user)
        return super().get_context_data(**kwargs) | {
            "changes": changes_ahead(user),
            "publisher": publisher_state(),
            "waiting": waiting,
            "asked": asked,
        }


class ScheduleMenuItem(MenuItem):
    """The way to the report, for who may open it."""

    def __init__(self):
        super().__init__(
            _("Scheduled and expiring"),
            reverse("editors_schedule"),
            name="editors-schedule",
            icon_name="time",
            order=50,
        )

    def is_shown(self, request):
        """Show it to editors."""
        return may_edit(request.user)
