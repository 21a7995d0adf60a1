"""ISSO Check-In: tell the office that you have arrived, are enrolled, and where you live."""

from django import forms
from django.core.validators import EmailValidator, RegexValidator
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from ..effects import ChangeRecord
from ..form_fields import US_PHONE, Date, choice, postal_code, state, street, text, yes_no
from ..request_type import FormPage, Policy, RequestForm, RequestType, Slot, Step
from ..rules.dates import check_in_window
from ..rules.eligibility import in_words, visa_class_is
from ..rules.verdict import Standing, Verdict

I94_NUMBER = RegexValidator(
    r"^[0-9]{9}[A-Z0-9][0-9]$", _("Enter the 11 characters of your I-94 number.")
)
REGISTRATION = "8 CFR 214.3(g)(2)(iii); 22 CFR 62.13"


def not_yet_checked_in(facts, today, policy):
    """Once for each program start."""
    done = facts.check_in_completed_on
    if done is None:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("You completed your check-in on %(date)s.") % {"date": in_words(done)},
        on=done,
    )


def inside_the_window(facts, today, policy):
    """From some days before the program start date until SEVIS registration is due."""
    if facts.program_start is None:
        return Verdict(
            Standing.NEEDS,
            _("Your record has no program start date yet. Write to us so that we can add it."),
        )
    first, last = check_in_window(facts.program_start, policy["days_before"], policy["days_after"])
    if today < first:
        return Verdict(
            Standing.OPENS_ON,
            _("Check-In opens on %(date)s, %(days)d days before your program starts.")
            % {"date": in_words(first), "days": policy["days_before"]},
            on=first,
            citation=REGISTRATION,
        )
    if today > last:
        return Verdict(
            Standing.CLOSED_SINCE,
            _("Check-In closed on %(date)s. Contact an ISSO advisor today.")
            % {"date": in_words(last)},
            on=last,
            citation=REGISTRATION,
        )
    return None


class ArrivalForm(RequestForm):
    """When and where the person entered, as the I-94 says."""

    arrival_date = Date(label=_("Day you arrived in the United States"))
    port_of_entry = text(
        _("Airport or border where you entered"), 60, help_text=_("For example Boston Logan.")
    )
    i94_number = forms.CharField(
        label=_("I-94 number"),
        max_length=11,
        validators=[I94_NUMBER],
        help_text=_("11 characters."),
    )
    i94_admit_until = choice(
        _("“Admit until” on your I-94"), [("D/S", _("D/S")), ("date", _("A date"))]
    )
    i94_admit_until_date = Date(label=_("The date, if it shows one"), required=False)

    def set_limits(self, situation):
        """Nobody arrives tomorrow."""
        self.fields["arrival_date"].between(last=situation.today)
        start = situation.facts.program_start
        if start:
            self.fields["arrival_date"].help_text = _("Your program starts on %(date)s.") % {
                "date": date_format(start, "F j, Y")
            }
        self.fields["i94_admit_until_date"].widget.attrs["data-show-if"] = "i94_admit_until=date"

    def clean(self):
        """An arrival lies in the past; a dated I-94 names its date."""
        cleaned = super().clean()
        arrived = cleaned.get("arrival_date")
        if arrived and arrived > self.situation.today:
            self.add_error(
                "arrival_date",
                _("Check in after you have arrived. Choose today or an earlier day."),
            )
        if cleaned.get("i94_admit_until") == "date" and not cleaned.get("i94_admit_until_date"):
            self.add_error("i94_admit_until_date", _("Enter the date printed on your I-94."))
        return cleaned


