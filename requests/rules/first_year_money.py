"""The money of a first year: what it must cover, which papers prove it, and what they are worth.

Enough for one academic year, and readily available: 8 CFR 214.2(f)(1)(i)(B), 214.3(k)(2), 9 FAM
402.5-5(G); for exchange visitors 22 CFR 62.10(a). How old a paper may be is office practice.
"""

from dataclasses import dataclass
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.home.cost_table import Level
from isso.home.currencies import Rate
from isso.requests.records.choices import SCHOLAR_CATEGORIES, EducationLevel, ExchangeCategory

from .dates import add_months
from .windows import in_words

CITATION = "8 CFR 214.2(f)(1)(i)(B); 22 CFR 62.10(a)"
LEVELS = {
    EducationLevel.ASSOCIATE: Level.BACHELOR,
    EducationLevel.BACHELOR: Level.BACHELOR,
    EducationLevel.MASTER: Level.MASTER,
    EducationLevel.DOCTORATE: Level.DOCTORATE,
    # Without a degree in the end.
    EducationLevel.OTHER: Level.EXCHANGE,
    EducationLevel.LANGUAGE: Level.LANGUAGE,
    **dict.fromkeys(
        (
            *(EducationLevel.PRIMARY, EducationLevel.SECONDARY, EducationLevel.HIGH_SCHOOL),
            *(EducationLevel.FLIGHT, EducationLevel.VOCATIONAL),
        ),
        Level.OTHER,
    ),
}

# Who pays.
PERSONAL, SPONSOR, LOAN = "personal", "sponsor", "loan"
SCHOOL, ON_CAMPUS = "school", "on_campus"
US_GOVERNMENT, OWN_GOVERNMENT = "us_government", "own_government"
INTERNATIONAL, BINATIONAL = "international_organization", "binational_commission"
# They pay in their own name, so nobody asks in whose name the money is.
INSTITUTIONS = (SCHOOL, ON_CAMPUS, US_GOVERNMENT, OWN_GOVERNMENT, INTERNATIONAL, BINATIONAL)

# In whose name the money is.
ME, PARENT, PERSON, ORGANIZATION = "me", "parent", "person", "organization"
OTHER_PEOPLE = (PARENT, PERSON)

# What SEVIS takes on one line.
MOST_ON_A_LINE = 99_999_999

ENGLISH, TRANSLATED, FOREIGN = "english", "translated", "foreign"

# Papers about money that is not readily available, each with its sentence.
NOT_LIQUID = {
    "property": gettext_lazy(
        "A house or land must be sold first, so it does not count. Show money in an account."
    ),
    "stocks": gettext_lazy(
        "Shares and funds can lose their value, so they do not count. Show money in an account."
    ),
    "retirement": gettext_lazy(
        "Retirement savings cannot be used now, so they do not count. Show money in an account."
    ),
    "insurance": gettext_lazy(
        "An insurance policy pays later, so it does not count. Show money in an account."
    ),
    "credit": gettext_lazy(
        "A credit line or card is no money of yours, so it does not count. Show money in an "
        "account, or a loan that is approved."
    ),
    "salary": gettext_lazy(
        "A salary letter shows what comes later, so it does not count. Show the account it goes to."
    ),
    "accountant": gettext_lazy(
        "An accountant’s statement is not the bank’s, so it does not count. Show a paper of the "
        "bank itself."
    ),
}


def level_of(facts):
    """Return the level in the table of costs at which this person comes, or None."""
    if facts.exchange_category in SCHOLAR_CATEGORIES:
        return Level.SCHOLAR
    if facts.exchange_category == ExchangeCategory.NON_DEGREE:
        return Level.EXCHANGE
    return LEVELS.get(facts.education_level)


def objections(source, situation):
    """Return (question, sentence) for everything that keeps one source from counting.

    ``source`` holds the typed answers about it by the short names of the questions.
    """
    found = [
        ("evidence", _not_liquid(source)),
        ("evidence_on", _not_of_its_time(source["evidence_on"], situation)),
        ("holder", _not_of_this_holder(source)),
        ("affidavit", _without_affidavit(source)),
        ("language", _not_in_english(source)),
        ("currency", _without_rate(source, situation.facts.prices)),
        ("amount", _beyond_the_form(source, situation.facts.prices)),
    ]
    return [(name, sentence) for name, sentence in found if sentence]


def _not_liquid(source):
    return str(NOT_LIQUID.get(source["evidence"], ""))


def earliest_evidence(situation):
    """Return the first day a paper may be of: so many months before the program starts."""
    start = situation.facts.program_start or situation.today
    return add_months(start, -situation.policy["evidence_months"])


