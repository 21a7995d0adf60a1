"""Codes by mail: who gets one, how long it is good, and what the answers tell (case 30)."""

import re

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.people import campus
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db

LOGIN, CONFIRM = "/accounts/login/", "/accounts/login/code/confirm/"


@pytest.fixture
def sofia():
    """Somebody who signs in with codes."""
    return make_user("sofia@mail.example", "Sofia Ng")


def ask(client, email="sofia@mail.example"):
    """Ask for a code; return the newest one that was mailed to anybody."""
    client.post(LOGIN, {"login": email})
    deliver_due()
    return code_in(mail.outbox[-1]) if mail.outbox else ""


def code_in(message):
    found = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]+)$", message.body, re.MULTILINE)
    return found[1] if found else ""


def enter(client, code):
    client.post(CONFIRM, {"code": code})
    return "_auth_user_id" in client.session


def test_a_code_signs_in_once(client, sofia):
    """case_30: used, it is worth nothing, in this browser and in another."""
    code = ask(client)
    other = Client()
    assert enter(client, code.lower())
    client.post("/accounts/logout/")

    assert [enter(client, code), enter(other, code)] == [False, False]


def test_a_code_opens_nothing_in_another_browser(client, sofia):
    """case_30: also where that browser waits for a code of its own."""
    code = ask(client)
    other = Client()
    other_code = ask(other)

    assert [enter(other, code), enter(client, other_code)] == [False, False]
    assert enter(client, code)


def test_an_old_code_is_dead_after_a_new_one(client, sofia):
    """case_30"""
    old, new = ask(client), ask(client)

    assert old != new
    assert [enter(client, old), enter(client, new)] == [False, True]


def test_after_ten_minutes_a_code_is_over(client, sofia):
    """case_30, ASVS 6.5.5"""
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        code = ask(client)
        clock.shift(601)

        assert not enter(client, code)


def test_a_code_that_is_over_is_not_mailed(client, sofia):
    """The mail server was away for a while: an old code would only be in the way."""
    now = timezone.now()
    with time_machine.travel(now, tick=False) as clock:
        client.post(LOGIN, {"login": sofia.email})
        clock.shift(601)
        deliver_due()

    assert (mail.outbox, Notice.objects.get().state) == ([], "canceled")


def test_three_tries_then_a_new_code_is_needed(client, sofia):
    """case_30: brute force."""
    code = ask(client)
    assert [enter(client, "AAA-AAA") for _try in range(3)] == [False] * 3

    assert not enter(client, code)
    assert enter(client, ask(client))


def test_tries_at_the_same_moment_are_counted_too(client, sofia):
    """case_30, parallel requests: each of them reads the session as none of them had tried yet."""
    code = ask(client)
    kept = dict(client.session.items())
    for _try in range(3):
        enter(client, "AAA-AAA")
        session = client.session
        session.update(kept)
        session.save()

    assert not enter(client, code)


def test_three_mails_a_minute_go_to_an_address_and_no_more(sofia):
    """case_30: from whatever browser and network."""
    for number in range(5):
        Client(REMOTE_ADDR=f"192.0.2.{number}").post(LOGIN, {"login": "Sofia@mail.example"})
    deliver_due()

    assert len(mail.outbox) == 3


def answer_to(email):
    """What a browser sees after typing an address, without what is random or typed."""
    browser = Client()
    first = browser.post(LOGIN, {"login": email})
    page = browser.get(first["Location"]).content.decode()
    page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page).replace(email, "")
    return first.status_code, first["Location"], page


def test_the_answer_is_the_same_for_everybody(provider, sofia):
    """case_30: known, unknown, closed, staff, bound to the campus under a private address."""
    make_user("closed@mail.example", "Closed", is_active=False)
    staff = make_staff(Role.ADVISOR)
    bound = make_user("bound@mail.example", "Bound")
    campus.bind(bound, "bound-at-campus")
    known = [sofia.email, "closed@mail.example", staff.email, bound.email]

    assert len({answer_to(email) for email in [*known, "nobody@mail.example"]}) == 1


def test_campus_addresses_all_go_to_the_campus_known_or_not(provider, sofia):
    """The domain alone decides, so the way there tells nothing either."""
    make_user("known@school.example", "Known")
    where = {
        Client().post(LOGIN, {"login": email})["Location"].partition("?")[0]
        for email in ("known@school.example", "NOBODY@School.Example", "x@school.example")
    }

    assert where == {f"{provider.issuer}/oauth2/authorize"}
    assert Client().post(LOGIN, {"login": "x@sub.school.example"})["Location"] == CONFIRM


def test_the_same_work_is_done_for_everybody(provider, sofia):
    """case_30, similar timing: the slow part, writing a mail, is done for strangers as well."""
    written = []
    for email in (sofia.email, make_staff(Role.ADVISOR).email, "nobody@mail.example"):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            Client().post(LOGIN, {"login": email})
        written.append(sum('INSERT INTO "notices_notice"' in each["sql"] for each in queries))

    assert written == [1, 1, 1]
    assert set(Notice.objects.values_list("key", "recipient")) == {
        ("sign_in_code", sofia.email),
        ("sign_in_elsewhere", "advisor@staff.example"),
    }


def test_staff_and_campus_people_are_told_their_way_and_get_no_code(client, provider, sofia):
    """case_31: a mailed code is no way around the campus sign-in and the second factor."""
    campus.bind(sofia, "sofia-at-campus")
    staff = make_staff(Role.EDITOR)
    codes = [ask(client, email) for email in (sofia.email, staff.email)]

    assert codes == ["", ""]
    assert [(each.to, each.subject) for each in mail.outbox] == [
        ([sofia.email], "Please read: How you sign in"),
        ([staff.email], "Please read: How you sign in"),
    ]
    assert "Campus sign-in" in mail.outbox[0].body
    assert not enter(client, "")


def test_the_outbox_cannot_read_a_code(client, sofia):
    code = ask(client)
    row = Notice.objects.values().get()

    assert code not in str(row)
    assert code.replace("-", "") not in str(row)


def test_what_was_typed_wrong_is_said_at_its_field(client):
    page = client.post(LOGIN, {"login": "nobody"})

    assert page.context["form"].errors == {"login": ["Enter a valid email address."]}
    assert 'value="nobody"' in page.content.decode()


@pytest.mark.parametrize(
    "email",
    [
        "a\nBcc: x@mail.example",
        "x" * 300 + "@mail.example",
        "ѕofia@mail.example",
        "\x00@mail.example",
    ],
)
def test_odd_addresses_are_answered_and_get_no_mail(client, sofia, email):
    """case_23: line breaks, huge ones, look-alike letters."""
    response = client.post(LOGIN, {"login": email})
    deliver_due()

    assert response.status_code in (200, 302)
    assert mail.outbox == []


def test_a_look_alike_address_finds_nobody(client, sofia):
    make_user("mike@mail.example", "Mike")
    for email in ("mıke@mail.example", "mike@mail.example."):
        ask(client, email)

    assert [each.to for each in mail.outbox] == []
