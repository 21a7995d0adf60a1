"""Whom to ask."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.snippets.blocks import SnippetChooserBlock


class ContactValue(blocks.StructValue):
    """A contact; what stands in the block itself goes before what the person's entry says."""

    @property
    def who(self):
        """The name on the card; empty when the person is no longer in the list."""
        return self._own_or("name", "name")

    @property
    def role(self):
        """What the person is, unless the card bears another name."""
        return "" if self.get("name") or not self.get("person") else self["person"].title

    @property
    def mail(self):
        """Where to write."""
        return self._own_or("email", "email")

    @property
    def telephone(self):
        """The number as people read it."""
        return self._own_or("phone", "phone")

    @property
    def number(self):
        """The number as a telephone dials it."""
        return re.sub(r"[^\d+]", "", self.telephone)

    def _own_or(self, own, of_person):
        return self.get(own) or getattr(self.get("person"), of_person, "")


class ContactBlock(blocks.StructBlock):
    """A person or an office, with the ways to reach it.

    The person is named by a string: the office's room lies above this one.
    """

    person = SnippetChooserBlock(
        "home.StaffMember",
        label=_("Person of our office"),
        required=False,
        help_text=_("Then name, e-mail and phone below may stay empty."),
    )
    name = blocks.CharBlock(
        label=_("Name"),
        required=False,
        max_length=120,
        help_text=_("A person or an office, for example: Housing office"),
    )
    text = blocks.TextBlock(
        label=_("What they help with"),
        required=False,
        rows=2,
        help_text=_("Stands under the name, so that visitors ask the right people."),
    )
    email = blocks.EmailBlock(
        label=_("E-mail"), required=False, help_text=_("Visitors can write to it with one click.")
    )
    phone = blocks.CharBlock(
        label=_("Phone"),
        required=False,
        max_length=40,
        help_text=_("Visitors can call it with one touch, for example: 202-555-0111"),
    )

    class Meta:
        icon = "mail"
        label = _("Contact")
        description = _("A person or an office, with e-mail and phone.")
        template = "pages/blocks/contact.html"
        value_class = ContactValue
        preview_value = {
            "person": None,
            "name": "Housing office",
            "text": "Rooms and leases",
            "email": "housing@example.edu",
            "phone": "202-555-0111",
        }

    def clean(self, value):
        """Refuse a card that names nobody."""
        cleaned = super().clean(value)
        if not (cleaned["person"] or cleaned["name"]):
            sentence = _("Choose a person of our office, or fill in “Name”.")
            raise blocks.StructBlockValidationError(
                block_errors={"name": ValidationError(sentence)}
            )
        return cleaned
