"""What Check-In asks about life here: address, phone, family, enrollment and insurance."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.countries import name_of

from ..form_fields import Date, UsPhone, country, postal_code, state, street, text, yes_no
from ..request_form import RequestForm
from ..rules.scholars import is_scholar
from ..rules.windows import Window
from .address_update import EMAIL, PHONE
from .check_in import is_arrival


def until_window(situation):
    """A temporary place is left some day from today on."""
    return Window(
        first=situation.today,
        why_first=_(
            "Only for a hotel or a friend’s home. Report the next address then, within 10 days."
        ),
        citation="8 CFR 214.2(f)(17)",
    )


class AddressForm(RequestForm):
    """Where the person lives now, here and at home, and whom to call."""

    windows: ClassVar = {"us_until": until_window}

    us_street = street(
        _("Street, number and apartment"),
        64,
        help_text=_("All in one line, as the post writes it."),
    )
    us_city = text(_("City"), 60)
    us_state = state()
    us_postal_code = postal_code()
    us_until = Date(label=_("Temporary? Until which day"), required=False)
    us_phone = UsPhone(label=_("US phone number"), required=False)
    has_no_us_phone = forms.BooleanField(label=_("I have no US phone yet"), required=False)
    email = forms.CharField(label=_("E-mail address"), max_length=254, validators=[EMAIL])
    foreign_street = text(_("Street and number outside the United States"), 60)
    foreign_city = text(_("City outside the United States"), 60)
    foreign_province = text(_("Province or region"), 30, required=False)
    foreign_postal_code = text(_("Postal code"), 20, required=False)
    foreign_country = country(_("Country"))
    emergency_name = text(_("Who to call in an emergency"), 120)
    emergency_relation = text(_("How you know this person"), 60)
    emergency_phone = text(_("Phone of this person"), 25, validators=[PHONE])
    # Not everybody's mother has one, so nobody has to invent it.
    emergency_email = forms.CharField(
        label=_("E-mail of this person"), max_length=254, required=False, validators=[EMAIL]
    )

    def set_limits(self, situation):
        """The address abroad is asked of who arrives."""
        if not is_arrival(situation.answers):
            for name in [each for each in self.fields if each.startswith("foreign_")]:
                del self.fields[name]

    @classmethod
    def prefill(cls, facts):
        """Show what the record holds."""
        us, foreign, contact = facts.us_address, facts.foreign_address, facts.emergency
        return {
            "us_street": us.get("line1", ""),
            "us_city": us.get("city", ""),
            "us_state": us.get("state", ""),
            "us_postal_code": us.get("postal_code", ""),
            "us_phone": facts.us_phone,
            "has_no_us_phone": facts.has_no_us_phone or "",
            "email": facts.email,
            "foreign_street": foreign.get("line1", ""),
            "foreign_city": foreign.get("city", ""),
            "foreign_province": foreign.get("province", ""),
            "foreign_postal_code": foreign.get("postal_code", ""),
            "foreign_country": name_of(foreign.get("country", "")),
            "emergency_name": contact.get("name", ""),
            "emergency_relation": contact.get("relation", ""),
            "emergency_phone": contact.get("phone", ""),
            "emergency_email": contact.get("email", ""),
        }

    def clean(self):
        """A US number, or the word that there is none: SEVIS wants one of them."""
        cleaned = super().clean()
        if "us_phone" in self.errors:
            return cleaned
        if cleaned.get("us_phone") and cleaned.get("has_no_us_phone"):
            self.add_error("has_no_us_phone", _("Enter a number or tick this box, not both."))
        elif not (cleaned.get("us_phone") or cleaned.get("has_no_us_phone")):
            self.add_error("us_phone", _("Enter your number, or tick that you have none yet."))
        return cleaned


class EnrollmentForm(RequestForm):
    """Enrollment, or of a scholar the place of work; family and insurance."""

    of_students: ClassVar = ("credits", "full_time")
    of_scholars: ClassVar = ("has_begun", "site_is_right")

    credits = forms.IntegerField(label=_("Credits this term"), min_value=0, max_value=60)
    full_time = yes_no(
        _("Are you enrolled full time this term?"),
        help_text=_(
            "You must be. If you cannot, speak with our office about a reduced course load "
            "before you drop a course."
        ),
    )
    has_begun = yes_no(_("Have you reported to your host here?"))
    site_is_right = yes_no(
        _("Do you work at the place that your DS-2019 names?"),
        help_text=_(
            "If it is another building or town, write to us now: we report it within 10 days."
        ),
    )
    dependents_here = yes_no(_("Are your spouse or children with you in the United States?"))
    health_insurance = yes_no(
        _("Do you and your family have health insurance that meets the rules?"),
        required=False,
        help_text=_(
            "For each accident or illness $100,000, for return of remains $25,000, for medical "
            "evacuation $50,000, and at most $500 that you pay yourself (22 CFR 62.14)."
        ),
    )

    def set_limits(self, situation):
        """Insurance is a federal condition for exchange visitors (22 CFR 62.14).

        The sites of activity of scholars are reported, students study: 22 CFR 62.13(b).
        """
        facts = situation.facts
        for name in self.of_students if is_scholar(facts) else self.of_scholars:
            del self.fields[name]
        if facts.visa_class == "J-1":
            self.fields["health_insurance"].required = True
        else:
            del self.fields["health_insurance"]
        if facts.dependents:
            self.fields["dependents_here"].help_text = _(
                "On your record: %(names)s. Write to us if somebody is missing."
            ) % {"names": ", ".join(each.name for each in facts.dependents)}

    @classmethod
    def prefill(cls, facts):
        """The registrar may have told how many."""
        enrolled = {True: "yes", False: "no"}.get(facts.is_full_time, "")
        return {"credits": facts.credits, "full_time": enrolled}
