"""“When will my request be done?”: asked by the student, once it is fair to ask."""

from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.home.hours import office_calendar

from .conversation import send_message
from .lifecycle import WITH_OFFICE
from .models import StudentRequest

# Business days until the same may be asked again.
PAUSE_DAYS = 5


@dataclass(frozen=True)
class Asking:
    """Whether a student may ask today, else from which day on."""

    is_open: bool
    opens_on: date | None = None


def asking_about(student_request, today, calendar):
    """Return whether it is fair to ask today; None where nobody could answer when it is done.

    Fair: the office has it, and the day it was promised for has passed; then again after
    ``PAUSE_DAYS`` business days.
    """
    due_on = student_request.due_on
    if student_request.state not in WITH_OFFICE or due_on is None:
        return None
    opens_on = calendar.add_business_days(due_on, 1)
    if student_request.asked_about_at is not None:
        asked_on = timezone.localdate(student_request.asked_about_at)
        opens_on = max(opens_on, calendar.add_business_days(asked_on, PAUSE_DAYS))
    return Asking(opens_on <= today, opens_on)


def ready_question(student_request):
    """Return the sentence a student begins with."""
    return _("Could you tell me when this will be done? It was expected by %(day)s.") % {
        "day": date_format(student_request.due_on, "F j, Y") if student_request.due_on else "–"
    }


def ask_about(student_request, text, actor):
    """Send the question to the thread and mark the request; raises ValidationError when too early.

    Raises NotAllowed as every message does.
    """
    with transaction.atomic():
        locked = StudentRequest.objects.select_for_update(of=("self",)).get(pk=student_request.pk)
        asking = asking_about(locked, timezone.localdate(), office_calendar())
        if asking is None:
            raise ValidationError(_("Our office does not have this request at the moment."))
        if not asking.is_open:
            raise ValidationError(
                _("You can ask from %(day)s on.") % {"day": date_format(asking.opens_on, "F j, Y")}
            )
        message = send_message(student_request, text, actor)
        StudentRequest.objects.filter(pk=locked.pk).update(asked_about_at=timezone.now())
    return message
