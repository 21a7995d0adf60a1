"""Answers of change_level: a doctorate after the master's degree."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    end = getattr(record, "program_end", None) or today
    start = max(end, today) + timedelta(days=30)
    return {
        "new_level": "06",
        "new_degree": "Doctor of Philosophy",
        "new_major": "Statistics",
        "new_cip": "27.0501",
        "new_department": "Mathematics",
        "english": "met",
        "english_reason": "",
        "same_objective": "yes",
        "dependents_stay": "yes",
        "new_start": start.isoformat(),
        "new_end": (start + timedelta(days=1400)).isoformat(),
        "deposit_paid": "yes",
        "training_ends": "yes",
        "tuition": "30,000",
        "living": "20,000",
        "dependents_cost": "5,000",
        "other_cost": "",
        "personal": "10,000",
        "school": "45,000",
        "on_campus": "",
        "other": "",
        "other_remark": "",
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
