"""What a visitor's browser fetches for each kind of public page, counted in Chromium."""

import gzip

import pytest
from wagtail.models import Page

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

MOST_BYTES = 40 * 1024
MOST_REQUESTS = 6

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


def test_every_kind_of_page_is_light_still_and_alone(demonstration, chromium):
    found = {}
    addresses = one_address_per_kind()
    for address in addresses:
        context = chromium.new_context(viewport={"width": 390, "height": 844})
        context.add_init_script(WATCH_SHIFTS)
        tab = context.new_page()
        answers = []
        tab.on("response", lambda answer, seen=answers: seen.append(answer))
        tab.goto(demonstration + address, wait_until="networkidle")
        strangers = [each.url for each in answers if not each.url.startswith(demonstration)]
        texts = [
            each.body()
            for each in answers
            if each.request.resource_type in {"document", "stylesheet", "script"}
        ]
        weight = sum(len(gzip.compress(text)) for text in texts)
        found[address] = (
            [url for url in strangers if not url.startswith("data:")],
            len(answers) <= MOST_REQUESTS or len(answers),
            weight <= MOST_BYTES or weight,
            tab.evaluate("window.shifts"),
            # The contact form alone needs one, against forged posts.
            [cookie["name"] for cookie in context.cookies() if address != "/contact/"],
        )
        context.close()

    assert len(addresses) > 10
    assert found == dict.fromkeys(addresses, ([], True, True, 0, []))
