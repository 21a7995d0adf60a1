"""The portal: requests, their lifecycle, and the desk."""

from django.apps import AppConfig


class RequestsConfig(AppConfig):
    """The portal: requests, their lifecycle, and the desk."""

    name = "isso.requests"
    label = "requests"
    verbose_name = "Portal"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Tell the lower rooms what only this one knows: links in mails and words of statuses."""
        from . import connections

        connections.connect()
