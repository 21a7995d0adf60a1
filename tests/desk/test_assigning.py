"""Who hands a request to whom."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor
from isso.requests.assigning import assign
from isso.requests.models import HistoryEntry
from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.perform import NotAllowed, NotPossible
from isso.tests import factories


@pytest.fixture
def colleague(staff):
    """A second advisor."""
    return factories.make_staff(Role.ADVISOR, "second@staff.example")


def test_a_supervisor_assigns_anybody_who_is_told_by_mail(staff, colleague, supervisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    Notice.objects.all().delete()

    supervisor.post(
        f"/admin/desk/{made.pk}/assign/", {"advisor": colleague.pk, "note": "You know the case."}
    )

    made.refresh_from_db()
    assert made.assignee == colleague
    assert sorted(Notice.objects.values_list("key", "recipient")) == [
        ("assigned", colleague.email),
        ("reassigned", staff[Role.ADVISOR].email),
    ]
    entry = HistoryEntry.objects.filter(student_request=made).last()
    assert (entry.action, entry.note, entry.note_is_shown, entry.actor_user) == (
        "assign",
        "You know the case.",
        False,
        staff[Role.SUPERVISOR],
    )


def test_a_very_long_name_still_fits_into_the_history(staff, colleague):
    User.objects.filter(pk=colleague.pk).update(preferred_name="n" * 180)
    colleague.refresh_from_db()
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])

    assign(made, colleague, Actor.for_user(staff[Role.SUPERVISOR]), "Of the same department.")

    entry = HistoryEntry.objects.filter(student_request=made).last()
    assert entry.label == ("Assigned to " + "n" * 180)[:120]


def test_whoever_has_it_already_is_asked_for_a_reason(staff, colleague, supervisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    before = (made.history.count(), Notice.objects.count())
    url = f"/admin/desk/{made.pk}/assign/"

    answer = supervisor.post(url, {"advisor": colleague.pk, "note": "  "})

    made.refresh_from_db()
    assert answer.context["form"].errors == {
        "note": ["Office advisor has this request. Write why it changes hands."]
    }
    assert answer.context["form"]["advisor"].value() == str(colleague.pk)
    assert (made.history.count(), Notice.objects.count()) == before
    assert made.assignee == staff[Role.ADVISOR]


def test_what_nobody_has_needs_no_reason(staff, colleague):
    made = factories.make_request(None, "reprint")

    assign(made, colleague, Actor.for_user(staff[Role.SUPERVISOR]))

    made.refresh_from_db()
    assert (made.assignee, made.history.last().label) == (colleague, "Assigned to Office advisor")


def test_an_advisor_takes_a_request_oneself_without_a_mail(staff, advisor):
    made = factories.make_request(None, "reprint")
    Notice.objects.all().delete()
    url = f"/admin/desk/{made.pk}/assign/"

    offered = advisor.get(url).context["form"].fields["advisor"].queryset
    advisor.post(url, {"advisor": staff[Role.ADVISOR].pk, "note": ""})

    made.refresh_from_db()
    assert list(offered) == [staff[Role.ADVISOR]]
    assert (made.assignee, Notice.objects.count()) == (staff[Role.ADVISOR], 0)


def test_an_advisor_hands_nothing_to_others(staff, colleague, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])

    answer = advisor.post(f"/admin/desk/{made.pk}/assign/", {"advisor": colleague.pk, "note": ""})
    with pytest.raises(NotAllowed):
        assign(made, colleague, Actor.for_user(staff[Role.ADVISOR]))

    made.refresh_from_db()
    assert (answer.status_code, made.assignee) == (422, staff[Role.ADVISOR])


def test_only_the_office_is_offered_and_accepted(staff, supervisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    left = factories.make_staff(Role.ADVISOR, "left@staff.example")
    left.is_active = False
    left.save()
    actor = Actor.for_user(staff[Role.SUPERVISOR])

    offered = supervisor.get(f"/admin/desk/{made.pk}/assign/").context["form"]
    assert set(offered.fields["advisor"].queryset) == {staff[Role.ADVISOR], staff[Role.SUPERVISOR]}
    for nobody in (staff[Role.EDITOR], made.student.user, left):
        with pytest.raises(ValidationError):
            assign(made, nobody, actor)

    made.refresh_from_db()
    assert made.assignee == staff[Role.ADVISOR]


def test_a_closed_request_needs_nobody(staff):
    made = factories.make_request(None, "reprint", "denied", staff[Role.ADVISOR])

    with pytest.raises(NotPossible):
        assign(made, staff[Role.SUPERVISOR], Actor.for_user(staff[Role.SUPERVISOR]))


def test_assigning_the_same_person_again_changes_nothing(staff):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    before = (made.history.count(), Notice.objects.count())

    assign(made, staff[Role.ADVISOR], Actor.for_user(staff[Role.SUPERVISOR]))

    assert (made.history.count(), Notice.objects.count()) == before
