"""What a visitor's browser fetches for each kind of public page, counted in Chromium."""

import gzip
from contextlib import contextmanager
from itertools import product

import pytest
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page

from isso.home.models import OfficeSettings

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

MOST_BYTES = 40 * 1024
MOST_REQUESTS = 6
PHONE = {"width": 390, "height": 844}

# Adds up every move of what is on the screen already; at most one page in view at a time.
WATCH_SHIFTS = """
window.shifts = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifts += entry.value;
}).observe({type: "layout-shift", buffered: true});
"""


def one_address_per_kind():
    """Return the first live page of each kind, and search."""
    pages = Page.objects.live().filter(depth__gt=1).order_by("path")
    kinds = {page.content_type_id: page.url for page in reversed(pages)}
    return [*kinds.values(), "/search/?query=travel"]


@contextmanager
def visited(chromium, address, **screen):
    """Open an address as a new visitor: the tab, and everything it fetched."""
    context = chromium.new_context(**screen)
    context.add_init_script(WATCH_SHIFTS)
    tab, answers = context.new_page(), []
    tab.on("response", lambda answer: answers.append(answer))
    tab.goto(address, wait_until="networkidle")
    yield tab, answers
    context.close()


def weight(answers):
    """Count the compressed bytes of words, style and script."""
    texts = {"document", "stylesheet", "script"}
    return sum(
        len(gzip.compress(each.body())) for each in answers if each.request.resource_type in texts
    )


def test_every_kind_of_page_is_light_still_and_alone(demonstration, chromium):
    found = {}
    addresses = one_address_per_kind()
    for address in addresses:
        with visited(chromium, demonstration + address, viewport=PHONE) as (tab, answers):
            strangers = [each.url for each in answers if not each.url.startswith(demonstration)]
            found[address] = (
                [url for url in strangers if not url.startswith("data:")],
                len(answers) <= MOST_REQUESTS or len(answers),
                weight(answers) <= MOST_BYTES or weight(answers),
                tab.evaluate("window.shifts"),
                # The contact form alone needs one, against forged posts.
                [cookie["name"] for cookie in tab.context.cookies() if address != "/contact/"],
            )

    assert len(addresses) > 10
    assert found == dict.fromkeys(addresses, ([], True, True, 0, []))


LOGO_SHOWN = """() => {
  const logo = document.querySelector(".masthead__name img");
  const box = logo.getBoundingClientRect();
  return [logo.complete && logo.naturalWidth > 0,
          logo.alt, Math.round(box.height), box.right <= innerWidth,
          document.documentElement.scrollWidth <= innerWidth, window.shifts];
}"""


LOGOS = {"wide": (1600, 240), "tall": (240, 700), "a bar": (4000, 90)}


# Wagtail leaves the file of a new rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")
def test_a_logo_of_any_form_has_its_place(demonstration, chromium):
    """It is loaded, decorates the name, is as high as our mark, and moves or widens nothing."""
    found = {}
    for form, size in LOGOS.items():
        picture = get_image_model().objects.create(
            title="Seal", description="A seal", file=get_test_image_file(size=size)
        )
        # With own colors, too: both together are the most an office adds.
        OfficeSettings.objects.update(logo=picture, color_brand="#005f3b")
        for width, scheme in product([1280, 320], ["light", "dark"]):
            screen = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
            with visited(chromium, f"{demonstration}/", **screen) as (tab, answers):
                found[form, width, scheme] = (
                    tab.evaluate(LOGO_SHOWN),
                    len(answers) <= MOST_REQUESTS or len(answers),
                    weight(answers) <= MOST_BYTES or weight(answers),
                )

    assert found == dict.fromkeys(found, ([True, "", 56, True, True, 0], True, True))
