"""What ``people.toml`` says of the people of the demonstration, read without the database."""

import tomllib
from datetime import timedelta
from pathlib import Path

FILE = Path(__file__).parent / "people.toml"


def told_people():
    """Return the whole file as it stands."""
    return tomllib.loads(FILE.read_text())


def record_told(person, likes, today):
    """Return what the record of one person says, by the names of its fields."""
    told = likes.get(person.get("like"), {}) | person["record"]
    return {"passport_country": told.get("citizenship_country", "")} | dated(told, today)


def dated(told, today):
    """Turn ``program_end_in_days = 174`` into the date it means."""
    return {
        name.removesuffix("_in_days"): (
            today + timedelta(days=value) if name.endswith("_in_days") else value
        )
        for name, value in told.items()
    }
