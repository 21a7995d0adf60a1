"""Answers as they were typed, read for calculators that show while somebody is still typing."""

from datetime import date


def day_in(answers, name):
    """Return the day typed as this answer, or None where there is none that can be read."""
    try:
        return date.fromisoformat(str(answers.get(name) or ""))
    except ValueError:
        return None
