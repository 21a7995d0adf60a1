"""The campus sign-in is down, slow, or not who it says it is: a page that helps, never an error."""

import re
import socket
import time
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.cache import cache

from isso.requests.notices.outbox import deliver_due
from isso.requests.people import campus, openid
from isso.tests.factories import make_user
from isso.tests.people.campus_provider import CLIENT_ID, free_port, question, switch_on

pytestmark = pytest.mark.django_db

LOGIN, START, CALLBACK = "/accounts/login/", "/accounts/campus/", "/accounts/campus/callback/"
CONFIGURATION = "/.well-known/openid-configuration"


@pytest.fixture
def sofia(forger):
    """Somebody whose campus account is bound."""
    user = make_user("sofia@school.example", "Sofia Ng")
    campus.bind(user, "sofia-at-campus")
    return user


def code_on(response):
    return re.search(r"Sign-in error (S\d)", response.content.decode())[1]


def is_signed_in(client):
    return "_auth_user_id" in client.session


# What a token says when all is well; a forgery changes one thing.
def good_claims(forger, nonce):
    now = int(time.time())
    return {
        "iss": forger.issuer,
        "aud": CLIENT_ID,
        "sub": "sofia-at-campus",
        "nonce": nonce,
        "iat": now,
        "exp": now + 300,
    }


def come_back(client, forger, **how):
    """Go there and come back with a token; ``claims`` changes or, by None, leaves out."""
    asked = question(client.post(START)["Location"])
    claims = good_claims(forger, asked["nonce"]) | how.pop("claims", {})
    forger.sign({name: each for name, each in claims.items() if each is not None}, **how)
    return client.get(CALLBACK, {"state": asked["state"], "code": "a-code"})


def test_a_good_token_signs_in_and_the_way_is_the_standards(client, forger, sofia):
    answer = come_back(client, forger)

    assert (answer["Location"], is_signed_in(client)) == ("/portal/", True)
    _path, form = next(asked for asked in forger.asked if asked[0] == "/token")
    assert sorted(question(f"?{form}")) == ["code", "code_verifier", "grant_type", "redirect_uri"]
    assert "client_secret" not in form


NOW = int(time.time())
FORGED = {
    "no subject": {"sub": None},
    "an empty subject": {"sub": ""},
    "a number as subject": {"sub": 7},
    "a subject too long to keep": {"sub": "x" * 192},
    "no nonce": {"nonce": None},
    "another nonce": {"nonce": "another"},
    "a nonce that is no text": {"nonce": ["another"]},
    "no issuer": {"iss": None},
    "another issuer": {"iss": "https://evil.example"},
    "no audience": {"aud": None},
    "another site": {"aud": "another-site"},
    "several sites, made for another": {"aud": [CLIENT_ID, "other"], "azp": "other"},
    "no end": {"exp": None},
    "over": {"exp": NOW - 3600},
    "not begun": {"iat": NOW + 86400},
}


@pytest.mark.parametrize("case", FORGED)
def test_a_token_that_proves_nothing_signs_nobody_in(client, forger, sofia, case):
    """case_29: missing and wrong claims."""
    answer = come_back(client, forger, claims=FORGED[case])

    assert (answer.status_code, code_on(answer), is_signed_in(client)) == (400, "S3", False)


