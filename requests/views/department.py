"""A department's own page: its visiting scholars, where each stands, and whose turn it is.

What a request is about stays between the scholar and the office: an illness may stand behind it.
"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from isso.requests.people.models import DepartmentMembership
from isso.requests.people.roles import Role
from isso.requests.records.access import log_read
from isso.requests.records.models import StudentRecord

from ..lifecycle import WITH_APPROVER, WITH_OFFICE, WITH_STUDENT
from ..models import StudentRequest
from .access import refuse, signed_in

ROWS_PER_PAGE = 30
LONGEST_SEARCH = 80
# The few facts the page shows; nothing else of a record is read.
SHOWN = ("given_name", "family_name", "department", "sevis_status", "stage")


@dataclass(frozen=True)
class ScholarRow:
    """One scholar: the name, the department, where he stands and who has to act."""

    name: str
    department: str
    status: str
    turns: list[str]


@signed_in
@require_safe
def department(request):
    """Show the scholars of the departments of this person, all or those of a name."""
    if Role.DEPARTMENT not in request.user.roles:
        refuse(request.user, "department", "")
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    found = StudentRecord.objects.of_departments_of(request.user).only(*SHOWN)
    for word in search.split():
        found = found.filter(given_name__icontains=word) | found.filter(family_name__icontains=word)
    page = Paginator(found.order_by("family_name", "given_name", "pk"), ROWS_PER_PAGE).get_page(
        request.GET.get("page")
    )
    log_read(request.user, "department", ",".join(str(each.pk) for each in page))
    context = {
        "rows": scholar_rows(list(page)),
        "page_obj": page,
        "search": search,
        "departments": [
            each.department
            for each in DepartmentMembership.objects.valid().filter(user=request.user)
        ],
    }
    return render(request, "portal/department.html", context)


def scholar_rows(records):
    """Return the lines of the page; one more query, however many scholars there are."""
    states = {}
    open_requests = StudentRequest.objects.in_the_office().open().filter(student__in=records)
    for student, state in open_requests.order_by("pk").values_list("student_id", "state"):
        states.setdefault(student, []).append(state)
    return [
        ScholarRow(
            name=record.full_name,
            department=record.department,
            status=record.get_sevis_status_display() or record.get_stage_display(),
            turns=list(dict.fromkeys(_turn(state) for state in states.get(record.pk, ()))),
        )
        for record in records
    ]


def _turn(state):
    """Say who acts next, without saying on what."""
    turns = {
        WITH_STUDENT: _("The scholar"),
        WITH_APPROVER: _("An approver"),
        WITH_OFFICE: _("Our office"),
    }
    return next(words for states, words in turns.items() if state in states)
