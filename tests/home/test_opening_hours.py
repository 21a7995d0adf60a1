"""The data for search engines, against what schema.org allows for the types used."""

import datetime as dt
from collections import Counter

import pytest

from isso.home.calendar import OfficeCalendar
from isso.home.hours import office_calendar
from isso.home.models import (
    AboutPage,
    ExceptionHours,
    HoursException,
    HoursSchedule,
    HoursSlot,
    OfficeSettings,
)
from isso.home.opening_hours import opening_hours
from isso.tests.home.schema_org import data_of, misshapen

pytestmark = pytest.mark.django_db


def described(today="2026-11-24"):
    return opening_hours(
        office_calendar(), OfficeSettings.objects.get(), dt.date.fromisoformat(today)
    )


def days_of(specification):
    return [
        tuple(each.get(name, "") for name in ("validFrom", "validThrough", "opens", "closes"))
        for each in specification
    ]


def test_the_page_says_it_in_the_shape_of_schema_org(hours, home, tuesday, client):
    home.add_child(instance=AboutPage(title="About", slug="about"))

    data = data_of(client.get("/about/").text)

    assert data["@context"] == "https://schema.org"
    assert list(misshapen(data, "LocalBusiness")) == []
    assert len(data["openingHoursSpecification"]) == 6
    assert data["openingHoursSpecification"][1] == {
        "@type": "OpeningHoursSpecification",
        "dayOfWeek": "https://schema.org/Tuesday",
        "opens": "09:00",
        "closes": "10:00",
        "validFrom": "2026-09-01",
    }


def test_the_shapes_find_what_is_wrong():
    wrong = {
        "@type": "LocalBusiness",
        "address": "77 Example Avenue",
        "opens": "9",
        "openingHoursSpecification": [{"@type": "OpeningHoursSpecification", "opens": "9 am"}],
    }
    with pytest.raises(AttributeError):
        list(misshapen(wrong, "LocalBusiness"))
    del wrong["address"]

    assert sorted(misshapen(wrong, "LocalBusiness")) == [
        (".openingHoursSpecification[0].opens", "9 am"),
        (".opens", "unknown"),
    ]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        (
            "77 Example Avenue\nBuilding E39-278\nExample City, MA 02139-4307",
            {
                "streetAddress": "77 Example Avenue, Building E39-278",
                "addressLocality": "Example City",
                "addressRegion": "MA",
                "postalCode": "02139-4307",
                "addressCountry": "US",
            },
        ),
        ("Main Street 1\n10115 Berlin", {"streetAddress": "Main Street 1, 10115 Berlin"}),
        ("", None),
    ],
)
def test_the_address_is_given_part_by_part(site, address, expected):
    OfficeSettings.objects.update(address=address)

    found = described().get("address")

    assert found == (expected and {"@type": "PostalAddress"} | expected)


def test_days_that_differ_are_given_as_the_evaluator_sees_them(site, hours):
    # Inside a longer closure one day has hours of its own; walk-ins alone are not the office's.
    HoursException.objects.create(
        start=dt.date(2026, 12, 21), end=dt.date(2027, 1, 1), reason="Break"
    )
    open_day = HoursException(
        start=dt.date(2026, 12, 29), end=dt.date(2026, 12, 29), reason="Keys", applies_to="office"
    )
    open_day.hours = [ExceptionHours(opens=dt.time(10), closes=dt.time(12))]
    open_day.save()
    HoursException.objects.create(
        start=dt.date(2026, 12, 7), end=dt.date(2026, 12, 7), reason="Fair", applies_to="walk_in"
    )

    assert days_of(described()["specialOpeningHoursSpecification"]) == [
        ("2026-11-25", "2026-11-25", "09:00", "12:00"),
        ("2026-11-26", "2026-11-27", "", ""),
        ("2026-12-21", "2026-12-28", "", ""),
        ("2026-12-29", "2026-12-29", "10:00", "12:00"),
        ("2026-12-30", "2027-01-01", "", ""),
    ]


def test_the_next_term_takes_over_on_its_first_day(site, hours):
    short = HoursSchedule(
        kind="office",
        name="January",
        valid_from=dt.date(2027, 1, 4),
        valid_until=dt.date(2027, 1, 8),
    )
    short.slots = [HoursSlot(weekday=0, opens=dt.time(10), closes=dt.time(12))]
    short.save()

    found = Counter(each[:2] for each in days_of(described()["openingHoursSpecification"]))

    # How many slots are valid when; the normal week goes on after the one that interrupts it.
    assert found == {
        ("2026-09-01", "2027-01-03"): 6,
        ("2027-01-04", "2027-01-08"): 1,
        ("2027-01-09", ""): 6,
    }


def test_an_office_without_hours_promises_none(site):
    assert set(opening_hours(OfficeCalendar(()), OfficeSettings.objects.get())) == {
        "@context",
        "@type",
        "name",
        "email",
        "address",
        "parentOrganization",
    }
