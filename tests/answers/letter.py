"""Answers of letter."""


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "kind": "status",
        "addressee": "Harbor Bank",
        "include": ["level", "major", "program"],
        "delivery": "pdf",
        "copies": "",
    }
