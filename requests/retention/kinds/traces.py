"""Traces of use: sessions, invitations, mails, the access log, what letters printed."""

from django.core.management import call_command
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from isso.requests.notices.models import Notice, NoticeState
from isso.requests.people.models import Invitation
from isso.requests.records.models import AccessLog

from ...models import IssuedLetter, StudentRequest
from ..anonymizing import forget_mails
from ..holding import people_with_a_hold
from ..kind import Method, Period, Purge

AT_ONCE = 500
ENDED = (NoticeState.SENT, NoticeState.FAILED, NoticeState.CANCELED)


def clear_sessions(_cutoff):
    """Forget sessions that have ended; Django does not say how many."""
    call_command("clearsessions", verbosity=0)
    return 0


def purge_mails(cutoff):
    """Take the words out of old mails; which mail left when, and to whom, stays."""
    held = StudentRequest.objects.filter(student__in=people_with_a_hold()).values("reference")
    old = Notice.objects.filter(created_at__lt=cutoff.moment, state__in=ENDED)
    old = old.exclude(context={}, links={}).exclude(about__in=held)
    number = 0
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        number += forget_mails(keys)
    return number


def purge_access_log(cutoff):
    """Delete old readings, but none of a person or request on which a hold lies."""
    held = StudentRequest.objects.filter(student__in=people_with_a_hold())
    kept = {
        str(value)
        for values in held.values_list("pk", "reference", "student_id", "documents__pk")
        for value in values
    } | {str(pk) for pk in people_with_a_hold().values_list("record", flat=True)}
    old = AccessLog.objects.filter(at__lt=cutoff.moment)
    if kept:
        old = old.exclude(object_id__in=sorted(kept))
    number = 0
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        number += AccessLog.objects.filter(pk__in=keys).delete()[0]
    return number


def purge_invitations(cutoff):
    """Forget the address of invitations that nobody accepted; that there was one stays."""
    ended = Q(expires_at__lt=cutoff.moment) | Q(revoked_at__lt=cutoff.moment)
    old = Invitation.objects.filter(ended, accepted_at__isnull=True).exclude(email="")
    held = old.filter(user__record__in=people_with_a_hold()).values("pk")
    return old.exclude(pk__in=held).update(email="")


def purge_letter_facts(cutoff):
    """Forget what an old letter printed; its page goes on saying that it counts no longer."""
    old = IssuedLetter.objects.filter(valid_until__lt=cutoff.day).exclude(facts=[])
    held = old.filter(student_request__student__in=people_with_a_hold()).values("pk")
    return old.exclude(pk__in=held).update(facts=[])


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
        purge=clear_sessions,
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
        key="mails",
        title=_("Words of mails"),
        outcome=_("sent, failed or canceled"),
        clock=_("the day it was written"),
        period=Period(1096, 90, 10957),
        method=Method.ANONYMIZE,
        stays=_("which mail left when, and to whom"),
        why_no_plan=_("A mail repeats what the request says, and its reader has it."),
        purge=purge_mails,
    ),
    Purge(
        key="access_log",
        title=_("Access log"),
        clock=_("the day of the reading"),
        period=Period(1096, 365, 10957),
        method=Method.DELETE,
        stays=_("nothing"),
        why_no_plan=_("It concerns no single decision, and its number of days is logged here."),
        purge=purge_access_log,
    ),
    Purge(
        key="letter_facts",
        title=_("Facts behind a letter’s code"),
        outcome=_("no longer valid"),
        clock=_("the last day the letter counts"),
        period=Period(365, 0, 10957),
        method=Method.ANONYMIZE,
        stays=_("the letter among the documents, its dates, and that its code is of ours"),
        why_no_plan=_("The letter itself goes with its person, by the plan."),
        purge=purge_letter_facts,
    ),
)
