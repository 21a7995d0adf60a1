"""A table copied from a spreadsheet is read, or every slip is named with its line and column."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from isso.home.pasting import read_pasted


@pytest.mark.parametrize(
    ("text", "columns", "lines"),
    [
        (
            "Level\tPeople\tPercent\nGraduate\t2,000\t80.0%\nOther\t500\t20 %\n",
            [("Level", "text"), ("People", "people"), ("Percent", "percent")],
            [["Graduate", 2000, Decimal("80.0")], ["Other", 500, Decimal(20)]],
        ),
        (
            '\ufeffCountry,"Students, all"\r\n"Korea, South","1,234,567"\r\n\r\nChina,12\r\n',
            [("Country", "text"), ("Students, all", "people")],
            [["Korea, South", 1234567], ["China", 12]],
        ),
        (
            "Country\tPeople\nA\t1 234\nB\t1\u202f234\nC\t<5\nD\t\nE\tunder 5\n",
            [("Country", "text"), ("People", "people")],
            [["A", 1234], ["B", 1234], ["C", None], ["D", None], ["E", None]],
        ),
        (
            "Country\tRank\tRegion\nChina\t1\tAsia\n=SUM(A1)\t2\t<b>\n",
            [("Country", "text"), ("Rank", "text"), ("Region", "text")],
            [["China", "1", "Asia"], ["=SUM(A1)", "2", "<b>"]],
        ),
    ],
)
def test_what_can_be_read(text, columns, lines):
    assert read_pasted(text) == (columns, lines)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", ["Paste a header line and at least one line below it."]),
        ("Country\tPeople\n\n", ["Paste a header line and at least one line below it."]),
        (
            "Country\nChina",
            ["Line 1 has one column only. Separate columns with tabs or commas."],
        ),
        (
            "Country\tPeople\nChina\t12\nIndia\t12a\nPeru\t-3\nCuba\t1.5\nIran\t7",
            [
                "Line 3, column “People”: “12a” is no whole number.",
                "Line 4, column “People”: “-3” is no whole number.",
                "Line 5, column “People”: “1.5” is no whole number.",
            ],
        ),
        ("A,B\nx,1,234", ["Line 2 has 3 cells, the header has 2."]),
        ("A\tB\nx\t1\n\t2", ["Line 3: the first cell is empty."]),
        ("A\t\nx\t1", ["Line 1, column 2: the heading is empty."]),
        ("A\tB\tB\nx\t1\t2", ["Line 1: two columns are called “B”."]),
        ("A\tShare %\nx\t101%", ["Line 2, column “Share %”: “101%” is no percent from 0 to 100."]),
        ("A\tB\nx\t99999999999", ["Line 2, column “B”: “99999999999” is too large."]),
        ("A\tB\n" + "x\t1\n" * 301, ["Paste at most 300 lines."]),
        ("\t".join(f"c{number}" for number in range(13)) + "\nx", ["Paste at most 12 columns."]),
    ],
)
def test_what_cannot_be_read_is_named(text, sentences):
    with pytest.raises(ValidationError) as refused:
        read_pasted(text)

    assert refused.value.messages == sentences


def test_many_slips_are_counted():
    with pytest.raises(ValidationError) as refused:
        read_pasted("A\tB\n" + "x\n" * 15)

    assert len(refused.value.messages) == 11
    assert refused.value.messages[-1] == "And 5 more."


@given(st.text(alphabet='a1,.\t\n" %-\u00a0', max_size=80))
def test_whatever_is_pasted_is_read_or_refused(text):
    try:
        columns, lines = read_pasted(text)
    except ValidationError as refused:
        sentences = refused.messages
    else:
        sentences = []
        assert {len(line) for line in lines} == {len(columns)}
    assert all(sentences)
