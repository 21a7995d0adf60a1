"""Answers of reprint."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "reason": "travel",
        "for_whom": ["self"],
        "departure": (today + timedelta(days=30)).isoformat(),
        "return_on": (today + timedelta(days=50)).isoformat(),
        "countries": "Ghana",
        "visa_renewal": "no",
        "delivery": "pdf",
        "courier_address": "",
    }
