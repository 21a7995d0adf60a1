"""How the office signs its mails: name, address and phone from the site's settings."""

from wagtail.models import Site

from isso.home.models import OfficeSettings


def office_context() -> dict[str, str]:
    """Return what every mail says about its sender."""
    office = OfficeSettings.for_site(Site.objects.get(is_default_site=True))
    return {
        "office_name": office.office_name,
        "office_email": office.email,
        "office_phone": office.phone,
    }
