"""The second factor of staff: asked for before the admin opens, in every session anew."""

import time
from urllib.parse import quote

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from isso.home.office import the_office
from isso.requests.notices.outbox import deliver_due
from isso.requests.people import campus
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff, make_student

pytestmark = pytest.mark.django_db

SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _required(settings):
    settings.REQUIRE_STAFF_MFA = True
    settings.PASSWORD_SIGN_IN = True


def current_code(secret=SECRET):
    """What the authenticator app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def sign_in(client, user):
    return client.post("/accounts/login/", {"login": user.email, "password": "demo"})


@pytest.mark.parametrize("address", ["/admin/", "/admin/notices/notice/", "/portal/"])
def test_staff_without_one_are_led_to_set_it_up(client, address):
    sign_in(client, make_staff(Role.ADVISOR))
    response = client.get(address)

    assert response["Location"].startswith("/accounts/2fa/totp/activate/?next=%2F")


def test_staff_with_one_must_use_it(client):
    user = make_staff(Role.ADVISOR)
    TOTP.activate(user, SECRET)
    response = sign_in(client, user)
    assert response["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")

    client.post("/accounts/2fa/authenticate/", {"code": current_code()})
    assert client.get("/admin/").status_code == 200


def test_a_session_that_slipped_past_it_opens_nothing(client):
    """case_31: the last line, should a new door ever forget it."""
    user = make_staff(Role.ADVISOR)
    TOTP.activate(user, SECRET)
    client.force_login(user)

    assert client.get("/admin/")["Location"] == "/accounts/2fa/reauthenticate/?next=%2Fadmin%2F"


def test_setting_it_up_opens_the_admin(client):
    user = make_staff(Role.EDITOR)
    sign_in(client, user)
    client.post("/accounts/reauthenticate/", {"password": "demo"})
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200

    code = current_code(client.session["mfa.totp.secret"])
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    assert client.get("/admin/").status_code == 200
    assert client.get("/accounts/2fa/recovery-codes/").status_code == 200
    assert set(Authenticator.objects.values_list("user", "type")) == {
        (user.pk, "totp"),
        (user.pk, "recovery_codes"),
    }


def test_the_code_that_set_it_up_opens_no_other_browser(client):
    """case_31: somebody who knows the password saw it being typed."""
    user = make_staff(Role.EDITOR)
    sign_in(client, user)
    client.post("/accounts/reauthenticate/", {"password": "demo"})
    client.get("/accounts/2fa/totp/activate/")
    code = current_code(client.session["mfa.totp.secret"])
    client.post("/accounts/2fa/totp/activate/", {"code": code})
    thief = Client()
    sign_in(thief, user)
    thief.post("/accounts/2fa/authenticate/", {"code": code})

    assert [each.get("/admin/").status_code for each in (client, thief)] == [200, 302]


def test_the_app_names_the_office_and_the_person(client, office):
    user = make_staff(Role.EDITOR)
    sign_in(client, user)
    client.post("/accounts/reauthenticate/", {"password": "demo"})
    page = client.get("/accounts/2fa/totp/activate/")
    secret = client.session["mfa.totp.secret"]

    assert page.context["totp_url"] == (
        f"otpauth://totp/{quote(user.email)}?secret={secret}&issuer={the_office().short_name}"
    )


def test_the_way_on_never_leads_to_a_foreign_site(client):
    user = make_staff(Role.EDITOR)
    sign_in(client, user)
    client.post("/accounts/reauthenticate/", {"password": "demo"})
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    ways = [
        client.get("/accounts/2fa/recovery-codes/", {"next": where}).context["way_on"]
        for where in ("/admin/pages/", "https://evil.example/", "//evil.example")
    ]

    assert ways == ["/admin/pages/", "/accounts/login/", "/accounts/login/"]


def test_a_wrong_code_sets_nothing_up(client):
    sign_in(client, make_staff(Role.EDITOR))
    client.post("/accounts/reauthenticate/", {"password": "demo"})
    client.get("/accounts/2fa/totp/activate/")
    client.post("/accounts/2fa/totp/activate/", {"code": "000000"})

    assert Authenticator.objects.count() == 0
    assert client.get("/admin/").status_code == 302


def test_a_recovery_code_works_once(client):
    """case_31: the telephone is lost."""
    user = make_staff(Role.ADVISOR)
    TOTP.activate(user, SECRET)
    RecoveryCodes.activate(user)
    wrapped = Authenticator.objects.get(user=user, type="recovery_codes").wrap()
    code = wrapped.get_unused_codes()[0]
    opened = []
    for _session in range(2):
        client.logout()
        sign_in(client, user)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        opened.append(client.get("/admin/").status_code)

    assert opened == [200, 302]


def test_a_code_of_the_app_works_once(client):
    """case_31: somebody reads the code over the shoulder and is quick."""
    user = make_staff(Role.ADVISOR)
    TOTP.activate(user, SECRET)
    code, opened = current_code(), []
    for _browser in range(2):
        client.logout()
        sign_in(client, user)
        client.post("/accounts/2fa/authenticate/", {"code": code})
        opened.append(client.get("/admin/").status_code)

    assert opened == [200, 302]


@pytest.mark.parametrize(
    "address",
    [
        "/admin/password_reset/",
        "/admin/password_reset/confirm/MQ/x-y/",
        "/accounts/password/reset/",
        "/accounts/signup/",
        "/accounts/oidc/campus/login/",
        "/accounts/oidc/campus/login/callback/",
        "/accounts/3rdparty/",
        "/accounts/social/signup/",
        "/accounts/2fa/webauthn/login/",
        "/django-admin/login/",
    ],
)
def test_there_is_no_other_door(client, provider, address):
    """case_31: also none of those that allauth would bring."""
    user = make_staff(Role.ADVISOR)
    asked = {"email": user.email, "username": user.email, "password": "demo"}

    assert {client.get(address).status_code, client.post(address, asked).status_code} == {404}
    deliver_due()
    assert mail.outbox == []


# The campus sign-in is a first factor only, whatever it claims.


def bound(provider, role=Role.ADVISOR, **claims):
    """A member of the staff who signs in at the campus."""
    user = make_staff(role)
    user.set_unusable_password()
    user.save()
    campus.bind(user, "staff-at-campus")
    provider.knows("staff-at-campus", email=user.email, **claims)
    return user


def enter_at_campus(client, provider, next_page="/admin/"):
    address = client.post("/accounts/campus/", {"next": next_page})["Location"]
    return client.get(provider.sign_in(address, "staff-at-campus"))


def test_staff_need_theirs_after_the_campus_too(client, provider):
    """case_31: first to set it up, in every later session to show it."""
    user = bound(provider, amr=["mfa", "otp"], acr="https://refeds.org/profile/mfa")
    enter_at_campus(client, provider)
    assert client.get("/admin/")["Location"].startswith("/accounts/2fa/totp/activate/")

    TOTP.activate(user, SECRET)
    client.logout()
    answer = enter_at_campus(client, provider, "/admin/pages/")
    assert answer["Location"].startswith("/accounts/2fa/authenticate/")
    assert client.get("/admin/")["Location"].startswith("/accounts/login/")
    answer = client.post(answer["Location"], {"code": current_code()})
    assert answer["Location"] == "/admin/pages/"
    assert client.get("/admin/").status_code == 200


def test_staff_who_come_from_the_campus_can_set_theirs_up(client, provider):
    bound(provider)
    enter_at_campus(client, provider)
    assert client.get("/accounts/2fa/totp/activate/").status_code == 200
    code = current_code(client.session["mfa.totp.secret"])
    client.post("/accounts/2fa/totp/activate/", {"code": code})

    assert client.get("/admin/").status_code == 200


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_connects_a_campus_account_to_the_staff_before_theirs(client, provider, method):
    """case_31: a stolen password must not be made into a second key."""
    sign_in(client, make_staff(Role.ADVISOR))
    answer = getattr(client, method)("/accounts/campus/connect/")

    assert answer["Location"].startswith("/accounts/2fa/totp/activate/")


def test_students_are_not_asked(client):
    sign_in(client, make_student().user)

    assert "2fa" not in client.get("/portal/").headers.get("Location", "")


def test_nobody_is_asked_where_the_setting_is_off(client, settings):
    settings.REQUIRE_STAFF_MFA = False
    sign_in(client, make_staff(Role.ADVISOR))

    assert client.get("/admin/").status_code == 200
