"""What the requests for a first I-20 or DS-2019 have in common; they differ in where one is now."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import EducationLevel

from ..policy_number import Policy
from ..request_form import FormPage
from ..request_type import BeforeArrival, RequestType, Step
from ..rules.admission import (
    IS_HERE,
    KEEPS_SEVIS_ID,
    TRANSFER,
    WHO_MAY_ASK,
    asking_window,
    comes_by,
)
from ..rules.answered import day_in
from ..rules.dates import add_months, earliest_entry
from ..rules.next_steps import FROM_ABROAD, FROM_WITHIN
from ..rules.windows import in_words
from .first_form_biographical import BIOGRAPHICAL_SLOTS, BiographicalForm
from .first_form_dependents import DEPENDENTS_SLOTS, DependentsForm
from .first_form_financial import FINANCIAL_POLICIES, FINANCIAL_SLOTS, FinancialForm
from .first_form_money import financial_panel
from .first_form_situation import SituationForm


class FirstForm(RequestType):
    """The request whose pages are the tabs of somebody who is admitted and has not arrived."""

    before_arrival = BeforeArrival.ONLY
    is_first_form = True
    topic = _("Arrival")
    audience = _("Admitted students")
    releases = _("I-20 or DS-2019")
    target_days = 10
    needs_prices = True
    # A family of 25 with three papers each, and the student's own.
    most_files = 150
    policies = {
        "lead_days": Policy(
            _("Asked for before the program starts"), 14, 0, 120, _("days"), _("Office practice")
        ),
        "passport_months": Policy(
            _("Passport valid after the start"), 6, 0, 12, _("months"), _("Office practice")
        ),
        **FINANCIAL_POLICIES,
    }
    rules = WHO_MAY_ASK
    pages = (
        FormPage("home", _("Your situation"), SituationForm),
        FormPage(
            "biographical",
            _("Biographical information"),
            BiographicalForm,
            BIOGRAPHICAL_SLOTS,
            intro=_("Have your passport in front of you. Write everything as it stands there."),
        ),
        FormPage(
            "dependents",
            _("Dependents"),
            DependentsForm,
            DEPENDENTS_SLOTS,
            intro=_("Your spouse, and your unmarried children under 21, if they come with you."),
        ),
        FormPage(
            "financial",
            _("Financial information"),
            FinancialForm,
            FINANCIAL_SLOTS,
            intro=_("Money for the first year, in any currency, with a paper for each source."),
            panel=financial_panel,
        ),
    )
    attestations = (
        _("What I wrote is true, and my papers are genuine."),
        _("I have the money that I named, and I will have it while I study."),
        _("I know that I may enter the United States at most 30 days before my program starts."),
        _("I will check in with the office when I have arrived."),
        _("My family and I will have health insurance that meets the rules."),
    )
    stock_reasons = (
        _("The file is not readable."),
        _("Your name or the order of names differs from your passport."),
        _("Your passport expires too soon."),
        _("Your money does not cover the cost of one year."),
        _("The proof of money is too old, or shows no holder, date or currency."),
        _("A certificate of your family has no English translation."),
        _("There is no money for your family yet."),
        _("We have no note of your deposit."),
    )

    def becomes(self, answers):
        """The record of another school is transferred; everybody else gets a form of our own."""
        if not answers.get("situation"):
            return self.key
        return "transfer_in" if answers["situation"] == TRANSFER else "initial_i20"

    def sevis_id_kept(self, answers):
        """Who is transferred or studies here already keeps the ID."""
        return answers.get("current_sevis_id", "") if comes_by(*KEEPS_SEVIS_ID)(answers) else ""

    def next_steps(self, answers):
        """Whoever is in the country already needs no visa and does not enter."""
        return FROM_WITHIN if answers.get("situation") in IS_HERE else FROM_ABROAD

    def request_window(self, facts, policy):
        """Until some days before the program starts."""
        return asking_window(facts, policy)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """No law sets a day for a first form; it must be there before the program starts."""
        return facts.program_start

    def panel(self, situation):
        """Show the program the form is for, when one may enter, and what needs attention."""
        facts, policy = situation.facts, situation.policy
        start = facts.program_start
        if not (start and facts.program_end and facts.education_level):
            return []
        level = EducationLevel(facts.education_level).label
        rows = [
            (_("Your program"), f"{level}, {facts.major}".rstrip(", "), ""),
            (_("It starts on"), in_words(start), ""),
            (_("It ends on"), in_words(facts.program_end), ""),
        ]
        window = self.request_window(facts, policy)
        rows.append(
            (
                _("Complete this request by"),
                in_words(window.last),
                "" if window.last >= situation.today else "bad",
            )
        )
        if situation.answers.get("situation") in ("", None, "abroad", "return"):
            rows.append((_("You may enter from"), in_words(earliest_entry(start)), ""))
        expiry = day_in(situation.answers, "passport_expiry") or facts.passport_expiry
        if expiry and expiry < add_months(start, policy["passport_months"]):
            rows.append((_("Passport"), _("Renew it: it expires too soon"), "warn"))
        return rows


LAST_STEPS = (
    Step(_("Download the form, check it and sign it."), _("You")),
    Step(_("Check in with us after you have arrived."), _("You")),
    Step(_("We register you in SEVIS within 30 days of the start."), SHORT_NAME),
)
