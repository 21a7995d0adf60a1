"""Who a signed-in person is and what he may do."""

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.models import Permission

from .models import User


class RoleBackend(AuthenticationBackend):
    """People hold permissions through their roles alone; nobody has one of his own.

    Together with the person comes the admin's profile, which every page of the admin asks for.
    """

    def get_user(self, user_id):
        """Return the person of a session, unless the office has shut the account."""
        found = User.objects.select_related("wagtail_userprofile").filter(pk=user_id).first()
        return found if found and self.user_can_authenticate(found) else None

    def _get_user_permissions(self, user_obj):
        return Permission.objects.none()
