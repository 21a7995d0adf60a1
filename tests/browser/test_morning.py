"""A morning at the desk: twenty cases by keyboard, without a mouse and without the list between."""

import pytest

from isso.requests.models import HistoryEntry, Message, ReplyTemplate, StudentRequest
from isso.requests.people.roles import Role
from isso.tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
CASES = 20


@pytest.fixture
def desk(office):
    """Twenty reprints under review by one supervisor, an advisor, and a template."""
    factories.make_staff(email="advisor@staff.example")
    supervisor = factories.make_staff(Role.SUPERVISOR, "supervisor@staff.example")
    ReplyTemplate.objects.create(title="Soon", text="Hello {student}, by {due}.")
    for number in range(CASES):
        factories.make_request(
            factories.make_student(f"s{number}@school.example", family_name=f"Adams{number:02}"),
            "reprint",
            "in_review",
            supervisor,
        )


def press(tab, key, leads_to):
    """Press a key and wait for the page it leads to."""
    tab.keyboard.press(key)
    tab.wait_for_url(leads_to)
    # Keys are heard once the page has its script.
    tab.wait_for_load_state()


def ask_for_clarification(tab):
    press(tab, "c", "**/do/ask_clarification/**")
    field = tab.get_by_label("What to change").first
    field.focus()
    tab.keyboard.type("Name every country.")
    press(tab, "Control+Enter", lambda url: "/do/" not in url)


def write_with_a_template(tab):
    tab.get_by_label("Template").first.focus()
    tab.keyboard.press("ArrowDown")
    tab.keyboard.press("Tab")
    press(tab, "Enter", "**/message/**")
    tab.get_by_role("button", name="Send message").focus()
    press(tab, "Enter", lambda url: "/message/" not in url)
    tab.evaluate("document.activeElement.blur()")


def reassign(tab):
    press(tab, "r", "**/assign/**")
    tab.get_by_label("Advisor").focus()
    tab.keyboard.type("Office advisor")
    tab.get_by_label("Reason").focus()
    tab.keyboard.type("She knows the case.")
    press(tab, "Control+Enter", lambda url: "/assign/" not in url)


def approve(tab):
    press(tab, "a", "**/do/approve/**")
    press(tab, "Control+Enter", lambda url: "/do/" not in url)


def test_twenty_cases_by_keyboard(desk, site, tab_for):
    tab = tab_for("supervisor@staff.example")
    tab.goto(f"{site}/admin/desk/view/mine/")
    tab.keyboard.press("j")
    press(tab, "o", "**/admin/desk/*/?view=mine**")
    done = []
    for number in range(CASES):
        done.append(tab.url.partition("/admin/desk/")[2].partition("/")[0])
        if number == 3:
            ask_for_clarification(tab)
        elif number == 5:
            reassign(tab)
        else:
            if number == 7:
                write_with_a_template(tab)
            approve(tab)
        here = tab.url
        press(tab, "n", lambda url, here=here: url != here)

    assert len(set(done)) == CASES
    states = StudentRequest.objects.values_list("state", flat=True)
    assert sorted(states) == ["approved"] * (CASES - 2) + ["clarification", "in_review"]
    assert StudentRequest.objects.get(state="in_review").assignee.email == "advisor@staff.example"
    assert HistoryEntry.objects.filter(action="approve").count() == CASES - 2
    (message,) = Message.objects.all()
    assert message.text.startswith("Hello Amara Adams07, by ")
    assert tab.url == f"{site}/admin/desk/view/mine/"
