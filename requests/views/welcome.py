"""The tab Welcome: what to do now, reminders, requests at a glance, the advisor."""

from django.shortcuts import render

from ..assignment import advisor_for
from ..models import Reminder
from ..queues import own_requests
from .access import with_record
from .rows import request_rows
from .to_do import things_to_do

AT_A_GLANCE = 3


@with_record
def welcome(request, record):
    """Greet the person and show what matters today."""
    own = list(own_requests(record))
    context = {
        "tab": "welcome",
        "name": record.preferred_name or record.given_name or record.full_name,
        "to_do": things_to_do(record, own),
        "reminders": Reminder.objects.showing().for_record(record),
        "newest": request_rows(own[:AT_A_GLANCE]),
        "more": len(own) > AT_A_GLANCE,
        "advisor": advisor_for(record),
    }
    return render(request, "portal/welcome.html", context)
