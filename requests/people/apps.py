"""Who signs in: users, roles and sign-in."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Who signs in: users, roles and sign-in."""

    name = "isso.requests.people"
    label = "people"
    verbose_name = "People"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        """Tell the outbox how to open a sealed code, and how its links are made."""
        from django.urls import reverse

        from isso.requests.notices.links import register_link, register_secret

        from .department_access import confirmation_token
        from .invitation_links import invitation_link
        from .sign_in_mails import open_code

        register_link("invitation", invitation_link)
        register_link(
            "department_access",
            lambda key: reverse("department_access_confirm", args=[confirmation_token(key)]),
        )
        register_link("sign_in", lambda: reverse("account_login"))
        register_link("personal_email", lambda: reverse("personal_email"))
        register_secret("sign_in_code", open_code)
