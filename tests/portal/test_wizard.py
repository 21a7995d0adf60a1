"""The pages of a request: nothing typed is lost, and nothing wrong goes unsaid."""

import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from isso.requests.actor import Actor
from isso.requests.models import ClarificationItem, Document, StudentRequest
from isso.requests.perform import perform
from isso.tests import factories


@pytest.fixture
def draft(student):
    """A complete draft of a reprint."""
    return factories.make_draft(student)


def address(made, part):
    return f"/portal/requests/{made.reference}/{part}/"


def png(name):
    """Return a small real picture as a browser would upload it."""
    buffer = io.BytesIO()
    Image.new("RGB", (8, 8)).save(buffer, "PNG")
    return SimpleUploadedFile(name, buffer.getvalue(), content_type="image/png")


TYPED = {
    "departure": "2026-11-20",
    "return_on": "2026-11-10",
    "countries": "Ghana",
    "visa_renewal": "no",
    "delivery": "pdf",
}


def test_a_wrong_date_is_kept_said_at_its_field_and_holds_nobody_up(portal, draft):
    answer = portal.post(address(draft, "edit/details"), TYPED)

    assert dict(answer.context["form"].errors) == {
        "return_on": ["You must come back after the day you leave."]
    }
    assert answer.context["saved_sentence"] == ("Saved at 10:00 am. 1 answer needs your attention.")
    assert f'<a href="{address(draft, "edit/files")}">Continue anyway</a>' in (
        answer.content.decode()
    )
    assert StudentRequest.objects.get().answers["return_on"] == "2026-11-10"


@pytest.mark.parametrize(
    ("email", "sentence"),
    [
        ("advisor@mail.example", "Enter a university address (demo.example)."),
        ("student@demo.example", "This is your own address. Enter your advisor’s."),
        ("advisor", "Enter an address such as name@example.edu."),
    ],
)
def test_who_cannot_be_asked_is_said_at_the_field(portal, student, settings, email, sentence):
    settings.APPROVER_EMAIL_DOMAINS = ["demo.example"]
    student.email = "student@demo.example"
    student.save()
    made = factories.make_draft(student, type_key="cpt")

    answer = portal.post(
        address(made, "edit/approver"), {"approver_name": "Paula Rivera", "approver_email": email}
    )

    assert dict(answer.context["form"].errors) == {"approver_email": [sentence]}
    assert StudentRequest.objects.get().answers["approver_email"] == email


def test_save_and_finish_later_keeps_also_an_incomplete_page(portal, draft):
    answer = portal.post(
        address(draft, "edit/details"), TYPED | {"countries": "", "later": "1"}, follow=True
    )

    assert answer.redirect_chain == [(draft.get_absolute_url(), 302)]
    assert [str(each) for each in answer.context["messages"]] == [
        "Saved at 10:00 am. You can go on any time."
    ]
    assert StudentRequest.objects.get().answers["countries"] == ""
    assert answer.context["go_on"] == address(draft, "edit/details")


@pytest.mark.parametrize(
    ("typed", "kept", "sentence"),
    [
        (
            "x" * 10_000,
            "x" * 10_000,
            "Ensure this value has at most 200 characters (it has 10000).",
        ),
        ("Gha\x00na", "Ghana", None),
    ],
)
def test_odd_texts_are_kept_or_refused_with_a_sentence(portal, draft, typed, kept, sentence):
    answer = portal.post(
        address(draft, "edit/details"),
        TYPED | {"return_on": "2026-11-30", "countries": typed},
    )

    assert StudentRequest.objects.get().answers["countries"] == kept
    if sentence:
        assert answer.context["form"].errors["countries"] == [sentence]


