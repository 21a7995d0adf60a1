"""Answers of funding_change: an assistantship, or a sponsor for an exchange visitor."""


def answers(record, today):
    """Return every answer as a browser posts it."""
    is_exchange = getattr(record, "visa_class", "") == "J-1"
    return {
        "change": "gained",
        "explanation": "",
        "months": "09",
        "covers_from": today.isoformat(),
        "tuition": "30,000",
        "living": "15,000",
        "dependents_cost": "6000",
        "other_cost": "",
        "other_cost_remark": "",
        "personal": "33,000",
        "statement_on": today.replace(day=1).isoformat(),
        "school": "" if is_exchange else "18,000",
        "school_remark": "" if is_exchange else "Teaching assistantship",
        "on_campus": "",
        "sponsor": "18,000" if is_exchange else "",
        "us_government": "",
        "us_agency": "",
        "us_agency_name": "",
        "us_government_2": "",
        "us_agency_2": "",
        "us_agency_2_name": "",
        "international_organization": "",
        "organization": "",
        "organization_name": "",
        "international_organization_2": "",
        "organization_2": "",
        "organization_2_name": "",
        "own_government": "",
        "binational_commission": "",
        "other": "",
        "other_remark": "",
        "received_us_funds": "no" if is_exchange else "",
    }
