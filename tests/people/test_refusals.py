"""Every reason for which somebody does not get in has a code of its own, and the office a cure."""

import re
from pathlib import Path

from isso.requests.people import refusals
from isso.requests.people.refusals import Refusal

DOCUMENT = Path(__file__).parents[2] / "docs" / "errors.md"
ROW = re.compile(r"^\| (S\d) \| ([^|]+) \| (\d+) \| ([^|]+) \|$", re.MULTILINE)


def test_the_document_explains_each_code_as_its_page_does():
    explained = ROW.findall(DOCUMENT.read_text())

    assert [row[:3] for row in explained] == [
        (each.code, str(each.title), str(each.status))
        for each in vars(refusals).values()
        if isinstance(each, Refusal)
    ]
    assert [row[0] for row in explained] == [f"S{number}" for number in range(1, 10)]
