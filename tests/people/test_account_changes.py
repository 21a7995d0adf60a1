"""Accounts of staff: who may do what to whom, what follows, and that it is written down."""

from datetime import date

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError

from isso.requests.notices.models import Notice
from isso.requests.people.account_changes import (
    DOES,
    NEED_REASON,
    add_person,
    change_account,
    reason_against,
    roles_given_by,
)
from isso.requests.people.invitations import accept
from isso.requests.people.models import AccountAct, AccountChange, BrowserSession, RoleTerm, User
from isso.requests.people.roles import ADMINISTRATOR, Role, setup_roles
from isso.requests.people.staff import staff_visible_to
from isso.tests.factories import make_staff, make_student, make_user

pytestmark = pytest.mark.django_db

ACTORS = ("advisor", "supervisor", "administrator")
BELOW = {"advisor", "editor", "hr"}
HIGH = {"supervisor", "administrator"}


def make(who):
    """Make somebody by what he is."""
    if who == "administrator":
        number = User.objects.filter(is_superuser=True).count()
        return User.objects.create_superuser(f"root{number}@staff.example", full_name="Root")
    return make_staff(Role(who), email=f"{who}{User.objects.count()}@staff.example")


def changed(person):
    """Read a person anew."""
    return User.objects.get(pk=person.pk)


def lines(person):
    """What is written down about somebody, the newest first."""
    return list(person.account_changes.values_list("act", "role", "last_day", "by", "reason"))


@pytest.fixture
def admin(monday):
    """Who may do everything."""
    setup_roles()
    return make("administrator")


@pytest.fixture
def ada(admin):
    """An advisor with an authenticator app, signed in once."""
    ada = make_staff(Role.ADVISOR)
    TOTP.activate(ada, "JBSWY3DPEHPK3PXP")
    BrowserSession.objects.create(session_key="a" * 32, user=ada, expire_date="2026-10-06T00:00Z")
    return ada


# Actor × act × target.


def test_who_may_do_anything_to_whom(monday):
    """A supervisor looks after those below, an administrator after all, nobody after oneself."""
    actors = {who: make(who) for who in ACTORS}
    people = {who: make(who) for who in BELOW | HIGH} | {"oneself": None}

    may = {
        (actor, target)
        for actor, by in actors.items()
        for target, person in people.items()
        for act in (AccountAct.GIVE_ROLE, AccountAct.TAKE_ROLE, AccountAct.END_SESSIONS)
        if not reason_against(act, person or by, by=by)
    }

    assert may == {
        *(("supervisor", target) for target in BELOW),
        *(("administrator", target) for target in BELOW | HIGH),
    }


@pytest.mark.parametrize("act", DOES)
@pytest.mark.parametrize(
    ("actor", "target"),
    [("advisor", "editor"), ("supervisor", "supervisor"), ("supervisor", "administrator")],
)
def test_what_may_not_be_done_changes_nothing(monday, act, actor, target):
    by, person = make(actor), make(target)
    before = User.objects.filter(pk=person.pk).values().get()

    with pytest.raises(ValidationError):
        change_account(act, person, by=by, reason="Because")

    assert User.objects.filter(pk=person.pk).values().get() == before
    assert (lines(person), Notice.objects.count()) == ([], 0)


@pytest.mark.parametrize("act", DOES)
def test_nobody_changes_the_own_account(admin, act):
    """So the last administrator stays: whoever takes that away from others keeps it."""
    with pytest.raises(ValidationError) as refused:
        change_account(act, admin, by=admin, reason="Because", **_role_of(act))

    assert refused.value.messages == [
        "Nobody changes the own account here. Ask a colleague who may."
    ]


def _role_of(act):
    return {"role": ADMINISTRATOR} if act in ("give", "take") else {}


def test_two_administrators_who_close_each_other_leave_one(admin):
    """The second is read anew under the lock, and is nobody any more."""
    other = make("administrator")
    change_account(AccountAct.CLOSE, other, by=admin, reason="Leaves")

    with pytest.raises(ValidationError) as refused:
        change_account(AccountAct.CLOSE, admin, by=other, reason="Leaves")

    assert refused.value.messages == ["Only supervisors and administrators change accounts."]
    assert changed(admin).is_active


