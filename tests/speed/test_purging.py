"""Whatever an editor changes, the next visitor sees it."""

import datetime as dt
import os
import re

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.search_promotions.models import Query
from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction, Site

from isso.home.models import Alert, HoursException, HoursSchedule, OfficeSettings
from isso.pages import generation
from isso.pages.models import MissedSearch, SectionPage
from isso.requests.models import RequestGuidePage, RequestPolicy
from isso.tests.error_pages import without_code


def publish(about):
    about.lede = "New words."
    about.save_revision().publish()


def unpublish(about):
    about.unpublish()


def delete(about):
    about.delete()


def rename(about):
    about.slug = "about-us"
    about.save_revision().publish()


def move(about):
    about.move(Page.objects.get(slug="guides"), pos="last-child")


def reorder(about):
    about.move(Page.objects.get(slug="guides"), pos="left")


def add_to_menu(about):
    about.add_sibling(instance=SectionPage(title="Newcomer", slug="newcomer"))


def rename_another_page_in_the_menu(about):
    guides = Page.objects.get(slug="guides").specific
    guides.title = "All about requests"
    guides.save_revision().publish()


def restrict(about):
    PageViewRestriction.objects.create(page=about, restriction_type="login")


def publish_on_schedule(about):
    about.expire_at = timezone.now() - dt.timedelta(minutes=1)
    about.save_revision().publish()
    call_command("publish_scheduled", verbosity=0)


def close_today(about):
    HoursException.objects.create(
        start=timezone.localdate(), end=timezone.localdate(), reason="Ice"
    )


def change_hours(about):
    schedule = HoursSchedule.objects.get()
    schedule.slots.all().update(opens="10:15")
    schedule.save()


def change_one_slot(about):
    slot = HoursSchedule.objects.get().slots.first()
    slot.opens = dt.time(10, 45)
    slot.save()


def alert(about):
    Alert.objects.create(title="The office is closed by ice")


def change_settings(about):
    office = OfficeSettings.for_site(Site.objects.get(is_default_site=True))
    office.phone = "+1 555 0100"
    office.save()


def choose_a_logo(about):
    office = OfficeSettings.for_site(Site.objects.get(is_default_site=True))
    office.logo = get_image_model().objects.create(
        title="Seal", description="A seal", file=get_test_image_file(size=(400, 120))
    )
    office.save()


CHANGES = [
    publish,
    unpublish,
    delete,
    rename,
    move,
    reorder,
    add_to_menu,
    rename_another_page_in_the_menu,
    restrict,
    publish_on_schedule,
    close_today,
    change_hours,
    change_one_slot,
    alert,
    change_settings,
    choose_a_logo,
]


def seen(client, path="/about/"):
    response = client.get(path)
    return response.status_code, without_code(response)


# Wagtail leaves the file of a new rendition to the garbage collector.
@pytest.mark.filterwarnings("ignore:Unclosed file <tempfile:ResourceWarning")
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_the_next_visitor_sees_a_change(monday, about, client, committed, change):
    about.refresh_from_db()
    before = seen(client)
    assert client.get("/about/")["X-Page-Cache"] == "hit"

    with committed():
        change(about)

    after = seen(client)
    # What somebody sees whose process has kept nothing is the truth.
    assert after == seen(Client())
    assert after != before


def test_the_next_visitor_sees_a_policy(monday, about, client, committed):
    guide = RequestGuidePage.objects.get(type_key="reprint")
    before = seen(client, guide.url)
    with committed():
        RequestPolicy.objects.create(
            type_key="reprint",
            is_open=False,
            closed_text="Closed for a move.",
            target_days=7,
            citation="Office",
            review_by="2027-01-01",
        )
    assert seen(client, guide.url) == seen(Client(), guide.url) != before


def test_the_next_visitor_is_sent_on(monday, about, client, committed):
    client.get("/about/")
    with committed():
        about.unpublish()
        Redirect.add_redirect("/about/", "/guides/")
    assert client.get("/about/")["Location"] == "/guides/"


def lede(client):
    return re.search(r'class="lede">(.*?)</p>', client.get("/about/").text)[1]


def test_every_process_is_purged_at_once(about, committed):
    # Each client has a handler, and so a memory, of its own.
    one, other = Client(), Client()
    assert [lede(one), lede(other), lede(one), lede(other)] == ["Old words."] * 4
    with committed():
        publish(about)
    assert [lede(one), lede(other)] == ["New words."] * 2


def test_every_computer_is_purged_at_once(redis_stamp, about, committed):
    test_every_process_is_purged_at_once(about, committed)


# What changes no public page leaves the pages where they are


def save_a_draft(about):
    about.lede = "Not yet."
    about.save_revision()


def save_a_draft_of_an_alert(about):
    alert = Alert.objects.get()
    alert.title = "Not yet"
    alert.save_revision()


def record_a_search(about):
    Query.get("travel").add_hit()


def note_a_missed_search(about):
    MissedSearch.objects.create(words="zzzz").delete()


@pytest.mark.parametrize(
    "act", [save_a_draft, save_a_draft_of_an_alert, record_a_search, note_a_missed_search]
)
def test_what_nobody_sees_purges_nothing(about, client, committed, act):
    with committed():
        Alert.objects.create(title="An alert")
    client.get("/about/")
    with committed():
        act(about)
    assert client.get("/about/").has_header("X-Page-Cache")


def test_a_change_that_is_rolled_back_purges_nothing(about):
    before = generation.stamp().read()
    about.lede = "Never committed."
    about.save()
    assert generation.stamp().read() == before


# The stamp


def test_each_change_is_another_generation(tmp_path):
    stamp = generation.FileStamp(tmp_path / "stamp")
    seen = {stamp.read()}
    for _change in range(100):
        stamp.move()
        seen.add(stamp.read())
    assert len(seen) == 101


def test_two_processes_read_one_file(tmp_path):
    one, other = (generation.FileStamp(tmp_path / "stamp") for _process in range(2))
    assert one.read() == other.read()
    other.move()
    assert one.read() == other.read()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write every file")
def test_a_file_of_another_account_is_replaced(tmp_path):
    stamp = generation.FileStamp(tmp_path / "stamp")
    before = stamp.read()
    stamp.path.chmod(0o444)
    stamp.move()
    assert stamp.read() != before


def test_a_file_that_is_taken_away_begins_another_generation(tmp_path):
    stamp = generation.FileStamp(tmp_path / "stamp")
    before = stamp.read()
    stamp.path.unlink()
    assert stamp.read() != before


def test_an_emptied_redis_brings_no_old_generation_back(redis_stamp):
    first = redis_stamp.read()
    assert redis_stamp.read() == first
    redis_stamp._redis.delete(redis_stamp.key)
    assert redis_stamp.read() != first
    redis_stamp.move()
    assert redis_stamp.read() != first
