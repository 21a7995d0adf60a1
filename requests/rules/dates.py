"""Every date the law or the office derives from another date, in one place.

All arguments and results are calendar dates in the office's time zone. Both ends of a period of
days count. The regulation behind a formula stands in its docstring.
"""

from calendar import monthrange
from datetime import date, timedelta
from functools import singledispatch


@singledispatch
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


def grace_end(last_day, grace_days):
    """Return the last day of the grace period after a program, OPT or STEM OPT.

    8 CFR 214.2(f)(5)(iv): 60 days for F-1; 22 CFR 62 and 8 CFR 214.2(j)(1)(ii): 30 days for J-1.
    The number is the office's setting, since the law is moving.
    """
    return last_day + timedelta(days=grace_days)


def authorized_withdrawal_leave_by(withdrawn_on, days=15):
    """Return the day by which somebody leaves after an authorized early withdrawal.

    8 CFR 214.2(f)(5)(iv).
    """
    return withdrawn_on + timedelta(days=days)


def address_report_due(moved_on):
    """Return the last day for a person to report a new address: 10 days, 8 CFR 214.2(f)(17)."""
    return moved_on + timedelta(days=10)


def address_record_due(reported_on):
    """Return the last day for the office to enter a change for F-1: 21 days, 8 CFR 214.3(g)(2)."""
    return reported_on + timedelta(days=21)


def exchange_address_record_due(reported_on, add_business_days):
    """Return the last day for the office to enter an address for J-1: 10 business days.

    22 CFR 62.13. ``add_business_days(day, number)`` counts by the office's calendar.
    """
    return add_business_days(reported_on, 10)


def registration_due(start):
    """Return the last day to register a record: 30 days after the program or term starts.

    8 CFR 214.3(g)(2)(iii) for F-1; 22 CFR 62.13 for the validation of J-1.
    """
    return start + timedelta(days=30)


def earliest_entry(program_start):
    """Return the first day a new student may enter: 30 days before, 8 CFR 214.2(f)(5)(i)."""
    return program_start - timedelta(days=30)


def opt_filing_window(program_end, recommended_on=None):
    """Return first and last day on which USCIS takes Form I-765 for post-completion OPT.

    8 CFR 214.2(f)(11)(i)(B)(2): from 90 days before to 60 days after the program end date, and
    within 30 days of the recommendation.
    """
    last = program_end + timedelta(days=60)
    if recommended_on:
        last = min(last, recommended_on + timedelta(days=30))
    return program_end - timedelta(days=90), last


def opt_start_window(program_end):
    """Return first and last day on which post-completion OPT may begin.

    8 CFR 214.2(f)(10)(ii)(A)(3), (f)(11): within 60 days after the program end date.
    """
    return program_end + timedelta(days=1), program_end + timedelta(days=60)


def opt_latest_end(program_end):
    """Return the day by which all post-completion OPT is over: 14 months after the program.

    8 CFR 214.2(f)(10)(ii)(A)(3).
    """
    return add_months(program_end, 14)


def pre_completion_filing_opens(start):
    """Return the first day USCIS takes Form I-765 for OPT before completion: 90 days before."""
    return start - timedelta(days=90)


def opt_days_used(full_time_days, part_time_days):
    """Return the days of OPT used up at a level: part time counts half, rounded up.

    8 CFR 214.2(f)(10)(ii), (f)(11).
    """
    return full_time_days + (part_time_days + 1) // 2


def opt_last_day(start, days_used):
    """Return the last day OPT may last when it begins on ``start``: 12 months less what was used.

    Returns the day before ``start`` or earlier when nothing is left. 8 CFR 214.2(f)(11).
    """
    return add_months(start, 12) - timedelta(days=1 + days_used)


def medical_load_last_day(start, days_used, months):
    """Return the last day a reduced load for illness that begins on ``start`` may last.

    8 CFR 214.2(f)(6)(iii)(B): 12 months in the aggregate at a level, less what was used; the day
    before ``start`` or earlier when nothing is left.
    """
    return add_months(start, months) - timedelta(days=1 + days_used)


def stem_filing_window(opt_end, recommended_on=None):
    """Return first and last day on which USCIS takes Form I-765 for the STEM OPT extension.

    8 CFR 214.2(f)(11)(i)(C): from 90 days before OPT ends until it ends, and within 60 days of
    the recommendation.
    """
    last = opt_end
    if recommended_on:
        last = min(last, recommended_on + timedelta(days=60))
    return opt_end - timedelta(days=90), last


