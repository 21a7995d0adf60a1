"""The words our templates are written with: icon, stamp, callout and card."""

import logging
from difflib import get_close_matches
from functools import lru_cache
from importlib.resources import files
from zipfile import ZipFile

import lucide
from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
logger = logging.getLogger(__name__)

FALLBACK_ICON = "circle"
# Icons that point somewhere turn around in right-to-left languages (the CSS flips them).
DIRECTIONAL = ("arrow-left", "arrow-right", "chevron-left", "chevron-right", "log-in", "log-out")

TONE_ICONS = {
    "info": "info",
    "ok": "circle-check",
    "warn": "triangle-alert",
    "bad": "octagon-alert",
}


class UnknownIcon(LookupError):
    """Say which icon name is wrong and which ones come close."""

    def __init__(self, name: str):
        near = ", ".join(get_close_matches(name, icon_names(), n=3)) or "none"
        super().__init__(f"There is no lucide icon named {name!r}. Similar names: {near}.")


@lru_cache(maxsize=1)
def icon_names() -> tuple[str, ...]:
    """List the names of all icons that lucide brings."""
    with files("lucide").joinpath("lucide.zip").open("rb") as data, ZipFile(data) as archive:
        return tuple(sorted(name.removesuffix(".svg") for name in archive.namelist()))


@lru_cache(maxsize=256)
def icon_svg(name: str, size: int = 20, classes: str = "") -> SafeString:
    """Draw an icon as inline SVG that assistive technology skips; its label stands beside it."""
    parts = ["icon", "icon--directional" if name in DIRECTIONAL else "", classes]
    try:
        svg = lucide._render_icon(
            name,
            size,
            **{"class": " ".join(filter(None, parts)), "aria-hidden": "true", "focusable": "false"},
        )
    except lucide.IconDoesNotExist as error:
        raise UnknownIcon(name) from error
    return mark_safe(" ".join(svg.split()))  # noqa: S308 (drawn by lucide from its own files)


@register.simple_tag
def icon(name: str, size: int = 20, classes: str = "") -> SafeString:
    """Draw a lucide icon; an unknown name is logged and drawn as a plain circle, never a crash."""
    # Adding "" turns the SafeString of a template literal into a plain one for the cache.
    name, classes = str(name) + "", str(classes) + ""
    try:
        return icon_svg(name, size, classes)
    except UnknownIcon as error:
        logger.error("%s", error)
        return icon_svg(FALLBACK_ICON, size, classes)


@register.simple_tag
def stamp(label: str, tone: str = "muted", icon: str = "") -> SafeString:
    """Draw a status stamp: icon, word and color, so that no one of them carries it alone."""
    return render_to_string(
        "components/stamp.html", {"label": label, "tone": tone, "icon_name": icon}
    )


@register.simple_block_tag
def callout(content: str, tone: str = "info", title: str = "", icon: str = "") -> SafeString:
    """Set a passage apart: tone is info, ok, warn or bad."""
    return render_to_string(
        "components/callout.html",
        {
            "content": content,
            "tone": tone,
            "title": title,
            "icon_name": icon or TONE_ICONS.get(tone, "info"),
        },
    )


@register.simple_block_tag
def card(content: str, title: str = "", level: int = 2, id: str = "") -> SafeString:
    """Put related content in a box with a heading of the given level."""
    return render_to_string(
        "components/card.html",
        {"content": content, "title": title, "level": level, "id": id},
    )
