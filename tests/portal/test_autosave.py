"""Saving while somebody types: nothing typed is lost, and nothing newer is overwritten."""

import pytest
from django.test import Client

from isso.requests.actor import Actor
from isso.requests.autosaving import fingerprint
from isso.requests.models import ClarificationItem, StudentRequest
from isso.requests.perform import perform
from isso.requests.views.unsaved import FROM_A_CLIENT
from isso.tests import factories

TYPED = {
    "departure": "2026-11-20",
    "return_on": "2026-11-10",
    "countries": "Ghana",
    "visa_renewal": "no",
    "delivery": "pdf",
}
ELSEWHERE = (
    "This page was changed in another tab, so nothing was saved here. Load it again to see the "
    "change, or press Save to keep what stands here."
)
SIGNED_OUT = (
    "You are signed out. Sign in in another tab, then press Save; what you typed is still here."
)


@pytest.fixture
def draft(student):
    """A complete draft of a reprint."""
    return factories.make_draft(student)


def page_of(made):
    return f"/portal/requests/{made.reference}/edit/details/"


def autosave_of(made):
    return f"{page_of(made)}autosave/"


def seen_by(browser, made):
    """Return what the page in a tab began with."""
    return browser.get(page_of(made)).context["seen"]


def now(made):
    return StudentRequest.objects.get(pk=made.pk)


def test_what_is_typed_is_kept_also_when_it_is_wrong(portal, draft):
    answer = portal.post(autosave_of(draft), TYPED | {"seen": seen_by(portal, draft)})

    saved = now(draft)
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "sentence": "Saved at 10:00 am.",
            "seen": fingerprint(saved, saved.type.page("details")),
        },
    )
    assert {name: saved.answers[name] for name in TYPED} == TYPED
    assert saved.version == draft.version + 1


def test_one_tab_goes_on_with_what_the_last_answer_told_it(portal, draft):
    seen = seen_by(portal, draft)
    for countries in ("Gh", "Ghana", "Ghana and Togo"):
        answer = portal.post(autosave_of(draft), TYPED | {"countries": countries, "seen": seen})
        seen = answer.json()["seen"]

    assert now(draft).answers["countries"] == "Ghana and Togo"


def test_the_same_words_again_write_nothing(portal, draft):
    portal.post(autosave_of(draft), TYPED | {"seen": seen_by(portal, draft)})
    before = now(draft).version

    # The page has gone before the answer came: it sends again with what it began with.
    answer = portal.post(autosave_of(draft), TYPED | {"seen": "old"})

    assert (answer.status_code, now(draft).version) == (200, before)


def test_an_old_tab_never_overwrites_a_newer_save(portal, draft):
    old = seen_by(portal, draft)
    portal.post(page_of(draft), TYPED | {"countries": "Newer"})

    answer = portal.post(autosave_of(draft), TYPED | {"countries": "Older", "seen": old})

    assert (answer.status_code, answer.json()) == (409, {"sentence": ELSEWHERE})
    assert now(draft).answers["countries"] == "Newer"


def test_pressing_save_in_the_old_tab_is_a_decision_and_counts(portal, draft):
    old = seen_by(portal, draft)
    portal.post(page_of(draft), TYPED | {"countries": "Newer"})
    portal.post(page_of(draft), TYPED | {"countries": "Mine", "seen": old})

    assert now(draft).answers["countries"] == "Mine"


def test_another_page_of_the_request_is_no_conflict(portal, draft):
    seen = seen_by(portal, draft)
    first = draft.type.pages[0]
    portal.post(f"/portal/requests/{draft.reference}/edit/{first.slug}/", {})

    assert portal.post(autosave_of(draft), TYPED | {"seen": seen}).status_code == 200


def test_a_sent_request_takes_nothing_more(portal, student):
    made = factories.make_request(student)

    answer = portal.post(autosave_of(made), TYPED)

    assert (answer.status_code, answer.json()["sentence"]) == (
        409,
        "This request is locked because it has been sent. Write a message to change it.",
    )


def test_a_clarification_saves_marked_answers_and_replies_alone(portal, student):
    advisor = factories.make_staff()
    made = factories.make_request(student, state="in_review", advisor=advisor)
    items = [{"name": "countries", "sentence": "All of them, please."}]
    made = perform(made, "ask_clarification", Actor.for_user(advisor), items=items)
    item = ClarificationItem.objects.get()
    before = made.answers
    changed = TYPED | {"countries": "Ghana, Togo", "departure": "2027-01-01"}

    answer = portal.post(
        autosave_of(made), changed | {f"reply-{item.pk}": "See", "seen": seen_by(portal, made)}
    )

    item.refresh_from_db()
    assert (answer.status_code, item.reply) == (200, "See")
    assert now(made).answers == before | {"countries": "Ghana, Togo"}


