"""The kinds of letters: what each says, which facts it must print and which a student may add."""

import unicodedata
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.naming import named

from .letter_lines import LINES
from .scholars import is_scholar
from .windows import in_words


@dataclass(frozen=True)
class LetterKind:
    """One kind; ``always`` and ``may`` are names of ``LINES``, in no order."""

    label: Any
    title: Any
    opening: Any
    always: tuple[str, ...]
    may: tuple[str, ...]
    closing: Any = ""
    names_visitors: bool = False
    # Whether it is for who studies, and of no use to a visiting scholar; or the other way round.
    of_students: bool = False
    of_scholars: bool = False


@dataclass(frozen=True)
class Letter:
    """What one letter says, in words; ``lines`` are the facts the office vouches for.

    ``visitors`` and ``visit`` are the student's own words.
    """

    title: str
    opening: str
    lines: tuple[tuple[str, str], ...]
    addressee: str = ""
    visitors: tuple[str, ...] = ()
    visit: str = ""
    closing: str = ""
    # Labels of facts it must print and the record does not hold: then it cannot be printed.
    lacking: tuple[str, ...] = ()


JOINERS = "\u200c\u200d"
STUDIES = ("degree", "department", "program", "graduation")
PERSON = ("birth_date", "citizenship", "institution_id", "sevis_id")

KINDS = {
    "enrollment": LetterKind(
        gettext_lazy("Enrollment verification"),
        gettext_lazy("Enrollment verification"),
        named(gettext_lazy("We confirm that this person is enrolled at %(institution)s.")),
        ("name", "level", "major", "enrollment"),
        (*PERSON, *STUDIES, "status", "address", "funding"),
        of_students=True,
    ),
    "appointment": LetterKind(
        gettext_lazy("Appointment as a visiting scholar"),
        gettext_lazy("Verification of a visiting appointment"),
        named(gettext_lazy("We confirm that this person visits %(institution)s as a scholar.")),
        ("name", "status", "category", "department", "program"),
        (*PERSON, "sevis_status", "major", "address", "funding"),
        of_scholars=True,
    ),
    "status": LetterKind(
        gettext_lazy("Visa status verification"),
        gettext_lazy("Verification of immigration status"),
        named(
            gettext_lazy(
                "We confirm what the record of %(institution)s shows today about the status of "
                "this person."
            )
        ),
        ("name", "status", "sevis_status"),
        (*PERSON, *STUDIES, "level", "major", "enrollment", "address", "funding"),
    ),
    "invitation": LetterKind(
        gettext_lazy("Invitation for a family visit (B-2)"),
        gettext_lazy("Letter for visiting family"),
        named(
            gettext_lazy(
                "This person is at %(institution)s in the status shown here, and wishes to invite "
                "family for a visit."
            )
        ),
        ("name", "status", "program"),
        (*PERSON, *STUDIES[:2], "graduation", "level", "major", "enrollment", "address", "funding"),
        gettext_lazy(
            "This letter is no promise of support by us. Whether a visa is given, the consular "
            "officer decides."
        ),
        names_visitors=True,
    ),
    "graduation": LetterKind(
        gettext_lazy("Expected graduation"),
        gettext_lazy("Expected graduation"),
        named(
            gettext_lazy(
                "We confirm when this person is expected to graduate from %(institution)s."
            )
        ),
        ("name", "level", "major", "graduation"),
        (*PERSON, "degree", "department", "program", "status", "enrollment"),
        gettext_lazy("The day is an expectation. A degree is awarded when all is completed."),
        of_students=True,
    ),
    "license": LetterKind(
        gettext_lazy("Driver license or state ID"),
        gettext_lazy("Letter for a driver license or state ID"),
        named(
            gettext_lazy(
                "This person is at %(institution)s and applies for a license or an ID card."
            )
        ),
        ("name", "birth_date", "status", "sevis_status", "program", "address"),
        ("citizenship", "institution_id", "sevis_id", "enrollment", "work"),
    ),
    "bank": LetterKind(
        gettext_lazy("Bank account"),
        gettext_lazy("Letter for a bank"),
        named(gettext_lazy("This person is at %(institution)s and wishes to open an account.")),
        ("name", "status", "address"),
        (*PERSON, "sevis_status", "level", "major", "program", "enrollment", "work"),
        gettext_lazy("We take no responsibility for accounts or debts."),
    ),
    "ceremony": LetterKind(
        gettext_lazy("Guests at a graduation"),
        gettext_lazy("Letter for guests at a graduation"),
        named(
            gettext_lazy(
                "This person is expected to graduate from %(institution)s and wishes to celebrate "
                "with guests."
            )
        ),
        ("name", "level", "graduation"),
        (*PERSON, "status", "degree", "department", "major", "address"),
        gettext_lazy("Whether guests get a visa, the consular officer decides."),
        names_visitors=True,
        of_students=True,
    ),
    "opt": LetterKind(
        gettext_lazy("Explanation of OPT for an employer"),
        gettext_lazy("About Optional Practical Training (OPT)"),
        named(
            gettext_lazy(
                "This person studies or studied at %(institution)s and is authorized to work in "
                "Optional Practical Training."
            )
        ),
        ("name", "status", "work"),
        (*PERSON, "degree", "level", "major", "program"),
        gettext_lazy(
            "OPT is temporary work in the field of study that F-1 status allows "
            "(8 CFR 214.2(f)(10)(ii)). The employment card (EAD) shows the first and the last day."
        ),
        of_students=True,
    ),
}


