"""Answers of opt_report: a new job under the OPT of the record."""

from datetime import timedelta

JOB = {
    "employer_name": "Harbor Labs",
    "ein": "12-3456789",
    "self_employed": "no",
    "employer_street": "12 Dock Street",
    "employer_city": "Example City",
    "employer_state": "MA",
    "employer_postal_code": "02139",
    "job_title": "Data analyst",
    "relation": "I model shipping data with the statistics of my program.",
    "job_end": "",
    "full_part": "full",
    "hours_per_week": "40",
    "paid": "yes",
    "compensation": "31 dollars an hour",
    "supervisor_first": "Lena",
    "supervisor_last": "Brandt",
    "supervisor_phone": "6175550123",
    "supervisor_extension": "",
    "supervisor_email": "lena@harbor.example",
}


def answers(record, today):
    """Return every answer as a browser posts it."""
    return JOB | {
        "training": "OPT",
        "what": "new_job",
        "job_start": (today - timedelta(days=3)).isoformat(),
        "wants_form": "no",
    }
