"""The “Office” menu of the admin: what editors keep beside the pages."""

from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from isso.pages.models import FormEntry, GlossaryTerm

from . import canceled_entries, dashboard, statistics_admin, suggestions_view
from .hours import office_calendar
from .models import (
    Alert,
    CostOfAttendance,
    ExchangeRate,
    HoursException,
    HoursSchedule,
    KeyDate,
    StaffMember,
    StatisticsYear,
)
from .next_days import NextDays, NextDaysPanel, warnings_ahead
from .timed import Timed

# Without Wagtail's index, which finds whole words alone; a list of the office is short.
PARTS_OF_WORDS = None


class AlertViewSet(SnippetViewSet):
    """Urgent messages on top of every page."""

    model = Alert
    icon = "warning"
    list_display = [
        "title",
        "tone",
        "show_from",
        "show_until",
        Column("time_state.label", label=_("Now")),
    ]
    list_filter = ["tone", "live"]


class HoursScheduleViewSet(SnippetViewSet):
    """The normal weeks."""

    model = HoursSchedule
    icon = "history"
    list_display = ["name", "kind", "valid_from", "valid_until"]
    list_filter = ["kind"]
    panels = [*HoursSchedule.panels, NextDaysPanel(heading=_("The next 14 days"))]


class HoursExceptionViewSet(SnippetViewSet):
    """Closures and changed hours."""

    model = HoursException
    icon = "date"
    list_display = ["reason", "start", "end", "applies_to"]
    list_filter = ["applies_to"]
    panels = [*HoursException.panels, NextDaysPanel(heading=_("The next 14 days"))]


class KeyDateViewSet(SnippetViewSet):
    """Dates people have to know."""

    model = KeyDate
    icon = "calendar"
    list_display = ["title", "start", "end", "audience", "category", "term"]
    list_filter = ["audience", "category", "term"]


class StaffMemberViewSet(SnippetViewSet):
    """The people of the office."""

    model = StaffMember
    icon = "group"
    list_display = ["name", "title", "letters_from", "letters_to"]
    search_backend_name = PARTS_OF_WORDS
    search_fields = ["name", "title"]


class StatisticsYearViewSet(SnippetViewSet):
    """The numbers of each year."""

    model = StatisticsYear
    icon = "table"
    list_display = ["name", "as_of"]


class FormEntryViewSet(SnippetViewSet):
    """The rows of “All forms”."""

    model = FormEntry
    icon = "form"
    list_display = ["title", "kind", "topic", "audience", "revised_on"]
    list_filter = ["kind", "topic", "audience"]


class GlossaryTermViewSet(SnippetViewSet):
    """Words that pages explain where they first use them."""

    model = GlossaryTerm
    icon = "openquote"
    list_display = ["term", "expansion"]
    search_backend_name = PARTS_OF_WORDS
    search_fields = ["term", "also_written", "expansion"]


class CostOfAttendanceViewSet(SnippetViewSet):
    """What a year of study costs."""

    model = CostOfAttendance
    icon = "calendar-alt"
    list_display = ["__str__", "months", "tuition", "living"]
    list_filter = ["year", "level"]
    search_backend_name = PARTS_OF_WORDS
    search_fields = ["note"]


class ExchangeRateViewSet(SnippetViewSet):
    """What a dollar costs in other currencies."""

    model = ExchangeRate
    icon = "rotate"
    list_display = ["currency", "units", "day"]
    list_filter = ["currency"]
    search_backend_name = PARTS_OF_WORDS
    search_fields = ["currency"]


class OfficeGroup(SnippetViewSetGroup):
    """Everything about the office in one menu."""

    menu_label = _("Office")
    menu_icon = "home"
    menu_order = 200
    items = [
        AlertViewSet,
        HoursScheduleViewSet,
        HoursExceptionViewSet,
        KeyDateViewSet,
        StaffMemberViewSet,
        StatisticsYearViewSet,
        FormEntryViewSet,
        GlossaryTermViewSet,
        CostOfAttendanceViewSet,
        ExchangeRateViewSet,
    ]

    def get_submenu_items(self):
        """Add the suggestions, which are not kept themselves."""
        return [*super().get_submenu_items(), suggestions_view.menu_item()]


register_snippet(OfficeGroup)
hooks.register("register_admin_urls", statistics_admin.ways_to_fill_a_year)
hooks.register("register_snippet_listing_buttons", statistics_admin.buttons_to_fill_a_year)


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_when_it_shows(request, instance):
    """Tell who has published something with times of its own when people see it."""
    if not isinstance(instance, Timed):
        return
    # Wagtail hands over the draft; the published words are in the database.
    published = type(instance).objects.get(pk=instance.pk)
    if sentence := published.time_sentence():
        messages.warning(request, sentence)


hooks.register("construct_homepage_panels", dashboard.arrange_panels)
hooks.register("construct_homepage_summary_items", dashboard.drop_summary)
hooks.register("register_reports_menu_item", dashboard.ScheduleMenuItem)


@hooks.register("register_admin_urls")
def editors_addresses():
    """Add the report, and the suggestions of closures."""
    return [
        path("reports/schedule/", dashboard.ScheduleReport.as_view(), name="editors_schedule"),
        *suggestions_view.urlpatterns,
    ]


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def tell_of_hours_outside_the_office(request, instance):
    """Warn of walk-ins at a closed door; what was entered is saved all the same."""
    if isinstance(instance, (HoursSchedule, HoursException)):
        for sentence in warnings_ahead(office_calendar(), timezone.localdate()):
            messages.warning(request, sentence)


@hooks.register("construct_homepage_panels")
def hours_panel(request, panels):
    """Show those who keep the hours what they have planned."""
    if request.user.has_perm("home.change_hoursexception"):
        panels.append(NextDays())


# Whatever else takes an entry out of a calendar the worker finds within minutes.
for moment in (
    "after_create_snippet",
    "after_edit_snippet",
    "after_delete_snippet",
    "after_publish_page",
    "after_unpublish_page",
    "after_delete_page",
    "after_move_page",
    "after_bulk_action",
):
    hooks.register(moment, canceled_entries.compare_at_once)
