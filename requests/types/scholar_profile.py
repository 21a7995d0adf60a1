"""The scholar's half of a DS-2019: the person, the family and the papers nobody else has."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import ExchangeCategory

from ..policy_number import Policy
from ..request_form import FormPage
from ..request_type import BeforeArrival, RequestType, Step
from ..rules.admission import IS_HERE, TRANSFER, has_no_form_yet
from ..rules.answered import day_in
from ..rules.dates import add_months, earliest_entry
from ..rules.exchange_stay import bars_against, stays_of
from ..rules.next_steps import FROM_ABROAD, FROM_WITHIN
from ..rules.scholar_arrival import (
    ASKED_OF_BOTH,
    CITATION,
    GIVEN,
    asking_window,
    has_not_arrived,
    is_sponsored,
    validation_due,
)
from ..rules.scholars import is_for_scholars
from ..rules.windows import in_words
from ..type_forms.first_form_dependents import DEPENDENTS_SLOTS
from ..type_forms.scholar_profile_papers import PAPERS_SLOTS, PapersForm
from ..type_forms.scholar_profile_person import ScholarBiographicalForm, ScholarDependentsForm
from ..type_forms.scholar_profile_visit import VisitForm
from ..type_forms.scholar_profile_written import profile_effects, profile_entries


class ScholarProfile(RequestType):
    """What an invited scholar adds to the department's request, until the form is released."""

    key = "scholar_profile"
    title = _("Your DS-2019 as a visiting scholar")
    summary = _("Add your data, your family and the papers that your department does not have.")
    icon = "microscope"
    topic = _("Arrival")
    audience = _("Invited scholars and interns")
    also_called = ("first DS-2019", "J-1 scholar", "profile", "visiting scholar", "invitation")
    before_arrival = BeforeArrival.ONLY
    is_first_form = True
    gives_sevis_id = True
    citation = CITATION
    releases = _("DS-2019")
    sevis_event = "CreateEV"
    target_days = 10
    # A family of 25 with three papers each, and the scholar's own.
    most_files = 150
    policies = {
        "lead_days": Policy(
            _("Completed before the program begins"), 14, 0, 120, _("days"), _("Office practice")
        ),
        "passport_months": Policy(
            _("Passport valid after the start"), 6, 0, 12, _("months"), _("Office practice")
        ),
    }
    rules = (has_not_arrived, is_for_scholars(CITATION), has_no_form_yet, is_sponsored)
    pages = (
        FormPage("home", _("Your visit"), VisitForm),
        FormPage(
            "biographical",
            _("Biographical information"),
            ScholarBiographicalForm,
            intro=_("Have your passport in front of you. Write everything as it stands there."),
        ),
        FormPage(
            "dependents",
            _("Dependents"),
            ScholarDependentsForm,
            DEPENDENTS_SLOTS,
            intro=_("Your spouse, and your unmarried children under 21, if they come with you."),
        ),
        FormPage(
            "documents",
            _("Documents"),
            PapersForm,
            PAPERS_SLOTS,
            intro=_("Insurance and papers. What your department has sent is not asked again."),
        ),
    )
    attestations = (
        _("What I wrote is true, and my papers are genuine."),
        _("My family and I will be insured for every day of the stay, as 22 CFR 62.14 wants it."),
        _("I will report a new address, phone or e-mail within 10 days."),
        _("I know that I may enter the United States at most 30 days before my program begins."),
        _("I will check in within 30 days after my program begins."),
    )
    steps = (
        Step(_("Ask for you: host, place, dates and money."), _("Department")),
        Step(_("Check what your department told us."), _("You")),
        Step(_("Write your data as in your passport, and name your family."), _("You")),
        Step(_("Upload what your department has not sent."), _("You")),
        Step(_("Press Complete. It works when nothing is missing."), _("You")),
        Step(_("We make your record in SEVIS and issue the DS-2019."), SHORT_NAME),
        Step(_("Pay the SEVIS fee, then apply for the visa."), _("You")),
        Step(_("Arrive at most 30 days before your program begins, and check in."), _("You")),
        Step(_("We validate your record within 30 days after it begins."), SHORT_NAME),
    )
    stock_reasons = (
        _("The file is not readable."),
        _("Your name or the order of names differs from your passport."),
        _("Your passport expires too soon."),
        _("Your insurance pays less than the law wants, or ends too early."),
        _("A certificate of your family has no English translation."),
        _("The proof of money shows no holder, date or currency."),
        _("The earlier stays that you named differ from what your department told us."),
    )

    def begins_with(self, filled):
        """What the department has sent is not asked again."""
        given = [name for name in ASKED_OF_BOTH if name in filled]
        return {GIVEN: given} if given else {}

    def request_window(self, facts, policy):
        """Until some days before the program begins."""
        return asking_window(facts, policy)

    def effective_dates(self, cleaned):
        """The dates are the department's."""
        return None, None

    def effects(self, cleaned, facts, today):
        """The person, the family and the form; the visit itself is written already."""
        return profile_effects(cleaned)

    def next_steps(self, answers):
        """Who is in the country already needs no visa now."""
        return FROM_WITHIN if answers.get("situation") in IS_HERE else FROM_ABROAD

    def makes_sevis_id(self, answers):
        """Who comes from another sponsor keeps the number: 22 CFR 62.42."""
        return answers.get("situation") != TRANSFER

    def sevis_entries(self, cleaned, facts):
        """A new record with the family, or a transfer that an advisor keys by hand."""
        return profile_entries(cleaned, facts)

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """No law sets a day for a first form; it must be there before the program begins."""
        return facts.program_start

    def panel(self, situation):
        """Show what the department has agreed, the days that count, and what needs attention."""
        facts = situation.facts
        if not (facts.appointment and facts.program_start and facts.program_end):
            return []
        return [*_visit(facts), *_days(facts), *_attention(situation)]


def _visit(facts):
    category = dict(ExchangeCategory.choices).get(facts.exchange_category, "")
    sites = ", ".join(each.name for each in facts.sites)
    rows = [
        (_("Category"), category, ""),
        (_("Department"), facts.department, ""),
        (_("Host"), facts.appointment.host_name, ""),
        (_("Position"), facts.appointment.position, ""),
        (_("Place"), sites, ""),
    ]
    return [row for row in rows if row[1]]


def _days(facts):
    start = facts.program_start
    return [
        (_("Your program begins"), in_words(start), ""),
        (_("It ends"), in_words(facts.program_end), ""),
        (_("You may enter from"), in_words(earliest_entry(start)), ""),
        (_("Check in by"), in_words(validation_due(facts) or start), ""),
    ]


def _attention(situation):
    facts, answers = situation.facts, situation.answers
    rows = []
    stays = [each for each in stays_of(facts) if each.end < facts.program_start]
    is_transfer = answers.get("situation") == TRANSFER
    for bar in bars_against(facts.exchange_category, facts.program_start, stays, is_transfer):
        rows.append((_("Barred until"), in_words(bar.until), "bad"))
    if answers.get("is_right") == "no":
        rows.append((_("You say"), _("What the department told us is not right"), "warn"))
    expiry = day_in(answers, "passport_expiry") or facts.passport_expiry
    wanted = add_months(facts.program_start, situation.policy["passport_months"])
    if expiry and expiry < wanted:
        rows.append((_("Passport"), _("Renew it: it expires too soon"), "warn"))
    if (answers.get("exchange_before") == "yes") != bool(facts.exchange_stays) and answers.get(
        "exchange_before"
    ):
        rows.append((_("Earlier J stays"), _("Differ from what the department told us"), "warn"))
    return rows
