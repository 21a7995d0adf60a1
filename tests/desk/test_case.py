"""The case page: what it shows, and what is written on it."""

import io

import pikepdf
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isso.requests import drafting
from isso.requests.actor import Actor
from isso.requests.conversation import add_record_note
from isso.requests.models import PolicyNumber, RequestPolicy
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.tests import factories


@pytest.fixture
def case(staff):
    """A CPT request under review."""
    return factories.make_request(None, "cpt", "in_review", staff[Role.ADVISOR])


def other_pdf(name):
    """Return a PDF that differs from the one of the factories."""
    buffer = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(200, 100))
        pdf.save(buffer)
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="application/pdf")


def button_names(answer):
    return [name for name, _action in answer.context["actions"]]


def test_the_page_offers_the_legal_actions_only(staff, advisor, supervisor):
    expected = {
        "approver_review": (["replace_approver", "remind"], ["skip_approver"]),
        "submitted": (["start_review", "ask_clarification", "dismiss"], []),
        "in_review": (["ask_clarification", "approve", "deny", "withdraw", "dismiss"], []),
        "clarification": (["recall"], []),
        "approved": (["record", "reopen", "withdraw"], []),
        "completed": ([], []),
        "denied": ([], []),
    }
    for number, (state, (for_all, for_supervisors)) in enumerate(expected.items()):
        record = factories.make_student(f"s{number}@school.example")
        made = factories.make_request(record, "cpt", state, staff[Role.ADVISOR])
        url = f"/admin/desk/{made.pk}/"
        assert sorted(button_names(advisor.get(url))) == sorted(for_all)
        assert sorted(button_names(supervisor.get(url))) == sorted(for_all + for_supervisors)


def test_what_sevis_is_owed_stands_on_the_case_until_it_is_recorded(staff, advisor):
    made = factories.make_request(None, "cpt", "approved", staff[Role.ADVISOR])
    actor, url = Actor.for_user(staff[Role.ADVISOR]), f"/admin/desk/{made.pk}/"

    case = advisor.get(url).context["case"]
    assert [entry.event for entry in case.to_key] == ["CPTEmployment Add"]
    assert case.before_completion == [
        "Release the document first; the student was promised one.",
        "Record it in SEVIS first, and enter here on which day you did.",
    ]

    factories.record_in_sevis(made, actor)
    case = advisor.get(url).context["case"]
    assert (case.to_key, len(case.before_completion)) == ((), 1)


def test_a_number_no_database_holds_is_no_case(case, advisor):
    assert advisor.get(f"/admin/desk/{10**20}/").status_code == 404


def test_a_note_about_the_student_stands_on_every_case(case, staff, advisor):
    add_record_note(case.student, "Speaks French.", Actor.for_user(staff[Role.SUPERVISOR]))

    (note,) = advisor.get(f"/admin/desk/{case.pk}/").context["case"].notes

    assert (note.text, note.title) == ("Speaks French.", "student")


def test_completing_is_offered_once_the_promised_document_is_released(staff, advisor):
    made = factories.make_request(None, "reprint", "approved", staff[Role.ADVISOR])
    actor, url = Actor.for_user(staff[Role.ADVISOR]), f"/admin/desk/{made.pk}/"
    factories.record_in_sevis(made, actor)

    before = button_names(advisor.get(url))
    factories.release(made, actor)
    after = button_names(advisor.get(url))

    assert set(after) - set(before) == {"complete"}


def test_a_changed_answer_stands_beside_what_it_said_before(case, staff, advisor):
    actor, owner = Actor.for_user(staff[Role.ADVISOR]), Actor.for_user(case.student.user)
    items = [{"name": "job_title", "sentence": "The letter says something else."}]
    asked = perform(case, "ask_clarification", actor, items=items)

    while_waiting = advisor.get(f"/admin/desk/{case.pk}/").context["case"]
    page = asked.type.page_of("job_title")
    changed = factories._as_posted({"job_title": "Data engineer"})
    drafting.save_page(asked, page, changed, owner)
    # What the student is typing is not the office's yet.
    still_waiting = advisor.get(f"/admin/desk/{case.pk}/").context["case"]
    perform(asked, "resubmit", owner, attestations=factories.everything_attested(asked))
    answered = advisor.get(f"/admin/desk/{case.pk}/").context["case"]

    def row(case_file):
        rows = {str(each.label): each for _page, rows in case_file.answers for each in rows}
        return rows["Job title"]

    assert row(while_waiting).question.sentence == "The letter says something else."
    assert (row(still_waiting).value, row(still_waiting).is_changed) == ("Data analyst", False)
    assert (row(answered).value, row(answered).before) == ("Data engineer", "Data analyst")
    assert [
        str(each.label) for _page, rows in answered.answers for each in rows if each.is_changed
    ] == ["Job title"]


