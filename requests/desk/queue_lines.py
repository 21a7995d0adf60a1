"""The rows of the queue as the list shows them: all in words before the page is rendered."""

from dataclasses import dataclass
from functools import cache

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.home.calendar import moment

from ..models import StudentRequest
from .flags import flags
from .queue_words import age_in_words, due_in_words, is_late


@dataclass(frozen=True)
class QueueLine:
    """One request as the list shows it; "" for what there is not."""

    student_request: StudentRequest
    key: int
    reference: str
    title: str
    url: str
    mark: str
    flags: list
    student: str
    student_url: str
    status: str
    age: str
    due: str
    is_late: bool
    advisor: str
    covers_for: str
    # What the button says aloud that assigns it to the user: not what is his, or has ended.
    take: str
    last_message: str


def lines_of(page, user, url_of, calendar):
    """Return the lines of a page for this user; ``url_of`` gives a case by key and place.

    Asks nothing: everything comes with the rows or from the calendar.
    """
    today = timezone.localdate()
    mark, take = _("Mark %(reference)s"), _("Assign %(reference)s to me")
    covers_for = _("for %(name)s")

    # Many rows are due on the same day.
    @cache
    def due_on(day):
        if day is None:
            return ""
        words = [date_format(day, "M j"), due_in_words(day, today, calendar)]
        return ", ".join(filter(None, words))

    def line(each, place):
        named = {"reference": each.reference}
        can_be_taken = each.is_open and each.assignee_id != user.pk
        return QueueLine(
            student_request=each,
            key=each.pk,
            reference=each.reference,
            title=str(each.type.title),
            url=url_of(each.pk, place),
            mark=mark % named,
            flags=flags(each, today),
            student=str(each.student),
            student_url=reverse("desk_student", args=[each.student_id]),
            status=str(each.staff_label),
            age=age_in_words(each, today, calendar),
            due=due_on(each.due_on),
            is_late=is_late(each, today),
            advisor=str(each.assignee or ""),
            covers_for=covers_for % {"name": each.covers_for} if each.covers_for_id else "",
            take=take % named if can_be_taken else "",
            last_message=moment(each.last_message_at, "M j") if each.last_message_at else "",
        )

    return [line(each, place) for place, each in enumerate(page.rows, page.first - 1)]