class PassportForm(RequestForm):
    """Passport and visa, compared with the record."""

    passport_number = text(_("Passport number"), 25)
    passport_country = text(_("Country that issued it"), 60)
    passport_expiry = Date(label=_("Passport expires on"))
    visa_number = text(
        _("Visa number"),
        25,
        required=False,
        help_text=_("The red number on the visa. Leave empty if you need no visa (Canada)."),
    )

    def set_limits(self, situation):
        """An expired passport cannot be registered."""
        self.fields["passport_expiry"].between(first=situation.today)

    @classmethod
    def prefill(cls, facts):
        """Show what the record holds, to be compared with the passport."""
        return {
            "passport_number": facts.passport_number,
            "passport_country": facts.passport_country,
            "passport_expiry": facts.passport_expiry,
            "visa_number": facts.visa_number,
        }

    def clean_passport_expiry(self):
        """Refuse a passport that has expired."""
        expiry = self.cleaned_data["passport_expiry"]
        if expiry <= self.situation.today:
            raise forms.ValidationError(
                _("This passport has expired. Renew it at your consulate, then check in.")
            )
        return expiry


class AddressForm(RequestForm):
    """Where the person lives now, here and at home."""

    us_street = street(
        _("Street, number and apartment"),
        64,
        help_text=_("All in one line, as the post writes it."),
    )
    us_city = text(_("City"), 60)
    us_state = state()
    us_postal_code = postal_code()
    us_phone = forms.CharField(
        label=_("US phone number"),
        max_length=10,
        required=False,
        validators=[US_PHONE],
        help_text=_("Ten digits. Leave empty if you have none yet."),
    )
    email = forms.CharField(
        label=_("E-mail address"),
        max_length=255,
        validators=[EmailValidator(_("Enter an address such as name@example.edu."))],
    )
    foreign_street = text(_("Street and number outside the United States"), 60)
    foreign_city = text(_("City outside the United States"), 60)
    foreign_country = text(_("Country"), 60)
    emergency_name = text(_("Who to call in an emergency"), 120)
    emergency_relation = text(_("How you know this person"), 60)
    emergency_phone = text(_("Phone of this person"), 25)

    @classmethod
    def prefill(cls, facts):
        """Show what the record holds."""
        address = facts.us_address
        return {
            "us_street": address.get("line1", ""),
            "us_city": address.get("city", ""),
            "us_state": address.get("state", ""),
            "us_postal_code": address.get("postal_code", ""),
            "us_phone": facts.us_phone,
            "email": facts.email,
            "foreign_street": facts.foreign_address.get("line1", ""),
            "foreign_city": facts.foreign_address.get("city", ""),
            "foreign_country": facts.foreign_address.get("country", ""),
            "emergency_name": facts.emergency.get("name", ""),
            "emergency_relation": facts.emergency.get("relation", ""),
            "emergency_phone": facts.emergency.get("phone", ""),
        }

    def clean_foreign_country(self):
        """The home address is outside the United States."""
        country = self.cleaned_data["foreign_country"]
        if country.strip().lower().replace(".", "") in {"us", "usa", "united states"}:
            raise forms.ValidationError(_("Enter an address outside the United States."))
        return country


def says_insured(answers):
    """The question is put to exchange visitors alone, who show the proof as well."""
    return answers.get("health_insurance") == "yes"


class EnrollmentForm(RequestForm):
    """Enrollment, family and insurance."""

    full_time = yes_no(_("Are you enrolled full time this term?"))
    dependents_here = yes_no(_("Are your spouse or children with you in the United States?"))
    health_insurance = yes_no(
        _("Do you have health insurance that meets the rules?"), required=False
    )

    def set_limits(self, situation):
        """Insurance is a federal condition for exchange visitors (22 CFR 62.14)."""
        if situation.facts.visa_class == "J-1":
            self.fields["health_insurance"].required = True
        else:
            del self.fields["health_insurance"]


