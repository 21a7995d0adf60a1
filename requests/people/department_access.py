"""Access for a department: asked on a public page, confirmed by mail, decided at the desk.

The page writes the same for every address, known or not, so that it tells nobody who is known here.
Whoever confirms proves the address and nothing else; a supervisor decides on the rest.
"""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.requests.notices.links import DeadLink
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify
from isso.requests.notices.tokens import LinkProblem, LinkTokens

from .accounts import make_account
from .departments import give_departments
from .invitations import has_entered, invite
from .models import AccessOutcome, AccessRequest, Purpose, User

TOKENS = LinkTokens("isso.requests.people.department_access")
# How long the link to confirm works.
LIFETIME = timedelta(days=7)
# Tokens carry a number; there is one link for each.
THE_LINK = 1


class CannotDecide(Exception):
    """It is not waiting for this person's decision; the sentence says why."""


@transaction.atomic
def ask(*, once: str, **typed):
    """Write down what somebody typed and mail a link to the address; twice the same counts once."""
    asked, is_new = AccessRequest.objects.get_or_create(once=once, defaults=typed)
    if is_new:
        # Anybody can type anybody's address: the mail repeats nothing of what was typed.
        last_day = timezone.localtime(asked.asked_at + LIFETIME)
        _mail(
            "department_access_confirm",
            asked,
            to=asked.email,
            links={"link": ["department_access", asked.pk]},
            expires_on=date_format(last_day, "F j, Y"),
        )


def from_token(token: str) -> AccessRequest:
    """Return what a link is about; raises LinkProblem ``invalid``, ``used`` or ``expired``."""
    key, _number = TOKENS.read(token)
    return _unconfirmed(AccessRequest.objects, key)


def confirmation_token(key: int) -> str:
    """Return the secret part of a link whose mail leaves now; raises DeadLink if it is over."""
    try:
        _unconfirmed(AccessRequest.objects, key)
    except LinkProblem as problem:
        raise DeadLink(f"The access request is {problem.reason}.") from None
    return TOKENS.make(key, THE_LINK)


@transaction.atomic
def confirm(asked: AccessRequest):
    """Note that the address is its writer's, and tell the office; raises LinkProblem as above."""
    locked = _unconfirmed(AccessRequest.objects.select_for_update(), asked.pk)
    locked.confirmed_at = timezone.now()
    locked.save(update_fields=["confirmed_at"])
    office = office_context()["office_email"]
    if office:
        _mail(
            "department_access_asked",
            locked,
            to=office,
            audience="staff",
            links={"link": ["department_access_list"]},
            person=locked.name,
            department=locked.department,
        )


@transaction.atomic
def approve(asked: AccessRequest, *, names, last_day: date, by: User) -> User:
    """Let the person follow these departments until a day; invite, or tell who has an account.

    Raises CannotDecide, and ValidationError for a past day or an address nobody can be invited at.
    """
    locked = _waiting(asked, by)
    user = User.objects.filter(email__iexact=locked.email).first()
    if user is None:
        user = make_account(locked.email, full_name=locked.name)
    if not user.is_active:
        raise ValidationError(
            _("The account of %(email)s is closed. Open it again first, or refuse the request.")
            % {"email": user.email}
        )
    day = date_format(timezone.localtime(locked.asked_at), "Y-m-d")
    reason = _("Access form of %(day)s") % {"day": day}
    give_departments(user, names, last_day=last_day, by=by, reason=reason)
    _decide(locked, AccessOutcome.APPROVED, by=by)
    if not has_entered(user):
        invite(user, Purpose.DEPARTMENT, by=by)
        return user
    _mail(
        "department_access_given",
        locked,
        to=user.email,
        name=user.get_short_name(),
        links={"link": ["sign_in"]},
        departments=", ".join(names),
        last_day=date_format(last_day, "F j, Y"),
    )
    return user


@transaction.atomic
def refuse(asked: AccessRequest, *, reason: str, by: User):
    """Refuse, and mail the reason; raises CannotDecide."""
    locked = _waiting(asked, by)
    _decide(locked, AccessOutcome.REFUSED, by=by, reason=reason)
    _mail("department_access_refused", locked, to=locked.email, name=locked.name, note=reason)


def _unconfirmed(found, key):
    asked = found.filter(pk=key).first()
    if asked is None:
        # Deleted, as nobody confirmed it in time.
        raise LinkProblem("expired")
    if asked.confirmed_at:
        raise LinkProblem("used", asked)
    if asked.asked_at + LIFETIME < timezone.now():
        raise LinkProblem("expired", asked)
    return asked


def _waiting(asked, by):
    locked = AccessRequest.objects.select_for_update().get(pk=asked.pk)
    if locked.decided_at:
        raise CannotDecide(
            _("%(name)s was faster: the request is decided already.") % {"name": locked.decided_by}
        )
    if not locked.confirmed_at:
        raise CannotDecide(_("The address is not confirmed yet."))
    if locked.email.lower() == by.email.lower():
        raise CannotDecide(_("This is your own request. Ask a colleague to decide on it."))
    return locked


def _decide(locked, outcome, *, by, reason=""):
    locked.outcome, locked.reason = outcome, reason
    locked.decided_at, locked.decided_by = timezone.now(), by
    locked.save(update_fields=["outcome", "reason", "decided_at", "decided_by"])


def _mail(key, asked, *, to, name="", audience="visitor", links=None, **words):
    notify(
        key,
        to=to,
        name=name,
        dedupe=f"{key}:{asked.pk}",
        context=office_context() | {"name": name} | words,
        links=links,
        audience=audience,
    )
