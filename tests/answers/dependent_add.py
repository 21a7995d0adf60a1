"""Answers of dependent_add: a husband who follows."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "relation": "spouse",
        "is_unmarried": "",
        "family_name": "Ndiaye",
        "given_name": "Moussa",
        "passport_name": "NDIAYE<<MOUSSA",
        "preferred_name": "",
        "suffix": "",
        "birth_date": "1999-11-02",
        "birth_city": "Thiès",
        "birth_country": "Senegal",
        "citizenship_country": "Senegal",
        "sex": "M",
        "email": "",
        "in_the_us": "no",
        "arrives_on": (today + timedelta(days=60)).isoformat(),
        "i94_number": "",
        "same_address": "yes",
        "own_street": "",
        "own_city": "",
        "own_state": "",
        "own_postal_code": "",
        "us_phone": "",
        "form_purpose": "08",
        "health_insurance": "yes",
        "amount": "12000",
        "paid_by": "personal",
    }
