"""What leaves: one text, one HTML twin, links made at the last moment, headers in our hand."""

import json
import re

import pytest
from django.core import mail
from django.forms.models import model_to_dict

from isso.requests.notices.catalog import mail_keys
from isso.requests.notices.message import build_message
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due

pytestmark = pytest.mark.django_db

KEYS = [
    "approved",
    "approver_done",
    "approver_not_me",
    "approver_receipt",
    "approver_reminder",
    "approver_replaced",
    "approver_request",
    "approver_withdrawn",
    "assigned",
    "clarification_requested",
    "denied",
    "document_released",
    "document_settled",
    "expired",
    "expiring_soon",
    "message_from_office",
    "message_from_student",
    "office_new_in_queue",
    "recalled",
    "reassigned",
    "reminder_test",
    "reopened",
    "request_submitted",
    "resubmitted",
    "status_changed",
    "withdrawn",
]

EVERYTHING = {
    "request_title": "Curricular Practical Training <CPT>",
    "student_name": "Sofia <b>Ng</b>",
    "approver_name": "Prof. Ada & Co",
    "expected_date": "December 2, 2026",
    "expires_on": "December 21, 2026",
    "due_by": "December 12, 2026",
    "sent_on": "November 1, 2026",
    "status": "Approved",
    "sentence": "Nothing to do.",
    "note": "Please & thanks <script>",
    "document": "new I-20",
    "title": "Holiday",
    "text": "We are closed.",
    "changes": [{"label": "Start date", "sentence": "It lies in the past."}],
}


def test_no_mail_of_the_lifecycle_is_missing():
    assert set(KEYS) - set(mail_keys()) == set()


@pytest.mark.parametrize("context", [{}, EVERYTHING], ids=["nothing known", "everything known"])
@pytest.mark.parametrize("key", mail_keys())
def test_every_mail_reads_well(write, key, context):
    message = build_message(
        write(key=key, context=context, name="Sofia", links={"link": ["test-secret", "t0ken"]})
    )
    html = message.alternatives[0].content

    assert message.subject == " ".join(message.subject.split()) != ""
    for text in (message.subject, message.body, html):
        assert not re.search(r"{[{%]|None", text)
    assert "\n\n\n" not in message.body
    # Plain text shows signs as they are; HTML never obeys them.
    assert "&amp;" not in message.body
    assert "<script" not in html
    assert "<b>" not in html
    assert re.findall(r"\b(?:src|style|on\w+)=|url\(", html) == []
    assert set(re.findall(r'href="([^"]+)"', html)) <= {
        "http://testserver/secret/t0ken/",
        "http://testserver/portal/mails/",
        "mailto:",
    }


def test_approvers_know_our_mails_by_their_subject(write):
    message = build_message(write(key="approver_request", context=EVERYTHING, about="ISSO-7"))

    assert message.subject == (
        "Please approve: ISSO Request for Advisor Approval: Curricular Practical Training <CPT>, "
        "Sofia <b>Ng</b> (ISSO-7)"
    )


def test_the_clarification_lists_what_to_change(write):
    message = build_message(write(key="clarification_requested", context=EVERYTHING))

    assert "- Start date: It lies in the past.\n" in message.body


def test_headers(write, settings):
    settings.DEFAULT_FROM_EMAIL = "ISSO <isso@demo.example>"
    notice = write(name="Ng, Sofia", context={"request_title": "CPT"})
    deliver_due()
    (sent,) = mail.outbox
    message = sent.message()

    assert message["To"] == '"Ng, Sofia" <sofia@demo.example>'
    assert message["From"] == "ISSO <isso@demo.example>"
    assert message["Message-ID"] == f"<{notice.pk}@testserver>"
    assert message["Auto-Submitted"] == "auto-generated"
    assert sent.metadata == {"notice": str(notice.pk)}
    assert [part.get_content_type() for part in message.get_payload()] == [
        "text/plain",
        "text/html",
    ]


def test_answers_reach_the_office(write, office):
    office.email = "isso@demo.example"
    office.save()

    assert build_message(write()).reply_to == ["isso@demo.example"]


@pytest.mark.parametrize(
    "title", ["CPT\r\nBcc: evil@demo.example", "CPT\nX: y", "CPT \u2028Bcc: evil@demo.example"]
)
def test_no_header_can_be_smuggled_in(write, title):
    write(name="Sofia\r\nBcc: evil@demo.example", context={"request_title": title})
    deliver_due()
    (sent,) = mail.outbox
    message = sent.message()

    assert message["Bcc"] is None
    assert message["X"] is None
    assert sent.recipients() == ['"Sofia Bcc: evil@demo.example" <sofia@demo.example>']
    assert "\n" not in sent.subject


def test_the_outbox_is_no_key_cabinet(write):
    notice = write(key="approver_request", links={"link": ["test-secret", 7]})
    deliver_due()
    (sent,) = mail.outbox
    row = json.dumps(model_to_dict(Notice.objects.get()), default=str)
    shown = notice.redacted()

    assert "http://testserver/secret/7/" in sent.body
    assert "/secret/" not in row
    assert "/secret/" not in shown.text + shown.html + shown.subject
    assert "[link]" in shown.text


def test_links_never_follow_the_host_header(client, write, settings):
    settings.SITE_URL = "https://isso.demo.example/"
    notice = write(links={"link": ["test-secret", 7]})

    assert "https://isso.demo.example/secret/7/" in build_message(notice).body
