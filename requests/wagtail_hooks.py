"""Registers the desk with Wagtail's admin; what is registered stands in desk/."""

from django.templatetags.static import static
from django.utils.html import format_html
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from isso.requests.people.roles import may_read_cases

from .desk import dashboard, guards, menu, reviews, trials, urls
from .desk.account import MailChoicePanel
from .desk.admitted import AdmittedMenuItem
from .desk.alerts import AlertsMenuItem
from .desk.caseloads import CaseloadViewSet
from .desk.department_access import DepartmentAccessMenuItem
from .desk.failures import FailuresMenuItem
from .desk.figures import FiguresMenuItem
from .desk.for_departments import ForDepartmentsMenuItem
from .desk.imports import ImportMenuItem
from .desk.inbox import InboxMenuItem
from .desk.intake import IntakeMenuItem
from .desk.invitations import InvitationsMenuItem
from .desk.office_forms import OfficeFormViewSet
from .desk.queue import QueueMenuItem
from .desk.readings import ReadingsMenuItem
from .desk.reminders import ReminderViewSet
from .desk.reply_templates import ReplyTemplateViewSet
from .desk.retention import RetentionMenuItem
from .desk.scholars import ScholarsMenuItem
from .desk.settled import DirectoryViewSet, PolicyViewSet
from .desk.sevis_list import SevisMenuItem
from .desk.sign_in_troubles import TroublesMenuItem
from .desk.staff import StaffMenuItem
from .desk.students import StudentsMenuItem, StudentsSearchArea
from .desk.waiting_messages import MessagesMenuItem

for viewset in (CaseloadViewSet, DirectoryViewSet, ReplyTemplateViewSet):
    hooks.register("register_admin_viewset", viewset)
register_snippet(PolicyViewSet)
register_snippet(OfficeFormViewSet)
register_snippet(ReminderViewSet)
hooks.register("register_admin_menu_item", QueueMenuItem)
hooks.register("register_admin_menu_item", FiguresMenuItem)
hooks.register("register_admin_menu_item", SevisMenuItem)
hooks.register("register_admin_menu_item", MessagesMenuItem)
hooks.register("register_admin_menu_item", InboxMenuItem)
hooks.register("register_admin_menu_item", FailuresMenuItem)
hooks.register("register_admin_menu_item", IntakeMenuItem)
hooks.register("register_admin_menu_item", ImportMenuItem)
hooks.register("register_admin_menu_item", StudentsMenuItem)
hooks.register("register_admin_menu_item", AdmittedMenuItem)
hooks.register("register_admin_menu_item", ScholarsMenuItem)
hooks.register("register_admin_menu_item", AlertsMenuItem)
hooks.register("register_admin_menu_item", InvitationsMenuItem)
hooks.register("register_admin_menu_item", TroublesMenuItem)
hooks.register("register_admin_menu_item", DepartmentAccessMenuItem)
hooks.register("register_admin_menu_item", ForDepartmentsMenuItem)
hooks.register("register_admin_menu_item", ReadingsMenuItem)
hooks.register("register_admin_menu_item", StaffMenuItem)
hooks.register("register_admin_menu_item", RetentionMenuItem)
hooks.register("register_admin_search_area", StudentsSearchArea)
hooks.register("register_account_settings_panel", MailChoicePanel)
hooks.register("construct_main_menu", menu.gather)
hooks.register("register_snippet_listing_buttons", trials.try_button)
hooks.register("before_delete_page", guards.refuse_deleting_page)
hooks.register("before_bulk_action", guards.refuse_deleting_pages)
hooks.register("before_delete_snippet", guards.refuse_deleting_published_forms)


@hooks.register("register_admin_urls")
def desk_addresses():
    """Add the addresses of cases."""
    return urls.urlpatterns


@hooks.register("construct_homepage_panels")
def desk_panels(request, panels):
    """Show the office its work."""
    if may_read_cases(request.user):
        panels += [dashboard.WorkPanel(), dashboard.MachineryPanel()]
    if reviews.may_review(request.user):
        panels.append(reviews.ReviewsPanel())


@hooks.register("insert_global_admin_css")
def desk_css():
    """Add the desk's own styles."""
    return format_html('<link rel="stylesheet" href="{}">', static("isso/desk.css"))
