"""Looking changes nothing: every address that links lead to, as everybody, on the demonstration."""

import re
from collections import deque
from html import unescape
from urllib.parse import urldefrag, urljoin, urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from isso.requests.models import Document, GeneralThread, StudentRequest
from isso.requests.people.models import User
from isso.tests import kept
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.approver.links import address as link_to

MOST_PAGES = 120
# Each shape of address is looked at so often; a hundred cases show what five show.
MOST_OF_ONE_SHAPE = 5
ROLES = ("nobody", "student", "newstudent", "advisor", "supervisor", "editor", "admin")
BEGINNINGS = ["/", "/portal/", "/portal/requests/?all=1", "/admin/", "/admin/desk/view/all/"]
# Wagtail notes who has which page open, the settings of who looks at them, and what was searched.
WAGTAILS_BOOKS = {
    "wagtailcore_pagesubscription",
    "wagtailusers_userprofile",
    "wagtailadmin_editingsession",
    "wagtailsearchpromotions_query",
    "wagtailsearchpromotions_querydailyhits",
}
LINK = re.compile(r'href="([^"#]+)')


@pytest.fixture
def demonstration(db, settings):
    """The whole demonstration office."""
    settings.DEMONSTRATION = settings.PASSWORD_SIGN_IN = True
    kept.demonstration()


def crawl(client, beginnings):
    """Follow links from some addresses; return address → status of each page looked at."""
    seen, shapes, waiting = {}, {}, deque(beginnings)
    while waiting and len(seen) < MOST_PAGES:
        address = waiting.popleft()
        shape = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f-]{36}|\d+|\?.*", "#", address)
        shapes[shape] = shapes.get(shape, 0) + 1
        if address in seen or shapes[shape] > MOST_OF_ONE_SHAPE:
            continue
        answer = _closed(client.get(address))
        seen[address] = answer.status_code
        if answer.status_code == 302:
            waiting.append(answer.url)
        if not answer.streaming and answer["Content-Type"].startswith("text/html"):
            waiting.extend(_links(address, answer.content.decode()))
    return seen


def _links(address, html):
    found = (urldefrag(urljoin(address, unescape(each)))[0] for each in LINK.findall(html))
    return [
        each
        for each in dict.fromkeys(found)
        if not urlsplit(each).scheme and not each.startswith(("/static/", "/media/"))
    ]


def test_reading_changes_nothing(demonstration):
    browsers = {who: _browser(who) for who in ROLES}
    asked = StudentRequest.objects.filter(state="approver_review").earliest("pk")
    # The first download of a released document takes its mark “new” away.
    Document.objects.update(seen_at=timezone.now())
    # So does the first look at a message.
    for threads in (StudentRequest.objects, GeneralThread.objects):
        threads.update(unread_since=None, new_for_student_since=None)
    before, looked_at = fingerprint(WAGTAILS_BOOKS), {}

    for who, browser in browsers.items():
        for address, status in crawl(browser, BEGINNINGS).items():
            looked_at[who, address] = status
    looked_at |= crawl(browsers["nobody"], [link_to(asked.current_approval)] * 3)
    for document in Document.objects.all():
        for who in ("nobody", "student", "advisor", "editor"):
            answer = browsers[who].head(document.get_absolute_url())
            looked_at[who, document.pk] = _closed(answer).status_code

    assert {where: status for where, status in looked_at.items() if status >= 500} == {}
    assert changed(before, fingerprint(WAGTAILS_BOOKS)) == []
    # An empty crawl would prove nothing.
    assert len(looked_at) > 300


def _browser(who):
    # An error inside a page is an answer to note here, not the end of the walk.
    client = Client(raise_request_exception=False)
    if who != "nobody":
        client.force_login(User.objects.get(email=f"{who}@demo.example"))
        # Django notes the moment of signing in, and Wagtail a person's first visit.
        client.get("/admin/")
    return client


def _closed(answer):
    if answer.streaming:
        list(answer.streaming_content)
    return answer
