"""Answers of address_update: somebody moved."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "changed": ["us_address"],
        "moved_on": (today - timedelta(days=3)).isoformat(),
        "us_street": "415 South Street Apt 2B",
        "us_city": "Example City",
        "us_state": "MA",
        "us_postal_code": "02139",
        "us_until": "",
        "us_explanation": "",
        "family_moves": "yes",
        "mailing_elsewhere": "yes",
        "mailing_street": "PO Box 77",
        "mailing_city": "Example City",
        "mailing_state": "MA",
        "mailing_postal_code": "02140",
        "foreign_street": "12 Rue des Écrivains",
        "foreign_line2": "",
        "foreign_city": "Dakar",
        "foreign_province": "",
        "foreign_postal_code": "BP 1234",
        "foreign_country": "Senegal",
        "us_phone": "6175550142",
        "foreign_phone": "+221 33 000 0002",
        "email": "new.address@demo.example",
        "personal_email": "",
        "preferred_name": "Mina",
        "family_name": "Sarr",
        "given_name": "",
        "passport_name": "SARR",
        "suffix": "",
        "emergency_name": "Fatou Diallo",
        "emergency_relation": "Mother",
        "emergency_phone": "+221 33 000 0001",
        "emergency_email": "",
        "emergency_language": "French",
    }
