"""What a request type is made of; each file in types/ states one.

Types import no model, no view and no mail: they are statements that can be tested without a
database. A form gets the record's facts, today and the policy numbers in force.
"""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .policy_number import Policy
from .rules.dates import address_record_due
from .rules.verdict import judge
from .rules.windows import DateLine, WindowOf, judge_window


class Audience(StrEnum):
    """For whom an answer or a file is: the office fills in its own and shows them to nobody."""

    STUDENT = "student"
    APPROVER = "approver"
    OFFICE = "office"


class AskedBy(StrEnum):
    """Who starts and sends it: the person it is about, or a department that hosts the person."""

    PERSON = "person"
    DEPARTMENT = "department"


class BeforeArrival(StrEnum):
    """Whether somebody whom the office expects, and who has not arrived, may ask for it."""

    NEVER = "never"
    ALSO = "also"
    ONLY = "only"


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
            day = cleaned.get(name)
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

    def is_asked(self, answers, asks_approver=True):
        """Return whether these answers, with or without an approver, lead over this page."""
        if self.names_approver and not asks_approver:
            return False
        return self.asked_if is None or bool(self.asked_if(answers))


@dataclass(frozen=True)
class ApprovalStep:
    """Somebody outside the office who is asked first, with a questionnaire of his own.

    ``name_field`` and ``email_field`` are the answers in which the asker names the person;
    ``office`` is the role of colleagues who are asked instead, and nobody names them.
    """

    label: Any
    questionnaire: type[forms.Form]
    name_field: str = "approver_name"
    email_field: str = "approver_email"
    # What its answers are called where the type reads them (``effects_of_approval``).
    key: str = ""
    office: str = ""
    # ``(answers) -> bool``: whether this step is for these answers.
    asked_if: Any = None
    # Whether whoever is asked may end the request, with a reason for the asker alone.
    may_refuse: bool = False

    def is_asked(self, answers):
        """Return whether these answers lead over this step."""
        return self.asked_if is None or bool(self.asked_if(answers))


@dataclass(frozen=True)
class Step:
    """One line of the explanation what will happen, and who does it."""

    text: Any
    who: Any = ""


@dataclass(frozen=True)
class SevisEntry:
    """One event to key into SEVIS: its name and (label, value) pairs ready to copy."""

    event: str
    values: tuple[tuple[Any, str], ...]


