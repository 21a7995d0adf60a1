"""Writes what a request says about work: authorizations, jobs, reports owed, reduced course loads.

``occasion`` is the one of ``recording.py``: which request writes, in whose name.
"""

from isso.requests.records.changing import authorize_employment, cut_work, report_job
from isso.requests.records.models import (
    EmploymentAuthorization,
    ReducedCourseLoad,
    ReportedJob,
    StemValidation,
)


def authorize(effect, occasion):
    """Add a work authorization, with its job and the reports owed on it."""
    work = authorize_employment(
        occasion.record,
        by=occasion.by,
        source=occasion.source,
        reference=occasion.reference,
        kind=effect.kind,
        start=effect.start,
        end=effect.end,
        full_time=effect.full_time,
        employer=effect.employer,
        address=effect.address,
        completion=effect.completion,
        status=effect.status,
        recommended_on=(occasion.recorded_on or occasion.today) if effect.is_recommended else None,
        **effect.details,
    )
    if effect.job:
        report_job(
            work,
            effect.job,
            by=occasion.by,
            source=occasion.source,
            reference=occasion.reference,
        )
    for months, due_on in effect.validations:
        StemValidation.objects.get_or_create(
            authorization=work, months=months, defaults={"due_on": due_on}
        )


def reduce_load(effect, occasion):
    """Note that fewer courses are authorized."""
    occasion.add(
        ReducedCourseLoad,
        {
            "reason": effect.reason,
            "start": effect.start,
            "end": effect.end,
            "education_level": occasion.record.education_level,
        },
    )


def decide(effect, occasion):
    """Set what USCIS decided; reports not yet sent get their new day."""
    work = occasion.own(EmploymentAuthorization, pk=effect.authorization)
    occasion.change(work, effect.changes)
    for months, due_on in effect.validations:
        owed, _made = StemValidation.objects.get_or_create(
            authorization=work, months=months, defaults={"due_on": due_on}
        )
        if owed.done_on is None:
            occasion.change(owed, {"due_on": due_on})


def add_job(effect, occasion):
    """Add a job under an authorization of this record."""
    work = occasion.own(EmploymentAuthorization, pk=effect.authorization)
    like = effect.like and occasion.own(ReportedJob, pk=effect.like)
    report_job(
        work,
        effect.job,
        like=like,
        by=occasion.by,
        source=occasion.source,
        reference=occasion.reference,
    )


def change_job(effect, occasion):
    """Set columns of a job of this record."""
    occasion.change(occasion.own(ReportedJob, pk=effect.job), effect.changes)


def note_report(effect, occasion):
    """Note the day on which an owed report came, once."""
    owed = occasion.own(StemValidation, authorization_id=effect.authorization, months=effect.months)
    name = "evaluated_on" if effect.is_evaluation else "done_on"
    if getattr(owed, name) is None:
        occasion.change(owed, {name: occasion.sent_on})


def cut(effect, occasion):
    """End work on a day at the latest."""
    cut_work(
        occasion.record,
        effect.last_day,
        kinds=effect.kinds,
        by=occasion.by,
        source=occasion.source,
    )
