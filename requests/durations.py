"""How long requests take: measured by the worker, and said only where enough have finished."""

from collections import Counter, defaultdict
from datetime import timedelta

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _

from .lifecycle import State
from .models import MeasuredDuration, StudentRequest
from .rules.quantiles import quantile

# Like requests: the same type, done by a decision in the last 365 days.
LOOK_BACK = timedelta(days=365)
# Fewer say nothing about the next one.
LEAST = 20
DONE = (State.COMPLETED, State.DENIED)


def measure_durations():
    """Measure every type anew, in one query; return how many have changed."""
    now, found = timezone.now(), defaultdict(Counter)
    done = StudentRequest.objects.filter(
        queue="closed", state_since__gte=now - LOOK_BACK, state__in=DONE
    )
    grouped = done.order_by().values_list("type_key", "clock_used").annotate(number=Count("pk"))
    for type_key, days, number in grouped:
        found[type_key][days] += number
    known = {each.type_key: each for each in MeasuredDuration.objects.all()}
    changed = 0
    for type_key in {*found, *known}:
        counts = found.get(type_key, Counter())
        values = {
            "finished": sum(counts.values()),
            "median": quantile(counts, 0.5),
            "most": quantile(counts, 0.8),
        }
        row = known.get(type_key)
        if row and all(getattr(row, name) == value for name, value in values.items()):
            continue
        # One row at a time, so that pages kept in memory hear of it.
        MeasuredDuration.objects.update_or_create(
            type_key=type_key, defaults=values | {"measured_at": now}
        )
        changed += 1
    return changed


def measured_of(type_key):
    """Return what was measured of a type, or None where too few have finished to say anything."""
    return MeasuredDuration.objects.filter(type_key=type_key, finished__gte=LEAST).first()


def most_days(type_key):
    """Return the days within which 8 of 10 of a type were done, read along; None for too few.

    ``type_key`` says where the rows read have the type.
    """
    measured = MeasuredDuration.objects.filter(type_key=OuterRef(type_key), finished__gte=LEAST)
    return Subquery(measured.values("most"))


def all_measured():
    """Return {type key: what was measured} of the types of which enough have finished."""
    return {each.type_key: each for each in MeasuredDuration.objects.filter(finished__gte=LEAST)}


def done_by(student_request, most, calendar):
    """Return the day by which 8 of 10 like requests were done, or None while the clock rests.

    ``most`` is within how many days. The day may lie in the past: then most are done by now.
    """
    if student_request.clock_since is None or most is None:
        return None
    left = most - student_request.clock_used
    if left <= 0:
        return student_request.clock_since
    return calendar.add_business_days(student_request.clock_since, left)


def in_words(measured):
    """Write what was measured of a type."""
    return _(
        "Half were done within %(median)d, 8 of 10 within %(most)d business days "
        "(%(finished)d requests in 12 months)."
    ) % {"median": measured.median, "most": measured.most, "finished": measured.finished}
