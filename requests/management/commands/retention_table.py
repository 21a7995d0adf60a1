"""Writes docs/retention.md: how long each kind of data is kept, read from the code."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from isso.requests.retention.document import retention_document

FILE = settings.BASE_DIR / "docs" / "retention.md"


class Command(BaseCommand):
    """Write the document, or only say whether it is current."""

    help = "Writes docs/retention.md from requests/retention/kinds/; --check only compares."

    def add_arguments(self, parser):
        """Offer the comparison for CI."""
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args, **options):
        """Write or compare."""
        text = retention_document()
        if options["check"]:
            if not FILE.exists() or FILE.read_text() != text:
                raise CommandError(
                    "docs/retention.md does not fit the code. Run: manage.py retention_table"
                )
            return
        FILE.write_text(text)
        self.stdout.write(f"{FILE.relative_to(settings.BASE_DIR)} is written.")
