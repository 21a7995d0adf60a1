"""Threads: about a request and in general, with files, marks, and who waits for an answer."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isso.requests.actor import Actor
from isso.requests.conversation import SomebodyWrote, general_thread_of, newest_of, send_message
from isso.requests.models import Caseload, Document, GeneralThread, Message
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog
from isso.tests import factories
from isso.tests.core.threads import at_once

OWN = "/portal/messages/"


@pytest.fixture
def student(office):
    return factories.make_student()


@pytest.fixture
def portal(sign_in, student):
    return sign_in(student.user)


def general_url(record):
    return f"/admin/students/{record.pk}/messages/"


def marks(thread):
    """Return (unread by the office, unanswered, new for the student) as it stands now."""
    thread = type(thread).objects.get(pk=thread.pk)
    return (thread.is_unread, thread.is_unanswered, thread.new_for_student_since is not None)


def both_kinds(staff, student):
    """Return a thread about a request and a general one, both without a message."""
    made = factories.make_request(student, "reprint", "in_review", staff[Role.ADVISOR])
    general, _new = GeneralThread.objects.get_or_create(record=student)
    return made, general


# (who writes or looks, marks afterward): unread, unanswered, new for the student.
MARKS = [
    ("student writes", (True, True, False)),
    ("office opens", (False, True, False)),
    ("student writes", (True, True, False)),
    ("office writes to many", (True, True, True)),
    ("student opens", (True, True, False)),
    ("office answers", (False, False, True)),
    ("student opens", (False, False, False)),
    ("office answers", (False, False, True)),
    ("student writes", (True, True, False)),
    ("no answer needed", (False, False, False)),
]


@pytest.mark.parametrize("kind", [0, 1], ids=["request", "general"])
def test_marks_say_who_has_read_and_who_waits(kind, staff, student, portal, advisor, monday):
    thread = both_kinds(staff, student)[kind]
    office, own = Actor.for_user(staff[Role.ADVISOR]), Actor.for_student(student.user)
    desk = (f"/admin/desk/{thread.pk}/", general_url(student))[kind]
    posts = (f"{desk}message/", desk)[kind]
    page = (getattr(thread, "get_absolute_url", str)(), OWN)[kind]

    def newest():
        return thread.messages.order_by("pk").last().pk

    done = {
        "student writes": lambda: send_message(thread, "A question.", own),
        "office answers": lambda: send_message(thread, "An answer.", office),
        "office writes to many": lambda: send_message(thread, "Closed.", office, is_answer=False),
        "office opens": lambda: advisor.get(desk),
        "student opens": lambda: portal.get(page),
        "no answer needed": lambda: advisor.post(
            posts, {"no_answer": "1", "message-seen": newest()}
        ),
    }
    found = []
    for what, _marks in MARKS:
        monday.shift(timedelta(minutes=1))
        done[what]()
        found.append((what, marks(thread)))

    assert found == MARKS


@pytest.mark.parametrize("kind", [0, 1], ids=["request", "general"])
@pytest.mark.parametrize(
    ("method", "headers"),
    [("head", {}), ("get", {"sec-purpose": "prefetch"}), ("get", {"purpose": "prefetch"})],
)
def test_what_nobody_looks_at_is_not_read(method, headers, kind, staff, student, portal, advisor):
    thread = both_kinds(staff, student)[kind]
    send_message(thread, "A question.", Actor.for_student(student.user))
    GeneralThread.objects.update(new_for_student_since=thread.created_at if kind == 0 else None)
    desk = (f"/admin/desk/{thread.pk}/", general_url(student))[kind]

    getattr(advisor, method)(desk, headers=headers)
    unread = marks(thread)
    send_message(thread, "An answer.", Actor.for_user(staff[Role.ADVISOR]))
    page = (getattr(thread, "get_absolute_url", str)(), OWN)[kind]
    getattr(portal, method)(page, headers=headers)

    assert (unread, marks(thread)) == ((True, True, False), (False, False, True))


def test_a_message_that_came_meanwhile_is_shown_before_anything_is_sent(
    staff, student, portal, advisor
):
    send_message(general_thread_of(student), "Hello.", Actor.for_student(student.user))
    seen = portal.get(OWN).context["form"].initial["seen"]
    send_message(general_thread_of(student), "Welcome.", Actor.for_user(staff[Role.ADVISOR]))

    held = portal.post(OWN, {"text": "Is anybody there?", "seen": seen})
    form = held.context["form"]
    again = portal.post(OWN, {"text": form["text"].value(), "seen": form["seen"].value()})

    assert (held.status_code, again.status_code) == (422, 302)
    assert [str(each) for each in form.non_field_errors()] == [
        "A message came while you were writing. Read it in the thread, change yours if you need "
        "to, and send it again."
    ]
    assert [each.text for each in held.context["thread"]] == ["Hello.", "Welcome."]
    assert [each.text for each in Message.objects.all()] == [
        "Hello.",
        "Welcome.",
        "Is anybody there?",
    ]


def test_nothing_that_came_meanwhile_is_noted_as_needing_no_answer(staff, student, advisor):
    own = Actor.for_student(student.user)
    first = send_message(general_thread_of(student), "Hello.", own)
    send_message(general_thread_of(student), "I lost my passport.", own)

    answer = advisor.post(general_url(student), {"no_answer": "1", "message-seen": first.pk})

    assert [str(each).strip() for each in get_messages(answer.wsgi_request)] == [
        "A message came meanwhile. Read it first, please."
    ]
    assert marks(general_thread_of(student)) == (True, True, False)


# Files.


def test_files_go_both_ways_and_stand_in_the_thread_alone(staff, student, portal, advisor):
    made, _general = both_kinds(staff, student)
    portal.post(
        f"{made.get_absolute_url()}message/",
        {"text": "My ticket.", "files": [factories.pdf_file("a.pdf"), factories.pdf_file("b.pdf")]},
    )
    case = f"/admin/desk/{made.pk}/"
    seen = newest_of(made.messages.all())
    advisor.post(
        f"{case}message/",
        {
            "message-text": "The form.",
            "message-seen": seen,
            "message-files": factories.pdf_file("c.pdf"),
        },
    )

    of_student = portal.get(made.get_absolute_url()).context
    of_office = advisor.get(case).context["case"]
    papers = advisor.get(f"/admin/students/{student.pk}/").context["file"].documents
    tab = portal.get("/portal/requests/").context["documents"]

    shown = [["a.pdf", "b.pdf"], ["c.pdf"]]
    assert [[file.name for file in each.files] for each in of_student["thread"]] == shown
    assert [[file.original_name for file in each.files] for each in of_office.messages] == shown
    # None fills a place that is asked for, is the document promised, or waits in the inbox.
    in_slots = [each for slot in of_office.files for each in slot.current]
    assert {each.origin for each in in_slots} == {"student"}
    assert (of_student["released"], of_office.released, tab.released) == ([], [], [])
    assert len(tab.uploads) == len(in_slots)
    assert {title: len(files) for title, files in papers} == {
        "Uploaded with a request": len(in_slots),
        "Sent with messages": 3,
    }
    assert not made.has_released_document
    assert list(Document.objects.inbox()) == []


@pytest.mark.parametrize(
    ("files", "sentence"),
    [
        (
            [SimpleUploadedFile("virus.pdf", b"MZ program")],
            "“virus.pdf”: This is not a PDF, JPG, PNG or HEIC file. Save or export it as a PDF, or "
            "take a photo of it, and upload that.",
        ),
        (
            [factories.pdf_file(f"{number}.pdf") for number in range(6)],
            "Attach 5 files at most. Send the others with a second message.",
        ),
    ],
    ids=["kind", "number"],
)
def test_a_file_that_may_not_be_kept_keeps_the_message_in_its_box(
    files, sentence, staff, student, portal, advisor
):
    own = portal.post(OWN, {"text": "Here.", "files": files})
    for each in files:
        each.seek(0)
    desk = advisor.post(general_url(student), {"message-text": "Here.", "message-files": files})

    for answer in (own, desk):
        form = answer.context["form"]
        assert (answer.status_code, form.errors["files"]) == (422, [sentence])
        assert form["text"].value() == "Here."
    assert (Message.objects.count(), Document.objects.count()) == (0, 0)


def opened(browser, document):
    """Return the status with which a browser gets a file."""
    answer = browser.get(document.get_absolute_url())
    b"".join(answer)
    return answer.status_code


def test_who_may_open_a_file_of_a_message(staff, student, sign_in, people):
    made, general = both_kinds(staff, student)
    advisor, own = Actor.for_user(staff[Role.ADVISOR]), Actor.for_student(student.user)
    for thread, actor in ((made, own), (made, advisor), (general, own), (general, advisor)):
        send_message(thread, "See this.", actor, files=[factories.pdf_file()])
    users = {
        "student": student.user,
        "neighbor": people["master"].user,
        "advisor": staff[Role.ADVISOR],
        "editor": staff[Role.EDITOR],
        "nobody": None,
    }

    statuses = {
        who: {
            opened(sign_in(user), each)
            for each in Document.objects.filter(origin=Document.Origin.MESSAGE)
        }
        for who, user in users.items()
    }

    assert statuses == {
        "student": {200},
        "neighbor": {404},
        "advisor": {200},
        "editor": {404},
        "nobody": {302},
    }


# Who writes to whom.


def test_a_general_message_goes_to_the_students_advisor_a_cover_or_the_office(staff, student):
    own = Actor.for_student(student.user)
    send_message(general_thread_of(student), "Nobody’s.", own)
    Caseload.objects.create(advisor=staff[Role.ADVISOR], is_catch_all=True)
    send_message(general_thread_of(student), "The advisor’s.", own)
    send_message(general_thread_of(student), "An answer.", Actor.for_user(staff[Role.SUPERVISOR]))

    mails = Notice.objects.filter(key__startswith="general_")
    assert sorted((each.key, each.recipient) for each in mails) == [
        ("general_from_office", student.user.email),
        ("general_from_student", staff[Role.ADVISOR].email),
        ("general_from_student", "isso@demo.example"),
    ]
    assert general_thread_of(student).assignee == staff[Role.ADVISOR]
    assert "Nobody" not in str([each.context for each in mails])


def test_nobody_of_the_office_reads_or_answers_ones_own_thread(staff, student, sign_in):
    student.user.groups.set(staff[Role.ADVISOR].groups.all())
    thread = general_thread_of(student)
    send_message(thread, "For the others.", Actor.for_student(student.user))
    colleague = sign_in(type(student.user).objects.get(pk=student.user.pk))

    statuses = [
        colleague.get(general_url(student)).status_code,
        colleague.post(general_url(student), {"message-text": "Done."}).status_code,
        colleague.get("/admin/desk/messages/?show=all").status_code,
    ]

    assert statuses == [404, 404, 200]
    assert colleague.get("/admin/desk/messages/?show=all").context["rows"] == []
    assert Message.objects.count() == 1


# The desk's list.

SHOWN = ("mine", "nobodys", "all", "talked", "nonsense")


def rows_of(answer):
    return [(row.record.pk, row.title) for row in answer.context["rows"]]


def test_the_list_holds_every_thread_that_waits_the_longest_wait_first(
    staff, people, advisor, monday
):
    me, made = staff[Role.ADVISOR], {}
    for name in ("master", "doctor", "exchange"):
        made[name] = factories.make_request(people[name], "reprint", "in_review", me)
    master, doctor, exchange = (people[name] for name in ("master", "doctor", "exchange"))
    Caseload.objects.create(advisor=me, letters_from="A", letters_to="Z")
    GeneralThread.objects.create(record=exchange)
    for thread in (made["doctor"], general_thread_of(master), made["exchange"]):
        monday.shift(timedelta(minutes=1))
        send_message(thread, "?", Actor.for_student(getattr(thread, "student", master).user))
    send_message(made["exchange"], "!", Actor.for_user(me))
    GeneralThread.objects.filter(record=master).update(assignee=None)

    lists = {show: advisor.get(f"/admin/desk/messages/?show={show}") for show in SHOWN}

    of_doctor, general = (doctor.pk, str(made["doctor"])), (master.pk, "About no request")
    answered = (exchange.pk, str(made["exchange"]))
    assert {show: rows_of(answer) for show, answer in lists.items()} == {
        "mine": [of_doctor],
        "nobodys": [general],
        "all": [of_doctor, general],
        "talked": [answered, general, of_doctor],
        "nonsense": [of_doctor],
    }
    assert [each.number for each in lists["mine"].context["counts"]] == [1, 1, 2]
    noted = AccessLog.objects.filter(what="messages").values_list("record", flat=True)
    assert set(noted) == {doctor.pk, master.pk, exchange.pk}


@pytest.mark.parametrize("number", [1, 30])
def test_the_lists_ask_the_same_for_one_thread_and_for_thirty(
    number, staff, student, portal, advisor, monday
):
    for each in range(number):
        record = factories.make_student(f"student{each}@school.example")
        made = factories.make_request(record, "reprint", "in_review", staff[Role.ADVISOR])
        for thread in (made, general_thread_of(record)):
            monday.shift(1)
            send_message(thread, "?", Actor.for_student(record.user), files=[factories.pdf_file()])
        send_message(
            general_thread_of(student),
            "?",
            Actor.for_student(student.user),
            files=[factories.pdf_file()],
        )
    advisor.get("/admin/desk/messages/?show=all")
    portal.get(OWN)

    asked = []
    for browser, address in (
        (advisor, "/admin/desk/messages/?show=all"),
        (advisor, general_url(student)),
        (portal, OWN),
    ):
        with CaptureQueriesContext(connection) as queries:
            assert browser.get(address).status_code == 200
        asked.append(len(queries))

    assert asked == [15, 15, 12]


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_many_at_once_none_is_lost_and_nobody_answers_what_he_has_not_read(office):
    student = factories.make_student()
    office_actor = Actor.for_user(factories.make_staff())

    def write(number):
        thread = general_thread_of(student)
        if number % 2:
            send_message(thread, f"{number}", Actor.for_student(student.user))
            return "sent"
        try:
            send_message(thread, f"{number}", office_actor, seen=0)
        except SomebodyWrote:
            return "held"
        return "sent"

    outcomes = at_once(8, write)

    messages = list(Message.objects.order_by("pk"))
    assert len(messages) == outcomes.count("sent") >= 4
    assert [each.sent_at for each in messages] == sorted(each.sent_at for each in messages)
    assert GeneralThread.objects.count() == 1
    assert general_thread_of(student).is_unanswered == (not messages[-1].from_office)
