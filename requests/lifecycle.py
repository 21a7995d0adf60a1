"""READ FIRST: the states of a request and every action that may change or keep them.

Each action is one django-fsm transition that declares its label, who may, whether a note is
needed and which mails leave. Buttons, bulk actions, the permission table and the diagram
(docs/lifecycle.md) are read from here. The methods change fields of the instance and nothing
else; saving, history and mails belong to perform.py, the only caller.
"""

from dataclasses import dataclass
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_fsm import RETURN_VALUE, FSMField, FSMModelMixin, transition

from .permissions import (
    advisor,
    any_of,
    names_approver,
    owner,
    second_person,
    step_approver,
    supervisor,
    system,
)
from .steps import first_step, step_after


class State(models.TextChoices):
    """Where a request is; the labels are what staff see."""

    DRAFT = "draft", _("Draft")
    APPROVER_REVIEW = "approver_review", _("Approver Review")
    SUBMITTED = "submitted", _("New")
    IN_REVIEW = "in_review", _("In Review")
    CLARIFICATION = "clarification", _("Clarification Requested")
    APPROVED = "approved", _("Approved, to record")
    PROCESSING = "processing", _("SEVIS Processing")
    COMPLETED = "completed", _("Completed")
    DENIED = "denied", _("Denied")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    EXPIRED = "expired", _("Expired")


CLOSED = frozenset({State.COMPLETED, State.DENIED, State.WITHDRAWN, State.EXPIRED})
OPEN = frozenset(State) - CLOSED
WITH_STUDENT = frozenset({State.DRAFT, State.CLARIFICATION})
WITH_APPROVER = frozenset({State.APPROVER_REVIEW})
WITH_OFFICE = frozenset({State.SUBMITTED, State.IN_REVIEW, State.APPROVED, State.PROCESSING})
EDITABLE = frozenset({State.DRAFT, State.CLARIFICATION})
COUNTED_BY_CLOCK = WITH_OFFICE

# What students see: the office's inner steps are one status to them.
STUDENT_LABELS = {
    State.DRAFT: _("Draft"),
    State.APPROVER_REVIEW: _("Approver Review"),
    State.SUBMITTED: _("Submitted"),
    State.IN_REVIEW: _("Submitted"),
    State.CLARIFICATION: _("Clarification Requested"),
    State.APPROVED: _("Approved"),
    State.PROCESSING: _("Approved"),
    State.COMPLETED: _("Completed"),
    State.DENIED: _("Denied"),
    State.WITHDRAWN: _("Withdrawn"),
    State.EXPIRED: _("Expired"),
}


class CloseReason(models.TextChoices):
    """Why a request was withdrawn."""

    BY_STUDENT = "by_student", _("By the student")
    BY_STAFF = "by_staff", _("By the office")
    DUPLICATE = "duplicate", _("Duplicate")
    NO_ACTION_NEEDED = "no_action_needed", _("No action needed")
    DISCARDED = "discarded", _("Discarded draft")


class Note(StrEnum):
    """Whether an action takes words of explanation."""

    NONE = "none"
    OPTIONAL = "optional"
    REQUIRED = "required"


class To(StrEnum):
    """Who gets a mail."""

    STUDENT = "student"
    APPROVER = "approver"
    ASSIGNEE = "assignee"
    OFFICE = "office"
    SECOND = "second"


@dataclass(frozen=True)
class Mail:
    """One mail an action sends: its wording key, its reader, and the state it needs to end in."""

    key: str
    to: To
    when: State | None = None


@dataclass(frozen=True)
class Action:
    """What an action is called and needs; the transition around it says from where, to where, who.

    ``note_is_shown`` tells whether the student reads the note.
    """

    label: str
    note: Note = Note.NONE
    note_is_shown: bool = False
    mails: tuple[Mail, ...] = ()
    tone: str = ""


