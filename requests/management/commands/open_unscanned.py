"""Opens files that wait for a virus scanner the office has given up."""

from django.core.management.base import BaseCommand, CommandError

from isso.requests.scanning import open_unscanned


class Command(BaseCommand):
    """Open what waits, on the word of a person, never by itself."""

    help = "Opens every upload that waits for a virus scan; for an office without a scanner."

    def handle(self, *args, **options):
        """Open and count."""
        try:
            opened = open_unscanned()
        except ValueError as problem:
            raise CommandError(str(problem)) from problem
        self.stdout.write(f"Files opened without a scan: {opened}.")
