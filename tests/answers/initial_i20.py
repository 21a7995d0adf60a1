"""Answers of initial_i20: somebody from abroad who comes alone, in F-1 status."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    start = getattr(record, "program_start", None) or today
    return {
        "situation": "abroad",
        "visa_class": "F-1",
        "exchange_basis": "agreement",
        "family_name": "Mehta",
        "given_name": "Arjun",
        "passport_name": "MEHTA<<ARJUN",
        "preferred_name": "",
        "suffix": "",
        "birth_date": "2002-12-11",
        "sex": "M",
        "birth_city": "Pune",
        "birth_country": "India",
        "citizenship_country": "India",
        "residence_country": "India",
        "position_code": "214",
        "foreign_line1": "14 MG Road",
        "foreign_line2": "",
        "foreign_city": "Pune",
        "foreign_province": "Maharashtra",
        "foreign_postal_code": "411001",
        "foreign_country": "India",
        "email": "arjun@school.example",
        "foreign_phone": "+91 20 5550 1234",
        "has_us_address": "no",
        "us_street": "",
        "us_city": "",
        "us_state": "",
        "us_postal_code": "",
        "passport_number": "Z5512087",
        "passport_country": "India",
        "passport_expiry": (max(start, today) + timedelta(days=900)).isoformat(),
        "been_before": "no",
        "earlier_stays": "",
        "earlier_sevis_id": "",
        "exchange_before": "no",
        "exchange_stays": "",
        "dependent_count": "0",
        "source_count": "1",
        "source_1_kind": "personal",
        "source_1_payer": "",
        "source_1_holder": "me",
        "source_1_holder_name": "",
        "source_1_relation": "",
        "source_1_affidavit": "",
        "source_1_amount": "16,800,000",
        "source_1_currency": "INR",
        "source_1_evidence": "bank_statement",
        "source_1_evidence_on": today.isoformat(),
        "source_1_language": "english",
    }


def family(*given_names, **changes):
    """Return answers about a family: the first is the spouse, the others are children."""
    found = {"dependent_count": str(len(given_names))}
    for number, given_name in enumerate(given_names, start=1):
        about = {
            "relation": "spouse" if number == 1 else "child",
            "is_unmarried": "" if number == 1 else "yes",
            "family_name": "Mehta",
            "given_name": given_name,
            "passport_name": f"MEHTA<<{given_name.upper()}",
            "preferred_name": "",
            "suffix": "",
            "birth_date": "2001-03-04" if number == 1 else "2020-05-06",
            "birth_city": "Pune",
            "birth_country": "India",
            "citizenship_country": "India",
            "sex": "F",
            "email": "",
            "in_the_us": "no",
            "i94_number": "",
            "form_purpose": "06",
        }
        found |= {f"dependent_{number}_{name}": value for name, value in about.items()}
    return found | changes
