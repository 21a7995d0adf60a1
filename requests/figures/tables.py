"""The figures as tables, each with the sentence that defines it."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.home.statistics import BAR_HEIGHT, Bar

from ..lifecycle import State
from ..models.policy import policies_in_force
from ..registry import find_type
from ..rules.quantiles import quantile

# Fewer say nothing about the next one, and something about a person.
LEAST_FOR_QUANTILES = 5
LEAST_FOR_A_SENTENCE = 3
MOST_REASONS = 15
MOST_BARS = 25


@dataclass(frozen=True)
class FigureTable:
    """One table: its heading, what its numbers mean, and which column its chart draws."""

    key: str
    title: str
    definition: str
    headings: tuple[str, ...]
    rows: list[tuple]
    drawn: int = 1

    @property
    def bars(self):
        """The rows as bars, in percent of the longest."""
        drawn = [(row[0], row[self.drawn]) for row in self.rows]
        drawn = [(label, number) for label, number in drawn if isinstance(number, int)][:MOST_BARS]
        longest = max((number for _label, number in drawn), default=0)
        return [
            Bar(str(label), str(number), round(100 * number / longest), place * BAR_HEIGHT)
            for place, (label, number) in enumerate(drawn)
            if longest
        ]

    @property
    def height(self):
        """The height of the chart in pixels."""
        return len(self.bars) * BAR_HEIGHT

    @property
    def drawn_heading(self):
        """What the bars show."""
        return self.headings[self.drawn]


def tables_of(counts, today, calendar, advisors, own=None):
    """Return all tables.

    ``advisors`` maps keys of users to names; ``own`` is the one whose row is shown alone, or None.
    """
    days, policies = counts.days_of_done(), policies_in_force()
    by_type = _merged(days, 0)
    return [
        _months(counts),
        _types(counts),
        _outcomes(counts),
        _times(counts, by_type, policies),
        _clarified(counts, by_type),
        _reasons(counts),
        _approvers(counts, calendar),
        _load(counts, _merged(days, 1), today, advisors, own),
    ]


def _merged(days, part):
    found = {}
    for key, histogram in days.items():
        found.setdefault(key[part], Counter()).update(histogram)
    return found


def title_of(type_key):
    """Return what a type is called; of one that is gone, its key."""
    found = find_type(type_key)
    return str(found.title) if found else type_key


def percent(part, whole):
    """Write a share."""
    return f"{round(100 * part / whole)} %" if whole else "–"


def _times_of(histogram):
    """Return (median, 80 %), as far as there are enough to say."""
    if sum(histogram.values()) < LEAST_FOR_QUANTILES:
        return (_("too few"),) * 2
    return quantile(histogram, 0.5), quantile(histogram, 0.8)


def _by_title(found):
    return sorted(((title_of(key), value) for key, value in found.items()), key=lambda row: row[0])


def _months(counts):
    received, ended = counts.received_by_month(), counts.ended_by_month()
    return FigureTable(
        "months",
        _("Received and finished, by month"),
        _("Received: sent for the first time. Finished: completed, denied, withdrawn or expired."),
        (_("Month"), _("Received"), _("Finished")),
        [
            (date_format(month, "F Y"), received.get(month, 0), ended.get(month, 0))
            for month in counts.period.months
        ],
    )


def _types(counts):
    states = [state for state in State if state != State.DRAFT]
    rows = [
        (title, sum(found.values()), *(found.get(state, 0) for state in states))
        for title, found in _by_title(counts.received_by_type_and_state())
    ]
    return FigureTable(
        "types",
        _("Received, by type and status of today"),
        _("Requests sent for the first time in the period, and where they are now."),
        (_("Type"), _("Received"), *(str(state.label) for state in states)),
        rows,
    )


def _outcomes(counts):
    found = counts.ended_by_state()
    whole = sum(found.values())
    closed = (State.COMPLETED, State.DENIED, State.WITHDRAWN, State.EXPIRED)
    return FigureTable(
        "outcomes",
        _("How they ended"),
        _("Every request that ended in the period."),
        (_("Status"), _("Requests"), _("Share")),
        [
            (str(state.label), found.get(state, 0), percent(found.get(state, 0), whole))
            for state in closed
        ],
    )


def _times(counts, by_type, policies):
    # A type that is gone has no policy any more.
    targets = {key: policies[key].target_days for key in by_type if key in policies}
    in_time, rows = counts.done_in_time(targets), []
    for type_key, histogram in by_type.items():
        done, (median, most) = sum(histogram.values()), _times_of(histogram)
        share, target = percent(*in_time[type_key]), targets.get(type_key, "–")
        rows.append((title_of(type_key), done, median, most, target, share))
    return FigureTable(
        "times",
        _("Time to decision, by type"),
        _(
            "Requests completed or denied in the period: business days with the office, without "
            "the days with the student or an approver. On time: within the target of the day on "
            "which each was sent."
        ),
        (_("Type"), _("Done"), _("Median"), _("8 of 10 within"), _("Target today"), _("On time")),
        sorted(rows, key=lambda row: row[0]),
        drawn=3,
    )


def _clarified(counts, by_type):
    asked = counts.clarified()
    return FigureTable(
        "clarifications",
        _("Handed back for clarification, by type"),
        _("Of the requests completed or denied in the period, those handed back at least once."),
        (_("Type"), _("Handed back"), _("Done"), _("Share")),
        [
            (title, asked.get(key, 0), done, percent(asked.get(key, 0), done))
            for title, key, done in sorted(
                (title_of(key), key, sum(histogram.values())) for key, histogram in by_type.items()
            )
        ],
    )


def _reasons(counts):
    said = {}
    for type_key, name, sentence in counts.common_sentences(LEAST_FOR_A_SENTENCE):
        said.setdefault((type_key, name), sentence)
    rows = [
        (
            f"{title_of(type_key)}: {_label_of(type_key, name)}",
            number,
            said.get((type_key, name), "–"),
        )
        for type_key, name, number in counts.questions(MOST_REASONS)
    ]
    return FigureTable(
        "reasons",
        _("What was asked about most often"),
        _(
            "Questions asked in the period, by answer or file. A sentence is shown where it was "
            "sent for 3 requests or more."
        ),
        (_("Answer or file"), _("Requests"), _("Most often in these words")),
        rows,
    )


def _label_of(type_key, name) -> Any:
    found = find_type(type_key)
    return found.label_of(name) if found and found.page_of(name) else name


def _approvers(counts, calendar):
    rows = []
    for title, histogram in _by_title(counts.days_of_approvers(calendar)):
        rows.append((title, sum(histogram.values()), *_times_of(histogram)))
    return FigureTable(
        "approvers",
        _("Time until approvers decide, by type"),
        _("Business days from the question to the decision, of decisions in the period."),
        (_("Type"), _("Decisions"), _("Median"), _("8 of 10 within")),
        rows,
        drawn=3,
    )


def _load(counts, days, today, advisors, own):
    now = counts.load(today)
    keys = [own] if own else sorted({*now, *days}, key=lambda key: advisors.get(key) or "~")
    rows = []
    for key in keys:
        histogram = days.get(key, Counter())
        with_office, late = now.get(key, (0, 0))
        name = advisors.get(key) or (_("Somebody who left") if key else _("Nobody"))
        done = sum(histogram.values())
        rows.append((name, with_office, late, done, _times_of(histogram)[0]))
    return FigureTable(
        "load",
        _("Load of advisors"),
        _("With the office and late: now. Done: completed or denied in the period."),
        (_("Advisor"), _("With the office"), _("Late"), _("Done"), _("Median days")),
        rows,
    )
