"""Files are looked at within the page: by those who may download them, and nothing in them runs."""

import pytest

from isso.requests.actor import Actor
from isso.requests.conversation import send_message
from isso.requests.file_answer import SHOWN
from isso.requests.models import Document
from isso.requests.models.document import SHOWN_KINDS
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog
from isso.tests import factories

PDF_POLICY = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
PICTURE_POLICY = "default-src 'none'; sandbox; frame-ancestors 'self'"


@pytest.fixture
def document(staff):
    """The offer letter of a request under review."""
    made = factories.make_request(None, "cpt", "in_review", staff[Role.ADVISOR])
    return made.documents.get(slot="offer_letter")


def look(browser, document):
    """Return the answer, read to its end."""
    answer = browser.get(address(document))
    answer.read = b"".join(answer.streaming_content) if answer.streaming else b""
    return answer


def address(document):
    return f"/admin/desk/document/{document.pk}/"


@pytest.mark.parametrize(
    ("kind", "policy"),
    [
        ("application/pdf", PDF_POLICY),
        ("image/jpeg", PICTURE_POLICY),
        ("image/png", PICTURE_POLICY),
    ],
)
def test_it_is_shown_in_our_own_frame_and_does_nothing(kind, policy, document, advisor):
    Document.objects.filter(pk=document.pk).update(content_type=kind)

    answer = look(advisor, document)

    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert answer["Content-Disposition"] == 'inline; filename="offer_letter.pdf"'
    assert answer["Content-Security-Policy"] == policy
    assert (answer["X-Content-Type-Options"], answer["X-Frame-Options"]) == (
        "nosniff",
        "SAMEORIGIN",
    )
    assert {"private", "no-store"} <= {each.strip() for each in answer["Cache-Control"].split(",")}
    assert answer.read.startswith(b"%PDF-")
    assert list(
        AccessLog.objects.filter(what="document").values_list("object_id", "record", "allowed")
    ) == [(str(document.pk), document.student_id, True)]


def test_what_is_offered_is_what_is_shown():
    assert set(SHOWN) == SHOWN_KINDS


@pytest.mark.parametrize("kind", ["image/svg+xml", "text/html", "application/xhtml+xml"])
def test_what_could_run_is_never_shown(kind, document, advisor):
    Document.objects.filter(pk=document.pk).update(content_type=kind)
    document.refresh_from_db()

    answer = look(advisor, document)

    assert not document.may_be_shown
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize(
    ("scan", "is_shown", "status"),
    [("none", True, 200), ("clean", True, 200), ("waiting", False, 409), ("infected", False, 409)],
)
def test_nothing_is_shown_before_the_scanner_lets_it_pass(
    scan, is_shown, status, document, advisor
):
    Document.objects.filter(pk=document.pk).update(scan=scan)

    page = advisor.get(f"/admin/desk/{document.student_request_id}/").content.decode()
    answer = look(advisor, document)

    assert (address(document) in page) is is_shown
    assert (answer.status_code, answer.streaming) == (status, is_shown)


def test_who_may_look(document, staff, people, sign_in):
    own = staff[Role.SUPERVISOR]
    neighbor = people["master"].user
    subject = document.student.user
    statuses = {
        "advisor": look(sign_in(staff[Role.ADVISOR]), document).status_code,
        "supervisor": look(sign_in(own), document).status_code,
        "editor": look(sign_in(staff[Role.EDITOR]), document).status_code,
        "neighbor": look(sign_in(neighbor), document).status_code,
        "the student": look(sign_in(subject), document).status_code,
        "nobody": look(sign_in(), document).status_code,
    }
    subject.groups.set(own.groups.all())
    statuses["the student, an advisor as well"] = look(
        sign_in(type(subject).objects.get(pk=subject.pk)), document
    ).status_code

    assert statuses == {
        "advisor": 200,
        "supervisor": 200,
        "editor": 302,
        "neighbor": 302,
        "the student": 302,
        "nobody": 302,
        "the student, an advisor as well": 404,
    }


def test_a_draft_is_the_students_alone(staff, advisor):
    draft = factories.make_draft(factories.make_student(), "cpt")
    document = draft.documents.first()

    assert look(advisor, document).status_code == 404
    assert list(AccessLog.objects.filter(what="document").values_list("allowed", flat=True)) == [
        False
    ]


def test_the_page_offers_each_file_folded_and_fetched_when_opened(document, advisor):
    page = advisor.get(f"/admin/desk/{document.student_request_id}/").content.decode()

    assert page.count("<iframe") == 1
    assert f'<iframe src="{address(document)}" title="offer_letter.pdf" loading="lazy">' in page


def test_a_picture_is_shown_as_one(document, advisor):
    Document.objects.filter(pk=document.pk).update(content_type="image/png")

    page = advisor.get(f"/admin/desk/{document.student_request_id}/").content.decode()

    assert f'<img src="{address(document)}" alt="offer_letter.pdf" loading="lazy">' in page
    assert page.count("<iframe") == 0


def test_a_file_of_a_message_is_shown_below_it(document, staff, advisor):
    made = document.student_request
    send_message(
        made,
        "Here it is.",
        Actor.for_user(made.student.user),
        files=[factories.pdf_file("extra.pdf", pages=2)],
    )

    page = advisor.get(f"/admin/desk/{made.pk}/").content.decode()

    assert page.count("<iframe") == 2
    assert "Show extra.pdf here" in page
