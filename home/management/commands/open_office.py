"""Make the empty pages of a new office, once, before its editors come."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from isso.home.models import OfficeSettings
from isso.home.opening import open_office


class Command(BaseCommand):
    """Open a new office."""

    help = "Makes the empty pages every office has; does nothing where a home page exists."

    def handle(self, *args, **options):
        """Make the pages and say how many."""
        name = OfficeSettings._meta.get_field("office_name").default
        made = open_office(settings.SITE_URL, str(name))
        self.stdout.write(
            _("%d pages are ready for your editors.") % len(made)
            if made
            else _("The office has a home page already; nothing was changed.")
        )
