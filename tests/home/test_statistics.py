"""Numbers of a few people stay hidden, and so does what would give them away."""

import csv
import datetime as dt
import io
import re
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.home.blocks import StatisticsTableBlock
from isso.home.demonstration.streams import people_table
from isso.home.models import StatisticsPage, StatisticsYear
from isso.home.statistics import table_shown
from isso.home.suppression import SMALLEST_CELL, hidden_places

BLOCK = StatisticsTableBlock()


def hidden(*rows):
    return sorted(hidden_places(tuple(tuple(row) for row in rows)))


@pytest.mark.parametrize(
    ("row", "columns"),
    [
        ([10, 20, 30], []),
        ([5, 20, 25], []),
        ([4, 20, 24], [0, 1]),
        ([0, 3, 20, 23], [0, 1, 2]),
        ([0, 3, 20, 30, 53], [0, 1, 2]),
        ([4], [0]),
        ([4, 900], [0]),
        ([20, 4, 30, 54], [0, 1]),
        ([54, 20, 4, 30], [1, 2]),
        ([None, 20, 30, 60], [0, 1]),
        ([None, None, 30, 50], [0, 1]),
        # What stands beside the sum is no company for what stands in it.
        ([3, 20, 23, 6], [0, 1]),
        # Two sums and the sum of both.
        ([30, 40, 70, 2, 9, 11, 81], [3, 4]),
    ],
)
def test_no_number_of_a_row_is_hidden_alone(row, columns):
    assert [column for _row, column in hidden(row)] == columns


@pytest.mark.parametrize(
    ("column", "rows"),
    [
        ([100, 60, 30, 10], []),
        # The sum may stand in another table.
        ([900, 4], [0, 1]),
        ([900, 60, 4], [1, 2]),
        ([900, 60, 4, 964], [1, 2]),
        ([900, 60, 2, 1, 963], [1, 2, 3]),
        ([900, None, None, 964], [1, 2]),
        ([3, 1, 4], [0, 1, 2]),
        # 100 = 60 + 40 by chance; the 3 needs company all the same.
        ([100, 60, 40, 3], [0, 2, 3]),
    ],
)
def test_no_number_of_a_column_is_hidden_alone(column, rows):
    assert [row for row, _column in hidden(*([number] for number in column))] == rows


def test_rows_and_columns_protect_each_other():
    # One hidden number takes three along: its row, its column, and where the two meet.
    assert hidden(
        [50, 60, 3, 113],
        [70, 80, 40, 190],
        [30, 20, 90, 140],
        [150, 160, 133, 443],
    ) == [(0, 0), (0, 2), (1, 0), (1, 2)]


def rank(equations, places):
    rows = [[Fraction(equation.get(place, 0)) for place in places] for equation in equations]
    found = 0
    for column in range(len(places)):
        pivot = next((row for row in rows[found:] if row[column]), None)
        if pivot is None:
            continue
        rows.remove(pivot)
        rows.insert(found, pivot)
        for row in rows[found + 1 :]:
            factor = row[column] / pivot[column]
            row[:] = [mine - factor * other for mine, other in zip(row, pivot, strict=True)]
        found += 1
    return found


@st.composite
def tables_with_sums(draw):
    """Draw numbers with the sums of their rows and columns, many of them small."""
    height, width = draw(st.integers(2, 5)), draw(st.integers(2, 4))
    number = st.one_of(st.integers(0, 9), st.integers(10, 900))
    body = [draw(st.lists(number, min_size=width, max_size=width)) for _row in range(height)]
    if draw(st.booleans()):
        body = [[*row, sum(row)] for row in body]
    if draw(st.booleans()):
        body = [*body, [sum(column) for column in zip(*body, strict=True)]]
    return body


def sums_of(table):
    """State every sum of the table that a visitor can set up, with what he knows from elsewhere."""
    height, width = len(table), len(table[0])
    has_total_row = all(
        sum(line[column] for line in table[:-1]) == table[-1][column] for column in range(width)
    )
    has_total_column = all(sum(line[:-1]) == line[-1] for line in table)
    last = -1 if has_total_row else 1
    down = [
        {(row, column): last if row == height - 1 else 1 for row in range(height)}
        for column in range(width)
    ]
    across = [
        {(row, column): -1 if column == width - 1 else 1 for column in range(width)}
        for row in range(height)
    ]
    return down + (across if has_total_column else [])


@given(tables_with_sums())
def test_no_hidden_number_can_be_worked_out(table):
    places = hidden(*table)
    sums = sums_of(table)
    visible = {
        (row, column)
        for row, line in enumerate(table)
        for column, _number in enumerate(line)
        if (row, column) not in places
    }

    assert [table[row][column] for row, column in visible if table[row][column] < 5] == []
    known = rank(sums, places)
    for place in places:
        beside = {other for each in sums if place in each for other in each} & visible
        if beside:
            assert rank([*sums, {place: 1}], places) == known + 1
    for each in sums:
        together = sum(table[row][column] for row, column in each if (row, column) in places)
        if any(place in each for place in places) and visible & each.keys():
            assert together >= SMALLEST_CELL


@given(tables_with_sums())
def test_what_was_hidden_once_stays_as_it_is(table):
    places = hidden(*table)
    stored = [
        [None if (row, column) in places else number for column, number in enumerate(line)]
        for row, line in enumerate(table)
    ]

    assert set(places) <= set(hidden(*stored))


