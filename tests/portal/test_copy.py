"""Asking for a copy of the own record, the worker that makes it, and the download for a week."""

import io
import threading
from datetime import timedelta
from zipfile import BadZipFile

import pytest
from django.db import connection
from django.utils import timezone

from isso.requests.copies import ask_for_copy
from isso.requests.copy_making import making
from isso.requests.copy_making.making import MOST_ATTEMPTS, make_waiting
from isso.requests.models import RecordCopy, RetentionEntry
from isso.requests.notices.leases import LEASE
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog
from isso.requests.retention.anonymizing import make_anonymous
from isso.requests.retention.purging import purge_unneeded
from isso.tests import factories
from isso.tests.portal.copies import Opened, make_copy

PAGE, FILE = "/portal/profile/copy/", "/portal/profile/copy/file/"
WEEK = timedelta(days=7)


def page(client):
    """Return what the page says: being made, failed, offered."""
    found = client.get(PAGE).context
    return found["is_being_made"], found["has_failed"], found["offered"] is not None


def stored():
    """Return the names of the files that copies have in the storage."""
    folder = RecordCopy._meta.get_field("file").storage
    names = RecordCopy.objects.exclude(file="").values_list("file", flat=True)
    return [name for name in names if folder.exists(name)]


def test_from_the_tab_to_the_file(portal, student, mailoutbox):
    assert f'href="{PAGE}"' in portal.get("/portal/profile/").content.decode()
    assert page(portal) == (False, False, False)

    answer = portal.post(PAGE)
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert page(portal) == (True, False, False)
    assert make_waiting() == 1
    assert page(portal) == (False, False, True)

    download = portal.get(FILE)
    opened = Opened(io.BytesIO(b"".join(download.streaming_content)))
    assert opened.data["record"]["family_name"] == "Okoye"
    assert opened.names == ["record.json", "record.html", "record.css"]
    deliver_due()
    (mail,) = mailoutbox
    assert (mail.to, mail.subject) == (
        ["Amara Okoye <student@school.example>"],
        "For your information: The copy of your record is ready",
    )
    assert "http://testserver/portal/profile/copy/" in mail.body


def test_it_leaves_as_a_download_that_nobody_keeps_and_each_time_is_noted(portal, student):
    make_copy(student)
    AccessLog.objects.all().delete()

    for _time in range(2):
        answer = portal.get(FILE)
        b"".join(answer.streaming_content)

    assert answer["Content-Type"] == "application/zip"
    assert answer["Content-Disposition"] == 'attachment; filename="my-record-2026-10-05.zip"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert {"private", "no-store"} <= {part.strip() for part in answer["Cache-Control"].split(",")}
    noted = AccessLog.objects.values_list("user", "what", "record", "allowed")
    assert list(noted) == [(student.user.pk, "copy of a record", student.pk, True)] * 2


def test_the_mail_says_nothing_of_the_record(student):
    make_copy(student)

    notice = Notice.objects.get(key="record_copy_ready")
    assert (notice.recipient, notice.about) == (student.user.email, "")
    assert notice.links == {"link": ["own_copy"]}
    words = str(notice.context)
    assert [each for each in ("P1234567", student.sevis_id, "Data Science") if each in words] == []


@pytest.mark.parametrize("who", ["stranger", Role.ADVISOR, Role.DEPARTMENT, None])
def test_who_has_no_record_gets_nothing(client, student, who):
    make_copy(student)
    before = list(RecordCopy.objects.values())
    if who == "stranger":
        client.force_login(factories.make_user("stranger@school.example"))
    elif who:
        client.force_login(factories.make_staff(who))

    answers = [
        getattr(client, way)(f"{address}?record={student.pk}")
        for address, way in ((PAGE, "get"), (PAGE, "post"), (FILE, "get"), (FILE, "head"))
    ]

    assert [each.status_code for each in answers] == [302 if who is None else 403] * 4
    assert [each for each in answers if each.streaming or b"Okoye" in each.content] == []
    assert list(RecordCopy.objects.values()) == before


def test_a_neighbor_gets_only_a_copy_of_her_own(client, student):
    """Case 1: no address names a copy, so none leads to somebody else's."""
    make_copy(student)
    neighbor = factories.make_student("neighbor@school.example", family_name="Ng")
    client.force_login(neighbor.user)

    answer = client.get(f"{FILE}?record={student.pk}&pk={RecordCopy.objects.get().pk}")
    assert (answer.status_code, answer.url) == (302, PAGE)
    assert page(client) == (False, False, False)

    mine = make_copy(neighbor)
    assert mine.data["record"]["family_name"] == "Ng"
    assert "Okoye" not in mine.page


def test_who_asks_twice_gets_one(portal, student):
    for _time in range(2):
        portal.post(PAGE)

    assert RecordCopy.objects.count() == 1


def test_three_a_day(portal, student, monday):
    answers = []
    for _time in range(4):
        answers.append(portal.post(PAGE).status_code)
        make_waiting()
    refused = portal.post(PAGE)

    assert answers == [302, 302, 302, 429]
    assert "Ask for the next one tomorrow." in refused.content.decode()
    assert RecordCopy.objects.count() == 3
    monday.shift(timedelta(days=1))
    # The session has ended meanwhile.
    portal.force_login(student.user)
    portal.post(PAGE)
    assert RecordCopy.objects.count() == 4