def test_a_page_takes_its_own_fields_only(portal, draft):
    before = StudentRequest.objects.values("state", "student", "assignee", "revision").get()
    reason = draft.answers["reason"]

    portal.post(
        address(draft, "edit/details"),
        TYPED | {"state": "approved", "student": "9", "assignee": "1", "reason": "lost"},
    )

    made = StudentRequest.objects.get()
    assert StudentRequest.objects.values(*before).get() == before
    assert made.answers["reason"] == reason
    assert not {"state", "student", "assignee"} & set(made.answers)


def test_the_steps_follow_the_answers(portal, draft):
    assert len(portal.get(address(draft, "edit/reason")).context["steps"]) == 4

    # Who has lost a form is asked for no file.
    portal.post(address(draft, "edit/reason"), {"reason": "lost", "for_whom": ["self"]})

    page = portal.get(address(draft, "edit/reason"))
    assert [each.title for each in page.context["steps"]] == [
        "The reason",
        "The details",
        "Check your answers",
    ]


@pytest.mark.parametrize(
    ("uploaded", "why"),
    [
        (("empty.pdf", b""), "The submitted file is empty."),
        (("evil.pdf", b"MZ\x90\x00"), "This is not a PDF, JPG, PNG or HEIC file."),
        (("page.html.pdf", b"<html><script>"), "This is not a PDF, JPG, PNG or HEIC file."),
        (("huge.pdf", b"%PDF-" + b"x" * 200), "The file is too large"),
    ],
)
def test_a_refused_file_names_itself_and_says_why(portal, draft, settings, uploaded, why):
    settings.UPLOAD_MAX_BYTES = 100
    name, content = uploaded
    kept = set(Document.objects.values_list("pk", flat=True))

    answer = portal.post(
        address(draft, "edit/files"), {"passport": SimpleUploadedFile(name, content)}
    )

    [problem] = answer.context["problems"]
    assert problem["href"] == "#id_passport"
    assert problem["text"].startswith(f"“{name}” was not kept. ")
    if content:
        assert why in problem["text"]
    assert set(Document.objects.values_list("pk", flat=True)) == kept


def test_one_wrong_file_does_not_cost_the_good_one(portal, student):
    draft = factories.make_draft(student, fill=False)
    portal.post(address(draft, "edit/reason"), {"reason": "travel", "for_whom": ["self"]})

    portal.post(
        address(draft, "edit/files"),
        {"passport": png("me.png"), "visa": SimpleUploadedFile("visa.pdf", b"no")},
    )

    assert list(Document.objects.values_list("slot", "extension")) == [("passport", "png")]


def test_upload_returns_to_the_list_where_the_file_can_be_removed(portal, draft):
    answer = portal.post(
        address(draft, "upload/files"), {"passport": png("second.png")}, follow=True
    )
    names = [file.name for each in answer.context["questions"] for file in each.files]
    assert sorted(names) == ["i94.pdf", "passport.pdf", "second.png"]

    second = Document.objects.get(original_name="second.png")
    answer = portal.post(address(draft, f"remove/{second.pk}"), follow=True)

    assert answer.redirect_chain == [(address(draft, "edit/files"), 302)]
    names = [file.name for each in answer.context["questions"] for file in each.files]
    assert sorted(names) == ["i94.pdf", "passport.pdf"]


def test_an_incomplete_request_is_not_sent_and_each_gap_leads_to_its_place(portal, student):
    draft = factories.make_draft(student, fill=False)
    portal.post(address(draft, "edit/reason"), {"reason": "damaged", "for_whom": ["self"]})

    answer = portal.post(address(draft, "check"), {"revision": "0", "attestations": ["0"]})

    assert StudentRequest.objects.get().state == "draft"
    assert answer.context["problems"] == [
        {
            "text": "Upload: Scan of the damaged form.",
            "href": address(draft, "edit/files") + "#id_damaged_form",
        }
    ]


def test_nothing_is_sent_without_every_attestation(portal, draft):
    answer = portal.post(address(draft, "check"), {"revision": "0"})

    assert StudentRequest.objects.get().state == "draft"
    assert answer.context["form"].errors == {
        "attestations": ["Confirm each sentence before you send the request."]
    }


