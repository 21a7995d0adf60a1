"""Filling in: start a request, save what is typed (also when wrong), attach and remove files."""

from dataclasses import replace
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from isso.requests.records.files import checked_upload

from .answers import form_for, situation_of
from .beginning import new_draft
from .first_forms import become_what_is_answered, under_way, wait_for_others
from .lifecycle import EDITABLE, State
from .models import Document, StudentRequest
from .perform import NotAllowed, NotPossible
from .permissions import owner
from .preconditions import newly_asked
from .purposes import other_for_purpose
from .registry import get_type
from .request_type import AskedBy
from .standing import standing_of

MAX_FILES_IN_A_SLOT = 5


class NotOffered(Exception):
    """This type is not open to this person; ``verdict`` says why and from when."""

    def __init__(self, verdict):
        super().__init__(str(verdict.reason))
        self.verdict = verdict


def start(record, type_key, actor, *, start_key, override="", about="", department=""):
    """Return a new draft, or the one that is already open for the same purpose.

    ``start_key`` comes with the page; a second press of the button leads to the same draft.
    ``about`` names the group of the record that is wrong, so that the draft begins with it.
    ``department`` asks for a type that departments ask for, about the person of the record.
    Raises NotOffered, unless staff give a reason to override the verdict, and NotAllowed.
    """
    refuse_wrong_asker(record, get_type(type_key), actor, department)
    # One person's key never meets another's, and a missing one meets none.
    start_key = f"{record.pk}:{_cleaned_of_nul(start_key) or uuid4()}"[:64]
    existing = StudentRequest.objects.filter(start_key=start_key).first()
    if existing and existing.department.casefold() == department.casefold():
        return existing
    offer = standing_of(record, type_key)
    if not offer.verdict.is_open and not (actor.is_staff and override.strip()):
        raise NotOffered(offer.verdict)
    started = under_way(record, offer.type, department)
    if open_one := started.first():
        return open_one
    try:
        with transaction.atomic():
            wait_for_others(record, offer.type)
            return started.first() or new_draft(
                record,
                offer.type,
                actor,
                start_key,
                override=override,
                about=about,
                department=department,
            )
    except IntegrityError:
        # Two presses at the same instant: the database let one of them through.
        return started.get()


def refuse_wrong_asker(record, request_type, actor, department):
    """Let a department ask for its own types about others, and people for all the others.

    Without a record it is about somebody new. Raises NotAllowed.
    """
    by_department = request_type.asked_by == AskedBy.DEPARTMENT
    if by_department != bool(department):
        raise NotAllowed
    if not by_department:
        return
    is_theirs = department.casefold() in actor.departments or actor.enters_for_departments
    if not is_theirs or (record is not None and record.user_id == actor.user_id):
        raise NotAllowed


@transaction.atomic
def save_page(student_request, page, data, actor):
    """Keep what was typed on one page, right or wrong, and return (request, bound form).

    Only the page's own fields are kept, and in a clarification only those the office marked.
    Raises NotAllowed and NotPossible.
    """
    locked = locked_for_editing(student_request, actor)
    situation = situation_of(locked)
    names = editable_names(locked)
    asked = form_for(page, situation, data, names)
    locked.answers = locked.answers | _typed(asked, data)
    # A page may narrow or widen its questions by its own answers, so it looks again.
    form = form_for(page, replace(situation, answers=locked.answers), data, names)
    opened = (form.fields.keys() - asked.fields.keys()) & data.keys()
    if opened:
        typed = _typed(form, data)
        locked.answers = locked.answers | {name: typed[name] for name in opened}
        form = form_for(page, replace(situation, answers=locked.answers), data, names)
    touch(locked)
    become_what_is_answered(locked, actor)
    _keep_purpose(locked)
    if locked.state == State.CLARIFICATION:
        locked.unlocked = sorted({*locked.unlocked, *newly_asked(locked)})
    locked.save()
    return locked, form


def typed_on(student_request, page, data):
    """Return the answers that were typed on one page and may change now, as they would be kept."""
    names = editable_names(student_request)
    return _typed(form_for(page, situation_of(student_request), data, names), data)


