"""Loads the demonstration office: pages, people, requests."""

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from isso.home.office import the_office, working_for
from isso.requests.demonstration.alerts import load_alerts
from isso.requests.demonstration.bulk import load_bulk
from isso.requests.demonstration.invitations import load_invitations
from isso.requests.demonstration.office import load_the_office
from isso.requests.demonstration.office_forms import load_office_forms
from isso.requests.demonstration.people import load_people
from isso.requests.demonstration.refreshing import refresh
from isso.requests.demonstration.reply_templates import load_reply_templates
from isso.requests.demonstration.story import load_requests


class Command(BaseCommand):
    """Load what is missing of the demonstration; run again, it changes nothing."""

    help = "Loads the demonstration office (development settings only)."

    def add_arguments(self, parser):
        """Offer to move its dates to today, and a large data set."""
        parser.add_argument("--refresh", action="store_true", help="move all its dates to today")
        parser.add_argument("--students", type=int, default=0, help="add so many people")
        parser.add_argument("--requests", type=int, default=0, help="add so many requests of them")

    def handle(self, *args, **options):
        """Load pages, facts, accounts and requests, all of it or nothing."""
        with working_for(the_office()):
            self._load(options)

    def _load(self, options):
        if not settings.DEMONSTRATION:
            raise CommandError(
                "The demonstration has accounts with a known password, so it is loaded under the "
                "development settings only."
            )
        if options["requests"] and not options["students"]:
            raise CommandError("--requests needs --students: somebody must have made them.")
        say = self.stdout.write if options["verbosity"] else lambda line: None
        today = timezone.localdate()
        with transaction.atomic():
            days = refresh(today) if options["refresh"] else 0
            if days:
                say(f"All dates are moved by {days} days.")
            load_the_office(today)
            call_command("setup_office", verbosity=0)
            load_people(today)
            load_invitations()
            load_office_forms()
            load_reply_templates()
            told = load_requests(today)
            load_alerts(today, is_moved=bool(days))
            say(f"The demonstration office is loaded ({told} new requests).")
        if options["students"]:
            with transaction.atomic():
                load_bulk(options["students"], options["requests"], today, say)
