"""Take the campus account of one person away, when a wrong one was connected or it is gone."""

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from isso.requests.people import campus
from isso.requests.people.models import User


class Command(BaseCommand):
    """Disconnect one person; an invitation, or the person, connects the right account later."""

    help = "Disconnects the campus account of the person with this e-mail address."

    def add_arguments(self, parser):
        """Ask for the person."""
        parser.add_argument("email", help="the address the person signs in with here")

    def handle(self, *args, email, **options):
        """Disconnect, or say why there is nothing to do."""
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError(_("Nobody here signs in with %s.") % email)
        if not campus.unbind(user):
            raise CommandError(_("No campus account is connected to %s.") % email)
        self.stdout.write(_("Disconnected. Until connected anew, this person gets codes by mail."))
