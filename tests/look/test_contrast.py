"""Every color pair the stylesheets promise reaches its WCAG ratio, in light and in dark."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[2] / "pages/static/isso/css/shell.css"

TEXT, CONTROL = 4.5, 3.0
# (foreground, background, least ratio)
PAIRS = [
    ("ink", "paper", 7.0),
    ("ink", "surface", 7.0),
    ("ink", "sunken", 7.0),
    ("ink", "tint", TEXT),
    ("ink", "ok-tint", TEXT),
    ("ink", "warn-tint", TEXT),
    ("ink", "bad-tint", TEXT),
    ("muted", "paper", TEXT),
    ("muted", "surface", TEXT),
    ("muted", "sunken", TEXT),
    ("muted", "tint", TEXT),
    ("muted", "warn-tint", TEXT),
    ("muted", "bad-tint", TEXT),
    ("link", "paper", TEXT),
    ("link", "surface", TEXT),
    ("link", "sunken", TEXT),
    ("link", "tint", TEXT),
    ("link", "ok-tint", TEXT),
    ("link", "warn-tint", TEXT),
    ("link", "bad-tint", TEXT),
    ("visited", "paper", TEXT),
    ("visited", "surface", TEXT),
    ("visited", "tint", TEXT),
    ("brand", "paper", TEXT),
    ("brand", "surface", TEXT),
    ("brand", "tint", TEXT),
    ("brand-hover", "paper", TEXT),
    ("on-brand", "brand", TEXT),
    ("on-brand", "brand-hover", TEXT),
    ("on-band", "band", TEXT),
    ("ok", "ok-tint", TEXT),
    ("warn", "warn-tint", TEXT),
    ("bad", "bad-tint", TEXT),
    ("bad", "paper", TEXT),
    ("bad", "surface", TEXT),
    ("bad", "warn-tint", TEXT),
    ("ring-ink", "ring", TEXT),
    ("control", "paper", CONTROL),
    ("control", "surface", CONTROL),
    ("control", "warn-tint", CONTROL),
]


def tokens() -> dict[str, dict[str, str]]:
    """Read the light and the dark values of every color token."""
    light_part, dark_part = CSS.read_text().split("prefers-color-scheme: dark", 1)
    pattern = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b")
    light = dict(pattern.findall(light_part))
    return {"light": light, "dark": light | dict(pattern.findall(dark_part))}


def luminance(color: str) -> float:
    """Compute the relative luminance of WCAG."""
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of two colors."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_the_measure_itself_is_right():
    assert (contrast("#000000", "#ffffff"), round(contrast("#717c84", "#faf8f4"), 1)) == (21, 4.0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("foreground", "background", "least"), PAIRS)
def test_pair_reaches_its_ratio(scheme, foreground, background, least):
    palette = tokens()[scheme]

    assert contrast(palette[foreground], palette[background]) >= least


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("background", ["paper", "surface", "sunken", "tint", "band", "brand"])
def test_one_of_the_two_focus_rings_stands_out_everywhere(scheme, background):
    palette = tokens()[scheme]
    rings = (palette["ring"], palette["ring-ink"])

    assert max(contrast(ring, palette[background]) for ring in rings) >= CONTROL


def test_dark_names_no_token_that_light_does_not_have():
    palette = tokens()

    assert set(palette["dark"]) == set(palette["light"])
