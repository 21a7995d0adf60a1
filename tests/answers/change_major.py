"""Answers of change_major: one new major, nothing beside it."""


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "new_major": "Statistics",
        "new_cip": "27.0501",
        "second_major": "",
        "second_cip": "",
        "minor": "",
        "minor_cip": "",
        "subject_remark": "",
        "degree": "",
        "department": "Mathematics",
        "effective_on": today.isoformat(),
        "end_moves": "stays",
        "same_objective": "yes",
        "approver_name": "Paula Rivera",
        "approver_email": "rivera@demo.example",
    }