@pytest.mark.parametrize(
    ("who", "roles"),
    [
        ("advisor", []),
        ("supervisor", ["advisor", "editor", "compliance", "hr", "Editor: Visas"]),
        (
            "administrator",
            ["advisor", "editor", "compliance", "hr", "Editor: Visas", "supervisor", ADMINISTRATOR],
        ),
    ],
)
def test_which_roles_somebody_gives(monday, who, roles):
    Group.objects.create(name="Editor: Visas")

    assert roles_given_by(make(who)) == roles


@pytest.mark.parametrize("role", ["supervisor", ADMINISTRATOR, "student", "department", "nonsense"])
@pytest.mark.parametrize("act", [AccountAct.GIVE_ROLE, AccountAct.TAKE_ROLE])
def test_a_supervisor_makes_no_second_supervisor(ada, act, role):
    with pytest.raises(ValidationError) as refused:
        change_account(act, ada, by=make("supervisor"), reason="Because", role=role)

    assert refused.value.message_dict == {
        "role": ["You cannot give or take this role. Choose another one."]
    }
    assert changed(ada).roles == {"advisor"}


# What follows.


def test_a_role_is_given_until_a_day_and_taken(ada, admin):
    last_day = date(2026, 12, 18)
    change_account(
        AccountAct.GIVE_ROLE, ada, by=admin, reason="Web", role="editor", last_day=last_day
    )
    held = [changed(ada).roles]
    change_account(AccountAct.TAKE_ROLE, ada, by=admin, reason="Done", role="editor")
    held.append(changed(ada).roles)

    assert held == [{"advisor", "editor"}, {"advisor"}]
    assert lines(ada) == [
        ("take", "editor", None, admin.pk, "Done"),
        ("give", "editor", last_day, admin.pk, "Web"),
    ]
    assert RoleTerm.objects.get().end_reason == "Done"


def test_a_role_held_since_before_terms_is_taken_in_writing(ada, admin):
    change_account(AccountAct.TAKE_ROLE, ada, by=admin, reason="Leaves", role="advisor")

    assert changed(ada).roles == set()
    assert lines(ada) == [("take", "advisor", None, admin.pk, "Leaves")]


def test_an_administrator_is_made_and_unmade_by_another_and_has_no_last_day(ada, admin):
    with pytest.raises(ValidationError) as refused:
        change_account(
            AccountAct.GIVE_ROLE,
            ada,
            by=admin,
            reason="IT",
            role=ADMINISTRATOR,
            last_day=date(2026, 12, 18),
        )
    is_one = [changed(ada).is_superuser]
    for act in (AccountAct.GIVE_ROLE, AccountAct.TAKE_ROLE):
        change_account(act, ada, by=admin, reason="IT", role=ADMINISTRATOR)
        is_one.append(changed(ada).is_superuser)

    assert refused.value.message_dict == {
        "last_day": ["An administrator has no last day. Leave it empty, or choose a role."]
    }
    assert is_one == [False, True, False]
    assert [line[:2] for line in lines(ada)] == [("take", ADMINISTRATOR), ("give", ADMINISTRATOR)]


def test_closing_ends_sessions_and_invitations_and_opening_brings_the_roles_back(ada, admin):
    change_account(AccountAct.INVITE, ada, by=admin)
    change_account(AccountAct.CLOSE, ada, by=admin, reason="On leave")

    closed = changed(ada)
    assert (closed.is_active, closed.browser_sessions.count()) == (False, 0)
    assert closed.invitations.get().revoked_by == admin
    change_account(AccountAct.REOPEN, ada, by=admin, reason="Back")
    assert (changed(ada).is_active, changed(ada).roles) == (True, {"advisor"})
    assert [line[0] for line in lines(ada)] == ["reopen", "close", "invite"]


def test_a_student_who_works_here_keeps_the_portal(admin):
    student = make_student().user
    for role in (Role.STUDENT, Role.EDITOR):
        student.groups.add(Group.objects.get_or_create(name=role)[0])

    with pytest.raises(ValidationError) as refused:
        change_account(AccountAct.CLOSE, student, by=admin, reason="Internship is over")

    assert refused.value.messages == [
        "This person is a student or scholar, too, and needs the portal. Take the role."
    ]


