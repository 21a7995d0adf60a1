"""Answers of opt: after completion, without an employer."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    ends = getattr(record, "program_end", None) or today + timedelta(days=60)
    start = max(ends + timedelta(days=10), today)
    return {
        "opt_kind": "post",
        "degree_and_major": "Master of Science, Data Science",
        "completion_date": ends.isoformat(),
        "only_thesis_left": "no",
        "academic_year_met": "yes",
        "requested_start": start.isoformat(),
        "requested_end": (start + timedelta(days=360)).isoformat(),
        "history_complete": "yes",
        "history_missing": "",
        "card_street": "5 Elm Street, Apt 3",
        "card_city": "Example City",
        "card_state": "MA",
        "card_postal_code": "02139",
        "in_us_to_file": "yes",
        "travel_plans": "",
        "employer_name": "",
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
