"""Who is long gone: the facts by which a record may be made anonymous, all of them at once."""

from django.contrib.auth.models import Group
from django.db.models import Q

from isso.requests.people.models import Invitation
from isso.requests.people.roles import Role
from isso.requests.records.choices import SevisStatus, Stage
from isso.requests.records.models import EmploymentAuthorization, RecordChange, StudentRecord

from ..models import Document, StudentRequest

# Days on which something ends or begins; the last of them must be over.
ENDS = (
    "program_end",
    "next_program_end",
    "transfer_release_on",
    "stopped_on",
    "returns_on",
    "expected_graduation",
)
STILL_HERE = (Stage.CHECK_IN, Stage.CONTINUING)
STILL_ACTIVE = (SevisStatus.ACTIVE, SevisStatus.INITIAL)


def long_gone(cutoff):
    """Return the records with nothing on or after the cutoff: no study, work, request or visit.

    A record without a program end date, one that SEVIS or the office calls active, and anybody
    of the staff is never among them.
    """
    found = StudentRecord.objects.filter(
        anonymized_at__isnull=True, program_end__isnull=False
    ).exclude(Q(stage__in=STILL_HERE) | Q(sevis_status__in=STILL_ACTIVE))
    for name in ENDS:
        found = found.filter(Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__lt": cutoff.day}))
    requests = StudentRequest.objects.open() | StudentRequest.objects.filter(
        state_since__gte=cutoff.moment
    )
    return (
        found.filter(Q(scholar__departed_on__isnull=True) | Q(scholar__departed_on__lt=cutoff.day))
        .filter(_no_staff(), Q(user__last_login__isnull=True) | _signed_in_before(cutoff))
        .exclude(pk__in=requests.values("student"))
        .exclude(user__in=_invited_since(cutoff).values("user"))
        .exclude(pk__in=_work_since(cutoff).values("record"))
        .exclude(pk__in=RecordChange.objects.filter(at__gte=cutoff.moment).values("record"))
        .exclude(pk__in=Document.objects.filter(added_at__gte=cutoff.moment).values("student"))
    )


def proposals_over(cutoff):
    """Return the records of scholars whom a department proposed and nothing came of.

    All their requests have ended before the cutoff; whoever was approved is proposed no longer.
    """
    requests = StudentRequest.objects.open() | StudentRequest.objects.filter(
        state_since__gte=cutoff.moment
    )
    changed = RecordChange.objects.filter(at__gte=cutoff.moment)
    return (
        StudentRecord.objects.filter(
            stage=Stage.PROPOSED, anonymized_at__isnull=True, user__isnull=True
        )
        .exclude(pk__in=requests.values("student"))
        .exclude(pk__in=changed.values("record"))
    )


def _no_staff():
    is_staff = Q(user__is_staff=True) | Q(user__is_superuser=True)
    # A second role, say of a department or of an editor, belongs to somebody still around.
    others = Group.objects.exclude(name__in=(Role.STUDENT, Role.SCHOLAR))
    holders = StudentRecord.objects.filter(user__groups__in=others)
    return Q(user__isnull=True) | (~is_staff & ~Q(pk__in=holders.values("pk")))


def _signed_in_before(cutoff):
    return Q(user__last_login__lt=cutoff.moment)


def _invited_since(cutoff):
    return Invitation.objects.filter(created_at__gte=cutoff.moment)


def _work_since(cutoff):
    return EmploymentAuthorization.objects.filter(end__gte=cutoff.day)