def action(label, *, source, target, who, if_=(), **declared):
    """Declare a method as an action: a django-fsm transition that carries an ``Action``."""
    return transition(
        field="state",
        source=source if isinstance(source, State) else sorted(source),
        target=target,
        permission=who,
        conditions=list(if_),
        custom={"action": Action(label, **declared)},
    )


def has_approval_steps(student_request):
    """Its type asks somebody outside the office first, with these answers."""
    return student_request.asks_approver


def has_no_approval_steps(student_request):
    """It goes straight to the office."""
    return not has_approval_steps(student_request)


def promise_is_kept(student_request):
    """The document that its type promises has been released."""
    return not student_request.promise or student_request.has_released_document


def has_office_part(student_request):
    """Its type asks the office itself something."""
    return student_request.type.office_form is not None


has_office_part.hint = _("This request has no part for the office to fill in.")
has_approval_steps.hint = _("This request goes straight to the office.")
has_no_approval_steps.hint = _("This request goes to the academic/program advisor first.")


def asks_a_person(student_request):
    """Somebody who was named is asked, not an office that decides by whoever works in it."""
    return not student_request.office_asked


def may_be_refused(student_request):
    """Whoever is asked now may end it."""
    return student_request.step is not None and student_request.step.may_refuse


asks_a_person.hint = _("Another office is asked, and nobody else can decide for it.")
may_be_refused.hint = _("Only the office can deny this request. Return it with a comment.")


def is_recorded(student_request):
    """What its type keys into SEVIS has been keyed."""
    return not student_request.type.sevis_event or student_request.recorded_on is not None


def follow_up_is_done(student_request):
    """What somebody else had to complete after the approval is completed."""
    if not student_request.type.followed_by:
        return True
    return student_request.followers.filter(state=State.COMPLETED).exists()


follow_up_is_done.hint = _("It is completed by itself, together with the part that follows it.")
is_recorded.hint = _("Record it in SEVIS first, and enter here on which day you did.")
promise_is_kept.hint = _("Release the document first; the student was promised one.")


def needs_second_person(student_request):
    """Nobody can undo what its approval leads to, so that two people have to agree."""
    return bool(student_request.type.second_person)


def needs_no_second_person(student_request):
    """One person's approval is enough."""
    return not needs_second_person(student_request)


def is_approved_once(student_request):
    """One person has approved it, and nothing has happened to it since."""
    return student_request.approved_first_by_id is not None


def is_not_approved_yet(student_request):
    """Nobody has approved it as it stands."""
    return not is_approved_once(student_request)


needs_second_person.hint = _("One person’s approval is enough here. Choose “Approve”.")
needs_no_second_person.hint = _("Two people have to agree here. Choose “Approve as the first”.")
is_approved_once.hint = _("Nobody has approved it as it stands now.")
is_not_approved_yet.hint = _("It is approved already and waits for a second person.")


