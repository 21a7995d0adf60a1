"""What is stuck: each failure appears in the one list, and leaves it when it is cured."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.home.models import StaffMember
from isso.requests.models import (
    Approval,
    Document,
    RequestPolicy,
    StudentRequest,
    WorkerRun,
)
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.receiving import receive_document
from isso.requests.records.models import AccessLog, ImportRun
from isso.tests import factories

URL = "/admin/desk/failures/"


def listed(browser, query=""):
    """Return what a person sees, as (what, which)."""
    rows = browser.get(f"{URL}?{query}").context["rows"]
    return [(row.source.key, str(row.failure.what)) for row in rows]


def hours_ago(hours):
    return timezone.now() - timedelta(hours=hours)


def an_unassigned_request():
    made = factories.make_request(factories.make_student("a@school.example"))
    StudentRequest.objects.update(state_since=hours_ago(24))
    return made


def a_silent_approver():
    made = factories.make_request(type_key="cpt", state="approver_review")
    Approval.objects.update(reminders_sent=3, reminded_at=hours_ago(49))
    return made


def a_missing_approver():
    made = factories.make_request(type_key="cpt", state="approver_review")
    StudentRequest.objects.update(approver_missing=True)
    return made


def a_mail(**changes):
    fields = {"key": "status_changed", "recipient": "gone@school.example", "dedupe_key": "once"}
    return Notice.objects.create(**fields | changes)


def a_bounced_approver():
    made = factories.make_request(type_key="cpt", state="approver_review")
    Notice.objects.filter(key="approver_request").update(delivery="bounced")
    return made


def a_document(**changes):
    document = receive_document(factories.make_student(), factories.pdf_file(), kind="ead")
    Document.objects.update(**changes)
    return document


def a_policy():
    return RequestPolicy.objects.create(
        type_key="opt", target_days=7, citation="Practice", review_by=hours_ago(48).date()
    )


def a_job(**changes):
    now = timezone.now()
    return WorkerRun.objects.create(**{"job": "expiry", "ran_at": now, "due_at": now} | changes)


def an_absence_without_a_cover():
    away = factories.make_staff(Role.ADVISOR, "away@staff.example")
    factories.make_request(state="in_review", advisor=away)
    return StaffMember.objects.create(
        name="Ana", title="Advisor", email=away.email, away_from=timezone.localdate()
    )


def cover_of_all():
    return StaffMember.objects.create(name="Jonas", title="Advisor")


def replace(made):
    Approval.objects.filter(student_request=made).update(email="new@school.example")


CASES = {
    "unassigned": (
        an_unassigned_request,
        lambda made: StudentRequest.objects.update(assignee=factories.make_staff(email="n@x.test")),
    ),
    "approvals": (
        a_silent_approver,
        lambda made: Approval.objects.update(reminded_at=timezone.now()),
    ),
    "approvals, nobody asked": (
        a_missing_approver,
        lambda made: StudentRequest.objects.update(approver_missing=False),
    ),
    "mails": (lambda: a_mail(state="failed"), lambda mail: Notice.objects.update(state="waiting")),
    "mails, bounced": (
        lambda: a_mail(state="sent", delivery="bounced", created_at=hours_ago(1)),
        lambda mail: a_mail(delivery="delivered", dedupe_key="later"),
    ),
    "mails, refused": (
        lambda: a_mail(state="sent", delivery="rejected"),
        lambda mail: Notice.objects.update(created_at=hours_ago(24 * 31)),
    ),
    "mails, to the approver": (a_bounced_approver, replace),
    "unscanned": (
        lambda: a_document(scan="waiting", added_at=hours_ago(1)),
        lambda document: Document.objects.update(scan="clean"),
    ),
    "infected": (
        lambda: a_document(scan="infected"),
        lambda document: Document.objects.update(removed_at=timezone.now()),
    ),
    "imports": (
        lambda: ImportRun.objects.create(
            file_name="a.csv", stage="unreadable", started_at=hours_ago(1)
        ),
        lambda run: ImportRun.objects.create(file_name="b.csv", stage="imported"),
    ),
    "imports, without end": (
        lambda: ImportRun.objects.create(
            file_name="a.csv", stage="to_import", started_at=hours_ago(2)
        ),
        lambda run: ImportRun.objects.update(stage="imported"),
    ),
    "absences": (
        an_absence_without_a_cover,
        lambda person: StaffMember.objects.update(cover=cover_of_all()),
    ),
    "policies": (
        a_policy,
        lambda policy: RequestPolicy.objects.update(review_by=timezone.localdate()),
    ),
    "worker": (
        lambda: a_job(error="KeyError"),
        lambda job: WorkerRun.objects.update(error=""),
    ),
    "worker, late": (
        lambda: a_job(due_at=hours_ago(1)),
        lambda job: WorkerRun.objects.update(due_at=timezone.now()),
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_each_failure_appears_and_vanishes_when_it_is_cured(case, supervisor):
    break_it, cure_it = CASES[case]
    assert listed(supervisor) == []

    broken = break_it()
    assert [kind for kind, _which in listed(supervisor)] == [case.partition(",")[0]]

    cure_it(broken)
    assert listed(supervisor) == []


@pytest.mark.parametrize(
    "fine",
    [
        lambda: factories.make_request(),
        lambda: factories.make_request(type_key="cpt", state="approver_review"),
        lambda: a_mail(state="sent", delivery="delivered"),
        lambda: a_document(scan="waiting"),
        lambda: ImportRun.objects.create(file_name="a.csv", stage="checked"),
        lambda: a_job(due_at=timezone.now() - timedelta(minutes=9)),
    ],
)
def test_what_goes_its_way_is_not_listed(fine, supervisor):
    fine()

    assert listed(supervisor) == []


def test_the_worst_stands_first_and_one_kind_can_be_chosen(supervisor):
    a_policy()
    ImportRun.objects.create(file_name="a.csv", stage="unreadable")
    a_mail(state="failed")

    assert [kind for kind, _which in listed(supervisor)] == ["mails", "policies", "imports"]
    assert listed(supervisor, "kind=imports") == [("imports", "a.csv")]
    assert len(listed(supervisor, "kind=nonsense")) == 3


def test_advisors_see_their_own_and_what_is_nobody_s(staff, advisor, supervisor, editor):
    colleague = factories.make_staff(Role.ADVISOR, "second@staff.example")
    for number, who in enumerate((staff[Role.ADVISOR], colleague)):
        record = factories.make_student(f"{number}@school.example")
        made = factories.make_request(record, state="in_review", advisor=who)
        a_mail(about=made.reference, state="failed", dedupe_key=f"{number}")
    an_unassigned_request()
    a_job(error="KeyError")
    mine = StudentRequest.objects.get(assignee=staff[Role.ADVISOR])

    seen = listed(advisor)

    assert [kind for kind, _which in seen] == ["unassigned", "mails"]
    assert mine.reference in seen[1][1]
    assert len(listed(supervisor)) == 4
    assert editor.get(URL).status_code in (302, 403)


def test_who_is_listed_is_noted(staff, supervisor):
    made = an_unassigned_request()

    supervisor.get(URL)

    noted = AccessLog.objects.filter(what="what is stuck").values_list("record", flat=True)
    assert list(noted) == [made.student_id]


@pytest.mark.parametrize("times", [1, 15])
def test_the_list_costs_the_same_for_two_lines_and_for_thirty(times, staff, supervisor):
    for number in range(times):
        factories.make_request(factories.make_student(f"{number}@school.example"))
        a_mail(state="failed", dedupe_key=f"{number}")
    StudentRequest.objects.update(state_since=hours_ago(24))
    supervisor.get(URL)

    with CaptureQueriesContext(connection) as queries:
        answer = supervisor.get(URL)

    assert answer.context["page_obj"].paginator.count == 2 * times
    assert len(queries) == 14


def test_the_dashboard_counts_what_is_stuck(supervisor):
    assert "Nothing is stuck." in supervisor.get("/admin/").text
    a_mail(state="failed")
    a_policy()

    assert ">2 things are stuck</a>" in supervisor.get("/admin/").text
