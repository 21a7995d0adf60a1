"""What Check-In asks: of somebody who has just arrived more than at the start of a later term."""

from datetime import timedelta
from typing import ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from isso.requests.records.countries import name_of

from ..form_fields import Date, choice, country, text, yes_no
from ..request_form import RequestForm
from ..rules.check_in import ARRIVAL, TERM, kind_of, program_start_of
from ..rules.windows import Window, in_words

I94_NUMBER = RegexValidator(
    r"^[0-9]{9}[A-Z0-9][0-9]\Z", _("Enter the 11 characters of your I-94 number.")
)
VISA_FREE_COUNTRY = "Canada"


def is_arrival(answers):
    """Whether these answers are those of a new arrival."""
    return answers.get("kind") != TERM


def answered(name, value):
    """Return a condition that holds when this question got this answer."""

    def asked(answers):
        return answers.get(name) == value

    return asked


class KindForm(RequestForm):
    """Which of the two check-ins it is; the record knows, the person confirms."""

    kind = choice(
        _("Why do you check in?"),
        [
            (ARRIVAL, _("I have arrived for a new program")),
            (TERM, _("I continue my program in a new term")),
        ],
    )
    visa_class = choice(
        _("Your status"),
        [("F-1", _("F-1 student")), ("J-1", _("J-1 exchange visitor"))],
        help_text=_("As on your I-94 and on your I-20 or DS-2019."),
    )
    in_the_us = yes_no(_("Are you in the United States now?"))

    @classmethod
    def prefill(cls, facts):
        """The record knows which it is."""
        return {"kind": kind_of(facts), "visa_class": facts.visa_class}

    def clean(self):
        """The answers agree with the record, and the person is here."""
        cleaned = super().clean()
        facts = self.situation.facts
        wanted = kind_of(facts)
        if cleaned.get("kind") and cleaned["kind"] != wanted:
            sentence = (
                _("You have not checked in for this program yet. Choose the first answer.")
                if wanted == ARRIVAL
                else _("You have checked in for this program. Choose the second answer.")
            )
            self.add_error("kind", sentence)
        if cleaned.get("visa_class") and cleaned["visa_class"] != facts.visa_class:
            self.add_error(
                "visa_class",
                _("Your record says %(class)s. Write to us if this is wrong.")
                % {"class": facts.visa_class},
            )
        if cleaned.get("in_the_us") == "no":
            self.add_error("in_the_us", _("Check in after you have arrived."))
        return cleaned


def arrival_window(situation):
    """Nobody has arrived tomorrow."""
    start = program_start_of(situation.facts)
    begins = _("Your program starts on %(date)s.") % {"date": in_words(start)} if start else ""
    return Window(
        last=situation.today,
        why_last=f"{_('Check in after you have arrived.')} {begins}".strip(),
        citation="8 CFR 214.2(f)(5)(i)",
    )


class ArrivalForm(RequestForm):
    """When and where the person entered, as the I-94 says; a later term asks nothing of it."""

    windows: ClassVar = {"arrival_date": arrival_window}

    arrival_date = Date(label=_("Day you arrived in the United States"))
    port_of_entry = text(
        _("Airport or border where you entered"), 60, help_text=_("For example Boston Logan.")
    )
    i94_number = forms.CharField(
        label=_("I-94 number"),
        max_length=11,
        validators=[I94_NUMBER],
        help_text=_("11 characters, from the newest entry."),
    )
    i94_admit_until = choice(
        _("“Admit until” on your I-94"), [("D/S", _("D/S")), ("date", _("A date"))]
    )
    i94_admit_until_date = Date(label=_("The date, if it shows one"), required=False)
    i515a = yes_no(
        _("Did the officer give you Form I-515A?"),
        help_text=_("You get it when a paper was missing. It must be answered within 30 days."),
    )

    def set_limits(self, situation):
        """The date belongs to one answer."""
        if not is_arrival(situation.answers):
            self.fields.clear()
            return
        self.fields["i94_admit_until_date"].widget.attrs["data-show-if"] = "i94_admit_until=date"

    def clean(self):
        """A dated I-94 names its date."""
        cleaned = super().clean()
        if cleaned.get("i94_admit_until") == "date" and not cleaned.get("i94_admit_until_date"):
            self.add_error("i94_admit_until_date", _("Enter the date printed on your I-94."))
        return cleaned


def passport_window(situation):
    """An expired passport cannot be registered."""
    return Window(
        first=situation.today + timedelta(days=1),
        why_first=_(
            "A passport that has expired cannot be checked in. Renew it at your consulate first."
        ),
        citation="8 CFR 214.1(a)(3)",
    )


class PassportForm(RequestForm):
    """Passport and visa, compared with the record."""

    windows: ClassVar = {"passport_expiry": passport_window}

    passport_number = text(_("Passport number"), 25)
    passport_country = country(_("Country that issued it"))
    passport_expiry = Date(label=_("Passport expires on"))
    has_visa = choice(
        _("Did you enter with a visa in your passport?"),
        [
            ("yes", _("Yes")),
            ("exempt", _("No, citizens of Canada need none")),
            ("changed", _("No, I changed my status inside the United States")),
        ],
    )
    visa_number = text(_("Visa number"), 25, required=False, help_text=_("Printed in red."))
    visa_issue = Date(label=_("Visa issued on"), required=False)
    visa_expiry = Date(label=_("Visa expires on"), required=False)
    visa_post = text(
        _("Issued at"), 60, required=False, help_text=_("The “issuing post name” on the visa.")
    )

    visa_parts: ClassVar = ("visa_number", "visa_issue", "visa_expiry", "visa_post")

    def set_limits(self, situation):
        """The parts of the visa belong to one answer, and to the arrival alone."""
        if not is_arrival(situation.answers):
            for name in ("has_visa", *self.visa_parts):
                del self.fields[name]
            return
        for name in self.visa_parts:
            self.fields[name].widget.attrs["data-show-if"] = "has_visa=yes"

    @classmethod
    def prefill(cls, facts):
        """Show what the record holds, to be compared with the passport."""
        found = {name: getattr(facts, name) for name in cls.visa_parts}
        return found | {
            "passport_number": facts.passport_number,
            "passport_country": name_of(facts.passport_country),
            "passport_expiry": facts.passport_expiry,
            "has_visa": "yes" if facts.visa_number else "",
        }

    def clean(self):
        """Who entered with a visa names it; only citizens of Canada need none."""
        cleaned = super().clean()
        if cleaned.get("has_visa") == "yes":
            for name in self.visa_parts:
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("Copy it from your visa, or change the answer above."))
        issued_by = cleaned.get("passport_country")
        if cleaned.get("has_visa") == "exempt" and issued_by and issued_by != VISA_FREE_COUNTRY:
            self.add_error(
                "has_visa",
                _("Your passport is of %(country)s. Its citizens need a visa. Copy yours.")
                % {"country": issued_by},
            )
        issued, expires = cleaned.get("visa_issue"), cleaned.get("visa_expiry")
        # A visa may have expired since its holder entered, but not before it was issued.
        if issued and expires and expires < issued:
            self.add_error("visa_expiry", _("A visa expires after it was issued."))
        return cleaned
