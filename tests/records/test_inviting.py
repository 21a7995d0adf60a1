"""Inviting people of the record, and the deposit that makes an import invite them."""

from datetime import date

import pytest
from allauth.account.models import EmailAddress

from isso.requests.notices.models import Notice
from isso.requests.people.invitations import accept, revoke
from isso.requests.people.models import Invitation, User
from isso.requests.records.inviting import Access, CannotInvite, invite_person, prospects_of
from isso.requests.records.models import ScholarDetails, StudentRecord
from isso.tests.factories import make_staff, make_user
from isso.tests.records.files_to_import import import_lines, neighbor, record, report, run_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

HEADER = "family_name,given_name,birth_date,sevis_id,stage,email,deposit_paid_on"
OKOYE = "Okoye,Amara,2001-03-14,N0000000001,pre_arrival,Amara+ISSO@School.example,2026-09-30"


def person(**changes):
    return record(**{"email": "amara@school.example", "stage": "continuing"} | changes)


def sent():
    """Return every mail as (key, recipient)."""
    return list(Notice.objects.order_by("created_at").values_list("key", "recipient"))


# One person.


def test_inviting_makes_the_account_and_binds_the_record():
    amara, advisor = person(email="Amara@School.example", preferred_name="Ami"), make_staff()

    invitation, is_sent = invite_person(amara, by=advisor)

    user = User.objects.get(email="amara@school.example")
    amara.refresh_from_db()
    assert (amara.user, invitation.user, invitation.created_by, is_sent) == (
        user,
        user,
        advisor,
        True,
    )
    assert (user.full_name, user.preferred_name, user.has_usable_password()) == (
        "Amara Okoye",
        "Ami",
        False,
    )
    assert user.roles == {"student"}
    assert sent() == [("welcome_invitation", "amara@school.example")]


def test_inviting_twice_sends_one_mail():
    amara = person()
    first, _sent = invite_person(amara)

    assert invite_person(amara) == (first, False)
    assert (User.objects.count(), Notice.objects.count()) == (1, 1)


@pytest.mark.parametrize(
    ("facts", "scholar", "purpose", "role", "key"),
    [
        ({}, False, "student", "student", "welcome_invitation"),
        ({"stage": "pre_arrival"}, False, "student", "student", "welcome_invitation"),
        (
            {"stage": "pre_arrival", "deposit_paid_on": date(2026, 9, 30)},
            False,
            "admitted",
            "student",
            "welcome_invitation",
        ),
        ({"stage": "pre_arrival"}, True, "scholar", "scholar", "scholar_invite"),
    ],
)
def test_each_is_invited_as_what_the_record_says(facts, scholar, purpose, role, key):
    amara = person(**facts)
    if scholar:
        ScholarDetails.objects.create(record=amara)

    invitation, _sent = invite_person(amara)

    assert (invitation.purpose, invitation.user.roles) == (purpose, {role})
    assert sent() == [(key, "amara@school.example")]


def other_account():
    make_user("AMARA@school.example".lower(), "Somebody Else")


def other_record():
    neighbor(email="Amara@School.Example")


def verified_by_another():
    EmailAddress.objects.create(
        user=make_user("nils@school.example"), email="amara@school.example", verified=True
    )


@pytest.mark.parametrize(
    ("facts", "around", "sentence"),
    [
        ({"email": ""}, None, "There is no e-mail address. Enter one, then invite again."),
        (
            {"email": "am\N{CYRILLIC SMALL LETTER A}ra@school.example"},
            None,
            "“\N{CYRILLIC SMALL LETTER A}” in am\N{CYRILLIC SMALL LETTER A}ra@school.example is not"
            " a plain Latin letter (cyrillic small letter a). "
            "Type the address again on a Latin keyboard.",
        ),
        (
            {},
            other_account,
            "amara@school.example is the address of another account. Ask the person for another "
            "address, or for which of the two it is, and correct the record.",
        ),
        (
            {},
            verified_by_another,
            "amara@school.example is the address of another account. Ask the person for another "
            "address, or for which of the two it is, and correct the record.",
        ),
        (
            {},
            other_record,
            "Another record has the address amara@school.example, too. Correct the one it does "
            "not belong to.",
        ),
        (
            {"stage": "archived"},
            None,
            "The record is archived. Change its stage first, if the person is back.",
        ),
    ],
)
def test_who_cannot_be_invited_is_refused_with_what_to_do(facts, around, sentence):
    amara = person(**facts)
    if around:
        around()
    accounts = User.objects.count()

    with pytest.raises(CannotInvite) as refused:
        invite_person(amara)

    amara.refresh_from_db()
    assert str(refused.value) == sentence
    assert (amara.user, User.objects.count(), sent()) == (None, accounts, [])


def test_a_changed_address_is_for_the_office_to_confirm():
    amara = person()
    invitation, _sent = invite_person(amara)
    revoke(invitation)
    StudentRecord.objects.filter(pk=amara.pk).update(email="okoye@school.example")

    with pytest.raises(CannotInvite, match="but the person signs in with amara"):
        invite_person(amara)


