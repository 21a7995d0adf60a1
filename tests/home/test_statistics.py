"""Numbers of a few people stay hidden, and so does what would give them away."""

import datetime as dt

import pytest

from isso.home.blocks import StatisticsTableBlock
from isso.home.demonstration.streams import people_table
from isso.home.models import StatisticsPage, StatisticsYear
from isso.home.statistics import hidden_places, table_shown


@pytest.mark.parametrize(
    ("numbers", "hidden"),
    [
        ([10, 20, 30], []),
        ([5, 20, 25], []),
        ([4, 20, 24], [0, 1]),
        ([0, 3, 20, 23], [0, 1]),
        ([4], [0]),
        ([4, 900], [0]),
        ([20, 4, 30, 54], [0, 1]),
    ],
)
def test_one_hidden_number_takes_a_second_along(numbers, hidden):
    assert sorted(hidden_places(dict(enumerate(numbers)))) == hidden


def table(columns, rows, bars=""):
    block = StatisticsTableBlock()
    value = {"title": "Countries", "bars": bars, "note": ""}
    return table_shown(value | {"table": people_table(block, columns, rows)})


def test_a_table_shows_texts_numbers_and_bars():
    shown = table(
        ["Level", "People", "Percent"],
        [["Graduate", 2000, 80.0], ["Undergraduate", 500, 20.0], ["Total", 2500, 100.0]],
        bars="People",
    )

    assert shown.headings == [("Level", False), ("People", True), ("Percent", True)]
    assert [(row.label, [cell.text for cell in row.cells], row.bar) for row in shown.rows] == [
        ("Graduate", ["2,000", "80.0 %"], 100),
        ("Undergraduate", ["500", "20.0 %"], 25),
        ("Total", ["2,500", "100.0 %"], None),
    ]


def test_the_share_of_a_hidden_number_is_hidden_too():
    shown = table(["Country", "Women", "Men", "Total", "Percent"], [["X", 3, 20, 23, 1.5]])

    assert [cell.is_hidden for cell in shown.rows[0].cells] == [True, True, False, True]


@pytest.mark.django_db
def test_the_page_never_prints_a_small_number(home, client):
    block = StatisticsTableBlock()
    for name, women in (("2025-26", 731), ("2026-27", 3)):
        StatisticsYear.objects.create(
            name=name,
            as_of=dt.date(int(name[:4]), 10, 1),
            tables=[
                (
                    "table",
                    {
                        "title": "Exchange",
                        "bars": "Total",
                        "note": "",
                        "table": people_table(
                            block,
                            ["Level", "Women", "Men", "Total"],
                            [["Exchange", women, 6789, women + 6789]],
                        ),
                    },
                )
            ],
        )
    home.add_child(instance=StatisticsPage(title="Statistics", slug="statistics"))

    latest = client.get("/statistics/").text
    older = client.get("/statistics/?year=2025-26").text
    unknown = client.get("/statistics/?year=1066").text

    assert [latest.count(number) for number in ("6,789", "6,792")] == [0, 1]
    assert latest.count('<abbr title="not shown">') == 2
    assert [older.count(number) for number in (">731<", "6,789", "7,520")] == [1, 1, 1]
    assert unknown == latest
