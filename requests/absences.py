"""Keeps each new request with somebody who is here: to the cover in an absence, and back after it.

What an absent advisor has in hand stays his, and his cover works on it (assignment.worked_on_by).
What comes meanwhile is given to the cover. It goes back on the day of return, unless the cover has
started it. Each request is locked and looked at again, so workers may do this side by side, and a
request sent while somebody enters an absence is put right afterwards.
"""

from datetime import datetime, time

from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.home.absence import away_today
from isso.requests.people.models import User

from .actor import Actor
from .assigning import ASSIGN
from .assignment import caseloads, hand_to_advisor, stand_in_for
from .lifecycle import WITH_OFFICE, State
from .mails import send_mails
from .models import HistoryEntry, StudentRequest


def keep_with_somebody() -> int:
    """Do all three; return how many requests changed hands."""
    return give_back() + pass_on() + take_in()


def give_back() -> int:
    """Give what was not started meanwhile back to those who have returned."""
    covered = StudentRequest.objects.filter(covers_for__isnull=False)
    keys = covered.values_list("covers_for", flat=True).order_by().distinct()
    changed = 0
    for advisor in User.objects.filter(pk__in=list(keys)):
        if advisor.is_active and stand_in_for(advisor) != advisor:
            continue
        mine = covered.filter(covers_for=advisor).values_list("pk", flat=True)
        changed += sum(_give_back(pk, advisor) for pk in list(mine))
    return changed


@transaction.atomic
def _give_back(pk, advisor):
    locked = _lock(pk, covers_for=advisor)
    if locked is None:
        return 0
    is_started = locked.state != State.SUBMITTED
    locked.covers_for = None
    if is_started or not advisor.is_active or locked.assignee_id == advisor.pk:
        # Whoever has begun it goes on with it.
        locked.save(update_fields=["covers_for"])
        return 0
    locked.assignee = advisor
    locked.save(update_fields=["covers_for", "assignee"])
    _note(locked, _("%(name)s is back.") % {"name": advisor.get_short_name()})
    return 1


def pass_on() -> int:
    """Give to their covers what has come for those who are away, since they went."""
    changed = 0
    for person in away_today().exclude(email=""):
        advisor = User.objects.filter(email__iexact=person.email, is_active=True).first()
        cover = stand_in_for(advisor) if advisor else None
        if cover is None or cover == advisor:
            continue
        begin = timezone.make_aware(datetime.combine(person.away_from, time.min))
        came = StudentRequest.objects.filter(
            assignee=advisor, state=State.SUBMITTED, state_since__gte=begin
        )
        keys = list(came.values_list("pk", flat=True))
        changed += sum(_pass_on(pk, advisor, cover, person.away_until) for pk in keys)
    return changed


@transaction.atomic
def _pass_on(pk, advisor, cover, last_day):
    locked = _lock(pk, assignee=advisor, state=State.SUBMITTED)
    if locked is None:
        return 0
    locked.assignee, locked.covers_for = cover, locked.covers_for or advisor
    if locked.covers_for == cover:
        locked.covers_for = None
    locked.save(update_fields=["covers_for", "assignee"])
    why = (
        _("%(name)s is away until %(day)s.")
        % {"name": advisor.get_short_name(), "day": date_format(last_day, "F j")}
        if last_day
        else _("%(name)s is away.") % {"name": advisor.get_short_name()}
    )
    _tell(locked, _note(locked, why))
    return 1


def take_in() -> int:
    """Give what nobody has to whoever the rules name by now."""
    waiting = StudentRequest.objects.filter(
        queue="open", assignee__isnull=True, state__in=WITH_OFFICE
    )
    keys = list(waiting.values_list("pk", flat=True))
    rules = caseloads() if keys else []
    return sum(_take_in(pk, rules) for pk in keys)


@transaction.atomic
def _take_in(pk, rules):
    locked = _lock(pk, assignee=None, state__in=WITH_OFFICE)
    if locked is None:
        return 0
    hand_to_advisor(locked, rules)
    if locked.assignee is None:
        return 0
    locked.save(update_fields=["covers_for", "assignee"])
    _tell(locked, _note(locked, _("By the caseloads of today.")))
    return 1


def _lock(pk, **still):
    """Return a request as it is now, or None where it has moved on meanwhile."""
    found = StudentRequest.objects.select_for_update(of=("self",)).select_related(
        "student__user", "student__advisor", "current_approval"
    )
    return found.filter(pk=pk, **still).first()


def _note(locked, why):
    label = _("Assigned to %(name)s") % {"name": locked.assignee.get_short_name()}
    return HistoryEntry.objects.note(locked, "assign", label, Actor.system(), note=why)


def _tell(locked, entry):
    send_mails(ASSIGN, locked, entry, {}, None)