def _typed(form, data):
    return {
        name: _cleaned_of_nul(field.widget.value_from_datadict(data, {}, name))
        for name, field in form.fields.items()
        if not field.disabled and name not in form.absent
    }


def _cleaned_of_nul(value):
    # PostgreSQL's JSON holds no NUL character.
    if isinstance(value, list):
        return [each.replace("\x00", "") for each in value]
    return value.replace("\x00", "") if isinstance(value, str) else value


def _keep_purpose(locked):
    """Take over the purpose the answers name, unless another open request has it."""
    purpose = locked.type.purpose(locked.answers)
    if purpose != locked.purpose and other_for_purpose(locked) is None:
        locked.purpose = purpose


def editable_names(student_request):
    """Return the names that may change now, or None for all."""
    if student_request.state == State.DRAFT:
        return None
    return set(student_request.unlocked)


@transaction.atomic
def attach(student_request, slot, uploaded, actor):
    """Keep one file in its slot and return the document.

    Raises NotAllowed, NotPossible, and ValidationError with a sentence that names the file.
    """
    locked = locked_for_editing(student_request, actor)
    _refuse_locked_slot(locked, slot)
    present = list(locked.documents.uploaded().values_list("slot", flat=True))
    if present.count(slot.name) >= MAX_FILES_IN_A_SLOT:
        raise ValidationError(
            _("“%(label)s” has %(count)d files already. Remove one first.")
            % {"label": slot.label, "count": MAX_FILES_IN_A_SLOT}
        )
    if len(present) >= locked.type.most_files:
        raise ValidationError(
            _("A request takes %(count)d files at most. Remove one first.")
            % {"count": locked.type.most_files}
        )
    checked = checked_upload(uploaded)
    document = Document.objects.keep(
        checked,
        student=locked.student,
        student_request=locked,
        origin=Document.Origin.STUDENT,
        slot=slot.name,
        title=str(slot.label)[:160],
        added_by_id=actor.user_id,
    )
    touch(locked)
    locked.save()
    return document


@transaction.atomic
def remove(student_request, document_id, actor):
    """Take one of the student's own files out of a request; retention deletes it later."""
    locked = locked_for_editing(student_request, actor)
    document = locked.documents.uploaded().filter(pk=document_id).first()
    if document is None:
        raise NotPossible(_("This file is not there any more."))
    slot = next((each for each in locked.type.slots if each.name == document.slot), None)
    # A newer version of a form may ask for it no longer.
    if slot is not None:
        _refuse_locked_slot(locked, slot)
    document.removed_at = timezone.now()
    document.save(update_fields=["removed_at"])
    touch(locked)
    locked.save()


@transaction.atomic
def answer_question(student_request, item_id, reply, actor):
    """Keep the student's words to one question of the office."""
    locked = locked_for_editing(student_request, actor)
    item = locked.clarification_items.filter(pk=item_id, closed_at__isnull=True).first()
    if item is None:
        raise NotPossible(_("This question is no longer open."))
    item.reply = reply.replace("\x00", "")[:1000]
    item.save(update_fields=["reply"])
    touch(locked)
    locked.save()


def locked_for_editing(student_request, actor):
    """Return the request, locked until the transaction ends, if its owner may change it now.

    Raises NotAllowed and NotPossible.
    """
    locked = (
        StudentRequest.objects.select_for_update(of=("self",))
        .select_related("student__user")
        .get(pk=student_request.pk)
    )
    if not owner(locked, actor):
        raise NotAllowed
    if locked.state not in EDITABLE:
        raise NotPossible(
            _("This request is locked because it has been sent. Write a message to change it.")
        )
    return locked


def _refuse_locked_slot(locked, slot):
    names = editable_names(locked)
    if names is not None and slot.name not in names:
        raise NotPossible(
            _("“%(label)s” is locked. The office asked about something else.")
            % {"label": slot.label}
        )


def touch(locked):
    """Count a change of a draft; saving it is left to the caller."""
    locked.version += 1
    locked.touched_at, locked.warned_at = timezone.now(), None
