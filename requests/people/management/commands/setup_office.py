"""Make the groups, moderation and privacy notice of a new or a changed office."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from wagtail.models import Site

from isso.home.privacy import put_privacy_notice
from isso.requests.people.moderation import setup_moderation
from isso.requests.people.roles import Role, setup_roles
from isso.requests.people.sections import setup_section_editors


class Command(BaseCommand):
    """Set up who may do what in the office, and what every office must have."""

    help = "Makes the office's groups, permissions and privacy notice; safe to run again."

    def handle(self, *args, **options):
        """Set up the roles and say which."""
        setup_roles()
        setup_section_editors()
        setup_moderation()
        put_privacy_notice(Site.objects.filter(is_default_site=True).first())
        if options["verbosity"]:
            self.stdout.write(_("Roles are set up: %s.") % ", ".join(Role.values))
