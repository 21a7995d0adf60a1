"""Long lists as a file for a spreadsheet, CSV or Excel, sent while it is written.

Neither the rows nor the file are ever in memory as a whole. A cell that is no number is text that
``home.spreadsheet.cell`` has made harmless.
"""

import csv
import re
from itertools import chain
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

from django.http import StreamingHttpResponse

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# Excel calls a file with a longer cell damaged.
LONGEST_CELL = 32_767
# What XML 1.0 has no way to write.
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BYTES_AT_ONCE = 64 * 1024

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
# The least a workbook of one sheet is made of (ECMA-376, part 1, chapter 12).
_PARTS = {
    "[Content_Types].xml": f'{_XML}<Types xmlns="{_PACKAGE}/content-types">'
    '<Default Extension="rels"'
    ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{_TYPES}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{_TYPES}.worksheet+xml"/>'
    "</Types>",
    "_rels/.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship'
    f' Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'{_XML}<workbook xmlns="{_SHEET}" xmlns:r="{_OFFICE}"><sheets>'
    '<sheet name="Sheet1" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'{_XML}<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    "</Relationships>",
}
# The first row stays in sight.
_BEFORE_ROWS = (
    f'{_XML}<worksheet xmlns="{_SHEET}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1"'
    ' topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
_AFTER_ROWS = "</sheetData></worksheet>"


def spreadsheet(file_name, header, lines):
    """Return a response that sends these lines as CSV; the cells are harmless already."""
    write = csv.writer(_Echo()).writerow
    # Excel takes a file for UTF-8 only with this mark.
    written = chain(["\ufeff", write(header)], map(write, lines))
    return _download(file_name, written, "text/csv; charset=utf-8")


def workbook(file_name, header, lines):
    """Return a response that sends these lines as an Excel workbook of one sheet.

    Numbers are numbers, everything else is text, so nothing is a formula. A cell too long for
    Excel is cut. It holds as much as a sheet of 2 GiB of XML does: millions of cells.
    """
    return _download(file_name, _workbook(chain([header], lines)), XLSX)


def _download(file_name, written, content_type):
    response = StreamingHttpResponse(written, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


class _Echo:
    """Gives csv.writer's lines back instead of keeping them."""

    def write(self, line):
        return line


class _Outlet:
    """A file that is emptied while it is written; it cannot be rewound, and ZipFile copes."""

    def __init__(self):
        self._written = bytearray()

    def write(self, data):
        self._written += data
        return len(data)

    def flush(self):
        pass

    def emptied(self):
        """Return what has been written since the last time."""
        taken = bytes(self._written)
        self._written.clear()
        return taken


def _workbook(rows):
    outlet = _Outlet()
    with ZipFile(outlet, "w", ZIP_DEFLATED) as archive:
        for name, part in _PARTS.items():
            archive.writestr(name, part)
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for text in _gathered(chain([_BEFORE_ROWS], map(_row, rows), [_AFTER_ROWS])):
                sheet.write(text.encode())
                if data := outlet.emptied():
                    yield data
    yield outlet.emptied()


def _gathered(texts):
    """Join short texts, since compressing each by itself would take long."""
    gathered, length = [], 0
    for text in texts:
        gathered.append(text)
        length += len(text)
        if length >= _BYTES_AT_ONCE:
            yield "".join(gathered)
            gathered, length = [], 0
    yield "".join(gathered)


def _row(cells):
    return f"<row>{''.join(map(_cell, cells))}</row>"


def _cell(value):
    if isinstance(value, int):
        return f"<c><v>{value:d}</v></c>"
    if not value:
        return "<c/>"
    text = escape(_NO_XML.sub("", str(value))[:LONGEST_CELL])
    return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