def test_a_lost_phone_signs_out_and_is_told_by_mail(ada, admin):
    change_account(AccountAct.RESET_FACTOR, ada, by=admin, reason="Phone lost, seen in person")

    assert not Authenticator.objects.filter(user=ada).exists()
    assert ada.browser_sessions.count() == 0
    assert [(each.key, each.recipient) for each in Notice.objects.all()] == [
        ("second_factor_off", ada.email)
    ]
    with pytest.raises(ValidationError):
        change_account(AccountAct.RESET_FACTOR, ada, by=admin, reason="Again")


def test_signing_out_leaves_the_rest(ada, admin):
    change_account(AccountAct.END_SESSIONS, ada, by=admin)

    assert (ada.browser_sessions.count(), changed(ada).is_active) == (0, True)
    assert lines(ada) == [("sessions", "", None, admin.pk, "")]


@pytest.mark.parametrize("act", sorted(NEED_REASON))
def test_a_reason_is_asked_for(ada, admin, act):
    if act == AccountAct.REOPEN:
        User.objects.filter(pk=ada.pk).update(is_active=False)

    with pytest.raises(ValidationError) as refused:
        change_account(act, ada, by=admin, reason="  ", **_role_of(act))

    assert refused.value.message_dict == {"reason": ["Write why."]}


# Inviting.


@pytest.mark.parametrize(
    ("roles", "purpose"), [(["advisor", "hr"], "staff"), (["hr"], "partner"), (["editor"], "staff")]
)
def test_somebody_new_is_invited_with_roles_until_a_day(admin, roles, purpose):
    person = add_person(
        " Hana@School.Example ",
        full_name="Hana",
        roles=roles,
        last_day=date(2026, 12, 18),
        by=admin,
    )

    assert (person.email, changed(person).roles) == ("hana@school.example", set(roles))
    assert set(RoleTerm.objects.values_list("role", "last_day")) == {
        (role, date(2026, 12, 18)) for role in roles
    }
    assert Notice.objects.get().key == "staff_welcome"
    assert person.invitations.get().purpose == purpose
    assert [line[0] for line in lines(person)] == ["invite", *["give"] * len(roles)]


@pytest.mark.parametrize(
    ("email", "field"),
    [
        ("amara@school.example", "email"),
        ("AMARA@school.example", "email"),
        ("nonsense", "email"),
        ("new@school.example", "last_day"),
    ],
)
def test_a_mistake_makes_no_account(admin, email, field):
    make_student("amara@school.example")
    before = User.objects.count()

    with pytest.raises(ValidationError) as refused:
        add_person(email, full_name="X", roles=["editor"], last_day=date(2026, 10, 1), by=admin)

    assert list(refused.value.message_dict) == [field]
    assert (User.objects.count(), AccountChange.objects.count()) == (before, 0)


def test_sending_again_is_one_mail_for_two_presses(admin):
    person = add_person("hana@school.example", full_name="Hana", roles=["editor"], by=admin)
    for _press in range(2):
        change_account(AccountAct.INVITE, person, by=admin, seen=1)

    assert (person.invitations.get().link_number, Notice.objects.count()) == (2, 2)
    change_account(AccountAct.REVOKE, person, by=admin)
    assert [line[0] for line in lines(person)] == ["revoke", "invite", "invite", "give"]
    with pytest.raises(ValidationError):
        change_account(AccountAct.REVOKE, person, by=admin)


def test_who_signs_in_with_codes_already_needs_no_invitation(admin):
    person = add_person("hr@school.example", full_name="Hana", roles=["hr"], by=admin)
    accept(person.invitations.get())

    assert reason_against(AccountAct.INVITE, person, by=admin) == "This person signs in already."


# Who is seen.


def test_students_are_never_among_them(admin, ada):
    make_student("amara@school.example")
    make_user("nobody@school.example")
    former = make_staff(Role.EDITOR, email="former@staff.example")
    change_account(AccountAct.TAKE_ROLE, former, by=admin, reason="Left", role="editor")
    people = {make(who) for who in ("hr", "supervisor")} | {admin, ada, former}

    assert set(staff_visible_to(admin)) == people
    assert not staff_visible_to(ada).exists()
