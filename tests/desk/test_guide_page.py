"""The public page of a request type."""

import re
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from isso.requests.models import PolicyNumber, RequestGuidePage, RequestPolicy
from isso.requests.registry import all_types

# What each guide tells of its policy, as long as nobody has published another one.
NUMBERS = {
    "academic_training": {
        "Longest training": "18 months",
        "Longest training after a doctorate": "36 months",
        "Longest program and training without a degree": "24 months",
        "Largest remote share": "40 percent",
        "Proof of funds is needed below a pay of": "2,334 US dollars a month",
        "Ask this long before the program ends": "21 days",
    },
    "address_update": {"A move may lie this far ahead": "30 days"},
    "check_in": {"Opens before the start": "30 days", "Closes after the start": "30 days"},
    "cpt": {
        "Full-time CPT at one level, always fewer than": "365 days",
        "Ask this long before you start": "0 days",
        "Only part-time work during the term": "Yes",
        "Most remote work": "50 percent",
    },
    "dependent_add": {
        "Money to show for a spouse": "10,000 dollars a year",
        "Money to show for a child": "6,000 dollars a year",
    },
    "opt": {
        "Requests for OPT after completion open before the program end": "100 days",
        "Requests for OPT before completion open before the program end": "100 days",
        "Grace period after the program end": "60 days",
        "Full-time CPT days that end OPT": "365 days",
    },
    "program_extension": {
        "Longest extension at once": "12 months",
        "Longest J-1 stay without a degree": "24 months",
        "Ask this long before the program ends": "30 days",
    },
    "reprint": {"Ask this long before travel": "2 weeks"},
    "shorten_program": {
        "F-1 grace period after the program end": "60 days",
        "J-1 days after the program end": "30 days",
    },
    "stem_opt": {},
    "transfer_out": {"F-1 grace period": "60 days"},
}
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


def test_every_guide_tells_its_numbers_in_words_a_student_understands(office):
    assert {key: numbers_on_the_guide(key) for key in all_types()} == NUMBERS


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
