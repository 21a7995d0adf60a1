"""Reads a CSV or XLSX file row by row, so that a file of any length needs little memory."""

import csv
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import TextIOWrapper

from django.utils.translation import gettext as _
from openpyxl import load_workbook

from .columns import ALL_COLUMNS, REQUIRED, FormulaCell
from .problems import FileProblem, quoted

# A workbook is a zip file: a few kilobytes may unfold into gigabytes.
MOST_UNFOLDED_BYTES = 500 * 1024 * 1024
# Real sheets shrink to a tenth or a thirtieth; what shrinks to a hundredth holds no people.
MOST_RATIO = 100
SMALL = 1024 * 1024
MOST_HEADER_CELLS = 500
DELIMITERS = ",;\t"


@dataclass(frozen=True)
class Row:
    """One line of the table: its number in the file and its cells by column."""

    number: int
    cells: dict
    # A sentence where the line itself cannot be read.
    problem: str = ""


class Table:
    """A file that can be read again and again from its beginning."""

    def __init__(self, file, name: str, known=ALL_COLUMNS, required=REQUIRED):
        """Read the header; raises FileProblem for a file that is no table of these columns."""
        self._file = file
        self.name = name
        file.seek(0)
        start = file.read(8)
        if start.startswith(b"\xd0\xcf\x11\xe0"):
            raise FileProblem(
                _("This is an old Excel file (.xls). Save it as .xlsx or CSV UTF-8 and try again.")
            )
        is_workbook = start.startswith(b"PK\x03\x04")
        self.extension = "xlsx" if is_workbook else "csv"
        self._lines = self._workbook_lines if is_workbook else self._csv_lines
        first = next(self._lines(), None)
        if first is None:
            raise FileProblem(_("The file is empty. Its first line must name the columns."))
        self.header = _header(first[1], known, required)

    def rows(self) -> Iterator[Row]:
        """Yield every line below the header that says anything."""
        lines = self._lines()
        next(lines)
        width = len(self.header)
        for number, cells, *problem in lines:
            if problem:
                yield Row(number, {}, problem[0])
            elif any(_says_something(cell) for cell in cells[width:]):
                sentence = _(
                    "The line has more cells than the header. Is a comma in an unquoted cell?"
                )
                yield Row(number, {}, sentence)
            elif any(map(_says_something, cells)):
                named = zip(self.header, cells, strict=False)
                yield Row(number, {name: cell for name, cell in named if name})

    def _csv_lines(self):
        self._file.seek(0)
        text = TextIOWrapper(self._file, encoding="utf-8-sig", newline="")
        try:
            delimiter = _delimiter(text.readline())
            text.seek(0)
            reader = csv.reader(text, delimiter=delimiter)
            number = 1
            while True:
                try:
                    cells = next(reader)
                except StopIteration:
                    return
                except csv.Error:
                    sentence = _("The line cannot be read. Is a quotation mark missing?")
                    yield number, [], sentence
                else:
                    yield number, cells
                number = reader.line_num + 1
        except UnicodeDecodeError as error:
            raise FileProblem(
                _(
                    "The file is not in UTF-8, so accents would be lost. In Excel choose “CSV "
                    "UTF-8 (Comma delimited)” when you save it, or save it as .xlsx."
                )
            ) from error
        finally:
            text.detach()

    def _workbook_lines(self):
        self._file.seek(0)
        try:
            with zipfile.ZipFile(self._file) as archive:
                parts = archive.infolist()
            if sum(part.file_size for part in parts) > MOST_UNFOLDED_BYTES or any(
                part.file_size > max(SMALL, MOST_RATIO * part.compress_size) for part in parts
            ):
                raise FileProblem(_("The workbook is too large. Split it into smaller files."))
            self._file.seek(0)
            workbook = load_workbook(self._file, read_only=True, keep_links=False)
            sheet = workbook.worksheets[0]
            sheet.reset_dimensions()
            for number, cells in enumerate(sheet.iter_rows(), start=1):
                yield number, [_value(cell) for cell in cells]
        except FileProblem:
            raise
        # A broken workbook fails in more ways than openpyxl names.
        except Exception as error:
            raise FileProblem(
                _("The workbook cannot be read. Open it in Excel, save it again as .xlsx.")
            ) from error


def _value(cell):
    return FormulaCell if cell.data_type in ("f", "e") else cell.value


def _says_something(cell):
    return cell is not None and cell != "" and not (isinstance(cell, str) and not cell.strip())


def _delimiter(line):
    return max(DELIMITERS, key=line.count)


def _header(cells, known, required):
    """Return the column of each cell; what stands above no column is None."""
    cells = list(cells[:MOST_HEADER_CELLS])
    names = [re.sub(r"[\s_-]+", "_", str(cell or "").strip().lower()) or None for cell in cells]
    given = [name for name in names if name]
    unknown = [quoted(cells[names.index(name)]) for name in given if name not in known]
    if unknown:
        raise FileProblem(
            _("Unknown columns: %(names)s. Rename or remove them.")
            % {"names": ", ".join(unknown[:10])}
        )
    if twice := sorted({name for name in given if given.count(name) > 1}):
        raise FileProblem(
            _("These columns are there twice: %(names)s. Keep one of each.")
            % {"names": ", ".join(twice)}
        )
    if missing := [name for name in required if name not in given]:
        raise FileProblem(
            _("These columns are missing: %(names)s. Nobody can be recognized without them.")
            % {"names": ", ".join(missing)}
        )
    if not {"sevis_id", "institution_id"} & set(given):
        raise FileProblem(
            _("The file needs the column sevis_id or institution_id to recognize people.")
        )
    while names and names[-1] is None:
        names.pop()
    return names
