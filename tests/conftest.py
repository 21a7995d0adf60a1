"""What every test may ask for: the clock's day, a clean cache, real Chromium."""

import gc
import os

import hypothesis
import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.urls import get_resolver

from isso.pages import generation
from isso.tests import factories, migrated
from isso.tests.running_office import CHROMIUM

CHROMIUM_OPTIONS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile(
    "office", deadline=None, suppress_health_check=[hypothesis.HealthCheck.too_slow]
)
hypothesis.settings.load_profile("office")


def pytest_runtest_setup(item):
    """Skip what this computer cannot run; `make test` says so, and fails for it under CI."""
    if item.get_closest_marker("postgres") and connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL: set TEST_DATABASE_URL")
    if item.get_closest_marker("browser") and not CHROMIUM:
        refuse = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        refuse("needs Chromium: install it, or name its path in CHROMIUM")


@pytest.hookimpl(trylast=True)
def pytest_collection_finish():
    """Spare the collector what stays for the whole run; looking at it again took a tenth of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 10, 10)


@pytest.fixture(scope="session")
def django_db_keepdb():
    """Use the SQLite database that is there; its folder goes away with the process."""
    return connection.vendor == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix, django_db_blocker):
    """Begin with a migrated copy where there is one."""
    with django_db_blocker.unblock():
        migrated.bring()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Leave a migrated copy to other processes and to the next run."""
    with django_db_blocker.unblock():
        migrated.keep()


@pytest.fixture(scope="session", autouse=True)
def _addresses_of_tests():
    """Read the addresses before a test turns the demonstration on, which has one more."""
    assert get_resolver().url_patterns


@pytest.fixture(autouse=True)
def _clean_cache(request, settings):
    """Sign-in limits and kept pages of one test must not reach the next."""
    cache.clear()
    # Every browser test runs behind the page cache, as visitors do, and must not notice it.
    settings.PAGE_CACHE = "live_server" in request.fixturenames
    if settings.PAGE_CACHE:
        generation.purge()


@pytest.fixture
def monday():
    """Stop the clock on Monday, October 5, 2026, ten in the morning, in the office's zone."""
    with time_machine.travel(factories.MONDAY, tick=False) as traveller:
        yield traveller


@pytest.fixture
def office(db, monday):
    """An office with hours and published guides, open on that Monday."""
    factories.make_office()


@pytest.fixture(scope="session")
def chromium(django_db_setup, django_db_blocker):
    """One real Chromium for the whole session."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 (slow, and only here)

    # Playwright keeps an event loop in this thread; Django must not mistake it for async code.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with django_db_blocker.unblock():
        migrated = getattr(connection, "_test_serialized_contents", None)
    with sync_playwright() as playwright:
        # Under that loop Django opens another connection, which has to know, too, what the
        # migrations had written, or a test that empties the database leaves it empty.
        with django_db_blocker.unblock():
            if migrated is not None:
                connection._test_serialized_contents = migrated
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=CHROMIUM_OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def page(chromium):
    """A fresh tab without cookies, 1280 pixels wide; a JavaScript error fails the test."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-US")
    context.set_default_timeout(10_000)
    tab = context.new_page()
    errors = []
    tab.on("pageerror", lambda error: errors.append(error))
    yield tab
    context.close()
    assert errors == []
