"""Signing in: by password where people have one, else by a mailed code; no other way in."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.urls import Resolver404, resolve

from isso.requests.notices.outbox import deliver_due
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff, make_user

pytestmark = pytest.mark.django_db

LOGIN = "/accounts/login/"


@pytest.fixture
def passwords(settings):
    """The demonstration's way: e-mail and password."""
    settings.PASSWORD_SIGN_IN = True


@pytest.fixture
def sofia():
    """Somebody with an account."""
    return make_user("sofia@demo.example", "Sofia Ng")


def sign_in(client, email="sofia@demo.example", password="demo", query="", **headers):  # noqa: S107
    return client.post(f"{LOGIN}{query}", {"login": email, "password": password}, **headers)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def mailed():
    """What the worker has sent by now."""
    deliver_due()
    return mail.outbox


def code_of(message):
    return re.search(r"^\s*([A-Z0-9]{3,}-?[A-Z0-9]+)\s*$", message.body, re.MULTILINE)[1]


@pytest.mark.parametrize(
    ("next_page", "lands_on"),
    [
        ("/portal/requests/", "/portal/requests/"),
        ("/portal/profile/?tab=1", "/portal/profile/?tab=1"),
        ("", "/portal/"),
        ("https://evil.example/", "/portal/"),
        ("//evil.example/", "/portal/"),
        ("/\\evil.example/", "/portal/"),
        ("/\t/evil.example/", "/portal/"),
        ("javascript:alert(1)", "/portal/"),
        ("http:evil.example", "/portal/"),
        ("https://testserver/portal/requests/", "/portal/"),
    ],
)
def test_sign_in_leads_only_to_own_pages(client, sofia, passwords, next_page, lands_on):
    """case_25: on signing in."""
    response = client.post(
        LOGIN, {"login": "sofia@demo.example", "password": "demo", "next": next_page}
    )

    assert (response.status_code, response["Location"]) == (302, lands_on)
    assert is_signed_in(client)


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.SUPERVISOR, Role.EDITOR])
def test_staff_land_in_the_admin(client, passwords, role):
    user = make_staff(role)

    assert sign_in(client, user.email)["Location"] == "/admin/"


@pytest.mark.parametrize("email", ["SOFIA@demo.example", " sofia@demo.example "])
def test_capitals_and_spaces_in_the_address_do_not_matter(client, sofia, passwords, email):
    sign_in(client, email)

    assert is_signed_in(client)


def test_the_answer_does_not_tell_who_is_known(client, sofia, passwords):
    answers = set()
    for email in ("sofia@demo.example", "nobody@demo.example"):
        response = sign_in(client, email, "wrong")
        answers.add((response.status_code, str(response.context["form"].errors)))

    assert len(answers) == 1
    assert answers.pop()[0] == 200
    assert not is_signed_in(client)


@pytest.mark.parametrize("password", ["demo", "wrong"])
def test_a_disabled_account_stays_out(client, sofia, passwords, password):
    sofia.is_active = False
    sofia.save()
    sign_in(client, password=password)

    assert not is_signed_in(client)


def test_disabling_an_account_ends_its_sessions(client, sofia, passwords):
    """case_32: the next request of a disabled person is a stranger's."""
    sign_in(client)
    assert client.get(LOGIN).status_code == 302
    sofia.is_active = False
    sofia.save()

    assert client.get(LOGIN).status_code == 200


def test_the_session_key_changes_at_sign_in(client, sofia, passwords):
    """case_32: session fixation."""
    client.cookies["sessionid"] = "chosen-by-somebody-else"
    sign_in(client)

    assert client.cookies["sessionid"].value != "chosen-by-somebody-else"


def test_five_wrong_tries_lock_the_account_for_a_while_but_nobody_else(client, sofia, passwords):
    """case_34: many people behind one address of a dormitory."""
    make_user("noor@demo.example", "Noor Ali")
    for _try in range(5):
        sign_in(client, password="wrong")
    sign_in(client)
    assert not is_signed_in(client)

    # The same dormitory, the same network address.
    sign_in(client, "noor@demo.example")
    assert is_signed_in(client)


def test_wrong_tries_from_elsewhere_lock_nobody_out(client, sofia, passwords):
    """case_34: a stranger who knows the address types wrong passwords all day."""
    for _try in range(9):
        sign_in(client, password="wrong", REMOTE_ADDR="198.51.100.7")
    sign_in(client, REMOTE_ADDR="198.51.100.7")
    assert not is_signed_in(client)

    sign_in(client, REMOTE_ADDR="203.0.113.5")
    assert is_signed_in(client)


def test_the_password_may_stay_empty_and_a_code_comes(client, sofia, passwords):
    response = sign_in(client, password="")

    assert response["Location"].startswith("/accounts/login/code/confirm/")
    assert [message.to for message in mailed()] == [[sofia.email]]


def test_a_cookie_that_was_stolen_before_signing_out_opens_nothing_after(client, sofia, passwords):
    """case_32"""
    sign_in(client)
    thief = Client()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get("/portal/").status_code != 302
    client.post("/accounts/logout/")

    assert thief.get("/portal/")["Location"] == f"{LOGIN}?next=/portal/"


def test_a_role_that_was_taken_away_is_gone_with_the_next_request(client, passwords):
    """case_32"""
    user = make_staff(Role.EDITOR)
    sign_in(client, user.email)
    assert client.get("/admin/").status_code == 200
    user.groups.clear()

    assert client.get("/admin/").status_code == 302


