"""A member of the staff sets up the second factor, comes back with it, and loses the phone."""

import time
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from isso.tests import factories
from isso.tests.browser.eyes import Eyes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

HALF_A_MINUTE = timedelta(seconds=30)
REFUSED = "This code is wrong or was used before. Wait until your app shows the next one."


@pytest.fixture
def clock():
    """A clock that stands: an app shows one code until somebody moves it on."""
    with time_machine.travel(datetime(2026, 10, 5, 14, tzinfo=UTC), tick=False) as moved:
        yield moved


def shown_by_the_app(secret):
    """Return the code that the app on the phone shows now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def heading(page):
    return page.get_by_role("heading", level=1).inner_text()


def sign_in(page, address):
    """Come with the password from a browser that nobody has seen before."""
    page.context.clear_cookies()
    page.goto(address)
    page.get_by_label("E-mail address").fill("advisor@school.example")
    page.get_by_label("Password").fill("demo")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url(lambda url: "/accounts/login/" not in url)


def confirm(page):
    """Type the password once more."""
    page.get_by_label("Password").fill("demo")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/accounts/2fa/**")


def type_code(page, code, button="Sign in"):
    """Type a code, and return what the page says against it."""
    page.get_by_label("Code", exact=True).fill(code)
    with page.expect_navigation():
        page.locator("main").get_by_role("button", name=button, exact=True).click()
    return [" ".join(each.split()) for each in page.locator("main .error").all_inner_texts()]


def test_from_the_password_to_the_desk_and_back_without_the_phone(site, page, settings, clock):
    settings.REQUIRE_STAFF_MFA = True
    factories.make_staff(email="advisor@school.example")
    eyes, bookmark = Eyes(site), f"{site}/admin/students/"

    # The first time: nothing opens before the app is set up, and only who knows the password may.
    sign_in(page, bookmark)
    assert heading(page) == "Is it you?"
    confirm(page)
    assert heading(page) == "Set up your authenticator app"
    secret = page.locator("main code").inner_text()
    assert type_code(page, "000000", "Set up") == [f"Error: {REFUSED}"]
    eyes.look(page, "a wrong first code")
    assert page.locator("main code").inner_text() == secret
    first = shown_by_the_app(secret)
    assert type_code(page, first, "Set up") == []

    # The recovery codes are shown, once, and then the page that was asked for opens.
    assert heading(page) == "Your recovery codes"
    eyes.look(page, "recovery codes")
    kept = page.locator("main code").all_inner_texts()
    assert len(set(kept)) == 10
    way_on = page.get_by_role("link", name="I have kept them: continue").get_attribute("href")
    page.reload()
    assert page.locator("main code").count() == 0
    eyes.look(page, "recovery codes that were shown")
    page.get_by_role("link", name="Continue").click()
    page.wait_for_url(bookmark)
    assert f"{site}{way_on}" == bookmark

    # Who read the code over the shoulder is not let in with it; the next one opens.
    sign_in(page, bookmark)
    assert heading(page) == "Your second factor"
    assert type_code(page, first) == [f"Error: {REFUSED}"]
    eyes.look(page, "a code that was used")
    clock.shift(HALF_A_MINUTE)
    second = shown_by_the_app(secret)
    assert type_code(page, second) == []
    page.wait_for_url(bookmark)
    sign_in(page, bookmark)
    assert type_code(page, second) == [f"Error: {REFUSED}"]

    # The phone is lost: a recovery code opens once.
    assert type_code(page, kept[0]) == []
    page.wait_for_url(bookmark)
    sign_in(page, bookmark)
    assert type_code(page, kept[0]) == [f"Error: {REFUSED}"]
    type_code(page, kept[1])
    page.wait_for_url(bookmark)

    # A new phone: the old app is removed, and the new one has another key.
    page.goto(f"{site}/accounts/2fa/")
    eyes.look(page, "what is set up")
    assert page.get_by_text("You have 8 recovery codes left.").count() == 1
    page.get_by_role("link", name="Make new codes").click()
    confirm(page)
    eyes.look(page, "making new codes")
    page.get_by_role("link", name="Keep the old ones").click()
    page.get_by_role("link", name="Remove the app").click()
    eyes.look(page, "removing the app")
    page.get_by_role("button", name="Remove").click()
    page.wait_for_url("**/totp/activate/")
    assert page.locator("main code").inner_text() != secret
    sign_in(page, bookmark)
    confirm(page)
    assert heading(page) == "Set up your authenticator app"
    assert eyes.problems == []
