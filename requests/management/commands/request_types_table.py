"""Writes docs/request-types.md: what each request type asks and does, read from the code."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from isso.requests.request_types_document import request_types_document

FILE = settings.BASE_DIR / "docs" / "request-types.md"


class Command(BaseCommand):
    """Write the document, or only say whether it is current."""

    help = "Writes docs/request-types.md from requests/types/; --check only compares."

    def add_arguments(self, parser):
        """Offer the comparison for CI."""
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args, **options):
        """Write or compare."""
        text = request_types_document()
        if options["check"]:
            if not FILE.exists() or FILE.read_text() != text:
                raise CommandError(
                    "docs/request-types.md does not fit the code. "
                    "Run: manage.py request_types_table"
                )
            return
        FILE.write_text(text)
        self.stdout.write(f"{FILE.relative_to(settings.BASE_DIR)} is written.")