def test_a_token_signed_by_somebody_else_signs_nobody_in(client, forger, sofia):
    """case_29: another key, our client secret as a key, an unknown key, no signature at all."""
    secret = "a secret: with +/=%, known to both sides, as HS256 would take it"
    hows = [
        {"key": forger.other_key},
        {"key": secret, "algorithm": "HS256"},
        {"kid": "two"},
        {"key": "", "algorithm": "none"},
    ]

    assert [code_on(come_back(client, forger, **how)) for how in hows] == ["S3"] * 4
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("path", "answer", "code"),
    [
        (CONFIGURATION, (500, {}), "S7"),
        (CONFIGURATION, (200, "<html>Maintenance</html>"), "S7"),
        (CONFIGURATION, (200, "[]"), "S7"),
        (CONFIGURATION, (200, {"issuer": "https://evil.example"}), "S7"),
        (CONFIGURATION, (302, {}), "S7"),
        ("/token", (503, "<html>Busy</html>"), "S7"),
        ("/token", (429, {}), "S7"),
        ("/token", (200, "not JSON"), "S7"),
        ("/token", (401, {"error": "invalid_client"}), "S7"),
        ("/token", (400, {"error": "invalid_grant"}), "S3"),
        ("/token", (200, {"access_token": "x"}), "S3"),
        ("/token", (200, {"id_token": "x.y.z"}), "S3"),
        ("/token", (200, {"id_token": ["x"]}), "S3"),
        ("/keys", (500, {}), "S7"),
        ("/keys", (200, {}), "S3"),
        ("/keys", (200, {"keys": [{"kty": "RSA"}]}), "S3"),
        ("/keys", (200, {"keys": "x"}), "S3"),
    ],
)
def test_an_odd_answer_is_told_as_a_page_with_a_code(client, forger, sofia, path, answer, code):
    asked = question(client.post(START)["Location"])
    forger.sign(good_claims(forger, asked["nonce"]))
    forger.answers[path] = answer
    response = client.get(CALLBACK, {"state": asked["state"], "code": "a-code"})

    assert (400 <= response.status_code < 500, code_on(response)) == (True, code)
    assert b'href="/contact/"' in response.content
    assert not is_signed_in(client)


@pytest.mark.parametrize(
    ("error", "code"),
    [
        ("access_denied", "S2"),
        ("temporarily_unavailable", "S7"),
        ("server_error", "S7"),
        ("login_required", "S3"),
        ("<script>", "S3"),
    ],
)
def test_what_the_provider_says_instead_of_an_answer(client, forger, error, code):
    state = question(client.post(START)["Location"])["state"]
    response = client.get(CALLBACK, {"state": state, "error": error, "error_description": "<b>"})

    assert code_on(response) == code
    assert b"<script>" not in response.content


def test_an_answer_that_names_another_provider_is_refused(client, forger, sofia):
    state = question(client.post(START)["Location"])["state"]
    response = client.get(
        CALLBACK, {"state": state, "code": "a-code", "iss": "https://evil.example"}
    )

    assert (response.status_code, code_on(response)) == (400, "S3")
    assert [path for path, _form in forger.asked if path == "/token"] == []


@pytest.fixture
def nobody_there(settings):
    """A campus sign-in that is down."""
    switch_on(settings, f"http://127.0.0.1:{free_port()}")


def enter_by_code(client, email):
    client.post(LOGIN, {"login": email})
    deliver_due()
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    client.post("/accounts/login/code/confirm/", {"code": code})


def test_while_it_is_down_the_rest_goes_on(client, nobody_there):
    """case_29: the page says so; public pages and code logins work."""
    by_button = client.post(START)
    by_address = client.post(LOGIN, {"login": "sofia@school.example"})

    assert {(each.status_code, code_on(each)) for each in (by_button, by_address)} == {(424, "S7")}
    assert b'href="/contact/"' in by_button.content
    assert client.get("/").status_code == client.get(LOGIN).status_code == 200
    make_user("noor@mail.example", "Noor Ali")
    enter_by_code(client, "noor@mail.example")
    assert is_signed_in(client)


def test_it_goes_down_while_a_person_is_there(client, forger, sofia, settings):
    state = question(client.post(START)["Location"])["state"]
    switch_on(settings, f"http://127.0.0.1:{free_port()}")
    response = client.get(CALLBACK, {"state": state, "code": "a-code"})

    assert (response.status_code, code_on(response)) == (424, "S7")
    assert SocialAccount.objects.count() == 1


def test_a_silent_provider_is_waited_for_once_and_not_by_everybody(client, settings):
    """A server that takes the connection and says nothing holds one web process, for seconds."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        switch_on(settings, f"http://127.0.0.1:{silent.getsockname()[1]}")
        silent.settimeout(0.1)
        codes = [code_on(client.post(START)) for _person in range(3)]
        connections = 0
        while True:
            try:
                silent.accept()[0].close()
            except TimeoutError:
                break
            connections += 1

    assert (codes, connections) == (["S7"] * 3, 1)
    assert cache.get(openid.AWAY)


def test_the_sign_in_page_itself_asks_the_provider_nothing(client, forger):
    client.get(LOGIN)

    assert forger.asked == []
    assert urlsplit(forger.issuer).hostname == "127.0.0.1"
