"""Every action of the office, done once through its page in the admin."""

from datetime import date

import pytest

from isso.requests.actor import Actor
from isso.requests.models import HistoryEntry
from isso.requests.notices.models import Notice
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.tests import factories

# action → (type, state before, what is typed, state after, mails to (key, recipient))
STUDENT, APPROVER, OTHER = "student@school.example", "rivera@demo.example", "wu@demo.example"
ACTIONS = {
    "start_review": ("reprint", "submitted", {}, "in_review", [("status_changed", STUDENT)]),
    "ask_clarification": (
        "reprint",
        "in_review",
        {"ask_countries": "on", "say_countries": "Name every country.", "note": "Thank you."},
        "clarification",
        [("clarification_requested", STUDENT)],
    ),
    "recall": ("reprint", "clarification", {"note": ""}, "in_review", [("recalled", STUDENT)]),
    "approve": ("reprint", "in_review", {"note": ""}, "approved", [("approved", STUDENT)]),
    "record": (
        "reprint",
        "approved",
        {"recorded_on": "2026-10-05", "recorded_text": "Reprint, reason 01"},
        "approved",
        [],
    ),
    "reopen": (
        "reprint",
        "approved",
        {"note": "A date is wrong."},
        "in_review",
        [("reopened", STUDENT)],
    ),
    "deny": (
        "reprint",
        "in_review",
        {"note": "The dates do not fit."},
        "denied",
        [("denied", STUDENT)],
    ),
    "withdraw": (
        "reprint",
        "in_review",
        {"note": "As you wished."},
        "withdrawn",
        [("withdrawn", STUDENT)],
    ),
    "dismiss": (
        "reprint",
        "submitted",
        {"close_reason": "duplicate", "note": "You sent it twice."},
        "withdrawn",
        [("withdrawn", STUDENT)],
    ),
    "remind": ("cpt", "approver_review", {}, "approver_review", [("approver_reminder", APPROVER)]),
    "replace_approver": (
        "cpt",
        "approver_review",
        {"name": "Dana Wu", "email": OTHER},
        "approver_review",
        [("approver_replaced", APPROVER), ("approver_request", OTHER)],
    ),
    "skip_approver": (
        "cpt",
        "approver_review",
        {"note": "On sabbatical; the chair agreed by phone."},
        "submitted",
        [("status_changed", STUDENT)],
    ),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_does_what_its_page_says(action, staff, supervisor):
    type_key, before, typed, after, mails = ACTIONS[action]
    made = factories.make_request(None, type_key, before, staff[Role.ADVISOR])
    Notice.objects.all().delete()
    url = f"/admin/desk/{made.pk}/do/{action}/"

    page = supervisor.get(url)
    previewed = sorted(mail.to for mail in page.context["mails"])
    answer = supervisor.post(url, {"version": page.context["form"]["version"].value(), **typed})

    made.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, f"/admin/desk/{made.pk}/")
    assert made.state == after
    assert sorted(Notice.objects.values_list("key", "recipient")) == sorted(mails)
    assert len(previewed) == len(mails)
    entry = HistoryEntry.objects.filter(student_request=made).last()
    assert (entry.action, entry.actor_user, entry.note) == (
        action,
        staff[Role.SUPERVISOR],
        typed.get("note", ""),
    )


