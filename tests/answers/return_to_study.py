"""Answers of return_to_study: back into the program after a term."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "same_program": "yes",
        "is_abroad": "yes",
        "return_term": "Spring",
        "starts_on": (today + timedelta(days=60)).isoformat(),
        "returns_on": (today + timedelta(days=50)).isoformat(),
        "ends_on": (today + timedelta(days=500)).isoformat(),
        "remarks": "",
        "tuition": "30,000",
        "living": "20,000",
        "dependents_cost": "5,000",
        "other_cost": "",
        "personal": "55,000",
        "school": "",
        "on_campus": "",
        "other": "",
        "other_remark": "",
    }
