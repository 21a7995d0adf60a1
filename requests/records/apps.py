"""The Personal & Program record and who changed or read it."""

from django.apps import AppConfig


class RecordsConfig(AppConfig):
    """The Personal & Program record and who changed or read it."""

    name = "isso.requests.records"
    label = "records"
    verbose_name = "Records"
    default_auto_field = "django.db.models.BigAutoField"
