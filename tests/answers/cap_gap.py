"""Answers of cap_gap: a petition that USCIS has."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "h1b_employer": "Harbor Labs",
        "petition_kind": "change",
        "cap_subject": "yes",
        "petition_status": "filed",
        "receipt_number": "WAC2690112233",
        "received_on": (today - timedelta(days=20)).isoformat(),
        "h1b_start": (today + timedelta(days=100)).isoformat(),
        "opt_end": "",
        "still_employed": "yes",
        "travels": "no",
    }
