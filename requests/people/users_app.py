"""Wagtail's users app with our forms; this configuration stands in its place."""

from wagtail.users.apps import WagtailUsersAppConfig


class OfficeUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, as the office keeps them (user_admin.py)."""

    user_viewset = "isso.requests.people.user_admin.OfficeUserViewSet"
