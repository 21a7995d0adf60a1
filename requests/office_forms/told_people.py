"""What the file of the demonstration says of its people, read without the database.

It stands here, below demonstration/, which loads the same file: the preview of a form and the
people one signs in as have one source.
"""

import tomllib
from datetime import timedelta
from pathlib import Path

FILE = Path(__file__).parent.parent / "demonstration" / "people.toml"


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
