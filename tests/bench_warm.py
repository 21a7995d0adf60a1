"""The part of ``make bench`` that measures the page cache, in one run and taking turns.

Home and About, cold and warm, beside a bare Django view that returns the same bytes: behind our own
middlewares without the cache, and behind the seven that Django's new projects begin with.
"""

import os
import socket
import statistics
import sys
import time
from contextlib import ExitStack, contextmanager

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponse
from django.test import RequestFactory, override_settings
from django.urls import re_path

from isso.pages import generation

PAGES = ("/", "/about/")
TURNS, VISITS, COLD_VISITS = 15, 60, 4
LEAST = 1.5
REDIS = ("127.0.0.1", 6379)
USUAL = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

_bytes = b""


def bare(request):
    """Return bytes that are there already."""
    return HttpResponse(_bytes)


urlpatterns = [re_path("", bare)]


class Way:
    """One way to answer a page: a handler and the settings it runs under."""

    def __init__(self, name, *, before_each=None, visits=VISITS, **changes):
        self.name, self.before_each, self.visits = name, before_each, visits
        self.changes, self.times = changes, []
        with self.set_up():
            self.handler = WSGIHandler()

    @contextmanager
    def set_up(self):
        """Put the settings in force for one turn."""
        with ExitStack() as stack:
            stack.enter_context(override_settings(**self.changes))
            generation.stamp.cache_clear()
            yield
        generation.stamp.cache_clear()

    def turn(self, path):
        """Ask for a page some times; the first visit of a turn only finds its way."""
        with self.set_up():
            for visit in range(self.visits + 1):
                if self.before_each:
                    self.before_each()
                asked = RequestFactory().get(path).environ
                began = time.perf_counter()
                # As a web server asks and hands on.
                response = self.handler(asked, lambda *_line: None)
                body = b"".join(response)
                response.close()
                if visit:
                    self.times.append(time.perf_counter() - began)
        return body

    @property
    def microseconds(self):
        """The middle of all visits."""
        return statistics.median(self.times) * 1e6


def warm_and_cold():
    """Yield the lines of a table; each page's ways take turns so that a busy computer harms all."""
    global _bytes
    for path in PAGES:
        ways = list(_ways())
        _bytes = ways[0].turn(path)
        for way in ways:
            way.times.clear()
        for _turn in range(TURNS):
            for way in ways:
                if way.turn(path) != _bytes:
                    sys.exit(f"{path}: {way.name} did not answer with the bytes of the page.")
        ours = next(way for way in ways if way.name == "bare view, our middlewares")
        for way in ways:
            yield path, way.name, way.microseconds, ours.microseconds / way.microseconds


def _ways():
    ours = [name for name in settings.MIDDLEWARE if not name.endswith(".PageCache")]
    # The cache says "not modified" for the whole site; without it Django's own does.
    ours.insert(0, "django.middleware.http.ConditionalGetMiddleware")
    yield Way("cold", PAGE_CACHE=True, before_each=generation.purge, visits=COLD_VISITS)
    yield Way("bare view, our middlewares", MIDDLEWARE=ours, ROOT_URLCONF=__name__)
    yield Way("bare view, Django's seven", MIDDLEWARE=USUAL, ROOT_URLCONF=__name__)
    yield Way("warm, stamp in a file", PAGE_CACHE=True)
    if _redis_answers():
        redis = {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://{}:{}/9".format(*REDIS),
            # What Wagtail keeps there belongs to this database alone.
            "KEY_PREFIX": f"bench-{os.getpid()}",
        }
        yield Way(
            "warm, stamp in Redis", PAGE_CACHE=True, PAGE_STAMP="redis", CACHES={"default": redis}
        )


def _redis_answers():
    try:
        socket.create_connection(REDIS, timeout=1).close()
    except OSError:
        return False
    return True


def table(rows):
    """Write the rows as a table."""
    yield "| page | way | microseconds | times a bare view |"
    yield "| --- | --- | ---: | ---: |"
    for path, name, microseconds, ratio in rows:
        yield f"| {path} | {name} | {microseconds:.0f} | {ratio:.2f} |"


def too_slow(rows):
    """Name the pages that are not kept fast enough."""
    return [
        path
        for path, name, _microseconds, ratio in rows
        if name == "warm, stamp in a file" and ratio < LEAST
    ]
