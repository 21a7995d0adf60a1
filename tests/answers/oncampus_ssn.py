"""Answers of oncampus_ssn: a job in the library."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "has_number": "no",
        "employer": "University Library",
        "place": "premises",
        "employer_number": "12-3456789",
        "job_title": "Library assistant",
        "duties": "Shelve books and help at the desk.",
        "position_number": "L-114",
        "job_start": (today + timedelta(days=10)).isoformat(),
        "job_end": "",
        "hours_in_term": "12",
        "other_hours": "0",
        "hours_in_breaks": "35",
        "pay": "17 dollars an hour",
        "approver_name": "Robin Vale",
        "approver_email": "vale@demo.example",
        "supervisor_phone": "6175550155",
    }
