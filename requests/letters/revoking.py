"""Takes a letter back: from then on its page confirms nothing."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..mails import tell_owner
from ..models import HistoryEntry, IssuedLetter
from ..perform import NotAllowed, NotPossible
from ..permissions import advisor


@transaction.atomic
def revoke_letter(student_request, why, actor):
    """Revoke the letter of a request for a reason that the student reads, with mail.

    Raises NotAllowed, NotPossible where there is no letter or it is revoked, and ValidationError
    without a reason.
    """
    if not advisor(student_request, actor):
        raise NotAllowed
    why = " ".join(str(why).split())[:500]
    if not why:
        raise ValidationError({"why": _("Write the reason.")})
    letter = (
        IssuedLetter.objects.select_for_update().filter(student_request=student_request).first()
    )
    if letter is None:
        raise NotPossible(_("No letter was issued with this request."))
    if letter.revoked_at is not None:
        raise NotPossible(_("This letter is revoked already."))
    letter.revoked_at, letter.revoked_by_id, letter.revoked_why = timezone.now(), actor.user_id, why
    letter.save(update_fields=["revoked_at", "revoked_by", "revoked_why"])
    entry = HistoryEntry.objects.note(
        student_request, "revoke_letter", _("Letter revoked"), actor, note=why, note_is_shown=True
    )
    tell_owner("letter_revoked", student_request, entry.pk, note=why, document=letter.title)
    return letter
