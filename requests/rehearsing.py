"""Says which mails an action would send, by doing it and undoing it: what is shown is what leaves.

Whatever an action brings along, say the invitation of a scholar, is there as well, and the office's
own wording. Nothing else could promise that without telling the whole lifecycle twice.
"""

from django.db import transaction

from isso.requests.notices.outbox import written_mails

from .perform import perform


class _Undo(Exception):
    """Leaves the transaction of a rehearsal, so that nothing of it stays."""


def rehearse(student_request, action, actor, **data):
    """Return the mails that ``action`` would put into the outbox now, the first one first.

    Takes and raises what perform() does. What waits for the end of a transaction never happens.
    """
    try:
        with transaction.atomic(), written_mails() as mails:
            perform(student_request, action, actor, **data)
            raise _Undo
    except _Undo:
        return mails
