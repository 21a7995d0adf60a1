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
