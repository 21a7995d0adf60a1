"""Which numbers of a table to hide, so that nobody can be recognized, or worked out by subtraction.

Numbers of fewer than five people are hidden. Visitors know the sums: those in the table, and that
of a column from elsewhere. So further numbers go, the smallest first, until no hidden number can be
worked out from the visible ones, and until those hidden together are five people at least.
"""

from fractions import Fraction
from functools import lru_cache

# Fewer people than this could be recognized.
SMALLEST_CELL = 5

Grid = tuple[tuple[int | None, ...], ...]
Place = tuple[int, int]


@lru_cache(maxsize=64)
def hidden_places(grid: Grid) -> frozenset[Place]:
    """Return (row, column) of what to hide; None stands for a number that was hidden before."""
    numbers = {
        (row, column): number for row, line in enumerate(grid) for column, number in enumerate(line)
    }
    hidden = {place for place, number in numbers.items() if _is_small(number)}
    equations = _equations(grid)
    while more := _thin(numbers, hidden, equations) or _open(numbers, hidden, equations):
        hidden |= more
    return frozenset(hidden)


def _is_small(number):
    return number is None or number < SMALLEST_CELL


def _thin(numbers, hidden, equations):
    """Choose company for whoever is hidden alone, or with too few others."""
    more = set()
    for equation in equations:
        inside = [numbers[place] for place in equation if place in hidden]
        together = SMALLEST_CELL if None in inside else sum(inside)
        if inside and (len(inside) == 1 or together < SMALLEST_CELL):
            more |= _company(numbers, hidden, equations, set(equation))
    return more


def _open(numbers, hidden, equations):
    """Choose company for whatever several sums together give away."""
    more = set()
    for place in determined(hidden, equations):
        beside = {other for equation in equations if place in equation for other in equation}
        more |= _company(numbers, hidden, equations, beside)
    return more


def _company(numbers, hidden, equations, places):
    """Choose one more place to hide: where others are hidden already, else the smallest number."""
    touched = [equation for equation in equations if not hidden.isdisjoint(equation)]

    def cost(place):
        return -sum(place in equation for equation in touched), numbers[place], place

    visible = places - hidden
    return {min(visible, key=cost)} if visible else set()


def determined(hidden, equations) -> set[Place]:
    """Find the hidden numbers that the equations fix, by elimination."""
    solved = {}
    for equation in equations:
        row = {place: Fraction(sign) for place, sign in equation.items() if place in hidden}
        for pivot, other in solved.items():
            _subtract(row, pivot, other)
        if not row:
            continue
        pivot, leading = next(iter(row.items()))
        row = {place: value / leading for place, value in row.items()}
        for other in solved.values():
            _subtract(other, pivot, row)
        solved[pivot] = row
    return {pivot for pivot, row in solved.items() if len(row) == 1}


def _subtract(row, pivot, other):
    factor = row.get(pivot)
    if not factor:
        return
    for place, value in other.items():
        left = row.get(place, 0) - factor * value
        if left:
            row[place] = left
        else:
            row.pop(place, None)


def _equations(grid):
    """List what a visitor may know: {place: sign} of each sum along rows and columns."""
    width = len(grid[0]) if grid else 0
    columns = [[line[column] for line in grid] for column in range(width)]
    # A row of two numbers is no sum; a column's sum may stand in another table.
    across, down = _sums(columns, at_least=3), _sums(grid, at_least=2)
    return [
        {(row, column): sign for column, sign in signs.items()}
        for signs in across
        for row in range(len(grid))
    ] + [
        {(row, column): sign for row, sign in signs.items()}
        for signs in down
        for column in range(width)
    ]


def _sums(lines, at_least):
    """Find the lines that are sums of others; the outermost lines may have a sum elsewhere."""
    totals = {}
    for place in range(len(lines)):
        parts = _parts(lines, place, -1) or _parts(lines, place, 1)
        if parts:
            totals[place] = parts
    of_totals = list(totals)
    for place in range(len(lines)):
        if place not in totals and _adds_up(lines, of_totals, place):
            totals[place] = of_totals
    inner = {part for parts in totals.values() for part in parts}
    outer = [place for place in range(len(lines)) if place not in inner]
    sums = [dict.fromkeys(parts, 1) | {place: -1} for place, parts in totals.items()]
    return [*sums, dict.fromkeys(outer, 1)] if len(outer) >= at_least else sums


def _parts(lines, place, step):
    """Return the longest run of lines beside this one that adds up to it, or []."""
    run, found = [], []
    sums = [0] * len(lines[place])
    end = len(lines) if step > 0 else -1
    for other in range(place + step, end, step):
        run.append(other)
        sums = [
            None if one is None or more is None else one + more
            for one, more in zip(sums, lines[other], strict=True)
        ]
        if len(run) > 1 and _agrees(sums, lines[place]):
            found = list(run)
    return found


def _adds_up(lines, parts, place):
    if len(parts) < 2:
        return False
    sums = [
        None if None in numbers else sum(numbers)
        for numbers in zip(*(lines[part] for part in parts), strict=True)
    ]
    return _agrees(sums, lines[place])


def _agrees(sums, line):
    """Tell whether every number that can be compared is its sum, and one at least is not zero."""
    known = [
        (told, number)
        for told, number in zip(sums, line, strict=True)
        if told is not None and number is not None
    ]
    return all(told == number for told, number in known) and any(number for _told, number in known)
