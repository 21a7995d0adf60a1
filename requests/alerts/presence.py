"""Who is here, and what of being here is due: Check-In, validation, holds, the program's end."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.choices import (
    SCHOLAR_CATEGORIES,
    EmploymentStatus,
    HoldKind,
    SevisStatus,
    Stage,
)

from ..models.alert import Severity
from ..registry import get_type
from ..rules.check_in import REGISTRATION, not_yet_checked_in, start_of, window_of
from ..rules.dates import completes_itself_on, opt_filing_window
from ..rules.training import IN_FORCE, status_ends_on
from ..rules.verdict import Standing
from ..rules.windows import in_words
from ..scholar_watch import validation_of
from .kind import Found, Kind, Step, found_by_day

VISITORS = ("F-1", "J-1")
LIVING = (SevisStatus.INITIAL, SevisStatus.ACTIVE)
NEAR_END = (Step(-90, Severity.INFO), Step(-60, Severity.WARN), Step(-30, Severity.BAD))
END = (*NEAR_END, Step(1, Severity.BAD))
FILING = (*NEAR_END, Step(0, Severity.BAD))
CHECK_IN = (
    Step(-30, Severity.INFO),
    Step(0, Severity.WARN),
    Step(10, Severity.BAD),
    Step(20, Severity.BAD),
)
# Around the last day: it begins with the program, and 10 days before the list of scholars warns.
VALIDATION = (Step(-30, Severity.INFO), Step(-10, Severity.WARN), Step(1, Severity.BAD))


def is_scholar(facts):
    """Tell whether this is a visiting scholar."""
    return facts.exchange_category in SCHOLAR_CATEGORIES or facts.appointment is not None


def is_here(facts, today):
    """Tell whether alerts concern this person: nobody who has left, moved on or ended."""
    left = (facts.transfer_release_on, facts.stopped_on)
    departed = facts.appointment and facts.appointment.departed_on
    if facts.visa_class not in VISITORS or facts.sevis_status not in LIVING:
        return False
    if any(day and day <= today for day in (*left, departed)):
        return False
    if facts.stage == Stage.GRADUATED:
        return _still_in_status(facts, today)
    return facts.stage in (Stage.CHECK_IN, Stage.CONTINUING)


def _still_in_status(facts, today):
    """After completion: until SEVIS completes the record, or USCIS decides."""
    last = status_ends_on(facts)
    if last is None:
        return False
    return today <= completes_itself_on(last) or any(
        work.kind in ("OPT", "STEM") and work.status == EmploymentStatus.PENDING
        for work in facts.employments
    )


def goes_on(facts):
    """Tell whether something follows the program: training that is asked for, or a next program."""
    end = facts.program_end
    return bool(facts.next_program_start) or any(
        work.kind in ("OPT", "STEM", "AT", "cap_gap")
        and work.status in IN_FORCE
        and end is not None
        and work.end > end
        for work in facts.employments
    )


def concerns(key, situation):
    """Tell whether a request type is for this person at all, today or later."""
    verdict = get_type(key).eligibility(situation.facts, situation.today, situation.policies[key])
    return verdict.standing != Standing.NOT_FOR_YOU


def _program_end(situation):
    facts = situation.facts
    if not is_here(facts, situation.today) or goes_on(facts):
        return []
    found = found_by_day(END, situation, facts.program_end)
    return [each._replace(cure=_more_time(situation, each)) for each in found]


def _more_time(situation, found):
    key = "scholar_extension" if is_scholar(situation.facts) else "program_extension"
    return key if found.step < 0 and concerns(key, situation) else ""


def _program_end_sentence(alert):
    day = {"day": in_words(alert.day)}
    if alert.step > 0:
        return _("Your program ended on %(day)s. Speak with our office today.") % day
    if alert.cure == "scholar_extension":
        text = _("Your stay ends on %(day)s. If it goes on, your host department asks us before.")
        return text % day
    if alert.cure:
        text = _("Your program ends on %(day)s. If you need more time, ask us before that day.")
        return text % day
    return _("Your program ends on %(day)s. Tell us what you plan after it.") % day


def _program_end_at_desk(alert):
    day = {"day": in_words(alert.day)}
    if alert.step > 0:
        return _("The program ended on %(day)s.") % day
    return _("The program ends on %(day)s.") % day


def _opt_window(situation):
    facts = situation.facts
    has_asked = any(
        work.kind == "OPT"
        and work.completion != "pre"
        and work.status in IN_FORCE
        and work.education_level in ("", facts.education_level)
        for work in facts.employments
    )
    if not is_here(facts, situation.today) or facts.program_end is None or has_asked:
        return []
    verdict = get_type("opt").eligibility(facts, situation.today, situation.policies["opt"])
    if not verdict.is_open:
        return []
    last = opt_filing_window(facts.program_end)[1]
    return found_by_day(FILING, situation, facts.program_end, last, cure="opt")


def _check_in(situation):
    facts, today, policy = situation.facts, situation.today, situation.policies["check_in"]
    comes = facts.stage == Stage.PRE_ARRIVAL and facts.sevis_status == SevisStatus.INITIAL
    if not (comes and facts.visa_class in VISITORS) and not is_here(facts, today):
        return []
    if facts.stage == Stage.GRADUATED or not_yet_checked_in(facts, today, policy):
        return []
    window = window_of(facts, policy)
    if window is None:
        return []
    return found_by_day(CHECK_IN, situation, start_of(facts), window.last, cure="check_in")


def _check_in_sentence(alert):
    day = {"day": in_words(alert.day)}
    if alert.step >= 10:
        return _("You have not checked in yet. Do it today; the last day is %(day)s.") % day
    return _("Check in no later than %(day)s.") % day


def _validation(situation):
    facts, today = situation.facts, situation.today
    if not is_scholar(facts) or facts.stage == Stage.PRE_ARRIVAL or not is_here(facts, today):
        return []
    due = validation_of(facts, today)
    return found_by_day(VALIDATION, situation, due.on) if due else []


def _hold(situation):
    facts = situation.facts
    if not is_here(facts, situation.today):
        return []
    cures = {HoldKind.CHECK_IN: "check_in"}
    return [Found(0, Severity.BAD, None, kind, cures.get(kind, ""), kind) for kind in facts.holds]


def _hold_sentence(alert):
    label = HoldKind(alert.detail).label
    return _("You have a hold. %(what)s. Ask us if you do not know what to do.") % {"what": label}


KINDS = (
    Kind(
        "check_in",
        gettext_lazy("Check-In"),
        _check_in,
        _check_in_sentence,
        lambda alert: (
            _("No Check-In; SEVIS wants the registration by %(day)s.")
            % {"day": in_words(alert.day)}
        ),
        REGISTRATION,
        numbers=tuple(step.number for step in CHECK_IN),
    ),
    Kind(
        "validation",
        gettext_lazy("Validation in SEVIS"),
        _validation,
        lambda alert: "",
        lambda alert: _("Validate in SEVIS by %(day)s.") % {"day": in_words(alert.day)},
        "22 CFR 62.13",
        numbers=tuple(step.number for step in VALIDATION),
        tells_person=False,
    ),
    Kind(
        "hold",
        gettext_lazy("Hold"),
        _hold,
        _hold_sentence,
        lambda alert: f"{HoldKind(alert.detail).label}.",
        gettext_lazy("Office practice"),
        step_words=lambda number: _("Not lifted"),
        numbers=(0,),
        is_news_again=True,
    ),
    Kind(
        "program_end",
        gettext_lazy("End of the program"),
        _program_end,
        _program_end_sentence,
        _program_end_at_desk,
        "8 CFR 214.2(f)(7), (j)(1)(iv)",
        numbers=tuple(step.number for step in END),
    ),
    Kind(
        "opt_window",
        gettext_lazy("Time to ask for OPT"),
        _opt_window,
        lambda alert: (
            _("You may ask for OPT now. USCIS must have your application by %(day)s at the latest.")
            % {"day": in_words(alert.day)}
        ),
        lambda alert: (
            _("May ask for OPT and has not; USCIS takes it until %(day)s.")
            % {"day": in_words(alert.day)}
        ),
        "8 CFR 214.2(f)(11)(i)(B)(2)",
        numbers=tuple(step.number for step in FILING),
    ),
)
