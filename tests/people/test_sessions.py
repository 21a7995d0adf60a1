"""Sessions (design/security-cases.md, case 32): whose they are, and the moments that end them."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from isso.requests.people.browsers import describe
from isso.requests.people.models import BrowserSession, User
from isso.requests.people.roles import Role
from isso.requests.retention.purging import purge_unneeded
from isso.tests.factories import make_staff, make_student, make_user

pytestmark = pytest.mark.django_db

SESSIONS, STATUS, END = "/accounts/sessions/", "/accounts/session/", "/accounts/sessions/end/"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0"


@pytest.fixture(autouse=True)
def _limits(settings):
    settings.PASSWORD_SIGN_IN = True
    settings.SESSION_IDLE = timedelta(minutes=60)
    settings.SESSION_LONGEST = timedelta(hours=8)


@pytest.fixture
def amara(monday):
    """A student, and the clock stands still."""
    return make_student("amara@school.example").user


def browser(user, agent=FIREFOX):
    """Sign in from a browser of its own."""
    client = Client(headers={"user-agent": agent})
    client.post("/accounts/login/", {"login": user.email, "password": "demo"})
    return client


def is_in(client):
    """Ask without being seen, as an open page does."""
    return client.get(STATUS).status_code == 200


def key_of(client):
    return client.cookies["sessionid"].value


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        (FIREFOX, "Firefox, Linux"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/140.0 Mobile Safari/537.36", "Chrome, Android"),
        ("curl/8", ""),
        ("", ""),
    ],
)
def test_a_browser_in_words(agent, words):
    assert describe(agent) == words


# Idle and absolute timeout


@pytest.mark.parametrize(
    ("pause", "still_in"),
    [
        (timedelta(minutes=59, seconds=59), True),
        (timedelta(minutes=60), False),
        (timedelta(days=400), False),
    ],
)
def test_idle_timeout(monday, amara, pause, still_in):
    client = browser(amara)
    monday.shift(pause)

    assert is_in(client) == still_in
    assert (client.get("/portal/").status_code == 200) == still_in


def test_absolute_timeout_comes_however_active_somebody_is(monday, amara):
    client = browser(amara)
    answers = []
    for _half_hour in range(16):
        monday.shift(timedelta(minutes=30))
        answers.append(client.get("/portal/").status_code)

    assert answers == [200] * 15 + [302]


def test_asking_whether_one_is_in_keeps_nobody_in(monday, amara):
    client = browser(amara)
    seconds = []
    for _ten_minutes in range(6):
        monday.shift(timedelta(minutes=10))
        seconds.append(client.get(STATUS).json()["seconds"])

    assert seconds == [3000, 2400, 1800, 1200, 600, 0]


def test_an_open_editor_keeps_nobody_in(monday):
    editor = make_staff(Role.EDITOR)
    client = browser(editor)
    monday.shift(timedelta(minutes=10))
    client.post(f"/admin/editing-sessions/ping/people/user/{editor.pk}/1/")

    assert client.get(STATUS).json()["seconds"] == 3000


def test_staying_signed_in_moves_the_end_but_not_beyond_the_longest_time(monday, amara):
    client = browser(amara)
    told = []
    for _step in range(9):
        monday.shift(timedelta(minutes=55))
        answer = client.post(STATUS).json()
        told.append((answer.get("seconds"), answer.get("can_stay")))

    # After 440 minutes forty are left, after 480 none.
    assert told == [(3600, True)] * 7 + [(2400, False), (0, None)]


def test_shorter_limits_hold_for_sessions_that_are_open(monday, amara, settings):
    client = browser(amara)
    monday.shift(timedelta(minutes=20))
    settings.SESSION_IDLE = timedelta(minutes=15)

    assert not is_in(client)


def test_being_seen_is_written_once_a_minute(monday, amara):
    client = browser(amara)
    writes = []
    for seconds in (30, 30, 59):
        monday.shift(timedelta(seconds=seconds))
        before = BrowserSession.objects.get().seen_at
        client.get("/portal/")
        writes.append(BrowserSession.objects.get().seen_at != before)

    assert writes == [False, True, False]


def test_what_a_slower_page_sees_brings_no_ended_session_back(amara, monday):
    client = browser(amara)
    slow = client.session
    slow.load()
    client.post("/accounts/logout/")
    monday.shift(timedelta(minutes=2))
    slow.see()

    assert BrowserSession.objects.filter(user=amara).count() == 0


# Whose session it is


def test_session_fixation(amara):
    client = Client()
    client.cookies["sessionid"] = "chosen-by-somebody-else"
    client.post("/accounts/login/", {"login": amara.email, "password": "demo"})

    assert is_in(client)
    assert key_of(client) != "chosen-by-somebody-else"
    assert BrowserSession.objects.get().session_key == key_of(client)


def test_a_stolen_cookie_after_sign_out(amara):
    client, thief = browser(amara), Client()
    thief.cookies["sessionid"] = key_of(client)
    assert is_in(thief)
    client.post("/accounts/logout/")

    assert not is_in(thief)
    assert thief.get("/portal/").status_code == 302


def test_a_role_taken_while_signed_in_is_gone_with_the_next_request():
    advisor = make_staff(Role.ADVISOR)
    client = browser(advisor)
    assert client.get("/admin/students/").status_code == 200
    advisor.groups.clear()

    assert client.get("/admin/students/").status_code == 302


def test_a_disabled_person_is_out_with_the_next_request(amara):
    client = browser(amara)
    User.objects.filter(pk=amara.pk).update(is_active=False)

    assert not is_in(client)


@pytest.mark.parametrize("address", ["/portal/", "/portal/profile/", SESSIONS, STATUS])
def test_the_back_button_of_a_shared_computer_finds_nothing(amara, address):
    assert "no-store" in browser(amara).get(address)["Cache-Control"]


@pytest.mark.parametrize("address", ["/admin/", "/admin/account/", "/admin/students/"])
def test_the_back_button_finds_nothing_of_the_admin_either(address):
    answer = browser(make_staff(Role.ADVISOR)).get(address)

    assert "no-store" in answer["Cache-Control"]


def test_public_pages_do_not_look_into_the_session(office):
    client = browser(make_user("amara@school.example"))
    before = BrowserSession.objects.get().seen_at
    answer = client.get("/")

    assert "Cookie" not in answer.get("Vary", "")
    assert BrowserSession.objects.get().seen_at == before


# The page


def test_somebody_sees_his_own_browsers_and_no_address_of_the_network(monday, amara):
    browser(make_user("nils@school.example"))
    phone = browser(amara, "Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604.1")
    monday.shift(timedelta(minutes=5))
    desk = browser(amara)
    page = desk.get(SESSIONS)

    assert [each.browser for each in page.context["sessions"]] == [
        "Firefox, Linux",
        "Safari, iPhone",
    ]
    text = page.content.decode()
    assert key_of(phone) not in text
    assert "127.0.0.1" not in text
    assert "Signed in on October 5, 10:05 am, last seen on October 5, 10:05 am." in text


def test_signing_out_one_browser_leaves_the_others(amara):
    first, second, here = browser(amara), browser(amara), browser(amara)
    mark = BrowserSession.objects.get(session_key=key_of(second)).mark
    here.post(END, {"mark": mark})

    assert [is_in(each) for each in (first, second, here)] == [True, False, True]


def test_signing_out_everywhere_else(amara):
    others, here = [browser(amara), browser(amara)], browser(amara)
    stranger = browser(make_user("nils@school.example"))
    page = here.post(END, follow=True)

    assert [str(each) for each in page.context["messages"]] == ["2 browsers were signed out."]
    assert [is_in(each) for each in (*others, here, stranger)] == [False, False, True, True]


@pytest.mark.parametrize("mark", ["no-such-session", "0" * 20, "\0", "’"])
def test_nobody_ends_what_is_not_his(amara, mark):
    other = browser(make_user("nils@school.example"))
    here = browser(amara)
    here.post(END, {"mark": BrowserSession.objects.get(session_key=key_of(other)).mark})
    here.post(END, {"mark": mark})

    assert (is_in(other), is_in(here)) == (True, True)


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_asks_no_more_for_many_sessions(amara, count, django_assert_num_queries):
    for number in range(count - 1):
        BrowserSession.objects.create(
            session_key=f"session-{number}",
            session_data="x",
            user=amara,
            began_at=timezone.now(),
            seen_at=timezone.now(),
            expire_date=timezone.now() + timedelta(hours=1),
        )
    client = browser(amara)
    client.get(SESSIONS)
    with django_assert_num_queries(8):
        page = client.get(SESSIONS)
    assert len(page.context["sessions"]) == count


def test_what_has_ended_is_cleared_away_also_from_the_table_of_before(amara):
    now, hour = timezone.now(), timedelta(hours=1)
    for model in (BrowserSession, Session):
        for name, until in (("over", now - hour), ("alive", now + hour)):
            model.objects.create(session_key=name, session_data="x", expire_date=until)
    purge_unneeded()

    left = [
        each.objects.values_list("session_key", flat=True) for each in (BrowserSession, Session)
    ]
    assert [list(each) for each in left] == [["alive"], ["alive"]]
