"""Answers of dependent_remove: a marriage that has ended."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "person": "7 Moussa Ndiaye",
        "reason": "divorced",
        "happened_on": (today - timedelta(days=6)).isoformat(),
        "remarks": "",
    }
