"""The campus sign-in against a real provider: who gets in, who does not, and as whom."""

import re
from urllib.parse import urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import Client

from isso.requests.notices.links import absolute_link
from isso.requests.notices.outbox import deliver_due
from isso.requests.people import campus
from isso.requests.people.invitations import invite, resend, revoke
from isso.requests.people.models import Purpose, User
from isso.tests.error_pages import without_code
from isso.tests.factories import make_user
from isso.tests.people.campus_provider import question

pytestmark = pytest.mark.django_db

LOGIN, START, CONNECT = "/accounts/login/", "/accounts/campus/", "/accounts/campus/connect/"


@pytest.fixture
def sofia(provider):
    """Somebody whose campus account is bound."""
    user = make_user("sofia@school.example", "Sofia Ng")
    campus.bind(user, "sofia-at-campus")
    provider.knows("sofia-at-campus", email="sofia@school.example", email_verified=True)
    return user


def set_out(client, next_page=""):
    """Press the campus button; return where the browser is sent."""
    return client.post(START, {"next": next_page})["Location"]


def sign_in(client, provider, subject, next_page=""):
    """Go there, sign in as somebody, and come back."""
    return client.get(provider.sign_in(set_out(client, next_page), subject))


def who(client):
    """The address of whoever is signed in."""
    key = client.session.get("_auth_user_id")
    return User.objects.get(pk=key).email if key else None


def code_on(response):
    """The code that a refusal shows, for the phone."""
    return re.search(r"Sign-in error (S\d)", response.content.decode())[1]


def test_the_bound_person_gets_in_again_and_again_as_the_same(client, provider, sofia):
    signed_in = []
    for _time in range(2):
        browser = Client()
        answer = sign_in(browser, provider, "sofia-at-campus")
        signed_in.append((answer["Location"], who(browser)))

    assert signed_in == [("/portal/", "sofia@school.example")] * 2
    assert SocialAccount.objects.values_list("provider", "uid", "user").get() == (
        provider.issuer,
        "sofia-at-campus",
        sofia.pk,
    )
    assert User.objects.count() == 1


def test_what_is_asked_is_bound_to_this_browser_and_says_nothing_of_anybody(client, provider):
    address = set_out(client)
    asked = question(address)

    assert address.startswith(f"{provider.issuer}/oauth2/authorize?")
    secrets = {asked.pop(name) for name in ("state", "nonce", "code_challenge")}
    assert len(secrets) == 3
    assert {len(secret) for secret in secrets} == {43}
    assert asked == {
        "response_type": "code",
        "client_id": "isso-tests",
        "redirect_uri": "http://testserver/accounts/campus/callback/",
        "scope": "openid email",
        "code_challenge_method": "S256",
    }


STRANGERS = {
    "case_29 an unverified e-mail": {"email": "sofia@school.example", "email_verified": False},
    "case_29 the same e-mail, verified": {"email": "sofia@school.example", "email_verified": True},
    "case_29 another person's e-mail": {"email": "noor@school.example", "email_verified": True},
    "case_29 capitals": {"email": "SOFIA@school.example", "email_verified": True},
    "case_29 the superuser's e-mail": {"email": "admin@school.example", "email_verified": True},
    "case_29 no e-mail": {},
    "case_29 an e-mail that is none": {"email": {"a": 1}, "email_verified": "yes"},
    "case_29 a name we know": {"name": "Sofia Ng", "preferred_username": "sofia"},
}


@pytest.mark.parametrize("case", STRANGERS)
def test_nobody_is_found_by_anything_but_the_number(client, provider, sofia, case):
    make_user("noor@school.example", "Noor Ali")
    User.objects.create_superuser("admin@school.example", full_name="A")
    provider.knows("somebody-else", **STRANGERS[case])
    before = list(User.objects.order_by("pk").values())

    answer = sign_in(client, provider, "somebody-else", "/admin/")

    assert (answer.status_code, code_on(answer), who(client)) == (403, "S4", None)
    assert b'href="/contact/"' in answer.content
    assert list(User.objects.order_by("pk").values()) == before
    assert SocialAccount.objects.count() == 1


def test_the_refusal_is_the_same_for_known_and_unknown_addresses(provider, sofia):
    """case_29: what a stranger reads tells nothing of who is known here."""
    pages = set()
    for number, email in enumerate(["sofia@school.example", "nobody@school.example"]):
        provider.knows(f"stranger-{number}", email=email)
        page = without_code(sign_in(Client(), provider, f"stranger-{number}"))
        page = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page)
        pages.add(page.replace(email, ""))

    assert len(pages) == 1


