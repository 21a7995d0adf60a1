"""Wagtail's users app without its pages: accounts and roles change on the staff pages alone."""

from wagtail.admin.viewsets.base import ViewSet
from wagtail.users.apps import WagtailUsersAppConfig


class NoPages(ViewSet):
    """Wagtail's list of users shows students, and its forms give roles past their last day."""

    def on_register(self):
        """Bring no menu item, no search and no address."""


class OfficeUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users and groups, kept by role_terms.py and roles.py."""

    user_viewset = group_viewset = "isso.requests.people.users_app.NoPages"
