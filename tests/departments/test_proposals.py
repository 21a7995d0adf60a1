"""Somebody whom only a department knows: kept apart, joined by an advisor alone, and forgotten."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from isso.requests.actor import Actor
from isso.requests.joining import join
from isso.requests.models import StudentRequest
from isso.requests.perform import NotAllowed, NotPossible, perform
from isso.requests.records.inviting import CannotInvite, invite_person, prospects_of
from isso.requests.records.models import RecordChange, StudentRecord
from isso.requests.records.sign_in_standing import record_of_address
from isso.requests.retention.kind import Cutoff
from isso.requests.retention.people import proposals_over
from isso.tests import factories
from isso.tests.departments.conftest import again, browser, in_review, proposal, sent


@pytest.fixture
def made(people):
    """A request of Biology about somebody new, with the office."""
    return in_review(sent(proposal(people.grace), people.grace), people.advisor)


@pytest.fixture
def known(people):
    """The same person, whom the office knows from an earlier stay."""
    return factories.make_student(
        "sana@lab.example",
        family_name="Malik",
        given_name="Sana",
        visa_class="J-1",
        stage="graduated",
        department="Physics",
    )


# What is wrong with the person typed → the field that says so.
REFUSED = {
    "no family name": ({"family_name": " "}, "family_name"),
    "digits": ({"given_name": "S4na"}, "given_name"),
    "a long name": ({"family_name": "x" * 81}, "family_name"),
    "no address": ({"email": "sana"}, "email"),
}


@pytest.mark.parametrize(("typed", "field"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_a_person_is_refused_and_nothing_is_made(people, typed, field):
    with pytest.raises(ValidationError) as refused:
        proposal(people.grace, **typed)
    assert list(refused.value.message_dict) == [field]
    assert not StudentRecord.objects.exists()
    assert not StudentRequest.objects.exists()


def test_it_is_kept_apart_from_everybody_on_record(people, known):
    made = proposal(people.grace)
    record = made.student
    assert record != known
    assert (record.stage, record.visa_class, record.department, record.email) == (
        "proposed",
        "none",
        "Biology",
        "sana@lab.example",
    )
    assert RecordChange.objects.get(record=record).by == people.grace

    assert list(StudentRecord.objects.known()) == [known]
    assert list(StudentRecord.objects.of_departments_of(again(people.grace))) == []
    page = browser(people.advisor).get(reverse("desk_students") + "?q=Malik")
    assert [each.pk for each in page.context["page_obj"]] == [known.pk]
    assert record_of_address("sana@lab.example", None).key == known.pk
    # An address that only a proposal has keeps nobody from the portal.
    assert [each.obstacle for each in prospects_of([known])] == [""]
    with pytest.raises(CannotInvite, match="A department has proposed this person"):
        invite_person(record, by=people.advisor)


def test_the_desk_joins_it_to_the_record_the_person_has(people, made, known):
    proposed = made.student
    client = browser(people.advisor)
    page = reverse("desk_join", args=[made.pk])
    assert page in client.get(reverse("desk_case", args=[made.pk])).content.decode()
    assert [each.pk for each in client.get(page).context["found"]] == [known.pk]
    assert client.post(page, {"record": known.pk}).status_code == 302

    made.refresh_from_db()
    proposed.refresh_from_db()
    assert made.student == known
    assert made.history.last().note == "Sana Malik"
    assert (proposed.family_name, proposed.email, proposed.anonymized_at is None) == (
        "(anonymized)",
        "",
        False,
    )
    assert client.get(page).status_code == 302
    assert page not in client.get(reverse("desk_case", args=[made.pk])).content.decode()


def test_after_joining_the_approval_is_about_the_known_person(people, made, known):
    made = join(made, known, Actor.for_user(people.advisor))
    perform(made, "approve", Actor.for_user(people.advisor))
    known.refresh_from_db()
    assert (known.exchange_category, known.stage) == ("08", "pre_arrival")
    assert made.followers.get().student == known


def test_two_that_do_not_come_together_cleanly_stay_apart(people, made, known):
    advisor = Actor.for_user(people.advisor)
    other = proposal(people.grace, start_key="b", family_name="Other")
    with pytest.raises(ValidationError, match="Choose somebody whom the office knows"):
        join(made, other.student, advisor)
    made.student.documents.create(
        title="Stray",
        original_name="a.pdf",
        content_type="application/pdf",
        extension="pdf",
        size=1,
    )
    with pytest.raises(ValidationError, match="More belongs to the proposal"):
        join(made, known, advisor)
    made.student.documents.all().delete()
    join(made, known, advisor)
    second = in_review(sent(other, people.grace), people.advisor)
    with pytest.raises(ValidationError, match="has an open request of this kind"):
        join(second, known, advisor)
    with pytest.raises(NotPossible):
        join(made, known, advisor)


def test_nobody_but_the_office_joins(people, made, known):
    for user in (people.grace, people.compliance, people.hr):
        with pytest.raises(NotAllowed):
            join(made, known, Actor.for_user(again(user)))
        assert browser(user).get(reverse("desk_join", args=[made.pk])).status_code != 200
    made.refresh_from_db()
    assert made.student != known


def test_a_proposal_of_which_nothing_came_is_forgotten(people, made, monday):
    advisor = Actor.for_user(people.advisor)
    perform(made, "deny", advisor, note="No funds.")
    day = timezone.localdate()
    assert list(proposals_over(Cutoff(day))) == []
    assert list(proposals_over(Cutoff(day + timedelta(days=1)))) == [made.student]
    open_one = proposal(people.grace, start_key="b", family_name="Other")
    assert open_one.student not in proposals_over(Cutoff(day + timedelta(days=400)))
