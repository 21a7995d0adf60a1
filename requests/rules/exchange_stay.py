"""How long a scholar may stay, and when the next stay may begin: 22 CFR 62.20, 62.21, 62.23, 62.26.

All days are calendar days in the office's time zone; the first and the last day of a stay count.
A stay that continues without a gap, here or at the sponsor before a transfer, is one stay.
"""

from datetime import date, timedelta
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from isso.requests.records.choices import ExchangeCategory, SevisStatus
from isso.requests.records.facts import Stay

from .dates import add_months
from .verdict import Standing, Verdict
from .windows import Window, in_words

ONE_DAY = timedelta(days=1)
MAXIMUM_CITATION = "22 CFR 62.20(i)"
TRANSFER_CITATION = "22 CFR 62.42"
# What the law allows from the first day on, with the sentence that says so.
MOST_MONTHS = {
    ExchangeCategory.PROFESSOR: 60,
    ExchangeCategory.RESEARCH_SCHOLAR: 60,
    ExchangeCategory.SHORT_TERM_SCHOLAR: 6,
    ExchangeCategory.SPECIALIST: 12,
    ExchangeCategory.INTERN: 12,
}
CITATIONS = {
    ExchangeCategory.PROFESSOR: MAXIMUM_CITATION,
    ExchangeCategory.RESEARCH_SCHOLAR: MAXIMUM_CITATION,
    ExchangeCategory.SHORT_TERM_SCHOLAR: "22 CFR 62.21(g)",
    ExchangeCategory.SPECIALIST: "22 CFR 62.26(i)",
    ExchangeCategory.INTERN: "22 CFR 62.23(i)",
}
# Professors and research scholars share their five years and their bars.
BARRED = (ExchangeCategory.PROFESSOR, ExchangeCategory.RESEARCH_SCHOLAR)
# Everybody but a short-term scholar comes for three weeks at least, 22 CFR 62.8(b).
FEWEST_DAYS = 21
# A presence in J status shorter than this bars nobody, 22 CFR 62.20(d)(2).
MONTHS_THAT_BAR = 6
# In SEVIS these never became a stay.
NEVER_BEGAN = (
    *(SevisStatus.DRAFT, SevisStatus.INITIAL, SevisStatus.CANCELED),
    *(SevisStatus.INVALID, SevisStatus.NO_SHOW),
)


class Bar(NamedTuple):
    """One span after a stay in which nobody may begin as a professor or research scholar."""

    months: int
    stay: Stay
    # The last day of the bar.
    until: date
    citation: str

    @property
    def first_day(self):
        """The first day on which somebody may begin again."""
        return self.until + ONE_DAY

    @property
    def sentence(self):
        """Say why, and from when it is possible."""
        days = {
            "start": in_words(self.stay.start),
            "end": in_words(self.stay.end),
            "first": in_words(self.first_day),
        }
        if self.months == 24:
            return (
                _(
                    "A stay as a professor or research scholar ended on %(end)s. The next one may "
                    "begin 24 months later, on %(first)s or a later day."
                )
                % days
            )
        return (
            _(
                "The scholar was in J status from %(start)s to %(end)s, for six months or longer. "
                "A stay as a professor or research scholar may begin 12 months after that, on "
                "%(first)s or a later day."
            )
            % days
        )


def last_day_of(begins, months):
    """Return the last day of so many months that begin on this day.

    They end the day before the same day of a later month; where that month is too short to have
    it, with the month.
    """
    end = add_months(begins, months)
    return end if end.day < begins.day else end - ONE_DAY


def months_begun(first, until):
    """Count the months of a stay up to a day, one begun as a whole one."""
    if until < first:
        return 0
    months = (until.year - first.year) * 12 + until.month - first.month
    return months + (until > last_day_of(first, months) if months else 1)


def program_as_stay(facts):
    """Return the present program of an exchange visitor as a stay; None where it never began."""
    if (
        facts.visa_class != "J-1"
        or not facts.exchange_category
        or None in (facts.program_start, facts.program_end)
        or facts.sevis_status in NEVER_BEGAN
    ):
        return None
    return Stay(facts.exchange_category, facts.program_start, facts.program_end)


def stays_of(facts):
    """Return every stay in J status the record knows, this university's included."""
    present = program_as_stay(facts)
    return (*facts.exchange_stays, *([present] if present else []))


def began(category, begins, stays=()):
    """Return the first day of the stay that continues on this day in this category."""
    family = BARRED if category in BARRED else (category,)
    own = [each for each in stays if each.visa_class == "J-1" and each.category in family]
    first = begins
    while earlier := [
        each.start for each in own if each.start < first and each.end + ONE_DAY >= first
    ]:
        first = min(earlier)
    return first


def latest_end(category, begins, stays=()):
    """Return the last day a stay that begins or goes on on this day may have; None: no limit."""
    months = MOST_MONTHS.get(category)
    if months is None:
        return None
    first = began(category, begins, stays)
    last = last_day_of(first, months)
    if category == ExchangeCategory.INTERN:
        # Twelve months in all for one degree, also with years between them.
        spent = [
            each
            for each in stays
            if each.category == category and each.visa_class == "J-1" and each.end < first
        ]
        last -= timedelta(days=sum((each.end - each.start).days + 1 for each in spent))
    return last


