"""Links that editors type: a path of this site, or a full address."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# No other schemes: "javascript:" has no place in a link.
LINK = re.compile(r"/|https?://|mailto:")


def validate_link(value):
    """Refuse what is neither a path of this site nor a full address."""
    if not LINK.match(value):
        raise ValidationError(
            _("Begin the link with “/” for a page of this site, or with “https://”.")
        )
