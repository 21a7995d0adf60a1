"""What is due in the demonstration office today; one alert of a scholar is set aside."""

from datetime import timedelta

from django.db.models import F

from isso.requests.people.models import User

from ..alerts.keeping import look_at_all
from ..alerts.overriding import override
from ..models import Alert

ADVISOR = "advisor@demo.example"
SET_ASIDE = ("mateo.silva@demo.example", "program_end")
REASON = "Flies home on the last day; the department has told us."
FOR = timedelta(days=20)


def load_alerts(today, is_moved):
    """Find what is due; what was told before all dates moved is not told again."""
    if is_moved:
        Alert.objects.all().delete()
    look_at_all(today)
    if is_moved:
        Alert.objects.update(mailed_step=F("step"))
    email, kind = SET_ASIDE
    alert = Alert.objects.open().filter(record__user__email=email, kind=kind).first()
    if alert and not alert.overrides.exists():
        override(alert, REASON, today + FOR, User.objects.get(email=ADVISOR), today)
