"""The machine's main paths, through the real doors."""

from isso.requests.models import Approval, HistoryEntry
from isso.requests.notices.models import Notice
from isso.tests import factories


def test_a_cpt_request_goes_from_draft_to_completed_and_is_counted(office):
    record = factories.make_student()
    advisor = factories.make_staff()

    done = factories.make_request(record, "cpt", "completed", advisor)

    assert done.state == "completed"
    assert list(
        HistoryEntry.objects.filter(student_request=done).values_list("action", flat=True)
    ) == [
        "start",
        "send_to_approver",
        "endorse",
        "start_review",
        "confirm_approver",
        "approve",
        "record",
        "release_document",
        "complete",
    ]
    # The clock stands still, so the rows have no order among themselves.
    assert sorted(Notice.objects.values_list("key", "recipient")) == sorted(
        [
            ("approver_request", "rivera@demo.example"),
            ("request_submitted", "student@school.example"),
            ("approver_done", "student@school.example"),
            ("approver_receipt", "rivera@demo.example"),
            ("office_new_in_queue", "isso@demo.example"),
            ("status_changed", "student@school.example"),
            ("approved", "student@school.example"),
            ("document_released", "student@school.example"),
        ]
    )
    employment = record.employments.get()
    assert (employment.kind, employment.employer, employment.full_time) == (
        "CPT",
        "Harbor Labs",
        False,
    )
    assert Approval.objects.get().outcome == "endorsed"
