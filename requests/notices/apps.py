"""The outbox: every mail the portal sends, and its wording."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox: every mail the portal sends, and its wording."""

    name = "isso.requests.notices"
    label = "notices"
    verbose_name = "Notices"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Listen to what the mail provider reports."""
        from anymail.signals import tracking

        from .tracking import take_in_report

        tracking.connect(take_in_report, dispatch_uid="notices.take_in_report")
