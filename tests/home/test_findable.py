"""The office's own things are found, and what is over is not."""

import datetime as dt

import pytest
from django.utils import timezone

from isso.home.models import EventPage, KeyDate, NewsItemPage, StaffMember
from isso.pages.finding.ranking import site_search
from isso.pages.models import GlossaryTerm

DAY = dt.timedelta(days=1)


def found(query):
    return [(hit.title, hit.url, hit.kind) for hit in site_search(query)]


def test_people_dates_and_words_are_found_by_every_name(home):
    StaffMember.objects.create(name="Ana Okafor", title="Advisor", languages="Igbo")
    KeyDate.objects.create(title="Umbrella day", start=timezone.localdate())
    KeyDate.objects.create(title="Umbrella night", start=timezone.localdate() - DAY)
    GlossaryTerm.objects.create(term="SEVIS", also_written="Sevis system", definition="A list.")

    ana = ("Ana Okafor", "/about/staff/", "Staff")
    assert found("okafor") == found("igbo") == [ana]
    assert found("umbrellas") == [("Umbrella day", "/key-dates/", "Key date")]
    assert found("sevis system") == [("SEVIS", "/glossary/#sevis", "Word explained")]


@pytest.mark.parametrize(("days", "is_found"), [(-1, False), (0, True), (1, True)])
def test_events_and_news_are_found_until_their_day_is_over(home, days, is_found):
    end = timezone.localtime() + days * DAY
    home.add_child(
        instance=EventPage(
            title="Film evening", slug="film", start=end - DAY, end=end, place="Hall"
        )
    )
    home.add_child(
        instance=NewsItemPage(
            title="Film news", slug="news", date=(end - DAY).date(), valid_until=end.date()
        )
    )

    assert bool(found("evening")) is is_found
    assert bool([row for row in found("news") if row[0] == "Film news"]) is is_found
