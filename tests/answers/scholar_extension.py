"""Answers of scholar_extension: another half year of a scholar who is not employed."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    begins = record.program_end + timedelta(days=1)
    new_end = record.program_end + timedelta(days=180)
    return {
        "new_end": new_end.isoformat(),
        "reason": "The last season of the experiments is still to come.",
        "position_title": "Visiting Research Scholar",
        "hired_as": "courtesy",
        "same_purpose": "yes",
        "tenure_track": "no",
        "waiver": "no",
        "description": "Experiments with wheat in the greenhouse, with the group of the host.",
        "remote": "no",
        "lab_access": "yes",
        "lab_details": "Plant laboratory of Ruth Adler.",
        "data_access": "no",
        "equipment_access": "no",
        "salary": "",
        "department_money": "12,000",
        "home_employer_money": "",
        "home_government_money": "",
        "us_government_money": "",
        "organization_money": "",
        "own_money": "",
        "other_money": "",
        "other_source": "",
        "money_from": begins.isoformat(),
        "money_until": new_end.isoformat(),
        "insurance_by": "department",
        "insurance_plan": "Scholar Care",
        "insurance_from": begins.isoformat(),
        "insurance_until": new_end.isoformat(),
        "insurance_medical": "250,000",
        "insurance_repatriation": "25,000",
        "insurance_evacuation": "50,000",
        "insurance_deductible": "100",
        "insurance_coinsurance": "20",
        "insurance_backed_by": "am_best",
    }
