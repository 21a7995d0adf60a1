"""The demonstration office, loaded once for each test that asks for it."""

import datetime as dt

import pytest
import time_machine
from wagtail.models import Page, Site

from isso.home.demonstration import loading
from isso.home.models import (
    ExceptionHours,
    HomePage,
    HoursException,
    HoursSchedule,
    HoursSlot,
    OfficeSettings,
)
from isso.requests.models import RequestGuidePage
from isso.tests import kept

TUESDAY_MORNING = "2026-11-24T10:30:00-05:00"


@pytest.fixture
def tuesday():
    """Half past ten on a Tuesday, when the office is closed for an hour and a half."""
    with time_machine.travel(dt.datetime.fromisoformat(TUESDAY_MORNING), tick=False):
        yield


@pytest.fixture
def site(db):
    """An empty site of ours: a home page and the office's settings."""
    root = Page.get_first_root_node()
    root.get_children().delete()
    root.refresh_from_db()
    Site.objects.all().delete()
    home = root.add_child(instance=HomePage(title="The office", slug="home", show_in_menus=False))
    site = Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)
    OfficeSettings.objects.create(
        site=site, address="77 Example Avenue\nExample City", email="isso@demo.example"
    )
    return site


@pytest.fixture
def home(site):
    """The home page of the empty site."""
    return site.root_page.specific


@pytest.fixture
def hours(db):
    """The normal week: Tuesday with its gap, walk-ins on Monday and Thursday, Thanksgiving."""
    office = HoursSchedule(kind="office", name="Fall", valid_from=dt.date(2026, 9, 1))
    office.slots = [
        HoursSlot(weekday=day, opens=dt.time(9), closes=dt.time(16)) for day in (0, 2, 3, 4)
    ]
    office.slots.add(
        HoursSlot(weekday=1, opens=dt.time(9), closes=dt.time(10)),
        HoursSlot(weekday=1, opens=dt.time(11, 30), closes=dt.time(16)),
    )
    office.save()
    walk_in = HoursSchedule(kind="walk_in", name="Fall", valid_from=dt.date(2026, 9, 1))
    walk_in.slots = [
        HoursSlot(weekday=0, opens=dt.time(13), closes=dt.time(15)),
        HoursSlot(weekday=3, opens=dt.time(10), closes=dt.time(12)),
    ]
    walk_in.save()
    closure = HoursException(
        start=dt.date(2026, 11, 26), end=dt.date(2026, 11, 27), reason="Thanksgiving"
    )
    closure.save()
    half_day = HoursException(
        start=dt.date(2026, 11, 25), end=dt.date(2026, 11, 25), reason="Short day"
    )
    half_day.hours = [ExceptionHours(opens=dt.time(9), closes=dt.time(12))]
    half_day.save()


@pytest.fixture
def guides(monkeypatch):
    """The page kind of a higher room, made known to the loader for one test."""
    monkeypatch.setattr(loading, "_kinds", dict(loading._kinds))
    loading.register_page_kind(
        "request_guide",
        lambda entry: RequestGuidePage(
            type_key=entry["type_key"], **loading.fields_of(entry, RequestGuidePage)
        ),
    )


@pytest.fixture
def demonstration(db, guides):
    """The whole demonstration office."""
    kept.once(load_demonstration)


def load_demonstration():
    """Load the office of one Saturday and its pages, without people or requests."""
    loading.load_office(dt.date(2026, 11, 21))
    loading.load_pages(Site.objects.get())