def test_a_changed_email_changes_nothing(client, provider, sofia):
    """case_29: the number stays, so the person stays, and the address here, too."""
    make_user("married@school.example", "Somebody Else")
    provider.knows("sofia-at-campus", email="married@school.example", email_verified=True)
    sign_in(client, provider, "sofia-at-campus")

    assert who(client) == "sofia@school.example"
    assert SocialAccount.objects.get().extra_data == {}


def test_the_number_of_another_issuer_is_another_person(client, provider, sofia):
    SocialAccount.objects.update(provider="https://old.school.example")

    assert code_on(sign_in(client, provider, "sofia-at-campus")) == "S4"


def test_a_closed_account_stays_closed(client, provider, sofia):
    """case_32: the office has disabled this person."""
    User.objects.update(is_active=False)
    answer = sign_in(client, provider, "sofia-at-campus")

    assert (answer.status_code, code_on(answer), who(client)) == (403, "S5", None)


def with_changed(address, **changes):
    """Change what an address asks or answers."""
    parts = urlsplit(address)
    values = question(address) | changes
    return parts._replace(
        query="&".join(f"{name}={each}" for name, each in values.items())
    ).geturl()


def test_a_wrong_nonce_signs_nobody_in(client, provider, sofia):
    """case_29: a token that was made for another sign-in."""
    answer = client.get(
        provider.sign_in(with_changed(set_out(client), nonce="another"), "sofia-at-campus")
    )

    assert (answer.status_code, code_on(answer), who(client)) == (400, "S3", None)


@pytest.mark.parametrize("state", ["another", "", "ü"])
def test_a_wrong_state_signs_nobody_in(client, provider, sofia, state):
    """case_29: an answer that this browser has not asked for."""
    back = provider.sign_in(set_out(client), "sofia-at-campus")
    answer = client.get(with_changed(back, state=state))

    assert (answer.status_code, code_on(answer), who(client)) == (400, "S1", None)


def test_an_answer_is_worth_nothing_in_another_browser(client, provider, sofia):
    """case_29: a link with a good answer, sent to a victim."""
    back = provider.sign_in(set_out(client), "sofia-at-campus")
    victim = Client()
    set_out(victim)
    answer = victim.get(back)

    assert (answer.status_code, code_on(answer), who(victim)) == (400, "S1", None)


def test_an_answer_works_once(client, provider, sofia):
    """case_29: the same answer again, in the same browser and by its code in another sign-in."""
    back = provider.sign_in(set_out(client), "sofia-at-campus")
    client.get(back)
    client.post("/accounts/logout/")
    again = client.get(back)
    replayed = client.get(with_changed(back, state=question(set_out(client))["state"]))

    assert (again.status_code, code_on(again)) == (400, "S1")
    assert (replayed.status_code, code_on(replayed)) == (400, "S3")
    assert who(client) is None


def test_after_ten_minutes_an_answer_is_too_late(client, provider, sofia):
    back = provider.sign_in(set_out(client), "sofia-at-campus")
    session = client.session
    session["campus_journeys"] = [
        each | {"began": each["began"] - 601} for each in session["campus_journeys"]
    ]
    session.save()

    assert code_on(client.get(back)) == "S1"


def test_who_stops_there_is_told_that_nothing_happened(client, provider, sofia):
    answer = client.get(provider.refuse(set_out(client)))

    assert (answer.status_code, code_on(answer), who(client)) == (400, "S2", None)


@pytest.mark.parametrize(
    ("next_page", "lands_on"),
    [
        ("/portal/requests/?a=1", "/portal/requests/?a=1"),
        ("", "/portal/"),
        ("https://evil.example/", "/portal/"),
        ("//evil.example/", "/portal/"),
        ("/\\evil.example/", "/portal/"),
        ("/\t/evil.example/", "/portal/"),
        ("javascript:alert(1)", "/portal/"),
    ],
)
def test_the_way_there_and_back_leads_only_to_own_pages(
    client, provider, sofia, next_page, lands_on
):
    """case_25: with single sign-on, by the button and by the typed address."""
    typed = Client()
    address = typed.post(LOGIN, {"login": "sofia@school.example", "next": next_page})["Location"]

    assert sign_in(client, provider, "sofia-at-campus", next_page)["Location"] == lands_on
    assert typed.get(provider.sign_in(address, "sofia-at-campus"))["Location"] == lands_on
    assert who(client) == who(typed) == "sofia@school.example"


