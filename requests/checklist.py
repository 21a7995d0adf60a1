"""What an advisor checks before approving, each point with its reason."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import override

from .answers import situation_of, typed_answers
from .office_part import open_in_office_part


@dataclass(frozen=True)
class Point:
    """One point of the checklist: met or open, why, and the rule it comes from."""

    label: Any
    is_met: bool
    reason: str = ""
    citation: str = ""

    def __str__(self):
        return f"{self.label}: {self.reason}" if self.reason else str(self.label)


def checklist(student_request, situation=None, filled=None):
    """Return the points of one request as they stand today.

    ``situation`` and ``filled`` (names of the slots that hold a file) spare the reading again.
    """
    situation = situation or situation_of(student_request)
    request_type = student_request.type
    verdict = request_type.eligibility(situation.facts, situation.today, situation.policy)
    cleaned, errors = typed_answers(student_request, situation)
    dates = _dates(request_type.date_lines(situation), cleaned)
    if filled is None:
        filled = set(student_request.documents.filling().values_list("slot", flat=True))
    missing = [
        str(slot.label)
        for slot in student_request.slots_asked()
        if slot.required and slot.name not in filled
    ]
    wrong = [
        f"{request_type.label_of(name)}: {' '.join(map(str, messages))}"
        for page_errors in errors.values()
        for name, messages in page_errors.items()
        if name not in dates or dates[name].is_met
    ]
    points = [
        Point(
            _("The student may ask for this today"),
            verdict.is_open,
            verdict.reason,
            verdict.citation or request_type.citation,
        ),
        Point(_("The answers fit the rules today"), not wrong, " ".join(wrong)),
        *dates.values(),
        Point(_("Every required file is there"), not missing, ", ".join(missing)),
    ]
    if request_type.office_form is not None:
        to_fill_in = open_in_office_part(student_request, situation)
        points.append(
            Point(_("The office’s part is filled in"), not to_fill_in, ", ".join(to_fill_in))
        )
    if student_request.deadline:
        points.append(
            Point(
                _("The legal deadline has not passed"),
                timezone.localdate() <= student_request.deadline,
                date_format(student_request.deadline, "F j, Y"),
            )
        )
    endorsed = [
        approval
        for approval in student_request.approvals.all()
        if approval.outcome == approval.Outcome.ENDORSED
    ]
    points += [
        Point(
            _("Approver: %(name)s") % {"name": approval.name},
            not approval.needs_confirmation,
            "" if approval.is_in_directory else approval.email,
        )
        for approval in endorsed
    ]
    points += [
        Point(label, False, difference)
        for approval in endorsed
        for label, difference in request_type.differences(cleaned, approval.answers)
    ]
    return points


def _dates(lines, cleaned):
    """Return a point for each date that is bound, by the name of its answer.

    Where another error speaks of the same answer, the point of the answers tells it.
    """
    points = {}
    for line in lines:
        day = cleaned.get(line.name) if line.name else None
        if day:
            objection = line.window.objection(day)
            points[line.name] = Point(
                line.label,
                not objection,
                objection or line.window.sentence,
                line.window.citation,
            )
    return points


def open_points(student_request):
    """Return the points that are not met, each with its reason, as they are kept.

    In the office's language, whoever asks: what one person overrode, another one compares.
    """
    with override(settings.LANGUAGE_CODE):
        return [str(point) for point in checklist(student_request) if not point.is_met]
