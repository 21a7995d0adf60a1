"""Answers of scholar_departure: the program ends three weeks early, and the scholar goes home."""

from datetime import timedelta


def answers(record, today):
    """Return every answer as a browser posts it."""
    ends = (getattr(record, "program_end", None) or today) - timedelta(days=20)
    return {
        "what": "early",
        "new_end_date": ends.isoformat(),
        "reason": "finishes",
        "explanation": "",
        "plan": "leave",
        "leaves_on": (ends + timedelta(days=10)).isoformat(),
        "family_leaves": "yes",
        "foreign_street": "1 Sakura Street",
        "foreign_city": "Kyoto",
        "foreign_province": "",
        "foreign_postal_code": "600-8216",
        "foreign_country": "Japan",
        "bar_is_known": "on",
    }
