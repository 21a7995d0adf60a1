"""An office whose public pages are kept in memory."""

import contextlib
import uuid

import pytest
import redis
from django.test import override_settings
from wagtail.models import Page, Site

from isso.home.models import AboutPage, HomePage
from isso.pages import generation
from isso.tests import factories

REDIS = "redis://127.0.0.1:6379/9"


@pytest.fixture
def page_cache(db, settings):
    """Switch the page cache on, with nothing in it."""
    settings.PAGE_CACHE = True
    generation.purge()


@pytest.fixture
def about(page_cache):
    """The page "About us" of an office with hours and guides."""
    site = Site.objects.get(is_default_site=True)
    home = HomePage(title="The office", slug="front", show_in_menus=False)
    site.root_page = Page.get_first_root_node().add_child(instance=home)
    site.save()
    factories.make_office()
    page = home.add_child(instance=AboutPage(title="About us", slug="about", lede="Old words."))
    generation.purge()
    return page


@contextlib.contextmanager
def stamp_in_redis(address):
    """Let all processes share a stamp in Redis."""
    cache = {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": address,
        # What Wagtail keeps there belongs to this test alone.
        "KEY_PREFIX": uuid.uuid4().hex,
    }
    with override_settings(PAGE_STAMP="redis", CACHES={"default": cache}):
        generation.stamp.cache_clear()
        yield generation.stamp()
    generation.stamp.cache_clear()


@pytest.fixture
def redis_stamp():
    """Share a stamp in the Redis of this computer, where there is one."""
    with stamp_in_redis(REDIS) as stamp:
        try:
            stamp.read()
        except redis.RedisError:
            pytest.skip(f"needs Redis at {REDIS}")
        yield stamp
        stamp._redis.delete(stamp.key)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """Do something in a ``with`` block as if it were committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)
