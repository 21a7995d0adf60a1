"""Hand a request to an advisor: a supervisor to anybody, an advisor to oneself."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .actor import Actor
from .lifecycle import Action, Mail, To
from .mails import Reader, send_mails, write_mail
from .models import HistoryEntry, StudentRequest
from .perform import NotAllowed, NotPossible
from .permissions import advisor, supervisor

ASSIGN = Action(gettext_lazy("Assign"), mails=(Mail("assigned", To.ASSIGNEE),))


@transaction.atomic
def assign(student_request, to, actor, note=""):
    """Make ``to`` the advisor who answers for a request, and return the request as it is now.

    Whoever gets it from somebody else is told by mail, and whoever had it. Raises NotAllowed,
    NotPossible for a closed request, and ValidationError for a person who may not decide on it, or
    where somebody has it already and no reason is given.
    """
    locked = (
        StudentRequest.objects.select_for_update(of=("self",))
        .select_related("student__user", "current_approval")
        .get(pk=student_request.pk)
    )
    to_oneself = to.pk == actor.user_id
    if not supervisor(locked, actor) and not (to_oneself and advisor(locked, actor)):
        raise NotAllowed
    if not locked.is_open:
        raise NotPossible(_("This request is closed; nobody needs to answer for it any more."))
    if not to.is_active or not advisor(locked, Actor.for_user(to)):
        raise ValidationError(
            {"advisor": _("%(name)s may not decide on this request.") % {"name": to}}
        )
    if locked.assignee_id == to.pk:
        return locked
    before = locked.assignee
    if before and not note.strip():
        raise ValidationError(
            {"note": _("%(name)s has this request. Write why it changes hands.") % {"name": before}}
        )
    locked.assignee, locked.covers_for = to, None
    locked.save(update_fields=["assignee", "covers_for"])
    entry = HistoryEntry.objects.note(
        locked,
        "assign",
        _("Assigned to %(name)s") % {"name": to.get_short_name()},
        actor,
        note=note.strip(),
    )
    if not to_oneself:
        send_mails(ASSIGN, locked, entry, {}, None)
    if before and before.is_active and before.pk != actor.user_id:
        _tell_who_had_it(before, locked, entry)
    return locked


def _tell_who_had_it(before, student_request, entry):
    reader = Reader(
        before.email, before.get_short_name(), "staff", {"link": ["case", student_request.pk]}
    )
    write_mail(
        "reassigned",
        student_request,
        reader,
        entry.pk,
        advisor=student_request.assignee.get_short_name(),
    )
