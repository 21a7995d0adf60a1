"""Every date the law or the office derives from another date, in one place.

All arguments and results are calendar dates in the office's time zone. Both ends of a period of
days count. The regulation behind a formula stands in its docstring.
"""

from calendar import monthrange
from datetime import date, timedelta


def add_months(day, months):
    """Return the same day of a later month, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def academic_year_completed_on(full_time_since):
    """Return the day one full academic year of full-time study is behind a student.

    8 CFR 214.2(f)(10): training needs one full academic year; offices count it as nine months.
    """
    return add_months(full_time_since, 9)


def check_in_window(program_start, days_before, days_after):
    """Return the first and last day of Check-In around the program start date.

    Port of entry at most 30 days before the start, 8 CFR 214.2(f)(5)(i); SEVIS registration
    within 30 days after it, 8 CFR 214.3(g)(2)(iii).
    """
    return program_start - timedelta(days=days_before), program_start + timedelta(days=days_after)


def days_in(start, end):
    """Count the calendar days of a period, both ends included."""
    return (end - start).days + 1


def travel_signature_valid_until(signed_on, program_end, on_opt=False):
    """Return the last day a travel signature serves: 12 months, 6 on OPT, never past the program.

    School practice; 8 CFR 214.2(f)(4) for re-entry with a form endorsed within the year.
    """
    until = add_months(signed_on, 6 if on_opt else 12)
    return min(until, program_end) if program_end else until
