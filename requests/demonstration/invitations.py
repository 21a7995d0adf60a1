"""Invitations in every state, so that the list at the desk shows what an office sees there."""

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from isso.requests.notices.models import Delivery, Notice, NoticeState
from isso.requests.people.invitations import LIFETIME, accept, invite, revoke
from isso.requests.people.models import Invitation, Purpose, User

INVITED_BY = "advisor@demo.example"


@dataclass(frozen=True)
class Told:
    """One invitation: whom, as what, how many days ago, and what became of it."""

    email: str
    purpose: Purpose
    days_ago: int
    delivery: Delivery = Delivery.DELIVERED
    # What the person or the office did next.
    end: object = None


INVITATIONS = (
    Told("scholar@demo.example", Purpose.SCHOLAR, 3),
    Told("admitted@demo.example", Purpose.ADMITTED, 12, end=accept),
    Told("wei.zhang@demo.example", Purpose.STUDENT, 20, end=accept),
    # Longer ago than an invitation works.
    Told("chloe.beaumont@demo.example", Purpose.STUDENT, 45),
    Told("kwame.boateng@demo.example", Purpose.STUDENT, 9, Delivery.BOUNCED, end=revoke),
)


def load_invitations():
    """Make the invitations that are missing; whatever became of the others stays."""
    advisor = User.objects.get(email=INVITED_BY)
    for told in INVITATIONS:
        occasion = f"demonstration:{told.email}"
        if not Invitation.objects.filter(dedupe_key=occasion).exists():
            _tell(told, User.objects.get(email=told.email), advisor, occasion)


def _tell(told, user, advisor, occasion):
    invitation, _is_sent = invite(user, told.purpose, by=advisor, occasion=occasion)
    if told.end:
        told.end(invitation)
    at = timezone.now() - timedelta(days=told.days_ago)
    moved = {"created_at": at, "expires_at": at + LIFETIME}
    if told.end is accept:
        moved["accepted_at"] = at + timedelta(hours=5)
    if told.end is revoke:
        moved |= {"revoked_at": at + timedelta(days=1), "revoked_by": advisor}
    Invitation.objects.filter(pk=invitation.pk).update(**moved)
    Notice.objects.filter(pk=invitation.notice_id).update(
        state=NoticeState.SENT,
        created_at=at,
        sent_at=at,
        next_attempt_at=at,
        attempts=1,
        delivery=told.delivery,
    )
