"""Moves the whole demonstration in time, so that it looks as if loaded today."""

import re
import tomllib
from datetime import date, datetime, timedelta

from django.db.models import DateField, DateTimeField, F
from django.utils import timezone

from isso.home.demonstration.loading import FOLDER
from isso.home.models import Alert, EventPage, ExchangeRate, KeyDate, NewsItemPage
from isso.pages.models import GuidancePage
from isso.requests.notices.models import DeliveryEvent, Notice
from isso.requests.people.models import (
    AccessRequest,
    DepartmentMembership,
    Invitation,
    RoleTerm,
)
from isso.requests.records import models as records
from isso.requests.records.models import StudentRecord

from ..due_dates import refresh_due_dates
from ..models import Approval, Reminder, RequestGuidePage, RequestPolicy, Snapshot, StudentRequest
from .backdating import TIMES

# Every date and time of these moves, except the ones named.
WHOLE = (
    StudentRecord,
    records.Dependent,
    records.EmploymentAuthorization,
    records.ExchangeStay,
    records.FormerSevisId,
    records.FundingStatement,
    records.Hold,
    records.IssuedForm,
    records.RecordChange,
    records.ReducedCourseLoad,
    records.ReportedAddress,
    records.ReportedJob,
    records.ScholarDetails,
    records.SiteOfActivity,
    records.StemValidation,
    AccessRequest,
    DepartmentMembership,
    Invitation,
    RoleTerm,
    StudentRequest,
    *TIMES,
)
MAILS = (Notice, DeliveryEvent)
STAYS = {"birth_date", "updated_at"}
PUBLISHED_DATES = (
    "show_from",
    "show_until",
    "reviewed_on",
    "review_by",
    "start",
    "end",
    "date",
    "valid_until",
)
MOVED_WITH_ANSWERS = {StudentRequest: ("purpose",), Snapshot: ("policy",)}
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
BATCH = 1000


def refresh(today):
    """Move every date by the days since the demonstration was loaded; return how many days."""
    loaded_on = (
        StudentRecord.objects.filter(user__email="student@demo.example")
        .values_list("source_as_of", flat=True)
        .first()
    )
    if loaded_on is None or loaded_on == today:
        return 0
    by = today - loaded_on
    for model in (*WHOLE, *MAILS, Alert):
        _move(model.objects.all(), by)
    _move(KeyDate.objects.filter(title__in=_titles_of_relative_dates()), by)
    _move(RequestPolicy.objects.all(), by)
    _move_rates(by)
    for model in (StudentRequest, Snapshot, Approval):
        _move_answers(model, by)
    for thing in [*Reminder.objects.filter(live=True), *_dated_pages()]:
        _move_published(thing, by)
    refresh_due_dates()
    return by.days


def _titles_of_relative_dates():
    """Name the key dates that count from the day of loading; the calendar's own dates stay."""
    told = tomllib.loads((FOLDER / "office.toml").read_text())["key_date"]
    return [entry["title"] for entry in told if "start_in_days" in entry]


def _move(rows, by):
    names = [
        field.name
        for field in rows.model._meta.concrete_fields
        if isinstance(field, (DateField, DateTimeField)) and field.name not in STAYS
    ]
    rows.update(**{name: F(name) + by for name in names})


def _move_rates(by):
    """Move the exchange rates, the last day first: no two of a currency are of one day."""
    for rate in ExchangeRate.objects.order_by("-day" if by > timedelta() else "day"):
        rate.day += by
        rate.save()


def _move_answers(model, by):
    """Move the dates people have typed, and those of the prices they were sent with."""
    rows = model.objects.exclude(answers={}).order_by("pk")
    batch = []
    for row in rows.iterator(chunk_size=BATCH):
        row.answers = _moved(row.answers, by)
        if model is Snapshot:
            row.policy = _moved(row.policy, by)
        if model is StudentRequest:
            row.purpose = row.type.purpose(row.answers) if row.purpose else ""
        batch.append(row)
        if len(batch) == BATCH:
            _write(model, batch)
            batch = []
    _write(model, batch)


def _moved(value, by):
    if isinstance(value, dict):
        return {name: _moved(each, by) for name, each in value.items()}
    if isinstance(value, list):
        return [_moved(each, by) for each in value]
    if isinstance(value, str) and ISO_DATE.fullmatch(value):
        return (date.fromisoformat(value) + by).isoformat()
    return value


def _write(model, rows):
    model.objects.bulk_update(rows, ["answers", *MOVED_WITH_ANSWERS.get(model, ())])


def _dated_pages():
    kinds = (GuidancePage, RequestGuidePage, EventPage, NewsItemPage)
    return [page for kind in kinds for page in kind.objects.live()]


def _move_published(thing, by: timedelta):
    """Move what editors can edit, with a new revision, so that the editor shows the same."""
    for name in PUBLISHED_DATES:
        if value := getattr(thing, name, None):
            # An event keeps its hour by the clock on the wall.
            local = timezone.localtime(value) if isinstance(value, datetime) else value
            setattr(thing, name, local + by)
    thing.save_revision(clean=False).publish()