def test_the_session_key_changes_and_another_persons_session_ends(client, provider, sofia):
    """case_32: a key that somebody has put into the browser opens nothing afterwards."""
    back = provider.sign_in(set_out(client), "sofia-at-campus")
    before = client.session.session_key
    client.get(back)
    planted = Client()
    planted.cookies["sessionid"] = before

    assert who(client) == "sofia@school.example"
    assert client.session.session_key != before
    assert who(planted) is None


def test_coming_back_ends_the_session_of_somebody_else(client, provider, sofia):
    back = provider.sign_in(set_out(client), "sofia-at-campus")
    session = client.session
    other = make_user("noor@school.example", "Noor Ali")
    client.force_login(other)
    for name, value in session.items():
        kept = client.session
        kept[name] = value
        kept.save()
    client.get(back)

    assert who(client) == "sofia@school.example"


def test_only_a_posted_form_sets_out(client, provider):
    """case_33: a link or an image on another site starts no sign-in."""
    strict = Client(enforce_csrf_checks=True)

    assert client.get(START).status_code == 405
    assert strict.post(START).status_code == 403


@pytest.mark.parametrize("address", [START, "/accounts/campus/callback/?code=a&state=b", CONNECT])
@pytest.mark.parametrize("method", ["get", "post"])
def test_without_a_campus_sign_in_none_of_it_exists(client, db, address, method):
    client.force_login(make_user("noor@school.example"))

    assert getattr(client, method)(address).status_code in (404, 405)
    assert b"/accounts/campus/" not in Client().get(LOGIN).content


def test_the_sign_in_page_may_lead_there_and_no_other_page(client, provider, settings):
    settings.OIDC_ORIGINS = ["https://login.school.example"]
    allowed = f"form-action 'self' {provider.issuer} https://login.school.example"

    assert allowed in client.get(LOGIN)["Content-Security-Policy"]
    assert "form-action 'self';" in client.get("/portal/")["Content-Security-Policy"] + ";"


# Connecting: a person who is signed in by a code binds the own campus account.


@pytest.fixture
def noor(provider):
    """Somebody who signs in with codes and has a campus account."""
    provider.knows("noor-at-campus", email="other@school.example")
    return make_user("noor@mail.example", "Noor Ali")


def enter_by_code(client, user):
    """Sign in with a mailed code."""
    client.post(LOGIN, {"login": user.email})
    deliver_due()
    code = re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]+)$", mail.outbox[-1].body, re.MULTILINE)[1]
    return client.post("/accounts/login/code/confirm/", {"code": code})


def connect(client, provider, subject, answer="yes"):
    """Connect a campus account, and say whether it is the own one."""
    address = client.post(CONNECT)["Location"]
    asks = client.get(provider.sign_in(address, subject))
    return client.post(asks["Location"], {answer: "1"})


def test_who_connects_the_own_account_signs_in_with_it_from_then_on(client, provider, noor):
    enter_by_code(client, noor)
    answer = connect(client, provider, "noor-at-campus")
    other = Client()
    sign_in(other, provider, "noor-at-campus")
    deliver_due()

    assert (answer["Location"], who(other)) == (CONNECT, "noor@mail.example")
    assert mail.outbox[-1].subject == "For your information: Your campus account is connected"
    assert mail.outbox[-1].to == ["noor@mail.example"]


def test_one_campus_account_opens_one_persons_portal(client, provider, sofia, noor):
    enter_by_code(client, noor)

    assert code_on(connect(client, provider, "sofia-at-campus")) == "S6"
    assert SocialAccount.objects.get().user == sofia


def test_one_person_has_one_campus_account(provider, sofia):
    with pytest.raises(campus.CannotBind):
        campus.bind(sofia, "second-account")
    campus.bind(sofia, "sofia-at-campus")

    assert SocialAccount.objects.get().uid == "sofia-at-campus"


def test_the_operators_take_a_wrong_connection_back(client, provider, sofia, noor):
    call_command("disconnect_campus", "SOFIA@school.example")
    with pytest.raises(CommandError, match="No campus account is connected"):
        call_command("disconnect_campus", "sofia@school.example")
    with pytest.raises(CommandError, match="Nobody here signs in"):
        call_command("disconnect_campus", "nobody@school.example")
    assert code_on(sign_in(client, provider, "sofia-at-campus")) == "S4"

    enter_by_code(client, noor)
    connect(client, provider, "sofia-at-campus")
    assert SocialAccount.objects.get().user == noor


