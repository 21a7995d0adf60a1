"""What the lists of a student say about time: who has each request, how long, and by when."""

import re
from datetime import timedelta

import pytest

from isso.home.models import HoursException
from isso.requests.actor import Actor
from isso.requests.models import MeasuredDuration
from isso.requests.perform import perform
from isso.tests import factories

LIST = "/portal/requests/"


@pytest.fixture
def later(portal, student, monday):
    """Let days pass; sessions end long before."""

    def _later(days):
        monday.shift(timedelta(days=days))
        portal.force_login(student.user)

    return _later


def clocks(portal, rows="open_rows", address=LIST):
    return [row.clock for row in portal.get(address).context[rows]]


@pytest.mark.parametrize(
    ("type_key", "state", "days", "line"),
    [
        (
            "reprint",
            "submitted",
            0,
            "With us for less than one business day. "
            "We expect to be done by Thursday, October 8, 2026.",
        ),
        (
            "reprint",
            "in_review",
            3,
            "With us for 3 business days. We expect to be done by Thursday, October 8, 2026.",
        ),
        # Friday, and the Monday after it.
        (
            "reprint",
            "in_review",
            4,
            "With us for 4 business days. We aimed at Thursday, October 8, 2026.",
        ),
        (
            "reprint",
            "in_review",
            7,
            "With us for 5 business days. We aimed at Thursday, October 8, 2026.",
        ),
        ("cpt", "approver_review", 1, "With your approver for 1 business day."),
        ("reprint", "clarification", 2, "Waiting for you for 2 business days."),
        ("reprint", "draft", 2, ""),
    ],
)
def test_who_has_it_for_how_long(portal, student, later, type_key, state, days, line):
    factories.make_request(student, type_key, state)
    later(days)

    assert clocks(portal) == [line]


def test_a_closed_day_is_no_business_day(portal, student, later):
    factories.make_request(student, "cpt", "approver_review")
    HoursException.objects.create(start="2026-10-06", end="2026-10-06", reason="Storm")
    later(3)

    assert clocks(portal) == ["With your approver for 2 business days."]


def test_the_honest_estimate_stands_in_place_of_the_aim(portal, student):
    MeasuredDuration.objects.create(type_key="reprint", finished=50, median=1, most=4)
    factories.make_request(student, "reprint", "in_review")

    assert clocks(portal) == [
        "With us for less than one business day. "
        "8 of 10 requests like this one are done by Friday, October 9, 2026."
    ]


def test_with_the_wrong_approver_it_is_with_nobody(portal, student, later):
    asked = factories.make_request(student, "cpt", "approver_review")
    perform(asked, "not_me", Actor.for_approval(asked.current_approval))
    later(1)

    assert clocks(portal) == ["Waiting for an approver for 1 business day."]


def test_what_has_ended_says_nothing_of_time(portal, student):
    factories.make_request(student, "reprint", "denied")

    assert clocks(portal, "closed_rows") == [""]


def test_the_line_stands_below_whose_turn_it_is(portal, student, later):
    factories.make_request(student, "reprint", "clarification")
    later(2)

    for address in (LIST, "/portal/"):
        cells = re.findall(r'<td role="cell">(.*?)</td>', portal.get(address).text)
        assert re.sub(r"<[^>]+>", "", cells[-1]) == (
            "Next: YouWaiting for you for 2 business days."
        )


def test_who_has_not_arrived_reads_the_same(portal, monday):
    expected = factories.make_admitted(
        visa_class="F-1", sevis_status="initial", sevis_id="N0000000009"
    )
    factories.make_request(
        expected, "reprint", "in_review", reason="lost", circumstances="In June."
    )
    monday.shift(timedelta(days=1))
    portal.force_login(expected.user)

    assert clocks(portal, "others", "/portal/") == [
        "With us for 1 business day. We expect to be done by Thursday, October 8, 2026."
    ]


@pytest.mark.parametrize("rows", [1, 30])
def test_the_lines_cost_one_query_for_any_number(portal, student, rows, django_assert_num_queries):
    advisor = factories.make_staff()
    for number in range(rows):
        factories.make_request(student, "cpt", "in_review", advisor, employer_name=f"A{number}")
    portal.get(LIST)

    # One for the moves of all of them, with what was measured.
    for address, count in ((LIST, 12), ("/portal/", 12)):
        with django_assert_num_queries(count):
            answer = portal.get(address)
        assert answer.status_code == 200
    assert len(set(clocks(portal))) == 1
