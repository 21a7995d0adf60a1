"""What is due of people who work after their program: the EAD, days without work, STEM reports."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from ..models.alert import Severity
from ..rules.dates import stem_filing_window
from ..rules.stem_reports import VALIDATION, Turn, reports_of
from ..rules.training import IN_FORCE, post_completion_opt, stem_opt
from ..rules.unemployment import (
    UNEMPLOYMENT,
    counted_periods,
    days_allowed,
    spans_without_work,
    unemployment_days,
    used_up_on,
    warns_from,
)
from ..rules.windows import in_words
from .kind import Found, Kind, Step, found_by_day, reached, step_in_days
from .presence import END, concerns, is_here

# Days past the day of a report from which it counts as overdue: ten business days are at least
# so many. Whether it is overdue says the rule.
OVERDUE = 14
REPORT = (Step(-30, Severity.INFO), Step(-7, Severity.WARN), Step(0, Severity.BAD))
# Days without work that are left; the office's policy says when the first warning comes.
FEW_LEFT = (Step(-15, Severity.WARN), Step(-5, Severity.BAD), Step(0, Severity.BAD))


def _ead_end(situation):
    facts, today = situation.facts, situation.today
    running = [work for work in (post_completion_opt(facts), stem_opt(facts)) if work]
    if not running or not is_here(facts, today) or facts.next_program_start:
        return []
    last = max(running, key=lambda work: work.end)
    goes_on = any(
        work.kind in ("STEM", "cap_gap") and work.status in IN_FORCE and work.end > last.end
        for work in facts.employments
    )
    if goes_on or last.start > today:
        return []
    is_stem_open = last.kind == "OPT" and today <= stem_filing_window(last.end)[1]
    cure = "stem_opt" if is_stem_open and concerns("stem_opt", situation) else ""
    return found_by_day(END, situation, last.end, about=f"{last.id} {last.end}", cure=cure)


def _ead_end_sentence(alert):
    day = {"day": in_words(alert.day)}
    if alert.step > 0:
        return _("Your work authorization ended on %(day)s. Stop working; speak with us.") % day
    if alert.cure:
        text = _(
            "Your work authorization ends on %(day)s. If your degree is in STEM, USCIS must have "
            "the application for more time before."
        )
        return text % day
    text = _("Your work authorization ends on %(day)s. Tell us what you plan after it.")
    return text % day


def _unemployment(situation):
    facts, today = situation.facts, situation.today
    if not is_here(facts, today) or not _counts_today(facts, today):
        return []
    allowed, periods = days_allowed(facts, today), counted_periods(facts)
    # Where the time ends before the days do, its end is the day to act by.
    last = used_up_on(facts) or max(period.end for period in periods)
    first = warns_from(facts, situation.policies["opt_report"], today) - allowed
    ladder = (
        Step(first, Severity.WARN),
        *(step for step in FEW_LEFT if step.number > first),
    )
    step = reached(ladder, unemployment_days(facts, today) - allowed)
    if step is None:
        return []
    return [
        Found(
            *(step.number, step.severity, last),
            about=f"{allowed}",
            cure="opt_report",
            detail=f"{allowed}",
        )
    ]


def _counts_today(facts, today):
    """Tell whether today is a day without work; who has a job again has nothing to do."""
    runs = any(period.start <= today <= period.end for period in counted_periods(facts))
    return runs and any(first <= today <= last for first, last in spans_without_work(facts))


def _unemployment_values(alert):
    allowed = int(alert.detail)
    return {"used": allowed + alert.step, "allowed": allowed, "day": in_words(alert.day)}


def _unemployment_sentence(alert):
    text = _(
        "You have been without work for %(used)d of %(allowed)d days or more. Report your job, "
        "or speak with us, before %(day)s."
    )
    if alert.step >= 0:
        text = _("You have used all %(allowed)d days without work. Speak with our office today.")
    return text % _unemployment_values(alert)


def _unemployment_at_desk(alert):
    text = _("Without work for %(used)d of %(allowed)d days or more.")
    return text % _unemployment_values(alert)


def _days_left(number):
    left = ngettext("%(days)d day left", "%(days)d days left", -number)
    return left % {"days": -number} if number else _("None left")


def _stem_validation(situation):
    facts, today = situation.facts, situation.today
    authorization = stem_opt(facts)
    if authorization is None or not is_here(facts, today):
        return []
    found = []
    for report in reports_of(facts, authorization, situation.policies["opt_report"]):
        if report.turn(today) == Turn.DONE:
            continue
        days = min((today - report.due_on).days, OVERDUE - 1)
        if report.turn(today) == Turn.OVERDUE:
            step = Step(OVERDUE, Severity.BAD)
        else:
            step = reached(REPORT, days)
        if step is not None:
            found.append(
                Found(
                    *(step.number, step.severity, report.report_by),
                    about=f"{authorization.id} {report.months}",
                    cure="opt_report",
                    detail=f"{report.months}",
                )
            )
    return found


def _report_sentence(alert):
    values = {"months": int(alert.detail), "day": in_words(alert.day)}
    text = _("Send your STEM report after %(months)d months by %(day)s.")
    if alert.step >= OVERDUE:
        text = _("Your STEM report after %(months)d months is late since %(day)s. Send it today.")
    return text % values


def _report_at_desk(alert):
    values = {"months": int(alert.detail), "day": in_words(alert.day)}
    text = _("STEM report after %(months)d months, to be sent by %(day)s.")
    if alert.step >= OVERDUE:
        text = _("STEM report after %(months)d months, overdue since %(day)s.")
    return text % values


def _report_step(number):
    return _("Overdue") if number >= OVERDUE else step_in_days(number)


KINDS = (
    Kind(
        "unemployment",
        gettext_lazy("Days without work"),
        _unemployment,
        _unemployment_sentence,
        _unemployment_at_desk,
        UNEMPLOYMENT,
        step_words=_days_left,
        numbers=(-30, -15, -5, 0),
    ),
    Kind(
        "stem_validation",
        gettext_lazy("STEM report"),
        _stem_validation,
        _report_sentence,
        _report_at_desk,
        VALIDATION,
        step_words=_report_step,
        numbers=(-30, -7, 0, OVERDUE),
    ),
    Kind(
        "ead_end",
        gettext_lazy("End of the work authorization"),
        _ead_end,
        _ead_end_sentence,
        lambda alert: (
            (
                _("The work authorization ended on %(day)s.")
                if alert.step > 0
                else _("The work authorization ends on %(day)s.")
            )
            % {"day": in_words(alert.day)}
        ),
        "8 CFR 214.2(f)(10)(ii), (f)(5)(iv)",
        numbers=tuple(step.number for step in END),
    ),
)
