"""What becomes of mails: those of one person, and those whose days are over."""

from django.db.models import CharField, Q, Value
from django.db.models.functions import Cast, Concat, Lower

from isso.requests.notices.models import DeliveryEvent, Notice, NoticeState
from isso.requests.people.models import AccessRequest, SignInTrouble, User
from isso.requests.records.models import StudentRecord

from ..models import StudentRequest
from .emptying import Emptied
from .holding import people_with_a_hold

AT_ONCE = 500
ENDED = (NoticeState.SENT, NoticeState.FAILED, NoticeState.CANCELED, NoticeState.BUNDLED)
WAITING = (NoticeState.WAITING, NoticeState.SENDING, NoticeState.FAILED, NoticeState.HELD)
STAYS = (
    "key",
    "audience",
    "about",
    "state",
    "created_at",
    "next_attempt_at",
    "lease_until",
    "attempts",
    "sent_at",
    "delivery",
    "dedupe_key",
    "recipient",
    "recipient_name",
    "reply_to",
)


def ended_mails(cutoff):
    """Return the mails written before a cutoff that leave no more, but of nobody held."""
    held = people_with_a_hold()
    requests = StudentRequest.objects.filter(student__in=held)
    people = StudentRecord.objects.filter(pk__in=held)
    return (
        Notice.objects.filter(created_at__lt=cutoff.moment, state__in=ENDED)
        .exclude(about__in=requests.values("reference"))
        .exclude(recipient__in=people.values("email"))
        .exclude(recipient__in=User.objects.filter(record__in=held).values("email"))
    )


def forget_mails(keys):
    """Take the words out of mails and out of what was reported about them; returns how many."""
    mails = Notice.objects.filter(pk__in=keys)
    mails.filter(state__in=WAITING).update(state=NoticeState.CANCELED)
    DeliveryEvent.objects.filter(notice__in=keys).update(note="")
    # The key against doubles holds the address.
    mails.update(dedupe_key=Concat(Value("anonymized:"), Cast("pk", CharField())))
    return Emptied(Notice, "pk", STAYS).empty(keys)


def delete_mails(mails):
    """Delete mails with what was reported about them; returns how many."""
    number = 0
    while keys := list(mails.values_list("pk", flat=True)[:AT_ONCE]):
        DeliveryEvent.objects.filter(notice__in=keys).delete()
        number += Notice.objects.filter(pk__in=keys).delete()[0]
    return number


def forget_mails_of(record, requests):
    """Empty the mails to this person and those about the requests; what waits does not leave.

    What went to others names them no less than before, and no longer speaks of this person.
    Returns how many were emptied.
    """
    own, shared = addresses_of(record)
    references = StudentRequest.objects.filter(pk__in=requests).values("reference")
    mails = Notice.objects.annotate(to=Lower("recipient"))
    by_name = Q(to__in=shared, recipient_name__in=_names_of(record))
    to_them = set(mails.filter(Q(to__in=own) | by_name).values_list("pk", flat=True))
    about = mails.filter(about__in=references)
    named = set(about.filter(audience__in=("student", "approver")).values_list("pk", flat=True))
    emptied = forget_mails(to_them | set(about.values_list("pk", flat=True)))
    Notice.objects.filter(pk__in=to_them | named).update(
        recipient="", recipient_name="", reply_to=""
    )
    # Also what was typed before anybody knew whose address it is.
    for model in (SignInTrouble, AccessRequest):
        model.objects.annotate(typed=Lower("email")).filter(typed__in=own).delete()
    return emptied


def addresses_of(record):
    """Return the addresses of a person in small letters: those of hers alone, and the others.

    A campus gives an address again, and what came to it since is another person's.
    """
    user = record.user
    own = {record.email, record.personal_email}
    own |= set(record.dependents.values_list("email", flat=True))
    if user:
        own |= {user.email, user.personal_email, user.campus_email}
        own |= set(user.emailaddress_set.values_list("email", flat=True))
        own |= set(user.invitations.values_list("email", flat=True))
    own = {address.lower() for address in own if address}
    others = User.objects.exclude(pk=record.user_id).annotate(
        login=Lower("email"), later=Lower("personal_email")
    )
    taken = others.filter(Q(login__in=own) | Q(later__in=own)).values_list("login", "later")
    shared = own & {address for both in taken for address in both}
    return own - shared, shared


def _names_of(record):
    user = record.user
    return {record.full_name, *((user.full_name, user.preferred_name) if user else ())} - {""}
