"""A department's own pages: what it asked of the office, its visiting scholars, who acts next.

What a scholar asks stays between the scholar and the office: an illness may stand behind it.
"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from isso.home.naming import short_name
from isso.requests.people.models import RoleTerm
from isso.requests.people.roles import Role
from isso.requests.records.access import log_read, log_reads
from isso.requests.records.models import StudentRecord

from ..department_rows import asked_rows
from ..lifecycle import WITH_APPROVER, WITH_OFFICE, WITH_STUDENT, State
from ..models import StudentRequest
from ..proposals import first_key
from ..request_type import AskedBy
from ..rules.verdict import Standing
from ..standing import offers_for
from ..words import STAMPS
from .access import refuse, signed_in

ROWS_PER_PAGE = 30
LONGEST_SEARCH = 80
# All that is read of a record and of a request here.
OF_THE_RECORD = (
    *("given_name", "family_name", "department", "exchange_category"),
    *("program_start", "program_end"),
)
OF_THE_REQUEST = ("student_id", "state", "approver_missing", "submitted_at", "touched_at")


@dataclass(frozen=True)
class WhereItStands:
    """Where one request stands, without saying which."""

    label: str
    tone: str
    icon: str
    turn: str
    sent: datetime
    updated: datetime


@dataclass(frozen=True)
class ScholarRow:
    """One scholar, with what is under way."""

    pk: int
    name: str
    department: str
    category: str
    begins: date | None
    ends: date | None
    standings: list[WhereItStands]


def for_departments(*methods):
    """Open a page to whoever holds the role of a department; for all others it is not there."""

    def guard(view):
        @signed_in
        @require_http_methods(methods)
        @wraps(view)
        def guarded(request, **kwargs):
            if Role.DEPARTMENT not in request.user.roles:
                refuse(request.user, "department", kwargs.get("pk", ""))
            return view(request, **kwargs)

        return guarded

    return guard


@for_departments("GET", "HEAD")
def department(request):
    """Show what waits, and the scholars of this person's departments, all or those of a name."""
    search = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST_SEARCH]
    found = StudentRecord.objects.of_departments_of(request.user)
    for word in search.split():
        found = found.filter(given_name__icontains=word) | found.filter(family_name__icontains=word)
    found = found.only(*OF_THE_RECORD).order_by("family_name", "given_name", "pk")
    page = Paginator(found, ROWS_PER_PAGE).get_page(request.GET.get("page"))
    log_reads(request.user, "scholars of a department", page)
    term = RoleTerm.objects.running().filter(user=request.user, group__name=Role.DEPARTMENT).first()
    under_way = list(asked_by_departments_of(request.user).open()[: ROWS_PER_PAGE + 1])
    log_reads(request.user, "requests of a department", (each.student_id for each in under_way))
    context = {
        "tab": "department",
        "asked": asked_rows(under_way[:ROWS_PER_PAGE], _("You")),
        "has_more": len(under_way) > ROWS_PER_PAGE,
        "may_invite": first_key() is not None,
        "rows": scholar_rows(list(page)),
        "page_obj": page,
        "search": search,
        "query": urlencode({"q": search}) if search else "",
        "departments": request.user.followed_departments,
        "last_day": term.last_day if term else None,
    }
    return render(request, "portal/department/home.html", context)


@for_departments("GET", "HEAD")
def asked(request):
    """List everything that this person's departments have asked for, the newest first."""
    page = Paginator(asked_by_departments_of(request.user), ROWS_PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    log_reads(request.user, "requests of a department", (each.student_id for each in page))
    context = {"rows": asked_rows(page, _("You")), "page_obj": page}
    return render(request, "portal/department/asked.html", context)


@for_departments("GET", "HEAD")
def scholar(request, pk):
    """Show one scholar of this person's departments, what is under way, and what may be asked."""
    record = own_scholar(request.user, pk)
    log_read(request.user, "scholar of a department", pk, record=record)
    own = StudentRequest.objects.personal(record).in_the_office()
    [row] = scholar_rows([record], own)
    asked_for = asked_by_departments_of(request.user).filter(student=record)
    offers = offers_for(record, asked_by=AskedBy.DEPARTMENT)
    context = {
        "row": row,
        "asked": asked_rows(asked_for, _("You")),
        "offers": [each for each in offers if each.verdict.standing != Standing.NOT_FOR_YOU],
    }
    return render(request, "portal/department/scholar.html", context)


def own_scholar(user, pk):
    """Return a scholar of this person's departments; for all others there is nobody."""
    record = StudentRecord.objects.of_departments_of(user).filter(pk=pk).first()
    if record is None:
        refuse(user, "scholar of a department", pk)
    return record


def asked_by_departments_of(user):
    """Return what the departments of a person have asked for, ready to list in one query."""
    return (
        StudentRequest.objects.own(user)
        .exclude(department="")
        .select_related("student", "current_approval")
        .order_by("-created_at", "-pk")
    )


def scholar_rows(records, requests=None):
    """Return scholars as rows, by default with what is open; one query for all of them."""
    if requests is None:
        requests = StudentRequest.objects.in_the_office().open().filter(department="")
    standings = {}
    for each in requests.filter(student__in=records).only(*OF_THE_REQUEST).order_by("-created_at"):
        standings.setdefault(each.student_id, []).append(_standing(each))
    return [
        ScholarRow(
            pk=record.pk,
            name=record.full_name,
            department=record.department,
            category=record.get_exchange_category_display(),
            begins=record.program_start,
            ends=record.program_end,
            standings=standings.get(record.pk, []),
        )
        for record in records
    ]


def _standing(student_request):
    tone, icon = STAMPS[State(student_request.state)]
    return WhereItStands(
        label=student_request.student_label,
        tone=tone,
        icon=icon,
        turn=_turn(student_request),
        sent=student_request.submitted_at,
        updated=student_request.touched_at,
    )


def _turn(student_request):
    state = student_request.state
    if state in WITH_STUDENT or (state in WITH_APPROVER and student_request.approver_missing):
        return _("The scholar")
    if state in WITH_APPROVER:
        return _("An approver")
    return short_name() if state in WITH_OFFICE else ""