def test_a_new_copy_takes_the_place_of_the_one_before(
    portal, student, django_capture_on_commit_callbacks
):
    make_copy(student)
    with django_capture_on_commit_callbacks(execute=True):
        make_copy(student)

    stages = RecordCopy.objects.order_by("pk").values_list("stage", flat=True)
    assert list(stages) == ["gone", "ready"]
    assert len(stored()) == 1
    assert page(portal) == (False, False, True)


@pytest.mark.parametrize(
    ("after", "is_offered", "is_kept"),
    [
        (timedelta(0), True, True),
        (WEEK - timedelta(seconds=1), True, True),
        (WEEK, False, True),
        (WEEK + timedelta(days=1), False, False),
    ],
)
def test_it_is_offered_for_seven_days_and_deleted_the_day_after(
    portal, student, monday, django_capture_on_commit_callbacks, after, is_offered, is_kept
):
    make_copy(student)
    monday.shift(after)
    # The session has ended meanwhile.
    portal.force_login(student.user)

    answer = portal.get(FILE)
    b"".join(answer)
    with django_capture_on_commit_callbacks(execute=True):
        purge_unneeded()
        purge_unneeded()

    assert answer.streaming is is_offered
    assert page(portal) == (False, False, is_offered)
    told = RetentionEntry.objects.filter(kind="record_copies").values_list("removed", flat=True)
    assert list(told) == ([] if is_kept else [{"rows": 1}])
    assert len(stored()) == int(is_kept)
    if not is_offered:
        assert "There is no copy to download." in portal.get(FILE, follow=True).content.decode()


def test_an_anonymous_person_leaves_no_copy(student, django_capture_on_commit_callbacks):
    make_copy(student)
    (name,) = stored()
    storage = RecordCopy.objects.get().file.storage

    with django_capture_on_commit_callbacks(execute=True):
        make_anonymous(student)

    assert RecordCopy.objects.count() == 0
    assert storage.exists(name) is False


def test_a_worker_killed_midway_leaves_it_to_the_next(student, monday, monkeypatch):
    """What it had written is deleted, and one copy and one mail come of it."""
    copy = ask_for_copy(student)
    storage = copy.file.storage

    class Killed(BaseException):
        """No handler of ours catches it, as none catches SIGKILL."""

    def killed(_copy):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(making, "renew", killed)
        with pytest.raises(Killed):
            make_waiting()
    (half_written,) = stored()
    assert make_waiting() == 0
    monday.shift(LEASE + timedelta(seconds=1))
    assert make_waiting() == 1

    assert storage.exists(half_written) is False
    assert len(stored()) == 1
    assert RecordCopy.objects.values_list("stage", "attempts").get() == ("ready", 2)
    assert Notice.objects.filter(key="record_copy_ready").count() == 1


def test_a_worker_that_was_held_up_offers_nothing(student, monkeypatch):
    """Its lease is over, and another worker has the copy by now."""
    copy = ask_for_copy(student)

    def slow(record, target, going_on):
        target.write(b"late")
        RecordCopy.objects.filter(pk=copy.pk).update(claimed_until=timezone.now() + 2 * LEASE)

    monkeypatch.setattr(making, "write_archive", slow)
    assert make_waiting() == 0
    assert (stored(), Notice.objects.filter(key="record_copy_ready").count()) == ([], 0)


def test_one_that_cannot_be_made_is_given_up_and_may_be_asked_for_again(
    portal, student, monday, monkeypatch, caplog
):
    def fail(*_arguments):
        raise BadZipFile("Amara Okoye")

    ask_for_copy(student)
    with monkeypatch.context() as patch:
        patch.setattr(making, "write_archive", fail)
        for _attempt in range(MOST_ATTEMPTS + 1):
            assert make_waiting() == 0
            monday.shift(LEASE + timedelta(seconds=1))

    copy = RecordCopy.objects.get()
    assert copy.stage == "failed"
    assert [each.getMessage() for each in caplog.records if "Copy" in each.getMessage()] == (
        [f"Copy {copy.pk} could not be made (BadZipFile)."] * MOST_ATTEMPTS
    )
    assert page(portal) == (False, True, False)
    portal.post(PAGE)
    assert make_waiting() == 1


def test_whose_account_is_switched_off_gets_none(student):
    ask_for_copy(student)
    type(student.user).objects.filter(pk=student.user.pk).update(is_active=False)

    assert make_waiting() == 0
    assert (RecordCopy.objects.get().stage, stored()) == ("failed", [])


def test_a_missing_file_is_a_sentence_not_a_fault(portal, student):
    copy = make_copy(student)
    assert copy.names
    RecordCopy.objects.get().file.delete(save=False)

    assert portal.get(FILE).status_code == 404


def test_the_file_lies_outside_what_is_served(client, student):
    make_copy(student)
    (name,) = stored()

    for folder in ("media", "private", "static"):
        assert client.get(f"/{folder}/{name}").status_code == 404


@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_two_workers_at_once_one_makes_it(monday):
    factories.make_office()
    student = factories.make_student()
    ask_for_copy(student)
    start, made = threading.Barrier(2), []

    def work():
        start.wait()
        made.append(make_waiting())
        connection.close()

    threads = [threading.Thread(target=work) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(made) == [0, 1]
    assert RecordCopy.objects.get().attempts == 1
