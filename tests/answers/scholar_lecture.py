"""Answers of scholar_lecture: one paid lecture in another town."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    day = (today + timedelta(days=20)).isoformat()
    return {
        "kind": "lecture",
        "organization": "Lakeside University",
        "activity_street": "100 Lake Avenue",
        "activity_city": "Chicago",
        "activity_state": "IL",
        "activity_postal_code": "60601",
        "subject": "Corals in warm seas",
        "fits": "It is the subject of my research here.",
        "first_day": day,
        "last_day": day,
        "hours": "2",
        "delays_program": "no",
        "is_paid": "yes",
        "amount": "800",
        "is_independent": "yes",
        "approver_name": "Ada Byron",
        "approver_email": "ada.byron@demo.example",
    }
