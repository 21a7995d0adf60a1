"""Drafts: they keep everything, never twice, and open to nobody else."""

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import Document, RequestGuidePage, RequestPolicy, StudentRequest
from isso.requests.perform import NotAllowed, NotPossible, perform
from isso.requests.preconditions import Incomplete, problems_of
from isso.requests.standing import offers_for
from isso.tests import factories


def posted(**answers):
    """Return what a browser posts."""
    data = QueryDict(mutable=True)
    data.update(answers)
    return data


def test_a_draft_keeps_what_is_wrong_and_ignores_what_was_not_asked(office):
    draft = factories.make_draft(factories.make_student(), "cpt", fill=False)
    actor = Actor.for_user(draft.student.user)
    page = draft.type.page("dates")

    saved, form = drafting.save_page(
        draft,
        page,
        posted(start_date="soon", hours_per_week="many", state="completed", assignee="1"),
        actor,
    )

    assert sorted(form.errors) == [
        "end_date",
        "full_part",
        "hours_per_week",
        "paid",
        "start_date",
    ]
    assert saved.answers == {
        "start_date": "soon",
        "end_date": None,
        "full_part": None,
        "hours_per_week": "many",
        "paid": None,
        "pay_amount": None,
    }
    assert (saved.state, saved.assignee_id) == ("draft", None)


def test_nul_characters_are_dropped_and_long_text_is_kept(office):
    draft = factories.make_draft(factories.make_student(), "cpt", fill=False)

    _saved, form = drafting.save_page(
        draft,
        draft.type.page("employer"),
        posted(employer_name="Lab\x00s" + "x" * 10_000),
        Actor.for_user(draft.student.user),
    )

    assert StudentRequest.objects.get().answers["employer_name"] == "Labs" + "x" * 10_000
    assert "employer_name" in form.errors


def test_check_in_starts_with_what_the_record_holds(office):
    record = factories.make_newcomer(passport_number="P1", us_phone="6175550100")

    draft = factories.make_draft(record, "check_in", fill=False)

    assert draft.answers == {
        "kind": "arrival",
        "visa_class": "F-1",
        "passport_number": "P1",
        "passport_country": "Nigeria",
        "passport_expiry": record.passport_expiry.isoformat(),
        "us_phone": "6175550100",
        "email": "new@school.example",
    }
    assert draft.deadline.isoformat() == "2026-10-30"


def test_a_second_start_leads_to_the_open_draft(office):
    record = factories.make_student()
    actor = Actor.for_user(record.user)

    first = drafting.start(record, "reprint", actor, start_key="one")
    second = drafting.start(record, "reprint", actor, start_key="two")

    assert first == second
    assert StudentRequest.objects.count() == 1


def test_two_employers_are_two_requests_and_the_same_one_is_not(office):
    record = factories.make_student()
    factories.make_request(record, "cpt", "submitted")
    other = factories.make_draft(record, "cpt", employer_name="Quay Analytics")
    assert factories.send(other).state == "approver_review"

    again = factories.make_draft(record, "cpt", employer_name="  harbor LABS ")
    with pytest.raises(Incomplete) as refusal:
        factories.send(again)

    open_one = StudentRequest.objects.get(state="submitted")
    assert [each.sentence for each in refusal.value.problems] == [
        f"You already have an open request for this: {open_one.reference}. Go on with it."
    ]
    assert StudentRequest.objects.get(pk=again.pk).answers["employer_name"] == "  harbor LABS "


def test_what_is_missing_is_listed_in_the_order_of_the_pages(office):
    draft = factories.make_draft(factories.make_student(), "reprint", fill=False)
    drafting.save_page(
        draft,
        draft.type.page("reason"),
        posted(reason="lost", for_whom="self"),
        Actor.for_user(draft.student.user),
    )
    draft = StudentRequest.objects.get()

    assert [(each.page, each.name) for each in problems_of(draft)] == [("details", "circumstances")]
    with pytest.raises(Incomplete):
        factories.send(draft)


def test_attestations_must_all_be_ticked(office):
    draft = factories.make_draft(factories.make_student(), "cpt")

    with pytest.raises(Incomplete) as refusal:
        perform(
            draft,
            "send_to_approver",
            Actor.for_user(draft.student.user),
            attestations=["0", "0", "1"],
        )

    assert refusal.value.messages == ["Confirm each sentence before you send the request."]


