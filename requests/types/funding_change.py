"""Change of funding: a new I-20 or DS-2019 that shows today's costs and sources of money."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.sponsors import INTERNATIONAL_ORGANIZATIONS, US_AGENCIES, name_of

from ..effects import IssueForm, StateFunding
from ..form_fields import dollars
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import BeforeArrival, RequestType, SevisEntry, Step
from ..rules.eligibility import sevis_status_is, visa_class_is
from ..rules.family import family_with_forms
from ..rules.sevis import sevis_day
from ..type_forms.funding_change import (
    ALL_COSTS,
    ALL_MEANS,
    CITATION,
    ONLY_F1,
    PeriodForm,
    SourcesForm,
)
from ..type_forms.money_lines import is_paid_by, typed_total

# 22 CFR 62.23(c) speaks of students who study for a degree.
DEGREE_CATEGORIES = ("1C", "1D", "1E")
# Money that can bring the rule of two years at home: INA 212(e), 22 CFR 41.63.
GOVERNMENT = ("us_government", "us_government_2", "own_government", "binational_commission")
SPONSORED = (
    *("sponsor", "international_organization", "international_organization_2", "other"),
    *GOVERNMENT,
)


class FundingChange(RequestType):
    """Costs and means as they are now, on a new form."""

    key = "funding_change"
    title = _("Change of funding")
    summary = _("A new I-20 or DS-2019 when your money or your costs have changed.")
    icon = "dollar-sign"
    topic = _("Program")
    audience = _("Everyone")
    also_called = ("assistantship", "scholarship", "sponsor", "financial", "bank statement")
    citation = CITATION
    releases = _("I-20 or DS-2019 with the new funding")
    sevis_event = "FinancialInfo"
    target_days = 5
    before_arrival = BeforeArrival.ALSO
    policies = {
        "statement_months": Policy(
            _("Bank statements count for"), 12, 1, 18, _("months"), _("Office practice")
        ),
        "sponsored_percent": Policy(
            _("J-1 degree students: sponsored money, more than"), 50, 0, 99, _("percent"),
            "22 CFR 62.23(c)",
        ),
    }  # fmt: skip
    rules = (
        visa_class_is("F-1", "J-1", citation=CITATION),
        sevis_status_is("initial", "active", citation=CITATION),
    )
    pages = (
        FormPage("period", _("What has changed"), PeriodForm),
        FormPage(
            "money",
            _("Costs and money"),
            SourcesForm,
            intro=_("In whole US dollars, for all the months you chose."),
        ),
        FormPage(
            "files",
            _("Your files"),
            slots=(
                Slot(
                    "bank_statement",
                    _("Bank statement"),
                    _("In English, with name, date and currency, for your own or family money."),
                    asked_if=is_paid_by("personal"),
                ),
                Slot(
                    "school_letter",
                    _("Award letter of this university"),
                    _("Assistantship, scholarship or job, with amount and months."),
                    asked_if=is_paid_by("school", "on_campus", "sponsor"),
                ),
                Slot(
                    "sponsor_letter",
                    _("Letter of each other sponsor"),
                    _("One file for each, with amount and months."),
                    asked_if=is_paid_by(*(set(SPONSORED) - {"sponsor"})),
                ),
            ),
        ),
    )
    attestations = (
        _("The money I named is there for me for all these months."),
        _("I will tell the office when a source ends."),
    )
    steps = (
        Step(_("Collect a letter or a statement for each source of money."), _("You")),
        Step(_("Enter every cost and every source; money must cover the costs."), _("You")),
        Step(_("We compare amounts and letters and enter them in SEVIS."), SHORT_NAME),
        Step(_("Download the new form, check the numbers and sign it."), _("You")),
        Step(_("Take the new form to your next visa interview or border control."), _("You")),
    )
    stock_reasons = (
        _("The money does not cover the costs."),
        _("The bank statement is too old."),
        _("The letter does not say how much, or for how long."),
        _("The document is not in English, or shows no name."),
        _("The money is not available to you: shares, land and loans asked for do not count."),
        _("The amounts differ from those in the letters."),
    )
    corrects = {"funding": {}}

    def effective_dates(self, cleaned):
        """The numbers count from the first of these months."""
        return cleaned.get("covers_from"), None

    def effects(self, cleaned, facts, today):
        """Keep the statement, and issue a form to the whole family."""
        kept = {name: cleaned.get(name) or 0 for name in (*ALL_COSTS, *ALL_MEANS)}
        for line in ("us_government", "international_organization"):
            kept[line] += kept.pop(f"{line}_2")
        remarks = ("other_cost_remark", "school_remark", "other_remark")
        return [
            StateFunding(
                {
                    "months": int(cleaned["months"]),
                    "covers_from": cleaned["covers_from"],
                    **kept,
                    **{name: cleaned.get(name) or "" for name in remarks},
                    "us_agency": _named(cleaned, "us_agency", US_AGENCIES),
                    "international_organization_remark": _named(
                        cleaned, "organization", INTERNATIONAL_ORGANIZATIONS
                    ),
                    "received_us_funds": cleaned.get("received_us_funds") == "yes",
                }
            ),
            IssueForm(
                "updated",
                dependents=tuple(each.id for each in family_with_forms(facts, today)),
            ),
        ]

    def sevis_entries(self, cleaned, facts):
        """The lines in the order of the screens: costs, then means with who pays."""
        values = [
            (_("Months"), cleaned["months"]),
            (_("From"), sevis_day(cleaned["covers_from"])),
        ]
        if cleaned.get("received_us_funds"):
            received = "Y" if cleaned["received_us_funds"] == "yes" else "N"
            values.append((_("Received US government funds"), received))
        asked = SourcesForm.base_fields
        values += [
            (asked[name].label, str(cleaned[name]))
            for name in SourcesForm.field_order
            if name != "statement_on" and cleaned.get(name)
        ]
        return (SevisEntry(self.sevis_event, tuple(values)),)

    def panel(self, situation):
        """Add up what is typed, and say what the sources mean for an exchange visitor."""
        answers, facts = situation.answers, situation.facts
        is_exchange = facts.visa_class == "J-1"
        unasked = ONLY_F1 if is_exchange else set(SPONSORED) - {"other"}
        costs = typed_total(answers, ALL_COSTS)
        means = typed_total(answers, [name for name in ALL_MEANS if name not in unasked])
        rows = []
        if costs or means:
            words = _("%(means)s of %(cost)s") % {"cost": dollars(costs), "means": dollars(means)}
            rows.append((_("Money for your costs"), words, "ok" if means >= costs else "bad"))
        if is_exchange:
            rows += self._exchange_rows(situation, means)
        return rows

    def _exchange_rows(self, situation, means):
        answers, rows = situation.answers, []
        if means and situation.facts.exchange_category in DEGREE_CATEGORIES:
            share = typed_total(answers, SPONSORED) * 100 // means
            least = situation.policy["sponsored_percent"]
            words = _("%(share)d percent; more than %(least)d are needed")
            rows.append(
                (
                    _("Money that is not your own"),
                    words % {"share": share, "least": least},
                    "ok" if share > least else "warn",
                )
            )
        if typed_total(answers, GOVERNMENT) or answers.get("received_us_funds") == "yes":
            rows.append(
                (
                    _("Two years at home"),
                    _("Government money can bring this duty: INA 212(e). Ask us first."),
                    "warn",
                )
            )
        return rows


def _named(cleaned, field, sponsors):
    """Return who pays: one name, or two."""
    names = [
        name_of(cleaned.get(each), cleaned.get(f"{each}_name"), sponsors)
        for each in (field, f"{field}_2")
    ]
    return ", ".join(filter(None, names))