@pytest.mark.parametrize("part", ["edit/reason", "upload/files", "check", "remove"])
def test_what_was_sent_is_locked(portal, student, part):
    made = factories.make_request(student, state="submitted")
    document = Document.objects.first()
    before = StudentRequest.objects.values().get()
    part = f"remove/{document.pk}" if part == "remove" else part

    answer = portal.post(address(made, part), {"reason": "lost", "revision": "1"})

    assert answer.url == made.get_absolute_url()
    assert StudentRequest.objects.values().get() == before
    assert Document.objects.filter(removed_at__isnull=False).count() == 0


@pytest.fixture
def asked(student):
    """A CPT request in which the office asks about the last day and the offer letter."""
    advisor = factories.make_staff()
    made = factories.make_request(student, "cpt", "in_review", advisor)
    items = [
        {"name": "end_date", "sentence": "The letter says another day."},
        {"name": "offer_letter", "sentence": "The scan has no signature."},
    ]
    return perform(made, "ask_clarification", Actor.for_user(advisor), items=items)


def test_a_clarification_opens_what_was_asked_and_nothing_else(portal, asked):
    page = portal.get(address(asked, "edit/dates"))
    assert [each.name for each in page.context["questions"] if not each.is_locked] == ["end_date"]
    assert [each.title for each in page.context["steps"]] == [
        "Dates and hours",
        "Your files",
        "Check your answers",
    ]
    before = asked.answers

    portal.post(
        address(asked, "edit/dates"),
        {"start_date": "2026-10-06", "end_date": "2026-12-24", "paid": "no"},
    )
    portal.post(address(asked, "edit/employer"), {"employer_name": "Somebody Else"})
    portal.post(address(asked, "edit/files"), {"passport": factories.pdf_file()})

    asked.refresh_from_db()
    assert asked.answers == before | {"end_date": "2026-12-24"}
    assert not Document.objects.filter(slot="passport").exists()


def test_a_reply_answers_a_question_without_a_change(portal, asked):
    last_day, _letter = ClarificationItem.objects.order_by("pk")
    portal.post(
        address(asked, "edit/dates"),
        {"end_date": asked.answers["end_date"], f"reply-{last_day.pk}": "The letter is wrong."},
    )
    portal.post(address(asked, "edit/files"), {"offer_letter": png("signed.png")})

    portal.post(address(asked, "check"), {"revision": "1", "attestations": ["0", "1", "2"]})

    asked.refresh_from_db()
    last_day.refresh_from_db()
    # The approver read the offer letter, so it goes to her again.
    assert (asked.state, asked.revision) == ("approver_review", 2)
    assert last_day.reply == "The letter is wrong."


def test_a_locked_date_that_has_passed_does_not_hold_the_student_up(portal, student, monday):
    advisor = factories.make_staff()
    made = factories.make_request(student, "cpt", "in_review", advisor)
    items = [{"name": "offer_letter", "sentence": "The scan has no signature."}]
    perform(made, "ask_clarification", Actor.for_user(advisor), items=items)
    monday.shift(timedelta(days=21))
    portal.force_login(student.user)

    portal.post(address(made, "edit/files"), {"offer_letter": png("signed.png")})
    portal.post(address(made, "check"), {"revision": "1", "attestations": ["0", "1", "2"]})

    made.refresh_from_db()
    assert (made.state, made.revision) == ("approver_review", 2)


def test_an_unanswered_question_keeps_the_request_with_the_student(portal, asked):
    answer = portal.post(
        address(asked, "check"), {"revision": "1", "attestations": ["0", "1", "2"]}
    )

    asked.refresh_from_db()
    assert asked.state == "clarification"
    assert [each["href"] for each in answer.context["problems"]] == [
        address(asked, "edit/dates") + "#id_end_date",
        address(asked, "edit/files") + "#id_offer_letter",
    ]
