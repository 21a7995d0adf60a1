"""What the desk sees of the plan, and what a supervisor may do with it."""

from datetime import timedelta

import pytest
from django.urls import reverse

from isso.requests.models import RetentionDays, RetentionEntry, RetentionHold
from isso.requests.records.models import AccessLog
from isso.requests.retention.holding import hold
from isso.requests.retention.planning import plan
from isso.tests import factories

PLAN = reverse("desk_retention")
QUERIES = 14


def of_kind(name, key="files_withdrawn"):
    return reverse(f"desk_retention_{name}", args=[key])


@pytest.fixture
def planned(supervisor, monday):
    """A request of which files and answers are planned to go."""
    made = factories.make_request(state="withdrawn")
    monday.shift(timedelta(days=365))
    plan()
    return made


@pytest.fixture
def desk(client, supervisor):
    """A supervisor's browser."""
    client.force_login(supervisor)
    return client


def test_the_plan_counts_and_its_list_names(planned, desk):
    lines = {each["kind"].key: each["planned"] for each in desk.get(PLAN).context["kinds"]}
    assert {key: number for key, number in lines.items() if number} == {
        "files_withdrawn": 1,
        "answers_withdrawn": 1,
    }

    ((entry, shown, is_held),) = desk.get(of_kind("kind")).context["rows"]

    assert (entry.reference, shown, is_held) == (
        planned.reference,
        ("Amara Okoye", reverse("desk_case", args=[planned.pk])),
        False,
    )


@pytest.mark.parametrize(("whole", "held_request"), [("", True), ("1", False)])
def test_a_supervisor_holds_a_request_or_the_person_and_lifts_it(
    planned, desk, supervisor, whole, held_request
):
    entry = RetentionEntry.objects.get(kind="files_withdrawn")
    address = reverse("desk_retention_hold", args=[entry.pk])
    empty = desk.post(address, {"why": " "})
    assert (empty.status_code, RetentionHold.objects.count()) == (422, 0)

    answer = desk.post(address, {"why": "Lawsuit", "whole": whole})

    assert answer.url == of_kind("kind")
    held = RetentionHold.objects.get()
    assert (held.why, held.by, held.student_request) == (
        "Lawsuit",
        supervisor,
        planned if held_request else None,
    )
    assert [row[2] for row in desk.get(of_kind("kind")).context["rows"]] == [True]
    desk.post(reverse("desk_retention_lift", args=[held.pk]))
    assert RetentionHold.objects.in_force().count() == 0


def test_days_out_of_bounds_are_refused_and_nothing_typed_is_lost(desk):
    wrong = desk.post(of_kind("days", "people"), {"days": "10", "why": "Less data"})

    assert wrong.status_code == 422
    assert wrong.context["form"].errors == {
        "days": ["Enter between 1096 and 10957 days (8 CFR 214.3(g)(1), 22 CFR 62.10(h))."]
    }
    assert b'value="10"' in wrong.content
    assert b'value="Less data"' in wrong.content
    desk.post(of_kind("days", "people"), {"days": "2000", "why": "Less data"})
    assert list(RetentionDays.objects.values_list("kind", "days_before", "days", "why")) == [
        ("people", 2557, 2000, "Less data")
    ]


def test_an_advisor_reads_and_changes_nothing(client, planned):
    client.force_login(factories.make_staff(email="reader@staff.example"))
    entry = RetentionEntry.objects.first()

    assert client.get(PLAN).status_code == 200
    assert b"Change the days" not in client.get(of_kind("kind")).content
    client.post(reverse("desk_retention_hold", args=[entry.pk]), {"why": "x"})
    client.post(of_kind("days"), {"days": "400", "why": "x"})
    assert (RetentionHold.objects.count(), RetentionDays.objects.count()) == (0, 0)


def test_nobody_sees_or_settles_what_is_about_oneself(planned, supervisor, client):
    planned.student.user.groups.set(supervisor.groups.all())
    client.force_login(planned.student.user)
    entry = RetentionEntry.objects.get(kind="files_withdrawn")
    held = hold(planned.student, "Audit", supervisor, planned)

    assert client.get(of_kind("kind")).context["rows"] == []
    assert list(client.get(PLAN).context["held"]) == []
    assert client.post(reverse("desk_retention_hold", args=[entry.pk])).status_code == 404
    assert client.post(reverse("desk_retention_lift", args=[held.pk])).status_code == 404
    assert RetentionHold.objects.in_force().get() == held


def test_whoever_is_named_in_the_plan_or_among_the_held_is_noted(planned, desk, supervisor):
    hold(planned.student, "Audit", supervisor)
    entry = RetentionEntry.objects.get(kind="files_withdrawn")
    AccessLog.objects.all().delete()

    desk.get(PLAN)
    desk.get(of_kind("kind"))
    desk.get(reverse("desk_retention_hold", args=[entry.pk]))

    assert list(
        AccessLog.objects.order_by("pk").values_list("user", "what", "record", "allowed")
    ) == [
        (supervisor.pk, "retention holds", planned.student_id, True),
        (supervisor.pk, "retention plan", planned.student_id, True),
    ]


def test_one_row_and_thirty_take_the_same_queries(planned, desk, django_assert_num_queries):
    desk.get(of_kind("kind"))
    with django_assert_num_queries(QUERIES):
        desk.get(of_kind("kind"))
    entry = RetentionEntry.objects.get(kind="files_withdrawn")
    RetentionEntry.objects.bulk_create(
        RetentionEntry(
            kind="files_withdrawn",
            object_id=10_000 + number,
            record=entry.record,
            planned_on=entry.planned_on,
            acts_on=entry.acts_on,
        )
        for number in range(29)
    )
    with django_assert_num_queries(QUERIES):
        desk.get(of_kind("kind"))
