"""The office's own page kinds show what editors entered."""

import datetime as dt
import re

import pytest
from django.template.loader import render_to_string

from isso.home.models import (
    AboutPage,
    ContactPage,
    DirectionsPage,
    KeyDate,
    KeyDatesPage,
    OfficeSettings,
    PortalGuidePage,
    StaffMember,
    StaffPage,
)
from isso.home.portal_words import StatusWords, register_status_words

pytestmark = pytest.mark.django_db


def words(html):
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def main_text(html):
    return words(re.search(r"<h1>.*?(?=<p class=\"to-top\">)", html, re.S)[0])


def test_the_staff_page_tells_who_works_here_and_for_whom(home, client):
    home.add_child(instance=StaffPage(title="Staff", slug="staff"))
    StaffMember.objects.create(name="Ruth Adebayo", title="Director", sort_order=1)
    StaffMember.objects.create(
        name="Ana Okafor",
        title="Student advisor",
        letters_from="A",
        letters_to="K",
        languages="English, Igbo",
        email="ana@demo.example",
        is_dso=True,
        sort_order=2,
    )

    assert main_text(client.get("/staff/").text) == (
        "Staff Who is my advisor? "
        "Family name As it stands in your passport, in Latin letters. Find my advisor "
        "Who looks after whom Last name or department Advisor A-K Ana Okafor "
        "People Ruth Adebayo Director "
        "Ana Okafor Student advisor Speaks English, Igbo Signs I-20s (DSO) ana@demo.example"
    )


@pytest.mark.parametrize("people", [1, 30])
def test_the_staff_page_costs_the_same_with_more_people(
    home, client, people, django_assert_num_queries
):
    home.add_child(instance=StaffPage(title="Staff", slug="staff"))
    for number in range(people):
        StaffMember.objects.create(name=f"Person {number}", title="Advisor", letters_from="A")
    client.get("/")

    # One of them is the portal's caseloads.
    with django_assert_num_queries(8):
        client.get("/staff/?family_name=Okoye")


@pytest.fixture
def dates(home):
    """One date of each kind around November 24, 2026."""
    home.add_child(instance=KeyDatesPage(title="Key dates", slug="key-dates"))
    for title, start, end, audience in [
        ("Long past", dt.date(2026, 9, 1), None, "all"),
        ("Still on", dt.date(2026, 11, 20), dt.date(2026, 11, 24), "all"),
        ("Today", dt.date(2026, 11, 24), None, "f1"),
        ("Next", dt.date(2026, 12, 4), None, "j1"),
        ("Later", dt.date(2027, 1, 4), None, "all"),
    ]:
        KeyDate.objects.create(title=title, start=start, end=end, audience=audience)


@pytest.mark.parametrize(
    ("query", "coming", "past"),
    [
        (
            "",
            [
                "November 2026",
                "Still on",
                "Today",
                "December 2026",
                "Next",
                "January 2027",
                "Later",
            ],
            ["September 2026", "Long past"],
        ),
        (
            "?audience=f1",
            ["November 2026", "Still on", "Today", "January 2027", "Later"],
            ["September 2026", "Long past"],
        ),
        (
            "?audience=nobody",
            [
                "November 2026",
                "Still on",
                "Today",
                "December 2026",
                "Next",
                "January 2027",
                "Later",
            ],
            ["September 2026", "Long past"],
        ),
    ],
)
def test_key_dates_by_month_with_the_past_folded(dates, client, tuesday, query, coming, past):
    html = client.get(f"/key-dates/{query}").text
    above, _, below = html.partition("<footer")[0].partition('<details class="question">')
    titles = r'(?:<h2[^>]*>|<p class="rail__title" dir="auto">)([^<]*)<'

    assert re.findall(titles, above) == coming
    assert re.findall(titles, below) == past


def test_a_date_is_in_words_and_for_machines(dates, client, tuesday):
    html = client.get("/key-dates/").text

    assert '<time datetime="2026-11-20">Friday, November 20, 2026</time>' in html
    assert '<time datetime="2026-11-24">Tuesday, November 24, 2026</time>' in html


def test_the_home_page_shows_the_next_four_dates(home, client, tuesday):
    for number in range(6):
        KeyDate.objects.create(title=f"Date {number}", start=dt.date(2026, 11, 22 + number))

    titles = re.findall(r'<p class="rail__title" dir="auto">([^<]*)<', client.get("/").text)

    assert titles == ["Date 2", "Date 3", "Date 4", "Date 5"]


