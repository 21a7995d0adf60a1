"""The rows around one record (work, family, forms, holds ...), read in one query for one page."""

from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, DateField, F, TextField, Value
from django.db.models.functions import Cast, Concat, Trim

from . import choices
from .models import (
    Dependent,
    EmploymentAuthorization,
    ExchangeStay,
    FormerSevisId,
    FundingStatement,
    Hold,
    IssuedForm,
    ReducedCourseLoad,
    ReportedJob,
    SiteOfActivity,
)
from .models.money import COSTS, MEANS

KINDS = ("work", "job", "family", "hold", "form", "load", "former", "stay", "site", "funding")
WORDS = {
    ("work", "name"): choices.EmploymentKind,
    ("work", "status"): choices.EmploymentStatus,
    ("family", "status"): choices.SevisStatus,
    ("family", "more"): choices.Relation,
    ("hold", "name"): choices.HoldKind,
    ("form", "name"): choices.FormKind,
    ("form", "status"): choices.IssueReason,
    ("load", "name"): choices.CourseLoadReason,
    ("load", "status"): ReducedCourseLoad.Status,
    ("stay", "name"): choices.ExchangeCategory,
}


@dataclass(frozen=True)
class Line:
    """One row around a record: what it is, whom or what it names, its two days and its details."""

    what: str
    pk: int
    belongs_to: int | None
    name: str
    status: str
    detail: str
    more: str
    start: date | None
    end: date | None

    @property
    def name_shown(self):
        """The name in words."""
        return self._in_words("name")

    @property
    def status_shown(self):
        """The status or reason in words."""
        return self._in_words("status")

    @property
    def more_shown(self):
        """The further detail in words."""
        return self._in_words("more")

    def _in_words(self, column):
        value = getattr(self, column)
        words = WORDS.get((self.what, column))
        return words(value).label if words and value in words.values else value


def lines_around(record):
    """Return what → its lines, the newest first."""
    lists = (
        _rows(
            EmploymentAuthorization, "work", "start", "end",
            name="kind", status="status", detail="employer", more="receipt_number", record=record,
        ),
        _rows(
            ReportedJob, "job", "start", "end", belongs_to="authorization_id",
            name="employer", detail="job_title", authorization__record=record,
        ),
        _rows(
            Dependent, "family", "birth_date", "ended_on",
            name=Trim(Concat("given_name", Value(" "), "family_name")),
            status="sevis_status", detail="sevis_id", more="relation", record=record,
        ),
        _rows(Hold, "hold", "placed_on", "lifted_on", name="kind", detail="reason", record=record),
        _rows(
            IssuedForm, "form", "issued_on", "travel_valid_until", belongs_to="dependent_id",
            name="kind", status="reason", detail="employment_note", more="reference", record=record,
        ),
        _rows(
            ReducedCourseLoad, "load", "start", "end",
            name="reason", status="status", more="reference", record=record,
        ),
        _rows(FormerSevisId, "former", None, "until", name="sevis_id", detail="reason",
              record=record),
        _rows(ExchangeStay, "stay", "start", "end", name="category", detail="sponsor",
              record=record),
        _rows(SiteOfActivity, "site", None, "ended_on", name="name", detail="city", record=record),
        _rows(
            FundingStatement, "funding", "as_of", None, name="months",
            detail=sum(map(F, COSTS[1:]), F(COSTS[0])), more=sum(map(F, MEANS[1:]), F(MEANS[0])),
            status="reference", record=record,
        ),
    )  # fmt: skip
    first, *others = lists
    found = {what: [] for what in KINDS}
    for row in first.union(*others, all=True):
        line = Line(*row)
        found[line.what].append(line)
    for lines in found.values():
        lines.sort(key=lambda line: (line.start or date.min, line.pk), reverse=True)
    return found


def _rows(model, what, start, end, *, belongs_to=None, **columns):
    """Return the columns of a Line, in its order and with the same types in every table."""
    texts = {name: columns.pop(name, Value("")) for name in ("name", "status", "detail", "more")}
    values = {
        "row_what": Value(what, TextField()),
        "row_pk": F("pk"),
        "row_belongs_to": F(belongs_to) if belongs_to else Cast(Value(None), BigIntegerField()),
        **{f"row_{name}": Cast(text, TextField()) for name, text in texts.items()},
        "row_start": F(start) if start else Cast(Value(None), DateField()),
        "row_end": F(end) if end else Cast(Value(None), DateField()),
    }
    return model.objects.filter(**columns).order_by().annotate(**values).values_list(*values)
