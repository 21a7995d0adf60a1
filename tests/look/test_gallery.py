"""All components on one page: no accessibility fault and no sideways scrolling, in any guise."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django import forms
from django.template import Context, Template

pytestmark = pytest.mark.browser

GALLERY = """{% load isso %}<h1>Gallery</h1><p class="lede">Lede with a <a href="#x">link</a></p>
{% include "components/error_summary.html" with form=form %}
{% callout tone="info" title="Info" %}<p>Text <a href="#x">link</a></p>{% endcallout %}
{% callout tone="ok" title="Fine" %}<p>Text <a href="#x">link</a></p>{% endcallout %}
{% callout tone="warn" title="Careful" %}<p>Text <a href="#x">link</a></p>{% endcallout %}
{% callout tone="bad" title="Stop" %}<p>Text <a href="#x">link</a></p>{% endcallout %}
<p>{% stamp "Draft" "muted" "pencil" %} {% stamp "Submitted" "brand" "hourglass" %}
{% stamp "Clarification Requested" "warn" "message-square" %} {% stamp "Completed" "ok" "check" %}
{% stamp "Denied" "bad" "x" %}</p>
<div class="columns"><div class="columns__main">
{% include "components/rail.html" with stops=stops label="Progress" %}
{% include "components/summary_rows.html" with rows=rows %}
<form>{{ form.as_div }}<div class="button-row"><button class="button">Send</button>
<button class="button button--secondary">Save</button>
<button class="button button--danger">Withdraw</button>
<button class="link-button">Later</button></div></form>
<ol class="thread"><li class="message"><p class="message__meta"><strong>Ana</strong> today</p>
<p>Words</p></li><li class="message message--own"><p>An-unbroken-word-{{ long }}</p></li></ol>
</div><div class="columns__aside">{% card title="Card" %}<ul class="files">
<li><a href="#x">a-very-long-file-name-{{ long }}.pdf</a> <span class="muted">PDF</span></li></ul>
{% endcard %}</div></div>
<ul class="tiles"><li class="tile">{% icon "printer" %}<h3><a href="#x">Ready</a></h3><p>Line</p>
</li><li class="tile tile--later">{% icon "lock" %}<h3>Later</h3><p>{% stamp "Not yet" %} on
<strong>May 1</strong></p></li></ul>
<ul class="chips"><li><a href="#x" aria-current="true">All</a></li><li><a href="#y">F-1</a></li>
</ul><div class="table-wrap" role="region" aria-label="Wide" tabindex="0"><table><caption>Wide
</caption><thead><tr>{% for n in cells %}<th scope="col">Column {{ n }}</th>{% endfor %}</tr>
</thead><tbody><tr>{% for n in cells %}<td>Value{{ n }}{{ n }}{{ n }}</td>{% endfor %}</tr></tbody>
</table></div>"""


class Questions(forms.Form):
    """One question of each look."""

    name = forms.CharField(help_text="As in your passport")
    hours = forms.ChoiceField(choices=[("p", "Part"), ("f", "Full")], widget=forms.RadioSelect)
    days = forms.MultipleChoiceField(
        choices=[("m", "Monday"), ("t", "Tuesday")], widget=forms.CheckboxSelectMultiple
    )
    why = forms.CharField(widget=forms.Textarea, required=False)
    letter = forms.FileField(required=False)
    sure = forms.BooleanField(label="I understand")


@pytest.fixture(scope="module")
def gallery():
    """Render every component with plausible content."""
    context = {
        "form": Questions({}),
        "stops": [
            {"title": "Draft", "state": "done", "meta": "Nov 10"},
            {"title": "Submitted", "state": "now", "text": "In the office"},
            {"title": "Decision"},
        ],
        "rows": [
            {"label": "Name", "value": "Minh", "source": "Passport", "href": "#x"},
            {"label": "Passport", "value": "C1234567", "masked": True},
        ],
        "cells": range(12),
        "long": "x" * 90,
    }
    return Template(GALLERY).render(Context(context))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_components_are_accessible_and_fit(show, gallery, scheme, width):
    page = show(gallery, scheme=scheme, width=width)

    faults = Axe().run(page).response["violations"]
    assert [(fault["id"], fault["nodes"][0]["html"]) for fault in faults] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("width", [320, 1280])
def test_targets_are_large_enough_for_a_thumb(show, gallery, width):
    page = show(gallery, width=width)

    small = page.evaluate(
        """() => [...document.querySelectorAll(
            'button, .button, .chips a, .choice, input:not([type=checkbox], [type=radio]), select')]
            .filter((e) => e.offsetParent && e.getBoundingClientRect().height < 44)
            .map((e) => e.outerHTML.slice(0, 80))"""
    )
    assert small == []


def test_focus_is_visible_on_a_button(show, gallery):
    page = show(gallery)
    page.focus("button.button")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Tab")

    style = page.evaluate(
        "(({outlineStyle, boxShadow}) => [outlineStyle, boxShadow])"
        "(getComputedStyle(document.activeElement))"
    )
    assert style == ["solid", "rgb(242, 183, 5) 0px 0px 0px 5px"]
