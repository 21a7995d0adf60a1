"""Loads the demonstration office: pages, people, requests."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from isso.requests.demonstration.office import load_the_office
from isso.requests.demonstration.people import load_people
from isso.requests.demonstration.story import load_requests
from isso.requests.people.roles import setup_roles


class Command(BaseCommand):
    """Load what is missing of the demonstration; run again, it changes nothing."""

    help = "Loads the demonstration office (development settings only)."

    def handle(self, *args, **options):
        """Load pages, facts, accounts and requests."""
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration has accounts with a known password, so it is loaded under the "
                "development settings only."
            )
        today = timezone.localdate()
        with transaction.atomic():
            setup_roles()
            load_the_office(today)
            load_people(today)
            told = load_requests(today)
        if options["verbosity"]:
            self.stdout.write(f"The demonstration office is loaded ({told} new requests).")
