"""No page of the demonstration's public site puts more than ten questions to the database."""

from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from isso.tests import kept


def test_every_public_page_stays_within_ten_queries(db, client, settings):
    settings.DEMONSTRATION = True
    kept.demonstration()
    addresses = [page.url for page in Page.objects.live().filter(depth__gt=1)]
    # The names of tables and where the site begins are kept by each process.
    client.get("/")

    counts = {}
    for address in [*addresses, "/search/?query=visa", "/no-such-page/"]:
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        counts[address] = len(queries)

    assert len(counts) > 40
    assert {address: count for address, count in counts.items() if count > 10} == {}