def test_a_replaced_file_is_marked_and_the_earlier_one_kept(case, staff, advisor):
    actor, owner = Actor.for_user(staff[Role.ADVISOR]), Actor.for_user(case.student.user)
    items = [{"name": "offer_letter", "sentence": "It has no signature."}]
    asked = perform(case, "ask_clarification", actor, items=items)
    slot = next(each for each in asked.type.slots if each.name == "offer_letter")
    drafting.remove(asked, asked.documents.get(slot="offer_letter").pk, owner)
    drafting.attach(asked, slot, other_pdf("signed.pdf"), owner)
    perform(asked, "resubmit", owner, attestations=factories.everything_attested(asked))

    (files,) = advisor.get(f"/admin/desk/{case.pk}/").context["case"].files

    assert [each.original_name for each in files.current] == ["signed.pdf"]
    assert [each.original_name for each in files.earlier] == ["offer_letter.pdf"]
    assert files.is_changed


def test_a_note_stays_in_the_office_and_a_message_reaches_the_student(case, staff, advisor):
    Notice.objects.all().delete()

    advisor.post(f"/admin/desk/{case.pk}/note/", {"note-text": "Called the employer."})
    advisor.post(f"/admin/desk/{case.pk}/message/", {"message-text": "Please call us."})

    assert list(case.case_notes.values_list("text", "author")) == [
        ("Called the employer.", staff[Role.ADVISOR].pk)
    ]
    assert list(case.messages.values_list("text", "from_office")) == [("Please call us.", True)]
    assert list(Notice.objects.values_list("key", "recipient")) == [
        ("message_from_office", "student@school.example")
    ]
    page = advisor.get(f"/admin/desk/{case.pk}/").context["case"]
    assert [event.text for event in page.notes] == ["Called the employer."]
    assert [(each.text, each.from_office) for each in page.messages] == [("Please call us.", True)]


@pytest.mark.parametrize(("where", "field"), [("note", "note-text"), ("message", "message-text")])
def test_a_mistake_keeps_what_was_typed_and_says_what_to_do(where, field, case, advisor):
    too_long = "word " * 1200

    empty = advisor.post(f"/admin/desk/{case.pk}/{where}/", {field: "  "})
    long = advisor.post(f"/admin/desk/{case.pk}/{where}/", {field: too_long})

    assert (empty.status_code, long.status_code) == (422, 422)
    assert long.context[f"{where}_form"]["text"].value() == too_long
    assert case.case_notes.count() + case.messages.count() == 0


