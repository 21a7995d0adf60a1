"""What completing a request writes into the record: statements a type makes, without a database.

``recording.py`` carries them out, each once for a request however often it runs.
"""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True)
class ChangeRecord:
    """Set these facts of the record."""

    changes: dict


@dataclass(frozen=True)
class AuthorizeEmployment:
    """Add this work authorization; words are those of ``records.choices``.

    ``address`` has the keys line1, line2, city, state and postal_code; ``details`` are further
    columns of ``EmploymentAuthorization``. ``validations`` are (months, due date) of STEM OPT.
    ``is_recommended`` notes the day the office recommended it in SEVIS, ``job`` are columns of the
    ``ReportedJob`` that begins with it.
    """

    kind: str
    start: date
    end: date
    full_time: bool
    employer: str = ""
    address: dict = field(default_factory=dict)
    completion: str = ""
    status: str = "approved"
    details: dict = field(default_factory=dict)
    validations: tuple[tuple[int, date], ...] = ()
    is_recommended: bool = False
    job: dict = field(default_factory=dict)


@dataclass(frozen=True)
class ReduceLoad:
    """Note that fewer courses than full time are authorized (``choices.CourseLoadReason``)."""

    reason: str
    start: date
    end: date


@dataclass(frozen=True)
class DecideEmployment:
    """Set columns of an authorization on the record, named by its id, as USCIS decided.

    ``validations`` are (months, due date) that replace the due dates of reports not yet sent.
    """

    authorization: int
    changes: dict
    validations: tuple[tuple[int, date], ...] = ()


@dataclass(frozen=True)
class ReportJob:
    """Add a job under an authorization of the record, with columns of ``ReportedJob``.

    ``like`` is the id of a job on the record whose other columns it repeats: the same job with
    other hours is another row, so that the days before keep theirs.
    """

    authorization: int
    job: dict
    like: int | None = None


@dataclass(frozen=True)
class ChangeJob:
    """Set columns of a job on the record, named by its id."""

    job: int
    changes: dict


@dataclass(frozen=True)
class NoteStemReport:
    """Note that a report owed on STEM OPT came, or its self-evaluation, when this was sent."""

    authorization: int
    months: int
    is_evaluation: bool = False


@dataclass(frozen=True)
class CutWork:
    """End every work authorization on this day at the latest, or those of these kinds alone."""

    last_day: date
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class IssueForm:
    """Note that a form was issued: an I-20, or a DS-2019 for exchange visitors.

    ``dependents`` are ids of dependents on the record who get one, too; the person gets one
    unless ``for_person`` is False. ``for_added`` are those this request adds, whose SEVIS ID
    follows later. What is printed (SEVIS ID, program dates) is read from the record after the
    other effects.
    """

    reason: str
    for_person: bool = True
    dependents: tuple[int, ...] = ()
    for_added: bool = False
    has_travel_signature: bool = False
    # Print the program that begins next instead of the present one.
    for_next_program: bool = False
    employment_note: str = ""


@dataclass(frozen=True)
class NoteLetter:
    """Note among the issued forms that a letter was issued; its words stand with the letter."""


@dataclass(frozen=True)
class ReportAddress:
    """Keep an address as reported, for the 10-day and 21-day evidence, and make it the present one.

    ``kind`` is one of ``choices.AddressKind``, which is also the prefix of the record's columns.
    It was reported, and holds unless another day is named, when the request was sent.
    """

    kind: str
    parts: dict
    valid_from: date | None = None
    reported_on: date | None = None
    valid_until: date | None = None


@dataclass(frozen=True)
class AddDependent:
    """Add a spouse or child, with columns of ``Dependent``."""

    fields: dict


@dataclass(frozen=True)
class ChangeDependents:
    """Set these columns of dependents who are on the record, named by their ids."""

    dependents: tuple[int, ...]
    changes: dict


@dataclass(frozen=True)
class StateFunding:
    """Keep costs and means as shown for a form, with columns of ``FundingStatement``.

    An addition repeats the newest statement with these dollars added to it; without one there is
    nothing to add to.
    """

    fields: dict
    is_addition: bool = False


@dataclass(frozen=True)
class InvitePerson:
    """Invite the person of the record into the portal, once for a request, after all else.

    Whoever has an account already is invited to sign in.
    """


@dataclass(frozen=True)
class LiftHold:
    """Lift the hold of this kind (``choices.HoldKind``), where there is one."""

    kind: str


@dataclass(frozen=True)
class NoteScholar:
    """Set these columns of ``ScholarDetails``; whoever has none gets them."""

    changes: dict


@dataclass(frozen=True)
class NoteSite:
    """Add a site of activity with these columns or, with the id of one, change that one.

    A site that becomes the primary one takes the place of the present one: there is only one.
    """

    fields: dict
    site: int | None = None


@dataclass(frozen=True)
class NoteStay:
    """Keep an earlier stay in J status, with columns of ``ExchangeStay``; each once."""

    fields: dict
