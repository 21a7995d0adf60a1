"""One alert as the desk reads it, on the list, in its file and on the student's page."""

from dataclasses import dataclass

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from ..alerts.kinds import KINDS
from ..models import Alert, AlertOverride
from ..models.alert import Severity
from ..registry import all_types


@dataclass(frozen=True)
class AlertLine:
    """An alert with its words."""

    alert: Alert

    @property
    def kind(self):
        """What its kind states."""
        return KINDS[self.alert.kind]

    @property
    def is_bad(self):
        """Whether it presses."""
        return self.alert.severity == Severity.BAD

    @property
    def sentence(self):
        """What is due."""
        return self.kind.office_sentence(self.alert)

    @property
    def step(self):
        """How far it is."""
        return self.kind.step_words(self.alert.step)

    @property
    def cure(self):
        """The request that cures it."""
        found = all_types().get(self.alert.cure)
        return found.title if found else ""

    @property
    def standing(self):
        """Whether somebody has taken care of it."""
        if self.alert.is_overridden:
            return _("Set aside")
        return _("Under way") if self.alert.is_under_way else _("To do")

    @property
    def override(self):
        """What sets it aside today, where the overrides are read along."""
        today = timezone.localdate()
        held = (each for each in self.alert.overrides.all() if each.withdrawn_at is None)
        return next((each for each in held if each.until >= today), None)

    @property
    def earlier(self):
        """The overrides that have ended or were taken back."""
        return [each for each in self.alert.overrides.all() if each != self.override]

    @property
    def cells(self):
        """What the file holds."""
        alert, record = self.alert, self.alert.record
        mailed = alert.mailed_step
        return (
            record.full_name,
            record.sevis_id,
            record.email,
            record.department,
            alert.advisor.get_full_name() if alert.advisor else "",
            self.kind.title,
            Severity(alert.severity).label,
            self.sentence,
            self.step,
            alert.day,
            self.cure,
            self.standing,
            timezone.localdate(alert.first_seen),
            "" if mailed is None else self.kind.step_words(mailed),
        )


def alert_lines_of(record):
    """Return what is due of one person, with everything that ever set it aside; two queries."""
    with_names = Prefetch("overrides", AlertOverride.objects.select_related("by"))
    alerts = record.alerts.open().standing().prefetch_related(with_names)
    return [AlertLine(alert) for alert in alerts]
