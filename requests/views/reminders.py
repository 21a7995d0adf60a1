"""The office's reminders to one person: what is showing, and putting one away."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..models import Reminder, ReminderPutAway
from .access import with_record

LOUDEST_FIRST = (Reminder.Severity.URGENT, Reminder.Severity.WARN, Reminder.Severity.INFO)


def reminders_for(user, record):
    """Return what is showing to this person, the loudest first, in one query."""
    return sorted(
        Reminder.objects.showing().for_record(record).not_put_away(user),
        key=lambda reminder: LOUDEST_FIRST.index(reminder.severity),
    )


@require_POST
@with_record
def put_away(request, record, pk):
    """Show one reminder to this person no more, unless it is urgent."""
    reminder = get_object_or_404(Reminder.objects.showing().for_record(record), pk=pk)
    if reminder.may_be_put_away:
        ReminderPutAway.objects.update_or_create(
            reminder=reminder, user=request.user, defaults={"at": timezone.now()}
        )
        messages.success(request, _("“%(title)s” is put away.") % {"title": reminder.title})
    else:
        messages.error(
            request,
            _("“%(title)s” has become urgent. It stays until its time is over.")
            % {"title": reminder.title},
        )
    return redirect("portal_welcome")
