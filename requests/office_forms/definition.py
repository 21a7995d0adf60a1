"""What an office form says: plain values that can be kept as JSON and compared.

A published definition never changes. Answers hang on the names of its fields.
"""

from dataclasses import asdict, dataclass

from ..request_form import Audience

TEXT, LONG_TEXT, NUMBER, MONEY, DATE = "text", "long_text", "number", "money", "date"
CHOICE, CHECKBOXES, EMAIL, PHONE = "choice", "checkboxes", "email", "phone"
ADDRESS, COUNTRY, FILE = "address", "country", "file"
WITH_OPTIONS = frozenset({CHOICE, CHECKBOXES})
KINDS = (
    *(TEXT, LONG_TEXT, NUMBER, MONEY, DATE, CHOICE, CHECKBOXES, EMAIL, PHONE, ADDRESS, COUNTRY),
    FILE,
)
# An approver answers questions in words; what he would upload or look up, the student has.
QUESTION_KINDS = (TEXT, LONG_TEXT, NUMBER, DATE, CHOICE, CHECKBOXES)
# The parts of an address, each an answer of its own: bank_address_city.
ADDRESS_PARTS = ("street", "city", "region", "postal_code", "country")


@dataclass(frozen=True)
class ShowIf:
    """A field is asked only after this answer to an earlier one; no answers means: any."""

    name: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Field:
    """One thing that is asked; ``name`` ties the answers to it, whatever the words become."""

    kind: str
    name: str
    label: str
    help: str = ""
    required: bool = True
    audience: str = Audience.STUDENT
    options: tuple[str, ...] = ()
    show_if: ShowIf | None = None

    @property
    def names(self):
        """The names under which answers are kept: one, or those of the parts of an address."""
        if self.kind != ADDRESS:
            return (self.name,)
        return tuple(f"{self.name}_{part}" for part in ADDRESS_PARTS)


@dataclass(frozen=True)
class Section:
    """One page of the form."""

    title: str
    fields: tuple[Field, ...] = ()
    intro: str = ""

    @property
    def for_student(self):
        """What the student answers; the office fills in the rest at the desk."""
        return tuple(each for each in self.fields if each.audience != Audience.OFFICE)


@dataclass(frozen=True)
class Condition:
    """Who may ask: a condition of the list (conditions.py) with what it needs to know."""

    name: str
    values: tuple[str, ...] = ()
    days: int | None = None


@dataclass(frozen=True)
class Definition:
    """A whole office form."""

    title: str
    summary: str
    sections: tuple[Section, ...] = ()
    # The files it asks for on a page of their own, after the sections.
    documents: tuple[Field, ...] = ()
    explanation: str = ""
    conditions: tuple[Condition, ...] = ()
    asks_approver: bool = False
    questions: tuple[Field, ...] = ()
    attestations: tuple[str, ...] = ()
    stock_reasons: tuple[str, ...] = ()
    releases: str = ""
    target_days: int = 5
    topic: str = ""
    audience: str = ""
    also_called: tuple[str, ...] = ()
    citation: str = ""

    @property
    def fields(self):
        """Everything the student or the office is asked, in the order of the pages."""
        return (*(each for section in self.sections for each in section.fields), *self.documents)

    @property
    def for_office(self):
        """What the office fills in at the desk, for itself alone."""
        return tuple(each for each in self.fields if each.audience == Audience.OFFICE)

    def as_plain(self):
        """Return it as JSON keeps it."""
        return asdict(self)


def from_plain(plain):
    """Return the definition that ``as_plain`` has written; what is left out is as by default."""
    sections = tuple(
        Section(**each | {"fields": _fields(each["fields"])}) for each in plain.get("sections", ())
    )
    conditions = tuple(
        Condition(**each | {"values": tuple(each.get("values", ()))})
        for each in plain.get("conditions", ())
    )
    lists = {
        name: tuple(plain.get(name, ()))
        for name in ("attestations", "stock_reasons", "also_called")
    }
    fields = {name: _fields(plain.get(name, ())) for name in ("documents", "questions")}
    return Definition(**plain | lists | fields | {"sections": sections, "conditions": conditions})


def _fields(plain):
    return tuple(_field(each) for each in plain)


def _field(plain):
    show_if = plain.get("show_if")
    if show_if:
        show_if = ShowIf(show_if["name"], tuple(show_if.get("answers", ())))
    return Field(**plain | {"options": tuple(plain.get("options", ())), "show_if": show_if})


def shown_names(definition, answers):
    """Return the names of the fields of a definition that these answers lead to."""
    return shown_fields(definition.fields, answers)


def shown_fields(fields, answers):
    """Return the names of those fields that these answers lead to, in one walk from the top.

    What hangs on a field that is not asked is not asked either, whatever was once typed there.
    """
    shown = set()
    for field in fields:
        if field.show_if is None or (
            field.show_if.name in shown and _is_answered(field.show_if, answers)
        ):
            shown.add(field.name)
    return shown


def _is_answered(show_if, answers):
    given = answers.get(show_if.name)
    given = {str(each).strip() for each in (given if isinstance(given, list) else [given or ""])}
    given.discard("")
    return not given.isdisjoint(show_if.answers) if show_if.answers else bool(given)