def test_the_preview_names_subject_and_reader_as_they_leave(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    url = f"/admin/desk/{made.pk}/do/deny/"

    (previewed,) = advisor.get(url).context["mails"]
    advisor.post(url, {"version": made.version, "note": "The dates do not fit."})

    sent = Notice.objects.get(key="denied")
    assert previewed.subject == sent.redacted().subject
    assert previewed.to == f"{sent.recipient_name} <{sent.recipient}>"


def test_the_page_that_asks_for_a_day_brings_its_calendar(staff, advisor):
    made = factories.make_request(factories.make_student(), "cpt", "approved", staff[Role.ADVISOR])

    page = advisor.get(f"/admin/desk/{made.pk}/do/record/").content.decode()
    assert page.index("date-time-chooser.js") < page.index("initDateChooser(")


def test_a_case_goes_from_the_queue_to_the_released_document(staff, advisor):
    made = factories.make_request()
    url = f"/admin/desk/{made.pk}/"

    def do(action, **typed):
        version = advisor.get(f"{url}do/{action}/").context["form"]["version"].value()
        return advisor.post(f"{url}do/{action}/", {"version": version, **typed})

    do("start_review")
    do("approve", note="")
    too_early = advisor.get(f"{url}do/complete/", follow=True)
    assert "Release the document first" in too_early.content.decode()
    do("record", recorded_on="2026-10-05", recorded_text="Reprint")
    advisor.post(f"{url}release/", {"release-title": "I-20", "release-file": factories.pdf_file()})
    do("complete")

    made.refresh_from_db()
    assert (made.state, made.recorded_on, made.assignee) == (
        "completed",
        date(2026, 10, 5),
        staff[Role.ADVISOR],
    )
    assert Notice.objects.filter(key="document_released").count() == 1


@pytest.mark.parametrize(
    ("action", "state", "typed", "field"),
    [
        ("ask_clarification", "in_review", {"note": "Please."}, "__all__"),
        ("ask_clarification", "in_review", {"ask_countries": "on", "note": ""}, "__all__"),
        ("deny", "in_review", {"note": " "}, "note"),
        ("reopen", "approved", {"note": ""}, "note"),
        ("record", "approved", {"recorded_on": ""}, "recorded_on"),
        ("record", "approved", {"recorded_on": "2026-10-06"}, "recorded_on"),
        ("record", "approved", {"recorded_on": "2026-10-04"}, "recorded_on"),
        ("dismiss", "submitted", {"note": "Why not."}, "close_reason"),
        (
            "dismiss",
            "submitted",
            {"note": "Why not.", "close_reason": "by_student"},
            "close_reason",
        ),
        ("deny", "in_review", {"note": "x" * 2001}, "note"),
    ],
)
def test_what_is_missing_is_said_at_its_field_and_nothing_happens(
    action, state, typed, field, staff, advisor
):
    made = factories.make_request(None, "reprint", state, staff[Role.ADVISOR])

    answer = advisor.post(f"/admin/desk/{made.pk}/do/{action}/", {"version": made.version, **typed})

    version = made.version
    made.refresh_from_db()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert (made.state, made.version) == (state, version)


def test_an_approver_who_may_not_be_asked_is_refused_at_the_field(staff, advisor):
    made = factories.make_request(None, "cpt", "approver_review")

    answer = advisor.post(
        f"/admin/desk/{made.pk}/do/replace_approver/",
        {"version": made.version, "name": "Friend", "email": "student@school.example"},
    )

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["email"]


def test_only_what_was_marked_opens_for_the_student(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])

    advisor.post(
        f"/admin/desk/{made.pk}/do/ask_clarification/",
        {
            "version": made.version,
            "ask_countries": "on",
            "say_countries": "Name every country.",
            # A sentence alone is a mark, too.
            "say_passport": "The scan is not readable.",
            # Fields of other requests, and of the machine, are not looked at.
            "say_employer_name": "Changed.",
            "state": "completed",
            "assignee": "1",
            "note": "",
        },
    )

    made.refresh_from_db()
    assert (made.state, made.unlocked) == ("clarification", ["countries", "passport"])
    assert dict(made.clarification_items.values_list("name", "sentence")) == {
        "countries": "Name every country.",
        "passport": "The scan is not readable.",
    }


