"""The colors of the stylesheet by role, and which of them must stand out against which.

The table of pairs is that of the look (tests/look/test_contrast.py computes every one of them);
an office that brings its own colors is held to it, too.
"""

import re
from functools import cache
from pathlib import Path

STYLESHEET = Path(__file__).parent / "static/isso/css/shell.css"
SCHEMES = ("light", "dark")

TEXT, LONG_TEXT, CONTROL = 4.5, 7.0, 3.0
# (foreground, background, least ratio)
PAIRS = [
    ("ink", "paper", LONG_TEXT),
    ("ink", "surface", LONG_TEXT),
    ("ink", "sunken", LONG_TEXT),
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


@cache
def palettes() -> dict[str, dict[str, str]]:
    """Read the light and the dark values of every color token from the stylesheet."""
    light_part, dark_part = STYLESHEET.read_text().split("prefers-color-scheme: dark", 1)
    pattern = re.compile(r"--([a-z-]+):\s*(#[0-9a-f]{6})\b")
    light = dict(pattern.findall(light_part))
    return {"light": light, "dark": light | dict(pattern.findall(dark_part))}


def luminance(color: str) -> float:
    """Compute the relative luminance of WCAG."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in _parts(color)]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """Compute the contrast ratio of two colors."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def mix(color: str, other: str, share: float) -> str:
    """Mix ``share`` of one color, from 0 to 1, into another."""
    parts = zip(_parts(color), _parts(other), strict=True)
    return "#" + "".join(f"{round(255 * (share * a + (1 - share) * b)):02x}" for a, b in parts)


def weak_pairs(scheme: str, changed: dict[str, str]) -> list[tuple[str, str, float, float]]:
    """Return (foreground, background, ratio, least) of pairs that changed colors leave too weak."""
    palette = palettes()[scheme] | changed
    touched = [pair for pair in PAIRS if {pair[0], pair[1]} & set(changed)]
    ratios = [
        (one, other, contrast(palette[one], palette[other]), least) for one, other, least in touched
    ]
    return [pair for pair in ratios if pair[2] < pair[3]]


def _parts(color):
    return [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