def table(columns, rows, bars=""):
    value = {"title": "Countries", "bars": bars, "note": ""}
    return table_shown(value | {"table": people_table(BLOCK, columns, rows)})


def cells(shown):
    return [(row.label, [cell.text for cell in row.cells]) for row in shown.rows]


def test_a_table_shows_texts_numbers_and_a_chart():
    shown = table(
        ["Level", "People", "Percent"],
        [["Graduate", 2000, 80.0], ["Undergraduate", 500, 20.0], ["Total", 2500, 100.0]],
        bars="People",
    )

    assert shown.headings == [("Level", False), ("People", True), ("Percent", True)]
    assert cells(shown) == [
        ("Graduate", ["2,000", "80.0 %"]),
        ("Undergraduate", ["500", "20.0 %"]),
        ("Total", ["2,500", "100.0 %"]),
    ]
    assert [(bar.label, bar.text, bar.length, bar.rest) for bar in shown.bars] == [
        ("Graduate", "2,000", 100, 0),
        ("Undergraduate", "500", 25, 75),
    ]


def test_shares_and_bars_of_hidden_numbers_are_hidden_too():
    shown = table(
        ["Country", "Women", "Men", "Total", "Percent"],
        [["X", 3, 20, 23, 1.5], ["Y", 300, 200, 500, 98.5]],
        bars="Men",
    )

    assert cells(shown) == [("X", ["–", "–", "23", "–"]), ("Y", ["–", "–", "500", "–"])]
    assert shown.bars == []


def test_a_chart_of_many_rows_draws_the_largest():
    rows = [[f"Country {number:03}", 100 + number] for number in range(60)]
    shown = table(["Country", "People"], rows, bars="People")

    assert [bar.text for bar in shown.bars] == [str(number) for number in range(135, 160)]
    assert len(shown.rows) == 60


def test_a_bar_is_named_by_more_than_its_rank():
    shown = table(["Rank", "Country", "People"], [[1, "China", 90], [2, "India", 60]], "People")

    assert [bar.label for bar in shown.bars] == ["China", "India"]


@pytest.fixture
def years(home):
    """Two years with one table each; the later one has a small number."""
    home.add_child(instance=StatisticsPage(title="Statistics", slug="statistics"))
    return [
        StatisticsYear.objects.create(
            name=name,
            as_of=dt.date(int(name[:4]), 10, 1),
            definition="Everybody enrolled in the fall.",
            tables=[
                (
                    "table",
                    {
                        "kind": "level",
                        "title": "=Levels, by sex",
                        "bars": "Total",
                        "note": "",
                        "table": people_table(
                            BLOCK,
                            ["Level", "Women", "Men", "Total"],
                            [["@Exchange", women, 6789, women + 6789], ["Degree", 900, 950, 1850]],
                        ),
                    },
                )
            ],
        )
        for name, women in (("2025-26", 731), ("2026-27", 3))
    ]


def figures(html):
    return re.findall(r"[\d,]{3,}", re.sub(r"<[^>]+>", " ", html.partition("<figure")[2]))


@pytest.mark.django_db
def test_the_page_never_prints_a_small_number(years, client):
    latest = client.get("/statistics/").text
    older = client.get("/statistics/?year=2025-26").text
    unknown = client.get("/statistics/?year=1066").text

    assert [latest.count(number) for number in ("6,789", ">900<", ">950<")] == [0, 0, 0]
    assert [latest.count(number) for number in ("6,792", "1,850")] == [2, 2]
    assert latest.count('<abbr title="not shown">') == 4
    assert [older.count(number) for number in (">731<", ">6,789<", ">7,520<")] == [1, 1, 2]
    assert unknown == latest
    assert "Counted on October 1, 2026." in latest
    assert "Everybody enrolled in the fall." in latest


@pytest.mark.django_db
def test_the_chart_says_what_it_is_and_stands_with_its_table(years, client):
    html = client.get("/statistics/").text
    figure = re.search(r'<figure class="chart">.*?</figure>', html, re.S)[0]

    assert re.search(r'<svg[^>]*role="img"[^>]*aria-labelledby="(chart-0)"', figure)
    assert re.search(r'<title id="chart-0">([^<]*)<', figure)[1] == (
        "Bar chart: =Levels, by sex (Total). The table below has the same numbers."
    )
    assert re.findall(r'<rect class="bar"[^>]* width="(\d+)%"', figure) == ["100", "27"]
    assert figure.index("</svg>") < figure.index("<table>")
    assert "style=" not in html


def lines(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


@pytest.mark.django_db
def test_a_table_as_a_file_hides_the_same_and_runs_no_formula(years, client):
    address = re.search(r'href="(/statistics/[^"]+\.csv)"', client.get("/statistics/").text)[1]
    answer = client.get(address)

    assert lines(answer) == [
        ["Level", "Women", "Men", "Total"],
        ["'@Exchange", "–", "–", "6792"],
        ["Degree", "–", "–", "1850"],
    ]
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert answer["Content-Disposition"] == (
        'attachment; filename="statistics-2026-27-levels-by-sex.csv"'
    )
    assert client.get(address, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    assert not answer.has_header("Set-Cookie")
    assert answer["Cache-Control"] == "max-age=300"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["{0}/1.csv", "{0}/99999999999.csv", "999999/0.csv"])
def test_no_such_table(years, client, address):
    assert client.get("/statistics/" + address.format(years[0].pk)).status_code == 404
