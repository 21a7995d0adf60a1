"""Many at once, with real threads on PostgreSQL: one wins, nothing is lost or doubled."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.autosaving import fingerprint, save_typing
from isso.requests.models import Approval, HistoryEntry, Snapshot, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.perform import NotPossible, perform
from isso.requests.records.models import (
    EmploymentAuthorization,
    IssuedForm,
    RecordChange,
)
from isso.tests import factories
from isso.tests.core.threads import at_once

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def open_office(monday):
    factories.make_office()


def test_of_eight_deciding_at_once_exactly_one_wins(open_office):
    made = factories.make_request(state="in_review")
    advisors = [
        Actor.for_user(factories.make_staff(email=f"a{number}@staff.example"))
        for number in range(8)
    ]
    before = Notice.objects.count()

    def decide(number):
        action = "approve" if number % 2 else "deny"
        try:
            return perform(made, action, advisors[number], note="Decided.").state
        except NotPossible:
            return "lost"

    outcomes = at_once(8, decide)

    won = [each for each in outcomes if each != "lost"]
    assert len(won) == 1
    assert StudentRequest.objects.get().state == won[0]
    assert HistoryEntry.objects.filter(action__in=["approve", "deny"]).count() == 1
    assert Notice.objects.count() == before + 1


def test_eight_presses_of_submit_make_one_submission(open_office):
    draft = factories.make_draft(factories.make_student())

    def press(_number):
        try:
            return factories.send(draft).state
        except (NotPossible, ValidationError):
            return "lost"

    outcomes = at_once(8, press)

    assert sorted(outcomes) == ["lost"] * 7 + ["submitted"]
    assert Snapshot.objects.count() == 1
    assert Notice.objects.filter(key="request_submitted").count() == 1


def test_eight_starts_at_once_make_one_draft(open_office):
    record = factories.make_student()
    actor = Actor.for_user(record.user)

    references = at_once(
        8,
        lambda number: (
            drafting.start(record, "reprint", actor, start_key=f"key-{number}").reference
        ),
    )

    assert len(set(references)) == 1
    assert StudentRequest.objects.count() == 1


def test_eight_completions_at_once_write_the_record_once(open_office):
    made = factories.make_request(type_key="cpt", state="approved")
    made = factories.record_in_sevis(made, Actor.for_user(made.assignee or factories.make_staff()))
    advisor = Actor.for_user(factories.make_staff(email="second@staff.example"))
    factories.release(made, advisor)

    def complete(_number):
        try:
            return perform(made, "complete", advisor).state
        except NotPossible:
            return "lost"

    assert sorted(at_once(8, complete)) == ["completed"] + ["lost"] * 7
    assert EmploymentAuthorization.objects.filter(reference=made.reference).count() == 1
    assert IssuedForm.objects.filter(reference=made.reference).count() == 1
    assert RecordChange.objects.filter(field="employmentauthorization").count() == 1


TYPED = {
    "departure": "2026-11-20",
    "return_on": "2026-12-10",
    "countries": "Ghana",
    "visa_renewal": "no",
    "delivery": "pdf",
}


def test_saving_while_typing_and_sending_at_once_leave_what_was_sent(open_office):
    draft = factories.make_draft(factories.make_student())
    page, actor = draft.type.page("details"), Actor.for_user(draft.student.user)
    seen = fingerprint(draft, page)

    def act(number):
        try:
            if number % 4 == 0:
                factories.send(draft)
            else:
                typed = TYPED | {"countries": f"Ghana {number}"}
                save_typing(draft, page, typed, {}, actor, seen=seen)
        except NotPossible:
            return "late"
        return "done"

    at_once(8, act)

    sent, snapshot = StudentRequest.objects.get(), Snapshot.objects.get()
    assert sent.state == "submitted"
    assert sent.answers["countries"] == snapshot.answers["countries"]


def test_two_tabs_typing_on_two_pages_lose_no_word(open_office):
    draft = factories.make_draft(factories.make_student(), "cpt", fill=False)
    pages = [page for page in draft.type.pages if page.form][:3]
    actor = Actor.for_user(draft.student.user)
    names = [next(iter(page.form.base_fields)) for page in pages]

    at_once(
        len(pages),
        lambda number: save_typing(
            draft,
            pages[number],
            {names[number]: f"word {number}"},
            {},
            actor,
            seen=fingerprint(draft, pages[number]),
        ),
    )

    answers = StudentRequest.objects.get().answers
    assert [answers[name] for name in names] == [f"word {number}" for number in range(len(pages))]


def test_of_eight_tabs_that_began_alike_one_saves_and_the_others_hear_of_it(open_office):
    draft = factories.make_draft(factories.make_student())
    page, actor = draft.type.page("details"), Actor.for_user(draft.student.user)
    seen = fingerprint(draft, page)

    def type_in(number):
        typed = TYPED | {"countries": f"Ghana {number}"}
        try:
            save_typing(draft, page, typed, {}, actor, seen=seen)
        except NotPossible:
            return None
        return typed["countries"]

    (kept,) = [each for each in at_once(8, type_in) if each]
    assert StudentRequest.objects.get().answers["countries"] == kept


def test_eight_presses_of_remind_send_one_reminder(open_office, monday):
    made = factories.make_request(type_key="cpt", state="approver_review")
    monday.shift(timedelta(days=3))
    student = Actor.for_user(made.student.user)

    def press(_number):
        try:
            return perform(made, "remind", student).state
        except ValidationError:
            return "too early"

    assert sorted(at_once(8, press)) == ["approver_review"] + ["too early"] * 7
    assert Notice.objects.filter(key="approver_reminder").count() == 1
    assert Approval.objects.get().link_number == 2


def test_an_approver_named_eight_times_at_once_leaves_one_who_is_asked(open_office):
    made = factories.make_request(type_key="cpt", state="approver_review")
    student = Actor.for_user(made.student.user)

    at_once(
        8,
        lambda number: perform(
            made,
            "replace_approver",
            student,
            name="Dr. Hale",
            email=f"hale{number}@demo.example",
        ),
    )

    current = StudentRequest.objects.get().current_approval_id
    asked = Approval.objects.filter(outcome=Approval.Outcome.WAITING)
    assert list(asked.values_list("pk", flat=True)) == [current]
