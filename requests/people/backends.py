"""Who a signed-in person is and what he may do."""

from functools import lru_cache

from allauth.account.auth_backends import AuthenticationBackend
from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from isso.home.absence import covers_today

from .models import RoleTerm, User
from .role_terms import end_run_out


class RoleBackend(AuthenticationBackend):
    """People hold permissions through their roles alone; nobody has one of his own.

    Together with the person comes what every page of the desk asks for: the admin's profile, which
    record is his own, and whether he does the work of a colleague who is away.
    """

    def authenticate(self, request, **credentials):
        """Compare a password, where the site has passwords at all."""
        return super().authenticate(request, **credentials) if settings.PASSWORD_SIGN_IN else None

    def get_user(self, user_id):
        """Return the person of a session, unless the office has shut the account.

        Roles whose last day has passed go first, before any page asks for groups.
        """
        found = _people_on(timezone.localdate()).filter(pk=user_id).first()
        if found is None or not self.user_can_authenticate(found):
            return None
        if found.has_role_run_out:
            end_run_out(found)
        return found

    def _get_user_permissions(self, user_obj):
        return Permission.objects.none()

    def _get_group_permissions(self, user_obj):
        return Permission.objects.filter(group__in=user_obj.held_groups)

    def get_group_permissions(self, user_obj, obj=None):
        """Read what the groups may, and with it which they are, as every page of the admin asks."""
        is_plain = user_obj.is_active and not (user_obj.is_anonymous or user_obj.is_superuser)
        if is_plain and obj is None and not hasattr(user_obj, "_group_perm_cache"):
            held = user_obj.held_groups.order_by().values_list(
                "name", "permissions__content_type__app_label", "permissions__codename"
            )
            rows = list(held)
            user_obj.roles = frozenset(name for name, _app, _codename in rows)
            user_obj._group_perm_cache = {
                f"{app}.{codename}" for _name, app, codename in rows if codename
            }
        return super().get_group_permissions(user_obj, obj)


@lru_cache(maxsize=1)
def _people_on(day):
    """Return the question of every signed-in request; to put it together takes half its time."""
    run_out = RoleTerm.objects.run_out(day).filter(user=OuterRef("pk"))
    return User.objects.select_related("wagtail_userprofile").annotate(
        has_role_run_out=Exists(run_out), record_key=F("record"), is_cover=covers_today("email")
    )
