"""Numbers about people, shown so that nobody can be recognized in them."""

from dataclasses import dataclass

# Fewer people than this could be recognized.
SMALLEST_CELL = 5

PEOPLE = "people"
PERCENT = "percent"


@dataclass(frozen=True)
class Cell:
    """One number or text of a table; a hidden number keeps its place."""

    text: str
    is_number: bool = False
    is_hidden: bool = False


@dataclass(frozen=True)
class Row:
    """One line of a table, with the length of its bar in percent of the longest."""

    label: str
    cells: list[Cell]
    bar: int | None


@dataclass(frozen=True)
class ShownTable:
    """One table as visitors see it."""

    title: str
    headings: list[tuple[str, bool]]
    rows: list[Row]
    note: str
    bar_heading: str


def hidden_places(numbers):
    """Choose which of a line's numbers to hide: the small ones, and never just one of them.

    A line usually comes with its sum; a single hidden number could be worked out from it, so the
    next smallest one is hidden, too.
    """
    hidden = {place for place, number in numbers.items() if number < SMALLEST_CELL}
    others = sorted((number, place) for place, number in numbers.items() if place not in hidden)
    if len(hidden) == 1 and len(others) > 1:
        hidden.add(others[0][1])
    return hidden


def table_shown(value):
    """Turn a table as entered into a table as shown."""
    table = value["table"]
    kinds = [column["block"].name for column in table.columns]
    headings = [column["heading"] for column in table.columns]
    lines = [row["values"] for row in table.row_data]
    drawn = headings.index(value["bars"]) if value["bars"] in headings else None
    lengths = {} if drawn is None else _lengths(lines, drawn)
    return ShownTable(
        title=value["title"],
        headings=[(heading, kind != "text") for heading, kind in zip(headings, kinds, strict=True)],
        rows=[_row(line, kinds, lengths.get(index)) for index, line in enumerate(lines)],
        note=value["note"],
        bar_heading=value["bars"] if drawn is not None else "",
    )


def _lengths(lines, drawn):
    """Measure the bars; a small number gets none, and neither does the sum of the others."""
    numbers = {
        index: line[drawn] or 0
        for index, line in enumerate(lines)
        if (line[drawn] or 0) >= SMALLEST_CELL and str(line[0]).casefold() != "total"
    }
    longest = max(numbers.values(), default=1)
    return {index: round(100 * number / longest) for index, number in numbers.items()}


def _row(line, kinds, bar):
    numbers = {
        place: number or 0
        for place, (number, kind) in enumerate(zip(line, kinds, strict=True))
        if kind == PEOPLE
    }
    hidden = hidden_places(numbers)
    cells = []
    for place, (content, kind) in enumerate(zip(line, kinds, strict=True)):
        if place == 0:
            continue
        if kind == PEOPLE:
            cells.append(Cell(f"{content or 0:,}", is_number=True, is_hidden=place in hidden))
        elif kind == PERCENT:
            # The share of a hidden number would give it away.
            cells.append(Cell(f"{content} %", is_number=True, is_hidden=bool(hidden)))
        else:
            cells.append(Cell(str(content or "")))
    return Row(str(line[0]), cells, bar)
