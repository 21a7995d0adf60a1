"""THE door to the accounts of staff and partners: every change of one goes through here.

An administrator looks after everybody, a supervisor after those below: never after another
supervisor or an administrator, or one could make oneself the second pair of eyes. Nobody changes
the own account. So whoever acts stays an administrator, and the last one can never be lost.
"""

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from . import campus
from .accounts import make_account
from .invitation_mails import tell_factor_is_off
from .invitations import invite, resend, revoke
from .models import AccountAct, AccountChange, Purpose, User
from .role_terms import give_role, take_role
from .roles import (
    ADMINISTRATOR,
    SECTION_EDITOR,
    STAFF_ROLES,
    Role,
    may_look_after_staff,
    role_label,
)

# Their holders are looked after by administrators alone.
HIGH = frozenset({Role.SUPERVISOR, ADMINISTRATOR})
GIVEN_HERE = (Role.ADVISOR, Role.EDITOR, Role.COMPLIANCE, Role.HR)
NEED_REASON = frozenset(
    {
        AccountAct.GIVE_ROLE,
        AccountAct.TAKE_ROLE,
        AccountAct.CLOSE,
        AccountAct.REOPEN,
        AccountAct.RESET_FACTOR,
    }
)
LONGEST_REASON = AccountChange._meta.get_field("reason").max_length


def roles_given_by(user) -> list[str]:
    """Return the names of the roles this user may give and take.

    Students, scholars and departments get theirs with what they belong to.
    """
    if not may_look_after_staff(user):
        return []
    sections = Group.objects.filter(name__startswith=SECTION_EDITOR).order_by("name")
    highest = (Role.SUPERVISOR.value, ADMINISTRATOR) if user.is_superuser else ()
    return [
        *(role.value for role in GIVEN_HERE),
        *sections.values_list("name", flat=True),
        *highest,
    ]


def reason_against(act, person: User, *, by: User) -> str:
    """Say why ``by`` may not do this to this person now; empty where nothing stands against it."""
    if not may_look_after_staff(by):
        return _("Only supervisors and administrators change accounts.")
    if by == person:
        return _("Nobody changes the own account here. Ask a colleague who may.")
    if not by.is_superuser and (person.is_superuser or Role.SUPERVISOR in person.roles):
        return _("Only an administrator changes the account of a supervisor or administrator.")
    against = AGAINST.get(act)
    return against(person) if against else ""


@transaction.atomic
def add_person(email: str, *, full_name: str, roles, last_day=None, by: User) -> User:
    """Make an account with these roles until one last day, and invite the person to it.

    Raises ValidationError, as ``change_account`` does, and for an address that is taken.
    """
    by = User.objects.select_for_update().get(pk=by.pk)
    try:
        person = make_account(email, full_name=full_name)
    except ValidationError as error:
        raise ValidationError({"email": error.messages}) from None
    for role in roles:
        change_account(
            AccountAct.GIVE_ROLE,
            person,
            by=by,
            reason=_("New account"),
            role=role,
            last_day=last_day,
        )
    change_account(AccountAct.INVITE, person, by=by)
    return person


@transaction.atomic
def change_account(act, person: User, *, by: User, reason: str = "", **given):
    """Do one act to one account and write it down.

    ``given`` is a ``role`` and its ``last_day``, or the number of the invitation that was ``seen``:
    two presses send one mail. Raises ValidationError with a sentence for what may not be done,
    also where a colleague has done it a moment ago.
    """
    # Both are read anew: two who close each other at the same moment find only one of them open.
    both = User.objects.select_for_update().filter(pk__in=(by.pk, person.pk)).order_by("pk")
    found = {user.pk: user for user in both}
    by, person = found[by.pk], found[person.pk]
    if against := reason_against(act, person, by=by):
        raise ValidationError(against)
    if act in NEED_REASON and not reason.strip():
        raise ValidationError({"reason": _("Write why.")})
    DOES[act](person, by=by, reason=reason.strip(), **given)


def _give_role(person, *, by, reason, role, last_day=None):
    _refuse_role(role, by)
    if role != ADMINISTRATOR:
        group = Group.objects.get(name=role)
        give_role(person, group, last_day=last_day, by=by, reason=reason)
        return
    if last_day:
        raise ValidationError(
            {"last_day": _("An administrator has no last day. Leave it empty, or choose a role.")}
        )
    _set_administrator(person, True)
    _note(AccountAct.GIVE_ROLE, person, by=by, reason=reason, role=role)