def test_without_a_session_it_says_so_and_keeps_what_was_typed(portal, student, draft):
    portal.logout()
    answer = portal.post(autosave_of(draft), TYPED)
    assert (answer.status_code, answer.json()) == (401, {"sentence": SIGNED_OUT})
    assert portal.get(autosave_of(draft)).status_code == 401

    portal.force_login(student.user)
    page = portal.get(page_of(draft))
    assert "What you typed is back" in page.content.decode()
    assert {name: page.context["form"][name].value() for name in TYPED} == TYPED
    # Looking has saved nothing; the first save takes it over, and then it is gone.
    assert now(draft).answers == draft.answers
    portal.post(page_of(draft), TYPED)
    assert "What you typed is back" not in portal.get(page_of(draft)).content.decode()
    assert now(draft).answers["countries"] == "Ghana"


def test_save_after_the_session_ended_leads_over_sign_in_back_to_every_word(portal, student, draft):
    portal.logout()
    answer = portal.post(page_of(draft), TYPED)
    assert (answer.status_code, answer.url) == (302, f"/accounts/login/?next={page_of(draft)}")

    portal.force_login(student.user)
    form = portal.get(page_of(draft)).context["form"]
    assert {name: form[name].value() for name in TYPED} == TYPED


def test_what_was_kept_never_undoes_a_newer_save_by_itself(portal, student, draft):
    old = seen_by(portal, draft)
    portal.logout()
    portal.post(autosave_of(draft), TYPED | {"countries": "Typed signed out", "seen": old})
    elsewhere = Client()
    elsewhere.force_login(student.user)
    elsewhere.post(page_of(draft), TYPED | {"countries": "Newer"})

    portal.force_login(student.user)
    page = portal.get(page_of(draft)).context
    given = TYPED | {"countries": page["form"]["countries"].value(), "seen": page["seen"]}
    answer = portal.post(autosave_of(draft), given)

    assert given["countries"] == "Typed signed out"
    assert (answer.status_code, answer.json()) == (409, {"sentence": ELSEWHERE})
    assert now(draft).answers["countries"] == "Newer"
    # As the sentence says: loading it again shows the change.
    assert portal.get(page_of(draft)).context["form"]["countries"].value() == "Newer"


def test_what_was_kept_is_saved_by_itself_where_nothing_is_newer(portal, student, draft):
    old = seen_by(portal, draft)
    portal.logout()
    portal.post(autosave_of(draft), TYPED | {"countries": "Typed signed out", "seen": old})

    portal.force_login(student.user)
    seen = portal.get(page_of(draft)).context["seen"]
    given = TYPED | {"countries": "Typed signed out", "seen": seen}

    assert portal.post(autosave_of(draft), given).status_code == 200
    assert now(draft).answers["countries"] == "Typed signed out"


def test_behind_one_address_who_has_begun_goes_on_being_kept(draft, client, monkeypatch):
    monkeypatch.setitem(FROM_A_CLIENT, "limit", 1)
    client.post(page_of(draft), TYPED)
    stranger = Client()
    stranger.post(page_of(draft), TYPED)
    client.post(page_of(draft), TYPED | {"countries": "Ghana and Togo"})

    assert "unsaved_answers" not in stranger.session
    assert "Togo" in client.session["unsaved_answers"]["typed"]


def test_what_was_kept_never_shows_to_the_next_person_at_the_browser(portal, draft):
    portal.logout()
    portal.post(page_of(draft), TYPED)
    neighbor = factories.make_student("neighbor@school.example")
    own = factories.make_draft(neighbor)

    portal.force_login(neighbor.user)
    assert portal.get(page_of(draft)).status_code == 404
    assert portal.get(page_of(own)).context["is_given_back"] is False


def test_a_stranger_cannot_fill_the_table_of_sessions(draft, client):
    client.post(page_of(draft), TYPED | {"countries": "x" * 100_000})

    assert "unsaved_answers" not in client.session


def test_an_old_tab_gets_the_token_that_signing_in_has_changed(student, draft):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(student.user)
    seen = seen_by(browser, draft)
    assert browser.post(autosave_of(draft), TYPED | {"seen": seen}).status_code == 403

    token = browser.get(autosave_of(draft)).json()["token"]
    answer = browser.post(autosave_of(draft), TYPED | {"seen": seen, "csrfmiddlewaretoken": token})
    assert answer.status_code == 200


def test_the_page_works_without_the_script_and_names_its_addresses(portal, draft):
    html = portal.get(page_of(draft)).content.decode()

    assert f'data-autosave="{autosave_of(draft)}"' in html
    assert 'src="/static/isso/js/autosave.js"' in html
    assert "Save and continue" in html
