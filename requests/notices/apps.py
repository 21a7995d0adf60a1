"""The outbox: every mail the portal sends, and its wording."""

from django.apps import AppConfig


class NoticesConfig(AppConfig):
    """The outbox: every mail the portal sends, and its wording."""

    name = "isso.requests.notices"
    label = "notices"
    verbose_name = "Notices"
    default_auto_field = "django.db.models.BigAutoField"
