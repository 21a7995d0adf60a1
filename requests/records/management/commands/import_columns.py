"""Writes the table of columns in docs/import.md, read from the code."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from isso.requests.records.importing.document import with_current_table

FILE = settings.BASE_DIR / "docs" / "import.md"


class Command(BaseCommand):
    """Write the table, or only say whether it is current."""

    help = "Writes the columns of an import file into docs/import.md; --check only compares."

    def add_arguments(self, parser):
        """Offer the comparison for CI."""
        parser.add_argument("--check", action="store_true", help="fail when the file is stale")

    def handle(self, *args, **options):
        """Write or compare."""
        before = FILE.read_text(encoding="utf-8")
        now = with_current_table(before)
        if options["check"]:
            if now != before:
                raise CommandError("docs/import.md is stale. Run: manage.py import_columns")
            return
        FILE.write_text(now, encoding="utf-8")
        self.stdout.write(f"{FILE.relative_to(settings.BASE_DIR)} is written.")