def test_a_document_is_released_after_approval_and_only_a_real_one(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    url = f"/admin/desk/{made.pk}/release/"

    too_early = advisor.post(
        url, {"release-title": "I-20", "release-file": factories.pdf_file()}, follow=True
    )
    assert "Approve the request before you release its document." in too_early.content.decode()

    perform(made, "approve", Actor.for_user(staff[Role.ADVISOR]))
    fake = SimpleUploadedFile("i20.pdf", b"MZ not a pdf", content_type="application/pdf")
    refused = advisor.post(url, {"release-title": "I-20", "release-file": fake})
    empty = advisor.post(url, {"release-title": "I-20"})
    assert (refused.status_code, empty.status_code) == (422, 422)
    assert made.documents.released().count() == 0

    advisor.post(url, {"release-title": "I-20", "release-file": factories.pdf_file()})
    assert list(made.documents.released().values_list("title", flat=True)) == ["I-20"]


def test_a_document_that_follows_completion_is_told_at_once(staff):
    actor = Actor.for_user(staff[Role.ADVISOR])
    made = factories.make_request(None, "reprint", "approved", staff[Role.ADVISOR])
    factories.release(made, actor, "The first")
    made = perform(factories.record_in_sevis(made, actor), "complete", actor)
    Notice.objects.all().delete()

    factories.release(made, actor, "The corrected one")

    told = Notice.objects.get()
    assert (told.key, told.recipient) == ("document_released", made.student.user.email)
    assert told.redacted().text.count("Your document is ready: The corrected one.") == 1


def test_an_approver_outside_the_directory_is_confirmed_before_approval(staff, advisor):
    made = factories.make_request(None, "cpt", "in_review", staff[Role.ADVISOR])
    approval = made.approvals.get()
    url = f"/admin/desk/{made.pk}/"

    refused = advisor.post(f"{url}do/approve/", {"version": made.version, "note": ""})
    assert refused.status_code == 422
    assert "Confirm first" in refused.content.decode()
    assert "Confirm this approver" in advisor.get(url).content.decode()

    advisor.post(f"{url}confirm/{approval.pk}/")
    approval.refresh_from_db()
    assert (approval.confirmed_by, approval.needs_confirmation) == (staff[Role.ADVISOR], False)
    advisor.post(f"{url}do/approve/", {"version": made.version, "note": ""})
    made.refresh_from_db()
    assert made.state == "approved"


def test_an_approval_is_confirmed_on_its_own_case_only(case, advisor):
    other = factories.make_request(factories.make_student("o@school.example"))

    answer = advisor.post(f"/admin/desk/{other.pk}/confirm/{case.approvals.get().pk}/")

    assert answer.status_code == 404
    assert case.approvals.get().needs_confirmation


def test_the_student_card_names_the_other_open_requests(case, staff, advisor):
    other = factories.make_request(case.student, "reprint", "in_review", staff[Role.ADVISOR])
    factories.make_request(factories.make_student("o@school.example"))

    page = advisor.get(f"/admin/desk/{case.pk}/")

    assert [each.reference for each in page.context["case"].other_requests] == [other.reference]


def test_mails_are_named_with_their_state_and_never_with_a_link(case, advisor):
    Notice.objects.filter(key="approver_request").update(state="sent", delivery="bounced")

    page = advisor.get(f"/admin/desk/{case.pk}/")

    (bounced,) = (m for m in page.context["case"].mails if m.title == "approver_request")
    assert [str(each) for each in bounced.mail_states] == ["Sent", "Bounced"]
    assert "/portal/approvals/" not in page.content.decode()


@pytest.mark.parametrize("times", [1, 30])
def test_a_case_takes_twenty_queries_however_much_happened(times, case, staff, advisor):
    policy = RequestPolicy.objects.create(
        type_key="cpt", target_days=7, citation="Office practice", review_by="2027-01-31"
    )
    PolicyNumber.objects.create(policy=policy, name="full_time_day_warning", value=200)
    actor = Actor.for_user(staff[Role.ADVISOR])
    for number in range(times):
        advisor.post(f"/admin/desk/{case.pk}/note/", {"note-text": f"Note {number}"})
        advisor.post(f"/admin/desk/{case.pk}/message/", {"message-text": f"Message {number}"})
    factories.make_request(case.student, "reprint", "in_review", staff[Role.ADVISOR])
    perform(
        case, "ask_clarification", actor, items=[{"name": "job_title", "sentence": "Look again."}]
    )

    with CaptureQueriesContext(connection) as queries:
        answer = advisor.get(f"/admin/desk/{case.pk}/")

    assert len(answer.context["case"].notes) == times
    assert len(queries) == 20


def test_files_of_a_clarification_are_the_student_s_until_sent_again(office, staff, advisor):
    made = factories.make_request(state="in_review")
    actor = Actor.for_user(staff[Role.ADVISOR])
    made = perform(
        made, "ask_clarification", actor, items=[{"name": "passport", "sentence": "Blurred."}]
    )
    slot = next(each for each in made.type.slots if each.name == "passport")
    student = Actor.for_user(made.student.user)
    drafting.attach(made, slot, factories.pdf_file("new.pdf", pages=2), student)

    shown = advisor.get(f"/admin/desk/{made.pk}/").context["case"].files

    assert [file.original_name for each in shown for file in each.current] == [
        "passport.pdf",
        "i94.pdf",
    ]


def test_the_checklist_stands_on_open_requests_alone(office, staff, advisor):
    """Today's rules say nothing of what was completed: its program may have ended since."""
    is_shown = {
        state: 'class="desk-checklist"' in advisor.get(f"/admin/desk/{made.pk}/").content.decode()
        for state in ("in_review", "approved", "completed", "denied")
        for made in [
            factories.make_request(
                factories.make_student(f"{state}@school.example"), "cpt", state, staff[Role.ADVISOR]
            )
        ]
    }

    assert is_shown == {"in_review": True, "approved": True, "completed": False, "denied": False}
