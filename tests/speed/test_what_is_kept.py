"""Only what is the same for everybody is kept, and never longer than it is right."""

import datetime as dt
import threading

import pytest
import time_machine
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import RequestFactory

from isso.site.page_cache import (
    LONGEST_ADDRESS,
    KeptPage,
    PageCache,
    Shelf,
    may_be_kept,
    takes_gzip,
)
from isso.tests.speed.conftest import stamp_in_redis


def answer(**headers):
    cookie = headers.pop("cookie", None)
    response = HttpResponse("words", status=headers.pop("status", 200))
    for name, value in headers.items():
        response[name.replace("_", "-")] = value
    if cookie:
        response.set_cookie("name", cookie)
    return response


AGE = {"Cache_Control": "max-age=300"}


@pytest.mark.parametrize(
    ("response", "kept"),
    [
        (answer(**AGE), True),
        (answer(**AGE, Vary="Accept-Encoding"), True),
        (answer(), False),
        (answer(Cache_Control="max-age=0"), False),
        (answer(Cache_Control="private, max-age=300"), False),
        (answer(Cache_Control="max-age=300, no-store"), False),
        (answer(Cache_Control="no-cache, max-age=300"), False),
        (answer(Cache_Control="max-age=soon"), False),
        (answer(**AGE, Vary="Cookie"), False),
        (answer(**AGE, Vary="Accept-Encoding, Cookie"), False),
        (answer(**AGE, Vary="*"), False),
        (answer(**AGE, cookie="ana"), False),
        (answer(**AGE, Content_Encoding="br"), False),
        *((answer(**AGE, status=status), False) for status in (204, 206, 301, 302, 404, 410, 500)),
    ],
    ids=lambda value: str(dict(value.headers)) if isinstance(value, HttpResponse) else str(value),
)
def test_which_answers_are_kept(response, kept):
    assert may_be_kept(response) == kept


@pytest.mark.parametrize("kind", [StreamingHttpResponse, FileResponse])
def test_streams_are_not_kept(kind):
    assert not may_be_kept(kind([b"words"], headers={"Cache-Control": "max-age=300"}))


