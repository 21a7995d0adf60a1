"""After a restore: is every file of a person there, and the one the database speaks of?"""

import hashlib

from django.core.management.base import BaseCommand, CommandError

from isso.requests.models import Document


class Command(BaseCommand):
    """Compare the private files with their checksums in the database."""

    help = "Compares every file of a person with its checksum; names no person."

    def handle(self, **options):
        documents = Document.objects.filter(removed_at__isnull=True)
        states = [(document.pk, _state(document)) for document in documents.iterator()]
        wrong = [(pk, state) for pk, state in states if state != "sound"]
        for pk, state in wrong:
            self.stderr.write(f"Document {pk} is {state}.")
        if wrong:
            raise CommandError(f"{len(wrong)} of {len(states)} files are not sound.")
        self.stdout.write(f"Files checked: {len(states)}, all sound.")


def _state(document):
    try:
        with document.file.open("rb") as file:
            found = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "missing"
    return "sound" if found == document.sha256 else "changed"
