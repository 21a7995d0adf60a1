"""Answers of scholar_profile: a scholar from abroad who comes alone and buys the insurance."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    start = getattr(record, "program_start", None) or today
    end = getattr(record, "program_end", None) or today + timedelta(days=300)
    return {
        "is_right": "yes",
        "what_is_wrong": "",
        "situation": "abroad",
        "current_sponsor": "",
        "present_status": "",
        "i94_number": "",
        "family_name": "Petrova",
        "given_name": "Nadia",
        "passport_name": "PETROVA<<NADIA",
        "preferred_name": "",
        "suffix": "",
        "birth_date": "1988-03-05",
        "sex": "F",
        "birth_city": "Sofia",
        "birth_country": "Bulgaria",
        "citizenship_country": "Bulgaria",
        "residence_country": "Bulgaria",
        "foreign_line1": "12 Vitosha Boulevard",
        "foreign_line2": "",
        "foreign_city": "Sofia",
        "foreign_province": "",
        "foreign_postal_code": "1000",
        "foreign_country": "Bulgaria",
        "email": "nadia@university.example",
        "foreign_phone": "+359 2 555 1234",
        "has_us_address": "no",
        "us_street": "",
        "us_city": "",
        "us_state": "",
        "us_postal_code": "",
        "passport_number": "B5512087",
        "passport_country": "Bulgaria",
        "passport_expiry": (max(start, today) + timedelta(days=900)).isoformat(),
        "exchange_before": "no",
        "exchange_stays": "",
        "dependent_count": "0",
        "insured_by": "own",
        "insurance_plan": "Scholar Care Gold",
        "insurance_from": start.isoformat(),
        "insurance_until": end.isoformat(),
        "insurance_medical": "100,000",
        "insurance_repatriation": "25,000",
        "insurance_evacuation": "50,000",
        "insurance_deductible": "500",
        "insurance_coinsurance": "25",
        "insurance_backed_by": "am_best",
    }
