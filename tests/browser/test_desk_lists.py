"""The lists of the desk as axe and a narrow screen see them, with something on each of them."""

import pytest

from isso.requests.actor import Actor
from isso.requests.conversation import send_message
from isso.tests import factories
from isso.tests.browser.test_case import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

LISTS = (
    "desk/view/all/?q=fam",
    "desk/figures/",
    "desk/failures/",
    "desk/alerts/",
    "desk/messages/",
    "desk/bulk/runs/",
    "desk/admitted/",
    "desk/scholars/",
)


@pytest.fixture
def supervisor(office):
    """A supervisor of an office with four requests, one of them decided, one asked about."""
    someone = factories.make_staff("supervisor", email="supervisor@staff.example")
    for number, state in enumerate(("submitted", "in_review", "clarification", "denied")):
        person = factories.make_student(
            f"s{number}@school.example", family_name=f"Fam{'abcd'[number]}"
        )
        made = factories.make_request(person, "reprint", state)
        if state == "in_review":
            send_message(made, "Where is it?", Actor.for_student(person.user))
    return someone


def test_the_lists_are_accessible_in_light_and_dark_wide_and_narrow(supervisor, site, tab_for):
    tab, found = tab_for(supervisor.email), {}
    for address in LISTS:
        answer = tab.goto(f"{site}/admin/{address}")
        assert (address, answer.status) == (address, 200)
        if remarks := look(tab, address.split("/")[1]):
            found[address] = remarks
    assert found == {}


def test_a_row_is_reached_taken_and_opened_by_keyboard(supervisor, site, tab_for):
    tab = tab_for(supervisor.email)
    tab.goto(f"{site}/admin/desk/view/new/")
    tab.keyboard.press("j")
    opener = tab.evaluate("document.activeElement.textContent")
    assert "reprint" in opener
    tab.keyboard.press("a")
    tab.get_by_text("You answer for").wait_for()
    assert tab.url == f"{site}/admin/desk/view/new/"
    tab.keyboard.press("j")
    tab.keyboard.press("k")
    tab.keyboard.press("o")
    tab.wait_for_url("**/admin/desk/*/?view=new&at=0")


def test_what_is_typed_is_no_key(supervisor, site, tab_for):
    tab = tab_for(supervisor.email)
    tab.goto(f"{site}/admin/desk/view/all/")
    tab.keyboard.press("/")
    tab.keyboard.type("joka")
    assert tab.get_by_label("Reference, name, SEVIS ID or employer").input_value() == "joka"
