"""The office's own look: colors checked when they are saved, served with the frame's style.

A color brings along what depends on it: the main color its shade under the pointer and its tint
and, on light pages, the band at the top.
"""

import hashlib
import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.pages.colors import SCHEMES, STYLESHEET, mix, palettes, weak_pairs

ROLES = ("brand", "link", "band")
# How much of the main color its tint and its shade under the pointer hold.
TINT_SHARE = {"light": 0.11, "dark": 0.16}
HOVER_SHARE = 0.75
AWAY_FROM_PAPER = {"light": "#000000", "dark": "#ffffff"}
# Paper is always light (shell.css).
MEDIA = {
    "light": "print,(prefers-color-scheme:light)",
    "dark": "screen and (prefers-color-scheme:dark)",
}
COLOR = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)

# What stands in a refusal for each token that an office's color can meet.
IN_WORDS = {
    "ink": gettext_lazy("text"),
    "muted": gettext_lazy("pale text"),
    "link": gettext_lazy("a link"),
    "visited": gettext_lazy("a visited link"),
    "brand": gettext_lazy("the main color"),
    "brand-hover": gettext_lazy("the main color under the pointer"),
    "on-brand": gettext_lazy("the words of a button"),
    "on-band": gettext_lazy("the words of the band"),
    "band": gettext_lazy("the band"),
    "paper": gettext_lazy("the page"),
    "surface": gettext_lazy("a card"),
    "sunken": gettext_lazy("the footer"),
    "tint": gettext_lazy("the tint of the main color"),
    "ok-tint": gettext_lazy("a green box"),
    "warn-tint": gettext_lazy("a yellow box"),
    "bad-tint": gettext_lazy("a red box"),
}


def field_of(role: str, scheme: str) -> str:
    """Name the settings field that holds the color of one role."""
    return f"color_{role}" if scheme == "light" else f"color_{role}_dark"


def problems(office) -> dict[str, str]:
    """Say for each color of the office what would be hardest to read with it."""
    found = {}
    for scheme in SCHEMES:
        by_role = {role: _tokens(office, role, scheme) for role in ROLES}
        changed = {name: color for tokens in by_role.values() for name, color in tokens.items()}
        owner = {name: role for role, tokens in by_role.items() for name in tokens}
        # The weakest pair comes first and speaks for its field.
        for pair in sorted(weak_pairs(scheme, changed), key=lambda pair: pair[2] / pair[3]):
            role = owner.get(pair[0]) or owner[pair[1]]
            found.setdefault(field_of(role, scheme), _too_weak(*pair))
    return found


def stylesheet(office) -> str:
    """Write the office's look as CSS, outside of every layer and so above the tokens there."""
    rules = []
    for scheme in SCHEMES:
        tokens = {}
        for role in ROLES:
            tokens |= _tokens(office, role, scheme)
        if tokens:
            lines = "".join(f"--{name}:{color};" for name, color in tokens.items())
            rules.append(f"@media {MEDIA[scheme]}{{:root{{{lines}}}}}\n")
    return "".join(rules)


def frame(office) -> str:
    """Write the style of every page's frame in the office's colors: one file to fetch, not two."""
    return STYLESHEET.read_text() + stylesheet(office)


def version(office) -> str:
    """Return a short name for exactly this look; empty where the office has no colors."""
    if not stylesheet(office):
        return ""
    return hashlib.sha256(frame(office).encode()).hexdigest()[:12]


def _tokens(office, role, scheme):
    """Return the tokens that follow from one color of the office."""
    color = _color(office, role, scheme)
    if not color or role != "brand":
        return {role: color} if color else {}
    surface = palettes()[scheme]["surface"]
    follows = scheme == "light" and not _color(office, "band", scheme)
    return {
        "brand": color,
        **({"band": color} if follows else {}),
        "brand-hover": mix(color, AWAY_FROM_PAPER[scheme], HOVER_SHARE),
        "tint": mix(color, surface, TINT_SHARE[scheme]),
    }


def _color(office, role, scheme):
    # Only what is a color ever gets into the stylesheet, whatever the database holds.
    color = getattr(office, field_of(role, scheme))
    return color.lower() if COLOR.fullmatch(color) else ""


def _too_weak(foreground, background, ratio, least):
    return _(
        "Too little contrast: %(foreground)s on %(background)s reaches %(ratio)s to 1 and needs "
        "%(least)s to 1."
    ) % {
        "foreground": IN_WORDS[foreground],
        "background": IN_WORDS[background],
        # Cut, not rounded: 4.497 must not read as the 4.5 it misses.
        "ratio": int(ratio * 100) / 100,
        "least": least,
    }
