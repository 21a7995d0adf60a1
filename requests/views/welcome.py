"""The first tab: Welcome of people who are here, Home of those the office still expects."""

from django.shortcuts import render

from isso.home.hours import calendar_for
from isso.requests.people import campus

from ..assignment import advisor_for
from ..before_arrival import is_before_arrival
from ..portal_news import news_for
from ..queues import own_requests
from ..reading_messages import new_threads
from .access import with_record
from .before_arrival.home import home
from .clock_lines import clock_lines
from .reminders import reminders_for
from .rows import request_rows
from .to_do import things_to_do

AT_A_GLANCE = 3


@with_record
def welcome(request, record):
    """Greet the person and show what matters today."""
    if is_before_arrival(record):
        return home(request, record)
    own = list(own_requests(record))
    newest = own[:AT_A_GLANCE]
    context = {
        "tab": "welcome",
        "name": record.preferred_name or record.given_name or record.full_name,
        "to_do": things_to_do(record, own),
        "reminders": reminders_for(request.user, record),
        "news": news_for(record),
        "newest": request_rows(newest, clock_lines(newest, calendar_for(request))),
        "more": len(own) > AT_A_GLANCE,
        "new_threads": new_threads(record, own),
        "advisor": advisor_for(record),
        "may_connect_campus": campus.may_be_connected(request.user),
    }
    return render(request, "portal/welcome.html", context)