class CheckIn(RequestType):
    """The request by which a new person becomes registered in SEVIS."""

    key = "check_in"
    title = _("ISSO Check-In")
    summary = _("Tell us that you have arrived, are enrolled, and where you live.")
    icon = "map-pin-check"
    topic = _("Arrival")
    audience = _("New students")
    also_called = ("registration", "arrival", "validation")
    citation = REGISTRATION
    sevis_event = "Registration"
    target_days = 4
    policies = {
        "days_before": Policy(
            _("Opens before the program start"), 30, 1, 30, _("days"), "8 CFR 214.2(f)(5)(i)"
        ),
        "days_after": Policy(
            _("Closes after the program start"), 30, 1, 30, _("days"), "8 CFR 214.3(g)(2)(iii)"
        ),
    }
    rules = (visa_class_is("F-1", "J-1"), not_yet_checked_in, inside_the_window)
    pages = (
        FormPage("arrival", _("Your arrival"), ArrivalForm),
        FormPage("passport", _("Your passport and visa"), PassportForm),
        FormPage("address", _("Where you live"), AddressForm),
        FormPage("enrollment", _("Enrollment and family"), EnrollmentForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot("passport_page", _("Passport, page with your photo")),
                Slot(
                    "visa_page",
                    _("Visa page"),
                    _("Not needed if you need no visa."),
                    required=False,
                ),
                Slot("i94", _("I-94 print-out"), _("From the CBP I-94 website.")),
                Slot("form_page", _("Page 1 of your I-20 or DS-2019, signed by you")),
                Slot("insurance_proof", _("Proof of health insurance"), asked_if=says_insured),
            ),
        ),
    )
    attestations = (
        _("What I wrote is true."),
        _("I will report a new address within 10 days of moving."),
    )
    steps = (
        Step(_("Arrive, no earlier than 30 days before your start date."), _("You")),
        Step(_("Get your I-94 and check the class and the “admit until” entry."), _("You")),
        Step(_("Compare the prefilled answers with your passport."), _("You")),
        Step(_("Upload passport, visa, I-94 and your form."), _("You")),
        Step(_("We compare everything and register your SEVIS record."), _("ISSO")),
        Step(_("Your registration hold goes away on the next business day."), _("Registrar")),
    )
    stock_reasons = (
        _("The I-94 is from an older entry."),
        _("The I-94 shows another class of admission."),
        _("The scan is not readable."),
        _("This is an office or mailbox. Enter where you live, even for a short time."),
        _("The name differs from your passport."),
    )

    def deadline(self, facts, policy):
        """SEVIS registration is due 30 days after the program start (8 CFR 214.3(g)(2)(iii))."""
        if facts.program_start is None:
            return None
        return check_in_window(facts.program_start, policy["days_before"], policy["days_after"])[1]

    def effective_dates(self, cleaned):
        """It takes effect on the day of arrival."""
        return cleaned.get("arrival_date"), None

    def effects(self, cleaned, facts, today):
        """Completion writes what was confirmed into the record and closes the check-in."""
        until = cleaned["i94_admit_until_date"] if cleaned["i94_admit_until"] == "date" else None
        changes = {
            "check_in_completed_on": today,
            "stage": "continuing",
            "sevis_status": "active",
            "i94_date_of_entry": cleaned["arrival_date"],
            "i94_port_of_entry": cleaned["port_of_entry"],
            "i94_number": cleaned["i94_number"],
            "i94_admit_until": until.isoformat() if until else "D/S",
            "passport_number": cleaned["passport_number"],
            "passport_country": cleaned["passport_country"],
            "passport_expiry": cleaned["passport_expiry"],
            "us_address_line1": cleaned["us_street"],
            "us_address_city": cleaned["us_city"],
            "us_address_state": cleaned["us_state"],
            "us_address_postal_code": cleaned["us_postal_code"],
            "us_phone": cleaned["us_phone"],
            "email": cleaned["email"],
            "foreign_address_line1": cleaned["foreign_street"],
            "foreign_address_city": cleaned["foreign_city"],
            "foreign_address_country": cleaned["foreign_country"],
            "emergency_name": cleaned["emergency_name"],
            "emergency_relation": cleaned["emergency_relation"],
            "emergency_phone": cleaned["emergency_phone"],
        }
        if cleaned["visa_number"]:
            changes["visa_number"] = cleaned["visa_number"]
        return [ChangeRecord(changes)]

    def panel(self, situation):
        """Show the last day to check in."""
        last = self.deadline(situation.facts, situation.policy)
        if last is None:
            return []
        return [(_("Check in no later than"), date_format(last, "F j, Y"), "warn")]
