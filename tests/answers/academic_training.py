"""Answers of academic_training."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "timing": "pre",
        "sponsor_is_us": "yes",
        "employer_name": "Harbor Institute",
        "training_street": "40 Wharf Road",
        "training_city": "Example City",
        "training_state": "MA",
        "training_postal_code": "02139",
        "job_title": "Research assistant",
        "supervisor_name": "Lena Brandt",
        "supervisor_email": "lena@harbor.example",
        "supervisor_phone": "6175550123",
        "remote_share": "20",
        "start_date": (today + timedelta(days=30)).isoformat(),
        "end_date": (today + timedelta(days=120)).isoformat(),
        "hours_per_week": "30",
        "goals": "To learn how prices are measured in practice.",
        "duties": "Collecting and cleaning price data for a monthly report.",
        "relation": "It applies the statistics of my economics courses.",
        "why_critical": "My thesis rests on the same kind of data.",
        "paid": "yes",
        "salary_per_month": "$3,000",
        "funding_source": "",
        "insurance_until": (today + timedelta(days=150)).isoformat(),
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
