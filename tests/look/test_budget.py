"""Style and script stay small, whole and our own."""

import gzip
import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string

STATIC = Path(__file__).parents[2] / "pages/static/isso"
SHEETS = sorted((STATIC / "css").glob("*.css"))
SCRIPTS = sorted((STATIC / "js").glob("*.js"))
# Only the admin's editor asks for the checker.
PORTALS_SCRIPTS = [path for path in SCRIPTS if path.name != "checker.js"]
# Who is signed in is warned before the session ends; a request is saved while somebody types.
VISITORS_SCRIPTS = [
    path for path in PORTALS_SCRIPTS if path.name not in ("autosave.js", "session.js")
]


def compressed(paths) -> int:
    """Count the bytes a browser fetches: each file is compressed alone."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


@pytest.mark.parametrize(
    ("paths", "most"),
    [(SHEETS, 9 * 1024), (VISITORS_SCRIPTS, 3 * 1024), (PORTALS_SCRIPTS, 5 * 1024 + 256)],
)
def test_bytes_over_the_wire(paths, most):
    assert paths
    assert compressed(paths) <= most


@pytest.mark.parametrize("path", SHEETS + SCRIPTS, ids=lambda path: path.name)
def test_no_file_outgrows_a_reader(path):
    assert len(path.read_text().splitlines()) <= 400


@pytest.mark.parametrize("path", SHEETS + SCRIPTS, ids=lambda path: path.name)
def test_nothing_is_fetched_from_elsewhere_or_evaluated(path):
    assert (
        re.findall(r"https?://|@import|url\(|\beval\(|new Function|innerHTML", path.read_text())
        == []
    )


def test_a_page_asks_for_each_sheet_and_script_once():
    head = render_to_string("components/head_assets.html")

    linked = sorted(re.findall(r"isso/(?:css|js)/([\w.-]+)", head))
    assert linked == sorted(path.name for path in SHEETS + VISITORS_SCRIPTS)


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_rule_stands_in_a_layer(path):
    outside = re.sub(r"/\*.*?\*/", "", path.read_text(), flags=re.S)
    depth, top_level = 0, ""
    for character in outside:
        depth += (character == "{") - (character == "}")
        if depth == 0:
            top_level += character
    assert re.sub(r"@layer [\w, ]+;?|\}|\s", "", top_level) == ""


def test_every_custom_property_in_use_is_defined():
    text = "".join(path.read_text() for path in SHEETS)

    assert (
        set(re.findall(r"var\((--[\w-]+)", text)) - set(re.findall(r"(--[\w-]+):", text)) == set()
    )
