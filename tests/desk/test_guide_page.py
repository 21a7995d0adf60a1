"""The public page of a request type."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from isso.requests.models import PolicyNumber, RequestGuidePage, RequestPolicy
from isso.requests.registry import folder_types

# A number with its unit, or a decision.
IN_WORDS = re.compile(r"[\d,]+ [A-Za-z ]+|Yes|No")
# What an advisor types into a policy, and no visitor understands.
STAFF_WORDS = re.compile(r"\([01]\)|\b[01] yes\b|yes or no|\bwarn\b", re.IGNORECASE)
ROW = re.compile(r"<dt>([^<]+)</dt><dd>([^<]+)<")


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


def test_a_guide_tells_the_numbers_that_concern_students_and_no_others(office):
    assert numbers_on_the_guide("cpt") == {
        "Full-time CPT at one level, always fewer than": "365 days",
        "Ask this long before you start": "0 days",
        "Only part-time work during the term": "Yes",
        "Most remote work": "50 percent",
    }
    assert numbers_on_the_guide("dependent_add") == {
        "Money to show for a spouse": "10,000 dollars a year",
        "Money to show for a child": "6,000 dollars a year",
    }


def test_no_guide_speaks_of_numbers_as_the_office_does(office):
    told = [
        (key, label, words)
        for key in folder_types()
        for label, words in numbers_on_the_guide(key).items()
    ]
    wrong = [
        each
        for each in told
        if STAFF_WORDS.search(" ".join(each[1:])) or not IN_WORDS.fullmatch(each[2])
    ]

    assert (len(told) > 20, wrong) == (True, [])


def test_a_decision_of_the_office_is_told_as_yes_or_no(policy):
    PolicyNumber.objects.create(policy=policy, name="part_time_in_term", value=0)

    assert numbers_on_the_guide("cpt")["Only part-time work during the term"] == "No"


def numbers_on_the_guide(key):
    """Read what stands below the legal rule of a guide: each line with its words."""
    words = Client().get(RequestGuidePage.objects.get(type_key=key).url).content.decode()
    rows = {unescape(label): unescape(told) for label, told in ROW.findall(words)}
    names = list(rows)
    return {name: rows[name] for name in names[names.index("The rule behind it") + 1 :]}


def test_it_takes_ten_queries_and_is_the_same_for_everybody(policy, advisor):
    Site.get_site_root_paths()
    with CaptureQueriesContext(connection) as queries:
        public = Client().get("/guides/cpt/")

    assert len(queries) == 10
    assert "Cookie" not in public.get("Vary", "")
    assert public.content == advisor.get("/guides/cpt/").content