@pytest.mark.parametrize(
    ("accepted", "zipped"),
    [
        ("gzip", True),
        ("gzip, deflate, br", True),
        ("br;q=1.0, GZIP;q=0.8", True),
        ("gzip;q=0.001", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, identity", False),
        ("identity", False),
        ("x-gzipped", False),
        ("*", False),
        ("", False),
    ],
)
def test_who_takes_compressed_bytes(accepted, zipped):
    assert takes_gzip(accepted) == zipped


# What is asked


class Site:
    """A view that counts how often it is asked, behind a cache of its own."""

    def __init__(self):
        self.asked = 0
        self.cache = PageCache(self.view)

    def view(self, request):
        self.asked += 1
        return HttpResponse(f"answer {self.asked}", headers={"Cache-Control": "max-age=300"})

    def get(self, path="/", method="get", **options):
        return self.cache(getattr(RequestFactory(), method)(path, **options))


@pytest.fixture
def site(page_cache):
    """A view behind a cache."""
    return Site()


@pytest.mark.parametrize(
    "path",
    ["/admin/", "/admin/pages/3/", "/portal/", "/portal/requests/7/", "/accounts/login/"],
)
def test_addresses_of_people_are_never_kept(site, path):
    assert [site.get(path).content for _visit in range(2)] == [b"answer 1", b"answer 2"]


@pytest.mark.parametrize("method", ["post", "put", "delete", "options", "patch"])
def test_only_questions_are_answered_from_memory(site, method):
    site.get()
    site.get(method=method)
    assert site.asked == 2


def test_another_scheme_host_path_or_question_is_another_page(site):
    ways = [
        {"path": "/a/"},
        {"path": "/b/"},
        {"path": "/a/?x=1"},
        {"path": "/a/?x=2"},
        {"path": "/a/", "headers": {"host": "localhost"}},
        {"path": "/a/", "secure": True},
    ]
    first = [site.get(**way).content for way in ways]
    assert len(set(first)) == len(ways)
    assert [site.get(**way).content for way in ways] == first


def test_a_long_question_is_not_kept(site):
    path = "/?x=" + "y" * LONGEST_ADDRESS
    assert [site.get(path).content for _visit in range(2)] == [b"answer 1", b"answer 2"]


def test_a_head_says_the_same_without_a_body(monday, site):
    full = site.get()
    head = site.get(method="head")
    assert (site.asked, head.content) == (1, b"")
    assert {**full.headers, "X-Page-Cache": "hit"} == dict(head.headers)


def test_a_head_alone_leaves_nothing_behind(site):
    site.get(method="head")
    assert site.get().content == b"answer 2"


def test_switched_off_it_keeps_nothing(site, settings):
    settings.PAGE_CACHE = False
    assert [site.get().content for _visit in range(2)] == [b"answer 1", b"answer 2"]


def test_a_stamp_that_cannot_be_read_stops_the_keeping(site):
    site.get()
    with stamp_in_redis("redis://127.0.0.1:1/0"):
        assert [site.get().content for _visit in range(2)] == [b"answer 2", b"answer 3"]
    assert site.get().content == b"answer 1"


# How much and how long


def kept(size=10):
    return KeptPage("now", 0.0, 300, {}, b"p" * size, b"")


def test_a_flood_of_questions_is_bounded_and_leaves_the_pages(site):
    pages = [site.get(f"/{number}/").content for number in range(5)]
    for number in range(300):
        site.get(f"/?flood={number}")
    assert len(site.cache.questions) == site.cache.questions.most
    assert [site.get(f"/{number}/").content for number in range(5)] == pages


def test_what_nobody_asked_for_makes_room():
    shelf = Shelf(most=2, most_bytes=100)
    shelf.put("a", kept())
    shelf.put("b", kept())
    shelf.get("a")
    shelf.put("c", kept())
    assert [key for key in "abc" if shelf.get(key)] == ["a", "c"]


def test_bytes_are_counted_too():
    shelf = Shelf(most=100, most_bytes=100)
    for key in "abc":
        shelf.put(key, kept(40))
    shelf.put("c", kept(50))
    assert ([key for key in "abc" if shelf.get(key)], shelf.bytes) == (["b", "c"], 90)
    shelf.put("huge", kept(101))
    assert (len(shelf), shelf.bytes) == (0, 0)


def test_many_threads_share_a_shelf():
    shelf = Shelf(most=50, most_bytes=300)

    def work(number):
        for turn in range(500):
            shelf.put((number * turn) % 70, kept(turn % 20))
            shelf.get(turn % 70)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(1, 9)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert shelf.bytes == sum(len(page.plain) for page in shelf._pages.values()) <= 300


def test_the_time_left_shrinks_to_nothing(site):
    start = dt.datetime(2026, 10, 5, 14, tzinfo=dt.UTC)
    seen = []
    with time_machine.travel(start, tick=False) as clock:
        for second in (0, 1, 299, 300, 301):
            clock.move_to(start + dt.timedelta(seconds=second))
            response = site.get()
            seen.append((second, response["Cache-Control"], response.content))
    assert seen == [
        (0, "max-age=300", b"answer 1"),
        (1, "max-age=299", b"answer 1"),
        (299, "max-age=1", b"answer 1"),
        (300, "max-age=300", b"answer 2"),
        (301, "max-age=299", b"answer 2"),
    ]


def test_a_clock_that_is_set_back_ends_the_keeping(site):
    start = dt.datetime(2026, 10, 5, 14, tzinfo=dt.UTC)
    with time_machine.travel(start, tick=False) as clock:
        site.get()
        clock.shift(-3600)
        assert site.get()["Cache-Control"] == "max-age=300"
    assert site.asked == 2
