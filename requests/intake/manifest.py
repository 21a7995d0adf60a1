"""Reads the manifest: which file belongs to whom, in one row each."""

from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from isso.requests.records.importing.columns import UNSAID, FormulaCell, value_of
from isso.requests.records.importing.folding import folded
from isso.requests.records.importing.problems import FileProblem, RowProblem, quoted
from isso.requests.records.importing.tables import Table

from ..issued_documents import RELEASED_KINDS

IDENTITY = ("sevis_id", "family_name", "given_name", "birth_date")
REQUIRED = ("file", *IDENTITY, "kind")
COLUMNS = (*REQUIRED, "title")
MOST_ROWS = 300


@dataclass(frozen=True)
class ManifestRow:
    """One row: the file, whom it names, what it is; or a sentence why it cannot be read."""

    line: int
    file_name: str = ""
    sevis_id: str = ""
    family_name: str = ""
    given_name: str = ""
    birth_date: date | None = None
    kind: str = ""
    title: str = ""
    problem: str = ""
    said: dict = field(default_factory=dict)


def read_manifest(file, name):
    """Return every row; raises FileProblem for a file that is no manifest."""
    rows = []
    for row in Table(file, name, known=COLUMNS, required=REQUIRED).rows():
        if len(rows) == MOST_ROWS:
            raise FileProblem(
                _("The manifest has more than %(most)d rows. Split it.") % {"most": MOST_ROWS}
            )
        rows.append(_row(row))
    if not rows:
        raise FileProblem(_("The manifest has no row below its header."))
    return rows


def _row(row):
    said = {name: _words(row.cells.get(name))[:200] for name in COLUMNS}
    if row.problem:
        return ManifestRow(row.number, problem=row.problem, said=said)
    try:
        known = {name: _identity(name, row.cells.get(name)) for name in IDENTITY}
        kind = _kind(said["kind"])
    except RowProblem as problem:
        sentence = f"{problem.column}: {problem.sentence}"
        return ManifestRow(row.number, said["file"], problem=sentence, said=said)
    title = said["title"] or str(kind.label)
    return ManifestRow(row.number, said["file"], **known, kind=str(kind), title=title, said=said)


def _words(cell):
    """Return a cell as text; formula characters are only text here."""
    if cell is None or cell is FormulaCell:
        return ""
    if hasattr(cell, "strftime"):
        return f"{cell:%Y-%m-%d}"
    printable = "".join(char if char.isprintable() else " " for char in str(cell))
    return " ".join(printable.split())


def _identity(name, cell):
    value = value_of(name, cell)
    if value is UNSAID:
        if name == "given_name":
            return ""  # Some people have one name only.
        raise RowProblem(name, _("The cell is empty."))
    return value


def _kind(words):
    wanted = folded(words)
    for kind in RELEASED_KINDS:
        if wanted in (folded(kind.value), folded(kind.label)):
            return kind
    raise RowProblem(
        "kind", _("%(words)s is not I-20, DS-2019 or letter.") % {"words": quoted(words)}
    )
