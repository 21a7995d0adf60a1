"""The days of OPT without work: 8 CFR 214.2(f)(10)(ii)(E), counted from the record's facts alone.

Every calendar day in the authorized time counts on which the reported jobs are not enough. The
count ends OPT at 90 days, or at 150 together with STEM OPT, so one function serves the student,
the advisor and the rules of every request type.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from django.utils.translation import gettext as _

from isso.requests.records.choices import EmploymentStatus

from .dates import days_in, stem_bridge_until
from .windows import in_words

UNEMPLOYMENT = "8 CFR 214.2(f)(10)(ii)(E)"
# Work of fewer hours counts as unemployment: 8 CFR 214.2(f)(10)(ii)(E) and SEVP's guidance.
QUALIFYING_HOURS = 20
ALLOWED, ALLOWED_WITH_STEM = 90, 150
# The kinds of authorized time in which days without work count; cap-gap prolongs OPT.
COUNTED = ("OPT", "STEM", "cap_gap")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """One span of authorized time in which days without work count, with both its ends."""

    kind: str
    start: date
    end: date


def counted_periods(facts):
    """Return the authorized times of this level in which days without work count.

    A STEM extension that USCIS has not decided yet counts from the end of OPT, for the 180 days in
    which its work may go on: 8 CFR 274a.12(b)(6)(iv).
    """
    approved = [
        Period(work.kind, work.start, work.end)
        for kind in COUNTED
        for work in facts.approved(kind)
        if work.completion != "pre"
    ]
    waiting = [
        Period("STEM", work.start, min(work.end, stem_bridge_until(work.start - DAY)))
        for work in facts.employments
        if work.kind == "STEM"
        and work.status == EmploymentStatus.PENDING
        and work.education_level in ("", facts.education_level)
    ]
    return approved + waiting


def spans_without_work(facts):
    """Return the spans (first, last) that count, in their order, none of them overlapping."""
    periods, jobs = counted_periods(facts), facts.jobs
    edges = {day for each in periods for day in (each.start, each.end + DAY)}
    edges |= {job.start for job in jobs} | {job.end + DAY for job in jobs if job.end}
    return [
        (first, following - DAY)
        for first, following in pairwise(sorted(edges))
        if _counts(first, periods, jobs)
    ]


def _counts(day, periods, jobs):
    """Tell whether a day lies in authorized time and has too little work."""
    kinds = [each.kind for each in periods if each.start <= day <= each.end]
    held = [job for job in jobs if job.start <= day and (job.end is None or day <= job.end)]
    return bool(kinds) and not any(is_enough(held, kind) for kind in kinds)


def is_enough(jobs, kind):
    """Tell whether the jobs of one day make it a day of work.

    On OPT the hours of all jobs add up, and unpaid work or one's own business counts. STEM OPT
    wants 20 hours with one employer who pays and trains: 8 CFR 214.2(f)(10)(ii)(C).
    """
    if kind == "STEM":
        return any(
            job.hours_per_week >= QUALIFYING_HOURS and job.is_paid and not job.is_self_employed
            for job in jobs
        )
    return sum(job.hours_per_week for job in jobs) >= QUALIFYING_HOURS


def unemployment_days(facts, until):
    """Count the days without work up to ``until``, that day included."""
    return sum(
        days_in(first, min(last, until))
        for first, last in spans_without_work(facts)
        if first <= until
    )


def reached_on(facts, number):
    """Return the day without work that is the so-many-th, or None if it never comes to so many."""
    counted = 0
    for first, last in spans_without_work(facts):
        if counted + days_in(first, last) >= number:
            return first + timedelta(days=number - counted - 1)
        counted += days_in(first, last)
    return None


def days_allowed(facts, today):
    """Return how many days without work are allowed: 90, or 150 once STEM OPT has begun."""
    has_begun = any(work.start <= today for work in facts.approved("STEM"))
    return ALLOWED_WITH_STEM if has_begun else ALLOWED


def used_up_on(facts):
    """Return the day that uses the last allowed day, when no other job is reported; None if never.

    Known ends of jobs count, so the day may lie ahead while somebody still works.
    """
    used = 0
    for first, last in spans_without_work(facts):
        left = days_allowed(facts, first) - used
        if left <= days_in(first, last):
            return first + timedelta(days=left - 1)
        used += days_in(first, last)
    return None


def is_counted(facts, today):
    """Tell whether days without work count, or have counted, for this person."""
    return any(each.start <= today for each in counted_periods(facts))


def warns_from(facts, policy, today):
    """Return from how many days on the office warns: a number of its own for STEM OPT."""
    stem = days_allowed(facts, today) == ALLOWED_WITH_STEM
    return policy["unemployment_warning_stem" if stem else "unemployment_warning"]


def unemployment_words(facts, today):
    """Say the count against what is allowed: “31 of 90 days”."""
    return _("%(days)d of %(most)d days") % {
        "days": unemployment_days(facts, today),
        "most": days_allowed(facts, today),
    }


def unemployment_rows(facts, policy, today):
    """Return rows (label, value, tone) of the counter, and the day on which it is used up."""
    if not is_counted(facts, today):
        return []
    used, allowed = unemployment_days(facts, today), days_allowed(facts, today)
    tone = "warn" if used >= warns_from(facts, policy, today) else "ok"
    rows = [
        (
            _("Days without work"),
            unemployment_words(facts, today),
            "bad" if used > allowed else tone,
        )
    ]
    last = used_up_on(facts)
    if last and last >= today:
        rows.append((_("Without another job they are used up on"), in_words(last), "warn"))
    return rows
