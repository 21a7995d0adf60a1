"""A new draft as it begins: what the record knows already, and who began it why."""

from django.utils.translation import gettext as _

from .answers import situation_of
from .models import HistoryEntry, StudentRequest


def new_draft(
    record, request_type, actor, start_key, *, override="", about="", known=None, **columns
):
    """Write a new draft with its first line of history and return it.

    ``known`` are answers it has from the start, beside what the record says.
    """
    draft = StudentRequest(
        type_key=request_type.key,
        type_version=request_type.version,
        student=record,
        started_by_id=actor.user_id,
        start_key=start_key,
        eligibility_override=override,
        **columns,
    )
    situation = situation_of(draft)
    draft.answers = {
        name: _plain(value)
        for page in request_type.pages
        if page.form
        for name, value in page.form.prefill(situation.facts).items()
        if value not in (None, "")
    }
    draft.answers |= request_type.corrects.get(about, {}) | (known or {})
    draft.deadline = request_type.deadline(situation.facts, situation.policy)
    draft.save()
    HistoryEntry.objects.note(draft, "start", _("Started"), actor, from_state="", note=override)
    return draft


def _plain(value):
    return value if isinstance(value, list) else str(value)
