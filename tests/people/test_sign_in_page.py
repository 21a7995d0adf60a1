"""What stands on the sign-in page beside the form: alerts, news of the portal, who helps."""

import datetime as dt
import html
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import Site

from isso.home.models import Alert, NewsItemPage, NewsPage, OfficeSettings

LOGIN = "/accounts/login/"


@pytest.fixture
def news(office):
    """The list of news on the public site."""
    home = Site.objects.get(is_default_site=True).root_page
    return home.add_child(instance=NewsPage(title="News", slug="news"))


def add(news, title, days_ago=0, **fields):
    date = timezone.localdate() - dt.timedelta(days=days_ago)
    return news.add_child(
        instance=NewsItemPage(title=title, **({"in_portal": True, "date": date} | fields))
    )


def updates(client):
    page = client.get(LOGIN).content.decode().partition("<h2>Latest updates</h2>")[2]
    return re.findall(r"<h3><a href=\"/news/[^>]*>([^<]*)<", page)


def test_the_three_latest_that_the_office_marked_for_the_portal(client, news):
    for number in range(4):
        add(news, f"News {number}", days_ago=number)
    add(news, "Not for the portal", in_portal=False)
    add(news, "Not published", live=False)
    add(news, "Over", days_ago=2, valid_until=timezone.localdate() - dt.timedelta(days=1))

    assert updates(client) == ["News 0", "News 1", "News 2"]


def test_without_news_there_is_no_empty_heading(client, news):
    assert "Latest updates" not in client.get(LOGIN).content.decode()


@pytest.mark.parametrize("campus", [False, True])
def test_the_page_asks_as_often_with_thirty_news_as_with_one(client, news, request, campus):
    if campus:
        request.getfixturevalue("provider")
    asked = []
    for count in (1, 29):
        for number in range(count):
            add(news, f"News {count}-{number}")
        client.get(LOGIN)
        with CaptureQueriesContext(connection) as queries:
            client.get(LOGIN)
        asked.append(len(queries))

    assert asked[0] == asked[1] <= 12


def test_alerts_of_the_sign_in_page_stand_on_every_step(client, office):
    now = timezone.now()
    Alert.objects.create(
        title="Closed tonight", text="From ten.", on_site=False, on_sign_in=True, show_from=now
    )
    pages = [client.get(LOGIN), client.post(LOGIN, {"login": "nobody@mail.example"}, follow=True)]

    assert ["Closed tonight" in page.content.decode() for page in pages] == [True, True]


def test_who_does_not_get_in_finds_the_way_to_help_and_people(client, office):
    page = client.get(LOGIN).content.decode().partition("<h2>Cannot sign in?</h2>")[2]
    links = re.findall(r"<a href=[^>]+>([^<]+)", page.partition("</main>")[0])

    assert [html.unescape(words) for words in links if "@" not in words] == [
        "I can't sign in",
        "Ask for access for your department",
        "Contact the office",
    ]


def test_who_keeps_the_account_is_named_where_it_may_be_what_fails(
    client, office, provider, settings
):
    OfficeSettings.objects.update(it_name="Campus IT", it_email="it@school.example")
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"sign_in_help": "1/h/ip"}
    client.post("/accounts/help/", {"email": "a@home.example"})

    refused = client.get("/accounts/campus/callback/")
    too_often = client.post("/accounts/help/", {"email": "a@home.example"})
    elsewhere = client.get("/no-such-page/")

    line = '<li>Campus IT, for your account and password: <a href="mailto:it@school.example">'
    assert [(each.status_code, line in each.text) for each in (refused, too_often, elsewhere)] == [
        (400, True),
        (429, True),
        (404, False),
    ]


@pytest.mark.django_db
def test_one_page_in_each_of_its_forms(client, settings, request):
    """Without passwords, with them, and with a campus sign-in: which fields, which buttons."""

    def shown():
        page = client.get(LOGIN)
        main = page.content.decode().partition("<main")[2].partition("</main>")[0]
        buttons = re.findall(r'<button class="button[^>]*>([^<]+)', main)
        return list(page.context["form"].fields), buttons

    assert shown() == (["login"], ["Send me a sign-in code"])
    settings.PASSWORD_SIGN_IN = True
    assert shown() == (["login", "password"], ["Sign in"])
    request.getfixturevalue("provider")
    assert shown() == (["login", "password"], ["Sign in", "Campus sign-in"])
    settings.PASSWORD_SIGN_IN = False
    assert shown() == (["login"], ["Continue", "Campus sign-in"])
