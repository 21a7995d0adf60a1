"""What signing in leaves behind: sessions, invitations, troubles, and the mails about them."""

from django.contrib.sessions.models import Session
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from isso.requests.people.models import BrowserSession, Invitation, SignInTrouble
from isso.requests.records.inviting_many import purge_invitation_runs

from ..holding import people_with_a_hold
from ..kind import Method, Period, Purge
from ..mails import delete_mails, ended_mails

OF_SIGN_IN = ("sign_in_code", "sign_in_elsewhere", "sign_in_help", "personal_email_code")


def purge_sessions(_cutoff):
    """Delete sessions that have ended, and those that an earlier version kept in Django's table."""
    now = timezone.now()
    ended = BrowserSession.objects.filter(expire_date__lt=now).end()
    # They open nothing any more, but what somebody typed may lie in them (views/unsaved.py).
    return ended + Session.objects.filter(expire_date__lt=now).delete()[0]


def purge_invitations(cutoff):
    """Forget the address of invitations that nobody accepted; that there was one stays."""
    ended = Q(expires_at__lt=cutoff.moment) | Q(revoked_at__lt=cutoff.moment)
    old = Invitation.objects.filter(ended, accepted_at__isnull=True).exclude(email="")
    held = old.filter(user__record__in=people_with_a_hold()).values("pk")
    return old.exclude(pk__in=held).update(email="")


def purge_troubles(cutoff):
    """Delete who could not sign in, dealt with or not: nobody has asked again for so long."""
    old = SignInTrouble.objects.filter(asked_at__lt=cutoff.moment)
    people = people_with_a_hold()
    held = old.filter(Q(user__record__in=people) | Q(record_key__in=people)).values("pk")
    return old.exclude(pk__in=held).delete()[0]


def purge_sign_in_mails(cutoff):
    """Delete the mails that answered who wanted to sign in, with the sealed codes in them."""
    return delete_mails(ended_mails(cutoff).filter(key__in=OF_SIGN_IN))


KINDS = (
    Purge(
        key="sessions",
        title=_("Sessions"),
        outcome=_("ended"),
        clock=_("the moment it ended"),
        period=Period(0, 0, 0),
        method=Method.DELETE,
        stays=_("nothing"),
        why_no_plan=_("Nobody can use it any more."),
        purge=purge_sessions,
    ),
    Purge(
        key="invitations",
        title=_("Invitations"),
        outcome=_("expired or taken back"),
        clock=_("the day it ended"),
        period=Period(365, 30, 10957),
        method=Method.ANONYMIZE,
        stays=_("who was invited as what, and when"),
        why_no_plan=_("The account that was invited stays as it is."),
        purge=purge_invitations,
    ),
    Purge(
        key="invitation_lists",
        title=_("Invitations of many"),
        outcome=_("ended"),
        clock=_("the day the worker had invited the last person"),
        period=Period(30, 7, 365),
        method=Method.DELETE,
        stays=_("the invitations themselves"),
        why_no_plan=_("It repeats what the invitations say."),
        purge=lambda cutoff: purge_invitation_runs(cutoff.moment),
    ),
    Purge(
        key="sign_in_troubles",
        title=_("Who could not sign in"),
        clock=_("the day somebody last asked with this address"),
        period=Period(180, 30, 1096),
        method=Method.DELETE,
        stays=_("nothing"),
        why_no_plan=_("It was a question, and it has been answered."),
        purge=purge_troubles,
    ),
    Purge(
        key="sign_in_mails",
        title=_("Mails with codes, and answers to who could not sign in"),
        outcome=_("sent, failed or canceled"),
        clock=_("the day it was written"),
        period=Period(30, 7, 365),
        method=Method.DELETE,
        stays=_("nothing"),
        why_no_plan=_("A code opens nothing after a few minutes."),
        purge=purge_sign_in_mails,
    ),
)
