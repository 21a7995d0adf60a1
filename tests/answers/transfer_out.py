"""Answers of transfer_out."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "new_school": "Lakeside University",
        "new_school_code": "CHI214F00123000",
        "campus": "Main campus",
        "new_level": "06",
        "contact_name": "Jo Park",
        "contact_email": "jo.park@lakeside.example",
        "contact_phone": "3125550110",
        "same_category": "yes",
        "transfer_reason": "",
        "release_date": (today + timedelta(days=60)).isoformat(),
        "new_program_start": (today + timedelta(days=90)).isoformat(),
        "opt_ends_accepted": "yes",
        "has_withdrawn": "no",
        "last_attended": "",
        "leaves_before": "no",
        "dependents_go": "yes",
    }
