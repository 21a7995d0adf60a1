"""Makes one person anonymous: the record, everything around it, the user, and what was sent."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from django.utils import timezone
from wagtail.models import ModelLogEntry

from isso.requests.notices.models import DeliveryEvent, Notice
from isso.requests.people.models import User
from isso.requests.records.models import RecordChange, StudentRecord

from ..models import Document, HistoryEntry, RetentionHold, StudentRequest
from .emptying import ANONYMIZED, Emptied
from .person_rows import AROUND_RECORD, AROUND_USER, RECORD_STAYS, USER_STAYS
from .words import ANSWERS, HISTORY, LETTER, MESSAGES, forget_notes

NOTICE_STAYS = (
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
)
# The history goes by forget_notes(), with the approvers' names.
OF_REQUESTS = (*ANSWERS, *MESSAGES, LETTER, HISTORY)


def make_anonymous(record):
    """Leave of a person what names nobody; returns how many of what were emptied or deleted.

    The caller has locked the record and its requests, and holds the transaction.
    """
    requests = list(record.requests.values_list("pk", flat=True))
    mails = _forget_mails(record, requests)
    documents = record.documents.exclude(file="").count()
    for each in OF_REQUESTS:
        each.empty(requests)
    forget_notes(requests)
    for each in AROUND_RECORD:
        each.empty([record.pk])
    now = timezone.now()
    Document.objects.filter(student=record, removed_at__isnull=True).update(removed_at=now)
    RetentionHold.objects.filter(record=record).update(why=ANONYMIZED)
    if record.user_id:
        _forget_user(record.user_id)
    Emptied(
        StudentRecord,
        "pk",
        RECORD_STAYS,
        named=("family_name",),
        also={"stage": "archived", "source": "", "updated_at": now, "anonymized_at": now},
    ).empty([record.pk])
    RecordChange.objects.create(record_id=record.pk, field="studentrecord", new=ANONYMIZED)
    return {"people": 1, "requests": len(requests), "files": documents, "mails": mails}


def _forget_user(key):
    """Close the account: nobody can sign in, and a session that is open ends with it."""
    HistoryEntry.objects.filter(actor_user=key).update(actor_label=ANONYMIZED)
    for each in AROUND_USER:
        each.empty([key])
    user = User.objects.get(pk=key)
    user.set_unusable_password()
    user.groups.clear()
    user.user_permissions.clear()
    closed = {
        "email": f"anonymized-{key}@anonymized.invalid",
        "full_name": ANONYMIZED,
        "password": user.password,
        "is_active": False,
    }
    Emptied(User, "pk", USER_STAYS, also=closed).empty([key])
    # Wagtail's log of the user administration keeps the name it found.
    ModelLogEntry.objects.filter(
        content_type=ContentType.objects.get_for_model(User), object_id=str(key)
    ).update(label=ANONYMIZED, data={})


def _forget_mails(record, requests):
    """Empty the mails to this person and those about the requests; what waits does not leave.

    What went to others names them no less than before, and no longer speaks of this person.
    """
    addresses = {record.email, record.personal_email, record.user.email if record.user else ""}
    addresses |= set(record.dependents.values_list("email", flat=True))
    own = Q()
    for address in filter(None, addresses):
        own |= Q(recipient__iexact=address)
    references = StudentRequest.objects.filter(pk__in=requests).values("reference")
    about = Q(about__in=references)
    theirs = Notice.objects.filter(about | own) if own else Notice.objects.filter(about)
    keys = list(theirs.values_list("pk", flat=True))
    to_them = Notice.objects.filter(pk__in=keys).filter(
        own | Q(audience__in=("student", "approver"))
    )
    forgotten = list(to_them.values_list("pk", flat=True))
    emptied = forget_mails(keys)
    Notice.objects.filter(pk__in=forgotten).update(recipient="", recipient_name="", reply_to="")
    return emptied


def forget_mails(keys):
    """Take the words out of mails and out of what was reported about them; returns how many."""
    Notice.objects.filter(pk__in=keys, state__in=("waiting", "sending", "failed")).update(
        state="canceled"
    )
    DeliveryEvent.objects.filter(notice__in=keys).update(note="")
    # The key against doubles holds the address.
    for key in keys:
        Notice.objects.filter(pk=key).update(dedupe_key=f"anonymized:{key}")
    words = Emptied(Notice, "pk", (*NOTICE_STAYS, "recipient", "recipient_name", "reply_to"))
    return words.empty(keys)
