"""Answers of rcl: the last term, with fewer courses left than a full load has."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    end = getattr(record, "program_end", None) or today
    return {
        "reason": "06",
        "explanation": "Two courses are left of my degree.",
        "has_dropped": "no",
        "start": max(today, end - timedelta(days=100)).isoformat(),
        "end": end.isoformat(),
        "credits_now": "9",
        "credits_after": "6",
        "online_credits": "0",
        "courses": "",
        "has_campus_job": "no",
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
