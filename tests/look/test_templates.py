"""House rules for every template: it compiles, its icons exist, its code and style are ours."""

import re
from pathlib import Path

import pytest
from django.template.loader import get_template, render_to_string

from isso.pages.templatetags.isso import icon_names

ROOT = Path(__file__).parents[2] / "templates"
# Mail cannot link a stylesheet, so its templates follow rules of their own.
TEMPLATES = sorted(
    path
    for path in ROOT.rglob("*.html")
    if path.relative_to(ROOT).parts[0] not in ("notices", "mail")
)
FORBIDDEN = {
    "inline style": r"\sstyle\s*=|<style",
    "inline handler": r"\son(click|change|submit|load|input|key\w+|mouse\w+)\s*=",
    "inline script": r'<script(?![^>]*(\bsrc=|type="application/(ld\+)?json"))',
    "file from elsewhere": r'(src|srcset|action)="(https?:)?//|<link[^>]+href="(https?:)?//',
    "javascript address": r"javascript:",
}


def name(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_keeps_the_house_rules(path):
    text = path.read_text()

    assert {rule for rule, pattern in FORBIDDEN.items() if re.search(pattern, text, re.I)} == set()


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_template_compiles(path):
    assert get_template(name(path)).template.nodelist


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_every_named_icon_exists(path):
    named = re.findall(r'{%\s*icon "([\w-]+)"', path.read_text())
    named += re.findall(
        r'{%\s*stamp [^%]*? "(?:brand|ok|warn|bad|muted)" "([\w-]+)"', path.read_text()
    )

    assert set(named) - set(icon_names()) == set()


@pytest.mark.parametrize("code", ["400", "403_csrf", "500", "503"])
def test_error_page_stands_without_request_or_database(code):
    # No database mark: a query fails this test.
    html = render_to_string(f"{code}.html")

    assert f"Error {code[:3]}" in html
    assert 'href="/contact/"' in html
