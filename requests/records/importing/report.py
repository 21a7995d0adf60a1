"""The report of an import as lines of a spreadsheet, one for each change."""

from isso.home.spreadsheet import cell

from ..models import ImportRow

HEADER = ("row", "outcome", "person", "column", "before", "after", "reason")


def lines_of(row: ImportRow):
    """Yield what became of one row as harmless text, a line for each change."""
    begin = (row.number, row.get_outcome_display(), cell(row.person))
    for name, before, after in row.changes or [[row.column, "", ""]]:
        yield (*begin, name, cell(before), cell(after), cell(row.reason))
