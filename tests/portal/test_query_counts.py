"""How many questions a page puts to the database: as many for thirty rows as for one."""

import pytest
from django.utils import timezone

from isso.requests.models import Message, Reminder, RequestPolicy
from isso.tests import factories


def fill(record, advisor, rows):
    """Give the person ``rows`` of everything the tabs list."""
    for number in range(rows):
        factories.make_request(
            record, "cpt", "completed", advisor, employer_name=f"Employer {number}"
        )
        Reminder.objects.create(title=f"Reminder {number}", text="Text")
        record.dependents.create(family_name="Okoye", relation="child")
    RequestPolicy.objects.create(
        type_key="cpt", target_days=5, citation="Test", review_by=timezone.localdate(), live=True
    )


@pytest.mark.parametrize("rows", [1, 30])
def test_the_tabs_ask_the_same_for_one_row_and_for_thirty(
    portal, student, rows, django_assert_num_queries
):
    fill(student, factories.make_staff(), rows)
    portal.get("/portal/requests/new/cpt/")  # Wagtail remembers where the site begins.

    for address, count in [
        # One of them for the alerts.
        ("/portal/", 11),
        # One of them for the requests that stand in the way of travel.
        ("/portal/profile/", 13),
        ("/portal/profile/travel/", 10),
        ("/portal/requests/", 11),
        ("/portal/requests/new/cpt/", 11),
    ]:
        with django_assert_num_queries(count):
            answer = portal.get(address)
        assert answer.status_code == 200


def test_a_newcomer_is_reminded_of_check_in_within_the_same_bound(
    client, office, django_assert_num_queries
):
    client.force_login(factories.make_newcomer().user)
    client.get("/portal/")

    with django_assert_num_queries(13):
        answer = client.get("/portal/")
    assert [each.kind for each in answer.context["to_do"]] == ["check_in"]


@pytest.mark.parametrize("rows", [1, 30])
def test_a_request_asks_the_same_for_one_message_and_for_thirty(
    portal, student, rows, django_assert_num_queries
):
    made = factories.make_request(student, "cpt", "in_review", factories.make_staff())
    made.last_message_at = timezone.now()
    made.save()
    for _number in range(rows):
        Message.objects.create(
            student_request=made, author=student.user, from_office=False, text="Hello"
        )
    portal.get("/portal/")

    with django_assert_num_queries(14):
        answer = portal.get(made.get_absolute_url())
    assert len(answer.context["thread"]) == rows


def test_the_pages_of_the_wizard_stay_within_the_bound(portal, student, django_assert_num_queries):
    draft = factories.make_draft(student)
    portal.get("/portal/")

    for part, count in [("edit/reason/", 10), ("edit/files/", 10), ("check/", 11)]:
        with django_assert_num_queries(count):
            assert portal.get(f"{draft.get_absolute_url()}{part}").status_code == 200
