"""Alerts: in which state, in which place and at which minute somebody sees one."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from wagtail.admin.panels import get_edit_handler
from wagtail.test.utils.form_data import nested_form_data

from isso.home.alerts import Place, next_change, showing
from isso.home.models import Alert
from isso.tests import factories

pytestmark = pytest.mark.django_db

PLACES = {"on_site": "/", "on_sign_in": "/accounts/login/", "in_portal": "/portal/"}
HOUR = dt.timedelta(hours=1)
TITLE = "Snow: the office closes at noon"


def alert(**fields):
    now = timezone.now()
    defaults = {"title": TITLE, "show_from": now - HOUR, "show_until": now + HOUR}
    return Alert.objects.create(**defaults | fields)


@pytest.fixture
def shown_in(home, client):
    """Return in which places the words of an alert stand on the page."""
    client.force_login(factories.make_student().user)

    def _shown_in(words=TITLE):
        stranger = type(client)()
        pages = {
            place: (client if place == "in_portal" else stranger).get(address)
            for place, address in PLACES.items()
        }
        assert [page.status_code for page in pages.values()] == [200, 200, 200]
        return [place for place, page in pages.items() if words in page.text]

    return _shown_in


def draft():
    alert(live=False)


def live():
    alert()


def live_for_good():
    alert(show_until=None)


def to_come():
    alert(show_from=timezone.now() + dt.timedelta(minutes=1))


def over():
    alert(show_until=timezone.now())


def unapproved():
    waiting = alert(live=False)
    waiting.save_revision()


def unapproved_edit():
    """Its published words have ended; those nobody has approved would show."""
    published = alert(show_until=timezone.now())
    published.show_until = None
    published.save_revision()


def draft_over_published():
    published = alert()
    published.title = "Not approved"
    published.save_revision()


@pytest.mark.parametrize(
    ("state", "is_shown"),
    [
        (draft, False),
        (live, True),
        (live_for_good, True),
        (to_come, False),
        (over, False),
        (unapproved, False),
        (unapproved_edit, False),
        (draft_over_published, True),
    ],
)
def test_each_state_shows_everywhere_or_nowhere(tuesday, shown_in, state, is_shown):
    state()

    assert shown_in() == (list(PLACES) if is_shown else [])
    assert shown_in("Not approved") == []


@pytest.mark.parametrize(
    "places", [["on_site"], ["on_sign_in"], ["in_portal"], ["on_site", "in_portal"]]
)
def test_it_shows_in_the_chosen_places_alone(tuesday, shown_in, places):
    alert(**{place: place in places for place in PLACES})

    assert shown_in() == places


def test_it_begins_and_ends_at_the_very_minute(home, client):
    begins = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
    alert(show_from=begins, show_until=begins + HOUR)
    second = dt.timedelta(seconds=1)

    def is_shown_at(at):
        with time_machine.travel(at, tick=False):
            return TITLE in client.get("/").text

    moments = [begins - second, begins, begins + HOUR - second, begins + HOUR]
    assert [is_shown_at(at) for at in moments] == [False, True, True, False]


MINUTES = st.integers(-200, 200)


@given(begins=MINUTES, lasts=st.none() | st.integers(1, 300), now=MINUTES)
def test_its_times_alone_decide_and_the_cache_learns_the_next_one(begins, lasts, now):
    zero = dt.datetime(2026, 11, 1, 5, 30, tzinfo=dt.UTC)  # the night that has an hour twice
    begins, now = (zero + dt.timedelta(minutes=minutes) for minutes in (begins, now))
    until = begins + dt.timedelta(minutes=lasts) if lasts else None
    Alert.objects.all().delete()
    alert(show_from=begins, show_until=until)

    with time_machine.travel(now, tick=False):
        is_shown, change = bool(showing(None, Place.SITE)), next_change(None)

    assert is_shown is (begins <= now and (until is None or now < until))
    assert change == min((each for each in (begins, until) if each and each > now), default=None)


@pytest.mark.parametrize(
    ("fields", "seconds"),
    [
        ({"show_from": dt.timedelta(seconds=90)}, 90),
        ({"show_until": dt.timedelta(seconds=30)}, 30),
        ({"show_from": dt.timedelta(seconds=90), "on_site": False}, 300),
        ({"show_from": dt.timedelta(seconds=90), "live": False}, 300),
    ],
)
def test_a_page_is_kept_until_the_next_alert_of_the_site(home, client, tuesday, fields, seconds):
    now = timezone.now()
    times = {name: now + each for name, each in fields.items() if isinstance(each, dt.timedelta)}
    alert(**fields | times)

    assert client.get("/")["Cache-Control"] == f"max-age={seconds}"


def strips(html):
    """Return (class, words) of each strip, as somebody sees them from the top."""
    found = re.findall(r'<div class="alert-strip ([^"]+)">(.*?)</div>', html, re.S)
    return [(tone, " ".join(re.sub(r"<[^>]+>", " ", words).split())) for tone, words in found]


def test_emergencies_come_first_and_each_level_is_a_word(tuesday, home, client):
    for tone, title in [("info", "New forms"), ("bad", "Fire"), ("warn", "Snow"), ("bad", "Flood")]:
        alert(tone=tone, title=title, text="Read this.", show_until=None)

    html = client.get("/").text

    assert strips(html) == [
        ("alert-strip--bad", "Emergency: Fire Read this."),
        ("alert-strip--bad", "Emergency: Flood Read this."),
        ("alert-strip--warn", "Warning: Snow Read this."),
        ("alert-strip--info", "Information: New forms Read this."),
    ]
    assert html.count('<section aria-label="Alerts">') == 1


def test_without_an_alert_nothing_stands_there(tuesday, home, client):
    assert 'aria-label="Alerts"' not in client.get("/").text


def test_markup_is_shown_as_typed(tuesday, home, client):
    bad = '<script>alert("x")</script>'
    alert(title=bad, text=bad, link="/contact/", link_text=bad)

    html = client.get("/").text

    assert bad not in html
    assert html.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;") == 3


def test_an_editor_previews_the_strip_whatever_its_times(tuesday, home, admin_client):
    now = Alert(title="Flood", tone="bad", link="/contact/", link_text="Call us")
    now.show_from = timezone.now() + HOUR

    html = now.make_preview_request().rendered_content

    assert strips(html) == [("alert-strip--bad", "Emergency: Flood Call us")]
    assert '<a href="/contact/">Call us</a>' in html


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (
            {"show_until": "2026-11-20 09:00"},
            {"show_until": ["“Show until” must be after “Show from”."]},
        ),
        (
            {"link": "/contact/"},
            {"link_text": ["Fill in “Link text”: the words to click on."]},
        ),
        (
            {"link": "javascript:alert(1)", "link_text": "Click"},
            {"link": ["Begin the link with “/” for a page of this site, or with “https://”."]},
        ),
        (
            {"on_site": "", "on_sign_in": "", "in_portal": ""},
            {"on_site": ["Choose at least one place where it shows."]},
        ),
        (
            {"title": "x" * 5000, "text": "x" * 5000},
            {
                "title": ["Ensure this value has at most 100 characters (it has 5000)."],
                "text": ["Ensure this value has at most 300 characters (it has 5000)."],
            },
        ),
        (
            {"show_from": "soon"},
            {"show_from": ["Enter a valid date/time."]},
        ),
    ],
)
def test_an_alert_that_cannot_be(fields, errors):
    data = {"tone": "warn", "title": "Snow", "show_from": "2026-11-21 09:00", "on_site": "on"}
    form = get_edit_handler(Alert).get_form_class()(nested_form_data(data | fields))

    assert {name: list(each) for name, each in form.errors.items()} == errors


@pytest.mark.parametrize(
    ("times", "told"),
    [
        (
            {"show_from": "2026-11-20 09:00", "show_until": "2026-11-23 16:00"},
            ["Nobody sees “Snow”: its time ended on November 23, 2026, 4:00 pm."],
        ),
        (
            {"show_from": "2026-11-25 09:00", "show_until": ""},
            ["“Snow” appears on November 25, 2026, 9:00 am."],
        ),
        ({"show_from": "2026-11-24 09:00", "show_until": ""}, []),
    ],
)
def test_who_publishes_is_told_when_nobody_sees_it_yet(tuesday, site, admin_client, times, told):
    form = {"tone": "warn", "title": "Snow", "on_site": "on", "action-publish": "1"} | times

    answer = admin_client.post(reverse("wagtailsnippets_home_alert:add"), form, follow=True)

    shown = [str(each).strip() for each in answer.context["messages"]]
    assert [each for each in shown if "“Snow”" in each] == told
    assert Alert.objects.get().live
