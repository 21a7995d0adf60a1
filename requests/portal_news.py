"""Which of the office's news stand on a person's Welcome tab."""

import datetime as dt

from django.utils import timezone

from isso.home.audiences import Audience
from isso.home.models.news import portal_news
from isso.requests.records.choices import Stage, VisaClass

MOST_NEWS = 3
# A term before the end, people begin to plan what comes after it.
GRADUATING_DAYS = 120


def audiences_of(record, today=None):
    """Name the audiences of the public site a person belongs to."""
    today = today or timezone.localdate()
    # Whoever studies has a level of study; the office's other people are scholars.
    if not record.education_level:
        found = {Audience.ALL, Audience.SCHOLARS}
    else:
        by_visa = {VisaClass.F1: Audience.F1, VisaClass.J1: Audience.J1}
        found = {Audience.ALL, by_visa.get(record.visa_class, Audience.ALL)}
    if record.stage in (Stage.PRE_ARRIVAL, Stage.CHECK_IN):
        found.add(Audience.NEW)
    ends_in = record.program_end - today if record.program_end else None
    if ends_in is not None and dt.timedelta(0) <= ends_in <= dt.timedelta(days=GRADUATING_DAYS):
        found.add(Audience.GRADUATING)
    return found


def news_for(record):
    """Return the latest news for this person that are valid today, in one query."""
    return list(portal_news().filter(audience__in=audiences_of(record))[:MOST_NEWS])
