"""The queue as a file: the rows an advisor sees, in the same order, read in batches.

Which rows these are is settled when the file is asked for; only their numbers are kept until the
file is sent, and whether the user may see them is asked again with each batch.
"""

from array import array
from collections import defaultdict

from django.db.models import F
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from isso.home.naming import office_at_hand
from isso.home.office import working_for
from isso.home.spreadsheet import cell

from ..clock import clocks_of, used_days
from ..lifecycle import State
from ..models import HistoryEntry, StudentRequest
from .queue_answers import AnswerColumns

REQUESTS_AT_ONCE = 500


class QueueFile:
    """What a file of these requests says; with ``type_key`` also the answers to that type.

    Each batch costs the same few queries. Notes, messages and the contents of files stay out.
    """

    def __init__(self, queryset, user, calendar, type_key=""):
        self._user, self._calendar = user, calendar
        self._today = timezone.localdate()
        # A file is sent when the request that asked for it is over, and with it its office.
        self._office, self._language = office_at_hand.get(), translation.get_language()
        self._keys, versions = array("Q"), set()
        # Whose requests these are, as primary keys of records.
        self.people = set()
        rows = queryset.values_list("pk", "type_version", "student_id")
        for pk, version, student_id in rows.iterator(chunk_size=5000):
            self._keys.append(pk)
            versions.add(version)
            self.people.add(student_id)
        self._answers = AnswerColumns(type_key, versions) if type_key else None

    def __len__(self):
        return len(self._keys)

    @property
    def header(self):
        """The names of the columns; the first date says in which zone all days are."""
        zone = timezone.get_current_timezone_name()
        return [
            _("Request"),
            _("Student"),
            _("School ID"),
            _("Type"),
            _("Status"),
            _("Started (all dates: %(zone)s)") % {"zone": zone},
            _("Submitted"),
            _("Due"),
            _("Decided"),
            _("Advisor"),
            _("Approver"),
            _("Approver’s decision"),
            _("Business days with the office"),
            _("Business days with the student"),
            _("Business days with the approver"),
            *(self._answers.header if self._answers else ()),
        ]

    def rows(self):
        """Yield the cells of each request: numbers, and text that no program executes."""
        for start in range(0, len(self._keys), REQUESTS_AT_ONCE):
            # Put down again before anything is sent: a thread may do other work in between.
            with working_for(self._office), translation.override(self._language):
                batch = self._read(self._keys[start : start + REQUESTS_AT_ONCE].tolist())
            yield from batch

    def _read(self, keys):
        found = (
            StudentRequest.objects.visible_to(self._user)
            .select_related("student", "assignee")
            .prefetch_related("approvals")
            .defer("answers")
            .in_bulk(keys)
        )
        requests = [found[key] for key in keys if key in found]
        moves, answers = _moves(keys), self._answers.read(requests) if self._answers else {}
        return [self._row(each, moves[each.pk]) + answers.get(each.pk, []) for each in requests]

    def _row(self, each, moves):
        # Where several people approve one after the other, the last word of each step.
        asked = {approval.step: approval for approval in each.approvals.all()}
        approvals = [asked[step] for step in sorted(asked)]
        clocks = clocks_of(moves, self._today, self._office, self._calendar)
        return [
            cell(each.reference),
            cell(each.student.full_name),
            cell(each.student.institution_id),
            cell(each.type.title),
            cell(each.staff_label),
            _day(each.created_at),
            _day(each.submitted_at),
            cell(each.due_on),
            _day(each.decided_at),
            cell(each.assignee),
            cell("; ".join(approval.decided_name or approval.name for approval in approvals)),
            cell("; ".join(str(approval.get_outcome_display()) for approval in approvals)),
            used_days(each, self._today, self._calendar),
            clocks.with_student,
            clocks.with_approver,
        ]


def _moves(keys):
    """Return by request its [(state, instant)] from the first time it left the student."""
    found = defaultdict(list)
    moves = HistoryEntry.objects.filter(student_request__in=keys).exclude(to_state=State.DRAFT)
    moves = moves.exclude(from_state=F("to_state")).order_by("at", "pk")
    for pk, state, at in moves.values_list("student_request_id", "to_state", "at"):
        found[pk].append((state, at))
    return found


def _day(at):
    return timezone.localdate(at).isoformat() if at else ""
