"""All figures of a period as one Excel workbook: what they mean, then a sheet for each table."""

import io
import re

from django.http import HttpResponse
from django.utils.translation import gettext as _
from openpyxl import Workbook

from isso.home.spreadsheet import cell

from .spreadsheets import XLSX

# What Excel allows in the name of a sheet.
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")
LONGEST_NAME = 31


def harmless(value):
    """Return a cell as a file may hold it: a number, or text that no program executes."""
    return value if isinstance(value, int) else cell(value)


def workbook_of(file_name, tables, told):
    """Return a response with these tables; ``told`` are the lines that say what they count."""
    workbook = Workbook(write_only=True)
    meaning = workbook.create_sheet(_("What is counted")[:LONGEST_NAME])
    for line in [*told, *(f"{table.title}: {table.definition}" for table in tables)]:
        meaning.append([harmless(line)])
    for table in tables:
        sheet = workbook.create_sheet(_NOT_IN_NAMES.sub(" ", table.title)[:LONGEST_NAME].strip())
        sheet.freeze_panes = "A2"
        for row in (table.headings, *table.rows):
            sheet.append([harmless(each) for each in row])
    written = io.BytesIO()
    workbook.save(written)
    response = HttpResponse(written.getvalue(), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response
