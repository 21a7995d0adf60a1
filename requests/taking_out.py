"""Take one of several out of a draft, say a family member: with the answers and files about it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from .drafting import locked_for_editing, touch
from .lifecycle import State
from .perform import NotPossible


@transaction.atomic
def take_out(student_request, each, number, actor):
    """Take out the one with this number; those behind it move up with their files.

    Raises NotAllowed and NotPossible. Its files are removed as their owner removes any file.
    """
    locked = locked_for_editing(student_request, actor)
    if locked.state != State.DRAFT:
        # The office's questions name what they are about by its number.
        raise NotPossible(_("Nobody can be taken out now. Write to us, and we do it with you."))
    if number not in each.numbers(locked.answers):
        raise NotPossible(_("This entry is not there any more."))
    last = each.count(locked.answers)
    locked.answers = each.without(locked.answers, number)
    labels = {slot.name: slot.label for slot in locked.type.slots}
    files = locked.documents.uploaded().filter(slot__startswith=f"{each.name}_")
    for document in files.select_for_update():
        at, short = each.place_of(document.slot)
        if at == number:
            document.removed_at = timezone.now()
        elif at is not None and number < at <= last:
            document.slot = each.prefix(at - 1) + short
            document.title = str(labels.get(document.slot, document.title))[:160]
        document.save(update_fields=["slot", "title", "removed_at"])
    touch(locked)
    locked.save()
    return locked
