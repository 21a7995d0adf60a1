"""The sponsorship of a scholar through all offices: what each reads, and what is in the record."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.checklist import checklist
from isso.requests.models import StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.models import Invitation
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.proposals import propose
from isso.requests.records.models import ExchangeStay
from isso.requests.records.reading import facts_for
from isso.requests.views.changes import changes_in_words, own_changes
from isso.tests import factories

from .conftest import again, agree

VETTED = {
    "screening": "clear",
    "screened_on": "2026-10-05",
    "export_control": "conditions",
    "conditions": "No access to room 12.",
    "valid_until": "2027-10-05",
}
HIRED = {"is_in_order": "yes", "hr_hired_as": "courtesy", "hr_reference": "CH-2027-118"}
STAY = {
    "stay_count": "1",
    "stay_1_visa": "J-1",
    "stay_1_category": "09",
    "stay_1_sponsor": "Lakeside University",
    "stay_1_sevis_id": "",
    "stay_1_start": "2020-01-06",
    "stay_1_end": "2020-05-29",
}


@pytest.fixture
def draft(monday, people):
    """A complete draft of Biology about Camille Moreau."""
    actor = Actor.for_student(again(people.grace))
    made = propose(
        "scholar_ds2019",
        actor,
        department="Biology",
        start_key="a",
        person={
            "family_name": "Moreau",
            "given_name": "Camille",
            "email": "camille.moreau@visitor.example",
        },
    )
    answers = factories.answers_for("scholar_ds2019", made.student) | STAY
    for page in made.type.pages:
        if page.form:
            made, form = drafting.save_page(made, page, answers, actor)
            assert form.errors == {}, page.slug
        for slot in page.slots:
            if slot.required and slot.is_asked(answers):
                drafting.attach(made, slot, factories.pdf_file(f"{slot.name}.pdf"), actor)
    return StudentRequest.objects.get(pk=made.pk)


def sent(made, user):
    """Send a draft as somebody of its department, with every sentence confirmed."""
    return perform(
        made,
        "send_to_approver",
        Actor.for_student(again(user)),
        attestations=factories.everything_attested(made),
    )


def approved(draft, people, **hired):
    """Let both offices agree and the advisor approve."""
    made = sent(draft, people.grace)
    agree(made, **VETTED)
    agree(made, **HIRED | hired)
    made.refresh_from_db()
    advisor = Actor.for_user(people.advisor)
    made = perform(made, "start_review", advisor)
    return perform(made, "approve", advisor, note="The conditions are passed on.")


def test_nothing_is_known_before_approval_and_everything_after_it(draft, people):
    before = facts_for(draft.student)
    assert (before.stage, before.exchange_category, before.appointment) == ("proposed", "", None)

    made = approved(draft, people)

    record = made.student
    record.refresh_from_db()
    facts = facts_for(record)
    assert (made.state, facts.stage, facts.sevis_status) == ("approved", "pre_arrival", "draft")
    assert (facts.visa_class, facts.exchange_category) == ("J-1", "08")
    assert (facts.program_start, facts.program_end) == (date(2027, 3, 4), date(2028, 3, 1))
    assert facts.appointment.host_name == "Ruth Adler"
    assert [(site.name, site.is_primary) for site in facts.sites] == [
        ("Biology, Harris Hall", True)
    ]
    assert facts.funding.total == 36_000
    assert [(each.category, each.end) for each in facts.exchange_stays] == [
        ("09", date(2020, 5, 29))
    ]
    details = record.scholar
    assert (details.compliance_result, details.vetted_until, details.compliance_conditions) == (
        "No match",
        date(2027, 10, 5),
        "No access to room 12.",
    )
    assert (details.hr_reference, details.is_employee) == ("CH-2027-118", False)
    assert Role.SCHOLAR in again(record.user).roles
    assert Invitation.objects.get().user.email == "camille.moreau@visitor.example"
    (own,) = made.followers.all()
    assert (own.type_key, own.state, own.department) == ("scholar_profile", "draft", "")


def test_the_scholar_reads_what_changed_and_not_who_asked_or_what_offices_answered(draft, people):
    record = approved(draft, people).student
    told = changes_in_words(record, list(own_changes(record)))

    assert {each.label for each in told} >= {"Program start", "Stage"}
    assert {each.reference for each in told} == {""}
    words = " ".join(f"{each.label} {each.old} {each.new}" for each in told)
    assert "No match" not in words
    assert "room 12" not in words


def test_approving_again_writes_nothing_twice(draft, people):
    made = approved(draft, people)
    advisor = Actor.for_user(people.advisor)
    supervisor = Actor.for_user(factories.make_staff(Role.SUPERVISOR))
    made = perform(made, "reopen", supervisor, note="One more look.")
    made = perform(made, "approve", advisor, note="The conditions are passed on.")

    record = made.student
    assert (record.sites_of_activity.count(), record.funding.count()) == (1, 1)
    assert ExchangeStay.objects.filter(record=record).count() == 1
    assert (Invitation.objects.count(), made.followers.count()) == (1, 1)


@pytest.mark.parametrize(
    ("hired", "points"),
    [
        ({}, ["Conditions of Research Compliance"]),
        (
            {"hr_hired_as": "employee"},
            ["Conditions of Research Compliance", "Employee or not"],
        ),
    ],
)
def test_the_desk_reads_what_contradicts(draft, people, hired, points):
    made = sent(draft, people.grace)
    agree(made, **VETTED)
    agree(made, **HIRED | hired)
    made.refresh_from_db()

    assert [str(each.label) for each in checklist(made) if not each.is_met] == points


def test_a_refused_vetting_ends_it_and_leaves_the_record_as_it_was(draft, people):
    made = sent(draft, people.grace)
    made = perform(
        made,
        "refuse",
        Actor.for_approval(made.current_approval, people.compliance),
        note="The license was not granted.",
        decided_name="Office compliance",
        decided_title="Research Compliance",
    )

    facts = facts_for(made.student)
    assert (made.state, facts.stage, facts.appointment) == ("denied", "proposed", None)
    assert (Invitation.objects.count(), made.followers.count()) == (0, 0)


def test_an_address_of_somebody_else_stops_the_approval_and_writes_nothing(draft, people):
    factories.make_student("camille.moreau@visitor.example")

    with pytest.raises(ValidationError):
        approved(draft, people)

    draft.refresh_from_db()
    facts = facts_for(draft.student)
    assert (draft.state, facts.stage, facts.appointment) == ("in_review", "proposed", None)
    assert facts.exchange_stays == ()


def test_the_approval_shows_the_invitation_it_brings_along(draft, people, client):
    made = sent(draft, people.grace)
    agree(made, **VETTED)
    agree(made, **HIRED)
    made.refresh_from_db()
    perform(made, "start_review", Actor.for_user(people.advisor))
    client.force_login(people.advisor)
    before = set(Notice.objects.values_list("pk", flat=True))

    mails = client.get(f"/admin/desk/{made.pk}/do/approve/").context["mails"]
    nothing_left = Notice.objects.count() == len(before)
    perform(made, "approve", Actor.for_user(people.advisor), note="All is well.")

    left = Notice.objects.exclude(pk__in=before)
    subjects = sorted(each.redacted().subject for each in left)
    assert nothing_left
    assert sorted(each.subject for each in mails) == subjects
    assert {each.key for each in left} == {"approved", "scholar_invite"}
