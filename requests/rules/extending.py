"""When a scholar's stay may be extended, and until when: 22 CFR 62.43."""

from datetime import timedelta

from django.utils.translation import gettext as _

from .dates import add_months
from .exchange_stay import MOST_MONTHS, end_window, latest_end
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "22 CFR 62.43"
WAIVER_CITATION = "22 CFR 41.63"
ONE_DAY = timedelta(days=1)


def has_no_waiver(facts, today, policy):
    """After a favorable recommendation for a waiver of section 212(e) nothing is extended."""
    recommended = facts.appointment and facts.appointment.waiver_recommended_on
    if not recommended:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _(
            "A waiver of the two-year home residence rule was recommended on %(date)s. From then "
            "on no extension is possible."
        )
        % {"date": in_words(recommended)},
        citation=WAIVER_CITATION,
        cure=_("Speak with our office about another status."),
    )


def something_is_left(facts, today, policy):
    """A stay that has reached the maximum of its category cannot go on."""
    last = _latest_end(facts)
    if last is None or last > facts.program_end:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("The stay lasts until %(date)s, and the category allows %(months)d months at most.")
        % {
            "date": in_words(facts.program_end),
            "months": MOST_MONTHS[facts.exchange_category],
        },
        citation=CITATION,
        cure=_("Speak with our office about what comes after."),
    )


def _latest_end(facts):
    if None in (facts.program_start, facts.program_end):
        return None
    return latest_end(facts.exchange_category, facts.program_start, facts.exchange_stays)


def asking_window(facts, policy):
    """Some weeks before the end, so that the checks are done and the form is there in time."""
    ends = facts.program_end
    if ends is None:
        return None
    return Window(
        add_months(ends, -policy["first_months"]),
        ends - timedelta(days=policy["last_days"]),
        _("The DS-2019 ends on %(date)s; we take requests %(months)d months before.")
        % {"date": in_words(ends), "months": policy["first_months"]},
        _("The new date must be in SEVIS before the DS-2019 ends, and the checks take their time."),
        CITATION,
    )


def new_end_window(facts):
    """After the present end, and within the maximum counted from the first day of the stay."""
    if None in (facts.program_start, facts.program_end):
        return None
    whole = end_window(facts.exchange_category, facts.program_start, facts.exchange_stays)
    return Window(
        facts.program_end + ONE_DAY,
        whole and whole.last,
        _("The stay ends on %(date)s now.") % {"date": in_words(facts.program_end)},
        whole.why_last if whole else "",
        whole.citation if whole else CITATION,
    )
