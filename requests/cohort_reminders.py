"""Reminds many admitted people at once: what each would get and why not, then one mail each.

The mails are only written into the outbox, in one go; the worker sends them. Whoever got one
within three business days gets none, whoever asks for it and however often.
"""

from datetime import timedelta
from typing import NamedTuple

from django.db import models, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.hours import office_calendar
from isso.requests.notices.models import Notice
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify
from isso.requests.notices.tokens import LinkProblem
from isso.requests.people.invitations import resend
from isso.requests.records.inviting import Access, CannotInvite, invite_person, prospects_of
from isso.requests.records.models import StudentRecord

from .admitted import Progress
from .clock import may_remind_again
from .cohorts import first_form_keys
from .lifecycle import OPEN
from .models import StudentRequest

REMINDER, INVITATIONS = "admitted_reminder", ("welcome_invitation", "scholar_invite")
# Mails older than this are three business days away in every calendar but that of a long closure.
LOOK_BACK = timedelta(days=30)


class Kind(models.TextChoices):
    """Which mail somebody gets."""

    NONE = "", gettext_lazy("None")
    INVITATION = "invitation", gettext_lazy("Invitation")
    INVITATION_AGAIN = "again", gettext_lazy("Invitation with a new link")
    REMINDER = "reminder", gettext_lazy("Reminder")


class Offer(NamedTuple):
    """What one person would get, or why nothing."""

    record: StudentRecord
    progress: Progress
    kind: Kind = Kind.NONE
    why_not: str = ""
    invitation: object = None
    # The request that waits for the person, where one has begun.
    reference: str = ""


_NOT_NEEDED = {
    Progress.NO_DEPOSIT: gettext_lazy("No deposit is noted. With it, the next import invites."),
    Progress.COMPLETE: gettext_lazy("The form is complete. The office has it."),
    Progress.RELEASED: gettext_lazy("The form is released."),
    Progress.DEFERRED: gettext_lazy("The form is released."),
    Progress.ARRIVED: gettext_lazy("The person has arrived."),
    Progress.CLOSED: gettext_lazy("The request or the account is closed."),
}
_BY_ACCESS = {
    Access.NOT_INVITED: Kind.INVITATION,
    Access.INVITED: Kind.INVITATION_AGAIN,
    Access.EXPIRED: Kind.INVITATION_AGAIN,
    Access.SIGNS_IN: Kind.REMINDER,
}


def offers_to(members, records):
    """Say of each member what a reminder would send; ``records`` holds their records by key.

    The members come in their order; whoever has no record there is left out.
    """
    members = [each for each in members if each.key in records]
    asked = [records[each.key] for each in members if each.progress not in _NOT_NEEDED]
    prospects = {each.record.pk: each for each in prospects_of(asked)}
    mailed, references = _mailed_lately(), _references_of(asked)
    today, calendar = timezone.localdate(), office_calendar()
    return [
        _offer(
            records[each.key],
            each.progress,
            prospects.get(each.key),
            references.get(each.key, ""),
            lambda address: _too_soon(mailed.get(address), today, calendar),
        )
        for each in members
    ]


def _offer(record, progress, prospect, reference, too_soon):
    if prospect is None:
        return Offer(record, progress, why_not=str(_NOT_NEEDED[progress]))
    kind = _BY_ACCESS.get(prospect.access, Kind.NONE)
    if kind == Kind.NONE and not prospect.obstacle:
        why_not = _("The invitation was taken back. Invite the person on the student’s page.")
    else:
        why_not = prospect.obstacle or too_soon(_address(record))
    if why_not:
        return Offer(record, progress, why_not=why_not)
    return Offer(record, progress, kind, "", prospect.invitation, reference)


def _too_soon(last, today, calendar):
    if may_remind_again(last, today, calendar):
        return ""
    day = date_format(last, "F j, Y")
    return _("A mail left on %(day)s. Once in three business days is enough.") % {"day": day}


def _address(record):
    return (record.user.email if record.user else record.email).strip().lower()


def _mailed_lately():
    """Return by address the day of the newest reminder or invitation."""
    newest = Notice.objects.filter(
        key__in=(REMINDER, *INVITATIONS), created_at__gte=timezone.now() - LOOK_BACK
    )
    rows = newest.order_by("created_at").values_list("recipient", "created_at")
    return {address.lower(): timezone.localdate(at) for address, at in rows}


def _references_of(records):
    found = StudentRequest.objects.filter(
        student__in=[each.pk for each in records],
        state__in=OPEN,
        type_key__in=first_form_keys(),
    )
    return dict(found.order_by("created_at").values_list("student_id", "reference"))


def send(offer, by):
    """Write one mail; return what was done, or raise CannotInvite with why not."""
    with transaction.atomic():
        if offer.kind == Kind.INVITATION:
            invitation, _is_sent = invite_person(offer.record, by=by)
            return _("Invited: %(email)s") % {"email": invitation.email}
        if offer.kind == Kind.INVITATION_AGAIN:
            return _invite_again(offer.invitation)
        notice = write_reminder(offer)
        return _("Reminded: %(email)s") % {"email": notice.recipient}


def _invite_again(invitation):
    try:
        resend(invitation, seen=invitation.link_number)
    except LinkProblem:
        raise CannotInvite(_("The invitation was accepted or taken back meanwhile.")) from None
    return _("Invited again: %(email)s") % {"email": invitation.email}


def write_reminder(offer):
    """Put the reminder into the outbox; two who press on one day write it once."""
    record, today = offer.record, timezone.localdate()
    return notify(
        REMINDER,
        to=record.user.email,
        name=record.user.get_short_name(),
        about=offer.reference,
        dedupe=f"admitted:{record.pk}:{today}",
        context=office_context() | words_of(offer),
        links={"link": ["request", offer.reference] if offer.reference else ["portal"]},
    )


def words_of(offer):
    """Return what the reminder says to this person beyond the office's names."""
    record = offer.record
    return {
        "name": record.user.get_short_name(),
        "student_name": record.full_name,
        "starts_on": date_format(record.program_start, "F j, Y") if record.program_start else "",
        "is_begun": offer.progress == Progress.STARTED,
        "is_question": offer.progress == Progress.WAITING,
    }


def sample_of(offer):
    """Return the reminder as this person would read it, its link replaced by a word."""
    notice = Notice(
        key=REMINDER,
        about=offer.reference,
        recipient=offer.record.user.email,
        context=words_of(offer),
        links={"link": []},
    )
    return notice.redacted()
