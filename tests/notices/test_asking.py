"""Subjects start with what is required of the reader, for every mail there is."""

import pytest

from isso.requests.notices.asking import KINDS
from isso.requests.notices.catalog import mail_keys
from isso.requests.notices.message import build_message
from isso.requests.notices.models import MailWording

pytestmark = pytest.mark.django_db

SUBJECTS = {
    "Action required": {
        "admitted_reminder",
        "approval_sent_back",
        "approver_not_me",
        "approver_unreached",
        "assigned",
        "clarification_requested",
        "deadlines",
        "contact_message",
        "department_access_asked",
        "department_access_confirm",
        "department_welcome",
        "expiring_soon",
        "file_refused",
        "general_from_student",
        "message_from_student",
        "office_new_in_queue",
        "personal_email_asked",
        "request_started",
        "resubmitted",
        "retention_plan",
        "scholar_invite",
        "second_factor_off",
        "staff_welcome",
        "stuck_digest",
        "unassigned_alert",
        "welcome_invitation",
    },
    "For your information": {
        "daily_mail",
        "approved",
        "approver_done",
        "approver_forwarded",
        "approver_reminded",
        "approver_replaced",
        "approver_withdrawn",
        "campus_connected",
        "department_access_given",
        "personal_email_confirmed",
        "reassigned",
        "recalled",
        "record_copy_ready",
        "reminder_test",
        "reopened",
        "status_changed",
        "withdrawn",
    },
    "Use now": {
        "approver_code",
        "personal_email_code",
        "sign_in_code",
    },
    "Receipt": {
        "approver_receipt",
        "contact_copy",
        "request_submitted",
    },
    "Please read": {
        "approver_refused",
        "campus_login_ended",
        "denied",
        "department_access_refused",
        "document_released",
        "document_settled",
        "expired",
        "general_from_office",
        "letter_revoked",
        "login_changed",
        "message_from_office",
        "personal_email_in_use",
        "personal_email_replaced",
        "personal_email_taken",
        "role_ends",
        "sign_in_elsewhere",
        "sign_in_help",
    },
    "Please approve": {
        "approver_reminder",
        "approver_request",
        "second_person_asked",
    },
}
MAY_WAIT = {
    "approved",
    "approver_done",
    "approver_forwarded",
    "approver_reminded",
    "assigned",
    "document_released",
    "document_settled",
    "general_from_office",
    "general_from_student",
    "message_from_office",
    "message_from_student",
    "office_new_in_queue",
    "reassigned",
    "reopened",
    "resubmitted",
    "status_changed",
    "withdrawn",
}


def test_every_mail_says_what_it_asks_and_whether_it_may_wait():
    """A new one? State it in asking.py, and here."""
    stated = {}
    for key, kind in KINDS.items():
        stated.setdefault(kind.asks.label, set()).add(key)

    assert stated == SUBJECTS
    assert {key for key, kind in KINDS.items() if kind.can_wait} == MAY_WAIT
    assert set(KINDS) == set(mail_keys())


@pytest.mark.parametrize(
    ("words", "key"), [(words, key) for words, keys in SUBJECTS.items() for key in sorted(keys)]
)
def test_a_subject_starts_with_it_in_ours_and_in_the_offices_words(words, key, write):
    notice = write(key=key, context={"request_title": "CPT", "student_name": "Sofia Ng"})
    ours = build_message(notice).subject
    MailWording.objects.create(key=key, subject="In our words", text="Hello.")

    assert ours.startswith(f"{words}: ")
    assert len(ours) > len(words) + 5
    assert build_message(notice).subject == f"{words}: In our words"


@pytest.mark.parametrize("key", ["clarification_requested", "approved", "denied", "assigned"])
def test_mails_of_look_alikes_differ_by_type_and_reference(key, write):
    subjects = {
        build_message(
            write(
                key=key, about=reference, context={"request_title": title}, dedupe=reference + title
            )
        ).subject
        for title in ("CPT", "OPT")
        for reference in ("7KQM-3XAP", "7KQM-3XAQ")
    }

    assert len(subjects) == 4
