"""The calculators of a scholar's stay: bars, the latest end, months of the maximum, the money."""

from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from ..form_fields import dollars
from ..rules.answered import day_in
from ..rules.exchange_stay import MOST_MONTHS, bars_against, latest_end, months_used
from ..rules.sponsoring import CATEGORIES
from ..rules.windows import in_words
from .scholar_appointment import is_transfer
from .scholar_money import dependents_in, needed_for, stay_in, typed_money
from .scholar_person import known_stays


def sponsorship_panel(situation):
    """Return the rows of the calculator: until when to ask, bars, the latest end, the money."""
    answers, policy, today = situation.answers, situation.policy, situation.today
    category, begins = answers.get("category"), day_in(answers, "stay_begins")
    if begins is None:
        return []
    best = begins - timedelta(weeks=policy["best_weeks"])
    rows = [(_("Best sent by"), in_words(best), "warn" if today > best else "ok")]
    if category in CATEGORIES:
        rows += _limits(category, begins, known_stays(situation), answers)
    needed = needed_for(stay_in(situation), dependents_in(answers), situation)
    if needed is not None:
        there = typed_money(answers)
        rows.append(
            (
                _("Money for the stay"),
                _("%(there)s of %(needed)s") % {"there": dollars(there), "needed": dollars(needed)},
                "ok" if there >= needed else "bad",
            )
        )
    return rows


def _limits(category, begins, stays, answers):
    rows = [
        (
            _("%(months)d-month bar") % {"months": bar.months},
            _("until %(date)s") % {"date": in_words(bar.until)},
            "bad",
        )
        for bar in bars_against(category, begins, stays, is_transfer(answers))
    ]
    last, ends = latest_end(category, begins, stays), day_in(answers, "stay_ends")
    rows.append(
        (
            _("Latest possible last day"),
            in_words(last) if last >= begins else _("Nothing is left of the maximum."),
            "bad" if last < (ends or begins) else "",
        )
    )
    return [*rows, *months_rows(category, begins, ends, stays)]


def months_rows(category, begins, ends, stays):
    """Return the row that counts the months of a stay against its maximum, once both are known."""
    most = MOST_MONTHS.get(category)
    if most is None or ends is None or ends < begins:
        return []
    used = months_used(category, begins, ends, stays)
    value = _("%(used)d of %(most)d") % {"used": used, "most": most}
    return [(_("Months of the maximum"), value, "bad" if used > most else "ok")]


def money_rows(label, needed, answers):
    """Return the row that compares the money typed so far with the least; none without a least."""
    if needed is None:
        return []
    there = typed_money(answers)
    value = _("%(there)s of %(needed)s") % {"there": dollars(there), "needed": dollars(needed)}
    return [(label, value, "ok" if there >= needed else "bad")]
