"""The page of a site of activity: which place, what happens to it, and which one is the primary."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import PO_BOX, Date, choice, long_text, postal_code, state, street, text, yes_no
from ..rules.scholar_sites import ADD, CHANGE, END, begins_window, ended_window, site_of
from .asked_when import AskedWhenForm

PLACE: dict[str, str] = {
    "name": "site_name",
    "line1": "site_street",
    "line2": "site_room",
    "city": "site_city",
    "state": "site_state",
    "postal_code": "site_postal_code",
}


class SiteForm(AskedWhenForm):
    """One place where the scholar works, as SEVIS keeps it."""

    asked_when: ClassVar = {
        "site": ("what", (CHANGE, END)),
        **dict.fromkeys((*PLACE.values(), "site_is_primary"), ("what", (ADD, CHANGE))),
        "begins_on": ("what", (ADD,)),
        "work_there": ("what", (ADD,)),
        "ended_on": ("what", (END,)),
        "next_primary": ("what", (END,)),
    }
    windows: ClassVar = {"begins_on": begins_window, "ended_on": ended_window}

    what = choice(
        _("What happens?"),
        [
            (ADD, _("The scholar works at one more place")),
            (CHANGE, _("A place on the record moves, or has another name")),
            (END, _("The work at a place has ended")),
        ],
    )
    site = forms.ChoiceField(label=_("Which place on the record?"))
    site_name = text(
        _("Name of the place"), 60, help_text=_("For example the building or the hospital.")
    )
    site_street = street(_("Street and number"), 64, help_text=_("No post office box."))
    site_room = text(_("Building, floor or room"), 64, required=False, validators=[PO_BOX])
    site_city = text(_("City"), 60)
    site_state = state()
    site_postal_code = postal_code()
    site_is_primary = yes_no(
        _("Does the scholar work there most of the time?"),
        help_text=_("SEVIS knows one primary place. A new one takes the place of the old one."),
    )
    begins_on = Date(label=_("First day there"))
    work_there = long_text(
        _("What does the scholar do there?"),
        250,
        help_text=_("It must belong to the purpose of the DS-2019."),
    )
    ended_on = Date(label=_("Last day there"))
    next_primary = forms.ChoiceField(label=_("Which place is the primary one now?"), required=False)

    def set_limits(self, situation):
        """Offer the places of this scholar."""
        sites = [("", "—"), *((str(each.id), _called(each)) for each in situation.facts.sites)]
        self.fields["site"].choices = self.fields["next_primary"].choices = sites
        super().set_limits(situation)

    def clean(self):
        """One place is the primary one, and no program is without a place."""
        cleaned = super().clean()
        what, sites = cleaned.get("what"), self.situation.facts.sites
        site = site_of(cleaned, self.situation.facts)
        if what == ADD:
            self._refuse_twice(cleaned, sites)
        elif what == CHANGE and site and site.is_primary:
            self._refuse_none(cleaned)
        elif what == END and site:
            self._refuse_last(cleaned, site, sites)
        return cleaned

    def _refuse_twice(self, cleaned, sites):
        name = (cleaned.get("site_name") or "").casefold()
        if name in {each.name.casefold() for each in sites}:
            self.add_error(
                "site_name", _("This place is on the record. Choose “moves, or has another name”.")
            )
        if not sites and cleaned.get("site_is_primary") == "no":
            self.add_error("site_is_primary", _("The only place is the primary one."))

    def _refuse_none(self, cleaned):
        if cleaned.get("site_is_primary") == "no":
            self.add_error(
                "site_is_primary",
                _("One place must be the primary one. Change the one that is it from now on."),
            )

    def _refuse_last(self, cleaned, site, sites):
        others = [each for each in sites if each.id != site.id]
        if not others:
            self.add_error(
                "site",
                _("This is the only place. Add the next one first, in a request of its own."),
            )
        elif site.is_primary and not site_of(cleaned, self.situation.facts, "next_primary"):
            self.add_error("next_primary", _("Choose the place that is the primary one now."))
        elif cleaned.get("next_primary") == str(site.id):
            self.add_error("next_primary", _("The work at this place has ended."))


def _called(site):
    return f"{site.name}, {site.city}".strip(", ")
