"""Invitations: the one way to an account. An invitation is asked for, mailed, and accepted once.

An account exists from the moment somebody is invited, without a password, so that accepting only
proves who reads the mail: the record was bound to the account by who invited, never by a name.
A link opens while its invitation is neither accepted nor taken back, for as long as the row says;
sending it again makes the earlier link useless.
"""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from isso.requests.notices.tokens import LinkProblem, LinkTokens

from .addresses import is_anothers, verify_address
from .invitation_mails import send_invitation
from .models import Invitation, InvitationState, Purpose, User

TOKENS = LinkTokens("isso.requests.people.invitation")
LIFETIME = timedelta(days=30)
# What the session remembers while a person is away at the campus sign-on.
REMEMBERED = "invitation"


@transaction.atomic
def invite(user: User, purpose: Purpose, *, by: User | None = None, occasion: str = ""):
    """Invite a person by mail; return the invitation and whether this call sent a mail.

    Who is invited already gets no second mail while the first link works. An ``occasion``, say
    the deposit of one record, invites once and never again, whatever became of it.
    """
    # Two at once: the second waits here, and finds what the first has made.
    user = User.objects.select_for_update().get(pk=user.pk)
    if occasion:
        made = Invitation.objects.filter(dedupe_key=occasion).first()
        if made:
            return made, False
    unanswered = user.invitations.unanswered().first()
    if unanswered:
        if unanswered.state == InvitationState.OPEN:
            return unanswered, False
        return resend(unanswered, seen=unanswered.link_number), True
    now = timezone.now()
    invitation = Invitation.objects.create(
        user=user,
        purpose=purpose,
        email=user.email,
        dedupe_key=occasion or f"person:{user.pk}:{user.invitations.count() + 1}",
        created_at=now,
        created_by=by,
        expires_at=now + LIFETIME,
    )
    send_invitation(invitation)
    return invitation, True


@transaction.atomic
def resend(invitation: Invitation, *, seen: int) -> Invitation:
    """Mail a new link, with all its days; the earlier one stops for good.

    ``seen`` is the link number on the screen of who asks: two presses send one mail. Raises
    LinkProblem ``used`` or ``revoked``.
    """
    locked = _locked(invitation)
    _refuse_ended(locked)
    if locked.link_number != seen:
        return locked
    locked.link_number += 1
    locked.expires_at = timezone.now() + LIFETIME
    locked.save(update_fields=["link_number", "expires_at"])
    send_invitation(locked)
    return locked


@transaction.atomic
def revoke(invitation: Invitation, *, by: User | None = None) -> Invitation:
    """Take an invitation back; its link stops at once. Raises LinkProblem ``used``."""
    locked = _locked(invitation)
    if locked.revoked_at:
        return locked
    _refuse_ended(locked)
    locked.revoked_at, locked.revoked_by = timezone.now(), by
    locked.save(update_fields=["revoked_at", "revoked_by"])
    return locked


@transaction.atomic
def accept(invitation: Invitation, password: str = "") -> User:
    """Let a person in by an invitation, exactly once, and return him.

    A ``password`` is the one he has just chosen. His address counts as verified from now on.
    Raises LinkProblem where the link is no longer the right one, also when another browser was
    faster.
    """
    locked = _locked(invitation)
    _refuse_dead(locked, invitation.link_number)
    locked.accepted_at = timezone.now()
    locked.save(update_fields=["accepted_at"])
    verify_address(locked.user, locked.email)
    if password:
        locked.user.set_password(password)
        locked.user.save(update_fields=["password"])
    return locked.user


def make_token(invitation: Invitation) -> str:
    """Return the secret part of the present link, made anew while its mail is sent."""
    return TOKENS.make(invitation.pk, invitation.link_number)


def from_token(token: str) -> Invitation:
    """Return the invitation that a link opens.

    Raises LinkProblem: ``invalid`` (tampered, cut off, of another kind), ``used``, ``revoked``,
    ``replaced`` (a newer link was sent) or ``expired``; the last brings its invitation along.
    """
    return invitation_at(*TOKENS.read(token))


@transaction.atomic
def send_new_link(token: str) -> Invitation:
    """Mail a new link to the address an expired one went to, once for each expired link.

    Raises LinkProblem as ``from_token`` does, for all but an expired one.
    """
    try:
        return from_token(token)
    except LinkProblem as problem:
        if problem.reason != "expired":
            raise
        return resend(problem.subject, seen=problem.subject.link_number)


def has_entered(user: User) -> bool:
    """Tell whether this person has signed in, or accepted an invitation."""
    return bool(user.last_login) or user.invitations.filter(accepted_at__isnull=False).exists()


def is_taken_back(user: User) -> bool:
    """Tell whether the office took back what this person was invited by, before he came in."""
    if has_entered(user):
        return False
    newest = user.invitations.first()
    return newest is not None and newest.state == InvitationState.REVOKED


def remember(request, invitation: Invitation):
    """Keep in the session which invitation was opened, for the way over campus sign-on."""
    request.session[REMEMBERED] = [invitation.pk, invitation.link_number]


def invitation_of(request) -> Invitation | None:
    """Return the invitation opened in this browser session, while it may still be accepted."""
    remembered = request.session.get(REMEMBERED)
    if remembered is None:
        return None
    try:
        return invitation_at(*remembered)
    except LinkProblem:
        forget(request)
        return None


def forget(request):
    """Drop what the session remembers, once it is accepted or of no use."""
    request.session.pop(REMEMBERED, None)


def invitation_at(key: int, number: int) -> Invitation:
    """Return the invitation that one link number opens; raises LinkProblem as ``from_token``."""
    invitation = Invitation.objects.select_related("user").filter(pk=key).first()
    if invitation is None:
        raise LinkProblem("invalid")
    _refuse_dead(invitation, number)
    return invitation


def _locked(invitation):
    found = Invitation.objects.select_related("user").select_for_update(of=("self",))
    return found.get(pk=invitation.pk)


def _refuse_ended(invitation):
    if invitation.accepted_at:
        raise LinkProblem("used", invitation)
    if invitation.revoked_at:
        raise LinkProblem("revoked", invitation)


def _refuse_dead(invitation, number):
    _refuse_ended(invitation)
    user = invitation.user
    moved = invitation.email != user.email or is_anothers(invitation.email, user)
    if moved or not user.is_active:
        raise LinkProblem("revoked", invitation)
    if invitation.link_number != number:
        raise LinkProblem("replaced", invitation)
    if invitation.state == InvitationState.EXPIRED:
        raise LinkProblem("expired", invitation)
