"""Inviting many at once: first a list of who gets an invitation and who not, then row by row.

The list and the work ask the same question of each record, so whoever is announced is invited,
unless something has changed since; then the row says what.
"""

import hashlib
from collections import Counter

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.requests.notices.leases import claim_next, renew
from isso.requests.people.models import Purpose

from .choices import Stage
from .inviting import Access, CannotInvite, Prospect, invite_person, prospects_of
from .models import InvitationRow, InvitationRun, StudentRecord

# How many people one transaction invites.
AT_ONCE = 25
# By what a list is filtered; each is a column of the record.
FILTERS = ("stage", "visa_class", "education_level", "department")
Outcome = InvitationRow.Outcome


class Preview:
    """A list of people to invite, and for everybody else the reason why not."""

    def __init__(self, records, filters, *, again=False):
        chosen = {name: filters[name] for name in FILTERS if filters.get(name)}
        self.filters = chosen | ({"again": True} if again else {})
        found = records.filter(**chosen).select_related("user").order_by("family_name", "pk")
        self.prospects = [(each, reason_against(each, again=again)) for each in prospects_of(found)]

    @property
    def invited(self) -> list[StudentRecord]:
        """Return whom confirming invites."""
        return [prospect.record for prospect, reason in self.prospects if not reason]

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Return why others are not invited, in words, with how many; the most frequent first."""
        kinds = Counter(
            prospect.access.label if prospect.access != Access.NOT_INVITED else _("To be corrected")
            for prospect, reason in self.prospects
            if reason
        )
        return kinds.most_common()

    @property
    def mark(self) -> str:
        """Return a mark of whom the list invites: another one means that it has changed."""
        keys = ",".join(str(record.pk) for record in self.invited)
        return hashlib.sha256(keys.encode()).hexdigest()[:16]


def reason_against(prospect: Prospect, *, again=False) -> str:
    """Say why a list invites somebody not, or nothing for whom it does.

    With ``again`` it invites, too, whose invitation has expired.
    """
    access, invitation = prospect.access, prospect.invitation
    if access == Access.SIGNS_IN:
        return _("Signs in already.")
    if access == Access.INVITED:
        day = date_format(timezone.localtime(invitation.created_at), "F j, Y")
        return _("Invited on %(day)s, not accepted yet.") % {"day": day}
    if access == Access.EXPIRED and not again:
        return _("The invitation has expired. Choose to invite again, or send it again.")
    if access == Access.REVOKED:
        return _("The invitation was taken back. Invite the person on the student’s page.")
    if prospect.record.stage == Stage.PRE_ARRIVAL and prospect.purpose == Purpose.STUDENT:
        return _("No deposit is noted. With it, the next import invites by itself.")
    return prospect.obstacle


@transaction.atomic
def ask(preview: Preview, by) -> InvitationRun:
    """Have the worker invite everybody a list announces; the others are kept with their reason."""
    run = InvitationRun.objects.create(by=by, filters=preview.filters)
    InvitationRow.objects.bulk_create(
        (
            InvitationRow(
                run=run,
                record=prospect.record,
                outcome=Outcome.REFUSED if reason else Outcome.WAITING,
                reason=reason,
            )
            for prospect, reason in preview.prospects
        ),
        batch_size=500,
    )
    return run


def work_on_waiting() -> int:
    """Carry out every list that waits, the oldest first; return how many ended."""
    ended = 0
    waiting = InvitationRun.objects.filter(ended_at__isnull=True).order_by("asked_at")
    while (run := claim_next(waiting.select_related("by"))) is not None:
        while _go_on(run):
            pass
        ended += 1
    return ended


@transaction.atomic
def _go_on(run) -> bool:
    """Invite the next people of a list; return whether there is more to do for this worker."""
    if not renew(run):
        return False
    rows = list(run.rows.filter(outcome=Outcome.WAITING).select_related("record__user")[:AT_ONCE])
    if not rows:
        InvitationRun.objects.filter(pk=run.pk).update(ended_at=timezone.now())
        return False
    prospects = prospects_of([row.record for row in rows])
    for row, prospect in zip(rows, prospects, strict=True):
        row.outcome, row.reason = _invite(run, prospect)
    InvitationRow.objects.bulk_update(rows, ["outcome", "reason"])
    return True


def _invite(run, prospect):
    reason = reason_against(prospect, again=run.filters.get("again", False))
    if reason:
        return Outcome.REFUSED, reason
    try:
        with transaction.atomic():
            invitation, _is_sent = invite_person(prospect.record, by=run.by)
    except CannotInvite as problem:
        return Outcome.REFUSED, str(problem)
    return Outcome.INVITED, invitation.email


def purge_invitation_runs(before) -> int:
    """Delete old lists with their rows; the invitations themselves stay. Return how many."""
    old = InvitationRun.objects.filter(ended_at__lt=before)
    count = old.count()
    old.delete()
    return count