class Lifecycle(FSMModelMixin, models.Model):
    """The machine: one method an action, from ``draft`` to one of the four ends."""

    state = FSMField(
        _("status"), choices=State.choices, default=State.DRAFT, protected=True, db_index=True
    )

    class Meta:
        abstract = True

    def leave_step(self):
        """Go to the step that follows, or to the office; return the state."""
        self.current_approval, self.approver_missing = None, False
        following = step_after(self)
        if following is None:
            return State.SUBMITTED
        self.approval_step = following
        return State.APPROVER_REVIEW

    @action(
        _("Submit"),
        source=State.DRAFT,
        target=State.APPROVER_REVIEW,
        who=owner,
        if_=[has_approval_steps],
        mails=(Mail("approver_request", To.APPROVER), Mail("request_submitted", To.STUDENT)),
    )
    def send_to_approver(self, **data):
        """It is sent; somebody outside the office, say the academic advisor, reads it first."""
        self.note_submission()
        self.approval_step = first_step(self)

    @action(
        _("Submit"),
        source=State.DRAFT,
        target=State.SUBMITTED,
        who=owner,
        if_=[has_no_approval_steps],
        mails=(Mail("request_submitted", To.STUDENT), Mail("office_new_in_queue", To.OFFICE)),
    )
    def submit(self, **data):
        """The student sends the request straight to the office."""
        self.note_submission()

    @action(_("Discard draft"), source=State.DRAFT, target=State.WITHDRAWN, who=owner, tone="bad")
    def discard(self, **data):
        """The student throws a draft away; it is hidden at once and purged by retention."""
        self.close_reason = CloseReason.DISCARDED

    @action(
        _("Approve"),
        source=State.APPROVER_REVIEW,
        target=RETURN_VALUE(State.APPROVER_REVIEW, State.SUBMITTED),
        who=step_approver,
        note=Note.OPTIONAL,
        note_is_shown=True,
        mails=(
            Mail("approver_done", To.STUDENT),
            Mail("approver_receipt", To.APPROVER),
            Mail("approver_request", To.APPROVER, when=State.APPROVER_REVIEW),
            Mail("office_new_in_queue", To.OFFICE, when=State.SUBMITTED),
        ),
    )
    def endorse(self, **data):
        """The approver agrees; the next step's approver is asked, or the office takes over."""
        return self.leave_step()

    @action(
        _("Do not agree"),
        source=State.APPROVER_REVIEW,
        target=State.DENIED,
        who=step_approver,
        if_=[may_be_refused],
        note=Note.REQUIRED,
        note_is_shown=True,
        tone="bad",
        mails=(Mail("approver_refused", To.STUDENT), Mail("approver_receipt", To.APPROVER)),
    )
    def refuse(self, *, note="", **data):
        """The one asked may not agree, say after a vetting; only who asks reads the reason."""
        self.current_approval, self.approver_missing = None, False
        self.note_decision()
        self.outcome_note = note

    @action(
        _("Return to the student"),
        source=State.APPROVER_REVIEW,
        target=State.CLARIFICATION,
        who=step_approver,
        note=Note.REQUIRED,
        note_is_shown=True,
        mails=(
            Mail("clarification_requested", To.STUDENT),
            Mail("approver_receipt", To.APPROVER),
        ),
    )
    def return_to_student(self, **data):
        """The approver asks the student for changes before deciding."""
        self.return_to = State.APPROVER_REVIEW
        self.current_approval, self.approver_missing = None, False

    @action(
        _("I am not the right person"),
        source=State.APPROVER_REVIEW,
        target=None,
        who=step_approver,
        if_=[asks_a_person],
        note=Note.OPTIONAL,
        note_is_shown=True,
        mails=(Mail("approver_not_me", To.STUDENT),),
    )
    def not_me(self, **data):
        """The person asked is the wrong one; the link dies and the student names another."""
        self.current_approval = None
        self.approver_missing = True

    @action(
        _("Correct the approver"),
        source=State.APPROVER_REVIEW,
        target=None,
        who=any_of(names_approver, advisor),
        mails=(Mail("approver_replaced", To.APPROVER), Mail("approver_request", To.APPROVER)),
    )
    def replace_approver(self, *, name="", email="", **data):
        """Ask another person instead; the earlier link dies at once."""
        self.approver_missing = False

    @action(
        _("Send the approver a reminder"),
        source=State.APPROVER_REVIEW,
        target=None,
        who=any_of(owner, advisor),
        mails=(Mail("approver_reminder", To.APPROVER),),
    )
    def remind(self, **data):
        """Send the approver's mail again; a student once in three business days."""
        if self.current_approval_id is None:
            raise ValidationError(_("Nobody is asked at the moment. Name another approver first."))

    @action(
        _("Remind the approver on time"),
        source=State.APPROVER_REVIEW,
        target=None,
        who=system,
        mails=(Mail("approver_reminder", To.APPROVER), Mail("approver_reminded", To.STUDENT)),
    )
    def remind_on_time(self, **data):
        """The worker reminds the approver on business days 3, 7 and 14 and tells the student."""

    @action(
        _("Forward to a colleague"),
        source=State.APPROVER_REVIEW,
        target=None,
        who=step_approver,
        if_=[asks_a_person],
        note=Note.OPTIONAL,
        note_is_shown=True,
        mails=(Mail("approver_request", To.APPROVER), Mail("approver_forwarded", To.STUDENT)),
    )
    def forward(self, *, name="", email="", **data):
        """The person asked hands the question to a colleague; the earlier link dies at once."""

    @action(
        _("Go on without the approver"),
        source=State.APPROVER_REVIEW,
        target=RETURN_VALUE(State.APPROVER_REVIEW, State.SUBMITTED),
        who=supervisor,
        # What another office has to vet is not passed over by this one.
        if_=[asks_a_person],
        note=Note.REQUIRED,
        tone="warn",
        mails=(
            Mail("status_changed", To.STUDENT),
            Mail("approver_request", To.APPROVER, when=State.APPROVER_REVIEW),
        ),
    )
    def skip_approver(self, **data):
        """A supervisor lets it go on without the person asked, for a reason the case shows."""
        return self.leave_step()

    @action(
        _("Start review"),
        source=State.SUBMITTED,
        target=State.IN_REVIEW,
        who=advisor,
        mails=(Mail("status_changed", To.STUDENT),),
    )
    def start_review(self, *, actor, **data):
        """An advisor takes the request and becomes the one who answers for it."""
        self.assignee_id = actor.user_id

    @action(
        _("Ask for clarification"),
        source={State.SUBMITTED, State.IN_REVIEW},
        target=State.CLARIFICATION,
        who=advisor,
        note=Note.OPTIONAL,
        note_is_shown=True,
        mails=(Mail("clarification_requested", To.STUDENT),),
    )
    def ask_clarification(self, *, actor, items=(), **data):
        """An advisor marks fields or files, each with a sentence, and hands the request back."""
        if not items:
            raise ValidationError(
                {"items": _("Mark at least one answer or file and say what to change.")}
            )
        self.return_to = State.IN_REVIEW
        self.assignee_id = actor.user_id

    @action(
        _("Submit again"),
        source=State.CLARIFICATION,
        target=RETURN_VALUE(State.IN_REVIEW, State.APPROVER_REVIEW, State.SUBMITTED),
        who=owner,
        mails=(
            Mail("resubmitted", To.ASSIGNEE, when=State.IN_REVIEW),
            Mail("office_new_in_queue", To.OFFICE, when=State.SUBMITTED),
            Mail("approver_request", To.APPROVER, when=State.APPROVER_REVIEW),
        ),
    )
    def resubmit(self, *, approver_relied_on_change=False, **data):
        """The student answers; who asked reads it again, or the approver if what he saw changed."""
        approver_asked = self.return_to == State.APPROVER_REVIEW
        self.revision += 1
        self.return_to = ""
        if self.asks_approver and (approver_asked or approver_relied_on_change):
            self.approval_step = first_step(self)
            return State.APPROVER_REVIEW
        # New answers may be the office's alone, before anybody there has taken the request.
        return State.SUBMITTED if approver_asked else State.IN_REVIEW

    @action(
        _("Take the question back"),
        source=State.CLARIFICATION,
        target=State.IN_REVIEW,
        who=advisor,
        note=Note.OPTIONAL,
        mails=(Mail("recalled", To.STUDENT),),
    )
    def recall(self, *, actor, **data):
        """An advisor no longer needs the answer and goes on."""
        self.return_to = ""
        self.assignee_id = self.assignee_id or actor.user_id

    @action(
        _("Fill in the office’s part"),
        source=State.IN_REVIEW,
        target=None,
        who=advisor,
        if_=[has_office_part],
    )
    def fill_office_part(self, *, office_answers=None, **data):
        """An advisor answers what the form asks the office, for the office alone."""
        self.office_answers = office_answers or {}

    @action(
        _("Approve"),
        source=State.IN_REVIEW,
        target=RETURN_VALUE(State.APPROVED, State.COMPLETED),
        who=advisor,
        if_=[needs_no_second_person],
        note=Note.OPTIONAL,
        tone="ok",
        mails=(Mail("approved", To.STUDENT),),
    )
    def approve(self, *, note="", open_points=(), leaves_work=True, **data):
        """The office agrees; where that leaves nothing to record or release, it is completed."""
        self.ask_why_open(open_points, note)
        return self.leave_review(leaves_work)

    @action(
        _("Approve as the first"),
        source=State.IN_REVIEW,
        target=None,
        who=advisor,
        if_=[needs_second_person, is_not_approved_yet],
        note=Note.OPTIONAL,
        tone="ok",
        mails=(Mail("second_person_asked", To.SECOND),),
    )
    def approve_first(self, *, actor, note="", open_points=(), **data):
        """One person agrees to what nobody can undo; another one has to look at it, too."""
        self.ask_why_open(open_points, note)
        self.assignee_id = self.approved_first_by_id = actor.user_id

    @action(
        _("Confirm the approval"),
        source=State.IN_REVIEW,
        target=RETURN_VALUE(State.APPROVED, State.COMPLETED),
        who=second_person,
        if_=[is_approved_once],
        note=Note.OPTIONAL,
        tone="ok",
        mails=(Mail("approved", To.STUDENT),),
    )
    def confirm_approval(self, *, leaves_work=True, **data):
        """A second person agrees, too; only now it is approved."""
        return self.leave_review(leaves_work)

    @action(
        _("Take the first approval back"),
        source=State.IN_REVIEW,
        target=None,
        who=advisor,
        if_=[is_approved_once],
        note=Note.REQUIRED,
        tone="warn",
        mails=(Mail("approval_sent_back", To.ASSIGNEE),),
    )
    def send_back_approval(self, **data):
        """The second person does not agree, or the first one no longer; it is reviewed again."""

    def ask_why_open(self, open_points, note):
        """Insist on a reason where the checklist is overridden."""
        if open_points and not note.strip():
            raise ValidationError(
                {"note": _("The checklist has open points. Write why you approve all the same.")}
            )

    def leave_review(self, leaves_work):
        """Keep that the office agreed; return the state, completed where no work is left."""
        self.note_decision()
        if self.type.followed_by or (self.type.needs_recording and leaves_work):
            return State.APPROVED
        self.note_completion()
        return State.COMPLETED

    @action(
        _("Recorded in SEVIS"),
        source=State.APPROVED,
        target=None,
        who=advisor,
    )
    def record(self, *, recorded_on=None, recorded_text="", **data):
        """An advisor states when and what was keyed in SEVIS."""
        if recorded_on is None:
            raise ValidationError({"recorded_on": _("Enter the date you recorded it in SEVIS.")})
        self.recorded_on, self.recorded_text = recorded_on, recorded_text

    @action(
        _("Complete"),
        source={State.APPROVED, State.PROCESSING},
        target=State.COMPLETED,
        who=any_of(advisor, system),
        if_=[promise_is_kept, is_recorded, follow_up_is_done],
        tone="ok",
        mails=(Mail("document_released", To.STUDENT),),
    )
    def complete(self, **data):
        """Everything promised is done and the document is with the student."""
        self.note_completion()

    @action(
        _("Reopen"),
        source=State.APPROVED,
        target=State.IN_REVIEW,
        who=advisor,
        note=Note.REQUIRED,
        note_is_shown=True,
        tone="warn",
        mails=(Mail("reopened", To.STUDENT),),
    )
    def reopen(self, **data):
        """The approval is taken back before it was completed."""
        self.take_back_decision()

    @action(_("Send to SEVIS"), source=State.APPROVED, target=State.PROCESSING, who=system)
    def export(self, **data):
        """The request leaves with a SEVIS batch."""

    @action(
        _("SEVIS accepted"),
        source=State.PROCESSING,
        target=State.COMPLETED,
        who=system,
        if_=[promise_is_kept],
        mails=(Mail("document_released", To.STUDENT),),
    )
    def log_ok(self, **data):
        """The batch log says that SEVIS took it."""
        self.note_completion()

    @action(
        _("SEVIS refused"),
        source=State.PROCESSING,
        target=State.IN_REVIEW,
        who=system,
        note=Note.REQUIRED,
        mails=(Mail("assigned", To.ASSIGNEE),),
    )
    def log_error(self, **data):
        """The batch log names an error; an advisor looks again."""
        self.take_back_decision()

    @action(
        _("Deny"),
        source=State.IN_REVIEW,
        target=State.DENIED,
        who=advisor,
        note=Note.REQUIRED,
        note_is_shown=True,
        tone="bad",
        mails=(Mail("denied", To.STUDENT),),
    )
    def deny(self, *, note="", **data):
        """The office refuses, with the reason the student reads."""
        self.note_decision()
        self.outcome_note = note

    # The owner until the office has begun; from then on only staff, at the student's wish.
    @action(
        _("Withdraw"),
        source={State.IN_REVIEW, State.APPROVED, State.PROCESSING},
        target=State.WITHDRAWN,
        who=advisor,
        note=Note.REQUIRED,
        note_is_shown=True,
        tone="bad",
        mails=(Mail("withdrawn", To.STUDENT),),
    )
    @action(
        _("Withdraw"),
        source={State.DRAFT, State.APPROVER_REVIEW, State.SUBMITTED, State.CLARIFICATION},
        target=State.WITHDRAWN,
        who=owner,
        note=Note.OPTIONAL,
        note_is_shown=True,
        tone="bad",
        mails=(Mail("withdrawn", To.STUDENT), Mail("approver_withdrawn", To.APPROVER)),
    )
    def withdraw(self, *, actor, note="", **data):
        """The request is taken back at the student's wish."""
        self.close_reason = CloseReason.BY_STAFF if actor.is_staff else CloseReason.BY_STUDENT
        self.outcome_note = note
        self.current_approval = None

    @action(
        _("Dismiss"),
        source={State.SUBMITTED, State.IN_REVIEW},
        target=State.WITHDRAWN,
        who=advisor,
        note=Note.REQUIRED,
        note_is_shown=True,
        tone="bad",
        mails=(Mail("withdrawn", To.STUDENT),),
    )
    def dismiss(self, *, note="", close_reason="", **data):
        """An advisor closes a duplicate, or a request for which nothing has to be done."""
        allowed = {CloseReason.DUPLICATE, CloseReason.NO_ACTION_NEEDED}
        if close_reason not in allowed:
            raise ValidationError({"close_reason": _("Choose: a duplicate, or no action needed.")})
        self.close_reason, self.outcome_note = close_reason, note

    @action(
        _("Expire"),
        source={State.DRAFT, State.APPROVER_REVIEW, State.CLARIFICATION},
        target=State.EXPIRED,
        who=system,
        mails=(Mail("expired", To.STUDENT), Mail("approver_withdrawn", To.APPROVER)),
    )
    def expire(self, *, note="", **data):
        """Nobody has touched it for too long, or its legal deadline has passed."""
        self.outcome_note = note
        self.current_approval = None


def declared_actions():
    """Return every declared transition, in the order of the file: (name, Transition) pairs."""
    found = []
    for name, method in vars(Lifecycle).items():
        meta = getattr(method, "_django_fsm", None)
        if meta is not None:
            found.extend((name, each) for each in meta.transitions.values())
    return found


def action_names():
    """Return the names of all actions, in the order of the file."""
    return list(dict.fromkeys(name for name, _transition in declared_actions()))


def transition_of(name, state):
    """Return the transition that action ``name`` makes from ``state``, or None."""
    method = vars(Lifecycle).get(name)
    meta = getattr(method, "_django_fsm", None)
    return meta.transitions.get(str(state)) if meta else None


def transitions_named(name):
    """Return every transition that action ``name`` makes, from whatever state."""
    return [transition for each, transition in declared_actions() if each == name]


def declaration(name, state):
    """Return the ``Action`` of ``name`` as declared for ``state``, or None."""
    found = transition_of(name, state)
    return found.custom["action"] if found else None
