"""“I can't sign in”: notes the address that was typed, and mails the answer a moment later.

The page only writes the address down, whoever's it is; the worker looks and answers. So nobody can
tell by the page or by the clock who is known here.
"""

import logging

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify

from . import invitations
from .models import Invitation, InvitationState, Purpose, SignInTrouble
from .sign_in_answers import WORDS, Answer, answer_for
from .sign_in_facts import find

logger = logging.getLogger(__name__)

# Somebody could type the addresses of strangers to let us write to them: so many a day get a mail.
STRANGERS_A_DAY = 100
AT_ONCE = 50


def note_trouble(email: str):
    """Write down that somebody typed this address (as addresses.py writes it)."""
    if _count_up(email):
        return
    try:
        with transaction.atomic():
            SignInTrouble.objects.create(email=email)
    except IntegrityError:
        # Typed twice at the same moment.
        _count_up(email)


def answer_waiting(limit: int = AT_ONCE) -> int:
    """Answer those who wait; return how many. Several workers may do so side by side."""
    waiting = SignInTrouble.objects.filter(waits=True).order_by("asked_at", "pk")
    answered = 0
    for key in list(waiting.values_list("pk", flat=True)[:limit]):
        try:
            with transaction.atomic():
                answered += _answer(key)
        except Exception:
            # The next round tries again; the others have their turn.
            logger.exception("Sign-in trouble %s was not answered.", key)
    return answered


def settle(trouble: SignInTrouble, *, by):
    """Note that the office has dealt with it; the first who says so counts."""
    SignInTrouble.objects.filter(pk=trouble.pk, settled_at=None).update(
        settled_at=timezone.now(), settled_by=by
    )


def _count_up(email):
    return SignInTrouble.objects.filter(email=email, settled_at=None).update(
        tries=F("tries") + 1, asked_at=timezone.now(), waits=True
    )


def _answer(key):
    # The first worker to turn this over holds the row until its transaction ends.
    if not SignInTrouble.objects.filter(pk=key, waits=True).update(waits=False):
        return 0
    trouble = SignInTrouble.objects.get(pk=key)
    found = find(trouble.email)
    trouble.answer = answer_for(found.facts)
    trouble.user, trouble.record_key = found.user, found.record_key
    if trouble.answer != Answer.UNKNOWN or _strangers_today() < STRANGERS_A_DAY:
        _mail(trouble)
        trouble.mailed_at = timezone.now()
    trouble.save(update_fields=["answer", "user", "record_key", "mailed_at"])
    return 1


def _strangers_today():
    day = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    return SignInTrouble.objects.filter(answer=Answer.UNKNOWN, mailed_at__gte=day).count()


def _mail(trouble):
    """Write the mail; the same answer goes to one address once a day."""
    words = WORDS[Answer(trouble.answer)]
    # A former address may be somebody else's by now: no name goes there.
    is_named = trouble.user and trouble.answer != Answer.MOVED
    links, name = _links(trouble), trouble.user.get_short_name() if is_named else ""
    notify(
        "sign_in_help",
        to=trouble.email,
        name=name,
        dedupe=f"sign_in_help:{timezone.localdate()}:{trouble.answer}:{trouble.email}",
        context=office_context()
        | {
            "name": name,
            "sentence": str(words.sentence),
            "steps": [str(step) for step in words.steps],
            "campus_name": settings.OIDC_NAME,
        },
        links=links,
        audience="visitor",
    )


def _links(trouble):
    answer = trouble.answer
    if answer in (Answer.INVITED, Answer.EXPIRED, Answer.UNCONNECTED):
        invitation = _open_invitation(trouble.user)
        return {"link": ["invitation", invitation.pk, invitation.link_number]}
    if answer in (Answer.CAMPUS, Answer.STAFF, Answer.PERSONAL_LATER, Answer.MOVED, Answer.FINE):
        return {"link": ["sign_in"]}
    return {}


def _open_invitation(user) -> Invitation:
    """Return the open invitation of a person; an expired one, or none, is sent anew."""
    newest = user.invitations.first()
    if newest.state == InvitationState.OPEN:
        return newest
    invitation, _is_sent = invitations.invite(user, Purpose(newest.purpose))
    return invitation
