"""Answers of stem_opt: the degree just completed, and the job somebody has."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it; the card is the approved OPT of the record."""
    first, last = today - timedelta(days=300), today + timedelta(days=64)
    if getattr(record, "pk", None):
        opt = record.employments.filter(kind="OPT").latest("end")
        first, last = opt.start, opt.end
    return {
        "ead_start": first.isoformat(),
        "ead_end": last.isoformat(),
        "ead_number": "SRC1234567890",
        "uscis_number": "123456789",
        "based_on": "current",
        "qualifying_major": "Data Science",
        "qualifying_cip": "30.7001",
        "degree_level": "05",
        "degree_awarded": (first - timedelta(days=30)).isoformat(),
        "previous_school": "",
        "previous_stem": "no",
        "previous_stem_level": "",
        "employer_name": "Harbor Labs",
        "ein": "12-3456789",
        "everify_number": "1234567",
        "self_employed": "no",
        "employer_street": "12 Dock Street",
        "employer_city": "Example City",
        "employer_state": "MA",
        "employer_postal_code": "02139",
        "job_title": "Data analyst",
        "relation": "I model shipping data with the statistics of my program.",
        "job_start": first.isoformat(),
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
