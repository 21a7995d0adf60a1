"""The first page of the admin and its menu: what each role finds there."""

import json
import re
from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.models import WorkerRun
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.receiving import receive_document
from isso.tests import factories


def menu_of(answer):
    """Return the menu as {label: [labels below]}."""
    props = re.search(
        r'<script id="wagtail-sidebar-props"[^>]*>(.*?)</script>', answer.content.decode(), re.S
    )
    found = {}

    def walk(node, top):
        if isinstance(node, dict):
            kind = node.get("_type", "").rpartition(".")[2]
            if kind in ("LinkMenuItem", "SubMenuItem"):
                label = node["_args"][0]["label"]
                found.setdefault(top, []).append(label) if top else found.setdefault(label, [])
                top = top or label
            node = list(node.values())
        if isinstance(node, list):
            for each in node:
                walk(each, top)

    walk(json.loads(props[1]), None)
    return found


def test_each_role_finds_its_own_menu(advisor, supervisor, editor):
    registers = ["Registers", "Students and scholars", "Authorized work", "Changes"]
    assert menu_of(advisor.get("/admin/"))["Portal desk"] == [
        "Queue",
        "Find a student",
        "Admitted students",
        "Visiting scholars",
        "Alerts",
        "Invitations",
        "Cannot sign in",
        "Department access",
        "Ask for a department",
        "To do in SEVIS",
        "Messages",
        "Inbox",
        "What is stuck",
        "Bulk intake",
        "Figures",
        *registers,
        "Mails",
        "Approver directory",
        "Retention",
    ]
    assert menu_of(supervisor.get("/admin/"))["Portal desk"] == [
        "Queue",
        "Find a student",
        "Admitted students",
        "Visiting scholars",
        "Alerts",
        "Invitations",
        "Cannot sign in",
        "Department access",
        "Ask for a department",
        "To do in SEVIS",
        "Messages",
        "Inbox",
        "What is stuck",
        "Bulk intake",
        "Figures",
        *registers,
        "Who read what",
        "Staff",
        "Import records",
        "Mails",
        "Approver directory",
        "Caseloads",
        "Reply templates",
        "Policies",
        "Office forms",
        "Retention",
        "Mail wording",
    ]
    of_editor, of_advisor = menu_of(editor.get("/admin/")), menu_of(advisor.get("/admin/"))
    assert ("Portal desk" in of_editor, "Reminders" in of_editor) == (False, True)
    assert ("Pages" in of_advisor, "Reminders" in of_advisor) == (False, False)


def panel(answer, name):
    return " ".join(re.sub(r"<[^>]+>", " ", part(answer.content.decode(), name)).split())


def part(words, name):
    return words.split(f'id="{name}-content"')[1].partition("</section>")[0]


def test_an_advisor_sees_the_work_as_links(staff, advisor):
    factories.make_request(factories.make_student("a@school.example"))
    factories.make_request(
        factories.make_student("b@school.example"), state="in_review", advisor=staff[Role.ADVISOR]
    )

    answer = advisor.get("/admin/")

    assert (
        "1 Mine 1 Unassigned 0 Late 0 Waiting for a second person 0 To do in SEVIS "
        "0 Messages 0 Alerts 0 Inbox" in panel(answer, "desk-work")
    )
    assert re.findall(
        r'href="(/admin/desk/[^"]+)"', part(answer.content.decode(), "desk-work")
    ) == [
        "/admin/desk/view/mine/",
        "/admin/desk/view/unassigned/",
        "/admin/desk/view/late/",
        "/admin/desk/view/second/",
        "/admin/desk/sevis/",
        "/admin/desk/messages/",
        "/admin/desk/alerts/?standing=to_do",
        "/admin/desk/inbox/",
    ]


def test_an_advisor_sees_what_sevis_is_owed_and_what_waits_in_the_inbox(staff, advisor):
    made = factories.make_request(state="approved", advisor=staff[Role.ADVISOR])
    receive_document(made.student, factories.pdf_file(), kind="ead")
    assert "1 To do in SEVIS 0 Messages 0 Alerts 1 Inbox" in panel(
        advisor.get("/admin/"), "desk-work"
    )

    type(made).objects.update(sevis_due_on=timezone.localdate() - timedelta(days=1))

    assert "1 To do in SEVIS 1 late 0 Messages 0 Alerts 1 Inbox" in panel(
        advisor.get("/admin/"), "desk-work"
    )


@pytest.mark.parametrize(
    ("overdue_for", "words"),
    [
        (None, "The worker has never run."),
        (-1, "Last run of the worker: October 5, 10:00 am"),
        (9, "Last run of the worker: October 5, 10:00 am"),
        (11, "The worker stands still: a job is overdue."),
    ],
)
def test_the_dashboard_says_when_the_worker_stands_still(overdue_for, words, advisor):
    if overdue_for is not None:
        now = timezone.now()
        WorkerRun.objects.create(
            job="mails", ran_at=now, due_at=now - timedelta(minutes=overdue_for)
        )
        WorkerRun.objects.create(job="expiry", ran_at=now, due_at=now)

    assert words in panel(advisor.get("/admin/"), "desk-machinery")


def test_the_dashboard_counts_mails_that_could_not_be_sent(advisor):
    factories.make_request()
    assert "Every mail could be sent." in panel(advisor.get("/admin/"), "desk-machinery")

    Notice.objects.update(state="failed")
    failed = advisor.get("/admin/")

    assert f"{Notice.objects.count()} mails could not be sent" in panel(failed, "desk-machinery")
    assert advisor.get("/admin/notices/notice/?state__exact=failed").status_code == 200


def test_an_editor_sees_none_of_it(editor):
    words = editor.get("/admin/").content.decode()

    assert "desk-work" not in words
    assert "desk-machinery" not in words