def test_who_was_slower_sees_the_request_as_it_is_and_keeps_the_words(staff, advisor):
    made = factories.make_request(None, "cpt", "in_review", staff[Role.ADVISOR])
    faster = Actor.for_user(staff[Role.SUPERVISOR])
    url = f"/admin/desk/{made.pk}/do/ask_clarification/"
    typed = {
        "version": made.version,
        "say_job_title": "It is not the one in the letter.",
        "note": "",
    }

    # Somebody asked and took the question back meanwhile: the same status, another version.
    asked = perform(
        made, "ask_clarification", faster, items=[{"name": "duties", "sentence": "More, please."}]
    )
    perform(asked, "recall", faster)
    slower = advisor.post(url, typed)

    assert slower.status_code == 409
    assert "Somebody changed this request" in slower.content.decode()
    assert "Take the question back” by Office supervisor" in slower.content.decode()
    form = slower.context["form"]
    assert form["say_job_title"].value() == "It is not the one in the letter."
    made.refresh_from_db()
    assert (made.state, form["version"].value()) == ("in_review", made.version)

    advisor.post(url, typed | {"version": form["version"].value()})
    made.refresh_from_db()
    assert made.state == "clarification"


def test_who_was_much_slower_gets_the_words_back(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    perform(made, "approve", Actor.for_user(staff[Role.SUPERVISOR]))
    Notice.objects.all().delete()

    slower = advisor.post(
        f"/admin/desk/{made.pk}/do/deny/",
        {"version": made.version, "note": "I typed this for ten minutes."},
    )

    made.refresh_from_db()
    assert (slower.status_code, made.state) == (409, "approved")
    words = slower.content.decode()
    assert "I typed this for ten minutes." in words
    assert "Approved, to record" in words
    assert "“Approve” by Office supervisor" in words
    assert Notice.objects.count() == 0


def test_a_colleagues_request_comes_with_a_warning(staff, advisor, supervisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    url = f"/admin/desk/{made.pk}/do/deny/"

    assert supervisor.get(url).context["held_by"] == staff[Role.ADVISOR]
    assert advisor.get(url).context["held_by"] is None


@pytest.mark.parametrize(
    ("action", "state", "status"),
    [
        ("skip_approver", "approver_review", 404),
        ("endorse", "approver_review", 404),
        ("expire", "clarification", 404),
        ("export", "approved", 404),
        ("resubmit", "clarification", 404),
        ("no_such_action", "in_review", 404),
    ],
)
def test_an_advisor_does_nobody_elses_action(action, state, status, staff, advisor):
    made = factories.make_request(None, "cpt", state, staff[Role.ADVISOR])
    url = f"/admin/desk/{made.pk}/do/{action}/"

    shown = advisor.get(url)
    done = advisor.post(url, {"version": made.version, "note": "Please."})

    made.refresh_from_db()
    assert (shown.status_code, done.status_code, made.state) == (status, status, state)


def test_a_step_that_is_over_leads_back_to_the_case(staff, advisor):
    made = factories.make_request(None, "reprint", "approved", staff[Role.ADVISOR])

    answer = advisor.get(f"/admin/desk/{made.pk}/do/start_review/", follow=True)

    assert answer.redirect_chain == [(f"/admin/desk/{made.pk}/", 302)]
    assert "This is not possible while the request is" in answer.content.decode()


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        (
            "employer_name",
            "Harbor " * 30,
            "An answer that the record needs is missing or unreadable.",
        ),
        ("end_date", "2026-01-01", "The work must end after it starts."),
    ],
)
def test_what_the_record_cannot_take_is_said_and_nothing_is_done(
    name, value, sentence, staff, advisor
):
    made = factories.make_request(None, "cpt", "approved", staff[Role.ADVISOR])
    actor = Actor.for_user(staff[Role.ADVISOR])
    factories.record_in_sevis(made, actor)
    factories.release(made, actor)
    made.refresh_from_db()
    made.answers[name] = value
    made.save(update_fields=["answers"])

    answer = advisor.post(f"/admin/desk/{made.pk}/do/complete/", {"version": made.version})

    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors() == [
        "This cannot be written into the student’s record, so nothing was done.",
        sentence,
        "Correct the record, or take the approval back and ask the student; then try again.",
    ]
    made.refresh_from_db()
    assert (made.state, made.student.employments.count()) == ("approved", 0)