def test_how_far_everybody_is(monday):
    people = {
        name: neighbor(
            sevis_id=f"N00000001{number:02d}",
            institution_id=f"U1{number}",
            email=f"{name}@school.example",
        )
        for number, name in enumerate(("new", "asked", "late", "back", "in", "shut"))
    }
    for name in ("late", "asked", "back", "in", "shut"):
        invite_person(people[name])
    Invitation.objects.filter(email="late@school.example").update(
        created_at="2026-01-01T00:00Z", expires_at="2026-02-01T00:00Z"
    )
    revoke(Invitation.objects.get(email="back@school.example"))
    accept(Invitation.objects.get(email="in@school.example"))
    User.objects.filter(email="shut@school.example").update(is_active=False)
    records = StudentRecord.objects.select_related("user").order_by("pk")

    assert [each.access for each in prospects_of(records)] == [
        Access.NOT_INVITED,
        Access.INVITED,
        Access.EXPIRED,
        Access.REVOKED,
        Access.SIGNS_IN,
        Access.CLOSED,
    ]


@pytest.mark.parametrize("count", [1, 30])
def test_looking_at_many_takes_the_queries_of_one(count, django_assert_num_queries):
    for number in range(count):
        neighbor(
            sevis_id=f"N{number:010d}", institution_id=f"U{number}", email=f"p{number}@a.example"
        )
    invite_person(StudentRecord.objects.first())
    records = StudentRecord.objects.select_related("user")

    with django_assert_num_queries(4):
        assert len(prospects_of(records)) == count


# The deposit.


def test_the_deposit_of_somebody_new_invites():
    run = import_lines(OKOYE, header=HEADER)

    assert report(run) == [(2, "new", ("", "Invited to the portal."))]
    amara = StudentRecord.objects.get()
    assert amara.deposit_paid_on == date(2026, 9, 30)
    assert amara.user.email == "amara+isso@school.example"
    assert sent() == [("welcome_invitation", "amara+isso@school.example")]
    assert Invitation.objects.get().purpose == "admitted"


def test_the_deposit_of_somebody_known_invites():
    record(stage="pre_arrival", email="amara@school.example")

    run = import_lines(
        "Okoye,Amara,2001-03-14,N0000000001,,,2026-09-30",
        header=HEADER,
    )

    [row] = run.rows.all()
    assert (row.outcome, row.reason) == ("changed", "Invited to the portal.")
    assert sent() == [("welcome_invitation", "amara@school.example")]


@pytest.mark.parametrize(
    "again",
    [
        OKOYE,
        OKOYE.replace("2026-09-30", "2026-10-01"),
        OKOYE.replace("2026-09-30", "(clear)"),
        OKOYE.replace("Amara+ISSO@", "okoye@"),
    ],
)
def test_a_second_import_invites_nobody_again(again):
    import_lines(OKOYE, header=HEADER)
    import_lines(again, header=HEADER)
    import_lines(OKOYE, header=HEADER)

    assert (len(sent()), Invitation.objects.count(), User.objects.count()) == (1, 1, 1)


def test_who_was_taken_back_is_not_invited_by_the_next_import():
    import_lines(OKOYE, header=HEADER)
    revoke(Invitation.objects.get())
    import_lines(OKOYE.replace("2026-09-30", "2026-10-01"), header=HEADER)

    assert len(sent()) == 1


@pytest.mark.parametrize(
    "line",
    [
        OKOYE.replace("pre_arrival", "continuing"),
        OKOYE.replace("2026-09-30", ""),
        # Nothing of the row can be imported.
        OKOYE.replace("2026-09-30", "30.09.2026"),
    ],
)
def test_without_a_deposit_before_arrival_nobody_is_invited(line):
    import_lines(line, header=HEADER)

    assert sent() == []


def test_an_address_that_cannot_be_invited_is_told_and_mended_by_a_later_row():
    first = import_lines(OKOYE.replace("Amara+ISSO@School.example", ""), header=HEADER)
    second = import_lines(OKOYE, header=HEADER)

    assert report(first) == [
        (
            2,
            "new",
            (
                "email",
                "Not invited. There is no e-mail address. Enter one, then invite again.",
            ),
        )
    ]
    [row] = second.rows.all()
    assert (row.outcome, row.reason) == ("changed", "Invited to the portal.")
    assert sent() == [("welcome_invitation", "amara+isso@school.example")]


def test_two_rows_with_one_address_invite_nobody_and_say_so():
    run = import_lines(
        OKOYE, OKOYE.replace("Okoye,Amara", "Ito,Hana").replace("001,", "002,"), header=HEADER
    )

    assert [(row.outcome, row.column, row.reason.split(".")[0]) for row in run.rows.all()] == [
        ("new", "email", "Not invited"),
        ("new", "email", "Not invited"),
    ]
    assert sent() == []


def test_comparing_says_who_would_be_invited_and_invites_nobody():
    run = run_with("\n".join((HEADER, OKOYE)), stage="to_check")

    assert report(run) == [(2, "new", ("", "Would be invited to the portal."))]
    assert (sent(), User.objects.count()) == ([], 0)