def kinds_for(facts):
    """Return (key, label) of the letters that are of any use to this person."""
    visits = is_scholar(facts)
    return [
        (key, each.label)
        for key, each in KINDS.items()
        if not (each.of_students if visits else each.of_scholars)
    ]


def always_on(key):
    """Return the labels of what a kind always says, in the order of the letter."""
    return [str(line.label) for name, line in LINES.items() if name in KINDS[key].always]


def addable(kind, facts, today):
    """Return {name: (label, value)} of what a student may add to this kind and the record holds."""
    found = {name: (line.label, line.value(facts, today)) for name, line in LINES.items()}
    return {name: row for name, row in found.items() if name in KINDS[kind].may and row[1]}


def lacking(kind, facts, today):
    """Return the labels of what this kind must print and the record does not hold."""
    return tuple(
        str(line.label)
        for name, line in LINES.items()
        if name in KINDS[kind].always and not line.value(facts, today)
    )


def letter_of(cleaned, facts, today):
    """Return the ``Letter`` that these typed answers ask for, or None before a kind is chosen.

    What may not be printed, or is no longer in the record, is left out, whatever was ticked.
    """
    key = cleaned.get("kind")
    if key not in KINDS:
        return None
    kind = KINDS[key]
    wanted = {*kind.always, *(set(cleaned.get("include") or ()) & set(kind.may))}
    values = [
        (str(LINES[name].label), _visible(LINES[name].value(facts, today)))
        for name in LINES
        if name in wanted
    ]
    return Letter(
        title=str(kind.title),
        opening=str(kind.opening),
        lines=tuple((label, value) for label, value in values if value),
        addressee=_visible(cleaned.get("addressee") or "") or _("To whom it may concern"),
        visitors=visitors_in(cleaned.get("visitors")) if kind.names_visitors else (),
        visit=_visit(cleaned) if kind.names_visitors else "",
        closing=str(kind.closing),
        lacking=lacking(key, facts, today),
    )


def _visible(text):
    """Leave out signs that nobody sees: they could turn a line around, and no font has them.

    The two joiners stay, as Persian and other names are written with them.
    """
    kept = (c for c in text if c in JOINERS or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def visitors_in(text):
    """Return the visitors, who are typed one on a line."""
    lines = (_visible(line) for line in (text or "").splitlines())
    return tuple(line for line in lines if line)


def _visit(cleaned):
    first, last = cleaned.get("visit_from"), cleaned.get("visit_until")
    if not (first and last):
        return ""
    return _("%(start)s to %(end)s") % {"start": in_words(first), "end": in_words(last)}
