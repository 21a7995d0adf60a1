"""The tags and components pages are written with."""

import logging

import pytest
from django.template import Context, Template
from django.template.loader import render_to_string

from isso.pages.templatetags.isso import UnknownIcon, icon_svg


def render(source, **context):
    """Render a template that has loaded our tags."""
    return Template("{% load isso %}" + source).render(Context(context)).strip()


def test_icon_is_inline_and_silent_for_screen_readers():
    svg = render('{% icon "printer" size=32 %}')

    assert svg.startswith("<svg ")
    assert 'aria-hidden="true"' in svg
    assert 'width="32"' in svg
    assert "xmlns" not in svg


def test_unknown_icon_is_logged_with_near_names_and_drawn_as_a_circle(caplog):
    with caplog.at_level(logging.ERROR):
        assert render('{% icon "printr" %}') == render('{% icon "circle" %}')

    assert caplog.messages == [str(UnknownIcon("printr"))]
    assert "printer" in caplog.messages[0]


def test_unknown_icon_in_code_raises():
    with pytest.raises(UnknownIcon):
        icon_svg("printr")


def test_icons_with_a_direction_turn_in_right_to_left_pages():
    assert "icon--directional" in render('{% icon "log-in" %}')
    assert "icon--directional" not in render('{% icon "printer" %}')


@pytest.mark.parametrize("tone", ["brand", "ok", "warn", "bad", "muted"])
def test_stamp_says_its_word_and_shows_its_icon(tone):
    html = render('{% stamp label tone "check" %}', label="Approved & <done>", tone=tone)

    assert f"stamp stamp--{tone}" in html
    assert "Approved &amp; &lt;done&gt;" in html
    assert "<svg" in html


@pytest.mark.parametrize("tone", ["info", "ok", "warn", "bad"])
def test_callout_escapes_what_people_wrote_and_keeps_what_the_template_says(tone):
    html = render(
        "{% callout tone=tone title=title %}<p>{{ words }}</p>{% endcallout %}",
        tone=tone,
        title="<b>Now</b>",
        words="<script>",
    )

    assert f"callout callout--{tone}" in html
    assert "&lt;b&gt;Now&lt;/b&gt;" in html
    assert "<p>&lt;script&gt;</p>" in html


def test_card_heading_has_the_asked_level_and_is_escaped():
    html = render("{% card title=title level=3 %}<p>In</p>{% endcard %}", title="A & B")

    assert "<h3>A &amp; B</h3>" in html
    assert "<p>In</p>" in html


def test_rail_marks_the_present_stop_in_words_and_for_assistive_technology():
    stops = [
        {"title": "Draft", "state": "done"},
        {"title": "Submitted", "state": "now", "meta": "Since Monday"},
        {"title": "Decision"},
    ]
    html = render_to_string("components/rail.html", {"stops": stops, "label": "Progress"})

    assert html.count('aria-current="step"') == 1
    assert [html.count(f"rail__stop--{state}") for state in ("done", "now", "todo")] == [1, 1, 1]
    assert "(done)" in html


def test_masked_number_shows_two_characters_until_asked():
    html = render_to_string("components/masked.html", {"value": "C1234567", "label": "Passport"})
    summary, shown = html.split("</summary>")

    assert "67" in summary
    assert "C1234567" not in summary
    assert "C1234567" in shown


def test_summary_row_links_say_what_they_change():
    rows = [{"label": "Address", "value": "", "href": "/x/", "action": "Update"}]
    html = render_to_string("components/summary_rows.html", {"rows": rows})

    assert 'Update<span class="visually-hidden"> Address</span>' in html
    assert "Not given" in html
