"""The mails of an action are shown whole before it is done, and showing them does nothing."""

import pytest

from isso.requests.actor import Actor
from isso.requests.models import HistoryEntry, StudentRequest
from isso.requests.notices.models import MailWording, Notice
from isso.requests.people.roles import Role
from isso.requests.perform import NotPossible, perform
from isso.requests.rehearsing import rehearse
from isso.tests import factories
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.desk.test_actions import ACTIONS


def read(mails):
    return [(mail.subject, mail.to, mail.text) for mail in mails]


def left():
    return [
        (sent.redacted().subject, f"{sent.recipient_name} <{sent.recipient}>", sent.redacted().text)
        for sent in Notice.objects.all()
    ]


@pytest.mark.parametrize("action", [name for name in ACTIONS if name != "record"])
def test_what_is_shown_is_what_leaves_word_for_word(action, staff, supervisor):
    type_key, before, typed, after, _mails = ACTIONS[action]
    made = factories.make_request(None, type_key, before, staff[Role.ADVISOR])
    Notice.objects.all().delete()
    url, typed = f"/admin/desk/{made.pk}/do/{action}/", {"version": made.version, **typed}

    shown = supervisor.post(url, typed | {"show_mails": "1"})
    nothing_left = Notice.objects.count()
    supervisor.post(url, typed)

    assert (shown.status_code, nothing_left) == (200, 0)
    assert sorted(read(shown.context["mails"])) == sorted(left())
    assert all(mail.text for mail in shown.context["mails"])
    assert StudentRequest.objects.get().state == after


def test_the_note_as_typed_so_far_stands_in_it_and_nothing_typed_is_lost(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    url = f"/admin/desk/{made.pk}/do/deny/"

    opened = advisor.get(url)
    shown = advisor.post(
        url, {"version": made.version, "note": "Your <b>dates</b> do not fit.", "show_mails": "1"}
    )

    (at_first,), (then,) = opened.context["mails"], shown.context["mails"]
    assert "[What you write]" in at_first.text
    assert "Your <b>dates</b> do not fit." in then.text
    assert "Your &lt;b&gt;dates&lt;/b&gt; do not fit." in shown.content.decode()
    assert shown.context["form"]["note"].value() == "Your <b>dates</b> do not fit."
    assert "[link]" in then.text


def test_it_is_in_the_offices_own_words(staff, advisor):
    MailWording.objects.create(key="approved", subject="Good news", text="Well done, {{ name }}!")
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])

    (mail,) = advisor.get(f"/admin/desk/{made.pk}/do/approve/").context["mails"]

    assert (mail.subject, mail.text) == (
        "For your information: Good news",
        "Well done, Amara Okoye!\n",
    )


def test_looking_changes_nothing_at_all(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    url = f"/admin/desk/{made.pk}/do/approve/"
    advisor.get(url)
    before = fingerprint()

    advisor.get(url)
    advisor.post(url, {"version": made.version, "note": "", "show_mails": "1"})

    assert changed(before, fingerprint()) == []


@pytest.mark.parametrize(
    ("action", "typed", "field"),
    [
        ("deny", {"note": " "}, "note"),
        ("dismiss", {"note": "x", "close_reason": ""}, "close_reason"),
        ("ask_clarification", {"note": ""}, "__all__"),
    ],
)
def test_what_is_missing_is_said_and_the_subjects_stay(action, typed, field, staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])

    answer = advisor.post(
        f"/admin/desk/{made.pk}/do/{action}/",
        {"version": made.version, "show_mails": "1", **typed},
    )

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
    assert len(answer.context["mails"]) == 1
    assert HistoryEntry.objects.filter(action=action).count() == 0


def test_who_looks_at_an_old_page_is_told(staff, advisor):
    made = factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])
    perform(made, "approve", Actor.for_user(staff[Role.SUPERVISOR]))

    answer = advisor.post(
        f"/admin/desk/{made.pk}/do/deny/",
        {"version": made.version, "note": "I typed this.", "show_mails": "1"},
    )

    assert (answer.status_code, "I typed this." in answer.content.decode()) == (409, True)


def test_what_follows_is_undone_as_well(office):
    advisor = Actor.for_user(factories.make_staff())
    made = factories.make_request(None, "reprint", "in_review")
    before = fingerprint()

    (mail,) = rehearse(made, "approve", advisor)
    with pytest.raises(NotPossible):
        rehearse(made, "complete", advisor)

    assert (mail.key, changed(before, fingerprint())) == ("approved", [])
