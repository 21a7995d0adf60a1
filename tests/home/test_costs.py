"""What a year costs: the page's table and the portal's numbers are the same."""

import re

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.panels import get_edit_handler

from isso.home.cost_table import Costs, year_name
from isso.home.costs import costs_for
from isso.home.models import CostOfAttendance, CostsPage

AMOUNTS = {
    "months": 9,
    "tuition": 50000,
    "living": 20000,
    "insurance": 3000,
    "fees": 1000,
    "spouse": 9000,
    "child": 6000,
}


def enter(level, year, **changes):
    return CostOfAttendance.objects.create(level=level, year=year, **AMOUNTS | changes)


@pytest.mark.parametrize(
    ("year", "name"), [(2026, "2026–27"), (1999, "1999–00"), (2008, "2008–09"), (2099, "2099–00")]
)
def test_the_name_of_an_academic_year(year, name):
    assert year_name(year) == name


dollars = st.integers(min_value=0, max_value=200_000)


@given(dollars, dollars, dollars, dollars, dollars, dollars, st.integers(0, 9))
def test_a_family_costs_what_its_members_cost(tuition, living, insurance, fees, spouse, child, n):
    costs = Costs("master", 2026, 9, tuition, living, insurance, fees, spouse, child)

    assert costs.total == tuition + living + insurance + fees
    assert costs.total_with(spouse=True, children=n) - costs.total == spouse + n * child
    assert costs.total_with() == costs.total


def test_the_portal_reads_a_year_or_the_latest(db):
    enter("master", 2025, tuition=1)
    enter("master", 2026, tuition=2)
    enter("bachelor", 2027, tuition=3)

    assert costs_for("master").tuition == 2
    assert costs_for("master", 2025).tuition == 1
    assert costs_for("master", 2027) is None
    assert costs_for("doctorate") is None


@pytest.mark.parametrize(
    ("query", "chosen", "first_column"),
    [
        ("", "2026–27", ["$50,000", "$20,000", "$3,000", "$1,000", "$74,000", "$9,000", "$6,000"]),
        (
            "?year=2025",
            "2025–26",
            ["$40,000", "$20,000", "$3,000", "$1,000", "$64,000", "$9,000", "$6,000"],
        ),
        (
            "?year=<script>",
            "2026–27",
            ["$50,000", "$20,000", "$3,000", "$1,000", "$74,000", "$9,000", "$6,000"],
        ),
    ],
)
def test_the_page_shows_one_year_for_every_level(home, client, query, chosen, first_column):
    home.add_child(instance=CostsPage(title="Costs", slug="costs"))
    enter("doctorate", 2026, tuition=0, months=12, note="Most have an appointment.")
    enter("bachelor", 2026)
    enter("bachelor", 2025, tuition=40000)

    html = client.get(f"/costs/{query}").text

    rows = re.findall(r"<tr[^>]*><th scope=\"row\">.*?</tr>", html, re.S)
    assert [re.search(r"\$[\d,]+", row)[0] for row in rows] == first_column
    assert f"<caption>Estimated costs in US dollars, {chosen}</caption>" in html
    assert re.findall(r'aria-current="true">([^<]*)<', html) == [chosen]
    assert ("Most have an appointment." in html) is (chosen == "2026–27")


def test_an_office_without_numbers_says_so(home, client):
    home.add_child(instance=CostsPage(title="Costs", slug="costs"))

    assert "The costs of this year are being put together." in client.get("/costs/").text


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"tuition": "-1"}, {"tuition": ["Enter whole dollars, 0 or more."]}),
        ({"child": "12.50"}, {"child": ["Enter whole dollars, 0 or more."]}),
        ({"year": "26"}, {"year": ["Enter a year with four digits, such as 2026."]}),
        ({"months": "13"}, {"months": ["Enter between 1 and 12 months."]}),
        (
            {"level": "master", "year": "2025"},
            {"level": ["This level has its costs of that year already. Edit those instead."]},
        ),
    ],
)
def test_costs_that_cannot_be(db, changes, errors):
    enter("master", 2025)
    form_class = get_edit_handler(CostOfAttendance).get_form_class()

    form = form_class({"year": "2026", "level": "bachelor"} | AMOUNTS | changes)

    assert form.errors == errors


def test_the_database_holds_one_table_a_year_and_level(db):
    enter("master", 2025)
    twin = CostOfAttendance(level="master", year=2025, **AMOUNTS)

    with pytest.raises(ValidationError):
        twin.full_clean()