def test_a_type_whose_policy_is_closed_tells_the_policy_s_words(office):
    record = factories.make_student()
    draft = factories.make_draft(record)
    RequestPolicy.objects.create(
        type_key="reprint",
        is_open=False,
        closed_text="Closed until Monday while SEVIS is down.",
        target_days=3,
        citation="Office",
        review_by="2027-01-01",
    )

    offer = next(each for each in offers_for(record) if each.type.key == "reprint")

    assert offer.verdict.reason == "Closed until Monday while SEVIS is down."
    with pytest.raises(Incomplete) as refusal:
        factories.send(draft)
    assert refusal.value.messages == ["Closed until Monday while SEVIS is down."]


def test_a_type_without_a_published_guide_is_closed(office):
    record = factories.make_student()
    RequestGuidePage.objects.get(type_key="reprint").unpublish()

    with pytest.raises(drafting.NotOffered) as refusal:
        drafting.start(record, "reprint", Actor.for_user(record.user), start_key="x")

    assert refusal.value.verdict.reason == "The office has closed this request for now."


def test_nobody_else_writes_in_a_draft(office):
    draft = factories.make_draft(factories.make_student())
    neighbor = factories.make_student("n@school.example", family_name="Ngo")
    page, slot = draft.type.page("reason"), draft.type.slots[0]

    for actor in (Actor.for_user(neighbor.user), Actor.for_user(factories.make_staff())):
        with pytest.raises(NotAllowed):
            drafting.save_page(draft, page, posted(reason="lost"), actor)
        with pytest.raises(NotAllowed):
            drafting.attach(draft, slot, factories.pdf_file(), actor)
        with pytest.raises(NotAllowed):
            drafting.remove(draft, draft.documents.first().pk, actor)
    assert StudentRequest.objects.get().answers == draft.answers
    assert Document.objects.filter(removed_at__isnull=False).count() == 0


def test_a_sent_request_is_locked(office):
    made = factories.make_request()
    actor = Actor.for_user(made.student.user)

    with pytest.raises(NotPossible) as refusal:
        drafting.save_page(made, made.type.page("reason"), posted(reason="lost"), actor)

    assert str(refusal.value) == (
        "This request is locked because it has been sent. Write a message to change it."
    )


def test_a_slot_takes_five_files_and_says_so(office):
    draft = factories.make_draft(factories.make_student())
    actor, slot = Actor.for_user(draft.student.user), draft.type.slots[0]
    for number in range(4):
        drafting.attach(draft, slot, factories.pdf_file(f"{number}.pdf"), actor)

    with pytest.raises(ValidationError) as refusal:
        drafting.attach(draft, slot, factories.pdf_file("six.pdf"), actor)

    assert refusal.value.messages == [
        "“Passport, page with your photo” has 5 files already. Remove one first."
    ]


def test_completing_check_in_writes_the_record(office):
    record = factories.make_newcomer()
    factories.make_staff()
    made = factories.make_request(record, "check_in", "completed")

    record.refresh_from_db()

    assert made.state == "completed"
    assert (record.stage, record.sevis_status, record.check_in_completed_on.isoformat()) == (
        "continuing",
        "active",
        "2026-10-05",
    )
    assert (record.us_address_line1, record.i94_number, record.passport_number) == (
        "5 Elm Street, Apt 3",
        "123456789A1",
        "P7654321",
    )
    changed = record.changes.get(field="passport_number")
    assert (changed.old, changed.new, changed.source) == (
        "P1234567",
        "P7654321",
        f"Office Check-In {made.reference}",
    )


def test_completing_a_travel_reprint_renews_the_signature_and_another_reason_does_not(office):
    record = factories.make_student()
    factories.make_request(record, "reprint", "completed", reason="lost", circumstances="On a bus.")
    record.refresh_from_db()
    assert record.travel_signature_on is None

    factories.make_request(record, "reprint", "completed")

    record.refresh_from_db()
    assert record.travel_signature_on.isoformat() == "2026-10-05"


def test_a_start_key_of_somebody_else_or_none_at_all_starts_an_own_draft(office):
    record = factories.make_student()
    neighbor = factories.make_student("n@school.example", family_name="Ngo")
    theirs = drafting.start(neighbor, "reprint", Actor.for_user(neighbor.user), start_key="same")

    mine = drafting.start(record, "reprint", Actor.for_user(record.user), start_key="same")
    keyless = drafting.start(record, "cpt", Actor.for_user(record.user), start_key="")

    assert (theirs.student, mine.student, keyless.student) == (neighbor, record, record)
    assert StudentRequest.objects.count() == 3
