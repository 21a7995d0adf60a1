"""The office itself: home and about pages, hours, staff, key dates, alerts."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class HomeConfig(AppConfig):
    """The office itself: home and about pages, hours, staff, key dates, alerts."""

    name = "isso.home"
    label = "home"
    verbose_name = "Office"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Tell the pages when they change, by which models, and what is found; guard exports."""
        from isso.pages.fixed_addresses import FixedAddress, register_fixed
        from isso.pages.freshness import register_change
        from isso.pages.generation import shows_all_of

        from . import alerts, findable, hours, scheduled
        from .models import StaffMember
        from .schedule import register_schedule
        from .spreadsheet import guard_exports

        register_change(hours.next_change)
        register_change(alerts.next_change)
        shows_all_of(self, but=("ToldCalendarEntry",))
        for provider in (
            scheduled.scheduled_pages,
            scheduled.checks_of_pages,
            scheduled.alerts,
            scheduled.closures,
        ):
            register_schedule(provider)
        findable.connect()
        guard_exports()
        register_fixed(
            FixedAddress("/contact/", _("all pages, errors and the portal")),
            FixedAddress("/key-dates/", _("all pages")),
            FixedAddress("/about/", _("all pages")),
            FixedAddress("/about/staff/", _("people in the search"), StaffMember.objects.exists),
        )
