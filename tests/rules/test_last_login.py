"""From which day the address that outlives the campus account is asked for."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.rules.last_login import is_asked, last_day, mail_due

END = date(2027, 5, 15)
DAYS = st.dates(date(2024, 1, 1), date(2032, 12, 31))


@pytest.mark.parametrize(
    ("today", "asked", "mail"),
    [
        (date(2027, 2, 13), False, ""),
        (date(2027, 2, 14), True, "first"),
        (date(2027, 4, 30), True, "first"),
        (date(2027, 5, 1), True, "last"),
        (date(2027, 5, 15), True, "last"),
        (date(2027, 5, 16), True, ""),
        (date(2028, 1, 1), True, ""),
    ],
)
def test_ninety_and_fourteen_days_before_the_end(today, asked, mail):
    assert (is_asked(END, today), mail_due(END, today)) == (asked, mail)


@pytest.mark.parametrize(
    ("end", "first_day"),
    [
        (date(2028, 5, 15), date(2028, 2, 15)),  # over February 29
        (date(2028, 2, 29), date(2027, 12, 1)),
        (date(2026, 12, 18), date(2026, 9, 19)),  # over the end of summer time
    ],
)
def test_calendar_days_count_whatever_the_clocks_do(end, first_day):
    assert is_asked(end, first_day)
    assert not is_asked(end, first_day - timedelta(days=1))


def test_without_an_end_nothing_is_asked():
    assert (is_asked(None, END), mail_due(None, END)) == (False, "")


@pytest.mark.parametrize(
    ("end", "next_end", "found"),
    [(END, None, END), (END, date(2029, 5, 15), date(2029, 5, 15)), (None, None, None)],
)
def test_who_goes_on_to_another_program_is_asked_before_its_end(end, next_end, found):
    assert last_day(end, next_end) == found


@given(end=DAYS, distance=st.integers(-400, 400))
def test_every_day_has_its_answer(end, distance):
    today = end - timedelta(days=distance)

    assert is_asked(end, today) is (distance <= 90)
    assert mail_due(end, today) == (
        "first" if 14 < distance <= 90 else "last" if 0 <= distance <= 14 else ""
    )
