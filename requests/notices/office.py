"""How the office signs its mails: name, address and phone from the site's settings."""

from django.apps import apps
from wagtail.models import Site


def office_context() -> dict[str, str]:
    """Return what every mail says about its sender."""
    site = Site.objects.get(is_default_site=True)
    office = apps.get_model("home", "OfficeSettings").for_site(site)
    return {
        "office_name": office.office_name,
        "office_email": office.email,
        "office_phone": office.phone,
    }
