"""Everything the case page shows of one request, gathered in a fixed number of queries."""

from dataclasses import replace
from itertools import chain

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from isso.home.office import the_office

from ..answers import readable, readable_pages, situation_of, typed_answers
from ..assignment import own_advisor
from ..checklist import checklist
from ..clock import clocks_of
from ..follow_ups import newest_follow_up
from ..joining import may_be_joined
from ..lifecycle import State, is_recorded, transition_of
from ..models import Document
from ..office_part import office_rows
from .case_lines import CaseAnswer, CaseApproval, CaseFiles
from .letter_card import LetterCard
from .threads import messages_of
from .timeline import HISTORY, MAIL, MESSAGE, NOTE, timeline


class CaseFile:
    """One request as an advisor reads it; each part is read once."""

    def __init__(self, student_request, other_requests=()):
        self.student_request = student_request
        # The student's other requests that have not ended.
        self.other_requests = other_requests
        self.type = student_request.type

    @cached_property
    def situation(self):
        """The record, the policy and today, shared by all parts."""
        return situation_of(self.student_request)

    @cached_property
    def snapshots(self):
        """The last two submissions, the newer one first."""
        newest_first = self.student_request.snapshots.order_by("-number")[:2]
        return [*newest_first, None, None][:2]

    @cached_property
    def changed(self):
        """Names of answers and slots in which the last submission differs from the one before."""
        last, before = self.snapshots
        return last.differs_in(before) if last and before else set()

    @cached_property
    def questions(self):
        """The open questions to the student by the name of the answer or slot."""
        items = self.student_request.clarification_items.filter(closed_at__isnull=True)
        return {item.name: item for item in items}

    @cached_property
    def answers(self):
        """[(page, [CaseAnswer])] of the last submission."""
        last, before = self.snapshots
        if last is None:
            return []
        earlier = {row.name: row.value for _page, rows in self._words(before) for row in rows}
        return [
            (
                page,
                [
                    CaseAnswer(
                        row.label,
                        row.value,
                        row.approver_sees,
                        earlier.get(row.name, ""),
                        row.name in self.changed,
                        self.questions.get(row.name),
                    )
                    for row in rows
                ],
            )
            for page, rows in self._words(last)
        ]

    def _words(self, snapshot):
        if snapshot is None:
            return []
        now = self.situation
        as_sent = replace(now, answers=snapshot.answers)
        pages = readable_pages(self.type, snapshot.answers, as_sent)
        # A page that these answers do not lead to asks nothing and needs no heading.
        return [(page, rows) for page, rows in pages if rows]

    @cached_property
    def office_part(self):
        """What the office has answered for itself, in words."""
        return office_rows(self.student_request, self.situation)

    @cached_property
    def _all_documents(self):
        return list(Document.objects.of_request(self.student_request))

    @cached_property
    def _documents(self):
        # What the student uploads or drops before sending it is his alone.
        sent = {file["id"] for each in self.snapshots if each for file in each.files}
        return [
            each
            for each in self._all_documents
            if each.origin == Document.Origin.OFFICE or str(each.pk) in sent or each.filed_with_id
        ]

    @cached_property
    def files(self):
        """The student's files by slot, in the order of the pages; empty slots are left out."""
        uploaded = [each for each in self._documents if each.origin == Document.Origin.STUDENT]
        slots = [
            CaseFiles(
                slot.label,
                [each for each in uploaded if each.slot == slot.name and not each.removed_at],
                [each for each in uploaded if each.slot == slot.name and each.removed_at],
                slot.name in self.changed,
                self.questions.get(slot.name),
            )
            for slot in self.type.slots
        ]
        slots.append(
            CaseFiles(_("Sent without a request"), [e for e in uploaded if e.filed_with_id])
        )
        return [slot for slot in slots if slot.current or slot.earlier or slot.question]

    @cached_property
    def released(self):
        """What the office released with this request."""
        return [each for each in self._documents if each.released_at and not each.removed_at]

    @cached_property
    def uploaded_slots(self):
        """Names of the slots that hold a file."""
        return {
            each.slot
            for each in self._documents
            if each.origin == Document.Origin.STUDENT and not (each.removed_at or each.is_infected)
        }

    @cached_property
    def checklist(self):
        """What to check before approving."""
        return checklist(self.student_request, self.situation, self.uploaded_slots)

    @cached_property
    def follow_up(self):
        """What somebody else has to complete after the approval, or None."""
        return newest_follow_up(self.student_request) if self.type.followed_by else None

    @property
    def may_be_joined(self):
        """Whether an advisor may say that its scholar is somebody the office knows."""
        return may_be_joined(self.student_request)

    @cached_property
    def panel(self):
        """The calculators of this type and of its pages, for example the day counter."""
        of_pages = [page.panel(self.situation) for page in self.type.pages if page.panel]
        return [*self.type.panel(self.situation), *chain.from_iterable(of_pages)]

    @cached_property
    def approvals(self):
        """Who was asked and what they answered."""
        return [
            CaseApproval(each, self._step(each), self._approver_answers(each))
            for each in self.student_request.approvals.all()
        ]

    def _step(self, approval):
        steps = self.type.approval_steps
        return steps[approval.step] if approval.step < len(steps) else None

    def _approver_answers(self, approval):
        step = self._step(approval)
        asked = step.questionnaire.base_fields if step else {}
        return [
            (asked[name].label if name in asked else name, readable(asked.get(name), value))
            for name, value in approval.answers.items()
        ]

    @cached_property
    def _events(self):
        return timeline(self.student_request)

    def _events_of(self, kind):
        return [event for event in self._events if event.kind == kind]

    @property
    def notes(self):
        """The office's own notes."""
        return self._events_of(NOTE)

    @cached_property
    def messages(self):
        """The conversation with the student, with the files that came with it."""
        return messages_of(self._events_of(MESSAGE), self._all_documents)

    @property
    def latest(self):
        """What happened last, mails aside."""
        return next((each for each in self._events[::-1] if each.kind != MAIL), None)

    @property
    def mails(self):
        """The mails about this request, without their text: the register shows it redacted."""
        return self._events_of(MAIL)

    @property
    def history(self):
        """What was done, the newest first."""
        return self._events_of(HISTORY)[::-1]

    @property
    def timeline(self):
        """What was done and which mails left, the newest first."""
        return [event for event in self._events[::-1] if event.kind in (HISTORY, MAIL)]

    def clocks(self, calendar):
        """Both clocks and the pauses, by everything that has happened."""
        moves = [
            (each.after, each.at)
            for each in self._events_of(HISTORY)
            if each.after not in ("", State.DRAFT) and each.after != each.before
        ]
        return clocks_of(moves, timezone.localdate(), the_office(), calendar)

    @property
    def first_approval(self):
        """Who approved what a second person has to confirm, when and why; None without one."""
        if self.student_request.approved_first_by_id is None:
            return None
        return next((each for each in self.history if each.action == "approve_first"), None)

    @property
    def override(self):
        """The approval that passed over open points of the checklist, where it was the last."""
        if self.student_request.decided_at is None or self.student_request.state == State.DENIED:
            return None
        approvals = (each for each in self.history if each.data and "open_points" in each.data)
        return next((each for each in approvals if each.overridden), None)

    @property
    def record_url(self):
        """The student's page."""
        return reverse("desk_student", args=[self.student_request.student_id])

    @cached_property
    def own_advisor(self):
        """The student's own advisor, who may be another than the one who works on this."""
        return own_advisor(self.student_request.student)

    @cached_property
    def letter(self):
        """The letter this request asks for, or None where its type prints none."""
        return LetterCard(self.student_request, self.situation) if self.type.prints_letter else None

    @cached_property
    def to_key(self):
        """The entries for SEVIS with the values to copy, while they are owed."""
        owed = self.student_request.state == State.APPROVED and not is_recorded(
            self.student_request
        )
        if not owed:
            return ()
        cleaned, _errors = typed_answers(self.student_request, self.situation)
        return self.type.sevis_entries(cleaned, self.situation.facts)

    @property
    def before_completion(self):
        """What has to be done first, in sentences, before the request can be completed."""
        completing = transition_of("complete", self.student_request.state)
        conditions = completing.conditions if completing else ()
        return [each.hint for each in conditions if not each(self.student_request)]

    @property
    def is_past_deadline(self):
        """Whether the legal deadline has passed."""
        deadline = self.student_request.deadline
        return deadline is not None and deadline < timezone.localdate()
