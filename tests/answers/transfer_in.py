"""Answers of transfer_in: an F-1 student of another school who comes here next."""

from datetime import timedelta

from . import initial_i20


def answers(record, today):
    """Return every answer as a browser posts it."""
    start = getattr(record, "program_start", None) or today
    return initial_i20.answers(record, today) | {
        "situation": "transfer",
        "present_class": "F-1",
        "same_purpose": "yes",
        "current_school": "Lakeside College",
        "current_school_code": "LAK214F00123000",
        "current_sevis_id": "N0034112098",
        "contact_name": "Dana Whitmore",
        "contact_email": "dana@lakeside.example",
        "on_opt": "no",
        "opt_end": "",
        "last_attended": (start - timedelta(days=40)).isoformat(),
        "release_on": (start - timedelta(days=30)).isoformat(),
        "travels": "no",
        "i94_number": "482910047A3",
    }
