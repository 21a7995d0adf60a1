"""Whoever of the office reads about a student is written down: who, when, what and whose it was."""

import pytest

from isso.requests.people.roles import Role
from isso.requests.records.changing import change_record
from isso.requests.records.models import AccessLog
from isso.tests import factories

# They name people as a file or a form named them, and know of no record.
NAMES_WITHOUT_A_RECORD = {
    "desk_import",
    "desk_import_file",
    "desk_intakes",
    # Names the student whom it notes, and is noted itself as a whole.
    "desk_readings",
}


@pytest.fixture
def supervisor(owner, client):
    """A supervisor's browser."""
    client.force_login(factories.make_staff(Role.SUPERVISOR, email="sue@staff.example"))
    return client


def body(answer):
    """Return what was sent, as text."""
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace").replace(answer.wsgi_request.path, "")


def noted(owner):
    return list(AccessLog.objects.filter(record=owner.record).values_list("what", "allowed"))


def test_every_page_and_file_that_shows_a_student_makes_one_line(owner, supervisor, addresses):
    """Case 1 of the abuse cases, seen from the office: what is opened is never opened unseen."""
    wrong, opened = [], []
    for key, address in addresses:
        AccessLog.objects.all().delete()
        answer = supervisor.get(address)
        words = body(answer)
        shows = any(secret in words for secret in owner.secrets)
        is_file = answer.streaming and "attachment" in answer.get("Content-Disposition", "")
        if answer.status_code != 200 or key in NAMES_WITHOUT_A_RECORD or not (shows or is_file):
            continue
        first = noted(owner)
        body(supervisor.get(address))
        opened.append(key)
        if shows and len(first) != 1:
            wrong.append((key, first))
        if noted(owner) != first and not any("exported" in what for what, _allowed in first):
            wrong.append((key, "noted again"))

    assert wrong == []
    assert {"desk_case", "desk_student", "desk_students", "desk_queue", "desk_inbox"} <= {*opened}


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/admin/desk/view/all/?export=csv", "queue exported"),
        ("/admin/records/studentrecord/?export=csv", "records.studentrecord exported"),
        ("/admin/records/recordchange/?export=xlsx", "records.recordchange exported"),
        ("/admin/notices/notice/?export=csv", "notices.notice exported"),
    ],
)
def test_a_list_that_leaves_as_a_file_is_noted_each_time(owner, supervisor, address, what):
    factories.make_request(owner.record, "reprint", "in_review")
    change_record(owner.record, {"major": "Music"}, by=None, source="Test")
    for _time in range(2):
        body(supervisor.get(address))

    assert noted(owner) == [(what, True)] * 2


def test_a_line_holds_nothing_of_what_was_read(owner, people, supervisor, addresses):
    for _key, address in addresses:
        body(supervisor.get(address + "?q=Okoye"))

    said = " ".join(
        " ".join(line) for line in AccessLog.objects.values_list("what", "object_id", "details")
    )
    secrets = [each for each in owner.secrets if each in said and each != owner.request.reference]
    assert secrets == []


def test_no_address_changes_or_deletes_a_line(owner, people, supervisor, addresses):
    """The log is only ever added to, whatever a supervisor sends and wherever to."""
    supervisor.get(f"/admin/students/{owner.record.pk}/")
    before = list(AccessLog.objects.order_by("pk").values())
    for _key, address in addresses:
        supervisor.post(address, {"confirmed": "1", "action": "delete", "delete": "1"})

    kept = {line["id"]: line for line in AccessLog.objects.values()}
    assert [kept.get(line["id"]) for line in before] == before
