"""Inviting many at once: what the list announces is what the worker does."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from isso.requests.notices.models import Notice
from isso.requests.people.invitations import accept, revoke
from isso.requests.people.models import Invitation, User
from isso.requests.people.roles import Role
from isso.requests.records.inviting import invite_person
from isso.requests.records.inviting_many import Outcome, purge_invitation_runs, work_on_waiting
from isso.requests.records.models import InvitationRow, InvitationRun, StudentRecord
from isso.tests.records.files_to_import import neighbor

MANY = "/admin/desk/invitations/many/"


@pytest.fixture
def person(staff):
    """Return a function that puts somebody on record."""

    def _person(name, **facts):
        number = StudentRecord.objects.count()
        return neighbor(
            **{
                "family_name": name.title(),
                "sevis_id": f"N{number:010d}",
                "institution_id": f"U{number}",
                "email": f"{name}@school.example",
                "stage": "continuing",
                "visa_class": "F-1",
                "education_level": "05",
                "department": "Physics",
            }
            | facts
        )

    return _person


@pytest.fixture
def everybody(person, monday):
    """One person of each kind."""
    people = {name: person(name) for name in ("plain", "asked", "late", "back", "inside", "shut")}
    for name in ("asked", "late", "back", "inside", "shut"):
        invite_person(people[name])
    Invitation.objects.filter(email="late@school.example").update(
        created_at="2026-01-01T00:00Z", expires_at="2026-02-01T00:00Z"
    )
    revoke(Invitation.objects.get(email="back@school.example"))
    accept(Invitation.objects.get(email="inside@school.example"))
    User.objects.filter(email="shut@school.example").update(is_active=False)
    people["nomail"] = person("nomail", email="")
    people["twin"] = person("twin", email="twins@school.example")
    people["twin2"] = person("twin2", email="Twins@school.example")
    people["early"] = person("early", stage="pre_arrival")
    people["paid"] = person("paid", stage="pre_arrival", deposit_paid_on=date(2026, 9, 1))
    people["gone"] = person("gone", stage="archived")
    Notice.objects.all().delete()
    return people


def preview(client, query="?stage="):
    return client.get(MANY + query)


def announced(answer):
    """Return family name → why not, or nothing for whom the list invites."""
    return {
        prospect.record.family_name: reason
        for prospect, reason in answer.context["preview"].prospects
    }


def confirm(client, query="?stage="):
    mark = preview(client, query).context["preview"].mark
    return client.post(MANY + query, {"mark": mark})


def sent():
    return sorted(Notice.objects.values_list("recipient", flat=True))


TWINS = (
    "Another record has the address twins@school.example, too. Correct the one it does not "
    "belong to."
)
ANNOUNCED = {
    "Asked": "Invited on October 5, 2026, not accepted yet.",
    "Back": "The invitation was taken back. Invite the person on the student’s page.",
    "Early": "No deposit is noted. With it, the next import invites by itself.",
    "Inside": "Signs in already.",
    "Late": "The invitation has expired. Choose to invite again, or send it again.",
    "Nomail": "There is no e-mail address. Enter one, then invite again.",
    "Paid": "",
    "Plain": "",
    "Shut": "The account is closed. Somebody who looks after users can open it again.",
    "Twin": TWINS,
    "Twin2": TWINS,
}


def test_the_list_says_of_everybody_who_gets_one_and_why_not(everybody, advisor):
    assert announced(preview(advisor)) == ANNOUNCED
    assert (sent(), InvitationRun.objects.count()) == ([], 0)


def test_what_was_announced_is_done_row_by_row(everybody, advisor, staff):
    answer = confirm(advisor)
    assert sent() == []
    assert work_on_waiting() == 1

    run = InvitationRun.objects.get()
    assert answer.url == f"{MANY}{run.pk}/"
    assert run.by == staff[Role.ADVISOR]
    rows = {row.record.family_name: (row.outcome, row.reason) for row in run.rows.all()}
    assert rows == {
        name: (Outcome.REFUSED, reason)
        if reason
        else (Outcome.INVITED, f"{name.lower()}@school.example")
        for name, reason in ANNOUNCED.items()
    }
    assert sent() == ["paid@school.example", "plain@school.example"]
    assert {each.created_by for each in Invitation.objects.filter(email__startswith="p")} == {
        staff[Role.ADVISOR]
    }


def test_a_second_round_sends_no_second_mail(everybody, advisor):
    for _round in range(2):
        confirm(advisor)
        work_on_waiting()

    assert sent() == ["paid@school.example", "plain@school.example"]


def test_who_let_it_expire_can_be_invited_again(everybody, advisor):
    confirm(advisor, "?again=on")
    work_on_waiting()

    assert "late@school.example" in sent()


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("?stage=continuing", {"One", "Two", "Three"}),
        ("?stage=pre_arrival", set()),
        ("?stage=&visa_class=J-1", {"Two"}),
        ("?stage=&education_level=06", {"Three"}),
        ("?stage=&department=Law", {"Three"}),
        ("?stage=continuing&visa_class=F-1&education_level=05", {"One"}),
        ("?stage=nonsense&department=%00", {"One", "Two", "Three"}),
    ],
)
def test_the_list_is_chosen_by_filter(person, advisor, query, names):
    person("one")
    person("two", visa_class="J-1")
    person("three", education_level="06", department="Law")

    assert set(announced(preview(advisor, query))) == names


def test_a_list_that_has_changed_is_looked_at_again(person, advisor):
    person("one")
    mark = preview(advisor).context["preview"].mark
    person("two")

    answer = advisor.post(f"{MANY}?stage=", {"mark": mark})

    assert (answer.status_code, InvitationRun.objects.count()) == (409, 0)
    assert announced(answer) == {"One": "", "Two": ""}


def test_a_list_without_anybody_is_not_started(person, advisor):
    assert confirm(advisor).status_code == 422
    assert InvitationRun.objects.count() == 0


def test_what_changes_before_the_worker_comes_counts(person, advisor):
    person("one")
    two = person("two")
    confirm(advisor)
    StudentRecord.objects.filter(pk=two.pk).update(email="one@school.example")
    work_on_waiting()

    assert set(InvitationRow.objects.values_list("outcome", flat=True)) == {"refused"}
    assert sent() == []


def test_a_worker_that_died_leaves_the_rest_to_the_next(person, advisor, monday):
    for number in range(60):
        person(f"p{number}")
    confirm(advisor)
    run = InvitationRun.objects.get()
    done = list(run.rows.all()[:25])
    for row in done:
        invite_person(row.record)
        row.outcome = Outcome.INVITED
        row.save()
    InvitationRun.objects.update(claimed_until=now_plus(minutes=4))

    assert work_on_waiting() == 0
    monday.shift(timedelta(minutes=5))
    assert work_on_waiting() == 1
    assert set(run.rows.values_list("outcome", flat=True)) == {"invited"}
    assert (len(sent()), len(set(sent()))) == (60, 60)


def now_plus(**span):
    return timezone.now() + timedelta(**span)


@pytest.mark.parametrize("count", [1, 30])
def test_list_and_report_take_the_same_queries_for_one_and_for_thirty(
    person, advisor, count, django_assert_num_queries
):
    for number in range(count):
        person(f"p{number}")
    invite_person(StudentRecord.objects.first())
    person("last")
    with django_assert_num_queries(15):
        preview(advisor)
    report = confirm(advisor).url

    with django_assert_num_queries(14):
        assert len(advisor.get(report).context["page_obj"]) == count + 1


def test_the_report_tells_what_became_of_each(everybody, advisor):
    report = confirm(advisor).url
    waiting = advisor.get(report)
    work_on_waiting()
    done = advisor.get(f"{report}?outcome=invited")

    assert (waiting["Refresh"], waiting.context["done"], waiting.context["total"]) == ("3", 9, 11)
    assert "Refresh" not in done
    assert [row.record.family_name for row in done.context["page_obj"]] == ["Paid", "Plain"]


def test_old_reports_are_deleted_and_the_invitations_stay(person, advisor, monday):
    person("one")
    confirm(advisor)
    work_on_waiting()
    monday.shift(timedelta(days=31))

    assert purge_invitation_runs(now_plus(days=-30)) == 1
    assert (InvitationRow.objects.count(), Invitation.objects.count()) == (0, 1)


@pytest.mark.parametrize("who", ["editor", "stranger"])
def test_nobody_else_invites_many(person, editor, sign_in, who):
    person("one")
    client = editor if who == "editor" else sign_in()

    answers = (client.get(f"{MANY}?stage="), client.post(MANY, {"mark": ""}))
    assert [answer.status_code for answer in answers] == [302, 302]
    assert InvitationRun.objects.count() == 0
