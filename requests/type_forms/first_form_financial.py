"""The fourth tab of an admitted student: what the first year costs, and who pays for it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from isso.home.currencies import NAMED

from ..amount_field import Amount
from ..each_of import Each, EachForm, asks_each, how_many
from ..form_fields import Date, choice, dollars, text
from ..long_select import LongSelect
from ..policy_number import Policy
from ..request_form import Slot
from ..rules.admission import is_exchange
from ..rules.first_year_money import (
    BINATIONAL,
    ENGLISH,
    FOREIGN,
    INSTITUTIONS,
    INTERNATIONAL,
    LOAN,
    ME,
    ON_CAMPUS,
    ORGANIZATION,
    OTHER_PEOPLE,
    OWN_GOVERNMENT,
    PARENT,
    PERSON,
    PERSONAL,
    SCHOOL,
    SPONSOR,
    TRANSLATED,
    US_GOVERNMENT,
    Family,
    cost_with,
    needs_affidavit,
    objections,
    share_of_others,
    total,
    worths_of,
)
from .first_form_dependents import DEPENDENTS
from .first_form_situation import SPONSORED

MOST_SOURCES = 10
HELD_BY_SOMEBODY = (PERSONAL, SPONSOR, LOAN)
# Questions about one source, the question they hang on, and the answers that lead to them.
ASKED_WHEN = {
    "payer": ("kind", INSTITUTIONS),
    "holder": ("kind", HELD_BY_SOMEBODY),
    "holder_name": ("holder", (*OTHER_PEOPLE, ORGANIZATION)),
    "relation": ("holder", (PERSON,)),
    "affidavit": ("holder", OTHER_PEOPLE),
}
FINANCIAL_POLICIES = {
    "evidence_months": Policy(
        _("Papers about money count from this long before the program starts"),
        *(12, 1, 18),
        _("months"),
        _("Office practice"),
    ),
    "sponsored_percent": Policy(
        _("J-1 students who come sponsored: money of others, more than"),
        *(50, 50, 99),
        _("percent"),
        "22 CFR 62.23(c)",
    ),
    "rate_days": Policy(
        _("Exchange rates are new for"),
        *(31, 1, 365),
        _("days"),
        _("Office practice"),
        is_public=False,
    ),
}


class SourceRow(forms.Form):
    """What is asked about each source of money, and about the paper that proves it."""

    kind = forms.ChoiceField(
        label=_("Who pays?"),
        choices=[
            ("", "—"),
            (PERSONAL, _("My family or I, with our own money")),
            (LOAN, _("A loan that is approved")),
            (SPONSOR, _("Another person, a company or a foundation")),
            (SCHOOL, _("This university: scholarship or assistantship")),
            (ON_CAMPUS, _("A job on campus that I have been offered")),
            (OWN_GOVERNMENT, _("My home government")),
            (US_GOVERNMENT, _("The US government")),
            (INTERNATIONAL, _("An international organization, such as the UN")),
            (BINATIONAL, _("A binational commission, such as Fulbright at home")),
        ],
    )
    payer = text(
        _("Which department, agency or organization?"),
        120,
        help_text=_("For example: Department of Chemistry, teaching assistantship."),
    )
    holder = choice(
        _("In whose name is the money?"),
        [
            (ME, _("Mine")),
            (PARENT, _("My father’s or mother’s")),
            (PERSON, _("Another person’s")),
            (ORGANIZATION, _("A company’s or an organization’s")),
        ],
        help_text=_("The name on the paper. For a loan: who borrows."),
    )
    holder_name = text(_("Name on the paper"), 120)
    relation = text(_("Who is this person to you?"), 60, help_text=_("For example: my uncle."))
    affidavit = choice(
        _("Has this person promised in writing to pay for you?"),
        [("yes", _("Yes, I upload the affidavit of support")), ("no", _("No"))],
    )
    amount = Amount(
        label=_("Amount for the first year"),
        help_text=_("As on the paper, such as 1,250,000 or 12,500.50."),
    )
    currency = forms.ChoiceField(
        label=_("Currency"), choices=[("", "—"), *NAMED], widget=LongSelect
    )
    evidence = forms.ChoiceField(
        label=_("Which paper proves it?"),
        choices=[
            ("", "—"),
            ("bank_statement", _("Bank statement")),
            ("bank_letter", _("Letter of a bank, with the balance")),
            ("term_deposit", _("Certificate of a fixed deposit")),
            ("loan_letter", _("Letter that approves a loan")),
            ("award_letter", _("Letter about a scholarship, assistantship or job")),
            ("sponsor_letter", _("Letter of a sponsor or government, with the amount")),
            ("property", _("Paper about a house or land")),
            ("stocks", _("Statement of shares or funds")),
            ("retirement", _("Statement of retirement savings")),
            ("insurance", _("Insurance policy")),
            ("credit", _("Credit line or credit card")),
            ("salary", _("Salary letter or pay slips")),
            ("accountant", _("Statement of an accountant")),
        ],
        help_text=_("The money must be there now. Not every paper proves that; we say which."),
    )
    evidence_on = Date(label=_("Date of the paper"))
    language = choice(
        _("Is it in English?"),
        [
            (ENGLISH, _("Yes")),
            (TRANSLATED, _("No, and I upload an English translation")),
            (FOREIGN, _("No, and there is no translation")),
        ],
    )


SOURCES = Each("source", SourceRow, MOST_SOURCES, _("Source of money {number}"))
FINANCIAL_SLOTS = SOURCES.slots(
    Slot(
        "proof",
        _("the paper that proves it"),
        _("With the name of the holder, the amount, the currency and the date."),
    ),
    Slot(
        "affidavit_file",
        _("affidavit of support"),
        _("Signed by the person who promises to pay for you."),
        asked_if=lambda row: needs_affidavit(row) and row["affidavit"] == "yes",
    ),
    Slot(
        "translation",
        _("English translation"),
        asked_if=lambda row: row["language"] == TRANSLATED,
    ),
)


@asks_each(SOURCES)
class FinancialForm(EachForm):
    """Every source of money for the first year; together they cover its costs."""

    source_count = how_many(_("How many sources of money do you have?"), MOST_SOURCES)

    def set_limits(self, situation):
        """Say what is to be covered, and leave aside what an earlier answer does not lead to."""
        costs = situation.facts.prices and situation.facts.prices.costs
        if costs:
            self.fields["source_count"].help_text = _(
                "The first year costs %(cost)s. Name all money that pays for it."
            ) % {"cost": dollars(cost_with(costs, who_comes(situation.answers)))}
        for number, row in enumerate(self.each.rows(situation.answers), start=1):
            begins, aside = self.each.prefix(number), set()
            for name, (before, wanted) in ASKED_WHEN.items():
                attrs = self.fields[begins + name].widget.attrs
                attrs["data-show-if"] = f"{begins}{before}={'|'.join(wanted)}"
                if before in aside or row[before] not in wanted:
                    aside.add(name)
            self.unasked |= {begins + name for name in aside}

    def clean_row(self, number, row):
        """Say at each answer what keeps this money from counting."""
        for name, sentence in objections(row, self.situation):
            self.object_to(number, name, sentence)

    def clean(self):
        """The money covers the costs (8 CFR 214.2(f)(1)(i)(B)), or the gap is named."""
        cleaned = super().clean()
        # One thing after the other: what is corrected above may close the gap.
        if not self.errors and (sentence := _shortfall(cleaned, self.situation)):
            self.add_error("source_count", sentence)
        return cleaned


def _shortfall(cleaned, situation):
    costs = situation.facts.prices and situation.facts.prices.costs
    if not costs:
        return _("We have not entered the costs of your program yet. Please write to our office.")
    worths = worths_of(sources_of(cleaned), situation.facts.prices)
    cost, means = cost_with(costs, who_comes(situation.answers)), total(worths)
    if means < cost:
        return _(
            "Your first year costs %(cost)s, and your money comes to %(means)s: %(gap)s are "
            "missing. Add a source or correct an amount."
        ) % {"cost": dollars(cost), "means": dollars(means), "gap": dollars(cost - means)}
    least, share = situation.policy["sponsored_percent"], share_of_others(worths)
    if is_sponsored(situation.answers) and share <= least:
        return _(
            "For J-1 more than %(least)d percent of your money must come from others than your "
            "family and you; now it is %(share)d percent. Add such money, or choose F-1 under "
            "“Your situation”."
        ) % {"least": least, "share": share}
    return ""


def is_sponsored(answers):
    """Tell whether somebody wants J-1 because others pay: 22 CFR 62.23(c)."""
    return is_exchange(answers) and answers.get("exchange_basis") == SPONSORED


def sources_of(answers):
    """Return the typed answers about each source; what cannot be read is None."""
    return [
        {name: _typed(field, row[name]) for name, field in SourceRow.base_fields.items()}
        for row in SOURCES.rows(answers)
    ]


def _typed(field, value):
    try:
        return field.clean(value)
    except forms.ValidationError:
        return None


def who_comes(answers):
    """Return who comes along, by the answers of the tab before."""
    relations = [row["relation"] for row in DEPENDENTS.rows(answers)]
    return Family("spouse" in relations, relations.count("child"))
