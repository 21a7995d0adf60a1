"""Imports records of students and scholars from a CSV or XLSX file (docs/import.md)."""

import csv
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from isso.requests.people.models import User
from isso.requests.records.importing.problems import FileProblem
from isso.requests.records.importing.progress import ProgressBar
from isso.requests.records.importing.report import HEADER, lines_of
from isso.requests.records.importing.tables import Table
from isso.requests.records.importing.writing import carry_out, compare
from isso.requests.records.models import ImportRun, Outcome


class Command(BaseCommand):
    """Import a file, or only tell what an import would do."""

    help = "Imports records from a CSV or XLSX file; docs/import.md names the columns."

    def add_arguments(self, parser):
        """Ask for the file; offer to only compare, and to say who imports."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--dry-run", action="store_true", help="report, and write nothing")
        parser.add_argument("--by", metavar="EMAIL", help="who is noted as the one who imported")
        parser.add_argument("--report", type=Path, metavar="FILE", help="write all rows as CSV")

    def handle(self, *args, **options):
        """Import, then say what became of the rows, the refused ones with the reason."""
        path = options["file"]
        try:
            with path.open("rb") as file:
                if options["dry_run"]:
                    rows, counts = self._compare(file, path)
                else:
                    rows, counts = self._import(file, path, self._user(options["by"]))
                self._write_report(rows, options["report"])
        except OSError as error:
            raise CommandError(f"{error.filename or path}: {error.strerror}.") from error
        except FileProblem as problem:
            raise CommandError(f"{path.name}: {problem}") from problem
        would = "Would be: " if options["dry_run"] else ""
        told = ", ".join(f"{counts.get(each.value, 0)} {each.label.lower()}" for each in Outcome)
        self.stdout.write(f"{would}{told}.")

    def _compare(self, file, path):
        counts, table = {}, Table(file, path.name)
        return self._reports(table, counts), counts

    def _reports(self, table, counts):
        for plan in compare(table, ProgressBar(sys.stderr)):
            counts[plan.outcome.value] = counts.get(plan.outcome.value, 0) + 1
            yield plan.report(None)

    def _import(self, file, path, user):
        run = ImportRun.objects.create(
            by=user, file_name=path.name[-100:], stage=ImportRun.Stage.TO_IMPORT
        )
        carry_out(run, file, ProgressBar(sys.stderr))
        if run.problem:
            raise FileProblem(run.problem)
        counts = {each.value: getattr(run, each.value) for each in Outcome}
        return run.rows.iterator(chunk_size=1000), counts

    def _user(self, email):
        if not email:
            return None
        try:
            return User.objects.get_by_natural_key(email)
        except User.DoesNotExist as error:
            raise CommandError(f"Nobody signs in with {email}.") from error

    def _write_report(self, rows, path):
        """Say the refused rows on the screen, and write all of them where that is wanted."""
        if path is None:
            self._say(rows, None)
            return
        with path.open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            self._say(rows, writer)

    def _say(self, rows, writer):
        for row in rows:
            if row.outcome == Outcome.REFUSED:
                where = f"{row.column}: " if row.column else ""
                self.stderr.write(f"Row {row.number}: {where}{row.reason}")
            if writer:
                writer.writerows(lines_of(row))
