"""Decides what an import does with each row: new, changed, unchanged, or refused and why."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..choices import Stage
from ..groups import masked
from ..models import ImportRow, Outcome, StudentRecord
from .columns import FACT_COLUMNS, IDENTITY, UNSAID, value_of
from .matching import Identity, Known, identity_of
from .problems import RowProblem

# With the last of these an admitted student, whose deposit is there, can be invited.
COMPLETE_THE_DEPOSIT = ("deposit_paid_on", "email", "stage")
# What an import may fill in as long as the record does not say it.
_FILLED_IN = ("birth_date", "sevis_id", "institution_id")


@dataclass
class Plan:
    """What becomes of one row."""

    number: int
    outcome: Outcome
    person: str = ""
    record: StudentRecord | None = None
    # Column → (before, after).
    changes: dict = field(default_factory=dict)
    column: str = ""
    reason: str = ""

    @property
    def invites(self):
        """Tell whether this row is why the person is invited: with it the deposit is complete.

        A date that changes later, or a row that repeats it, invites nobody a second time.
        """
        record, said = self.record, self.new_values
        return (
            record is not None
            and record.user_id is None
            and record.stage == Stage.PRE_ARRIVAL
            and bool(record.deposit_paid_on)
            and any(said.get(name) for name in COMPLETE_THE_DEPOSIT)
        )

    @property
    def new_values(self):
        """Return column → what the record says afterwards."""
        return {name: after for name, (_before, after) in self.changes.items()}

    def report(self, run) -> ImportRow:
        """Return the line of the report, fit to be kept: sensitive numbers are masked."""
        changes = [
            [name, masked(name, _words(before)), masked(name, _words(after))]
            for name, (before, after) in self.changes.items()
            if self.outcome == Outcome.CHANGED
        ]
        return ImportRow(
            run=run,
            number=self.number,
            outcome=self.outcome,
            person=self.person[:170],
            changes=changes,
            column=self.column,
            reason=self.reason,
        )


@dataclass
class Survey:
    """What is known of a whole file before its first row is imported."""

    total: int = 0
    _seen: set = field(default_factory=set)
    _twice: set = field(default_factory=set)

    @classmethod
    def of(cls, table):
        """Read the file once, keeping no more than fingerprints of who is in it."""
        survey = cls()
        for row in table.rows():
            survey.total += 1
            try:
                who = identity_of(row.cells)
            except RowProblem:
                continue
            for key in map(hash, (*who.numbers, who.person)):
                (survey._twice if key in survey._seen else survey._seen).add(key)
        return survey

    def has_twice(self, key) -> bool:
        """Tell whether two rows of the file claim the same number or name."""
        return hash(key) in self._twice


def plans_for(rows, survey: Survey, *, by=None, lock=False) -> list[Plan]:
    """Compare a batch of rows with the people of the office as they are at this moment.

    ``by`` is who imports; nobody imports what is about oneself.
    """
    read = [(row, *_read(row)) for row in rows]
    known = Known.read([who for _row, who, _problem in read if who], lock=lock)
    return [
        _refusal(row, problem) if problem else _plan(row, who, known, survey, by)
        for row, who, problem in read
    ]


def _read(row):
    """Return (who the row is about, None), or (None, why nobody knows)."""
    try:
        if row.problem:
            raise RowProblem("", row.problem)
        return identity_of(row.cells), None
    except RowProblem as problem:
        return None, problem


def _refusal(row, problem, who=None):
    return Plan(
        row.number,
        Outcome.REFUSED,
        person=who.full_name if who else "",
        column=problem.column,
        reason=problem.sentence,
    )


def _plan(row, who: Identity, known, survey, by):
    try:
        _refuse_twice(who.numbers, survey)
        record = known.record_of(who)
        said = {name: value_of(name, row.cells.get(name)) for name in FACT_COLUMNS}
        said = {name: value for name, value in said.items() if value is not UNSAID}
        if record is None:
            if survey.has_twice(who.person):
                raise _twice("family_name", _("name and date of birth"))
            return _new(row, who, said)
        if by is not None and record.user_id == by.pk:
            raise RowProblem("", _("This is your own record. Ask a colleague to import this row."))
        return _change(row, who, record, said)
    except RowProblem as problem:
        return _refusal(row, problem, who)


def _refuse_twice(numbers, survey):
    for name, number in sorted(numbers):
        if survey.has_twice((name, number)):
            what = StudentRecord._meta.get_field(name).verbose_name
            raise _twice(name, what)


def _twice(column, what):
    return RowProblem(
        column,
        _("Another row of this file has the same %(what)s. Keep only the right row.")
        % {"what": what},
    )


def _new(row, who, said):
    identity = {name: getattr(who, name) for name in IDENTITY}
    values = {"stage": Stage.PRE_ARRIVAL} | identity | said
    values["sevis_id"] = who.sevis_id or None
    record = StudentRecord(**values)
    _refuse_impossible(record)
    changes = {name: ("", value) for name, value in values.items()}
    return Plan(row.number, Outcome.NEW, who.full_name, record, changes)


def _change(row, who, record, said):
    wanted = {
        name: getattr(who, name)
        for name in _FILLED_IN
        if getattr(who, name) and not getattr(record, name)
    }
    if who.new_sevis_id:
        wanted["sevis_id"] = who.new_sevis_id
    wanted |= said
    changes = {
        name: (getattr(record, name), value)
        for name, value in wanted.items()
        if getattr(record, name) != value
    }
    if not changes:
        return Plan(row.number, Outcome.UNCHANGED, who.full_name, record)
    for name, (_before, after) in changes.items():
        setattr(record, name, after)
    try:
        _refuse_impossible(record)
    except RowProblem:
        for name, (before, _after) in changes.items():
            setattr(record, name, before)
        raise
    return Plan(row.number, Outcome.CHANGED, who.full_name, record, changes)


def _refuse_impossible(record):
    """Refuse what the database would refuse, before it stops the rows around this one."""
    start, end = record.program_start, record.program_end
    if start and end and end <= start:
        raise RowProblem("program_end", _("The program must end after it starts."))


def _words(value):
    return "" if value is None else str(value)
