"""A lock holds against deleting and moving, and says whose it is and since when."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from isso.pages.models import SectionPage
from isso.requests.models import Reminder
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff

SINCE = dt.datetime(2026, 11, 3, 10, 15, tzinfo=ZoneInfo("America/New_York"))
SENTENCE = (
    "“Travel” cannot be deleted or moved: since Nov. 3, 2026, 10:15 a.m. it is locked by "
    "Office editor. Ask for the lock to be taken off first."
)


@pytest.fixture
def people(home):
    """Two editors, of whom the first locks."""
    return [make_staff(Role.EDITOR, f"{name}@staff.example") for name in ("first", "second")]


@pytest.fixture
def pages(section, people):
    """A section with a locked page below it, and a place to move things to."""
    immigration = section("Immigration")
    travel = section("Travel", immigration)
    lock(travel, people[0])
    return {"immigration": immigration, "travel": travel, "resources": section("Resources")}


def lock(thing, user):
    type(thing).objects.filter(pk=thing.pk).update(locked=True, locked_by=user, locked_at=SINCE)


def sign_in(user):
    client = Client()
    client.force_login(user)
    return client


def told(answer):
    return [str(each).strip() for each in answer.context["messages"]]


def paths():
    return sorted(SectionPage.objects.values_list("url_path", flat=True))


def single(action, which):
    def act(client, pages):
        page, target = pages[which], pages["resources"]
        address = {
            "delete": f"/admin/pages/{page.pk}/delete/",
            "move": f"/admin/pages/{page.pk}/move/{target.pk}/confirm/",
        }[action]
        return client.post(address, follow=True)

    return act


def many(action, which):
    def act(client, pages):
        query = f"id={pages[which].pk}&next=/admin/"
        data = {"chooser": pages["resources"].pk}
        address = f"/admin/bulk/wagtailcore/page/{action}/?{query}"
        return client.post(address, data, follow=True)

    return act


WAYS = [
    way(action, which)
    for way in (single, many)
    for action in ("delete", "move")
    for which in ("travel", "immigration")
]


@pytest.mark.parametrize("way", WAYS)
def test_what_somebody_else_locked_stays_where_it_is_with_all_above_it(pages, people, way):
    before = paths()
    # Only with this permission may one delete a page that has pages below it.
    people[1].is_superuser = True
    people[1].save()

    answer = way(sign_in(people[1]), pages)

    assert paths() == before
    assert told(answer) == [SENTENCE]


@pytest.mark.parametrize("way", [single("delete", "travel"), many("delete", "travel")])
def test_who_locked_it_may_delete_it(pages, people, way):
    way(sign_in(people[0]), pages)

    assert paths() == ["/home/immigration/", "/home/resources/"]


@pytest.mark.parametrize("way", WAYS)
def test_unlocked_nothing_stands_in_the_way(pages, people, way):
    before = paths()
    people[1].is_superuser = True
    people[1].save()
    SectionPage.objects.update(locked=False)

    way(sign_in(people[1]), pages)

    assert paths() != before


def test_a_lock_whose_holder_is_gone_holds_for_everybody(pages, people):
    lock(pages["travel"], None)

    answer = single("delete", "travel")(sign_in(people[0]), pages)

    assert "/home/immigration/travel/" in paths()
    assert "it is locked by somebody." in told(answer)[0]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/snippets/requests/reminder/delete/{}/",
        "/admin/bulk/requests/reminder/delete/?id={}&next=/admin/",
    ],
)
def test_a_locked_reminder_is_not_deleted_either(home, people, address):
    reminder = Reminder.objects.create(title="Travel", text="Bring your I-20.")
    lock(reminder, people[0])

    answer = sign_in(people[1]).post(address.format(reminder.pk), follow=True)
    kept = Reminder.objects.count()
    sign_in(people[0]).post(address.format(reminder.pk))

    assert told(answer) == [SENTENCE]
    assert (kept, Reminder.objects.count()) == (1, 0)
