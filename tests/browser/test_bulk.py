"""Many requests approved at once by keyboard, with the report; the pages by axe and at 320 px."""

import pytest

from isso.requests.desk.bulk_work import work_on_waiting
from isso.requests.models import StudentRequest
from isso.tests import factories
from isso.tests.browser.test_case import look

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


@pytest.fixture
def desk(office):
    """Three new reprints and an advisor."""
    factories.make_staff(email="advisor@staff.example")
    return [
        factories.make_request(factories.make_student(f"s{number}@school.example"))
        for number in range(3)
    ]


def test_two_of_three_are_approved_by_keyboard(desk, site, tab_for):
    tab = tab_for("advisor@staff.example")
    tab.goto(f"{site}/admin/desk/view/new/")
    for each in desk[:2]:
        tab.get_by_label(f"Mark {each.reference}").focus()
        tab.keyboard.press("Space")
    assert look(tab, "queue") == []
    tab.get_by_role("button", name="Approve…").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/desk/bulk/?**")
    assert look(tab, "confirm") == []
    tab.get_by_role("button", name="Approve", exact=True).focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/desk/bulk/runs/**")

    work_on_waiting()

    tab.get_by_text("Download as spreadsheet").wait_for()
    tab.reload()
    assert tab.get_by_text("Approved; it is “Approved, to record” now.").count() == 2
    assert look(tab, "report") == []
    states = [StudentRequest.objects.get(pk=each.pk).state for each in desk]
    assert states == ["approved", "approved", "submitted"]


def focused_row(tab):
    """The reference of the row in which the focus stands."""
    row = "document.activeElement.closest('tr')"
    return tab.evaluate(f"{row}.querySelector('.desk-open .desk-unbroken').textContent")


def marked_rows(tab):
    """The references of the marked rows, in their order."""
    return tab.evaluate(
        "[...document.querySelectorAll('[name=rows]:checked')]"
        ".map((box) => box.closest('tr').querySelector('.desk-open .desk-unbroken').textContent)"
    )


@pytest.fixture
def queue(desk, site, tab_for):
    """The queue as the advisor opens it, and its references in their order."""
    tab = tab_for("advisor@staff.example")
    tab.goto(f"{site}/admin/desk/view/new/")
    order = tab.locator(".desk-open .desk-unbroken").all_text_contents()
    assert sorted(order) == sorted(each.reference for each in desk)
    return tab, order


def press(tab, *keys):
    for key in keys:
        tab.keyboard.press(key)


def test_a_key_marks_the_row_that_stands_current(queue):
    tab, order = queue
    press(tab, "x", "Shift+X")
    assert marked_rows(tab) == []

    press(tab, "j", "x")
    # The box has the focus, so that a screen reader says that it is marked now.
    assert tab.evaluate("document.activeElement.type") == "checkbox"
    press(tab, "j", "x", "k")
    assert (focused_row(tab), marked_rows(tab)) == (order[0], order[:2])

    press(tab, "x")
    assert marked_rows(tab) == [order[1]]


def test_shift_marks_from_the_row_marked_last_in_both_directions(queue):
    tab, order = queue
    press(tab, "j", "x", "j", "j", "Shift+X")
    assert (focused_row(tab), marked_rows(tab)) == (order[2], order)

    for reference in order:
        tab.get_by_label(f"Mark {reference}").uncheck()
    tab.get_by_label(f"Mark {order[2]}").focus()
    press(tab, "Space", "k", "k", "Shift+X")
    assert (focused_row(tab), marked_rows(tab)) == (order[0], order)
    assert look(tab, "queue with marks") == []


@pytest.mark.parametrize("key", ["o", "Enter"])
def test_a_row_is_opened_from_its_box(queue, key):
    tab, _order = queue
    press(tab, "j", "j", "x", key)
    tab.wait_for_url("**/admin/desk/*/?view=new&at=1")


def test_a_row_is_assigned_to_me_from_its_box(queue):
    tab, order = queue
    StudentRequest.objects.update(assignee=None)
    tab.reload()
    press(tab, "j", "x", "a")
    tab.get_by_text("You answer for").wait_for()
    taken = StudentRequest.objects.filter(assignee__email="advisor@staff.example")
    assert [each.reference for each in taken] == order[:1]