@pytest.mark.parametrize("address", ["/portal/", "/accounts/2fa/", "/accounts/logout/"])
def test_the_back_button_of_a_shared_computer_shows_nothing(client, sofia, passwords, address):
    """case_32: no page of a signed-in person is stored."""
    sign_in(client)

    assert "no-store" in client.get(address)["Cache-Control"]


def test_no_switch_of_the_language_leads_elsewhere(client):
    """case_25: the language is the beginning of the address; no page takes one to go to."""
    page = client.get(f"{LOGIN}?next=https://evil.example/").content.decode()
    links = re.findall(r'(?:href|action)="([^"]*)"', page)

    assert [link for link in links if "evil.example" in link] == []
    assert client.post("/i18n/setlang/", {"next": "https://evil.example/"}).status_code == 404


def test_without_passwords_a_code_comes_by_mail(client, sofia):
    page = client.get(LOGIN)
    assert list(page.context["form"].fields) == ["login"]

    response = client.post(f"{LOGIN}?next=/portal/profile/", {"login": "sofia@demo.example"})
    assert response["Location"].startswith("/accounts/login/code/confirm/")
    (message,) = mailed()
    assert message.to == ["sofia@demo.example"]
    assert "testserver" not in message.body.replace("http://testserver", "")

    response = client.post(
        "/accounts/login/code/confirm/?next=/portal/profile/", {"code": code_of(message)}
    )
    assert response["Location"] == "/portal/profile/"
    assert is_signed_in(client)


def test_a_password_is_worth_nothing_where_codes_are_the_way(client, sofia):
    sign_in(client)

    assert not is_signed_in(client)


def test_a_code_is_bound_to_its_browser_and_to_three_tries(client, sofia):
    client.post(LOGIN, {"login": "sofia@demo.example"})
    code = code_of(mailed()[0])
    other = Client()
    other.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_signed_in(other)

    for _try in range(3):
        client.post("/accounts/login/code/confirm/", {"code": "WRONG1"})
    client.post("/accounts/login/code/confirm/", {"code": code})
    assert not is_signed_in(client)


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, sofia):
    known = client.post(LOGIN, {"login": "sofia@demo.example"})
    unknown = client.post(LOGIN, {"login": "nobody@demo.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [message.to for message in mailed()] == [["sofia@demo.example"]]


def test_a_mail_server_that_is_away_breaks_nothing(client, sofia, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    assert client.post(LOGIN, {"login": "sofia@demo.example"}).status_code == 302


@pytest.mark.parametrize("host", ["evil.example", "testserver.evil.example"])
def test_a_forged_host_gets_nothing(client, sofia, host):
    client.post(LOGIN, {"login": "sofia@demo.example"}, headers={"host": host})

    assert mailed() == []


@pytest.mark.parametrize("address", ["/admin/login/", "/_util/login/"])
def test_wagtails_own_doors_lead_to_ours(client, sofia, address):
    """case_31: no password alone opens the admin."""
    response = client.post(f"{address}?next=/admin/", {"username": sofia.email, "password": "demo"})

    assert (response.status_code, response["Location"]) == (302, f"{LOGIN}?next=/admin/")
    assert not is_signed_in(client)


@pytest.mark.parametrize("address", ["/admin/", "/admin/login/?next=/admin/", "/_util/login/"])
def test_who_is_signed_in_and_may_not_enter_the_admin_lands_in_the_portal(client, sofia, address):
    client.force_login(sofia)
    response = client.get(address, follow=True)
    assert response.redirect_chain[-1] == ("/portal/", 302)


@pytest.mark.parametrize(
    "path", ["signup/", "password/reset/", "password/change/", "email/", "confirm-email/"]
)
def test_what_the_office_does_not_use_has_no_address(path):
    try:
        match = resolve(f"/accounts/{path}").url_name
    except Resolver404:
        match = None

    # Only Wagtail's page tree answers, with "not found".
    assert match in (None, "wagtail_serve")


@pytest.mark.parametrize("next_page", ["https://evil.example/", "//evil.example/", "/\\evil"])
def test_sign_out_ends_the_session_and_leads_home(client, sofia, passwords, next_page):
    """case_25: on signing out."""
    sign_in(client)
    assert client.get("/accounts/logout/").status_code == 200
    assert is_signed_in(client)

    response = client.post("/accounts/logout/", {"next": next_page})
    assert response["Location"] == "/"
    assert not is_signed_in(client)


def test_the_sign_in_page_is_never_stored(client):
    assert "no-store" in client.get(LOGIN)["Cache-Control"]


def test_without_passwords_none_opens_anything_anywhere(client, sofia):
    """case_31: one that was set before, say by createsuperuser, is no second door."""
    sign_in(client)
    is_in = [is_signed_in(client)]
    for name in ("username", "email"):
        is_in.append(client.login(**{name: sofia.email}, password="demo"))
    client.force_login(sofia)
    client.post("/accounts/reauthenticate/", {"password": "demo"})

    assert is_in == [False, False, False]
    assert client.session.get("account_authentication_methods", []) == []
    assert not sofia.has_usable_password()


def test_one_way_to_compare_a_password_stands_in_the_settings(settings):
    assert settings.AUTHENTICATION_BACKENDS == ["isso.requests.people.backends.RoleBackend"]
