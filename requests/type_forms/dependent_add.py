"""What the office asks about a spouse or child before it issues a form for them."""

from datetime import timedelta
from typing import ClassVar

from django import forms
from django.core.validators import EmailValidator, RegexValidator
from django.utils.translation import gettext_lazy as _

from isso.requests.records.choices import Relation, Sex, Suffix
from isso.requests.records.countries import BIRTH_COUNTRIES, CITIZENSHIP_COUNTRIES

from ..form_fields import (
    Date,
    UsPhone,
    choice,
    country,
    dollars,
    money,
    postal_code,
    state,
    street,
    text,
    yes_no,
)
from ..request_form import RequestForm
from ..rules.answered import day_in
from ..rules.dates import add_months, turns_21_on
from ..rules.family import CITATION, earliest_birth_of_a_child
from ..rules.windows import Window, in_words

NO_DIGITS = RegexValidator(r"\d", _("A name has no digits."), inverse_match=True)
I94_NUMBER = RegexValidator(
    r"^([0-9]{9}[A-Z0-9][0-9]|[0-9]{11})\Z", _("Enter the 11 characters of the I-94 number.")
)
OWN_ADDRESS = ("own_street", "own_city", "own_state", "own_postal_code")
YOUNGEST_SPOUSE, OLDEST = 14, 90


class PersonForm(RequestForm):
    """Who it is, with every name as the passport writes it."""

    relation = choice(_("Who is this person to you?"), Relation.choices)
    is_unmarried = yes_no(_("Is your child unmarried?"), required=False)
    family_name = text(
        _("Family name"),
        80,
        validators=[NO_DIGITS],
        help_text=_("As in the passport. If there is only one name, write it here."),
    )
    given_name = text(_("Given name"), 80, required=False, validators=[NO_DIGITS])
    passport_name = text(
        _("Name in the lines at the bottom of the passport page"),
        39,
        required=False,
        validators=[NO_DIGITS],
    )
    preferred_name = text(_("Name to call this person"), 180, required=False)
    suffix = forms.ChoiceField(
        label=_("Suffix"), choices=[("", "—"), *Suffix.choices], required=False
    )

    def set_limits(self, situation):
        """Only a child can be unmarried in the sense of the rule."""
        self.fields["is_unmarried"].widget.attrs["data-show-if"] = "relation=child"

    def clean(self):
        """One spouse, and unmarried children: 8 CFR 214.2(f)(3), 22 CFR 62.2."""
        cleaned = super().clean()
        relation = cleaned.get("relation")
        if relation == Relation.CHILD and "is_unmarried" not in self.errors:
            if not cleaned.get("is_unmarried"):
                self.add_error("is_unmarried", _("Answer this question."))
            elif cleaned["is_unmarried"] == "no":
                self.add_error(
                    "is_unmarried",
                    _("Only unmarried children get a form. Speak with our office."),
                )
        on_record = [each.relation for each in self.situation.facts.dependents]
        if relation == Relation.SPOUSE and Relation.SPOUSE in on_record:
            self.add_error(
                "relation",
                _("Your record has a spouse already. Tell us first that the marriage ended."),
            )
        return cleaned


def birth_window(situation):
    """A child is under 21 (8 CFR 214.2(f)(3); 22 CFR 62.2); nobody is born tomorrow."""
    relation, today = situation.answers.get("relation"), situation.today
    if relation == Relation.CHILD:
        return Window(
            first=earliest_birth_of_a_child(today),
            last=today,
            why_first=_("A child gets a form until the day before the 21st birthday."),
            citation=CITATION,
        )
    if relation == Relation.SPOUSE:
        return Window(
            first=add_months(today, -OLDEST * 12), last=add_months(today, -YOUNGEST_SPOUSE * 12)
        )
    return None


class BirthForm(RequestForm):
    """Birth, citizenship and sex, as SEVIS asks them."""

    windows: ClassVar = {"birth_date": birth_window}

    birth_date = Date(label=_("Date of birth"))
    birth_city = text(_("City of birth"), 100)
    birth_country = country(_("Country of birth"), BIRTH_COUNTRIES)
    citizenship_country = country(_("Country of citizenship"), CITIZENSHIP_COUNTRIES)
    sex = choice(_("Sex"), Sex.choices, help_text=_("SEVIS takes one of these two."))
    email = forms.CharField(
        label=_("E-mail address of this person"),
        max_length=254,
        required=False,
        validators=[EmailValidator(_("Enter an address such as name@example.edu."))],
    )

    def clean(self):
        """Nobody is added twice."""
        cleaned = super().clean()
        said = self.situation.answers
        name = f"{said.get('given_name', '')} {said.get('family_name', '')}".strip().casefold()
        if any(
            each.name.casefold() == name and each.birth_date == cleaned.get("birth_date")
            for each in self.situation.facts.dependents
        ):
            self.add_error("birth_date", _("This person is on your record already."))
        return cleaned


