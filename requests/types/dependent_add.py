"""Adding a spouse or child: a form of their own, for F-2 or J-2 status."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import Relation
from isso.requests.records.countries import code_of

from ..effects import AddDependent, IssueForm, StateFunding
from ..form_fields import dollars
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import BeforeArrival, RequestType, SevisEntry, Step
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..rules.sevis import sevis_day
from ..rules.verdict import Standing, Verdict
from ..type_forms.dependent_add import BirthForm, MoneyForm, PersonForm, StayForm

CITATION = "8 CFR 214.2(f)(3); 22 CFR 62.2, 62.14"
RELATION_CODES = {Relation.SPOUSE: "01", Relation.CHILD: "02"}
MOST_DEPENDENTS = 25


def has_room_for_another(facts, today, policy):
    """SEVIS takes at most 25 dependents on one record (domain/requests.md §17)."""
    if len(facts.dependents) < MOST_DEPENDENTS:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your record has %(most)d family members, the most SEVIS takes. Write to us.")
        % {"most": MOST_DEPENDENTS},
    )


def is_here(answers):
    """Who is in the United States has an I-94."""
    return answers.get("in_the_us") == "yes"


def says_insured(answers):
    """The question is put to the families of exchange visitors alone."""
    return answers.get("health_insurance") == "yes"


class DependentAdd(RequestType):
    """The form with which a spouse or child applies for an F-2 or J-2 visa."""

    key = "dependent_add"
    title = _("Add a family member")
    summary = _("Ask for the I-20 or DS-2019 of your spouse or unmarried child under 21.")
    icon = "users"
    topic = _("Family")
    audience = _("Students and scholars with family")
    also_called = ("dependent", "F-2", "J-2", "spouse", "child", "wife", "husband")
    citation = CITATION
    releases = _("I-20 or DS-2019 of your family member")
    sevis_event = "Dependent Add"
    target_days = 5
    before_arrival = BeforeArrival.ALSO
    policies = {
        "spouse_amount": Policy(
            _("Money to show for a spouse"), 10_000, 0, 99_999, _("dollars a year"),
            _("Office practice"),
        ),
        "child_amount": Policy(
            _("Money to show for a child"), 6_000, 0, 99_999, _("dollars a year"),
            _("Office practice"),
        ),
    }  # fmt: skip
    rules = (
        visa_class_is("F-1", "J-1", citation=CITATION),
        sevis_status_is("initial", "active", citation=CITATION),
        has_room_for_another,
    )
    pages = (
        FormPage("person", _("Who it is"), PersonForm),
        FormPage("birth", _("Birth and citizenship"), BirthForm),
        FormPage("stay", _("Coming here"), StayForm),
        FormPage("money", _("Money"), MoneyForm),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "passport",
                    _("Passport of this person, page with the photo"),
                    _("All four corners visible."),
                ),
                Slot(
                    "certificate",
                    _("Marriage or birth certificate"),
                    _("With an English translation in the same file."),
                ),
                Slot(
                    "money_proof",
                    _("Proof of the money"),
                    _("For example a bank statement or a letter of your department."),
                ),
                Slot("i94", _("I-94 of this person"), asked_if=is_here),
                Slot(
                    "insurance",
                    _("Proof of this person's health insurance"),
                    asked_if=says_insured,
                ),
            ),
        ),
    )
    attestations = (
        _("What I wrote is true."),
        _("I will report a divorce, a departure or a marriage of my child."),
    )
    steps = (
        Step(_("Write the names as in the passport, also a single name."), _("You")),
        Step(_("Upload passport and certificate, with a translation into English."), _("You")),
        Step(_("Show the money for one more person."), _("You")),
        Step(_("We add the person in SEVIS, who gets a SEVIS ID of their own."), SHORT_NAME),
        Step(_("Download the form, sign it, and send it to the visa interview."), _("You")),
        Step(_("Report divorce, departure and marriage. At 21 the status ends."), _("You")),
    )
    stock_reasons = (
        _("The certificate has no English translation."),
        _("The proof of money is missing or shows too little."),
        _("The name differs from the passport."),
        _("The passport has expired."),
        _("A person here in another status needs a change of status. Please talk to us."),
    )
    corrects = {"dependents": {}}

    def purpose(self, answers):
        """Each child is a request of its own; there is one spouse, however the name is written."""
        if answers.get("relation") == Relation.SPOUSE:
            return "spouse"
        person = [answers.get(name) or "" for name in ("family_name", "given_name", "birth_date")]
        return "|".join(person).casefold()[:255] if all(person[::2]) else ""

    def effective_dates(self, cleaned):
        """It matters from the arrival on."""
        return cleaned.get("arrives_on"), None

    def effects(self, cleaned, facts, today):
        """The person joins the record, gets a form, and the money is added to the funding."""
        own = (
            "family_name", "given_name", "passport_name", "preferred_name", "suffix", "relation",
            "birth_date", "birth_city", "birth_country", "citizenship_country", "sex", "email",
            "arrives_on",
        )  # fmt: skip
        return [
            AddDependent(
                {name: cleaned[name] for name in own}
                | {
                    "visa_class": "J-2" if facts.visa_class == "J-1" else "F-2",
                    "sevis_status": "initial",
                    "is_in_the_us": cleaned["in_the_us"] == "yes",
                    "lives_elsewhere": ", ".join(_own_address(cleaned).values()),
                }
            ),
            StateFunding(
                {"dependents_cost": cleaned["amount"], cleaned["paid_by"]: cleaned["amount"]},
                is_addition=True,
            ),
            IssueForm("dependent", for_person=False, for_added=True),
        ]

    def sevis_entries(self, cleaned, facts):
        """The new dependent first, then the money the principal's form shows."""
        is_exchange = facts.visa_class == "J-1"
        values = [
            (_("Relationship (01 spouse, 02 child)"), RELATION_CODES[cleaned["relation"]]),
            (_("Last name"), cleaned["family_name"]),
            (_("First name"), cleaned["given_name"]),
            (_("Passport name"), cleaned["passport_name"]),
            (_("Preferred name"), cleaned["preferred_name"]),
            (_("Suffix"), cleaned["suffix"]),
            (_("Date of birth"), sevis_day(cleaned["birth_date"])),
            (_("Sex"), cleaned["sex"]),
            (_("City of birth"), cleaned["birth_city"]),
            (_("Country of birth (code)"), code_of(cleaned["birth_country"])),
            (_("Country of citizenship (code)"), code_of(cleaned["citizenship_country"])),
            (_("E-mail"), cleaned["email"]),
        ]
        if is_exchange:
            values.append((_("Form purpose (06 begin, 08 join)"), cleaned["form_purpose"]))
        else:
            # 04 is F-2 (domain/records.md §7).
            values.append((_("Visa type (04 is F-2)"), "04"))
            values.append((_("US phone"), cleaned["us_phone"]))
        address = _own_address(cleaned)
        if address:
            values += [(f"{_('US address')}: {part}", value) for part, value in address.items()]
        means = {
            "personal": _("Means: personal funds, plus"),
            "school": _("Means: funds from this school, plus"),
            "other": _("Means: other funds, plus"),
        }
        money = (
            (_("Expenses: dependents, plus"), str(cleaned["amount"])),
            (means[cleaned["paid_by"]], str(cleaned["amount"])),
        )
        return (
            SevisEntry("Dependent Add", tuple(values)),
            SevisEntry("FinancialInfo", money),
        )

    def panel(self, situation):
        """Show who is on the record and what the office asks to see."""
        names = ", ".join(each.name for each in situation.facts.dependents)
        return [
            (_("Family on your record"), names or _("Nobody yet"), ""),
            (_("Money for a spouse"), _a_year(situation.policy["spouse_amount"]), ""),
            (_("Money for a child"), _a_year(situation.policy["child_amount"]), ""),
        ]


def _a_year(amount):
    return _("%(amount)s a year") % {"amount": dollars(amount)}


def _own_address(cleaned):
    """Return the parts of an address of one's own in the order of an envelope; else nothing."""
    if cleaned["same_address"] == "yes":
        return {}
    return {
        _("street"): cleaned["own_street"],
        _("city"): cleaned["own_city"],
        _("state"): cleaned["own_state"],
        _("ZIP code"): cleaned["own_postal_code"],
    }
