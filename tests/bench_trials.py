"""What ``make bench`` measures of the rule simulator: 20,000 students, each for a year ahead."""

import time
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from isso.requests.models import PolicyNumber, RequestPolicy
from isso.requests.people.models import User
from isso.requests.records.models import EmploymentAuthorization, StudentRecord
from isso.requests.trying import ask, work_on_waiting

# Type, the number that changes, and the number it becomes.
TRIED = (
    ("opt", "pre_completion_opens", 200),
    ("opt_report", "grace_days", 30),
    ("academic_training", "months", 12),
    ("check_in", "days_before", 10),
    ("transfer_out", "grace_days", 30),
)


def trials():
    """Try drafts of several types; yield a line for each."""
    _make_them_differ()
    for type_key, name, value in TRIED:
        trial = _ask(type_key, name, value)
        began = time.monotonic()
        work_on_waiting()
        seconds = time.monotonic() - began
        trial.refresh_from_db()
        counted = [trial.lines.filter(effect=each).count() for each in ("loses", "gains")]
        yield f"| {type_key} | {trial.done} | {counted[0]} | {counted[1]} | {seconds:.0f} |"


def table(lines):
    """Return the lines of the report."""
    return [
        "Trying a policy: everybody on each of the next 365 days, and last year's requests:",
        "",
        "| type | people and requests | would lose | would gain | seconds |",
        "| --- | ---: | ---: | ---: | ---: |",
        *lines,
        "",
    ]


def _make_them_differ():
    """Give the imported people ends on different days; a tenth visits, a tenth is on OPT."""
    today = timezone.localdate()
    imported = StudentRecord.objects.filter(family_name="Bench")
    imported.update(
        sevis_status="active",
        full_time_since=F("program_start"),
        check_in_completed_on=F("program_start"),
    )
    keys = list(imported.order_by("pk").values_list("pk", flat=True))
    for offset in range(50):
        StudentRecord.objects.filter(pk__in=keys[offset::50]).update(
            program_end=today + timedelta(days=15 * offset - 90)
        )
    for visa_class, tenth in (("J-1", keys[::10]), ("H-4", keys[5::100])):
        StudentRecord.objects.filter(pk__in=tenth).update(visa_class=visa_class)
    StudentRecord.objects.filter(pk__in=keys[1::20]).update(
        sevis_status="initial",
        check_in_completed_on=None,
        program_start=today + timedelta(days=20),
        program_end=today + timedelta(days=700),
    )
    EmploymentAuthorization.objects.bulk_create(
        EmploymentAuthorization(
            record_id=key,
            kind="OPT",
            completion="post",
            education_level="05",
            start=today - timedelta(days=number % 300),
            end=today - timedelta(days=number % 300 - 364),
        )
        for number, key in enumerate(keys[3::10])
    )


def _ask(type_key, name, value):
    policy, _is_new = RequestPolicy.objects.get_or_create(
        type_key=type_key,
        defaults={"target_days": 7, "citation": "Bench", "review_by": timezone.localdate()},
    )
    policy.numbers.add(PolicyNumber(name=name, value=value))
    policy.save_revision()
    return ask(policy, User.objects.first())
