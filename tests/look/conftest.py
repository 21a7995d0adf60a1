"""What the browser tests of the look share: markup shown as a page with our style and script."""

from pathlib import Path

import pytest

STATIC = Path(__file__).parents[2] / "pages/static/isso"


@pytest.fixture
def show(page):
    """Open markup as a page of ours; returns the tab."""

    def _show(main, *, scheme="light", width=1280):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_content(
            '<!doctype html><html lang="en-us"><head><title>Look</title></head>'
            f"<body><main>{main}</main></body></html>"
        )
        for sheet in ("shell.css", "components.css"):
            page.add_style_tag(path=STATIC / "css" / sheet)
        page.add_script_tag(path=STATIC / "js/isso.js", type="module")
        # A module runs after the tag is loaded; this one runs after it.
        page.add_script_tag(content="window.isReady = true", type="module")
        page.wait_for_function("window.isReady")
        return page

    return _show
