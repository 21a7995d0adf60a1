"""THE door: every change of a request's state goes through ``perform``.

One transaction: lock the row, check version, state, permission and note, let preconditions.py
speak, move, save, write history, let consequences.py follow, put the mails into the outbox.
Nothing else writes ``state``.
"""

from contextlib import suppress

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .actor import Actor
from .consequences import follow
from .lifecycle import Note, State, declared_actions, transition_of, transitions_named
from .mails import send_mails
from .models import HistoryEntry, StudentRequest
from .preconditions import prepare


class NotAllowed(Exception):
    """This actor may not do this to this request."""


class NotPossible(Exception):
    """This request does not stand where the action begins; the text says what to do instead."""


class SomebodyWasFaster(NotPossible):
    """The request changed since the page was opened; nothing was done."""

    def __init__(self, student_request):
        super().__init__(
            _("Somebody changed this request since you opened it. Look at it again, please.")
        )
        self.student_request = student_request


def perform(student_request, action, actor, *, expected_version=None, **data):
    """Do ``action`` as ``actor`` and return the request as it is now.

    Raises NotAllowed, NotPossible (SomebodyWasFaster when ``expected_version`` is stale) and
    ValidationError for data that does not fit; then nothing has changed and no mail leaves.
    """
    with transaction.atomic():
        # Not with its approval: whoever waited here would get that row as it was before waiting.
        locked = (
            StudentRequest.objects.select_for_update(of=("self",))
            .select_related("student__user", "assignee")
            .get(pk=student_request.pk)
        )
        transition = _checked_transition(locked, action, actor, expected_version)
        declared = transition.custom["action"]
        note = str(data.get("note", "")).strip()
        if declared.note == Note.REQUIRED and not note:
            raise ValidationError({"note": _("Write the reason.")})
        data |= prepare(locked, action, actor, data)
        # Some actions write their own note: to whom a question was handed.
        note = str(data.get("note", "")).strip()

        before, approval_before = State(locked.state), locked.current_approval
        getattr(locked, action)(actor=actor, **data)
        locked.version += 1
        locked.touched_at = timezone.now()
        if locked.state != before:
            locked.state_since, locked.warned_at = locked.touched_at, None
        entry = HistoryEntry.objects.note(
            locked,
            action,
            declared.label,
            actor,
            from_state=before,
            note=note,
            note_is_shown=declared.note_is_shown,
            data={"open_points": data["open_points"]} if "open_points" in data else {},
        )
        follow(locked, action, actor, data, approval_before)
        locked.save()
        send_mails(declared, locked, entry, data, approval_before)
        if locked.state == State.COMPLETED and locked.follows_id:
            _complete_what_it_follows(locked)
    return locked


def _complete_what_it_follows(locked):
    """Complete the approved request that this one was started for; else the desk sees it open."""
    # Refused within a savepoint of its own, it undoes nothing here.
    with suppress(NotPossible):
        perform(locked.follows, "complete", Actor.system())


def _checked_transition(locked, action, actor, expected_version):
    """Return the transition, or say why not; permission comes first, so strangers learn nothing."""
    transition = transition_of(action, locked.state)
    if transition is None:
        if not any(each.has_perm(locked, actor) for each in transitions_named(action)):
            raise NotAllowed
        raise NotPossible(
            _("This is not possible while the request is “%(status)s”.")
            % {"status": locked.get_state_display() if actor.is_staff else locked.student_label}
        )
    if not transition.has_perm(locked, actor):
        raise NotAllowed
    if expected_version is not None and expected_version != locked.version:
        raise SomebodyWasFaster(locked)
    for condition in transition.conditions:
        if not condition(locked):
            raise NotPossible(getattr(condition, "hint", _("This is not possible yet.")))
    return transition


def actions_for(student_request, actor):
    """Return (name, Action) of what this actor may do now; buttons are read from here."""
    from_here = []
    for name, transition in _transitions_from(student_request.state):
        if transition.has_perm(student_request, actor) and all(
            condition(student_request) for condition in transition.conditions
        ):
            from_here.append((name, transition.custom["action"]))
    return from_here


def _transitions_from(state):
    return [(name, each) for name, each in declared_actions() if each.source == state]
