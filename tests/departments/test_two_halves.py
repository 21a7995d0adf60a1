"""Both halves of a scholar's DS-2019: the department's, then the scholar's, then the arrival."""

from datetime import date

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.models import StudentRequest
from isso.requests.perform import perform
from isso.tests import factories

from .conftest import again
from .test_scholar_sponsorship import approved, draft

__all__ = ["draft"]


def filled(own):
    """Fill the scholar's half, as the scholar does; return it and the files that were asked."""
    actor, asked = Actor.for_student(again(own.student.user)), []
    answers = factories.answers_for(own.type_key, own.student)
    for page in own.type.pages:
        own, form = drafting.save_page(own, page, answers, actor)
        assert form.errors == {}, page.slug
        for slot in own.slots_asked(page):
            asked.append((slot.name, slot.required))
            if slot.required:
                drafting.attach(own, slot, factories.pdf_file(f"{slot.name}.pdf"), actor)
    return StudentRequest.objects.get(pk=own.pk), asked


def state_of(made):
    return StudentRequest.objects.get(pk=made.pk).state


def test_from_the_departments_word_to_the_arrival(draft, people, monday):
    slot = next(each for each in draft.type.slots if each.name == "english_proof")
    member = Actor.for_student(again(people.grace))
    drafting.attach(draft, slot, factories.pdf_file("english.pdf"), member)
    sponsorship = approved(draft, people)
    own = sponsorship.followers.get()

    assert own.answers["department_gave"] == ["english_proof"]
    own, asked = filled(own)
    assert asked == [
        ("passport", True),
        ("degree_proof", True),
        ("funds_proof", False),
        ("insurance_proof", True),
    ]
    # The department's page and files stay the department's, the scholar's the scholar's.
    scholar = again(own.student.user)
    assert set(StudentRequest.objects.own(scholar)) == {own}
    assert set(StudentRequest.objects.own(again(people.grace))) == {sponsorship}

    advisor = Actor.for_user(people.advisor)
    own = perform(
        own,
        "submit",
        Actor.for_student(scholar),
        attestations=factories.everything_attested(own),
    )
    own = perform(perform(own, "start_review", advisor), "approve", advisor)
    own = factories.record_in_sevis(own, advisor)
    factories.release(own, advisor, "DS-2019")
    assert (own.state, state_of(sponsorship)) == ("approved", "approved")
    own = perform(own, "complete", advisor)

    record = own.student
    record.refresh_from_db()
    assert (own.state, state_of(sponsorship)) == ("completed", "completed")
    assert (record.stage, record.sevis_status, record.sevis_id) == (
        *("pre_arrival", "initial"),
        f"N9{own.pk:09d}",
    )
    assert list(record.issued_forms.values_list("kind", "reason", "program_start")) == [
        ("DS-2019", "initial", date(2027, 3, 4))
    ]

    monday.move_to(factories.MONDAY.replace(year=2027, month=3, day=8), tick=False)
    check_in = factories.make_request(record, "check_in", "approved", advisor=people.advisor)
    check_in = factories.record_in_sevis(check_in, advisor)
    perform(check_in, "complete", advisor)

    record.refresh_from_db()
    assert (record.stage, record.sevis_status, record.check_in_completed_on) == (
        *("continuing", "active"),
        date(2027, 3, 8),
    )
    assert (record.credits, record.is_full_time) == (None, None)
