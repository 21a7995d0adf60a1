"""Where editors write reminders: how many it reaches, how it looks, a test to oneself."""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.urls import path
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.panels import Panel
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.snippets.views.snippets import SnippetViewSet

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from ..models import Reminder


class AudiencePanel(Panel):
    """How many people the reminder reaches as saved; never who."""

    class BoundPanel(Panel.BoundPanel):
        """The panel beside one reminder."""

        template_name = "desk/reminder_audience.html"

        def get_context_data(self, parent_context=None):
            """Count the audience."""
            return super().get_context_data(parent_context) | {
                "reminder": self.instance,
                "count": self.instance.audience().count(),
            }


class SendTest(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Mail the newest words of a reminder to whoever presses the button."""

    permission_required = "change"
    permission_policy = None
    edit_url_name = ""
    template_name = "desk/reminder_test.html"
    page_title = gettext_lazy("Send a test to me")
    header_icon = "mail"

    @cached_property
    def reminder(self):
        """The newest version, published or not."""
        saved = get_object_or_404(Reminder, pk=self.kwargs["pk"])
        return saved.get_latest_revision_as_object() if saved.latest_revision_id else saved

    def get_context_data(self, **kwargs):
        """Show what will be sent."""
        return super().get_context_data(**kwargs) | {"reminder": self.reminder}

    def post(self, request, *args, **kwargs):
        """Put the test into the outbox."""
        send_test(self.reminder, request.user)
        messages.success(
            request, _("The test is on its way to %(email)s.") % {"email": request.user.email}
        )
        return redirect(self.edit_url_name, self.reminder.pk)


def send_test(reminder, user):
    """Mail a reminder to one user; pressing twice within a minute sends it once."""
    return notify(
        "reminder_test",
        to=user.email,
        name=user.get_short_name(),
        dedupe=f"reminder:{reminder.pk}:{user.pk}:{timezone.now():%Y-%m-%dT%H:%M}",
        context=office_context()
        | {"title": reminder.title, "text": reminder.text, "link": _absolute(reminder.link_url)},
        audience="staff",
    )


def _absolute(address):
    """Complete an address of our own; a reminder's link is public, so it may stand in the row."""
    return f"{settings.SITE_URL.rstrip('/')}{address}" if address.startswith("/") else address


class ReminderViewSet(SnippetViewSet):
    """Short texts for chosen students on the Welcome tab."""

    model = Reminder
    icon = "info-circle"
    menu_label = gettext_lazy("Reminders")
    menu_name = "reminders"
    menu_order = 210
    add_to_admin_menu = True
    list_display = [
        "title",
        "severity",
        "show_from",
        "show_until",
        Column("time_state.label", label=gettext_lazy("Now")),
    ]
    list_filter = ["severity", "stage", "visa_class", "education_level"]
    search_fields = ["title", "text"]
    panels = [AudiencePanel(heading=gettext_lazy("Reach")), *Reminder.panels]

    def get_urlpatterns(self):
        """Add the test."""
        view = self.construct_view(SendTest)
        return [*super().get_urlpatterns(), path("test/<int:pk>/", view, name="test")]
