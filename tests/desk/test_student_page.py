"""The student page: what it tells of one person, to whom, and at what cost."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.conversation import add_note, add_record_note, send_message
from isso.requests.models import Caseload, Document
from isso.requests.on_behalf import give_document, start_for
from isso.requests.people.roles import Role
from isso.requests.records.changing import add_to_record, authorize_employment, change_record
from isso.requests.records.models import (
    AccessLog,
    Dependent,
    FundingStatement,
    Hold,
    IssuedForm,
    ReportedJob,
    ScholarDetails,
)
from isso.tests import factories


@pytest.fixture
def record(staff):
    """A student without anything around."""
    return factories.make_student(institution_id="U1")


@pytest.fixture
def me(staff):
    """The advisor as an actor."""
    return Actor.for_user(staff[Role.ADVISOR])


def page_of(record):
    return f"/admin/students/{record.pk}/"


def file_of(record, client, query=""):
    return client.get(page_of(record) + query).context["file"]


def test_requests_stand_open_first_with_who_has_them(record, staff, me, advisor):
    asked = factories.make_request(record, "cpt", "approver_review")
    answered = factories.make_request(record, "reprint", "denied", staff[Role.ADVISOR])
    draft = factories.make_draft(record, "reprint", fill=False, again="yes")

    file = file_of(record, advisor)

    assert [(line.student_request.reference, line.turn) for line in file.open_requests] == [
        (asked.reference, asked.current_approval.name)
    ]
    assert [line.student_request.reference for line in file.closed_requests] == [answered.reference]
    # What the student has only begun is nobody's business yet.
    assert file.begun_by_the_office == []
    assert draft.reference not in advisor.get(page_of(record)).content.decode()


def test_a_field_tells_who_changed_it_when_and_how(record, staff, advisor):
    change_record(
        record, {"education_level": "06"}, by=staff[Role.SUPERVISOR], source="Registrar’s letter"
    )

    groups = {group.key: group for group in file_of(record, advisor).groups}
    fact = next(fact for fact in groups["program"].facts if fact.name == "education_level")

    assert (fact.label, str(fact.value)) == ("Education level", "Doctorate")
    (change,) = fact.changes
    assert (change.who, change.old, change.new, change.source) == (
        "Office supervisor",
        "Master's degree",
        "Doctorate",
        "Registrar’s letter",
    )
    assert groups["program"].source == "Registrar’s letter"
    assert groups["passport"].source == record.source


def test_a_number_is_masked_until_asked_for_and_asking_is_noted(record, staff, advisor):
    change_record(record, {"passport_number": "X7654321"}, by=None, source="Check-In")
    AccessLog.objects.all().delete()

    masked = advisor.get(page_of(record)).content.decode()
    shown = advisor.get(page_of(record) + "?show=passport_number").content.decode()

    assert ("X7654321" in masked, "X7654321" in shown) == (False, True)
    assert "P1234567" not in masked + shown
    assert list(AccessLog.objects.order_by("pk").values_list("user", "what", "object_id")) == [
        (staff[Role.ADVISOR].pk, "student", str(record.pk)),
        (staff[Role.ADVISOR].pk, "passport_number", str(record.pk)),
    ]


def test_words_across_the_requests_stand_together(record, staff, me, advisor):
    first = factories.make_request(record, "cpt", "in_review", staff[Role.ADVISOR])
    second = factories.make_request(record, "reprint", "in_review", staff[Role.ADVISOR])
    add_note(first, "Called the employer.", me)
    send_message(second, "Please send the visa.", me)

    file = file_of(record, advisor)

    assert [(note.text, note.title) for note in file.notes] == [
        ("Called the employer.", first.reference)
    ]
    assert [(each.text, each.title, each.is_shown) for each in file.messages] == [
        ("Please send the visa.", second.reference, True)
    ]
    assert "message_from_office" in {mail.title for mail in file.mails}


def test_documents_stand_by_where_they_come_from(record, staff, me, advisor):
    made = factories.make_request(record, "reprint", "completed", staff[Role.ADVISOR])
    give_document(
        record, factories.pdf_file(), me, title="Memo", kind=Document.Kind.OTHER, is_released=False
    )
    factories.make_draft(record, "cpt")

    documents = dict(file_of(record, advisor).documents)

    assert {str(heading): len(files) for heading, files in documents.items()} == {
        "Released to the student": 1,
        "For the office alone": 1,
        "Uploaded with a request": made.documents.uploaded().count(),
    }


def surround(record, number):
    """Add one row of each kind around a record."""
    start = date(2025, 1, 1)
    work = authorize_employment(
        record,
        kind="OPT",
        start=date(2020 - number, 1, 1),
        end=date(2020 - number, 6, 1),
        by=None,
        source="Test",
        employer=f"Employer {number}",
        receipt_number="",
    )
    ReportedJob.objects.create(
        authorization=work, employer="Harbor", start=start, hours_per_week=40
    )
    add_to_record(
        record, Dependent, {"family_name": "Okoye", "relation": "child"}, by=None, source="Test"
    )
    Hold.objects.create(record=record, kind="check_in", placed_on=start, lifted_on=start)
    IssuedForm.objects.create(record=record, kind="I-20", issued_on=start)


def test_work_family_forms_and_holds_are_told_in_words(record, advisor):
    surround(record, 1)
    Hold.objects.create(
        record=record, kind="check_in", placed_on=date(2026, 9, 1), reason="Bring the I-94."
    )

    file = file_of(record, advisor)

    (work,) = file.work
    assert (str(work.work.name_shown), str(work.work.status_shown), work.work.detail) == (
        "Optional Practical Training (OPT)",
        "Approved",
        "Employer 1",
    )
    assert [job.name for job in work.jobs] == ["Harbor"]
    assert [(hold.detail, hold.start) for hold in file.holds] == [
        ("Bring the I-94.", date(2026, 9, 1))
    ]
    assert [(each.name, str(each.more_shown)) for each in file.around["family"]] == [
        ("Okoye", "Child")
    ]
    assert [str(each.name_shown) for each in file.around["form"]] == ["I-20"]


def test_funding_stands_with_its_sums_and_a_scholar_with_the_details(record, staff, advisor):
    FundingStatement.objects.create(
        record=record,
        as_of=date(2026, 9, 1),
        months=9,
        tuition=41_000,
        living=20_500,
        personal=60_000,
    )
    ScholarDetails.objects.create(record=record, position="Visiting fellow", host_name="Prof. Ng")

    answer = advisor.get(page_of(record))

    (line,) = answer.context["file"].funding
    assert (str(line), line.months, line.is_short) == (
        "costs $61,500, means $60,000",
        "9",
        True,
    )
    assert "Less than the costs" in answer.text
    assert "Visiting fellow" in answer.text


def test_what_is_open_and_why_the_rest_is_not(record, advisor):
    file = file_of(record, advisor)

    assert {"cpt", "reprint"} <= {offer.type.key for offer in file.open_offers}
    assert all(offer.verdict.reason for offer in file.other_offers)
    assert "check_in" in {offer.type.key for offer in file.other_offers}


def test_a_request_that_was_sent_twice_stands_once(record, staff, advisor):
    made = factories.make_request(record, "cpt", "approver_review")
    made.snapshots.create(number=2, answers={}, type_version=1)

    file = file_of(record, advisor)

    assert [line.student_request for line in file.open_requests] == [made]
    assert [(str(heading), len(found)) for heading, found in file.documents] == [
        ("Uploaded with a request", made.documents.uploaded().count())
    ]


@pytest.mark.parametrize("many", [1, 30])
def test_the_page_takes_as_many_queries_for_one_as_for_many(many, record, staff, me, advisor):
    Caseload.objects.create(advisor=staff[Role.ADVISOR], is_catch_all=True)
    made = factories.make_request(record, "reprint", "completed", staff[Role.ADVISOR])
    for number in range(many):
        surround(record, number)
        add_note(made, f"Note {number}", me)
        add_record_note(record, f"Note {number} about the person", me)
        change_record(record, {"major": f"Major {number}"}, by=me_user(staff), source="Test")
        give_document(
            record, factories.pdf_file(), me, title="Memo", kind="other", is_released=True
        )
        type(made).objects.create(
            student=record,
            type_key="reprint",
            state="denied",
            started_by=record.user,
            submitted_at=timezone.now(),
        )

    with CaptureQueriesContext(connection) as queries:
        answer = advisor.get(page_of(record))

    assert len(answer.context["file"].closed_requests) == many + 1
    assert answer.context["file"].advisor == staff[Role.ADVISOR]
    # One for who covers the advisor, one for the alerts.
    assert len(queries) == 22


def me_user(staff):
    return staff[Role.ADVISOR]


def test_what_the_office_began_is_named_without_its_content(record, me, advisor):
    draft, _new = start_for(record, "reprint", me, start_key="k")

    page = advisor.get(page_of(record))

    assert [line.student_request.pk for line in page.context["file"].begun_by_the_office] == [
        draft.pk
    ]
    assert f"/admin/desk/{draft.pk}/" not in page.content.decode()
    assert advisor.get(f"/admin/desk/{draft.pk}/").status_code == 404


def test_the_case_and_the_queue_lead_to_the_student(record, staff, advisor):
    made = factories.make_request(record, "reprint", "in_review", staff[Role.ADVISOR])

    for address in (f"/admin/desk/{made.pk}/", "/admin/desk/view/mine/"):
        assert f'href="{page_of(record)}"' in advisor.get(address).content.decode()
