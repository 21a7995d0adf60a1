"""Searches that found nothing: counted for editors, bounded, and never about a person."""

import datetime as dt

import pytest
from django.contrib.auth.models import Group
from django.core.cache import cache

from isso.pages.finding import missed
from isso.pages.finding.missed import note_missed
from isso.pages.models import MissedSearch, SearchAlias
from isso.requests.people.models import User
from isso.requests.people.roles import setup_roles

pytestmark = pytest.mark.django_db


def rows():
    return list(MissedSearch.objects.values_list("words", "times"))


def test_a_search_without_result_is_counted(home, client):
    for typed in ("Elephants", "elephants!", "office", "", "???"):
        client.get("/search/", {"query": typed})

    assert rows() == [("elephants", 2)]


@pytest.mark.parametrize(
    "words", ["N0012345678", "123-45-6789", "call 617 555 0100", "12345678", ""]
)
def test_numbers_of_people_are_not_kept(words):
    note_missed(words)

    assert rows() == []


def test_the_rarest_and_oldest_make_room(monkeypatch):
    monkeypatch.setattr(missed, "MOST_ROWS", 2)
    MissedSearch.objects.create(words="often", times=9, last_on=dt.date(2020, 1, 1))
    MissedSearch.objects.create(words="old", last_on=dt.date(2020, 1, 1))

    note_missed("new")

    assert rows() == [("often", 9), ("new", 1)]


def test_a_flood_is_not_written_down(monkeypatch):
    monkeypatch.setattr(missed, "MOST_A_MINUTE", 3)
    for number in range(9):
        note_missed(f"word {number}")
    assert len(rows()) <= 6

    cache.clear()
    note_missed("word later")
    assert ("word later", 1) in rows()


@pytest.fixture
def editor(db, client):
    """An editor, signed in."""
    setup_roles()
    user = User.objects.create_user(email="editor@demo.example", password="x")
    user.groups.add(Group.objects.get(name="editor"))
    client.force_login(user)
    return client


def test_an_editor_reads_the_report_and_acts_on_it(home, editor):
    missed_search = MissedSearch.objects.create(words="bus pass", times=4)

    report = editor.get("/admin/snippets/pages/missedsearch/").text
    assert "bus pass" in report
    assert "/admin/snippets/pages/searchalias/add/?words=bus+pass" in report
    assert "/admin/best-bets/add/?words=bus+pass" in report

    alias_form = editor.get("/admin/snippets/pages/searchalias/add/?words=bus+pass").text
    assert 'value="bus pass"' in alias_form
    best_bet_form = editor.get("/admin/best-bets/add/?words=bus+pass").text
    assert 'value="bus pass"' in best_bet_form

    added = {"typed": "bus pass", "words": "transit", "page": ""}
    editor.post("/admin/snippets/pages/searchalias/add/", added)
    assert SearchAlias.objects.get().words == "transit"
    editor.post(f"/admin/snippets/pages/missedsearch/delete/{missed_search.pk}/")
    assert rows() == []


@pytest.mark.parametrize(
    ("address", "label"),
    [
        ("/admin/snippets/pages/missedsearch/", "Searches without result"),
        ("/admin/snippets/pages/searchalias/", "Search aliases"),
        ("/admin/searchpicks/", "Promoted search results"),
    ],
)
def test_editors_find_it_in_the_menu(home, editor, address, label):
    menu = editor.get("/admin/").text

    assert address in menu
    assert label in menu


@pytest.mark.parametrize(
    "address",
    [
        "/admin/snippets/pages/missedsearch/",
        "/admin/snippets/pages/searchalias/",
        "/admin/searchpicks/",
        "/admin/best-bets/add/",
    ],
)
def test_nobody_else_gets_in(home, client, address):
    setup_roles()
    advisor = User.objects.create_user(email="advisor@demo.example", password="x")
    advisor.groups.add(Group.objects.get(name="advisor"))
    client.force_login(advisor)

    assert client.get(address).status_code == 302
