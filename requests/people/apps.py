"""Who signs in: users, roles and sign-in."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who signs in: users, roles and sign-in."""

    name = "isso.requests.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Tell the outbox how the link of an invitation is made."""
        from isso.requests.notices.links import register_link

        from .invitation_links import invitation_link

        register_link("invitation", invitation_link)
