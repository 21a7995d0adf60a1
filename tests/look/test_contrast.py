"""Every color pair the stylesheets promise reaches its WCAG ratio, in light and in dark."""

import pytest

from isso.pages.colors import CONTROL, PAIRS, SCHEMES, contrast, palettes


def test_the_measure_itself_is_right():
    assert (contrast("#000000", "#ffffff"), round(contrast("#717c84", "#faf8f4"), 1)) == (21, 4.0)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(("foreground", "background", "least"), PAIRS)
def test_pair_reaches_its_ratio(scheme, foreground, background, least):
    palette = palettes()[scheme]

    assert contrast(palette[foreground], palette[background]) >= least


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("background", ["paper", "surface", "sunken", "tint", "band", "brand"])
def test_one_of_the_two_focus_rings_stands_out_everywhere(scheme, background):
    palette = palettes()[scheme]
    rings = (palette["ring"], palette["ring-ink"])

    assert max(contrast(ring, palette[background]) for ring in rings) >= CONTROL


def test_dark_names_no_token_that_light_does_not_have():
    palette = palettes()

    assert set(palette["dark"]) == set(palette["light"])


def test_the_table_of_pairs_is_that_of_the_design():
    """Text of any kind on any ground: 4.5; running text on the page: 7; edges of fields: 3."""
    least = {}
    for one, other, ratio in PAIRS:
        least.setdefault(ratio, set()).add((one, other))
    assert (len(PAIRS), len(least[4.5]), least[7.0], least[3.0]) == (
        40,
        34,
        {("ink", "paper"), ("ink", "surface"), ("ink", "sunken")},
        {("control", "paper"), ("control", "surface"), ("control", "warn-tint")},
    )
