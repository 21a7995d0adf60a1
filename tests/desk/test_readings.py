"""Who read what: the log for supervisors, narrowed, with students named, and as a file."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.requests.people.roles import Role
from isso.requests.records.access import QUIET, log_read, log_reads
from isso.requests.records.models import AccessLog
from isso.tests import factories

PAGE = "/admin/desk/readings/"


@pytest.fixture
def lines(staff):
    """Three lines: two people read, one refused."""
    amara = factories.make_student("amara@school.example")
    nils = factories.make_student(
        "nils@school.example", family_name="Lindqvist", given_name="Nils", passport_number="X7"
    )
    made = {
        "page": log_read(staff[Role.ADVISOR], "student", amara.pk, record=amara),
        "case": log_read(staff[Role.ADVISOR], "case", "7KQM-3XAP", record=nils),
        "refused": log_read(staff[Role.EDITOR], "student", nils.pk, allowed=False),
    }
    old = timezone.now() - timedelta(days=3)
    AccessLog.objects.filter(pk=made["case"].pk).update(at=old)
    return made | {"amara": amara, "nils": nils}


def shown(answer, lines):
    by_pk = {each.pk: name for name, each in lines.items() if isinstance(each, AccessLog)}
    return {by_pk[row.pk] for row, _what in answer.context["rows"] if row.pk in by_pk}


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"page", "case", "refused"}),
        ("?student=Okoye", {"page"}),
        ("?student=nils@school.example", {"case"}),
        ("?who=editor@", {"refused"}),
        ("?what=case", {"case"}),
        ("?what=nonsense", {"page", "case", "refused"}),
        ("?refused=on", {"refused"}),
        ("?first_day={today}", {"page", "refused"}),
        ("?last_day={before}", {"case"}),
        ("?first_day={today}&last_day={before}", {"page", "refused"}),
        ("?first_day=2026-02-31", {"page", "case", "refused"}),
        ("?last_day=9999-12-31", {"page", "case", "refused"}),
        ("?record={amara}", {"page"}),
        ("?record=nonsense&page=nonsense&who=%00", {"page", "case", "refused"}),
        ("?who=nobody-at-all", set()),
    ],
)
def test_the_lines_are_narrowed(lines, supervisor, query, expected):
    today = timezone.localdate()
    days = {"today": today, "before": today - timedelta(days=1), "amara": lines["amara"].pk}

    assert shown(supervisor.get(PAGE + query.format(**days)), lines) == expected


def test_days_the_wrong_way_round_are_said_and_make_no_file(lines, supervisor):
    answer = supervisor.get(f"{PAGE}?first_day=2026-10-05&last_day=2026-10-01&export=csv")

    assert answer["Content-Type"].startswith("text/html")
    assert "Choose a day that is not before “From”." in answer.content.decode()


@pytest.mark.parametrize(("role", "status"), [(Role.ADVISOR, 302), (Role.EDITOR, 302)])
def test_nobody_else_reads_it_and_trying_is_noted(lines, staff, sign_in, role, status):
    for query in ("", "?export=csv"):
        assert sign_in(staff[role]).get(PAGE + query).status_code == status

    refused = AccessLog.objects.filter(what="access log", user=staff[role])
    assert set(refused.values_list("allowed", flat=True)) == {False}


def test_a_student_is_named_with_the_way_to_the_page(lines, supervisor):
    page = supervisor.get(PAGE).content.decode()

    assert f'<a href="/admin/students/{lines["nils"].pk}/">Nils Lindqvist</a>' in page


def test_the_file_holds_no_formula_and_who_took_it_is_noted(staff, supervisor):
    factories.make_student("x@school.example", family_name="=cmd()", given_name="")
    record = factories.make_student("y@school.example", family_name="Wu", given_name="=Sum(1)")
    log_read(staff[Role.ADVISOR], "student", record.pk, record=record)

    answer = supervisor.get(f"{PAGE}?export=csv&what=student&who=advisor")
    rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))

    assert [row[2:5] for row in rows[1:]] == [["'=Sum(1) Wu", "Student page", str(record.pk)]]
    taken = AccessLog.objects.filter(what="access log exported")
    assert list(taken.values_list("user", "details")) == [
        (staff[Role.SUPERVISOR].pk, "what student, with who")
    ]


@pytest.mark.parametrize("number", [1, 30])
def test_a_page_costs_the_same_queries_for_1_and_30_lines(staff, supervisor, number):
    for each in range(number):
        record = factories.make_student(f"s{each}@school.example")
        log_read(staff[Role.ADVISOR], "student", record.pk, record=record)
    supervisor.get(PAGE)

    with CaptureQueriesContext(connection) as queries:
        answer = supervisor.get(PAGE)

    assert len(answer.context["rows"]) == number + 1
    assert len(queries) == 11


@pytest.mark.parametrize(("who", "is_there"), [("supervisor", True), ("advisor", False)])
def test_the_students_page_says_to_supervisors_who_read_it(lines, request, who, is_there):
    address = f"/admin/students/{lines['amara'].pk}/"
    page = request.getfixturevalue(who).get(address).content.decode()

    assert ("Who read this record" in page) is is_there
    assert (f'{PAGE}?record={lines["amara"].pk}"' in page) is is_there


def test_nobody_learns_here_who_read_about_oneself(lines, staff, supervisor):
    lines["amara"].user = staff[Role.SUPERVISOR]
    lines["amara"].save(update_fields=["user"])

    assert shown(supervisor.get(PAGE), lines) == {"case", "refused"}


def test_looking_again_is_a_new_line_only_after_a_while(lines, staff):
    reader, amara = staff[Role.SUPERVISOR], lines["amara"]

    def read():
        log_read(reader, "student", amara.pk, record=amara)
        log_reads(reader, "queue", [amara, amara.pk, None, lines["nils"]])
        mine = AccessLog.objects.filter(user=reader)
        return sorted(mine.values_list("what", "record__family_name"))

    once = [("queue", "Lindqvist"), ("queue", "Okoye"), ("student", "Okoye")]
    assert read() == once
    assert read() == once
    AccessLog.objects.update(at=timezone.now() - QUIET - timedelta(seconds=1))
    assert read() == sorted(once * 2)


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_looking_again_asks_once_and_waits_for_no_other_writer(django_assert_num_queries):
    reader, amara = factories.make_user("reader@staff.example"), factories.make_student()
    log_reads(reader, "queue", [amara])

    with django_assert_num_queries(1):
        log_reads(reader, "queue", [amara])


def test_a_refused_attempt_and_somebody_not_signed_in_are_noted_each_time(lines, staff):
    for _time in range(2):
        log_read(staff[Role.EDITOR], "case", 7, allowed=False)
        log_reads(None, "waiting for an approver", [lines["amara"]])

    assert AccessLog.objects.filter(what="case", allowed=False).count() == 2
    assert AccessLog.objects.filter(what="waiting for an approver").count() == 2
