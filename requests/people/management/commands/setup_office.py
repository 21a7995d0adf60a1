"""Make the roles and their permissions, on a new or a changed installation."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from isso.requests.people.roles import Role, setup_roles


class Command(BaseCommand):
    """Set up the office's roles."""

    help = "Makes the groups of the office and their permissions; safe to run again."

    def handle(self, *args, **options):
        """Set up the roles and say which."""
        setup_roles()
        if options["verbosity"]:
            self.stdout.write(_("Roles are set up: %s.") % ", ".join(Role.values))
