"""System checks of the whole site."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.checks import Error, Tags, register
from django.db import connections

DEMONSTRATION_EMAILS = "@demo.example"
# The check that the web server makes at its start, too (start.py).
SIGN_IN = "sign_in"


@register(SIGN_IN, deploy=True)
def staff_can_sign_in(app_configs, **kwargs):
    """Refuse an office in earnest whose staff have no way in: mailed codes are not for them."""
    if settings.OIDC_ISSUER or settings.PASSWORD_SIGN_IN:
        return []
    return [
        Error(
            "Nobody of the staff could sign in: there is neither a campus sign-in nor a password.",
            hint="Set the OIDC_… variables, or PASSWORD_SIGN_IN=1 (deploy/README.md).",
            id="isso.E002",
        )
    ]


@register(Tags.database)
def no_demonstration_accounts(databases, **kwargs):
    """Refuse an office in earnest in which people with a known password may still sign in.

    Reads the database, so it runs where one is named: in ``migrate``, at the start of web server
    (wsgi.py) and worker, and with ``manage.py check --database default``.
    """
    if settings.DEMONSTRATION:
        return []
    return [
        Error(
            "Demonstration accounts are present: accounts that end in "
            f"{DEMONSTRATION_EMAILS} are active.",
            hint="Start with an empty database, or deactivate these accounts.",
            id="isso.E001",
        )
        for alias in databases or []
        if _demonstration_accounts(alias)
    ]


def _demonstration_accounts(alias):
    users = get_user_model()
    # Before the first migration there is no such table.
    if users._meta.db_table not in connections[alias].introspection.table_names():
        return False
    return (
        users.objects.using(alias)
        .filter(is_active=True, email__iendswith=DEMONSTRATION_EMAILS)
        .exists()
    )
