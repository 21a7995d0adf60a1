"""Whom to ask."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class ContactBlock(blocks.StructBlock):
    """A person or an office, with the ways to reach it."""

    name = blocks.CharBlock(label=_("Name"), max_length=120)
    text = blocks.TextBlock(label=_("What they help with"), required=False, rows=2)
    email = blocks.EmailBlock(label=_("E-mail"), required=False)
    phone = blocks.CharBlock(label=_("Phone"), required=False, max_length=40)

    class Meta:
        icon = "mail"
        label = _("Contact")
        description = _("A person or an office, with e-mail and phone.")
        template = "pages/blocks/contact.html"
        preview_value = {
            "name": "Housing office",
            "text": "Rooms and leases",
            "email": "housing@demo.example",
            "phone": "617-555-0111",
        }
