"""Make the roles, the groups of the sections and the moderation, on a new or a changed office."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from isso.requests.people.moderation import setup_moderation
from isso.requests.people.roles import Role, setup_roles
from isso.requests.people.sections import setup_section_editors


class Command(BaseCommand):
    """Set up who may do what in the office."""

    help = "Makes the groups of the office and their permissions; safe to run again."

    def handle(self, *args, **options):
        """Set up the roles and say which."""
        setup_roles()
        setup_section_editors()
        setup_moderation()
        if options["verbosity"]:
            self.stdout.write(_("Roles are set up: %s.") % ", ".join(Role.values))
