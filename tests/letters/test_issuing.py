"""From the request to the letter: made once, from the record of that day, and kept for ever."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from django.db.models.signals import pre_save

from isso.requests.actor import Actor
from isso.requests.jobs import JOBS, run_due
from isso.requests.letters import issuing
from isso.requests.letters.issuing import issue, issue_waiting
from isso.requests.lifecycle import State
from isso.requests.models import (
    Document,
    HistoryEntry,
    IssuedLetter,
    PolicyNumber,
    RequestPolicy,
    StudentRequest,
)
from isso.requests.notices.models import Notice
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog, IssuedForm
from isso.requests.releasing import release_document
from isso.requests.retention.purging import purge_unneeded
from isso.tests import factories
from isso.tests.core.threads import at_once

from .reading import about, codes_in, lines_of


def approved(student, advisor, **answers):
    return factories.make_request(student, "letter", "approved", advisor, **answers)


def pdf_of(student_request):
    with IssuedLetter.objects.get(student_request=student_request).document.file.open("rb") as file:
        return file.read()


def make_letters():
    """Let the worker make its round of letters."""
    run_due([job for job in JOBS if job.name == "make letters"])


def test_the_worker_makes_the_letter_from_the_record(student, advisor):
    made = approved(student, advisor, include=["birth_date", "level", "major"])
    make_letters()

    pdf = pdf_of(made)
    [address] = codes_in(pdf)
    assert lines_of(pdf) == [
        "Lakeside University",
        "Office of Visitors",
        "1 Harbor Walk",
        "Lakeside, MA 02139",
        "617-555-0100",
        "office@lakeside.example",
        "https://www.lakeside.example/",
        "October 5, 2026",
        f"Reference {made.reference}",
        "Harbor Bank",
        "Verification of immigration status",
        "We confirm what the record of Lakeside University shows today about the status of this",
        "person.",
        "Name Amara Okoye",
        "Date of birth April 17, 2001",
        "Immigration status F-1 student",
        "SEVIS record Active",
        "Education level Master's degree",
        "Field of study Data Science",
        "Sincerely,",
        "Ines Carter",
        "International Student Advisor",
        "Office of Visitors",
        "Is this letter real? Scan the code, or open this address:",
        address,
        "The page shows what we printed. Compare it with this letter, line by line. We",
        "confirm it until January 3, 2027.",
        f"Office of Visitors, {made.reference} 1 / 1",
    ]
    assert about(pdf) == ("Verification of immigration status", "en", True)


def test_the_student_finds_it_and_gets_a_mail(client, student, advisor):
    made = approved(student, advisor)
    make_letters()
    client.force_login(student.user)
    document = Document.objects.get(student_request=made)

    [shown] = client.get("/portal/requests/").context["documents"].released
    answer = client.get(document.get_absolute_url())
    mail = Notice.objects.get(recipient=student.email, key="document_released")
    history = list(made.history.values_list("action", "actor_label")[4:])

    assert (shown.name, shown.href) == (
        "Verification of immigration status",
        document.get_absolute_url(),
    )
    assert b"".join(answer.streaming_content) == pdf_of(made)
    assert answer["Content-Disposition"] == (
        'attachment; filename="Verification of immigration status.pdf"'
    )
    assert "Your document is ready: Letter." in mail.redacted().text
    assert history == [("release_document", "Portal"), ("complete", "Portal")]


def test_the_record_notes_it_and_changes_in_nothing(student, advisor):
    before = {f.name: getattr(student, f.name) for f in student._meta.concrete_fields}
    made = approved(student, advisor)
    make_letters()
    student.refresh_from_db()
    form = IssuedForm.objects.get(reference=made.reference)

    assert {name: getattr(student, name) for name in before} == before
    assert (form.kind, form.issued_on, form.issued_by, form.sevis_id) == (
        "letter",
        date(2026, 10, 5),
        advisor,
        "",
    )
    assert form.documents.get().student_request == made


def test_it_is_made_once_however_often_the_worker_runs(student, advisor):
    made = approved(student, advisor)
    assert [issue_waiting(), issue_waiting(), issue(made.pk)] == [1, 0, False]
    assert [IssuedLetter.objects.count(), Document.objects.released().count()] == [1, 1]
    assert Notice.objects.filter(key="document_released").count() == 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_of_eight_workers_at_once_one_makes_it(monday):
    factories.make_office()
    made = factories.make_request(None, "letter", "approved")
    results = at_once(8, lambda _number: issue(made.pk))

    assert sorted(results) == [False] * 7 + [True]
    assert IssuedLetter.objects.count() == Document.objects.released().count() == 1


def test_only_what_was_approved_is_made(student, advisor):
    for number, state in enumerate(("draft", "submitted", "in_review", "denied", "withdrawn")):
        other = factories.make_student(f"s{number}@school.example")
        factories.make_request(other, "letter", state, advisor)
    factories.make_request(student, "reprint", "approved", advisor)

    assert (issue_waiting(), IssuedLetter.objects.count()) == (0, 0)


def test_the_facts_are_those_of_the_day_of_issue(student, advisor, actor, monday):
    made = approved(student, advisor, include=["major"])
    student.major = "Statistics"
    student.save()
    make_letters()
    student.major = "History"
    student.save()

    letter = IssuedLetter.objects.get(student_request=made)
    assert letter.facts == [
        ["Name", "Amara Okoye"],
        ["Immigration status", "F-1 student"],
        ["SEVIS record", "Active"],
        ["Field of study", "Statistics"],
    ]
    assert "Field of study Statistics" in lines_of(pdf_of(made))


def test_the_office_says_how_long_it_counts(student, advisor):
    policy = RequestPolicy.objects.create(
        type_key="letter", target_days=3, citation="x", review_by=date(2027, 1, 1), live=True
    )
    PolicyNumber.objects.create(policy=policy, name="valid_days", value=30)
    approved(student, advisor)
    make_letters()

    letter = IssuedLetter.objects.get()
    assert (letter.issued_on, letter.valid_until) == (date(2026, 10, 5), date(2026, 11, 4))


def test_a_letter_that_lacks_something_by_now_waits_and_stops_no_other(student, advisor, client):
    waits = approved(student, advisor)
    other = factories.make_student("b@school.example")
    approved(other, advisor)
    student.sevis_status = ""
    student.save()

    assert issue_waiting() == 1
    assert StudentRequest.objects.get(pk=waits.pk).state == State.APPROVED
    client.force_login(advisor)
    assert client.get(f"/admin/desk/{waits.pk}/").context["case"].letter.obstacle == (
        "The record lacks what it must say: SEVIS record."
    )


def test_a_letter_of_a_record_that_is_no_longer_in_force_waits(student, advisor, client):
    waits = approved(student, advisor)
    student.sevis_status = "terminated"
    student.save()

    assert (issue_waiting(), IssuedLetter.objects.count()) == (0, 0)
    client.force_login(advisor)
    assert client.get(f"/admin/desk/{waits.pk}/").context["case"].letter.obstacle == (
        "The student may not have it today: Your SEVIS record must be Active. It is Terminated. "
        "Write to us if this is wrong."
    )
    student.sevis_status = "active"
    student.save()
    assert issue_waiting() == 1


def test_what_nobody_foresaw_stops_no_other_letter_and_is_logged_once(student, advisor, caplog):
    broken = approved(student, advisor)
    approved(factories.make_student("b@school.example"), advisor)
    # No form writes this; a hand in the database does.
    type(student).objects.filter(pk=student.pk).update(sevis_status="strange")

    assert (issue_waiting(), issue_waiting()) == (1, 0)
    assert StudentRequest.objects.get(pk=broken.pk).state == State.APPROVED
    assert [each.message for each in caplog.records if each.name == issuing.__name__] == [
        f"The letter of request {broken.pk} could not be made (ValueError)."
    ]


def test_a_letter_that_fails_at_the_end_leaves_no_file_behind(student, advisor):
    made = approved(student, advisor)
    storage = Document._meta.get_field("file").storage

    def refuse(instance, **kwargs):
        if instance.action == "complete":
            raise ValueError

    pre_save.connect(refuse, sender=HistoryEntry)
    try:
        before = files_in(storage)
        assert (issue_waiting(), files_in(storage) - before) == (0, set())
    finally:
        pre_save.disconnect(refuse, sender=HistoryEntry)
    assert (IssuedLetter.objects.count(), Document.objects.released().count()) == (0, 0)
    assert issue_waiting() == 1
    assert pdf_of(made).startswith(b"%PDF")


def files_in(storage):
    return {each for each in Path(storage.location).rglob("*") if each.is_file()}


def test_who_opens_a_letter_is_in_the_log_and_nobody_keeps_a_copy(client, student, advisor):
    made = factories.make_request(student, "letter", "in_review", advisor)
    client.force_login(advisor)
    AccessLog.objects.all().delete()
    shown = client.get(f"/portal/requests/{made.reference}/letter/")
    perform(made, "approve", Actor.for_user(advisor))
    make_letters()
    document = IssuedLetter.objects.get().document
    opened = client.get(document.get_absolute_url())
    assert b"".join(opened.streaming_content) == pdf_of(made)
    client.force_login(factories.make_student("b@school.example").user)
    client.get(document.get_absolute_url())
    client.get(f"/portal/requests/{made.reference}/letter/")

    noted = AccessLog.objects.order_by("pk").values_list("what", "object_id", "allowed")
    assert list(noted) == [
        ("letter preview", made.reference, True),
        ("document", str(document.pk), True),
        ("document", str(document.pk), False),
        ("letter preview", made.reference, False),
    ]
    assert ["no-store" in each["Cache-Control"] for each in (shown, opened)] == [True, True]


def test_a_name_without_a_font_waits_and_the_office_can_do_it_by_hand(
    student, advisor, actor, client
):
    student.given_name = "བསྟན་འཛིན"
    student.save()
    waits = factories.make_request(student, "letter", "in_review", advisor)
    client.force_login(advisor)

    assert client.get(f"/admin/desk/{waits.pk}/").context["case"].letter.obstacle == (
        "Our fonts do not have the character “བ” (in: Name). Change the record to Latin letters, "
        "as in the passport, or release a letter of your own instead."
    )
    told = client.get(f"/portal/requests/{waits.reference}/letter/")
    assert (told.status_code, "The case page says why" in told.content.decode()) == (409, True)
    client.force_login(student.user)
    told = client.get(f"/portal/requests/{waits.reference}/letter/")
    assert (told.status_code, "Send the request all the same" in told.content.decode()) == (
        409,
        True,
    )

    # Approval does not wait for a font, and no other letter does.
    waits = perform(waits, "approve", actor)
    other = approved(factories.make_student("b@school.example"), advisor)
    assert (issue_waiting(), IssuedLetter.objects.get().student_request) == (1, other)
    release_document(waits, factories.pdf_file(), "Letter", actor)
    assert perform(waits, "complete", actor).state == State.COMPLETED
    assert issue_waiting() == 0


@pytest.mark.parametrize(
    ("given", "family", "name"),
    [
        ("محمد عبد الله", "الحسن", "محمد عبد الله الحسن"),
        ("小明", "王", "小明 王"),
        ("שרה", "כהן", "שרה כהן"),
        ("", "Ñandú", "Ñandú"),
    ],
)
def test_a_name_is_printed_as_the_record_has_it(office, advisor, given, family, name):
    student = factories.make_student(given_name=given, family_name=family)
    made = approved(student, advisor)
    make_letters()

    assert name in [line.replace("Name", "").strip() for line in lines_of(pdf_of(made))]
    assert IssuedLetter.objects.get().facts[0] == ["Name", name]


def test_no_two_letters_share_a_code_and_none_is_kept(student, advisor):
    for kind in ("status", "invitation"):
        approved(
            student,
            advisor,
            kind=kind,
            visitors="Ada, aunt",
            visit_from="2026-11-01",
            visit_until="2026-11-09",
        )
    make_letters()
    addresses = [codes_in(pdf_of(each.student_request))[0] for each in IssuedLetter.objects.all()]
    codes = [each.rstrip("/").rpartition("/")[2] for each in addresses]

    assert len(set(codes)) == 2
    # 30 signs, 27 of them: 132 bits.
    assert {len(each.replace("-", "")) for each in codes} == {27}
    kept = str(list(IssuedLetter.objects.values())) + str(list(Document.objects.values()))
    assert [each for each in codes if each in kept or each.replace("-", "") in kept] == []


def test_what_is_typed_by_a_student_is_no_fact(student, advisor):
    approved(
        student,
        advisor,
        kind="invitation",
        addressee="Consulate General",
        visitors="Ngozi Okoye, mother",
        visit_from="2026-11-01",
        visit_until="2026-11-09",
    )
    make_letters()
    letter = IssuedLetter.objects.get()

    assert letter.has_visitors is True
    assert [word for word in ("Consulate", "Ngozi") if word in str(letter.facts)] == []
    assert {"Consulate General", "• Ngozi Okoye, mother"} <= set(
        lines_of(pdf_of(letter.student_request))
    )


# The preview.


def preview(client, student_request):
    answer = client.get(f"/portal/requests/{student_request.reference}/letter/")
    return answer.content if answer.status_code == 200 else answer.status_code


def test_student_and_advisor_read_the_same_letter_before_it_is_made(client, student, advisor):
    made = factories.make_request(student, "letter", "in_review", advisor)
    client.force_login(student.user)
    read = preview(client, made)
    client.force_login(advisor)

    assert preview(client, made) == read
    assert (lines_of(read)[0], codes_in(read)) == ("Preview", [])
    assert IssuedLetter.objects.count() == 0
    perform(made, "approve", Actor.for_user(advisor))
    make_letters()
    as_issued = lines_of(pdf_of(made))
    assert lines_of(read)[1:-2] == as_issued[: len(lines_of(read)) - 3]


def test_the_words_stand_on_the_page_before_sending(client, student):
    draft = factories.make_request(student, "letter", "draft", include=["major"])
    client.force_login(student.user)
    letter = client.get(f"/portal/requests/{draft.reference}/check/").context["letter"]

    assert (letter.title, letter.addressee, letter.lines) == (
        "Verification of immigration status",
        "Harbor Bank",
        (
            ("Name", "Amara Okoye"),
            ("Immigration status", "F-1 student"),
            ("SEVIS record", "Active"),
            ("Field of study", "Data Science"),
        ),
    )


def test_who_may_read_a_preview(client, student, advisor):
    draft = factories.make_request(student, "letter", "draft")
    sent = factories.make_request(
        factories.make_student("b@school.example"), "letter", "submitted", advisor
    )
    done = factories.make_request(
        factories.make_student("c@school.example"), "letter", "completed", advisor
    )
    cpt = factories.make_request(factories.make_student("d@school.example"), "cpt", "submitted")
    requests = (draft, sent, done, cpt)
    found = {}
    for who, user in {
        "student": student.user,
        "the other": sent.student.user,
        "advisor": advisor,
        "editor": factories.make_staff("editor"),
        "department": factories.make_staff("department"),
    }.items():
        client.force_login(user)
        answers = [preview(client, each) for each in requests]
        found[who] = [200 if isinstance(each, bytes) else each for each in answers]
    client.logout()
    found["stranger"] = [preview(client, each) for each in requests]

    nothing = [404] * 4
    assert found == {
        "student": [200, 404, 404, 404],
        "the other": [404, 200, 404, 404],
        # Nobody of the office reads a draft, and what is done is a document.
        "advisor": [404, 200, 404, 404],
        "editor": nothing,
        "department": nothing,
        "stranger": [302] * 4,
    }


def test_an_advisor_without_a_line_in_the_staff_list_signs_with_the_name_of_the_account(student):
    advisor = factories.make_staff()
    assert issuing.signer(advisor) == ("Office advisor",)
    assert issuing.signer(None) == ()


def test_a_letter_survives_the_next_years(student, advisor, monday):
    approved(student, advisor)
    make_letters()
    monday.shift(timedelta(days=4000))
    purge_unneeded()
    assert len(lines_of(pdf_of(StudentRequest.objects.get()))) > 10
