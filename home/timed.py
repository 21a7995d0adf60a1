"""What is shown between two times of its own, and what an editor is told about it."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .calendar import moment


class TimeState(models.TextChoices):
    """Where something stands between being written and being over."""

    DRAFT = "draft", gettext_lazy("Draft")
    TO_COME = "to_come", gettext_lazy("To come")
    SHOWING = "showing", gettext_lazy("Showing now")
    OVER = "over", gettext_lazy("Over")


class Timed:
    """Lends its words to what has ``live``, ``show_from`` and ``show_until``."""

    @property
    def time_state(self):
        """Tell whether visitors see it at this moment, and if not, why."""
        now = timezone.now()
        if not self.live:
            return TimeState.DRAFT
        if self.show_until and self.show_until <= now:
            return TimeState.OVER
        if self.show_from and self.show_from > now:
            return TimeState.TO_COME
        return TimeState.SHOWING

    def time_sentence(self):
        """Tell an editor who has just saved it when people see it; nothing where it is obvious."""
        match self.time_state:
            case TimeState.OVER:
                return _("Nobody sees “%(title)s”: its time ended on %(moment)s.") % {
                    "title": self,
                    "moment": moment(self.show_until),
                }
            case TimeState.TO_COME:
                return _("“%(title)s” appears on %(moment)s.") % {
                    "title": self,
                    "moment": moment(self.show_from),
                }
        return ""
