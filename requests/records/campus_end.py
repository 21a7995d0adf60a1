"""The end of campus accounts: the record names the day, the login moves, and the record follows.

The day comes from an import, a correction of the record, or the button at the desk; a day to come
waits for the worker.
"""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.people.models import User
from isso.requests.people.personal_email import end_campus_account

from .changing import change_record
from .models import StudentRecord

logger = logging.getLogger(__name__)


def end_campus_accounts(today=None) -> int:
    """End the accounts whose last day has come, each by itself; return how many ended."""
    due = StudentRecord.objects.filter(campus_account_end__lte=today or timezone.localdate())
    users = User.objects.filter(record__in=due, campus_ended_at=None)
    return sum(_ended(user) for user in users)


@transaction.atomic
def end_now(record, *, by):
    """Note today as the end of a campus account, and let the login move at once."""
    source = _("Campus account ended, noted by the office")
    change_record(record, {"campus_account_end": timezone.localdate()}, by=by, source=source)
    end_campus_account(record.user, by=by)


def follow_login(user, before, by):
    """Let the record name the address that a person signs in with now, if it named the old one."""
    record = StudentRecord.objects.filter(user=user, email__iexact=before).first()
    if record is not None:
        change_record(record, {"email": user.email}, by=by, source=_("Campus account ended"))


def _ended(user):
    try:
        end_campus_account(user)
    except Exception:
        # The next round tries again; the others have their turn.
        logger.exception("The campus account of user %s was not ended.", user.pk)
        return 0
    return 1
