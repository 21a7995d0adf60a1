"""Answers of scholar_site: the scholar works at one more place."""


def answers(record, today):
    """Return every answer as a browser posts it."""
    return {
        "what": "add",
        "site": "",
        "site_name": "City Hospital",
        "site_street": "9 Harbor Street",
        "site_room": "Floor 3",
        "site_city": "Example City",
        "site_state": "MA",
        "site_postal_code": "02139",
        "site_is_primary": "no",
        "begins_on": max(today, getattr(record, "program_start", None) or today).isoformat(),
        "work_there": "Takes samples once a week.",
        "ended_on": "",
        "next_primary": "",
    }
