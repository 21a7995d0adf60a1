"""Answers of program_extension."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    end = getattr(record, "program_end", None) or today
    return {
        "new_end_date": (end + timedelta(days=180)).isoformat(),
        "reason": "research",
        "explanation": "The instrument broke and the measurements had to begin again.",
        "probation": "no",
        "remaining_courses": "Thesis and one seminar.",
        "remaining_credits": "9",
        "thesis_stage": "research",
        "term_plan": "One more term: seminar and thesis.",
        "tuition": "$12,000",
        "living": "9,000",
        "dependents_cost": "3000",
        "other_cost": "",
        "personal": "24,000",
        "other": "",
        "other_remark": "",
        "insurance_until": (
            (end + timedelta(days=200)).isoformat() if record.visa_class == "J-1" else ""
        ),
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