def _not_of_its_time(day, situation):
    if day is None:
        return ""
    if day > situation.today:
        return _("This day has not come yet. Enter the date that stands on the paper.")
    if day >= earliest_evidence(situation):
        return ""
    return _(
        "This paper is older than %(months)d months before your program starts. Upload one of "
        "%(date)s or later."
    ) % {
        "months": situation.policy["evidence_months"],
        "date": in_words(earliest_evidence(situation)),
    }


def _not_of_this_holder(source):
    kind, holder = source["kind"], source["holder"]
    if kind == PERSONAL and holder == ORGANIZATION:
        return _("Money of an organization is not your family’s. Choose above who pays.")
    if kind == SPONSOR and holder == ME:
        return _("A sponsor is somebody else. Choose in whose name the money is.")
    return ""


def needs_affidavit(source):
    """Tell whether the money is in the name of another person, who must promise it to you."""
    return source["kind"] not in INSTITUTIONS and source["holder"] in OTHER_PEOPLE


def _without_affidavit(source):
    if not needs_affidavit(source) or source["affidavit"] != "no":
        return ""
    return _(
        "Money in the name of another person counts only with an affidavit of support: a signed "
        "letter in which this person promises to pay for you."
    )


def _not_in_english(source):
    if source["language"] != FOREIGN:
        return ""
    return _("We can only read English. Have the paper translated and upload both.")


def _without_rate(source, prices):
    currency = source["currency"]
    if not currency or prices is None or prices.rate(currency):
        return ""
    return _(
        "We have no exchange rate for %(currency)s yet. Write to our office, or show the amount in "
        "US dollars."
    ) % {"currency": currency}


def _beyond_the_form(source, prices):
    if _worth(0, source, prices).dollars <= MOST_ON_A_LINE:
        return ""
    return _("A form takes at most $99,999,999 from one source. Name less of it.")


class Worth(NamedTuple):
    """What one source of money is worth in dollars, and at which rate."""

    number: int
    source: dict
    rate: Rate | None
    dollars: int


def worths_of(sources, prices):
    """Return what each source is worth, rounded down; what cannot be read yet is worth nothing."""
    return [_worth(number, source, prices) for number, source in enumerate(sources, start=1)]


def _worth(number, source, prices):
    rate = prices.rate(source["currency"]) if prices and source["currency"] else None
    amount = source["amount"]
    return Worth(number, source, rate, rate.dollars(amount) if rate and amount else 0)


def that_count(worths, situation):
    """Return the sources nothing speaks against."""
    return [each for each in worths if not objections(each.source, situation)]


def total(worths):
    """Add up dollars."""
    return sum(each.dollars for each in worths)


@dataclass(frozen=True)
class Family:
    """Who comes along, as far as it costs money."""

    has_spouse: bool = False
    children: int = 0


def cost_with(costs, family):
    """Return what the first year costs this person with the family, in whole dollars."""
    return costs.total_with(family.has_spouse, family.children)


def share_of_others(worths):
    """Return how much percent of the money comes from others, rounded down.

    A loan is one's own money: it must be paid back. 22 CFR 62.23(c) asks J-1 students for more.
    """
    others = [each for each in worths if each.source["kind"] not in (PERSONAL, LOAN)]
    return total(others) * 100 // total(worths) if total(worths) else 0


def costs_by_line(costs, family):
    """Return the costs by the lines of the form; insurance has none of its own."""
    return {
        "tuition": costs.tuition + costs.fees,
        "living": costs.living,
        "dependents_cost": cost_with(costs, family) - costs.total,
        "other_cost": costs.insurance,
    }


def line_of(source, is_exchange):
    """Return the line of the form on which a source stands: the I-20 has fewer than the DS-2019."""
    kind = source["kind"]
    if kind == LOAN:
        return PERSONAL if is_exchange else "other"
    if kind == SPONSOR:
        return "other"
    if is_exchange:
        # The school is the program sponsor, whatever it pays for.
        return "sponsor" if kind in (SCHOOL, ON_CAMPUS) else kind
    return kind if kind in (PERSONAL, SCHOOL, ON_CAMPUS) else "other"


def means_by_line(worths, is_exchange):
    """Return the dollars on each line of the form, and who pays on it."""
    lines, payers = {}, {}
    for each in worths:
        line = line_of(each.source, is_exchange)
        lines[line] = lines.get(line, 0) + each.dollars
        if payer := each.source["payer"] or each.source["holder_name"]:
            payers.setdefault(line, []).append(payer)
    return lines, payers
