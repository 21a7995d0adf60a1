"""Saving while somebody types: only what changed, and never over a newer save of another tab."""

import hashlib
import json

from django.db import transaction
from django.utils.translation import gettext as _

from . import drafting
from .lifecycle import State
from .perform import NotPossible


def open_items(student_request):
    """Return the questions the office waits to have answered, in one query or none."""
    if student_request.state != State.CLARIFICATION:
        return []
    items = student_request.clarification_items.filter(closed_at__isnull=True)
    return list(items.order_by("asked_at", "pk"))


def fingerprint(student_request, page):
    """Return what tells two savings of one page apart; other pages may change meanwhile."""
    names = sorted(page.form.base_fields) if page.form else ()
    kept = [[name, student_request.answers.get(name)] for name in names]
    kept += [[item.pk, item.reply] for item in open_items(student_request)]
    return hashlib.sha256(json.dumps(kept).encode()).hexdigest()[:16]


@transaction.atomic
def save_typing(student_request, page, data, replies, actor, *, seen):
    """Keep what is being typed and return the page's new fingerprint.

    ``replies`` maps open questions to words; ``seen`` is the fingerprint of what the tab began
    with. Raises NotAllowed, and NotPossible when another tab has saved something else since.
    """
    locked = drafting.locked_for_editing(student_request, actor)
    now = fingerprint(locked, page)
    changed_replies = {
        item.pk: replies[item.pk]
        for item in open_items(locked)
        if item.pk in replies and replies[item.pk] != item.reply
    }
    typed = drafting.typed_on(locked, page, data) if page.form else {}
    is_new = any(locked.answers.get(name) != value for name, value in typed.items())
    if not (is_new or changed_replies):
        return now
    if seen != now:
        raise NotPossible(
            _(
                "This page was changed in another tab, so nothing was saved here. Load it again to "
                "see the change, or press Save to keep what stands here."
            )
        )
    if is_new:
        locked, _form = drafting.save_page(locked, page, data, actor)
    for pk, reply in changed_replies.items():
        drafting.answer_question(locked, pk, reply, actor)
    return fingerprint(locked, page)
