"""Writes docs/lifecycle.md: states, diagram and permissions, read from the code."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from isso.requests.lifecycle_document import lifecycle_document

FILE = settings.BASE_DIR / "docs" / "lifecycle.md"


class Command(BaseCommand):
    """Write the document, or only say whether it is current."""

    help = "Writes docs/lifecycle.md from requests/lifecycle.py; --check only compares."

    def add_arguments(self, parser):
        """Offer the comparison for CI."""
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args, **options):
        """Write or compare."""
        text = lifecycle_document()
        if options["check"]:
            if not FILE.exists() or FILE.read_text() != text:
                raise CommandError(
                    "docs/lifecycle.md does not fit the code. Run: manage.py lifecycle_table"
                )
            return
        FILE.write_text(text)
        self.stdout.write(f"{FILE.relative_to(settings.BASE_DIR)} is written.")
