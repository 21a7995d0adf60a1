"""The pages of a request: questions, places for files, and what a form may know.

A form gets the record's facts, today and the policy numbers in force, and no database.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from .rules.windows import WindowOf

YES_NO = (("yes", _("Yes")), ("no", _("No")))


class Audience(StrEnum):
    """For whom an answer or a file is: the office fills in its own and shows them to nobody."""

    STUDENT = "student"
    APPROVER = "approver"
    OFFICE = "office"


class AskedBy(StrEnum):
    """Who starts and sends it: the person it is about, or a department that hosts the person."""

    PERSON = "person"
    DEPARTMENT = "department"


@dataclass(frozen=True)
class Slot:
    """A place for one kind of document."""

    name: str
    label: Any
    help: Any = ""
    required: bool = True
    approver_sees: bool = False
    # ``(answers) -> bool``: whether this slot is asked for, given the other answers.
    asked_if: Any = None
    # Whether this document says what an approver would; it is asked for where none is.
    instead_of_approver: bool = False

    def is_asked(self, answers, asks_approver=False):
        """Return whether these answers, with or without an approver, ask for this document."""
        if self.instead_of_approver and asks_approver:
            return False
        return self.asked_if is None or bool(self.asked_if(answers))


@dataclass(frozen=True)
class Situation:
    """What a form or rule may know: the record, today, the policy numbers and earlier answers."""

    facts: Any
    today: date
    policy: Any
    answers: dict = field(default_factory=dict)
    # The people of the directory a student may name, or None where names are typed freely.
    approvers: tuple | None = None
    # Whether the policy this request is under asks somebody outside the office first.
    policy_asks_approver: bool = True


class RequestForm(forms.Form):
    """One page of questions; it knows the situation and shows limits with their reason.

    ``approver_sees`` names the fields the academic/program advisor reads and relies on;
    all others stay between the student and the office.
    """

    approver_sees: ClassVar[tuple[str, ...]] = ()
    # For date fields, ``(situation) -> Window | None``: the same statement bounds the field in
    # the browser, stands beside it as its reason, and refuses a day outside.
    windows: ClassVar[dict[str, WindowOf]] = {}

    def __init__(self, *args, situation, **kwargs):
        super().__init__(*args, **kwargs)
        self.situation = situation
        # Names that stand on the page only so that a script can show them after an answer: what
        # was once typed there is no answer, and wrong or missing it hinders nobody.
        self.unasked = frozenset()
        # Names that the page which was posted did not show yet: nothing was typed there.
        self.absent = frozenset()
        self.set_limits(situation)
        self._bound = {
            name: window
            for name, window_of in self.windows.items()
            if name in self.fields and (window := window_of(situation)) is not None
        }
        for name, window in self._bound.items():
            self.fields[name].between(window.first, window.last)
            self.fields[name].help_text = window.sentence

    def set_limits(self, situation):
        """Narrow choices and questions to what this person may enter; types override it."""

    def clean(self):
        """Refuse days outside their windows, with the nearest day that fits and the reason."""
        cleaned = super().clean()
        for name in self.unasked:
            self.errors.pop(name, None)
        for name, window in self._bound.items():
            day = cleaned.get(name) if name not in self.unasked else None
            if day and (objection := window.objection(day)):
                self.add_error(name, objection)
        return cleaned

    @classmethod
    def prefill(cls, facts):
        """Return the answers the record already holds."""
        return {}


@dataclass(frozen=True)
class FormPage:
    """One step of the wizard: a short topic with its questions or its files."""

    slug: str
    title: Any
    form: type[RequestForm] | None = None
    slots: tuple[Slot, ...] = ()
    intro: Any = ""
    # ``(answers) -> bool``: whether this page is for these answers; its form then asks nothing.
    asked_if: Any = None
    # Whether the student names the approver here; without one the page is left out.
    names_approver: bool = False
    # ``(situation) -> rows``: a calculator of its own, like ``RequestType.panel``; it stands beside
    # this page alone and follows what is typed.
    panel: Any = None

    def is_asked(self, answers, asks_approver=True):
        """Return whether these answers, with or without an approver, lead over this page."""
        if self.names_approver and not asks_approver:
            return False
        return self.asked_if is None or bool(self.asked_if(answers))
