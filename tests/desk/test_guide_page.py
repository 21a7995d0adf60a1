"""The public page of a request type."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from isso.requests.models import RequestGuidePage, RequestPolicy


@pytest.fixture
def policy(office):
    """A published policy of CPT."""
    return RequestPolicy.objects.create(
        type_key="cpt", target_days=9, citation="Office practice", review_by="2027-01-31"
    )


def test_it_tells_steps_files_time_and_source_and_leads_to_the_portal(policy):
    words = Client().get("/guides/cpt/").content.decode()

    for text in (
        "Get an offer letter with every item on the list.",
        "Offer letter",
        "About 9 business days after we have everything",
        "I-20 with CPT",
        "8 CFR 214.2(f)(10)(i)",
        'href="/portal/requests/new/cpt/"',
    ):
        assert text in words


def test_the_editors_own_steps_replace_those_of_the_type(policy):
    page = RequestGuidePage.objects.get(type_key="cpt")
    step = {"title": "Read this", "text": "", "who": "You", "time": ""}
    page.body = [("steps", {"title": "In one step", "steps": [step]})]
    page.save_revision().publish()

    words = Client().get("/guides/cpt/").content.decode()

    assert "In one step" in words
    assert "Get an offer letter with every item on the list." not in words


def test_a_closed_type_says_why_instead_of_offering_the_button(policy):
    policy.is_open, policy.closed_text = False, "Closed until June."
    policy.save()

    words = Client().get("/guides/cpt/").content.decode()

    assert "Closed until June." in words
    assert "/portal/requests/new/cpt/" not in words


def test_it_takes_ten_queries_and_is_the_same_for_everybody(policy, advisor):
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        public = Client().get("/guides/cpt/")

    assert len(queries) == 10
    assert "Cookie" not in public.get("Vary", "")
    assert public.content == advisor.get("/guides/cpt/").content
