"""Links that editors type: a path of this site, or a full address."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

# No other schemes: "javascript:" has no place in a link.
LINK = re.compile(r"/|https?://|mailto:")


def validate_link(value):
    """Refuse what is neither a path of this site nor a full address."""
    if not LINK.match(value):
        raise ValidationError(
            _("Begin the link with “/” for a page of this site, or with “https://”.")
        )


class LinkBlock(blocks.CharBlock):
    """A link inside a block of a page body."""

    def __init__(self, **kwargs):
        super().__init__(max_length=200, validators=[validate_link], **kwargs)
