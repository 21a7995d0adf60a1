"""When programs start, as choices of a filter."""

from datetime import date

import pytest

from isso.home.academic_terms import AcademicTerm
from isso.requests.desk.starts import spans_of

FALL = AcademicTerm("fall-2026", "Fall 2026", date(2026, 8, 24), date(2026, 12, 18))
SPRING = AcademicTerm("spring-2027", "Spring 2027", date(2027, 1, 19), date(2027, 5, 14))
SUMMER = AcademicTerm("summer-2027", "Summer 2027", date(2027, 5, 1), date(2027, 7, 30))


def month(year, number):
    return date(year, number, 1)


@pytest.mark.parametrize(
    ("terms", "months", "expected"),
    [
        ([], [], []),
        ([FALL], [], []),
        # Without key dates, months.
        (
            [],
            [month(2026, 8), month(2027, 1)],
            [
                ("2026-08", date(2026, 8, 1), date(2026, 8, 31)),
                ("2027-01", date(2027, 1, 1), date(2027, 1, 31)),
            ],
        ),
        # The days before a term are of that term, and two months of it make one choice.
        (
            [FALL, SPRING],
            [month(2026, 8), month(2026, 9), month(2027, 1)],
            [
                ("fall-2026", date(2026, 5, 24), date(2026, 12, 18)),
                ("spring-2027", date(2026, 12, 19), date(2027, 5, 14)),
            ],
        ),
        # A month that two terms share offers both.
        (
            [FALL, SPRING],
            [month(2026, 12)],
            [
                ("fall-2026", date(2026, 5, 24), date(2026, 12, 18)),
                ("spring-2027", date(2026, 12, 19), date(2027, 5, 14)),
            ],
        ),
        # Beyond the terms that are known, months again.
        (
            [FALL],
            [month(2026, 9), month(2027, 8)],
            [
                ("fall-2026", date(2026, 5, 24), date(2026, 12, 18)),
                ("2027-08", date(2027, 8, 1), date(2027, 8, 31)),
            ],
        ),
        # Terms that overlap leave no day to two choices.
        (
            [SPRING, SUMMER],
            [month(2027, 5)],
            [
                ("spring-2027", date(2026, 10, 19), date(2027, 5, 14)),
                ("summer-2027", date(2027, 5, 15), date(2027, 7, 30)),
            ],
        ),
    ],
)
def test_starts_are_grouped_by_term_else_by_month(terms, months, expected):
    assert [(each.key, each.first, each.last) for each in spans_of(terms, months)] == expected
