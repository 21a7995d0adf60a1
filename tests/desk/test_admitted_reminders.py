"""Reminding admitted students from the list: what is announced is what is done, and not twice."""

from datetime import timedelta

import pytest

from isso.requests.actor import Actor
from isso.requests.cohort_reminders import offers_to, send
from isso.requests.cohorts import members_of
from isso.requests.desk import admitted_reminders
from isso.requests.models import StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.invitations import accept, revoke
from isso.requests.people.models import Invitation, User
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.records.inviting import CannotInvite, invite_person
from isso.requests.records.models import AccessLog, StudentRecord
from isso.tests import factories

REMIND = "/admin/desk/admitted/remind/"
INVITED = ("asked", "late", "back", "inside")


def admitted(name, **facts):
    """Put an admitted person on record who has paid and has no account yet."""
    record = factories.make_admitted(
        f"{name}@school.example",
        family_name=name.title(),
        given_name="Ada",
        institution_id=name,
        **facts,
    )
    user = record.user
    StudentRecord.objects.filter(pk=record.pk).update(user=None)
    user.emailaddress_set.all().delete()
    user.delete()
    return StudentRecord.objects.get(pk=record.pk)


@pytest.fixture
def cohort(staff, monday):
    """One person of each kind; the mails of their invitations are four weeks old."""
    people = {name: admitted(name) for name in ("new", *INVITED)}
    people["poor"] = admitted("poor", deposit_paid_on=None)
    people["nomail"] = admitted("nomail")
    StudentRecord.objects.filter(pk=people["nomail"].pk).update(email="")
    for name in INVITED:
        invite_person(people[name])
    Invitation.objects.filter(email="late@school.example").update(
        created_at="2026-01-01T00:00Z", expires_at="2026-02-01T00:00Z"
    )
    revoke(Invitation.objects.get(email="back@school.example"))
    accept(Invitation.objects.get(email="inside@school.example"))
    for name, state in (("draft", "draft"), ("open", "clarification"), ("sent", "submitted")):
        people[name] = factories.make_admitted(f"{name}@school.example", family_name=name.title())
        User.objects.filter(email=f"{name}@school.example").update(last_login=factories.MONDAY)
        factories.make_request(people[name], "initial_i20", state)
    Notice.objects.all().delete()
    return people


def announced(answer):
    """Return family name → which mail, or why none."""
    return {
        each.record.family_name: each.why_not or each.kind.value
        for each in answer.context["page_obj"]
    }


def press(client, query=""):
    mark = client.get(f"{REMIND}?{query}").context["mark"]
    return client.post(f"{REMIND}?{query}", {"mark": mark})


def sent():
    return sorted(Notice.objects.values_list("key", "recipient"))


ANNOUNCED = {
    "Asked": "again",
    "Back": "The invitation was taken back. Invite the person on the student’s page.",
    "Draft": "reminder",
    "Inside": "reminder",
    "Late": "again",
    "New": "invitation",
    "Nomail": "There is no e-mail address. Enter one, then invite again.",
    "Open": "reminder",
    "Poor": "No deposit is noted. With it, the next import invites.",
    "Sent": "The form is complete. The office has it.",
}
MAILED = [
    ("admitted_reminder", "draft@school.example"),
    ("admitted_reminder", "inside@school.example"),
    ("admitted_reminder", "open@school.example"),
    ("welcome_invitation", "asked@school.example"),
    ("welcome_invitation", "late@school.example"),
    ("welcome_invitation", "new@school.example"),
]


def test_the_list_says_of_everybody_which_mail_and_why_none(cohort, advisor):
    answer = advisor.get(REMIND)

    assert (announced(answer), answer.context["count"], sent()) == (ANNOUNCED, 6, [])
    assert [mail.subject for mail in answer.context["samples"]] == [
        "Action required: Please complete your form before you come",
        "Action required: Please begin your form before you come",
        "Action required: Please answer our question about your form",
    ]


def test_what_was_announced_is_done_and_said_person_by_person(cohort, advisor):
    answer = press(advisor)

    assert sent() == MAILED
    done = {each.record.family_name: (ok, text) for each, ok, text in answer.context["done"]}
    assert done == {
        "Asked": (True, "Invited again: asked@school.example"),
        "Draft": (True, "Reminded: draft@school.example"),
        "Inside": (True, "Reminded: inside@school.example"),
        "Late": (True, "Invited again: late@school.example"),
        "New": (True, "Invited: new@school.example"),
        "Open": (True, "Reminded: open@school.example"),
    }


