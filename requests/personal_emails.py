"""Asks for the personal e-mail address before the program ends: on Welcome, and twice by mail."""

from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.notices.models import Notice
from isso.requests.notices.office import office_context
from isso.requests.notices.outbox import notify
from isso.requests.people.personal_email import is_asked_of
from isso.requests.records.choices import Stage
from isso.requests.records.models import StudentRecord

from .rules.last_login import FIRST, is_asked, last_day, mail_due

KEY = "personal_email_asked"


def is_waiting(record, today) -> bool:
    """Tell whether this person has to give an address now; most people cost no query here."""
    asked = record.stage != Stage.ARCHIVED and is_asked(end_of(record), today)
    return asked and is_asked_of(record.user)


def end_of(record):
    """Return the last day of a person's studies here, if it is known."""
    return last_day(record.program_end, record.next_program_end)


def remind_of_personal_email(today=None) -> int:
    """Write the mails that are due, each once for a last day; return how many."""
    today = today or timezone.localdate()
    due = {}
    for record in _leaving(today):
        end = end_of(record)
        if which := mail_due(end, today):
            due[f"{KEY}:{record.user_id}:{end}:{which}"] = record
    written = Notice.objects.filter(dedupe_key__in=list(due))
    for dedupe in set(due) & set(written.values_list("dedupe_key", flat=True)):
        del due[dedupe]
    return sum(_remind(record, dedupe) for dedupe, record in due.items())


def _leaving(today):
    """Return those with an account whose program ends within the 90 days, or who go on."""
    return (
        StudentRecord.objects.exclude(stage=Stage.ARCHIVED)
        .filter(
            program_end__lte=today + FIRST,
            user__is_active=True,
            user__personal_email_verified_at=None,
            user__campus_ended_at=None,
        )
        .select_related("user")
    )


def _remind(record, dedupe):
    user = record.user
    if not is_asked_of(user):
        return 0
    name = user.get_short_name()
    notify(
        KEY,
        to=user.email,
        name=name,
        dedupe=dedupe,
        context=office_context()
        | {"name": name, "last_day": date_format(end_of(record), "F j, Y")},
        links={"link": ["personal_email"]},
    )
    return 1
