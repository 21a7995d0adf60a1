"""Makes one person anonymous: the record, everything around it, the user, and what was sent."""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from wagtail.models import ModelLogEntry

from isso.requests.people.models import User
from isso.requests.records.models import RecordChange, StudentRecord

from ..models import Document, HistoryEntry, RetentionHold
from .emptying import ANONYMIZED, Emptied
from .mails import forget_mails_of
from .person_rows import AROUND_RECORD, AROUND_USER, RECORD_STAYS, USER_STAYS
from .words import ANSWERS, BULK, HISTORY, LETTER, MESSAGES, forget_notes

# The history goes by forget_notes(), with the approvers' names.
OF_REQUESTS = (*ANSWERS, *MESSAGES, LETTER, BULK, HISTORY)


def make_anonymous(record):
    """Leave of a person what names nobody; returns how many of what were emptied or deleted.

    The caller has locked the record and its requests, and holds the transaction.
    """
    requests = list(record.requests.values_list("pk", flat=True))
    mails = forget_mails_of(record, requests)
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
