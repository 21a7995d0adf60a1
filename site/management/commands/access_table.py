"""Prints who may do what: every role, every address, every action."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from isso.site.access_document import access_markdown, access_text
from isso.site.access_rules import ROLES

FILE = settings.BASE_DIR / "docs" / "access.md"


class Command(BaseCommand):
    """Print the table, write it into the document, or say whether that is current."""

    help = "Prints who may do what, read from site/access_table.py and requests/lifecycle.py."

    def add_arguments(self, parser):
        """Offer one role, the document and its comparison for CI."""
        parser.add_argument("--role", choices=ROLES, help="print what this role gets, no other")
        parser.add_argument("--markdown", action="store_true", help="write docs/access.md")
        parser.add_argument(
            "--check", action="store_true", help="fail when docs/access.md is stale"
        )

    def handle(self, *args, **options):
        """Print, write or compare."""
        if options["check"]:
            if not FILE.exists() or FILE.read_text() != access_markdown():
                raise CommandError(
                    "docs/access.md does not fit the code. Run: manage.py access_table --markdown"
                )
        elif options["markdown"]:
            FILE.write_text(access_markdown())
            self.stdout.write(f"{FILE.relative_to(settings.BASE_DIR)} is written.")
        else:
            for role in [options["role"]] if options["role"] else ROLES:
                self.stdout.write(f"{role.upper()}\n{access_text(role)}\n")
