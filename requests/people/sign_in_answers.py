"""Why somebody cannot sign in: what is known of an address, and the one answer that follows.

Pure statements; sign_in_facts.py finds the facts, sign_in_help.py mails the answer.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from .models.invitation import InvitationState


class Answer(models.TextChoices):
    """What somebody who cannot sign in is told, as the office's list names it."""

    UNKNOWN = "unknown", _("Address not known")
    SEVERAL = "several", _("Address in several records")
    NOT_INVITED = "not_invited", _("Not invited yet")
    NO_DEPOSIT = "no_deposit", _("Deposit not received")
    INVITED = "invited", _("Invitation open")
    EXPIRED = "expired", _("Invitation expired")
    UNCONNECTED = "unconnected", _("Campus account not connected")
    CAMPUS = "campus", _("Signs in at the campus")
    STAFF = "staff", _("Staff")
    CLOSED = "closed", _("Account closed")
    PERSONAL_LATER = "personal_later", _("Personal e-mail, not in use yet")
    UNVERIFIED = "unverified", _("Personal e-mail, not confirmed")
    MOVED = "moved", _("Signs in with another address now")
    FINE = "fine", _("Can sign in")


class OnFile(models.TextChoices):
    """What the records say of an address that has no account."""

    READY = "ready", _("A record that was not invited")
    NO_DEPOSIT = "no_deposit", _("An admitted student without a deposit")
    SEVERAL = "several", _("Several records")
    UNVERIFIED = "unverified", _("The personal address of somebody with an account")


@dataclass(frozen=True)
class Facts:
    """What the office knows of one address."""

    # Somebody signs in with this very address.
    has_account: bool = False
    is_active: bool = True
    is_staff: bool = False
    # He has signed in before, or accepted an invitation.
    has_entered: bool = False
    invitation: InvitationState | None = None
    # His campus account is bound to him; the address is one of the campus.
    is_bound: bool = False
    is_campus_address: bool = False
    # It is a verified personal address; it was somebody's login until his campus account ended.
    is_personal: bool = False
    is_former: bool = False
    on_file: OnFile | None = None


_BY_INVITATION = {
    InvitationState.OPEN: Answer.INVITED,
    InvitationState.EXPIRED: Answer.EXPIRED,
}
_ON_FILE = {
    OnFile.READY: Answer.NOT_INVITED,
    OnFile.NO_DEPOSIT: Answer.NO_DEPOSIT,
    OnFile.SEVERAL: Answer.SEVERAL,
    OnFile.UNVERIFIED: Answer.UNVERIFIED,
}


def answer_for(facts: Facts) -> Answer:
    """Return the one answer that follows from the facts; what stops first is told first."""
    if not facts.is_active:
        return Answer.CLOSED
    if not facts.has_account:
        if facts.is_personal:
            return Answer.PERSONAL_LATER
        if facts.is_former:
            return Answer.MOVED
        return _ON_FILE.get(facts.on_file, Answer.UNKNOWN)
    if facts.is_staff:
        return Answer.STAFF
    if facts.is_bound:
        return Answer.CAMPUS
    if not facts.has_entered:
        return _BY_INVITATION.get(facts.invitation, Answer.NOT_INVITED)
    if not facts.is_campus_address:
        return Answer.FINE
    # Whoever the office has not invited, or no longer, is not invited by a machine.
    was_invited = facts.invitation not in (None, InvitationState.REVOKED)
    return Answer.UNCONNECTED if was_invited else Answer.NOT_INVITED


@dataclass(frozen=True)
class Words:
    """What the mail says: what is missing, and what to do in which order."""

    sentence: Promise
    steps: tuple[Promise, ...] = ()


_WRITE = _("Write to us from this address, and tell us your full name.")

WORDS = {
    Answer.UNKNOWN: Words(
        _("We have no account for this address."),
        (
            _("Do you have another address, such as that of your university? Try that one."),
            _("Were you asked to use our portal? Then write to us."),
            _("If it was not you who asked, you need not do anything."),
        ),
    ),
    Answer.SEVERAL: Words(
        _("We know this address, but cannot tell yet to which of our records it belongs."),
        (_WRITE, _("We look into it and then send you an invitation.")),
    ),
    Answer.NOT_INVITED: Words(
        _("We know this address, but there is no invitation to the portal for it."),
        (_WRITE, _("We then send you an invitation.")),
    ),
    Answer.NO_DEPOSIT: Words(
        _(
            "We know this address. The portal opens when your enrollment deposit has reached us, "
            "and it has not yet."
        ),
        (
            _("If you have not paid it yet, pay it as your letter of admission says."),
            _("If you have, wait five business days: then an invitation comes by itself."),
            _("If none comes, write to us and say on which day you paid."),
        ),
    ),
    Answer.INVITED: Words(
        _("You are invited, but you have not accepted the invitation yet."),
        (_("Open the page below and press the button there. It is the link of our invitation."),),
    ),
    Answer.EXPIRED: Words(
        _("Your invitation had expired. Here is a new one; the old link no longer works."),
        (_("Open the page below and press the button there."),),
    ),
    Answer.UNCONNECTED: Words(
        _("Your campus account is not connected with the portal yet. Here is an invitation."),
        (_("Open the page below and press the campus button there."),),
    ),
    Answer.CAMPUS: Words(
        _("You sign in with your campus account. We send you no code by e-mail."),
        (
            _("Open the page below and press the campus button."),
            _("Sign in there as you do for the other services of the university."),
            _("Does your campus account not work elsewhere either? Then ask IT."),
        ),
    ),
    Answer.STAFF: Words(
        _("You work here: you sign in at the campus or with your password, never by a code."),
        (
            _("Open the page below and sign in; then type the number of your authenticator app."),
            _("Lost the phone with the app? Use one of your recovery codes."),
            _("Does that not work? Ask your supervisor, who can invite you again."),
        ),
    ),
    Answer.CLOSED: Words(
        _("The account for this address is closed."),
        (_("Write to us if you think that this is a mistake."),),
    ),
    Answer.PERSONAL_LATER: Words(
        _("This is your personal address. It opens the portal when your campus account ends."),
        (_("Until then, sign in as before: with the address of your university."),),
    ),
    Answer.UNVERIFIED: Words(
        _("We know this address, but the portal knows you by another one."),
        (
            _("Sign in with the address of your university."),
            _("Does that address no longer work? Then write to us."),
        ),
    ),
    Answer.MOVED: Words(
        _("This address no longer opens the portal, as the campus account has ended."),
        (_("Sign in with the personal e-mail address that you confirmed before."),),
    ),
    Answer.FINE: Words(
        _("Your account is in order, and you can sign in with this address."),
        (
            _("Open the page below and type this address."),
            _("We send you a code. Type it into the same browser within ten minutes."),
            _("No code? Look into the spam folder, then ask for a new one."),
        ),
    ),
}
