"""The second tab of an admitted student: name, birth, citizenship, address and passport."""

from datetime import timedelta
from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import Sex, Suffix
from isso.requests.records.countries import (
    BIRTH_COUNTRIES,
    CITIZENSHIP_COUNTRIES,
    name_of,
)

from ..form_fields import (
    Date,
    SevisId,
    choice,
    country,
    long_text,
    postal_code,
    state,
    street,
    text,
    yes_no,
)
from ..request_form import Slot
from ..rules.admission import (
    CHANGE,
    IS_HERE,
    LEVEL,
    RETURN,
    TRANSFER,
    birth_window,
    comes_by,
    is_exchange,
)
from ..rules.windows import Window
from .address_update import EMAIL, PHONE
from .asked_when import AskedWhenForm
from .dependent_add import NO_DIGITS

# Codes of SEVIS for what exchange visitors do at home; these are those of students.
POSITIONS = [
    ("214", _("Graduate student")),
    ("215", _("Undergraduate student")),
    ("216", _("Medical student")),
    ("217", _("Student of another profession")),
    ("223", _("Secondary school student")),
]
US_ADDRESS = ("us_street", "us_city", "us_state", "us_postal_code")
FOREIGN_ADDRESS = ("line1", "line2", "city", "province", "postal_code", "country")


def passport_window(situation):
    """A passport is valid when the program starts: 8 CFR 214.1(a)(3)."""
    start = situation.facts.program_start
    return Window(
        first=max(filter(None, (situation.today + timedelta(days=1), start))),
        why_first=_("Renew it first: a visa goes into a passport that is still valid."),
        citation="8 CFR 214.1(a)(3)",
    )


class BiographicalForm(AskedWhenForm):
    """Who the person is, with every name as the passport writes it."""

    asked_when: ClassVar = {
        **dict.fromkeys(US_ADDRESS, ("has_us_address", ("yes",))),
        "earlier_stays": ("been_before", ("yes",)),
        "earlier_sevis_id": ("been_before", ("yes",)),
        "exchange_stays": ("exchange_before", ("yes",)),
    }
    windows: ClassVar = {"birth_date": birth_window, "passport_expiry": passport_window}
    only_exchange: ClassVar = (
        *("residence_country", "position_code", "exchange_before", "exchange_stays"),
    )
    only_new: ClassVar = ("been_before", "earlier_stays", "earlier_sevis_id")

    family_name = text(
        _("Family name"),
        80,
        validators=[NO_DIGITS],
        help_text=_("As in your passport. If you have only one name, write it here."),
    )
    given_name = text(_("Given name"), 80, required=False, validators=[NO_DIGITS])
    passport_name = text(
        _("Name in the lines at the bottom of your passport page"),
        39,
        validators=[NO_DIGITS],
        help_text=_("Copy the names. The small arrows between them belong to it."),
    )
    preferred_name = text(_("Name to call you"), 180, required=False)
    suffix = forms.ChoiceField(
        label=_("Suffix"), choices=[("", "—"), *Suffix.choices], required=False
    )
    birth_date = Date(label=_("Date of birth"))
    sex = choice(_("Sex"), Sex.choices, help_text=_("SEVIS takes one of these two."))
    birth_city = text(_("City of birth"), 100)
    birth_country = country(_("Country of birth"), BIRTH_COUNTRIES)
    citizenship_country = country(
        _("Country of citizenship"),
        CITIZENSHIP_COUNTRIES,
        help_text=_("The country whose passport you will travel with."),
    )
    residence_country = country(_("Country where you live permanently"))
    position_code = forms.ChoiceField(
        label=_("What you do at home"), choices=[("", "—"), *POSITIONS]
    )
    foreign_line1 = text(_("Street and number outside the United States"), 60)
    foreign_line2 = text(_("Second line"), 60, required=False)
    foreign_city = text(_("City outside the United States"), 60)
    foreign_province = text(_("Province or region"), 30, required=False)
    foreign_postal_code = text(_("Postal code"), 20, required=False)
    foreign_country = country(_("Country"))
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=254,
        validators=[EMAIL],
        help_text=_("One that you read every day. SEVIS writes there, too."),
    )
    foreign_phone = forms.CharField(
        label=_("Phone"), max_length=26, validators=[PHONE], help_text=_("With + and country code.")
    )
    has_us_address = yes_no(_("Do you have an address in the United States already?"))
    us_street = street(_("Street, number and apartment"), 64)
    us_city = text(_("City"), 60)
    us_state = state()
    us_postal_code = postal_code()
    passport_number = text(_("Passport number"), 25)
    passport_country = country(_("Country that issued it"))
    passport_expiry = Date(label=_("Passport expires on"))
    been_before = yes_no(_("Were you in the United States in F, J or M status before?"))
    earlier_stays = long_text(
        _("When, and in which status?"), 500, help_text=_("For example J-1 student, 2019 to 2020.")
    )
    earlier_sevis_id = SevisId(label=_("SEVIS ID of that time"), required=False)
    exchange_before = yes_no(_("Were you in the United States as a J-1 or J-2 person before?"))
    exchange_stays = long_text(
        _("From when to when, in which category, and with which sponsor?"), 500
    )

    def set_limits(self, situation):
        """Ask exchange visitors for more, and of earlier stays those whose record is new."""
        answers = situation.answers
        if not is_exchange(answers):
            self._leave_out(self.only_exchange)
        if comes_by(TRANSFER, LEVEL, RETURN)(answers):
            self._leave_out(self.only_new)
        super().set_limits(situation)

    def _leave_out(self, names):
        for name in names:
            del self.fields[name]

    @classmethod
    def prefill(cls, facts):
        """Show what the record holds, to be compared with the passport."""
        same = (
            *("family_name", "given_name", "passport_name", "preferred_name", "suffix"),
            *("birth_date", "sex", "birth_city", "position_code", "email"),
            *("foreign_phone", "passport_number", "passport_expiry"),
        )
        countries = (
            *("birth_country", "citizenship_country", "residence_country", "passport_country"),
        )
        us, abroad = facts.us_address, facts.foreign_address
        return {
            **{name: getattr(facts, name) for name in same},
            **{name: name_of(getattr(facts, name)) for name in countries},
            **{f"foreign_{part}": abroad.get(part, "") for part in FOREIGN_ADDRESS},
            "foreign_country": name_of(abroad.get("country", "")),
            "has_us_address": "yes" if us.get("line1") else "",
            "us_street": us.get("line1", ""),
            **{f"us_{part}": us.get(part, "") for part in ("city", "state", "postal_code")},
        }


BIOGRAPHICAL_SLOTS = (
    Slot(
        "passport",
        _("Passport, page with your photo"),
        _("All four corners and the lines at the bottom visible."),
    ),
    Slot("admission_letter", _("Admission letter")),
    Slot(
        "old_form",
        _("Your I-20 or DS-2019"),
        _("The newest one, all pages."),
        asked_if=comes_by(TRANSFER, LEVEL, RETURN),
    ),
    Slot(
        "transfer_form",
        _("Transfer form"),
        _("Filled in by the international office of your present school."),
        asked_if=comes_by(TRANSFER),
    ),
    Slot("i94", _("I-94"), _("From the CBP I-94 website."), asked_if=comes_by(*IS_HERE)),
    Slot(
        "visa_page",
        _("Newest visa page"),
        _("Citizens of Canada have none."),
        required=False,
        asked_if=comes_by(*IS_HERE),
    ),
    Slot(
        "status_proof",
        _("Proof of your present status"),
        _("Such as Form I-797, or the form of the person on whom your status depends."),
        asked_if=comes_by(CHANGE),
    ),
)
