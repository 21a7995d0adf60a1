"""The reports owed on STEM OPT: when each may be sent, until when, and what became of it.

8 CFR 214.2(f)(12)(ii): after 6, 12, 18 and 24 months the student confirms name, address and
employer, within 10 business days of the due day. Two of them come with a self-evaluation.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from django.utils.translation import gettext as _

from .dates import add_weekdays, stem_validation_report_by
from .windows import Window, in_words

VALIDATION = "8 CFR 214.2(f)(12)(ii)"
EVALUATION = "8 CFR 214.2(f)(10)(ii)(C)(9)(i)"
# After how many months an evaluation is owed, too: the second one is the final one.
EVALUATED_AFTER = (12, 24)


class Turn(StrEnum):
    """Where one report stands today."""

    LATER = "later"
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"


@dataclass(frozen=True)
class Report:
    """One report with its days; ``report_by`` is the last day without being late."""

    months: int
    opens_on: date
    due_on: date
    report_by: date
    done_on: date | None
    is_evaluated: bool

    def turn(self, today):
        """Return where it stands; what is overdue can still be sent, and must be."""
        if self.done_on:
            return Turn.DONE
        if today < self.opens_on:
            return Turn.LATER
        return Turn.OVERDUE if today > self.report_by else Turn.OPEN

    @property
    def label(self):
        """What it is called."""
        return _("STEM report after %(months)d months") % {"months": self.months}

    def words(self, today):
        """Say in a few words what is to be done, and when."""
        turn = self.turn(today)
        if turn == Turn.DONE:
            return _("Sent on %(day)s") % {"day": in_words(self.done_on)}
        if turn == Turn.OVERDUE:
            return _("Overdue since %(day)s. Send it today.") % {"day": in_words(self.report_by)}
        if turn == Turn.OPEN:
            return _("Send it by %(day)s") % {"day": in_words(self.report_by)}
        return _("From %(first)s, due %(due)s") % {
            "first": in_words(self.opens_on),
            "due": in_words(self.due_on),
        }

    def tone(self, today):
        """Return how urgent it looks."""
        return {Turn.OVERDUE: "bad", Turn.OPEN: "warn", Turn.DONE: "ok"}.get(self.turn(today), "")


def reports_of(facts, authorization, policy):
    """Return the reports owed under one authorization, the earliest first.

    The last day is counted in weekdays: an office's holiday would only make it later.
    """
    opens = timedelta(days=policy["validation_opens"])
    return [
        Report(
            owed.months,
            owed.due_on - opens,
            owed.due_on,
            stem_validation_report_by(owed.due_on, add_weekdays),
            owed.done_on,
            owed.is_evaluated,
        )
        for owed in facts.stem_reports
        if authorization is not None and owed.authorization_id == authorization.id
    ]


def to_send(reports, today):
    """Return the reports that may be sent today, the earliest first."""
    return [each for each in reports if each.turn(today) in (Turn.OPEN, Turn.OVERDUE)]


def to_evaluate(reports):
    """Return the reports whose self-evaluation has not come yet."""
    return [each for each in reports if each.months in EVALUATED_AFTER and not each.is_evaluated]


def report_rows(reports, today):
    """Return rows (label, value, tone): everything overdue or open, and the next one."""
    waiting = [each for each in reports if each.turn(today) != Turn.DONE]
    later = [each for each in waiting if each.turn(today) == Turn.LATER]
    shown = [*to_send(waiting, today), *later[:1]]
    return [(each.label, each.words(today), each.tone(today)) for each in shown]


def evaluation_days(start, today):
    """Return on which days an evaluation may have been signed."""
    return Window(
        start,
        today,
        _("STEM OPT began on %(date)s.") % {"date": in_words(start)},
        _("Send it once it is signed."),
        EVALUATION,
    )
