"""The office's own colors: what is refused and why, what is served, and what never gets in."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from isso.home import theme
from isso.home.models import OfficeSettings
from isso.pages.colors import PAIRS, STYLESHEET, contrast, palettes

COLORS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
FIELDS = {
    theme.field_of(role, scheme): (role, scheme) for role in theme.ROLES for scheme in theme.MEDIA
}


def office(**colors):
    return OfficeSettings(office_name="ISSS", **colors)


def refusals(**colors):
    """What saving these colors answers, by field."""
    try:
        office(**colors).full_clean(exclude=["site"])
    except ValidationError as error:
        return error.message_dict
    return {}


def test_there_are_six_colors():
    names = {field.name for field in OfficeSettings._meta.fields if field.name.startswith("color_")}
    assert (len(FIELDS), set(FIELDS)) == (6, names)


@pytest.mark.parametrize(
    ("colors", "refused"),
    [
        ({}, {}),
        ({"color_brand": "#005F3B"}, {}),
        ({"color_brand": "#750014", "color_link": "#750014", "color_band": "#000000"}, {}),
        ({"color_brand_dark": "#8fd3ac", "color_link_dark": "#ffffff"}, {}),
        (
            {"color_brand": "#ffcc00"},
            {
                "color_brand": "Too little contrast: the main color on the page reaches 1.42 to 1 "
                "and needs 4.5 to 1."
            },
        ),
        (
            {"color_link": "#3b9cff"},
            {
                "color_link": "Too little contrast: a link on the tint of the main color "
                "reaches 2.37 to 1 and needs 4.5 to 1."
            },
        ),
        (
            {"color_band": "#78be20"},
            {
                "color_band": "Too little contrast: the words of the band on the band reaches "
                "2.28 to 1 and needs 4.5 to 1."
            },
        ),
        (
            {"color_link_dark": "#154734", "color_band_dark": "#e9edef"},
            {
                "color_link_dark": "Too little contrast: a link on the tint of the main color "
                "reaches 1.25 to 1 and needs 4.5 to 1.",
                "color_band_dark": "Too little contrast: the words of the band on the band reaches "
                "1.0 to 1 and needs 4.5 to 1.",
            },
        ),
        ({"color_brand": "green"}, {"color_brand": "Write a color like #0f4c5c."}),
        ({"color_link": "#fff"}, {"color_link": "Write a color like #0f4c5c."}),
        ({"color_link": "#00000g"}, {"color_link": "Write a color like #0f4c5c."}),
    ],
)
def test_colors_are_held_to_the_ratios_of_the_design(db, colors, refused):
    assert refusals(**colors) == {field: [sentence] for field, sentence in refused.items()}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.fixed_dictionaries({}, optional=dict.fromkeys(FIELDS, COLORS)))
def test_what_is_accepted_leaves_every_pair_readable(colors):
    """What is refused is left out, so that something is accepted in every round."""
    refused = theme.problems(office(**colors))
    own = office(**{field: color for field, color in colors.items() if field not in refused})
    assume(not theme.problems(own))

    for scheme in theme.MEDIA:
        palette = palettes()[scheme] | served(own)[scheme]
        weak = [p for p in PAIRS if contrast(palette[p[0]], palette[p[1]]) < p[2]]
        assert weak == []


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(COLORS, st.sampled_from(sorted(FIELDS)))
def test_a_refused_color_is_one_that_would_leave_a_pair_too_weak(color, field):
    own, (_role, scheme) = office(**{field: color}), FIELDS[field]
    palette = palettes()[scheme] | served(own)[scheme]
    weak = [p for p in PAIRS if contrast(palette[p[0]], palette[p[1]]) < p[2]]

    assert set(theme.problems(own)) == ({field} if weak else set())


def served(own):
    """The tokens of the stylesheet, read back by scheme."""
    found = {scheme: {} for scheme in theme.MEDIA}
    for media, rules in re.findall(r"@media (.*?)\{:root\{(.*?)\}\}\n", theme.stylesheet(own)):
        scheme = {value: key for key, value in theme.MEDIA.items()}[media]
        found[scheme] = dict(re.findall(r"--([a-z-]+):(#[0-9a-f]{6});", rules))
    return found


def test_the_stylesheet_holds_the_colors_and_what_follows_from_them():
    assert theme.stylesheet(office(color_brand="#005F3B", color_link_dark="#9FE0B8")) == (
        "@media print,(prefers-color-scheme:light){:root{--brand:#005f3b;--band:#005f3b;"
        "--brand-hover:#00472c;--tint:#e3ede9;}}\n"
        "@media screen and (prefers-color-scheme:dark){:root{--link:#9fe0b8;}}\n"
    )


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(max_size=40) | st.sampled_from(["red}", "#12345", "#1234567", "#123456;}*{x:y"]))
def test_nothing_but_a_color_ever_gets_into_the_stylesheet(text):
    """Also not past the form, by hand in the database."""
    css = theme.stylesheet(office(**dict.fromkeys(FIELDS, text)))

    assert re.fullmatch(r"(@media [^{}]+\{:root\{(--[a-z-]+:#[0-9a-f]{6};)+\}\}\n)*", css)


PAGES = ["/", "/accounts/login/"]


@pytest.mark.parametrize("address", PAGES)
def test_the_frame_comes_in_the_office_s_colors_where_it_has_some(site, client, address):
    def links():
        return re.findall(r'<link rel="stylesheet" href="([^"]*)">', get(client, address))

    before = links()
    OfficeSettings.objects.update(color_brand="#005f3b")
    version = theme.version(OfficeSettings.objects.get())

    # One file in the place of the other: colors cost nobody one more request.
    assert before == [static("isso/css/shell.css"), static("isso/css/components.css")]
    assert links() == [f"/office.css?v={version}", before[1]]


def test_it_may_be_kept_for_a_year_under_its_version_and_not_without(site, client):
    OfficeSettings.objects.update(color_brand="#005f3b")
    version = theme.version(OfficeSettings.objects.get())

    answers = [client.get("/office.css", {"v": each}) for each in (version, "old", "")]

    assert [answer["Cache-Control"] for answer in answers] == [
        "public, max-age=31536000, immutable",
        *["no-cache"] * 2,
    ]
    assert {answer["Content-Type"] for answer in answers} == {"text/css; charset=utf-8"}
    assert {answer.content.decode() for answer in answers} == {
        STYLESHEET.read_text() + theme.stylesheet(OfficeSettings.objects.get())
    }


def get(client, address):
    return client.get(address).content.decode()
