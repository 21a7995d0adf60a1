"""Who signs in: users, roles and sign-in."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who signs in: users, roles and sign-in."""

    name = "isso.requests.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"
