"""Check-In: tell the office that you are here, are enrolled or at work, and where you live."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME, named

from ..effects import ChangeRecord, LiftHold, ReportAddress
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import BeforeArrival, RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.check_in import (
    ARRIVAL,
    REGISTRATION,
    not_yet_checked_in,
    program_start_is_known,
    program_start_of,
    start_of,
    window_of,
)
from ..rules.dates import add_months, earliest_entry, exchange_address_record_due, registration_due
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..rules.next_program import next_program_entered
from ..rules.postal import zip_fits_state
from ..rules.sevis import sevis_day
from ..type_forms.check_in import ArrivalForm, KindForm, PassportForm, answered, is_arrival
from ..type_forms.check_in_living import AddressForm, EnrollmentForm


class CheckIn(RequestType):
    """The request by which a person becomes registered in SEVIS, on arrival and each term."""

    key = "check_in"
    title = named(_("%(office)s Check-In"))
    summary = _("Tell us that you are here, are enrolled or at work, and where you live.")
    icon = "map-pin-check"
    topic = _("Arrival")
    audience = _("New students and scholars")
    also_called = ("registration", "arrival", "validation", "term registration")
    citation = REGISTRATION
    sevis_event = "Registration"
    target_days = 4
    before_arrival = BeforeArrival.ALSO
    policies = {
        "days_before": Policy(
            _("Opens before the start"), 30, 1, 30, _("days"), "8 CFR 214.2(f)(5)(i)"
        ),
        "days_after": Policy(
            _("Closes after the start"), 30, 1, 30, _("days"), "8 CFR 214.3(g)(2)(iii)"
        ),
    }
    rules = (
        visa_class_is("F-1", "J-1", citation=REGISTRATION),
        not_yet_checked_in,
        program_start_is_known,
        sevis_status_is("initial", "active", citation=REGISTRATION),
    )
    pages = (
        FormPage("kind", _("Why you check in"), KindForm),
        FormPage("arrival", _("Your arrival"), ArrivalForm, asked_if=is_arrival),
        FormPage("passport", _("Your passport and visa"), PassportForm),
        FormPage("address", _("Where you live"), AddressForm),
        FormPage("enrollment", _("Studies or work, and family"), EnrollmentForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot("passport_page", _("Passport, page with your photo"), asked_if=is_arrival),
                Slot("visa_page", _("Newest visa page"), asked_if=answered("has_visa", "yes")),
                Slot(
                    "status_notice",
                    _("Form I-797 that approved your change of status"),
                    asked_if=answered("has_visa", "changed"),
                ),
                Slot(
                    "i94", _("I-94 print-out"), _("From the CBP I-94 website."), asked_if=is_arrival
                ),
                Slot(
                    "form_page",
                    _("Page 1 of your I-20 or DS-2019, signed by you"),
                    asked_if=is_arrival,
                ),
                Slot(
                    "i515a_form",
                    _("Form I-515A, every page"),
                    _("Send it today; it must be answered within 30 days."),
                    asked_if=answered("i515a", "yes"),
                ),
                # The question is put to exchange visitors alone, who show the proof as well.
                Slot(
                    "insurance_proof",
                    _("Proof of health insurance"),
                    asked_if=answered("health_insurance", "yes"),
                ),
                Slot(
                    "new_passport_page",
                    _("New passport, page with your photo"),
                    _("Only if your passport has changed since your last check-in."),
                    required=False,
                    asked_if=answered("kind", "term"),
                ),
            ),
        ),
    )
    attestations = (
        _("What I wrote is true."),
        _("I will report a new address, name or phone within 10 days."),
    )
    steps = (
        Step(_("Arrive, no earlier than 30 days before your start date."), _("You")),
        Step(_("Get your I-94 and check the class and the “admit until” entry."), _("You")),
        Step(_("Write down your US address and phone number."), _("You")),
        Step(_("Compare the prefilled answers with your passport."), _("You")),
        Step(_("Upload passport, visa, I-94 and your form."), _("You")),
        Step(_("Send it before the last day shown."), _("You")),
        Step(_("We compare everything and register your SEVIS record."), SHORT_NAME),
        Step(_("Your registration hold goes away on the next business day."), _("Registrar")),
    )
    stock_reasons = (
        _("The I-94 is from an older entry."),
        _("The I-94 shows another class of admission."),
        _("The scan is not readable."),
        _("This is an office or mailbox. Enter where you live, even for a short time."),
        _("You gave a hotel. Tell us until which day you stay there."),
        _("The name differs from your passport."),
        _("You are not registered full time."),
        _("You work at another place than your DS-2019 says. Tell us where."),
        _("Your form is not signed. Sign it and upload it again."),
    )

    def request_window(self, facts, policy):
        """Around the start of the program or term, until SEVIS registration is due."""
        return window_of(facts, policy)

    def deadline(self, facts, policy):
        """SEVIS registration is due 30 days after the start (8 CFR 214.3(g)(2)(iii))."""
        window = window_of(facts, policy)
        return window.last if window else None

    def effective_dates(self, cleaned):
        """It takes effect on the day of arrival."""
        return cleaned.get("arrival_date"), None

    def effects(self, cleaned, facts, today):
        """What was confirmed becomes the record, and the hold that waits for it is lifted."""
        arrived = is_arrival(cleaned)
        changes = {
            name: cleaned[name]
            for name in (
                "passport_number",
                "passport_country",
                "passport_expiry",
                "us_phone",
                "has_no_us_phone",
                "email",
                "emergency_name",
                "emergency_relation",
                "emergency_phone",
                "emergency_email",
            )
        }
        changes["check_in_completed_on"] = today
        if "full_time" in cleaned:
            changes |= {
                "credits": cleaned["credits"],
                "is_full_time": cleaned["full_time"] == "yes",
            }
        home = _us_address(cleaned)
        if arrived:
            changes |= _arrival(cleaned) | next_program_entered(facts)
        effects = [ChangeRecord(changes)]
        if arrived or any(facts.us_address.get(part, "") != home[part] for part in home):
            since = cleaned["arrival_date"] if arrived else None
            effects.append(
                ReportAddress("us_address", home, since, valid_until=cleaned["us_until"])
            )
        if arrived:
            abroad = {"line1": cleaned["foreign_street"], "line2": ""} | {
                part: cleaned[f"foreign_{part}"]
                for part in ("city", "province", "postal_code", "country")
            }
            effects.append(ReportAddress("foreign_address", abroad))
        return [*effects, LiftHold("check_in")]

    def sevis_entries(self, cleaned, facts):
        """F-1: Registration with the session; J-1: Validate; both with address and phone."""
        home = _us_address(cleaned)
        contact = [
            (_("US address: street"), home["line1"]),
            (_("US address: city"), home["city"]),
            (_("US address: state"), home["state"]),
            (_("US address: ZIP code"), home["postal_code"]),
            (_("E-mail"), cleaned["email"]),
            (_("US phone"), cleaned["us_phone"]),
        ]
        if facts.visa_class == "J-1" and (cleaned["kind"] != ARRIVAL or facts.next_program_start):
            # A record is validated once, on arrival, and serves the next level, too: 22 CFR 62.13.
            return (SevisEntry("Biographical", tuple(contact)),)
        if facts.visa_class == "J-1":
            start = (_("Program begin date"), sevis_day(program_start_of(facts)))
            return (SevisEntry("Validate", (start, *contact)),)
        start, end = facts.term_start or facts.program_start, facts.term_end
        if (
            facts.next_program_start
            and cleaned["kind"] == ARRIVAL
            and start < facts.next_program_start
        ):
            # The record still knows the last term of the program before.
            start, end = facts.next_program_start, None
        session = [
            (_("Current session start date"), sevis_day(start)),
            (_("Current session end date"), sevis_day(end)),
            (_("Last session"), "Y" if facts.is_last_session else "N"),
            (_("Thesis or dissertation"), "Y" if facts.has_thesis else "N"),
        ]
        exempt = (_("No phone (TelephoneExemptInd)"), "Y" if cleaned["has_no_us_phone"] else "N")
        return (SevisEntry("Registration", (*session, *contact, exempt)),)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """30 days after the program or term starts: 8 CFR 214.3(g)(2)(iii); 22 CFR 62.13."""
        if facts.visa_class == "J-1" and cleaned.get("kind") != ARRIVAL:
            return exchange_address_record_due(reported_on, add_business_days)
        start = program_start_of(facts) if cleaned.get("kind") == ARRIVAL else facts.term_start
        if start is None:
            return super().sevis_due(cleaned, facts, reported_on, add_business_days)
        return registration_due(start)

    def panel(self, situation):
        """Show the last day to check in, and what in the answers needs attention."""
        facts, answers = situation.facts, situation.answers
        rows = []
        if start_of(facts) is not None:
            last = self.deadline(facts, situation.policy)
            rows.append((_("Check in no later than"), date_format(last, "F j, Y"), "warn"))
        return rows + _warnings(facts, answers, situation.today)


def _us_address(cleaned):
    return {
        "line1": cleaned["us_street"],
        "line2": "",
        "city": cleaned["us_city"],
        "state": cleaned["us_state"],
        "postal_code": cleaned["us_postal_code"],
    }


def _arrival(cleaned):
    """Return what an arrival adds: the I-94, the visa, and the standing of a registered person."""
    until = cleaned["i94_admit_until_date"] if cleaned["i94_admit_until"] == "date" else None
    changes = {
        "stage": "continuing",
        "sevis_status": "active",
        "i94_date_of_entry": cleaned["arrival_date"],
        "i94_port_of_entry": cleaned["port_of_entry"],
        "i94_number": cleaned["i94_number"],
        "i94_admit_until": until.isoformat() if until else "D/S",
    }
    if cleaned["has_visa"] == "yes":
        changes |= {name: cleaned[name] for name in PassportForm.visa_parts}
    return changes


def _warnings(facts, answers, today):
    """Return rows for what is allowed but needs attention."""
    rows = []
    arrived = day_in(answers, "arrival_date")
    is_new = facts.next_program_start is None
    if is_new and arrived and facts.program_start and arrived < earliest_entry(facts.program_start):
        # 8 CFR 214.2(f)(5)(i)
        rows.append((_("Arrival"), _("More than 30 days before your program starts"), "warn"))
    if arrived and answers.get("i515a") == "yes":
        by = date_format(arrived + timedelta(days=30), "F j, Y")
        rows.append((_("Form I-515A must be answered by"), by, "bad"))
    expiry = day_in(answers, "passport_expiry")
    if expiry and expiry < add_months(today, 6):
        rows.append((_("Passport"), _("Expires in less than six months"), "warn"))
    if not zip_fits_state(answers.get("us_postal_code"), answers.get("us_state")):
        rows.append((_("US address"), _("ZIP code and state may not fit"), "warn"))
    until = day_in(answers, "us_until")
    if until:
        by = date_format(until + timedelta(days=10), "F j, Y")
        rows.append((_("Report your next address by"), by, "warn"))
    if answers.get("full_time") == "no":
        rows.append((_("Not full time"), _("You need a reduced course load permission"), "bad"))
    if answers.get("site_is_right") == "no":
        # 22 CFR 62.13(b)
        rows.append((_("Another place of work"), _("Must be reported within 10 days"), "bad"))
    if answers.get("health_insurance") == "no":
        rows.append((_("Health insurance"), _("Required of J-1 from the first day"), "bad"))
    return rows
