"""The letterhead from the office's settings, and who signs."""

import io
import logging

from django.db import DatabaseError
from PIL import Image

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
    """Return the logo as a plain PNG, or None: a letter without its logo is better than none.

    Drawn anew, as typesetters are strict about color profiles and files that break off.
    """
    if office.logo is None:
        return None
    try:
        rendition = office.logo.get_rendition("max-600x120|format-png")
        drawn = io.BytesIO()
        with rendition.file.open() as file, Image.open(file) as picture:
            picture.convert("RGBA").save(drawn, "PNG")
    except DatabaseError:
        raise
    except Exception as error:
        # Storages and picture libraries have an error of their own for each thing that is wrong.
        logger.warning(
            "The logo of the office cannot be read (%s); a letter goes without it.",
            type(error).__name__,
        )
        return None
    return drawn.getvalue()


def signer(user):
    """Return name and title of the advisor who signs, as the staff list has them."""
    if user is None:
        return ()
    listed = StaffMember.objects.filter(email__iexact=user.email).first() if user.email else None
    return tuple(filter(None, (listed.name, listed.title))) if listed else (str(user),)
