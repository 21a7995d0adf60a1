"""Numbers about people, shown so that nobody can be recognized in them."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from .suppression import hidden_places

TEXT = "text"
PEOPLE = "people"
PERCENT = "percent"

KINDS = [
    ("level", _("By level of study")),
    ("country", _("By country")),
    ("school", _("By school or department")),
    ("visa", _("By visa class")),
    ("employment", _("Work permissions")),
    ("scholars", _("Scholars")),
    ("other", _("Something else")),
]
# More bars than this say less than the table below them.
MOST_BARS = 25
LONGEST_LABEL = 34
BAR_HEIGHT = 38


@dataclass(frozen=True)
class Cell:
    """One number or text of a table; a hidden number keeps its place."""

    text: str
    is_number: bool = False
    is_hidden: bool = False

    @property
    def plain(self):
        """The number as spreadsheets read it."""
        return self.text.replace(",", "").removesuffix(" %") if self.is_number else self.text


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    label: str
    cells: list[Cell]


@dataclass(frozen=True)
class Bar:
    """One bar of a chart: where it stands and how long it is, in percent of the longest."""

    label: str
    text: str
    length: int
    top: int

    @property
    def rest(self):
        """The length that is left beside it: where it begins in a page from right to left."""
        return 100 - self.length


@dataclass(frozen=True)
class ShownTable:
    """One table as visitors see it."""

    title: str
    headings: list[tuple[str, bool]]
    rows: list[Row]
    note: str
    bars: list[Bar]
    bar_heading: str
    place: int

    @property
    def height(self):
        """The height of the chart in pixels."""
        return BAR_HEIGHT * len(self.bars)


def table_shown(value, place=0):
    """Turn a table as entered into a table as shown."""
    table = value["table"]
    kinds = [column["block"].name for column in table.columns]
    headings = [column["heading"] for column in table.columns]
    lines = [list(row["values"]) for row in table.row_data]
    hidden = hidden_cells(kinds, lines)
    rows = [_row(line, kinds, hidden[number]) for number, line in enumerate(lines)]
    drawn = headings.index(value["bars"]) if value["bars"] in headings[1:] else None
    return ShownTable(
        title=value["title"],
        headings=[(heading, kind != TEXT) for heading, kind in zip(headings, kinds, strict=True)],
        rows=rows,
        note=value["note"],
        bars=[] if drawn is None else _bars(rows, lines, drawn),
        bar_heading="" if drawn is None else headings[drawn],
        place=place,
    )


def hidden_cells(kinds, lines):
    """Tell for each line which of its columns are hidden."""
    people = [column for column, kind in enumerate(kinds) if kind == PEOPLE]
    grid = tuple(tuple(line[column] for column in people) for line in lines)
    hidden = [set() for _line in lines]
    for row, place in hidden_places(grid):
        hidden[row].add(people[place])
    for columns in hidden:
        if columns:
            # The share of a hidden number would give it away.
            columns |= {column for column, kind in enumerate(kinds) if kind == PERCENT}
    return hidden


def is_total(label):
    """Tell whether a line is the sum of the others by its name."""
    return str(label).strip().casefold() in {"total", _("Total").casefold()}


def _bars(rows, lines, drawn):
    """Draw the largest visible numbers, but not the sum of the others."""
    seen = [
        (row, line[drawn], row.cells[drawn - 1])
        for row, line in zip(rows, lines, strict=True)
        if not (is_total(row.label) or row.cells[drawn - 1].is_hidden)
        and isinstance(line[drawn], int)
    ]
    longest = max((number for _row, number, _cell in seen), default=0)
    if len(seen) > MOST_BARS:
        smallest = sorted((number for _row, number, _cell in seen), reverse=True)[MOST_BARS - 1]
        seen = [each for each in seen if each[1] >= smallest][:MOST_BARS]
    return [
        Bar(_shortened(_name(row)), cell.text, round(100 * number / longest), BAR_HEIGHT * place)
        for place, (row, number, cell) in enumerate(seen)
    ]


def _name(row):
    """Name a bar by its row, or by the cell after a mere rank."""
    return row.cells[0].text if row.label.isdigit() and not row.cells[0].is_number else row.label


def _shortened(label):
    return label if len(label) <= LONGEST_LABEL else label[: LONGEST_LABEL - 1].rstrip() + "…"


def _row(line, kinds, hidden):
    cells = []
    for column, (content, kind) in enumerate(zip(line, kinds, strict=True)):
        if column == 0:
            continue
        if kind == TEXT:
            cells.append(Cell(str(content or "")))
        elif column in hidden or content is None:
            cells.append(Cell("–", is_number=True, is_hidden=True))
        elif kind == PEOPLE:
            cells.append(Cell(f"{content:,}", is_number=True))
        else:
            cells.append(Cell(f"{content} %", is_number=True))
    return Row(str(line[0]), cells)
