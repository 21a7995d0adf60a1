"""An advisor sets an alert aside until a day, or takes that back; both stay readable."""

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Alert, AlertOverride

AT_MOST = timedelta(days=365)


@transaction.atomic
def override(alert, reason, until, by, today=None) -> AlertOverride:
    """Set an alert aside up to and including ``until``; a new override replaces the one there is.

    Raises ``ValidationError`` for a day that is past or too far, and for what is cured.
    """
    today = today or timezone.localdate()
    if not reason.strip():
        raise ValidationError({"reason": _("Write why, for whoever comes after you.")})
    if not today <= until <= today + AT_MOST:
        raise ValidationError({"until": _("Choose a day from today on, within one year.")})
    locked = Alert.objects.select_for_update().get(pk=alert.pk)
    if locked.cured_at:
        raise ValidationError(_("This is settled; there is nothing to set aside any more."))
    withdraw(locked, by)
    return AlertOverride.objects.create(alert=locked, reason=reason.strip(), until=until, by=by)


def withdraw(alert, by) -> bool:
    """Take back what set an alert aside; tell whether anything did."""
    held = AlertOverride.objects.filter(alert=alert, withdrawn_at=None)
    return bool(held.update(withdrawn_by=by, withdrawn_at=timezone.now()))
