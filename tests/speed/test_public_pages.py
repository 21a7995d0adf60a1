"""The site's own pages behind the cache: the same for everybody, and nobody's own."""

import gzip

import pytest
from django.test import Client
from wagtail.models import Page, PageViewRestriction

from isso.tests import kept


def test_a_warm_page_asks_the_database_nothing(monday, about, client, django_assert_num_queries):
    cold = client.get("/about/")
    with django_assert_num_queries(0):
        warm = client.get("/about/")
    assert (warm.content, warm["X-Page-Cache"]) == (cold.content, "hit")
    assert dict(warm.items()) == {**dict(cold.items()), "X-Page-Cache": "hit"}


def test_not_modified_costs_no_question_either(about, client, django_assert_num_queries):
    tag = client.get("/about/")["ETag"]
    with django_assert_num_queries(0):
        again = client.get("/about/", headers={"if-none-match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert client.get("/about/", headers={"if-none-match": 'W/"other"'}).status_code == 200


def test_a_first_visitor_who_knows_the_page_fills_the_cache(about, django_assert_num_queries):
    tag = Client().get("/about/")["ETag"]
    client = Client()
    assert client.get("/about/", headers={"if-none-match": tag}).status_code == 304
    with django_assert_num_queries(0):
        client.get("/about/")


def test_compressed_and_plain_bytes_are_the_same_page(about, client):
    plain = client.get("/about/")
    zipped = client.get("/about/", headers={"accept-encoding": "br, gzip"})
    assert (zipped["Content-Encoding"], gzip.decompress(zipped.content)) == ("gzip", plain.content)
    assert zipped["Content-Length"] == str(len(zipped.content))
    assert (zipped["Vary"], zipped["ETag"]) == (plain["Vary"], plain["ETag"])


def test_a_person_sees_the_public_page_and_leaves_no_trace(about, client, admin_client):
    stranger = client.get("/about/").content
    admin_client.handler = client.handler
    assert admin_client.get("/about/").content == stranger
    for response in (client.get("/about/"), admin_client.get("/about/")):
        assert (response.cookies, response["Vary"]) == ({}, "Accept-Encoding")


def test_an_unknown_host_is_refused_warm_as_cold(about, client):
    client.get("/about/")
    for _visit in range(2):
        assert client.get("/about/", headers={"host": "evil.example"}).status_code == 400


def test_plain_http_is_sent_on_even_when_the_page_is_kept(about, client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/about/", secure=True).status_code == 200
    assert client.get("/about/", secure=False).status_code == 301


@pytest.mark.parametrize("kind", ["password", "login", "groups"])
def test_a_restricted_page_is_never_kept(about, client, admin_client, committed, kind):
    client.get("/about/")
    with committed():
        PageViewRestriction.objects.create(page=about, restriction_type=kind, password="open")
    admin_client.handler = client.handler
    if kind == "password":
        restriction = PageViewRestriction.objects.get()
        admin_client.post(
            f"/_util/authenticate_with_password/{restriction.pk}/{about.pk}/",
            {"password": "open", "return_url": "/about/"},
        )
    assert "Old words." in admin_client.get("/about/").text
    assert "Old words." in admin_client.get("/about/").text
    assert "Old words." not in client.get("/about/").text


def test_an_editor_sees_a_draft_and_nobody_else_does(about, client, admin_client):
    client.get("/about/")
    about.lede = "Draft words."
    about.save_revision()
    admin_client.handler = client.handler
    draft = admin_client.get(f"/admin/pages/{about.pk}/view_draft/")
    assert ("Draft words." in draft.text, "Draft words." in client.get("/about/").text) == (
        True,
        False,
    )


def test_no_form_is_kept(db, settings):
    """Every live page of the demonstration: kept, or holding a form of its own."""
    settings.DEMONSTRATION = settings.PAGE_CACHE = True
    kept.demonstration()
    client = Client()
    with_token, hits = [], []
    for page in Page.objects.live().filter(depth__gt=1):
        client.get(page.url)
        response = client.get(page.url)
        if "csrfmiddlewaretoken" in response.text or response.cookies:
            with_token.append(page.url)
        if response.has_header("X-Page-Cache"):
            hits.append(page.url)
    assert len(hits) > 30
    assert set(with_token) & set(hits) == set()
