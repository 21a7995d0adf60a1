"""The letterhead from the office's settings, and who signs."""

import logging

from isso.home.models import StaffMember
from isso.home.office import the_office

from .typesetting import Letterhead

logger = logging.getLogger(__name__)


def letterhead():
    """Return the office at hand as a letter shows it."""
    office = the_office()
    place = (office.mailing_address or office.address).splitlines()
    return Letterhead(
        institution=office.institution_name,
        name=office.office_name,
        contact=tuple(filter(None, [*place, office.phone, office.email, office.institution_url])),
        logo=_logo(office),
    )


def _logo(office):
    if office.logo is None:
        return None
    try:
        rendition = office.logo.get_rendition("max-800x160|format-png")
        with rendition.file.open() as file:
            return file.read()
    except OSError:
        # A letter without its logo is better than none.
        logger.warning("The logo of the office cannot be read; a letter goes without it.")
        return None


def signer(user):
    """Return name and title of the advisor who signs, as the staff list has them."""
    if user is None:
        return ()
    listed = StaffMember.objects.filter(email__iexact=user.email).first() if user.email else None
    return tuple(filter(None, (listed.name, listed.title))) if listed else (str(user),)