def stem_dates(opt_end):
    """Return first and last day of the STEM OPT extension: 24 months from the day after OPT.

    8 CFR 214.2(f)(10)(ii)(C).
    """
    start = opt_end + timedelta(days=1)
    return start, add_months(start, 24) - timedelta(days=1)


def stem_bridge_until(opt_end):
    """Return until when one may go on working while a timely filed extension is pending.

    8 CFR 274a.12(b)(6)(iv): 180 days.
    """
    return opt_end + timedelta(days=180)


def cap_gap_until(received_on, h1b_start=None):
    """Return the last day an H-1B petition bridges: April 1 of its fiscal year, or before H-1B.

    8 CFR 214.2(f)(5)(vi), for petitions since January 17, 2025. ``h1b_start`` is the first day of
    an approved petition.
    """
    april = date(received_on.year, 4, 1)
    if received_on >= april:
        april = date(received_on.year + 1, 4, 1)
    return min(april, h1b_start - timedelta(days=1)) if h1b_start else april


def stem_validations(stem_start, stem_end):
    """Return ((months, due date), ...): every 6 months, the last one on the last day.

    8 CFR 214.2(f)(12)(ii).
    """
    return (
        *((months, add_months(stem_start, months)) for months in (6, 12, 18)),
        (24, stem_end),
    )


def add_weekdays(day, number):
    """Return the day ``number`` Mondays to Fridays later, without knowing any holiday.

    For deadlines in business days that people must not miss: a holiday only makes them later.
    """
    weeks, left = divmod(number, 5)
    day += timedelta(weeks=weeks)
    while left or day.weekday() > 4:
        day += timedelta(days=1)
        left -= day.weekday() < 5 and left > 0
    return day


def training_report_due(happened_on):
    """Return the last day to report a job, its change or its end: 8 CFR 214.2(f)(12)(i), (f)(17).

    Ten days, like a move.
    """
    return happened_on + timedelta(days=10)


def stem_validation_report_by(due_on, add_business_days):
    """Return the last day to report a validation: within 10 business days, 8 CFR 214.2(f)(12)(ii).

    ``add_business_days(day, number)`` counts by the office's calendar.
    """
    return add_business_days(due_on, 10)


def stem_evaluations(stem_start, stem_end):
    """Return the days of the two self-evaluations: after 12 months and at the end.

    8 CFR 214.2(f)(10)(ii)(C).
    """
    return add_months(stem_start, 12), stem_end


def academic_training_start_window(program_end):
    """Return first and last day on which academic training after completion may begin.

    22 CFR 62.23(f): within 30 days after the program end date.
    """
    return program_end + timedelta(days=1), program_end + timedelta(days=30)


def academic_training_last_day(program_start, program_end, start, days_used, most_months):
    """Return the last day academic training may last when it begins on ``start``.

    22 CFR 62.23(f)(4): at most ``most_months`` (18; 36 after a doctorate) and, where that is
    shorter, the length of the program; what was used before counts, part time like full time.
    After completion the clock starts the day after the program, however late the work begins.
    """
    counted_from = min(start, program_end + timedelta(days=1))
    by_months = add_months(counted_from, most_months)
    by_program = counted_from + timedelta(days=days_in(program_start, program_end))
    return min(by_months, by_program) - timedelta(days=1 + days_used)


def new_program_start_by(left_on):
    """Return the last day for a new program to start after a transfer or change of level.

    8 CFR 214.2(f)(8): five months after the release, the last attendance or the end of OPT.
    """
    return add_months(left_on, 5)


def report_to_new_school_by(new_start):
    """Return the day by which a transferred student reports to the new school: 15 days after.

    8 CFR 214.2(f)(8).
    """
    return new_start + timedelta(days=15)


def absence_ends_record_after(left_on):
    """Return the last day of return before an absence of five months ends the record.

    8 CFR 214.2(f)(4), (f)(13).
    """
    return add_months(left_on, 5)


def completes_itself_on(program_end):
    """Return the day SEVIS completes an F-1 record by itself: 60 days after the program end."""
    return program_end + timedelta(days=60)


def turns_21_on(birth_date):
    """Return the 21st birthday, on which a child's dependent status ends: 8 CFR 214.2(f)(3)."""
    return add_months(birth_date, 21 * 12)
