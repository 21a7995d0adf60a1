"""Approvers whom our mail did not reach: whoever asks reads it and can correct the address."""

from django.db.models import Exists, OuterRef, Q

from isso.requests.notices.models import Audience, Delivery, Notice, NoticeState

from .lifecycle import WITH_APPROVER
from .mails import tell_owner
from .models import StudentRequest

NOT_ARRIVED = (Delivery.BOUNCED, Delivery.REJECTED, Delivery.COMPLAINED)
KEY = "approver_unreached"


def lost_mails():
    """Return the mails that failed or came back, unless a later one reached the same address."""
    later = Notice.objects.filter(
        recipient=OuterRef("recipient"),
        delivery=Delivery.DELIVERED,
        created_at__gt=OuterRef("created_at"),
    )
    lost = Q(state=NoticeState.FAILED) | Q(delivery__in=NOT_ARRIVED)
    return Notice.objects.filter(lost).filter(~Exists(later))


def is_unreached():
    """Return whether the person asked just now was not reached, read along with a request."""
    lost = lost_mails().filter(
        about=OuterRef("reference"),
        audience=Audience.APPROVER,
        recipient__iexact=OuterRef("current_approval__email"),
        created_at__gte=OuterRef("current_approval__asked_at"),
    )
    return Q(state__in=WITH_APPROVER) & Q(Exists(lost))


def tell_of_unreached() -> int:
    """Write to whoever asks that the approver was not reached, once for each person asked."""
    told = Notice.objects.filter(
        key=KEY,
        about=OuterRef("reference"),
        created_at__gte=OuterRef("current_approval__asked_at"),
    )
    # The mailbox of another office is ours to mend ("What is stuck"), and no student's.
    asked_by_name = StudentRequest.objects.filter(current_approval__office="")
    waiting = asked_by_name.filter(is_unreached()).filter(~Exists(told))
    rows = list(waiting.select_related("student__user", "current_approval", "started_by"))
    for student_request in rows:
        approval = student_request.current_approval
        occasion = f"unreached:{approval.pk}"
        tell_owner(KEY, student_request, occasion, approver_name=approval.name)
    return len(rows)
