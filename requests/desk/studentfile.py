"""Everything the student page shows of one person, gathered in a fixed number of queries."""

from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from isso.requests.notices.models import Notice
from isso.requests.records.around import lines_around
from isso.requests.records.groups import CHANGEABLE_FIELDS
from isso.requests.records.models import RecordChange
from isso.requests.records.reading import facts_for

from ..assignment import advisor_for
from ..lifecycle import WITH_APPROVER, WITH_OFFICE, WITH_STUDENT, CloseReason
from ..models import CaseNote, Document, Message, RecordNote, StudentRequest
from ..queues import needs_a_name
from ..request_form import Situation
from ..rules.verdict import Standing
from ..standing import offers_for
from .alert_lines import alert_lines_of
from .queue_words import is_late
from .record_lines import fact_groups
from .student_lines import FundingLine, RequestLine, WorkLine
from .timeline import MAIL, MESSAGE, NOTE, Event, event_rows

# What is older stands on the page of its request and in the register of mails.
NEWEST = 30


class StudentFile:
    """One person as an advisor reads him; each part is read once."""

    def __init__(self, record, user, shown=""):
        self.record, self.user = record, user
        # The one masked number that was asked for.
        self.shown = shown

    @cached_property
    def facts(self):
        """The record in the words of the rules."""
        return facts_for(self.record)

    @cached_property
    def advisor(self):
        """Who takes this person's requests."""
        return advisor_for(self.record)

    @cached_property
    def _submissions(self):
        # Each request once for every time it was sent, with the files of that time: one query for
        # both. A draft that was never sent comes once and without files.
        office_began = Q(department="") & ~Q(started_by=F("student__user"))
        return list(
            StudentRequest.objects.filter(student=self.record)
            # A draft is the student's alone; of what the office began, it knows that it did.
            .filter(Q(submitted_at__isnull=False) | office_began)
            .exclude(close_reason=CloseReason.DISCARDED)
            .select_related("assignee", "current_approval", "started_by")
            .defer("answers")
            .annotate(files_sent=F("snapshots__files"))
            .order_by("-created_at")
        )

    @cached_property
    def _requests(self):
        return list({each.pk: each for each in self._submissions}.values())

    @cached_property
    def open_requests(self):
        """What has been sent and not ended."""
        return self._lines(lambda each: each.submitted_at and each.is_open)

    @cached_property
    def closed_requests(self):
        """What has ended."""
        return self._lines(lambda each: each.submitted_at and not each.is_open)

    @cached_property
    def begun_by_the_office(self):
        """Drafts an advisor started, which the student has not sent yet."""
        return self._lines(lambda each: not each.submitted_at and each.is_open)

    def _lines(self, condition):
        today = timezone.localdate()
        return [
            RequestLine(each, _whose_turn(each), is_late(each, today))
            for each in self._requests
            if condition(each)
        ]

    @cached_property
    def _documents(self):
        # What the student uploads or drops before sending it is his alone.
        sent = {file["id"] for each in self._submissions for file in each.files_sent or ()}
        found = (
            Document.objects.visible_to(self.user)
            .filter(student=self.record, removed_at__isnull=True)
            .select_related("student_request", "issued_form", "filed_with")
            .order_by("-added_at")
        )
        return [
            each
            for each in found
            if each.student_request_id is None
            or each.origin != Document.Origin.STUDENT
            or str(each.pk) in sent
        ]

    @cached_property
    def documents(self):
        """[(heading, documents)] by where they come from; what is empty is left out."""
        office, student = Document.Origin.OFFICE, Document.Origin.STUDENT
        kinds = (
            (_("Released to the student"), lambda each: each.origin == office and each.released_at),
            (
                _("For the office alone"),
                lambda each: each.origin == office and not each.released_at,
            ),
            (
                _("Sent without a request"),
                lambda each: each.origin == student and each.student_request_id is None,
            ),
            (
                _("Uploaded with a request"),
                lambda each: each.origin == student and each.student_request_id is not None,
            ),
            (_("Sent with messages"), lambda each: each.origin == Document.Origin.MESSAGE),
        )
        parts = [
            (heading, [each for each in self._documents if is_kind(each)])
            for heading, is_kind in kinds
        ]
        return [part for part in parts if part[1]]

    @cached_property
    def _talk(self):
        """Messages, notes and mails across the requests, the newest first, in one query."""
        of_student = {"student_request__student": self.record}
        messages = event_rows(
            Message.objects.filter(Q(**of_student) | Q(general_thread__record=self.record)),
            MESSAGE,
            "sent_at",
            who=F("author__full_name"),
            title=F("student_request__reference"),
            text=F("text"),
            before=F("student_request_id"),
            is_shown=F("from_office"),
        )
        notes = event_rows(
            CaseNote.objects.filter(**of_student),
            NOTE,
            "written_at",
            who=F("author__full_name"),
            title=F("student_request__reference"),
            text=F("text"),
            before=F("student_request_id"),
        )
        about_student = event_rows(
            RecordNote.objects.filter(student=self.record),
            NOTE,
            "written_at",
            who=F("author__full_name"),
            text=F("text"),
        )
        references = StudentRequest.objects.filter(student=self.record).values("reference")
        address = self.record.user.email if self.record.user else self.record.email
        to_student = Q(audience="student", recipient=address) if address else Q()
        mails = event_rows(
            Notice.objects.filter(Q(about__in=references) | to_student),
            MAIL,
            "created_at",
            who=F("recipient"),
            title=F("key"),
            before=F("state"),
            after=F("delivery"),
        )
        rows = messages.union(notes, about_student, mails, all=True).order_by("-row_at", "-row_pk")
        return [Event(*row) for row in rows]

    def _newest(self, kind):
        return [event for event in self._talk if event.kind == kind][:NEWEST]

    @cached_property
    def messages(self):
        """The conversation across the requests."""
        return self._newest(MESSAGE)

    @cached_property
    def notes(self):
        """The office's own notes, about the person and across the requests."""
        return self._newest(NOTE)

    @cached_property
    def mails(self):
        """The mails to and about the student, without their text."""
        return self._newest(MAIL)

    @cached_property
    def _changes(self):
        return list(
            RecordChange.objects.filter(record=self.record)
            .select_related("by")
            .order_by("-at", "-pk")
        )

    @cached_property
    def groups(self):
        """The record in groups, each line with its history."""
        return fact_groups(self.record, self._changes, self.shown)

    @cached_property
    def other_changes(self):
        """Changes of what stands around the record: work, family, forms, holds."""
        return [each for each in self._changes if each.field not in CHANGEABLE_FIELDS][:NEWEST]

    @cached_property
    def around(self):
        """Work, family, forms and holds, by what they are."""
        return lines_around(self.record)

    @cached_property
    def work(self):
        """Each authorization with its jobs."""
        return [
            WorkLine(work, [job for job in self.around["job"] if job.belongs_to == work.pk])
            for work in self.around["work"]
        ]

    @cached_property
    def funding(self):
        """Each statement of costs and means, the newest first."""
        return [
            FundingLine(line.start, line.name, int(line.detail), int(line.more), line.status)
            for line in self.around["funding"]
        ]

    @cached_property
    def holds(self):
        """What keeps the student from registering now."""
        return [hold for hold in self.around["hold"] if hold.end is None]

    @cached_property
    def alerts(self):
        """What is due of the student, the worst first."""
        return alert_lines_of(self.record)

    @cached_property
    def _offers(self):
        return offers_for(self.record, self.facts)

    @cached_property
    def open_offers(self):
        """The request types open today."""
        return [each for each in self._offers if each.verdict.is_open]

    @cached_property
    def other_offers(self):
        """The types that are not, each with its reason; those for others come last."""
        return [each for each in self._offers if not each.verdict.is_open]

    @cached_property
    def counters(self):
        """What the types count for this person: days of work used, until when things serve."""
        rows, today = [], timezone.localdate()
        for offer in self._offers:
            if offer.verdict.standing != Standing.NOT_FOR_YOU:
                rows += offer.type.panel(Situation(self.facts, today, offer.policy))
        return list({str(label): (label, value, tone) for label, value, tone in rows}.values())


def _whose_turn(student_request):
    state = student_request.state
    if state in WITH_STUDENT or needs_a_name(student_request):
        return _("Student")
    if state in WITH_APPROVER:
        approval = student_request.current_approval
        return approval.name if approval else _("Approver")
    if state in WITH_OFFICE:
        return str(student_request.assignee or _("Nobody yet"))
    return ""