def arrival_window(situation):
    """A form is made for a trip that is near."""
    return Window(
        first=situation.today,
        last=situation.today + timedelta(days=365),
        why_last=_("For a later trip, ask again when it is closer."),
        citation=_("Office practice"),
    )


class StayForm(RequestForm):
    """Where this person is and where they will live."""

    windows: ClassVar = {"arrives_on": arrival_window}

    in_the_us = yes_no(_("Is this person in the United States now?"))
    arrives_on = Date(label=_("Planned day of arrival"), required=False)
    i94_number = forms.CharField(
        label=_("I-94 number of this person"),
        max_length=11,
        required=False,
        validators=[I94_NUMBER],
        help_text=_("11 characters, from the CBP I-94 website."),
    )
    same_address = yes_no(_("Will this person live with you?"))
    own_street = street(_("Street, number and apartment"), 64, required=False)
    own_city = text(_("City"), 60, required=False)
    own_state = state(required=False)
    own_postal_code = postal_code(required=False)
    us_phone = UsPhone(
        label=_("US phone number of this person"),
        required=False,
        help_text=_("Ten digits. Leave empty if there is none."),
    )
    form_purpose = choice(
        _("How does this person come?"),
        [("06", _("With me, when I begin")), ("08", _("Later, to join me"))],
    )
    health_insurance = yes_no(
        _("Will this person have health insurance that meets the J-1 rules from the first day?")
    )

    def set_limits(self, situation):
        """Purpose and insurance are asked for J-2: the DS-2019 and 22 CFR 62.14."""
        if situation.facts.visa_class != "J-1":
            del self.fields["form_purpose"], self.fields["health_insurance"]
        shows = {"arrives_on": "in_the_us=no", "i94_number": "in_the_us=yes"}
        shows |= dict.fromkeys(OWN_ADDRESS, "same_address=no")
        for name, condition in shows.items():
            self.fields[name].widget.attrs["data-show-if"] = condition

    @classmethod
    def prefill(cls, facts):
        """Families live together."""
        return {"same_address": "yes", "form_purpose": "08"}

    def clean(self):
        """What one answer leads to is answered, too."""
        cleaned = super().clean()
        asked = {
            "arrives_on": cleaned.get("in_the_us") == "no",
            "i94_number": cleaned.get("in_the_us") == "yes",
        } | dict.fromkeys(OWN_ADDRESS, cleaned.get("same_address") == "no")
        for name, is_asked in asked.items():
            if is_asked and not cleaned.get(name) and name not in self.errors:
                self.add_error(name, _("Answer this question."))
        self._check_age(cleaned)
        if cleaned.get("health_insurance") == "no":
            self.add_error(
                "health_insurance",
                _("J-2 people must be insured (22 CFR 62.14). Buy insurance first, then ask."),
            )
        return cleaned

    def _check_age(self, cleaned):
        """A child is still under 21 on arrival: 8 CFR 214.2(f)(3)."""
        said, arrives = self.situation.answers, cleaned.get("arrives_on")
        born = day_in(said, "birth_date")
        if said.get("relation") != Relation.CHILD or not (born and arrives):
            return
        if cleaned.get("in_the_us") == "no" and arrives >= turns_21_on(born):
            self.add_error(
                "arrives_on",
                _(
                    "Your child turns 21 on %(date)s. The form ends on that day, so the arrival "
                    "must come before."
                )
                % {"date": in_words(turns_21_on(born))},
            )


def amount_wanted(situation):
    """Return the dollars a year the office asks for this person; the first child's without one."""
    is_spouse = situation.answers.get("relation") == Relation.SPOUSE
    return situation.policy["spouse_amount" if is_spouse else "child_amount"]


class MoneyForm(RequestForm):
    """Who pays for this person."""

    amount = money(_("Money for this person, in US dollars a year"))
    paid_by = choice(
        _("Where does it come from?"),
        [
            ("personal", _("My family or I")),
            ("school", _("This university")),
            ("other", _("Somebody else, such as a sponsor")),
        ],
    )

    def set_limits(self, situation):
        """Say how much the office needs to see."""
        self.fields["amount"].help_text = _(
            "At least %(least)s a year, besides the money for yourself."
        ) % {"least": dollars(amount_wanted(situation))}

    def clean_amount(self):
        """The estimate of living costs is the least a form can show: 8 CFR 214.2(f)(1)(i)(B)."""
        amount, least = self.cleaned_data["amount"], amount_wanted(self.situation)
        if amount < least:
            raise forms.ValidationError(
                _("Show at least %(least)s. With less we cannot issue the form.")
                % {"least": dollars(least)}
            )
        return amount
