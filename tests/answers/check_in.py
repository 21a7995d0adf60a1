"""Answers of check_in: a new arrival; ``kind`` "term" leaves the questions of arrival out."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "kind": "arrival",
        "visa_class": getattr(record, "visa_class", "F-1"),
        "in_the_us": "yes",
        "arrival_date": (today - timedelta(days=10)).isoformat(),
        "port_of_entry": "Boston Logan",
        "i94_number": "123456789A1",
        "i94_admit_until": "D/S",
        "i94_admit_until_date": "",
        "i515a": "no",
        "passport_number": "P7654321",
        "passport_country": "Japan",
        "passport_expiry": (today + timedelta(days=800)).isoformat(),
        "has_visa": "yes",
        "visa_number": "K1234567",
        "visa_issue": (today - timedelta(days=60)).isoformat(),
        "visa_expiry": (today + timedelta(days=700)).isoformat(),
        "visa_post": "Osaka",
        "us_street": "5 Elm Street, Apt 3",
        "us_city": "Example City",
        "us_state": "MA",
        "us_postal_code": "02139",
        "us_until": "",
        "us_phone": "6175550177",
        "has_no_us_phone": "",
        "email": record.email,
        "foreign_street": "1 Sakura Street",
        "foreign_city": "Kyoto",
        "foreign_province": "",
        "foreign_postal_code": "600-8216",
        "foreign_country": "Japan",
        "emergency_name": "Ken Ito",
        "emergency_relation": "Father",
        "emergency_phone": "+81 75 000 0000",
        "emergency_email": "",
        "credits": "12",
        "full_time": "yes",
        "has_begun": "yes",
        "site_is_right": "yes",
        "dependents_here": "no",
        "health_insurance": "yes",
    }
