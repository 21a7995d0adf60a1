"""The tab Welcome: what to do now, reminders, news, requests at a glance, the advisor."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from isso.requests.people import campus

from ..assignment import advisor_for
from ..models import Reminder, ReminderPutAway
from ..portal_news import news_for
from ..queues import own_requests
from .access import with_record
from .rows import request_rows
from .to_do import things_to_do

AT_A_GLANCE = 3
LOUDEST_FIRST = (Reminder.Severity.URGENT, Reminder.Severity.WARN, Reminder.Severity.INFO)


@with_record
def welcome(request, record):
    """Greet the person and show what matters today."""
    own = list(own_requests(record))
    context = {
        "tab": "welcome",
        "name": record.preferred_name or record.given_name or record.full_name,
        "to_do": things_to_do(record, own),
        "reminders": sorted(
            Reminder.objects.showing().for_record(record).not_put_away(request.user),
            key=lambda reminder: LOUDEST_FIRST.index(reminder.severity),
        ),
        "news": news_for(record),
        "newest": request_rows(own[:AT_A_GLANCE]),
        "more": len(own) > AT_A_GLANCE,
        "advisor": advisor_for(record),
        "may_connect_campus": campus.may_be_connected(request.user),
    }
    return render(request, "portal/welcome.html", context)


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