class RequestType:
    """One thing a person can ask the office for."""

    key: ClassVar[str]
    title: ClassVar[Any]
    summary: ClassVar[Any]
    icon: ClassVar[str]
    version: ClassVar[int] = 1
    citation: ClassVar[str]
    # Where “All forms” lists it: the topic, and for whom it is.
    topic: ClassVar[Any] = ""
    audience: ClassVar[Any] = ""
    # What the page before the start says beyond the summary, where no guide page says it.
    explanation: ClassVar[Any] = ""
    # Whether somebody may start it; office forms can be withdrawn.
    is_offered: bool = True
    # Whether only a published guide page opens it.
    needs_guide: ClassVar[bool] = True
    # What an advisor fills in at the desk before approving; students and approvers never see it.
    office_form: ClassVar[type[RequestForm] | None] = None
    # Other words people search for.
    also_called: ClassVar[tuple[str, ...]] = ()
    before_arrival: ClassVar[BeforeArrival] = BeforeArrival.NEVER
    # Whether its pages are the tabs of whoever has not arrived: the request for the first form.
    is_first_form: ClassVar[bool] = False
    asked_by: ClassVar[AskedBy] = AskedBy.PERSON
    # The type its person is asked to complete once this is approved; it ends when that one does.
    followed_by: ClassVar[str] = ""
    # Whether recording it in SEVIS makes a record there, whose ID the advisor enters.
    gives_sevis_id: ClassVar[bool] = False
    rules: ClassVar[tuple] = ()
    pages: ClassVar[tuple[FormPage, ...]] = ()
    approval_steps: ClassVar[tuple[ApprovalStep, ...]] = ()
    # The yes-or-no number of the policy that lets them be asked; "" where the type always asks.
    approver_number: ClassVar[str] = ""
    attestations: ClassVar[tuple[Any, ...]] = ()
    policies: ClassVar[dict[str, Policy]] = {}
    steps: ClassVar[tuple[Step, ...]] = ()
    stock_reasons: ClassVar[tuple[Any, ...]] = ()
    target_days: ClassVar[int] = 7
    # The groups of the record (``records.groups``) this corrects, with the answers it begins with.
    corrects: ClassVar[dict[str, dict]] = {}
    # What the student receives, or "" when nothing is printed.
    releases: ClassVar[Any] = ""
    # The event the office keys into SEVIS, or "" when nothing is recorded there.
    sevis_event: ClassVar[str] = ""
    # Whether approval lets the worker print a letter from the record (``letters/``).
    prints_letter: ClassVar[bool] = False

    def eligibility(self, facts, today, policy):
        """Return the verdict for this person today: the rules' objection, or the window's."""
        verdict = judge(self.rules, facts, today, policy)
        if not verdict.is_open:
            return verdict
        return judge_window(self.request_window(facts, policy), today)

    def request_window(self, facts, policy):
        """Return the ``Window`` in which the office takes this request, or None for always."""
        return None

    def date_lines(self, situation):
        """Return every span that binds this person: the request's own, then those of the fields.

        The tile, the form, the checklist and the guide all read them from here.
        """
        own = self.request_window(situation.facts, situation.policy)
        lines = [DateLine("", _("When you can ask"), own)] if own else []
        for page in self.pages:
            if page.form is None:
                continue
            for name, window_of in page.form.windows.items():
                window = window_of(situation)
                if window is not None:
                    lines.append(DateLine(name, page.form.base_fields[name].label, window))
        return lines

    def purpose(self, answers):
        """Return what tells two requests of this type apart; "" allows one open at a time."""
        return ""

    def deadline(self, facts, policy):
        """Return the legal last day on which this may still be sent, or None."""
        return None

    def effective_dates(self, cleaned):
        """Return the first and last day the request speaks of, or two Nones."""
        return None, None

    def effects(self, cleaned, facts, today):
        """Return what completion writes into the record (``effects.py``).

        ``cleaned`` are typed answers, ``today`` is the day of completion.
        """
        return []

    def effects_of_approval(self, cleaned, confirmed, facts, today):
        """Return what approval itself writes into the record, before anything is completed.

        ``confirmed`` maps the key of each step to the answers of its questionnaire as kept.
        """
        return []

    def becomes(self, answers):
        """Return the key of the type these answers belong to; a draft moves there."""
        return self.key

    def letter(self, cleaned, facts, today):
        """Return the ``rules.letter_kinds.Letter`` that these typed answers ask for, or None."""
        return None

    def sevis_entries(self, cleaned, facts):
        """Return the ``SevisEntry`` list an advisor keys after approval; none for these answers
        means that approval leaves nothing to key.
        """
        return (SevisEntry(self.sevis_event, ()),) if self.sevis_event else ()

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """Return the legal last day for the office to record this in SEVIS, or None.

        ``reported_on`` is the day the student sent it; ``add_business_days(day, number)`` counts
        by the office's calendar. Without a shorter rule it is 21 days: 8 CFR 214.3(g)(2)(ii).
        """
        return address_record_due(reported_on) if self.sevis_event else None

    def asks_approver(self, answers):
        """Return whether the approval steps are for these answers; otherwise the office is next."""
        return bool(self.approval_steps)

    def differences(self, cleaned, confirmed):
        """Return (label, what differs) between the answers and what an approver confirmed.

        ``confirmed`` are the answers of the questionnaire as kept: dates as 2027-05-15.
        """
        return ()

    def promise(self, answers):
        """Return what only some answers lead to, as typed; ``releases`` is for everybody."""
        return ""

    def panel(self, situation):
        """Return rows (label, value, tone) of a calculator for the person and the advisor."""
        return []

    @property
    def needs_recording(self):
        """Whether approval is followed by work in SEVIS or a document."""
        return bool(self.sevis_event or self.releases)

    @cached_property
    def slots(self):
        """Every place for a document, in the order of the pages."""
        return tuple(slot for page in self.pages for slot in page.slots)

    @cached_property
    def approver_sees(self):
        """Names of the answers and slots an approver reads and relies on."""
        fields = {name for page in self.pages if page.form for name in page.form.approver_sees}
        return frozenset(fields | {slot.name for slot in self.slots if slot.approver_sees})

    @cached_property
    def opened_by_return(self):
        """Names the student may change when an approver returns the request.

        What the approver reads, and files that only some of those answers ask for.
        """
        return self.approver_sees | {slot.name for slot in self.slots if slot.asked_if}

    def page(self, slug):
        """Return the page with this slug, or None."""
        return next((page for page in self.pages if page.slug == slug), None)

    def page_of(self, name):
        """Return the page that asks for the answer or slot of this name, or None."""
        for page in self.pages:
            if page.form and name in page.form.base_fields:
                return page
            if any(slot.name == name for slot in page.slots):
                return page
        return None

    def label_of(self, name):
        """Return the words on the screen for an answer or slot."""
        for slot in self.slots:
            if slot.name == name:
                return slot.label
        page = self.page_of(name)
        if page is None:
            return name
        return page.form.base_fields[name].label or name.replace("_", " ").capitalize()


YES_NO = (("yes", _("Yes")), ("no", _("No")))
