"""Who reports during OPT and STEM OPT, about what, and on which days it may have happened.

8 CFR 214.2(f)(12)(i), (f)(17): every change within 10 days. A late report is taken, and told so.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import EmploymentStatus

from .dates import (
    add_months,
    grace_end,
    opt_latest_end,
    stem_dates,
    training_report_due,
)
from .training import IN_FORCE, post_completion_opt
from .verdict import Standing, Verdict
from .windows import Window, in_words

REPORTING = "8 CFR 214.2(f)(12)(i), (f)(17)"
JOBS = "8 CFR 214.2(f)(10)(ii)"
OPT, STEM = "OPT", "STEM"
KINDS = (OPT, STEM)
UNDECIDED = (EmploymentStatus.REQUESTED, EmploymentStatus.PENDING)


def trainings(facts):
    """Return OPT and STEM OPT of this level that were recommended or approved, in their order."""
    return [
        work
        for work in facts.employments
        if work.kind in KINDS
        and work.status in IN_FORCE
        and work.education_level in ("", facts.education_level)
    ]


def training_of(facts, kind):
    """Return the one of this kind that ends last, or None."""
    return max(
        (work for work in trainings(facts) if work.kind == kind),
        key=lambda work: work.end,
        default=None,
    )


def present_kind(facts, today=None):
    """Return OPT or STEM for what runs today, else for what ends last; OPT when there is none."""
    found = trainings(facts)
    running = [work for work in found if today and work.start <= today <= work.end]
    newest = max(running or found, key=lambda work: work.end, default=None)
    return newest.kind if newest else OPT


def jobs_of(facts):
    """Return every job reported under these trainings, the newest first."""
    ids = {work.id for work in trainings(facts)}
    found = [job for job in facts.jobs if job.authorization_id in ids]
    return sorted(found, key=lambda job: job.start, reverse=True)


def jobs_held(facts, today):
    """Return the jobs that have not ended."""
    return [job for job in jobs_of(facts) if job.end is None or job.end >= today]


def has_training(facts, today, policy):
    """OPT or STEM OPT was recommended for this person, or approved."""
    if trainings(facts):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("Our record shows no OPT for you."),
        citation=REPORTING,
        cure=_("Ask for OPT first. If another school recommended it, write to us."),
    )


def reporting_window(facts, policy):
    """Return until when reports are taken: as long as one may stay after the training."""
    ends = max((work.end for work in trainings(facts)), default=None)
    if ends is None:
        return None
    return Window(
        last=grace_end(ends, policy["grace_days"]),
        why_last=_("Your OPT ended on %(date)s, and the days after it are over.")
        % {"date": in_words(ends)},
        citation=REPORTING,
    )


# --- On which days something may have happened ---------------------------------------------------


def days_of(work, last=None, why_last=""):
    """Return the days of an authorization, up to an earlier last day where one is named."""
    if work is None:
        return None
    ends = _("Your card ends on %(date)s.") % {"date": in_words(work.end)}
    earlier = last is not None and last < work.end
    return Window(
        work.start,
        last if earlier else work.end,
        _("Your card begins on %(date)s. Work before that day is not allowed.")
        % {"date": in_words(work.start)},
        why_last if earlier else ends,
        JOBS,
    )


def past_days_of(work, today):
    """Return the days of an authorization that have come; nobody reports what may yet happen."""
    return days_of(work, max(today, work.start) if work else None, _("Report it once it happened."))


def card_days(facts, work):
    """Return on which days a card for this training may begin and end."""
    if work is None:
        return None
    if work.kind == STEM and (opt := post_completion_opt(facts)):
        first, last = stem_dates(opt.end)
        why = _("STEM OPT follows your OPT and lasts 24 months.")
        return Window(first, last, "", why, "8 CFR 214.2(f)(10)(ii)(C)")
    if facts.program_end is None:
        return None
    if work.completion == "pre":
        why = _("OPT before completion ends with your program.")
        return Window(facts.full_time_since, facts.program_end, "", why, JOBS)
    return Window(
        facts.program_end + timedelta(days=1),
        opt_latest_end(facts.program_end),
        _("OPT starts after your program."),
        _("It ends within 14 months of your program."),
        "8 CFR 214.2(f)(10)(ii)(A)(3)",
    )


def longest_card(work):
    """Return the last day a card may show that begins like this one: 12 months, 24 for STEM."""
    months = 24 if work.kind == STEM else 12
    return add_months(work.start, months) - timedelta(days=1)


def due_words(happened_on, today):
    """Return (words, tone) about the 10 days in which a change is to be reported."""
    due = training_report_due(happened_on)
    if due < today:
        words = _("It was due on %(day)s. We take it still: send it today.")
        return words % {"day": in_words(due)}, "warn"
    return _("By %(day)s, 10 days after it happened") % {"day": in_words(due)}, "ok"
