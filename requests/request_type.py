"""What a request type is made of; each file in types/ states one.

Types import no model, no view and no mail: they are statements that can be tested without a
database. Their pages are made of what stands in request_form.py.
"""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from .policy_number import Policy
from .request_form import AskedBy, FormPage, RequestForm
from .rules.before_arrival import BeforeArrival, has_arrived, has_not_arrived
from .rules.dates import address_record_due
from .rules.next_steps import FROM_ABROAD
from .rules.verdict import judge
from .rules.windows import DateLine, judge_window


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
    # The answers and slots that are shown in this step, where not all that approvers see.
    sees: tuple[str, ...] | None = None

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
    # Whether its forms must know what a year costs and what other currencies are worth.
    needs_prices: ClassVar[bool] = False
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
    # How many files a request of it takes in all.
    most_files: ClassVar[int] = 30
    # The groups of the record (``records.groups``) this corrects, with the answers it begins with.
    corrects: ClassVar[dict[str, dict]] = {}
    # What the student receives, or "" when nothing is printed.
    releases: ClassVar[Any] = ""
    # The event the office keys into SEVIS, or "" when nothing is recorded there.
    sevis_event: ClassVar[str] = ""
    # Why two people have to agree before it is approved, or "" where one is enough.
    second_person: ClassVar[Any] = ""
    # Whether many may be approved at once: only where nothing is left to an advisor's judgment.
    bulk_approval: ClassVar[bool] = False
    # Whether approval lets the worker print a letter from the record (``letters/``).
    prints_letter: ClassVar[bool] = False

    def eligibility(self, facts, today, policy):
        """Return the verdict for this person today: the rules' objection, or the window's."""
        verdict = judge(self._all_rules, facts, today, policy)
        if not verdict.is_open:
            return verdict
        return judge_window(self.request_window(facts, policy), today)

    @property
    def _all_rules(self):
        """The own rules, and that of the arrival; a department asks for people on both sides."""
        if self.asked_by == AskedBy.DEPARTMENT or self.before_arrival == BeforeArrival.ALSO:
            return self.rules
        if self.before_arrival == BeforeArrival.ONLY:
            # Its own words first.
            return (*self.rules, has_not_arrived)
        return (has_arrived, *self.rules)

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

    def next_steps(self, answers):
        """Return what its person does once a first form is released (``rules.next_steps``)."""
        return FROM_ABROAD

    def begins_with(self, filled):
        """Return what a draft that follows an approval knows of the files sent with that one."""
        return {}

    def letter(self, cleaned, facts, today):
        """Return the ``rules.letter_kinds.Letter`` that these typed answers ask for, or None."""
        return None

    def sevis_entries(self, cleaned, facts):
        """Return the ``SevisEntry`` list an advisor keys after approval; none for these answers
        means that approval leaves nothing to key.
        """
        return (SevisEntry(self.sevis_event, ()),) if self.sevis_event else ()

    def makes_sevis_id(self, answers):
        """Return whether recording these answers in SEVIS gives the person an ID."""
        return self.gives_sevis_id

    def sevis_id_kept(self, answers):
        """Return the SEVIS ID that the person brings along and keeps, as typed, or ""."""
        return ""

    def record_from(self, cleaned):
        """Return the first day on which the office can record this in SEVIS, or None for any."""
        return None

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
        """Names of the answers and slots approvers read and rely on, in one step or another."""
        return frozenset().union(
            self._for_approvers, *(each.sees or () for each in self.approval_steps)
        )

    @cached_property
    def _for_approvers(self):
        fields = {name for page in self.pages if page.form for name in page.form.approver_sees}
        return frozenset(fields | {slot.name for slot in self.slots if slot.approver_sees})

    def seen_in(self, step):
        """Return the names of the answers and slots that are shown in one step."""
        return self._for_approvers if step.sees is None else frozenset(step.sees)

    def opened_by(self, step):
        """Return the names that may change when this step's approver returns the request.

        What the approver reads, and files that only some of those answers ask for.
        """
        return self.seen_in(step) | {slot.name for slot in self.slots if slot.asked_if}

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
