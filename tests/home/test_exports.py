"""No list or report of the admin exports a formula, Wagtail's own neither (case 22)."""

import csv
import io
import re

import openpyxl
import pytest
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.models import PageLogEntry

from isso.pages.models import MissedSearch, SectionPage
from isso.requests.people.models import User

FORMULA = '=HYPERLINK("//evil.example")'
STARTS_A_FORMULA = re.compile(r"\s*[=+\-@\t\r]")
# Report → what of it a visitor or an editor has typed.
REPORTS = {
    "/admin/reports/aging-pages/": "title of a page",
    "/admin/reports/locked/": "title of a page",
    "/admin/reports/site-history/": "title of a page",
    "/admin/searchpicks/reports/search-terms/": "what a visitor searched for",
    "/admin/redirects/": "where a redirect leads",
    "/admin/snippets/pages/missedsearch/": "what a visitor searched for",
}


@pytest.fixture
def admin(home, client):
    """An administrator's browser, and formulas wherever somebody can type one."""
    user = User.objects.create_superuser("admin@demo.example", full_name="-1 Admin")
    Query.get(FORMULA).add_hit()
    page = home.add_child(instance=SectionPage(title=FORMULA, slug="x", locked=True))
    page.save_revision().publish()
    PageLogEntry.objects.log_action(page, "wagtail.edit", user=user)
    Redirect.objects.create(old_path="/old", redirect_link=FORMULA)
    MissedSearch.objects.create(words=FORMULA)
    client.force_login(user)
    return client


@pytest.mark.parametrize("report", REPORTS)
def test_what_somebody_typed_is_text_in_the_file(admin, report):
    files = [
        b"".join(admin.get(f"{report}?export={kind}").streaming_content) for kind in ("csv", "xlsx")
    ]
    rows = list(csv.reader(io.StringIO(files[0].decode())))
    sheet = openpyxl.load_workbook(io.BytesIO(files[1])).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]

    typed = [value for row in rows for value in row if "evil.example" in value]
    assert {value[:2] for value in typed} == {"'="}
    assert [value for row in rows for value in row if STARTS_A_FORMULA.match(value)] == []
    assert [cell.value for cell in cells if STARTS_A_FORMULA.match(str(cell.value))] == []
    assert {cell.data_type for cell in cells} <= {"s", "n", "d", "b"}