def test_an_old_session_connects_nothing(client, provider, noor):
    enter_by_code(client, noor)
    session = client.session
    session["account_authentication_methods"][0]["at"] -= 901
    session.save()
    answer = client.post(CONNECT)

    assert (answer.status_code, code_on(answer)) == (403, "S8")


def test_who_says_no_connects_nothing(client, provider, noor):
    """Somebody else was still signed in at the campus on this computer."""
    enter_by_code(client, noor)

    assert code_on(connect(client, provider, "noor-at-campus", "no")) == "S9"
    assert code_on(client.post("/accounts/campus/confirm/", {"yes": "1"})) == "S1"
    assert SocialAccount.objects.count() == 0


def test_who_signed_out_on_the_way_connects_nothing(client, provider, noor):
    enter_by_code(client, noor)
    address = client.post(CONNECT)["Location"]
    back = provider.sign_in(address, "noor-at-campus")
    client.post("/accounts/logout/")

    assert code_on(client.get(back)) == "S1"
    assert SocialAccount.objects.count() == 0


# Invitations: the link proves who reads the mail, the campus account is bound to that person.


@pytest.fixture
def priya(provider):
    """Somebody who was invited and has never signed in."""
    provider.knows("priya-at-campus", email="Priya@School.example", email_verified=False)
    user = User.objects.create_user("priya@school.example", full_name="Priya Raman")
    invite(user, Purpose.STUDENT)
    return user


def invitation_of(user):
    """The path in the newest mail."""
    link = user.invitations.get().notice.links["link"]
    return urlsplit(absolute_link(link)).path


def accept_at_campus(client, provider, user, subject):
    address = client.post(f"{invitation_of(user)}campus/")["Location"]
    return client.get(provider.sign_in(address, subject))


def test_an_invited_person_is_bound_by_the_link_and_gets_in(client, provider, priya):
    answer = accept_at_campus(client, provider, priya, "priya-at-campus")
    again = Client()
    sign_in(again, provider, "priya-at-campus")

    assert (answer["Location"], who(client), who(again)) == ("/portal/", priya.email, priya.email)
    assert priya.invitations.get().state == "accepted"


def test_another_address_there_is_asked_about_before_it_is_bound(client, provider, priya):
    provider.knows("roommate", email="room@school.example")
    asks = accept_at_campus(client, provider, priya, "roommate")
    page = client.get(asks["Location"]).content.decode()

    assert "room@school.example" in page
    assert "Priya Raman" in page
    assert (who(client), SocialAccount.objects.count()) == (None, 0)

    assert code_on(client.post(asks["Location"])) == "S9"
    assert (who(client), priya.invitations.get().state) == (None, "open")


def test_an_invitation_binds_nobody_who_has_an_account_already(client, provider, sofia, priya):
    """case_28: an invitation for a person, opened by somebody with single sign-on."""
    asks = accept_at_campus(client, provider, priya, "sofia-at-campus")
    answer = client.post(asks["Location"], {"yes": "1"})

    assert (code_on(answer), who(client)) == ("S6", None)
    assert priya.invitations.get().state == "open"
    assert SocialAccount.objects.get().user == sofia


@pytest.mark.parametrize("ended_by", ["revoke", "resend"])
def test_an_invitation_that_ended_on_the_way_binds_nobody(client, provider, priya, ended_by):
    """case_28: taken back, or replaced, while the person was away at the campus."""
    address = client.post(f"{invitation_of(priya)}campus/")["Location"]
    back = provider.sign_in(address, "priya-at-campus")
    invitation = priya.invitations.get()
    revoke(invitation) if ended_by == "revoke" else resend(invitation, seen=1)

    assert code_on(client.get(back)) == "S1"
    assert (who(client), SocialAccount.objects.count()) == (None, 0)


def test_an_invitation_opened_by_somebody_before_binds_nobody_after(client, provider, priya):
    """On a shared computer: only who goes on from the invitation itself is bound by it."""
    client.get(invitation_of(priya))
    client.post(f"{invitation_of(priya)}campus/")
    provider.knows("next-in-line", email="priya@school.example", email_verified=True)

    assert code_on(sign_in(client, provider, "next-in-line")) == "S4"


def test_the_link_of_the_staff_is_no_way_around_the_campus(client, provider):
    """case_31: an invitation is a mailed link, and staff never enter by mail alone."""
    user = User.objects.create_user("lee@school.example", full_name="Lee Wong", is_staff=True)
    invite(user, Purpose.STAFF)
    client.post(invitation_of(user))

    assert (who(client), user.invitations.get().state) == (None, "open")
