"""A draft whose form has changed since it was begun: its owner may move it to the new form.

What the new form does not take is set aside in the draft under ``name@version``: its owner goes
on reading it, nobody gets it, and it comes back where a later version asks for it again.
"""

from django.db import transaction
from django.utils.translation import gettext as _

from .answers import AnswerRow, readable, situation_of
from .drafting import locked_for_editing, touch
from .lifecycle import State
from .models import HistoryEntry
from .office_forms.moving import moved_answers
from .perform import NotPossible
from .registry import get_type

# No name of a field holds it.
ASIDE = "@"


def newer_version(student_request):
    """Return the type in the version that a draft may be moved to, or None."""
    if student_request.state != State.DRAFT:
        return None
    newest = get_type(student_request.type_key)
    is_newer = newest.version > student_request.type.version
    return newest if is_newer and newest.is_offered else None


@transaction.atomic
def move_to_newest(student_request, actor):
    """Move a draft to the newest version of its form and return it.

    Raises NotAllowed, and NotPossible for what has been sent or is up to date.
    """
    locked = locked_for_editing(student_request, actor)
    newest = newer_version(locked)
    if newest is None:
        raise NotPossible(_("There is no newer form for this request."))
    locked.answers = _moved(locked, newest)
    locked.type_version = newest.version
    situation = situation_of(locked)
    locked.deadline = newest.deadline(situation.facts, situation.policy)
    touch(locked)
    locked.save()
    HistoryEntry.objects.note(locked, "move_to_new_form", _("Moved to the new form"), actor)
    return locked


def _moved(locked, newest):
    own = {name: value for name, value in locked.answers.items() if ASIDE not in name}
    moved = moved_answers(own, locked.type, newest)
    kept, aside = moved.kept, {}
    for name in moved.left:
        aside[f"{name}{ASIDE}{locked.type_version}"] = own[name]
    for mark, value in locked.answers.items():
        name, _sign, version = mark.partition(ASIDE)
        if not version:
            continue
        again = moved_answers({name: value}, get_type(locked.type_key, int(version)), newest)
        if again.kept and name not in kept:
            kept |= again.kept
        else:
            aside[mark] = value
    return kept | aside


def set_aside(student_request):
    """Return an ``AnswerRow`` for each answer that the form of a draft does not take any more.

    They stand in the order in which they were asked, the newest version first.
    """
    marks = {}
    for mark in student_request.answers:
        name, _sign, version = mark.partition(ASIDE)
        if version:
            marks.setdefault(int(version), set()).add(name)
    return [
        _row(student_request, earlier, page, name)
        for version in sorted(marks, reverse=True)
        for earlier in [get_type(student_request.type_key, version)]
        for page in earlier.pages
        if page.form
        for name in page.form.base_fields
        if name in marks[version]
    ]


def _row(student_request, earlier, page, name):
    mark = f"{name}{ASIDE}{earlier.version}"
    words = readable(page.form.base_fields[name], student_request.answers[mark])
    return AnswerRow(mark, earlier.label_of(name), words, approver_sees=False)