def test_each_reminder_leads_to_the_own_form(cohort, advisor):
    press(advisor)
    reference = StudentRequest.objects.get(student=cohort["open"]).reference
    links = dict(Notice.objects.values_list("recipient", "links"))

    assert links["open@school.example"] == {"link": ["request", reference]}
    assert links["inside@school.example"] == {"link": ["portal"]}
    assert Notice.objects.get(recipient="open@school.example").about == reference


def test_nobody_is_mailed_twice_within_three_business_days(cohort, staff, sign_in, monday):
    """A session ends overnight: somebody signs in anew each day."""
    press(sign_in(staff[Role.ADVISOR]))
    for days in (0, 1, 2):
        monday.move_to(factories.MONDAY + timedelta(days=days))
        client = sign_in(staff[Role.ADVISOR])
        assert announced(client.get(f"{REMIND}?progress=started")) == {
            "Draft": "A mail left on October 5, 2026. Once in three business days is enough."
        }
        assert press(client, "progress=started").status_code == 422
    assert sent() == MAILED

    monday.move_to(factories.MONDAY + timedelta(days=3))
    press(sign_in(staff[Role.ADVISOR]), "progress=started")
    assert sent() == sorted([*MAILED, ("admitted_reminder", "draft@school.example")])


def test_only_the_people_of_the_filter_are_mailed(cohort, advisor):
    press(advisor, "progress=waiting")

    assert sent() == [("admitted_reminder", "open@school.example")]


def test_a_list_that_has_changed_is_looked_at_again(cohort, advisor):
    mark = advisor.get(REMIND).context["mark"]
    made = StudentRequest.objects.get(student=cohort["open"])
    perform(made, "withdraw", Actor.for_user(made.student.user))
    Notice.objects.all().delete()

    assert (advisor.post(REMIND, {"mark": mark}).status_code, sent()) == (409, [])


def test_one_press_mails_so_many_and_the_next_the_others(cohort, advisor, monkeypatch):
    monkeypatch.setattr(admitted_reminders, "MOST_AT_ONCE", 4)
    answer = advisor.get(REMIND)
    assert (answer.context["count"], answer.context["waiting"]) == (4, 2)

    press(advisor)
    assert len(sent()) == 4
    press(advisor)
    assert sent() == MAILED


def test_who_accepted_meanwhile_gets_no_invitation(cohort, staff):
    record, by = cohort["asked"], staff[Role.ADVISOR]
    records = StudentRecord.objects.select_related("user").in_bulk([record.pk])
    [offer] = offers_to(members_of(StudentRecord.objects.filter(pk=record.pk)), records)
    accept(Invitation.objects.get(email="asked@school.example"))

    with pytest.raises(CannotInvite, match="accepted or taken back meanwhile"):
        send(offer, by)
    assert sent() == []


def test_two_who_press_at_the_same_time_write_one_mail(cohort, staff):
    record, by = cohort["open"], staff[Role.ADVISOR]
    records = StudentRecord.objects.select_related("user").in_bulk([record.pk])
    [offer] = offers_to(members_of(StudentRecord.objects.filter(pk=record.pk)), records)

    assert [send(offer, by), send(offer, by)] == ["Reminded: open@school.example"] * 2
    assert sent() == [("admitted_reminder", "open@school.example")]


def test_who_mailed_whom_is_noted(cohort, staff, advisor):
    AccessLog.objects.all().delete()
    press(advisor, "progress=waiting")

    noted = AccessLog.objects.order_by("pk").values_list("user", "what", "record", "details")
    who = staff[Role.ADVISOR].pk
    assert list(noted) == [
        (who, "admitted students to remind", cohort["open"].pk, ""),
        (who, "admitted students reminded", None, "1 people"),
        (who, "admitted students reminded", cohort["open"].pk, ""),
    ]


@pytest.mark.parametrize("who", ["editor", "stranger"])
def test_nobody_else_reminds(cohort, editor, sign_in, who):
    client = editor if who == "editor" else sign_in()

    answers = [client.get(REMIND), client.post(REMIND, {"mark": ""})]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert sent() == []


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    staff, advisor, many, django_assert_num_queries
):
    for number in range(many):
        invite_person(admitted(f"p{number}"))
    advisor.get("/admin/students/")

    with django_assert_num_queries(26):
        assert len(advisor.get(REMIND).context["page_obj"]) == many
