"""Traces of the office's work: the words of mails, the access log, what letters printed."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from isso.requests.records.models import AccessLog

from ...models import IssuedLetter, StudentRequest
from ..holding import people_with_a_hold
from ..kind import Method, Period, Purge
from ..mails import AT_ONCE, ended_mails, forget_mails


def purge_mails(cutoff):
    """Take the words out of old mails; which mail left when, and to whom, stays."""
    old = ended_mails(cutoff).exclude(context={}, links={})
    number = 0
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        number += forget_mails(keys)
    return number


def purge_access_log(cutoff):
    """Delete old readings, but none of a person or request on which a hold lies."""
    held = people_with_a_hold()
    requests = StudentRequest.objects.filter(student__in=held)
    # Lines of an earlier version name no student, but what was read.
    kept = {
        str(value)
        for values in requests.values_list("pk", "reference", "documents__pk")
        for value in values
    } | {str(pk) for pk in held.values_list("record", flat=True)}
    old = AccessLog.objects.filter(Q(record__isnull=True) | ~Q(record__in=held))
    old = old.filter(at__lt=cutoff.moment).exclude(object_id__in=sorted(kept))
    number = 0
    while keys := list(old.values_list("pk", flat=True)[:AT_ONCE]):
        number += AccessLog.objects.filter(pk__in=keys).delete()[0]
    return number


def purge_letter_facts(cutoff):
    """Forget what an old letter printed; its page goes on saying that it counts no longer."""
    old = IssuedLetter.objects.filter(valid_until__lt=cutoff.day).exclude(facts=[])
    held = old.filter(student_request__student__in=people_with_a_hold()).values("pk")
    return old.exclude(pk__in=held).update(facts=[])


KINDS = (
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
        title=_("Who read what"),
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
