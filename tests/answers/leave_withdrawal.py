"""Answers of leave_withdrawal: a leave for a family reason."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "kind": "personal",
        "dismissal": "",
        "has_stopped": "no",
        "leaves_us": "yes",
        "new_school": "no",
        "last_attended": (today + timedelta(days=10)).isoformat(),
        "first_term_missed": "Spring 2027",
        "departure": (today + timedelta(days=20)).isoformat(),
        "returns_on": (today + timedelta(days=140)).isoformat(),
        "return_term": "Fall 2027",
        "has_housing": "no",
        "has_job": "yes",
        "dependents_leave": "yes",
        "remarks": "",
        "foreign_street": "12 Rue Mohamed V",
        "foreign_line2": "",
        "foreign_city": "Dakar",
        "foreign_province": "",
        "foreign_postal_code": "",
        "foreign_country": "Senegal",
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
