"""An editor's first page and the report “Scheduled and expiring”."""

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import Group, Permission
from django.utils import timezone
from wagtail.models import ModelLogEntry, Page

from isso.home.models import Alert, HoursException
from isso.home.schedule import changes_ahead
from isso.pages.models import GuidancePage
from isso.requests.jobs import PUBLISHING, publish_scheduled
from isso.requests.models import Reminder, WorkerRun
from isso.requests.people.moderation import setup_moderation
from isso.requests.people.roles import Role
from isso.tests import factories

REPORT = "/admin/reports/schedule/"
DAY = timedelta(days=1)


def panel(answer, name):
    inside = answer.text.split(f'id="editor-{name}-content"')[1].partition(">")[2]
    inside = inside.partition("</section>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def guidance(title, **fields):
    """Publish a guidance page below the home page."""
    today = timezone.localdate()
    defaults = {
        "in_short": "Short.",
        "maintained_by": "Office",
        "reviewed_on": today - 100 * DAY,
        "review_by": today + 100 * DAY,
    }
    page = GuidancePage(title=title, **defaults | fields)
    Page.objects.filter(depth=2).first().add_child(instance=page)
    return page


def schedule(page, user, **times):
    """Publish a version of a page with times, as the button of the editor does."""
    for name, at in times.items():
        setattr(page, name, at)
    page.save_revision(user=user).publish(user=user)


@pytest.fixture
def writer(staff, sign_in):
    """Somebody who may write pages, alerts and reminders and publish none of them."""
    setup_moderation()
    group = Group.objects.create(name="Writers")
    group.permissions.set(
        Permission.objects.filter(
            codename__regex="^(access_admin|(add|change|view)_(alert|reminder))$"
        )
    )
    user = factories.make_user("writer@staff.example", "Wilma Writer", is_staff=True)
    user.groups.add(group)
    return sign_in(user)


def test_the_schedule_tells_what_the_clock_will_change(staff, monday):
    now, user = timezone.now(), staff[Role.EDITOR]
    page = guidance("New rules")
    page.unpublish()
    schedule(page, user, go_live_at=now + 2 * DAY)
    schedule(guidance("Old rules"), user, expire_at=now + 3 * DAY)
    guidance("To read again", review_by=date(2026, 10, 20))
    guidance("Overdue", review_by=date(2026, 10, 4))
    Alert.objects.create(title="Snow", show_from=now + DAY, show_until=now + 40 * DAY)
    Alert.objects.create(title="A draft", show_from=now + DAY, live=False)
    Reminder.objects.create(title="Taxes", text="x", show_until=now + 5 * DAY)
    closure = HoursException.objects.create(
        start=date(2026, 10, 12),
        end=date(2026, 10, 13),
        reason="Fall break",
        show_from=date(2026, 10, 6),
    )
    ModelLogEntry.objects.log_action(closure, "wagtail.edit", user=user)

    assert [
        (f"{timezone.localtime(each.at):%m-%d}", str(each.what), each.title, each.by)
        for each in changes_ahead(user)
    ] == [
        ("10-06", "Is announced", "Fall break", "Office editor"),
        ("10-06", "Appears", "Snow", ""),
        ("10-07", "Appears", "New rules", "Office editor"),
        ("10-08", "Goes away", "Old rules", "Office editor"),
        ("10-10", "Goes away", "Taxes", ""),
        ("10-12", "Begins", "Fall break", "Office editor"),
        ("10-13", "Last day", "Fall break", "Office editor"),
        ("10-20", "Check again by", "To read again", ""),
    ]


def test_what_the_worker_has_left_behind_is_late_until_it_runs(staff, sign_in, monday):
    page = guidance("New rules")
    page.unpublish()
    schedule(page, staff[Role.EDITOR], go_live_at=timezone.now() + DAY)
    monday.shift(2 * DAY)
    editor = sign_in(staff[Role.EDITOR])

    late = editor.get(REPORT)
    publish_scheduled()

    assert "Appears (late)" in panel_of_report(late)
    assert "New rules" not in panel_of_report(editor.get(REPORT))
    assert Page.objects.get(pk=page.pk).live


def panel_of_report(answer):
    inside = answer.text.partition("In the next 30 days")[2].partition("Waiting for approval")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", inside).split())


def test_every_link_of_the_report_opens(staff, editor, monday):
    now = timezone.now()
    schedule(guidance("Old rules"), staff[Role.EDITOR], expire_at=now + DAY)
    Alert.objects.create(title="Snow", show_from=now + DAY)
    Reminder.objects.create(title="Taxes", text="x", show_from=now + DAY)
    HoursException.objects.create(start=date(2026, 10, 12), end=date(2026, 10, 12), reason="Snow")

    urls = [each.url for each in changes_ahead(staff[Role.EDITOR])]

    assert len(urls) == 4
    page = editor.get(REPORT).text
    assert [(url in page, editor.get(url).status_code) for url in urls] == [(True, 200)] * 4


@pytest.mark.parametrize("who", [Role.ADVISOR, Role.SUPERVISOR])
def test_who_edits_nothing_finds_no_report_and_no_panel(who, staff, sign_in):
    browser = sign_in(staff[who])

    home, report = browser.get("/admin/").text, browser.get(REPORT)

    assert ("editor-links" in home, REPORT in home) == (False, False)
    assert (report.status_code, report.url) == (302, "/admin/")


def test_an_editor_finds_the_report_in_the_menu(editor):
    assert REPORT in editor.get("/admin/").text


def test_the_links_lead_to_what_editors_do_most(editor):
    inside = editor.get("/admin/").text.split('id="editor-links-content"')[1]
    links = re.findall(r'href="([^"]+)">([^<]+)<', inside.partition("</section>")[0])

    assert [label for _url, label in links] == [
        "Write or change a page",
        "Add an alert",
        "Add a reminder",
        "Change hours",
        "Add a closure",
        "Office settings",
        "Scheduled and expiring",
    ]
    assert [editor.get(url, follow=True).status_code for url, _label in links] == [200] * 7


def test_the_panels_show_closures_and_overdue_pages(staff, editor):
    guidance("Overdue", review_by=date(2026, 10, 4), review_owner=staff[Role.EDITOR])
    guidance("Due today", review_by=date(2026, 10, 5))
    for day, reason in [(4, "Past"), (5, "Today"), (9, "Break")]:
        HoursException.objects.create(
            start=date(2026, 10, day), end=date(2026, 10, day), reason=reason
        )

    home = editor.get("/admin/")

    assert panel(home, "closures") == "Today , October 5, 2026 Break , October 9, 2026"
    assert panel(home, "overdue") == "Overdue , to be checked by October 4, 2026, Office editor"


@pytest.mark.parametrize(
    ("due_ago", "words"),
    [
        (None, "Scheduled pages are not published. The worker has never run."),
        (10, "The worker last ran on October 5, 10:00 am. Scheduled pages appear"),
        (11, "Scheduled pages are not published. The worker last ran on October 5, 2026, 10:00"),
    ],
)
def test_an_editor_is_told_when_scheduled_pages_wait(editor, due_ago, words):
    now = timezone.now()
    if due_ago:
        due_at = now - timedelta(minutes=due_ago)
        WorkerRun.objects.create(job=PUBLISHING, ran_at=now, due_at=due_at)

    told = [panel(editor.get("/admin/"), "schedule"), editor.get(REPORT).text]

    assert words in told[0]
    assert ("Scheduled pages are not published." in told[1]) is ("not published" in words)


SUBMIT = {"action-submit": "1"}
FORMS = {
    "alert": (
        "/admin/snippets/home/alert/",
        {"tone": "warn", "title": "Snow", "on_site": "on", "show_from": "2026-10-01 09:00"},
        lambda: Alert.objects.get(),
    ),
    "reminder": (
        "/admin/snippets/requests/reminder/",
        {"title": "Snow", "text": "x", "severity": "info"},
        lambda: Reminder.objects.get(),
    ),
}


@pytest.mark.parametrize("kind", sorted(FORMS))
def test_a_submitted_snippet_shows_once_another_person_approves(kind, writer, editor):
    base, form, made = FORMS[kind]
    writer.post(f"{base}add/", form | {"action-publish": "1"})
    of_writer_alone = made().live
    writer.post(f"{base}edit/{made().pk}/", form | SUBMIT)
    waiting = panel(editor.get("/admin/"), "approval")
    state = made().current_workflow_task_state
    address = f"{base}workflow/action/{made().pk}/approve/{state.pk}/"

    writer.post(address)
    by_the_writer = made().live
    editor.post(address)

    assert (of_writer_alone, by_the_writer, made().live) == (False, False, True)
    assert waiting == (f"{kind.capitalize()}: Snow , sent by Wilma Writer on October 5, 10:00 am")
    assert panel(editor.get("/admin/"), "approval") == "Nothing waits for your approval."


def fill(rows, user):
    now = timezone.now()
    for number in range(rows):
        page = guidance(f"Page {number}", review_by=date(2026, 10, 1))
        schedule(page, user, expire_at=now + DAY)
        guidance(f"Soon {number}", review_by=date(2026, 10, 20))
        waiting = Alert.objects.create(title=f"Alert {number}", show_from=now + DAY)
        waiting.save_revision(user=user)
        waiting.get_workflow().start(waiting, user)
        Reminder.objects.create(title=f"Reminder {number}", text="x", show_until=now + DAY)
        HoursException.objects.create(
            start=date(2026, 10, 12), end=date(2026, 10, 13), reason=f"Closure {number}"
        )


@pytest.mark.parametrize("rows", [1, 30])
def test_one_row_costs_as_many_queries_as_thirty(staff, editor, rows, django_assert_num_queries):
    setup_moderation()
    fill(rows, staff[Role.EDITOR])
    editor.get("/admin/")

    with django_assert_num_queries(19):
        editor.get("/admin/")
    with django_assert_num_queries(18):
        report = editor.get(REPORT)
    assert report.text.count("Appears") == rows