@pytest.mark.parametrize(
    ("model", "title"), [(ContactPage, "Contact us"), (DirectionsPage, "Directions")]
)
def test_address_and_ways_to_reach_us(home, client, model, title):
    OfficeSettings.objects.update(
        address="77 Example Avenue\nExample City, MA 02139",
        phone="617-555-0100",
        email="isso@demo.example",
        after_hours_contact="Campus Public Safety 617-555-0199",
    )
    home.add_child(instance=model(title=title, slug="here"))

    html = client.get("/here/").text

    assert "77 Example Avenue<br>Example City, MA 02139" in html
    assert '<a href="tel:617-555-0100">617-555-0100</a>' in html
    assert '<a href="mailto:isso@demo.example">isso@demo.example</a>' in html
    assert "Emergency when we are closed: Campus Public Safety 617-555-0199" in main_text(html)


def test_the_portal_guide_explains_every_status(home, client, monkeypatch):
    monkeypatch.setattr("isso.home.portal_words._providers", [])
    register_status_words(
        lambda: [
            StatusWords("Draft", "Not sent yet.", "muted", "pencil"),
            StatusWords("Submitted", "In our list.", "brand", "hourglass"),
        ]
    )
    OfficeSettings.objects.update(
        it_name="Campus IT",
        it_email="it@demo.example",
        it_phone="617-555-0111",
        portal_email="portal@demo.example",
        phone="617-555-0100",
    )
    home.add_child(instance=PortalGuidePage(title="How to use the portal", slug="portal-guide"))

    assert main_text(client.get("/portal-guide/").text) == (
        "How to use the portal What your request status means "
        "Draft Not sent yet. Submitted In our list. "
        "Can't sign in? "
        "Find our invitation in your e-mail; look into the spam folder, too. Until it comes, the "
        "portal does not know you. "
        "Go in by the button “ISSO Portal” of this site, not by an old bookmark. "
        "Clear the history and stored data of your browser, cookies included, and try again. "
        "Try another browser in its newest version, such as Edge, Firefox, Chrome or Safari. "
        "Which account? Use the e-mail address to which we sent your invitation. "
        "Who helps "
        "Account and password of the university Campus IT, it@demo.example , 617-555-0111 "
        "ISSO Portal portal@demo.example Write what you did and the exact words on the screen. "
        "Front desk 617-555-0100 , Contact us"
    )
    assert 'id="cannot-sign-in"' in client.get("/portal-guide/").text


def test_the_sign_in_and_error_pages_lead_to_help_with_signing_in(home, client):
    link = '<a href="/accounts/help/">'

    assert client.get("/accounts/login/").text.count(link) == 1
    assert render_to_string("500.html").count(link) == 1


def test_directions_have_a_place_for_each_question(home, client):
    home.add_child(
        instance=DirectionsPage(
            title="Directions",
            slug="directions",
            map_link="https://map.demo.example/",
            building="<p>Second floor.</p>",
            transit="<p>Example Square.</p>",
            accessible_entrance="<p>Sample Street.</p>",
            mail_rules="<p>Name and number.</p>",
        )
    )

    assert main_text(client.get("/directions/").text).startswith(
        "Directions Building and room Second floor. Open a map (another site) "
        "Transit, bikes and cars Example Square. Step-free way in Sample Street. "
        "Mail and couriers Name and number. Reach us"
    )


def test_the_about_page_leads_to_its_parts_first(home, client):
    about = home.add_child(instance=AboutPage(title="About", slug="about"))
    about.add_child(instance=StaffPage(title="Staff", slug="staff"))
    html = client.get("/about/").text
    parts = re.search(r'<nav aria-label="About the office">.*?</nav>', html, re.S)[0]

    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', parts) == [
        ("/about/staff/", "Staff"),
        ("/contact/", "Contact us"),
    ]


def test_names_and_button_come_from_the_settings(home, client):
    OfficeSettings.objects.update(
        office_name="Global Office",
        institution_name="Sample College",
        institution_url="https://sample.example/",
        portal_label="Global Gateway",
    )

    html = client.get("/").text

    assert re.search(r'<a class="masthead__name"[^>]*>.*?Global Office</span></a>', html, re.S)
    assert '<a href="https://sample.example/">Sample College</a>' in html
    assert re.search(r'<a class="button portal-button" href="/portal/">.*?Global Gateway</a>', html)
