"""Reporting during OPT, through the doors: from the tile to the record."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from isso.requests.actor import Actor
from isso.requests.perform import perform
from isso.requests.records.facts import StemReport
from isso.requests.records.models import EmploymentAuthorization, ReportedJob, StemValidation
from isso.requests.records.reading import facts_for
from isso.requests.rules.unemployment import unemployment_days
from isso.tests import factories

from .opt_reports import KEY, VALID


def make_graduate(today, **more):
    """Make somebody on OPT since 100 days, with a job since 80."""
    record = factories.make_student(
        program_start=today - timedelta(days=1000),
        program_end=today - timedelta(days=120),
        stage="graduated",
        **more,
    )
    opt = EmploymentAuthorization.objects.create(
        record=record,
        kind="OPT",
        completion="post",
        start=today - timedelta(days=100),
        end=today + timedelta(days=264),
        education_level="05",
    )
    job = ReportedJob.objects.create(
        authorization=opt,
        employer="Old Mill",
        start=today - timedelta(days=80),
        hours_per_week=40,
        supervisor_name="Ada Reyes",
    )
    return record, opt, job


def changes_of(record):
    return list(
        record.changes.filter(source__startswith="OPT and STEM").values_list("field", "new")
    )


def test_a_new_job_from_the_tile_to_the_record(office):
    today = date(2026, 10, 5)
    record, opt, _job = make_graduate(today)

    made = factories.make_request(record, KEY, "completed")

    job = opt.jobs.get(reference=made.reference)
    assert (job.employer, job.start, job.compensation, job.is_paid, job.supervisor_name) == (
        *("Harbor Labs", today - timedelta(days=3), "31 dollars an hour", True, "Lena Brandt"),
    )
    assert changes_of(record) == [("reportedjob", "Harbor Labs, 2026-10-02")]
    assert list(record.issued_forms.all()) == []


def test_other_hours_keep_the_days_before(office):
    today = date(2026, 10, 5)
    record, opt, job = make_graduate(today)
    assert unemployment_days(facts_for(record), today) == 20

    factories.make_request(
        record,
        *(KEY, "completed"),
        what="changed_job",
        changed_job=str(job.pk),
        changed_on="2026-10-01",
        changes=["hours"],
        new_hours="10",
    )

    assert list(
        opt.jobs.order_by("start").values_list(
            "employer", "supervisor_name", "hours_per_week", "start", "end"
        )
    ) == [
        ("Old Mill", "Ada Reyes", 40, date(2026, 7, 17), date(2026, 9, 30)),
        ("Old Mill", "Ada Reyes", 10, date(2026, 10, 1), None),
    ]
    # Ten hours are too few: from October 1 on the days count again.
    assert unemployment_days(facts_for(record), today) == 25


def test_the_card_brings_its_days_and_the_reports_of_stem_opt(office):
    today = date(2026, 10, 5)
    record, opt, _job = make_graduate(today)
    opt.end = date(2026, 10, 31)
    opt.save()
    stem = record.employments.create(
        kind="STEM",
        completion="post",
        status="requested",
        start=date(2026, 11, 1),
        end=date(2028, 10, 31),
        education_level="05",
    )
    for months, due in ((6, date(2027, 5, 1)), (12, date(2027, 11, 1))):
        StemValidation.objects.create(authorization=stem, months=months, due_on=due)
    card = {"training": "STEM", "what": "card", "document": "ead"}

    made = factories.make_request(
        record,
        *(KEY, "in_review"),
        **card,
        card_start="2026-11-05",
        card_end="2028-10-31",
        card_number="SRC1234567890",
    )
    # Nothing is keyed and nothing released: approving completes it.
    made = perform(made, "approve", Actor.for_user(made.assignee))

    stem.refresh_from_db()
    assert (made.state, stem.status, stem.start, stem.ead_number) == (
        *("completed", "approved", date(2026, 11, 5), "SRC1234567890"),
    )
    assert list(stem.validations.values_list("months", "due_on")) == [
        (6, date(2027, 5, 5)),
        (12, date(2027, 11, 5)),
        (18, date(2028, 5, 5)),
        (24, date(2028, 10, 31)),
    ]


def test_a_report_of_stem_opt_is_noted_on_the_day_it_was_sent(office):
    today = date(2026, 10, 5)
    record, _opt, _job = make_graduate(today)
    stem = record.employments.create(
        kind="STEM",
        completion="post",
        start=date(2026, 4, 20),
        end=date(2028, 4, 19),
        education_level="05",
    )
    owed = StemValidation.objects.create(
        authorization=stem, months=6, due_on=date(2026, 10, 20)
    )  # fmt: skip

    factories.make_request(
        record, KEY, "completed", training="STEM", what="validation", **VALID
    )  # fmt: skip

    owed.refresh_from_db()
    assert (owed.done_on, owed.evaluated_on) == (today, None)
    assert facts_for(record).stem_reports == (
        StemReport(stem.pk, 6, date(2026, 10, 20), today, is_evaluated=False),
    )


def test_anothers_job_is_never_touched(office):
    today = date(2026, 10, 5)
    record, _opt, _job = make_graduate(today)
    _other, _opt, others = make_graduate(today, email="other@school.example")
    made = factories.make_draft(
        record,
        KEY,
        what="ended_job",
        ended_job=str(others.pk),
        job_ended_on="2026-10-01",
        end_reason="left",
    )

    with pytest.raises(ValidationError, match="Select a valid choice"):
        factories.send(made)
