"""Answers of cpt."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "employer_name": "Harbor Labs",
        "site_street": "12 Dock Street",
        "site_city": "Example City",
        "site_state": "MA",
        "site_postal_code": "02139",
        "work_mode": "on_site",
        "remote_share": "",
        "job_title": "Data analyst",
        "duties": "Cleaning and modeling of shipping data.",
        "supervisor_name": "Lena Brandt",
        "supervisor_email": "lena@harbor.example",
        "supervisor_phone": "6175550123",
        "start_date": (today + timedelta(days=20)).isoformat(),
        "end_date": (today + timedelta(days=100)).isoformat(),
        "full_part": "part",
        "hours_per_week": "20",
        "paid": "yes",
        "pay_amount": "4,800",
        "basis": "course",
        "course_number": "DS 599",
        "course_title": "Internship",
        "course_term": "Spring 2027",
        "course_credits": "3",
        "relevance": "Applies the statistics of my major.",
        "remarks": "",
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
