"""Colleagues see each other on a case, and nobody answers without knowing what happened."""

import pytest
from django.core.cache import cache

from isso.requests.actor import Actor
from isso.requests.conversation import send_message
from isso.requests.models import Message
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog
from isso.tests import factories


@pytest.fixture
def case(staff):
    """A request under review."""
    return factories.make_request(None, "reprint", "in_review", staff[Role.ADVISOR])


@pytest.fixture
def clock(monday):
    """The stopped clock, to be moved on."""
    return monday


def names(answer):
    return [each.name for each in answer.context["others"]]


def test_a_colleague_who_comes_second_is_told_since_when(case, advisor, supervisor, clock):
    first = advisor.get(f"/admin/desk/{case.pk}/")
    clock.shift(120)
    second = supervisor.get(f"/admin/desk/{case.pk}/")
    action = supervisor.get(f"/admin/desk/{case.pk}/do/deny/")

    assert [names(each) for each in (first, second, action)] == [[], *[["Office advisor"]] * 2]
    assert "Office advisor has this case open since" in second.content.decode()
    assert "10:00" in second.content.decode()


@pytest.mark.parametrize(("seconds", "seen"), [(170, ["Office advisor"]), (180, [])])
def test_who_has_left_is_gone_after_three_minutes(seconds, seen, case, advisor, supervisor, clock):
    advisor.get(f"/admin/desk/{case.pk}/")
    clock.shift(seconds)

    assert names(supervisor.get(f"/admin/desk/{case.pk}/")) == seen


def test_a_page_that_stays_open_says_so_and_keeps_its_beginning(case, advisor, supervisor, clock):
    advisor.get(f"/admin/desk/{case.pk}/")
    for _minute in range(10):
        clock.shift(60)
        advisor.post(f"/admin/desk/{case.pk}/looking/")

    (other,) = supervisor.get(f"/admin/desk/{case.pk}/").context["others"]

    assert other.since == factories.MONDAY


def test_an_open_page_is_told_of_who_comes_and_of_what_changes(
    case, staff, advisor, supervisor, clock
):
    seen = advisor.get(f"/admin/desk/{case.pk}/").context["seen"]

    def ask():
        return advisor.post(f"/admin/desk/{case.pk}/looking/", {"seen": seen}).content.decode()

    alone = ask()
    supervisor.get(f"/admin/desk/{case.pk}/")
    with_another = ask()
    send_message(case, "I forgot something.", Actor.for_user(case.student.user))
    changed = ask()

    assert [("has this case open" in each) for each in (alone, with_another, changed)] == [
        False,
        True,
        True,
    ]
    assert [("See what changed" in each) for each in (alone, with_another, changed)] == [
        False,
        False,
        True,
    ]


def test_staying_is_no_reading_and_is_for_those_who_may_read(case, people, staff, sign_in, advisor):
    advisor.get(f"/admin/desk/{case.pk}/")
    noted = AccessLog.objects.count()
    own = case.student.user
    own.groups.set(staff[Role.ADVISOR].groups.all())
    statuses = [
        sign_in(user).post(f"/admin/desk/{case.pk}/looking/").status_code
        for user in (
            staff[Role.ADVISOR],
            staff[Role.EDITOR],
            people["master"].user,
            type(own).objects.get(pk=own.pk),
            None,
        )
    ]

    assert statuses == [200, 302, 302, 404, 302]
    assert AccessLog.objects.filter(allowed=True).count() == noted


def test_a_cache_that_is_away_closes_nothing(case, advisor, settings):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:1/0",
            "OPTIONS": {"socket_connect_timeout": 1},
        }
    }

    answer = advisor.get(f"/admin/desk/{case.pk}/")

    assert (answer.status_code, names(answer)) == (200, [])


def test_a_message_waits_until_its_writer_knows_what_happened(case, staff, advisor, clock):
    seen = advisor.get(f"/admin/desk/{case.pk}/").context["seen"]
    clock.shift(60)
    send_message(case, "It is solved.", Actor.for_user(case.student.user))
    url, typed = f"/admin/desk/{case.pk}/message/", {"message-text": "Please call us."}

    held = advisor.post(url, typed | {"seen": seen})
    sent_by_then = Message.objects.filter(from_office=True).count()
    again = advisor.post(url, typed | {"seen": held.context["seen"]})

    assert (held.status_code, sent_by_then, again.status_code) == (409, 0, 302)
    assert held.context["message_form"]["text"].value() == "Please call us."
    assert held.context["latest"].text == "It is solved."
    assert Message.objects.filter(from_office=True).count() == 1


def test_a_decision_in_between_holds_a_message_and_no_note(case, staff, advisor):
    seen = advisor.get(f"/admin/desk/{case.pk}/").context["seen"]
    perform(case, "deny", Actor.for_user(staff[Role.SUPERVISOR]), note="The dates do not fit.")

    message = advisor.post(
        f"/admin/desk/{case.pk}/message/", {"message-text": "Soon done.", "seen": seen}
    )
    note = advisor.post(f"/admin/desk/{case.pk}/note/", {"note-text": "Called.", "seen": seen})

    assert (message.status_code, note.status_code) == (409, 302)
    assert "“Deny” by Office supervisor" in message.content.decode()
    assert case.case_notes.count() == 1


def test_nothing_of_it_is_kept(case, advisor, clock):
    advisor.get(f"/admin/desk/{case.pk}/")
    clock.shift(200)

    assert cache.get(f"looking-at-case:{case.pk}") is None
