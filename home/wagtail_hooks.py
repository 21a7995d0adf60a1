"""The “Office” menu of the admin: what editors keep beside the pages."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from isso.pages.models import FormEntry

from .models import Alert, HoursException, HoursSchedule, KeyDate, StaffMember, StatisticsYear


class AlertViewSet(SnippetViewSet):
    """Urgent messages on top of every page."""

    model = Alert
    icon = "warning"
    list_display = [
        "title",
        "tone",
        "show_from",
        "show_until",
        BooleanColumn("live", label=_("Live")),
    ]
    list_filter = ["tone", "live"]


class HoursScheduleViewSet(SnippetViewSet):
    """The normal weeks."""

    model = HoursSchedule
    icon = "history"
    list_display = ["name", "kind", "valid_from", "valid_until"]
    list_filter = ["kind"]


class HoursExceptionViewSet(SnippetViewSet):
    """Closures and changed hours."""

    model = HoursException
    icon = "date"
    list_display = ["reason", "start", "end", "applies_to"]
    list_filter = ["applies_to"]


class KeyDateViewSet(SnippetViewSet):
    """Dates people have to know."""

    model = KeyDate
    icon = "calendar"
    list_display = ["title", "start", "end", "audience", "category"]
    list_filter = ["audience", "category"]


class StaffMemberViewSet(SnippetViewSet):
    """The people of the office."""

    model = StaffMember
    icon = "group"
    list_display = ["name", "title", "letters_from", "letters_to"]


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
    ]


register_snippet(OfficeGroup)
