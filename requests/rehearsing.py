"""Says which mails an action would send, by doing it and undoing it: what is shown is what leaves.

Whatever an action brings along, say the invitation of a scholar, is there as well, and the office's
own wording. Nothing else could promise that without telling the whole lifecycle twice.
"""

from django.db import transaction
from django.db.models import Q

from isso.requests.notices.models import Notice

from .models import StudentRequest
from .perform import perform


class _Undo(Exception):
    """Leaves the transaction of a rehearsal, so that nothing of it stays."""


def rehearse(student_request, action, actor, **data):
    """Return the mails that ``action`` would put into the outbox now, the first one first.

    Takes and raises what perform() does. What waits for the end of a transaction never happens.
    """
    try:
        with transaction.atomic():
            known = list(_mails_around(student_request).values_list("pk", flat=True))
            perform(student_request, action, actor, **data)
            written = _mails_around(student_request).exclude(pk__in=known)
            mails = list(written.order_by("created_at"))
            raise _Undo
    except _Undo:
        return mails


def _mails_around(student_request):
    """Return the mails about a request, what it follows and what follows it."""
    together = Q(pk=student_request.pk) | Q(follows=student_request) | Q(followers=student_request)
    references = StudentRequest.objects.filter(together).values("reference")
    return Notice.objects.filter(about__in=references)
