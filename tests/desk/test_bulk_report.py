"""The report of an action on many requests, and the list of them: who reads it, what it costs."""

import pytest

from isso.requests.desk.bulk_work import work_on_waiting
from isso.requests.models import BulkRun
from isso.tests import factories
from isso.tests.desk.test_bulk import confirm, requests_of


def test_a_report_is_for_who_asked_and_for_supervisors(staff, advisor, supervisor, sign_in):
    requests_of(1)
    confirm(advisor, "approve")
    work_on_waiting()
    report = f"/admin/desk/bulk/runs/{BulkRun.objects.get().pk}/"
    neighbor = sign_in(factories.make_staff(email="neighbor@staff.example"))

    assert [each.get(report).status_code for each in (advisor, supervisor, neighbor)] == [
        200,
        200,
        404,
    ]
    file = b"".join(advisor.get(f"{report}?export=csv").streaming_content).decode()
    assert "Approved; it is “Approved, to record” now." in file
    assert len(neighbor.get("/admin/desk/bulk/runs/").context["rows"]) == 0


@pytest.mark.parametrize("rows", [1, 30])
def test_the_report_costs_the_same_for_one_row_and_for_thirty(
    staff, advisor, rows, django_assert_num_queries
):
    requests_of(rows - 1)
    requests_of(1, "cpt", "approver_review")
    confirm(advisor, "message", text="Hello")
    work_on_waiting()
    report = f"/admin/desk/bulk/runs/{BulkRun.objects.get().pk}/"
    advisor.get(report)

    for address in (report, f"{report}?outcome=done"):
        with django_assert_num_queries(13):
            answer = advisor.get(address)
        assert len(answer.context["rows"]) == rows


@pytest.mark.parametrize("runs", [1, 30])
def test_the_list_of_runs_costs_the_same_for_one_and_for_thirty(
    staff, advisor, supervisor, runs, django_assert_num_queries
):
    requests_of(2)
    for _number in range(runs):
        confirm(advisor, "message", text="Hello")
    supervisor.get("/admin/desk/bulk/runs/")

    with django_assert_num_queries(10):
        answer = supervisor.get("/admin/desk/bulk/runs/")
    assert [run.total for run in answer.context["rows"]] == [2] * runs