def end_window(category, begins, stays=()):
    """Return on which days a stay may end, with the reason; None without a limit."""
    last = latest_end(category, begins, stays)
    if last is None:
        return None
    is_short = category == ExchangeCategory.SHORT_TERM_SCHOLAR
    first = begins + timedelta(days=1 if is_short else FEWEST_DAYS - 1)
    counts_from = began(category, begins, stays)
    why_last = _("%(category)s: %(months)d months at most, counted from %(date)s.") % {
        "category": ExchangeCategory(category).label,
        "months": MOST_MONTHS[category],
        "date": in_words(counts_from),
    }
    if category == ExchangeCategory.INTERN and last < last_day_of(
        counts_from, MOST_MONTHS[category]
    ):
        why_last = f"{why_last} {_('Earlier internships count.')}"
    return Window(
        first,
        last,
        _("The last day comes after the first.")
        if is_short
        else _("An exchange visitor stays for three weeks at least."),
        why_last,
        CITATIONS[category],
    )


def months_used(category, begins, until, stays=()):
    """Return how many months of the maximum are used on a day, those of earlier sponsors too."""
    return months_begun(began(category, begins, stays), until)


def bars_of(stays) -> tuple[Bar, ...]:
    """Return what these stays bar: 24 months after a professor or research scholar, else 12."""
    found = [
        Bar(24, each, add_months(each.end, 24), MAXIMUM_CITATION)
        for each in _joined(each for each in stays if each.category in BARRED)
    ]
    found += [
        Bar(12, each, add_months(each.end, 12), "22 CFR 62.20(d)(2)")
        for each in _joined(
            each
            for each in stays
            if each.category not in (*BARRED, ExchangeCategory.SHORT_TERM_SCHOLAR)
        )
        if each.end >= last_day_of(each.start, MONTHS_THAT_BAR)
    ]
    return tuple(sorted(found, key=lambda bar: bar.until))


def bar_after(category, start, end):
    """Return the bar a stay of these days leads to, or None: said before somebody ends it."""
    return next(iter(bars_of([Stay(category, start, end)])), None)


def bar_until(stays, months=None):
    """Return the last barred day, of one kind of bar or of both; None without a bar."""
    return max((bar.until for bar in bars_of(stays) if months in (None, bar.months)), default=None)


def bars_against(category, begins, stays, is_transfer=False) -> tuple[Bar, ...]:
    """Return the bars that keep somebody from beginning on this day in this category.

    A transfer continues the stay: the present one bars nothing, and the 12 months do not apply.
    """
    if category not in BARRED:
        return ()
    earlier = [each for each in stays if each.start < begins]
    if is_transfer:
        first = began(category, begins, earlier)
        earlier = [each for each in earlier if each.category in BARRED and each.end < first]
    return tuple(bar for bar in bars_of(earlier) if begins <= bar.until)


def begin_objection(category, begins, stays, is_transfer=False) -> Verdict | None:
    """Return why a stay may not begin on this day, with the first day that is possible."""
    bars = bars_against(category, begins, stays, is_transfer)
    if not bars:
        return None
    bar = bars[-1]
    return Verdict(
        Standing.OPENS_ON,
        bar.sentence,
        on=bar.first_day,
        citation=bar.citation,
        cure=_(
            "A later first day, a category without this bar such as short-term scholar, or a "
            "transfer while the present stay lasts."
        ),
    )


def transfer_objection(category, begins, stays) -> Verdict | None:
    """Return why a stay elsewhere cannot continue here: same category, without a gap; 62.42."""
    last = max(
        (each for each in stays if each.visa_class == "J-1" and each.start < begins),
        key=lambda each: each.end,
        default=None,
    )
    if last is None:
        return _no_transfer(_("A transfer needs a stay at another sponsor. Enter its days."))
    if last.category != category:
        return _no_transfer(
            _(
                "A transfer keeps the category. The present one is: %(category)s. Only the "
                "Department of State can change it (22 CFR 62.41)."
            )
            % {"category": _category(last.category)}
        )
    if last.end + ONE_DAY < begins:
        return _no_transfer(
            _("The present stay ends on %(date)s. A transfer begins by the next day.")
            % {"date": in_words(last.end)}
        )
    return None


def _no_transfer(reason: Any):
    return Verdict(Standing.NOT_FOR_YOU, str(reason), citation=TRANSFER_CITATION)


def _category(code):
    known = dict(ExchangeCategory.choices)
    return known.get(code, _("not known"))


def _joined(stays):
    """Return stays in their order, those without a gap as one: all of a presence counts."""
    joined = []
    for stay in sorted(stays, key=lambda each: (each.start, each.end)):
        if joined and stay.start <= joined[-1].end + ONE_DAY:
            joined[-1] = joined[-1]._replace(end=max(joined[-1].end, stay.end))
        else:
            joined.append(stay)
    return joined
