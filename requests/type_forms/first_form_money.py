"""What the money of a first year becomes: rows beside the form, the record, and SEVIS."""

from django.utils.translation import gettext_lazy as _

from isso.home.cost_table import LINES, Level, year_name
from isso.home.currencies import DOLLAR

from ..amount_field import number
from ..effects import StateFunding
from ..form_fields import dollars
from ..request_type import SevisEntry
from ..rules.admission import is_exchange
from ..rules.first_year_money import (
    cost_with,
    costs_by_line,
    means_by_line,
    share_of_others,
    that_count,
    total,
    worths_of,
)
from ..rules.windows import in_words
from .first_form_financial import is_sponsored, sources_of, who_comes

REMARK = 120
# The lines of a form in the order of the screens of SEVIS, and the column that says which.
COSTS = (
    ("tuition", _("Tuition and fees"), ""),
    ("living", _("Living expenses"), ""),
    ("dependents_cost", _("Expenses of dependents"), ""),
    ("other_cost", _("Other costs"), "other_cost_remark"),
)
MEANS = (
    ("personal", _("Personal funds"), ""),
    ("school", _("Funds from this school"), "school_remark"),
    ("on_campus", _("On-campus employment"), ""),
    ("sponsor", _("Program sponsor"), ""),
    ("us_government", _("US government"), "us_agency"),
    ("own_government", _("Home government"), ""),
    (
        "international_organization",
        _("International organization"),
        "international_organization_remark",
    ),
    ("binational_commission", _("Binational commission"), ""),
    ("other", _("Other funds"), "other_remark"),
)


def financial_effects(cleaned, facts):
    """Return the effect that keeps costs and money on the record, as the form will show them."""
    return [StateFunding(_statement(cleaned, facts))]


def _statement(cleaned, facts):
    costs, is_j1 = facts.prices.costs, is_exchange(cleaned)
    means, payers = means_by_line(worths_of(sources_of(cleaned), facts.prices), is_j1)
    return {
        "months": costs.months,
        "covers_from": facts.program_start,
        **costs_by_line(costs, who_comes(cleaned)),
        "other_cost_remark": str(_("Health insurance")) if costs.insurance else "",
        **{line: means.get(line, 0) for line, _label, _remark in MEANS},
        **{
            remark: ", ".join(payers.get(line, ()))[:REMARK]
            for line, _label, remark in MEANS
            if remark
        },
        "received_us_funds": bool(means.get("us_government")),
    }


def financial_entry(cleaned, facts):
    """Return what an advisor keys about the money, line by line in the order of the screen."""
    return SevisEntry("FinancialInfo", tuple(financial_sevis(cleaned, facts)))


def financial_sevis(cleaned, facts):
    """Return (label, value) for each line of the money, ready to copy into SEVIS."""
    stated = _statement(cleaned, facts)
    values = [(_("Months"), f"{stated['months']:02d}")]
    for line, label, remark in (*COSTS, *MEANS):
        if not stated[line]:
            continue
        values.append((label, str(stated[line])))
        if remark and stated[remark]:
            values.append((_("Which"), stated[remark]))
    if is_exchange(cleaned):
        received = "Y" if stated["received_us_funds"] else "N"
        values.insert(1, (_("Received US government funds"), received))
    return values


def financial_panel(situation):
    """Return the rows (label, value, tone) that add up costs and money while somebody types.

    What it comes to stands first: it stays in sight beside a long page.
    """
    prices = situation.facts.prices
    if prices is None or prices.costs is None:
        return []
    worths = worths_of(sources_of(situation.answers), prices)
    return [
        *_sum_rows(that_count(worths, situation), situation),
        *(row for each in worths if each.dollars for row in _source_rows(each, situation)),
        *_cost_rows(prices.costs, who_comes(situation.answers)),
    ]


def _cost_rows(costs, family):
    title = _("%(level)s, %(year)s, %(months)d months") % {
        "level": Level(costs.level).label,
        "year": year_name(costs.year),
        "months": costs.months,
    }
    rows = [(_("Costs of the first year"), title, "")]
    rows += [(label, dollars(getattr(costs, name)), "") for name, label in LINES]
    if family.has_spouse:
        rows.append((_("Your spouse"), dollars(costs.spouse), ""))
    if family.children:
        label = _("Your children (%(count)d)") % {"count": family.children}
        rows.append((label, dollars(family.children * costs.child), ""))
    return rows


def _source_rows(worth, situation):
    label = _("Source of money %(number)d") % {"number": worth.number}
    counts = bool(that_count([worth], situation))
    yield label, in_dollars(worth), "" if counts else "warn"
    if not counts:
        yield label, _("Does not count yet; the page says why"), "warn"
    age = situation.facts.prices.age_of(worth.rate)
    if age > situation.policy["rate_days"]:
        words = _("From %(date)s, %(age)d days old when it was used")
        said = {"date": in_words(worth.rate.day), "age": age}
        yield _("Exchange rate of %(code)s") % {"code": worth.rate.currency}, words % said, "warn"


def in_dollars(worth):
    """Say what a source is worth, at which rate of which day."""
    if worth.rate.currency == DOLLAR:
        return dollars(worth.dollars)
    return _("%(amount)s %(currency)s = %(dollars)s at %(units)s of %(date)s") % {
        "amount": number(worth.source["amount"]),
        "currency": worth.rate.currency,
        "dollars": dollars(worth.dollars),
        "units": _units(worth.rate.units),
        "date": in_words(worth.rate.day),
    }


def _units(units):
    """Write a rate with all its digits, and at least two after the point."""
    whole, _point, rest = f"{units:,f}".partition(".")
    return f"{whole}.{rest.rstrip('0').ljust(2, '0')}"


def _sum_rows(worths, situation):
    cost = cost_with(situation.facts.prices.costs, who_comes(situation.answers))
    missing = cost - total(worths)
    yield _("Costs together"), dollars(cost), ""
    yield _("Money that counts"), dollars(total(worths)), ""
    if is_sponsored(situation.answers) and worths:
        share, least = share_of_others(worths), situation.policy["sponsored_percent"]
        words = _("%(share)d percent; more than %(least)d are needed")
        tone = "ok" if share > least else "warn"
        yield _("Money of others"), words % {"share": share, "least": least}, tone
    if missing > 0:
        yield _("Still missing"), dollars(missing), "bad"
    else:
        yield _("Your money covers the costs"), _("Yes"), "ok"
