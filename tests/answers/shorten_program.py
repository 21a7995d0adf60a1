"""Answers of shorten_program."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    end = getattr(record, "program_end", None) or today
    return {
        "new_end_date": (end - timedelta(days=20)).isoformat(),
        "reason": "mistake",
        "explanation": "",
        "plan": "other",
        "leaves_on": "",
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
