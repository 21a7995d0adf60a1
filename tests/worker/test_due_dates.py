"""Due dates follow the office's calendar, also when it changes afterwards."""

from datetime import date

from isso.home.models import HoursException
from isso.home.office import the_office, working_for
from isso.requests.due_dates import refresh_due_dates
from isso.requests.models import RequestPolicy, StudentRequest
from isso.tests import factories


def due_dates():
    """Return each request's due date by its state."""
    return dict(StudentRequest.objects.values_list("state", "due_on"))


def test_a_new_closure_moves_running_clocks_and_no_others(office):
    factories.make_request(factories.make_student("a@school.example"), "cpt", "submitted")
    factories.make_request(factories.make_student("b@school.example"), "reprint", "clarification")
    factories.make_request(factories.make_student("c@school.example"), "reprint", "completed")
    # Seven business days after Monday, October 5.
    assert due_dates() == {
        "submitted": date(2026, 10, 14),
        "clarification": None,
        "completed": None,
    }

    HoursException.objects.create(
        start=date(2026, 10, 12), end=date(2026, 10, 13), reason="Holiday and training"
    )

    assert (refresh_due_dates(), refresh_due_dates()) == (1, 0)
    assert due_dates()["submitted"] == date(2026, 10, 16)


def test_what_was_promised_stays_promised_whatever_the_policy_says_later(office):
    """Three business days from Monday; whoever sends it afterwards is promised ten."""
    before = factories.make_request(factories.make_student("a@school.example"))
    RequestPolicy.objects.create(
        type_key="reprint",
        target_days=10,
        citation="Office practice",
        review_by=date(2027, 1, 31),
        live=True,
    )
    after = factories.make_request(factories.make_student("b@school.example"))

    assert refresh_due_dates() == 0
    before.refresh_from_db()
    assert [(each.target_days, each.due_on) for each in (before, after)] == [
        (3, date(2026, 10, 8)),
        (10, date(2026, 10, 19)),
    ]


def test_one_pass_takes_the_same_queries_for_one_request_and_for_thirty(
    office, django_assert_num_queries
):
    factories.make_request(factories.make_student("a@school.example"))
    # As the worker runs its jobs.
    office_at_work = the_office()
    with working_for(office_at_work), django_assert_num_queries(3):
        refresh_due_dates()
    for number in range(29):
        factories.make_request(factories.make_student(f"{number}@school.example"))
    with working_for(office_at_work), django_assert_num_queries(3):
        refresh_due_dates()
