"""Answers of deferral: a term later, because the visa does not come in time."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    start = max(record.program_start or today, today) + timedelta(days=120)
    return {
        "has_entered": "no",
        "reason": "visa",
        "explanation": "",
        "new_term": "Spring",
        "new_start": start.isoformat(),
        "new_end": (start + timedelta(days=300)).isoformat(),
        "has_visa": "no",
    }
