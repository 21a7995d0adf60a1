"""One thing done to many requests: exactly the rows shown, each checked again, all told."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.assigning import assign
from isso.requests.conversation import send_message
from isso.requests.desk.bulk_work import work_on_waiting
from isso.requests.models import BulkRow, BulkRun, HistoryEntry, StudentRequest
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.registry import folder_types
from isso.tests import factories

BULK = "/admin/desk/bulk/"


def requests_of(number, type_key="reprint", state="submitted"):
    """Make as many requests, each of another student."""
    return [
        factories.make_request(
            factories.make_student(f"{type_key}{each}@school.example"), type_key, state
        )
        for each in range(number)
    ]


def confirm(browser, action, query="all=1", view="all", **typed):
    """Open the page and confirm it as it stands; return the answer."""
    address = f"{BULK}?action={action}&view={view}&{query}"
    page = browser.get(address).content.decode()
    return browser.post(address, hidden(page) | typed)


def hidden(page):
    """The signed rows and the key of a page that confirms."""
    return {
        name: re.search(rf'name="{name}" value="([^"]+)"', page)[1] for name in ("sealed", "key")
    }


def outcomes():
    """What became of each row of the last run."""
    rows = BulkRow.objects.filter(run=BulkRun.objects.first())
    return list(rows.values_list("student_request", "outcome", "sentence"))


def state_of(student_request):
    return StudentRequest.objects.get(pk=student_request.pk).state


def test_many_may_be_approved_at_once_of_three_types_only():
    many = {key: each for key, each in folder_types().items() if each.bulk_approval}
    assert set(many) == {"letter", "reprint", "address_update"}
    assert not any(each.second_person or each.office_form for each in many.values())


def test_exactly_the_marked_rows_within_the_filter_are_approved(staff, advisor):
    marked, unmarked = requests_of(2)
    (other,) = requests_of(1, "oncampus_ssn")

    answer = confirm(
        advisor, "approve", f"query=type_key%3Dreprint&rows={marked.pk}&rows={other.pk}"
    )
    assert answer.url == f"/admin/desk/bulk/runs/{BulkRun.objects.get().pk}/"
    assert work_on_waiting() == 1

    assert outcomes() == [
        (marked.pk, "done", "Approved; it is “Approved, to record” now."),
    ]
    assert [state_of(each) for each in (marked, unmarked, other)] == [
        "approved",
        "submitted",
        "submitted",
    ]
    history = HistoryEntry.objects.filter(student_request=marked, actor_label="Office advisor")
    assert list(history.order_by("pk").values_list("action", flat=True)) == [
        "start_review",
        "approve",
    ]


def test_a_second_click_begins_no_second_run(staff, advisor):
    requests_of(2)
    address = f"{BULK}?action=approve&view=all&all=1"
    posted = hidden(advisor.get(address).content.decode())

    first, second = advisor.post(address, posted), advisor.post(address, posted)

    assert first.url == second.url
    assert BulkRow.objects.count() == 2


def test_what_changes_after_the_page_was_shown_is_not_done_and_says_why(staff, advisor):
    same, decided, written, withdrawn = requests_of(4)
    confirm(advisor, "approve")
    boss = Actor.for_user(staff[Role.SUPERVISOR])
    perform(decided, "start_review", boss)
    send_message(written, "Wait, please!", Actor.for_student(written.student.user))
    perform(withdrawn, "withdraw", Actor.for_student(withdrawn.student.user))

    work_on_waiting()

    changed = "Somebody changed this request since you opened it. Look at it again, please."
    assert outcomes() == [
        (same.pk, "done", "Approved; it is “Approved, to record” now."),
        (decided.pk, "not_done", changed),
        (written.pk, "not_done", "The student has written. Read the message first."),
        (withdrawn.pk, "not_done", changed),
    ]
    assert [state_of(each) for each in (decided, written, withdrawn)] == [
        "in_review",
        "submitted",
        "withdrawn",
    ]


def test_an_open_point_of_the_checklist_is_named_and_nothing_is_changed(staff, advisor):
    (made,) = requests_of(1)
    made.student.sevis_status = "terminated"
    made.student.save()
    confirm(advisor, "approve")

    work_on_waiting()

    ((_key, outcome, sentence),) = outcomes()
    assert (outcome, state_of(made)) == ("not_done", "submitted")
    assert sentence.startswith("Open in the checklist: The student may ask for this today: ")


def test_what_has_left_the_list_is_left_alone(staff, supervisor):
    taken, free = requests_of(2)
    StudentRequest.objects.update(assignee=None)
    confirm(
        supervisor, "assign", view="unassigned", advisor=staff[Role.ADVISOR].pk, note="Take these."
    )
    boss = staff[Role.SUPERVISOR]
    assign(taken, boss, Actor.for_user(boss))

    work_on_waiting()

    assert outcomes() == [
        (taken.pk, "not_done", "It has left the list since you looked."),
        (free.pk, "done", "Assigned to Office advisor."),
    ]
    assert StudentRequest.objects.get(pk=taken.pk).assignee == boss


@pytest.mark.parametrize("lost", ["account", "role"])
def test_whoever_may_no_longer_work_here_does_nothing(staff, advisor, lost):
    (made,) = requests_of(1)
    confirm(advisor, "approve")
    user = staff[Role.ADVISOR]
    if lost == "account":
        user.is_active = False
        user.save()
    else:
        user.groups.clear()

    work_on_waiting()

    assert outcomes() == [(made.pk, "not_done", "You may not do this to this request.")]
    assert state_of(made) == "submitted"


def test_an_advisor_assigns_to_oneself_only(staff, advisor):
    (made,) = requests_of(1)
    answer = confirm(advisor, "assign", advisor=staff[Role.SUPERVISOR].pk, note="You do it.")
    assert answer.status_code == 422
    assert BulkRun.objects.count() == 0
    assert StudentRequest.objects.get(pk=made.pk).assignee != staff[Role.SUPERVISOR]


def test_approvers_are_reminded_once_a_day_and_others_wait_for_none(staff, advisor):
    (asked,) = requests_of(1, "cpt", "approver_review")
    (other,) = requests_of(1)
    confirm(advisor, "remind")
    work_on_waiting()
    name = asked.current_approval.name
    assert sorted(outcomes()) == sorted(
        [
            (asked.pk, "done", f"{name} was reminded."),
            (other.pk, "not_done", "It waits for no approver."),
        ]
    )

    confirm(advisor, "remind", f"rows={asked.pk}")
    work_on_waiting()
    assert outcomes() == [(asked.pk, "not_done", "The approver has been reminded today.")]


def test_each_gets_the_message_with_its_own_words(staff, advisor):
    first, second = requests_of(2)
    confirm(advisor, "message", text="About {reference}: please wait.")
    work_on_waiting()
    for each in (first, second):
        assert [message.text for message in each.messages.all()] == [
            f"About {each.reference}: please wait."
        ]


def test_the_page_says_what_will_be_left_alone(staff, advisor):
    requests_of(2)
    requests_of(1, "oncampus_ssn")
    context = advisor.get(f"{BULK}?action=approve&view=all&all=1").context
    assert (context["count"], context["to_do"]) == (3, 2)
    assert [(reason, len(found)) for reason, found in context["left_alone"]] == [
        ("Requests of this type are approved one by one.", 1)
    ]


@pytest.mark.parametrize("sealed", ["", "nonsense", "a:b:c"])
def test_a_list_that_was_not_shown_is_not_touched(staff, advisor, sealed):
    requests_of(1)
    answer = confirm(advisor, "approve", sealed=sealed)
    assert answer.status_code == 409
    assert BulkRun.objects.count() == 0


def test_nothing_marked_leads_back(staff, advisor):
    requests_of(1)
    assert advisor.get(f"{BULK}?action=approve&view=all").url == "/admin/desk/"
    assert advisor.get(f"{BULK}?action=burn&view=all&all=1").url == "/admin/desk/"


def test_what_was_not_done_is_tried_again(staff, advisor):
    done, changed = requests_of(2)
    confirm(advisor, "approve")
    StudentRequest.objects.filter(pk=changed.pk).update(version=99)
    work_on_waiting()
    run = BulkRun.objects.get()

    address = f"{BULK}?action=approve&again={run.pk}"
    advisor.post(address, hidden(advisor.get(address).content.decode()))
    work_on_waiting()

    assert outcomes() == [(changed.pk, "done", "Approved; it is “Approved, to record” now.")]
    assert run.rows.get(student_request=done).outcome == "done"


def test_a_worker_that_died_leaves_its_run_to_the_next(staff, advisor, monday):
    first, second = requests_of(2)
    confirm(advisor, "message", text="Hello")
    run = BulkRun.objects.get()
    # The one that died had done the first row and claimed the run.
    row = run.rows.get(student_request=first)
    row.outcome, row.done_at = "done", timezone.now()
    row.save()
    BulkRun.objects.update(claimed_until=timezone.now() + timedelta(minutes=5))
    assert work_on_waiting() == 0

    monday.shift(301)
    assert work_on_waiting() == 1
    assert [first.messages.count(), second.messages.count()] == [0, 1]