def _take_role(person, *, by, reason, role):
    _refuse_role(role, by)
    if role == ADMINISTRATOR and person.is_superuser:
        _set_administrator(person, False)
        _note(AccountAct.TAKE_ROLE, person, by=by, reason=reason, role=role)
    elif group := person.groups.filter(name=role).first():
        take_role(person, group, by=by, reason=reason)
    else:
        raise ValidationError(
            {"role": _("This person does not hold “%(role)s”.") % {"role": role_label(role)}}
        )


def _refuse_role(role, by):
    if role not in roles_given_by(by):
        raise ValidationError({"role": _("You cannot give or take this role. Choose another one.")})


def _set_administrator(person, is_superuser):
    person.is_superuser = is_superuser
    person.save(update_fields=["is_superuser"])


def _close(person, *, by, reason):
    _set_active(person, False)
    for invitation in person.invitations.unanswered():
        revoke(invitation, by=by)
    person.browser_sessions.end()
    _note(AccountAct.CLOSE, person, by=by, reason=reason)


def _reopen(person, *, by, reason):
    _set_active(person, True)
    _note(AccountAct.REOPEN, person, by=by, reason=reason)


def _set_active(person, is_active):
    person.is_active = is_active
    person.save(update_fields=["is_active"])


def _end_sessions(person, *, by, reason):
    person.browser_sessions.end()
    _note(AccountAct.END_SESSIONS, person, by=by, reason=reason)


def _reset_factor(person, *, by, reason):
    Authenticator.objects.filter(user=person).delete()
    # Whoever has the lost phone may be signed in with it.
    person.browser_sessions.end()
    _note(AccountAct.RESET_FACTOR, person, by=by, reason=reason)
    tell_factor_is_off(person)


def _invite(person, *, by, reason, seen=0):
    unanswered = person.invitations.unanswered().first()
    if unanswered is None:
        invite(person, Purpose.STAFF if _is_staff(person) else Purpose.PARTNER, by=by)
    elif unanswered.link_number == seen:
        resend(unanswered, seen=seen)
    else:
        return
    _note(AccountAct.INVITE, person, by=by, reason=reason)


def _revoke(person, *, by, reason):
    for invitation in person.invitations.unanswered():
        revoke(invitation, by=by)
    _note(AccountAct.REVOKE, person, by=by, reason=reason)


def _note(act, person, **said):
    AccountChange.objects.create(act=act, user=person, **said)


def _is_staff(person):
    return person.is_superuser or any(
        role in STAFF_ROLES or role.startswith(SECTION_EDITOR) for role in person.roles
    )


def _cannot_close(person):
    if not person.is_active:
        return _("The account is closed already.")
    if person.roles & {Role.STUDENT, Role.SCHOLAR}:
        return _("This person is a student or scholar, too, and needs the portal. Take the role.")
    return ""


def _cannot_reopen(person):
    return _("The account is open already.") if person.is_active else ""


def _cannot_reset(person):
    has_one = Authenticator.objects.filter(user=person).exists()
    return "" if has_one else _("This person has set up no second factor.")


def _cannot_invite(person):
    if not person.is_active:
        return _("The account is closed. Open it again first.")
    has_entered = person.last_login or person.invitations.filter(accepted_at__isnull=False).exists()
    if has_entered and (campus.takes_codes(person) or campus.is_bound(person)):
        return _("This person signs in already.")
    return ""


def _cannot_revoke(person):
    return "" if person.invitations.unanswered().exists() else _("No invitation is open.")


DOES = {
    AccountAct.GIVE_ROLE: _give_role,
    AccountAct.TAKE_ROLE: _take_role,
    AccountAct.CLOSE: _close,
    AccountAct.REOPEN: _reopen,
    AccountAct.END_SESSIONS: _end_sessions,
    AccountAct.RESET_FACTOR: _reset_factor,
    AccountAct.INVITE: _invite,
    AccountAct.REVOKE: _revoke,
}
# Act → why not now; empty where it may be done.
AGAINST = {
    AccountAct.CLOSE: _cannot_close,
    AccountAct.REOPEN: _cannot_reopen,
    AccountAct.RESET_FACTOR: _cannot_reset,
    AccountAct.INVITE: _cannot_invite,
    AccountAct.REVOKE: _cannot_revoke,
}
