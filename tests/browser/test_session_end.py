"""A session that ends while somebody fills in a page of a request: nothing typed is lost."""

from datetime import timedelta

import pytest

from isso.requests.models import StudentRequest
from isso.tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

SOON = "You will be signed out in two minutes, because you have not been active."


@pytest.fixture
def amara(monday, office):
    """A student, with the clock of the server standing still."""
    return factories.make_student("amara@school.example")


@pytest.fixture
def address(amara, office):
    """The page of a draft that asks for the countries of a trip."""
    draft = factories.make_draft(amara)
    return f"{office}/portal/requests/{draft.reference}/edit/details/"


def kept():
    """Return the countries as they stand in the draft."""
    return StudentRequest.objects.get().answers["countries"]


def sign_in(page):
    page.get_by_label("E-mail address").fill("amara@school.example")
    page.get_by_label("Password").fill("demo")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def countries(page):
    return page.locator("[name=countries]")


def save(page):
    page.get_by_role("button", name="Save and continue").click()


def test_it_warns_and_what_was_typed_comes_back_after_the_end(monday, address, page):
    page.clock.install()
    page.goto(address)
    sign_in(page)
    page.wait_for_url(address)

    # Two minutes before the end it warns, and one press stays signed in.
    monday.shift(timedelta(minutes=58))
    page.clock.run_for(58 * 60_000 + 1_000)
    page.get_by_text(SOON).wait_for()
    page.get_by_role("button", name="Stay signed in").click()
    page.get_by_text(SOON).wait_for(state="hidden")
    monday.shift(timedelta(minutes=59))
    countries(page).fill("Ghana")
    page.clock.run_for(4_000)
    page.get_by_text("Saved at 11:57 am.").wait_for()
    assert kept() == "Ghana"

    # It ends all the same; another tab signs in, and the page saves by itself.
    monday.shift(timedelta(minutes=61))
    countries(page).fill("Ghana and Togo")
    page.clock.run_for(4_000)
    page.get_by_text("You are signed out. Sign in in another tab").wait_for()
    assert kept() == "Ghana"
    page.clock.run_for(61 * 60_000)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Sign in again").click()
    other = opened.value
    sign_in(other)
    other.wait_for_url(address)
    assert countries(other).input_value() == "Ghana and Togo"
    other.close()
    page.bring_to_front()
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    page.get_by_text("Saved at 12:58 pm.").wait_for()
    assert kept() == "Ghana and Togo"

    # Who presses Save without looking signs in, finds the page as it was, and goes on.
    monday.shift(timedelta(minutes=61))
    countries(page).fill("Ghana, Togo and Benin")
    save(page)
    come_back_and_save(page, address, "Ghana, Togo and Benin")


def test_without_scripts_nothing_typed_is_lost_either(monday, address, tab_for):
    page = tab_for(java_script_enabled=False)
    page.goto(address)
    sign_in(page)
    monday.shift(timedelta(minutes=61))
    countries(page).fill("Ghana")
    save(page)

    come_back_and_save(page, address, "Ghana")


def come_back_and_save(page, address, typed):
    """Sign in where Save led to; what was typed is there, and one press saves it."""
    assert "/accounts/login/" in page.url
    before = kept()
    sign_in(page)
    page.wait_for_url(address)
    assert page.get_by_text("What you typed is back").count() == 1
    assert (countries(page).input_value(), kept()) == (typed, before)
    save(page)
    page.wait_for_url(lambda url: url != address)
    assert kept() == typed
