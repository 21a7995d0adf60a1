"""How the office signs its mails: names, address and phone from the site's settings."""

from isso.home.office import the_office


def office_context() -> dict[str, str]:
    """Return what every mail says about its sender."""
    office = the_office()
    return {
        "office_name": office.office_name,
        "office_short_name": office.short_name,
        "office_email": office.email,
        "office_phone": office.phone,
    }
