"""Who may ask for OPT, from when to when, and how long it may last.

8 CFR 214.2(f)(10)(ii) and (f)(11). Two spans are never mixed: when the office takes a request
(``request_window``) and when USCIS takes Form I-765 (``filing_window``).
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import EducationLevel, EmploymentStatus

from .dates import (
    academic_year_completed_on,
    days_in,
    grace_end,
    opt_filing_window,
    opt_last_day,
    opt_latest_end,
    opt_start_window,
)
from .training import opt_used, post_completion_opt
from .verdict import Standing, Verdict
from .windows import Window, in_words

OPT = "8 CFR 214.2(f)(10)(ii), (f)(11)"
OPT_START = "8 CFR 214.2(f)(10)(ii)(A)(3), (f)(11)"
OPT_FILING = "8 CFR 214.2(f)(11)(i)(B)(2)"
CPT_LIMIT = "8 CFR 214.2(f)(10)(i)"
# Levels that come one after the other; training is given anew at a higher one.
LADDER = (
    EducationLevel.ASSOCIATE,
    EducationLevel.BACHELOR,
    EducationLevel.MASTER,
    EducationLevel.DOCTORATE,
)
# Twelve months that are used up, in the days of a common year.
TWELVE_MONTHS = 365
UNDECIDED = (EmploymentStatus.REQUESTED, EmploymentStatus.PENDING)


def opt_end_by(start, used, *, full_time=True):
    """Return the last day of OPT that begins on ``start``: 12 months less what was used.

    Part time uses half a day for each, so what is left lasts twice as long: 8 CFR 214.2(f)(11).
    """
    last = opt_last_day(start, used)
    return last if full_time else start + timedelta(days=2 * days_in(start, last) - 1)


def is_higher(level, than):
    """Tell whether one education level stands above another on the ladder of degrees."""
    return level in LADDER and than in LADDER and LADDER.index(level) > LADDER.index(than)


# --- OPT: when ------------------------------------------------------------------------------------


def filing_window(program_end):
    """Return when USCIS takes Form I-765 for OPT after completion."""
    first, last = opt_filing_window(program_end)
    return Window(
        first,
        last,
        _("USCIS must have your Form I-765 in this time, and within 30 days of our I-20."),
        citation=OPT_FILING,
    )


def opt_requests(facts, policy, kind=""):
    """Return when the office takes a request for OPT: before (pre) or after completion (post).

    Without a kind it is the time in which one of them can be asked for.
    """
    ends, since = facts.program_end, facts.full_time_since
    if ends is None or since is None:
        return None
    days = {"post": policy["request_opens"], "pre": policy["pre_completion_opens"]}
    before = days.get(kind, max(days.values()))
    first, year = ends - timedelta(days=before), academic_year_completed_on(since)
    why_first = _("We take it from %(days)d days before your program end date.") % {"days": before}
    if year > first:
        first, why_first = year, _("OPT needs one full academic year of full-time study first.")
    last, why_last = ends, _("OPT before completion ends with your program.")
    if kind != "pre":
        grace = grace_end(ends, policy["grace_days"])
        last = min(opt_filing_window(ends)[1], grace)
        why_last = _("It closes %(days)d days after your program end date.") % {
            "days": (last - ends).days
        }
    return Window(first, last, why_first, why_last, OPT)


def post_opt_starts(completion, today):
    """Return on which days OPT after completion may begin."""
    first, last = opt_start_window(completion)
    return Window(
        max(first, today),
        last,
        _("OPT starts after your program ends on %(date)s.") % {"date": in_words(completion)},
        _("It must start within 60 days of that day."),
        OPT_START,
    )


def post_opt_ends(completion, today, used):
    """Return on which days OPT after completion may end, whatever day it begins."""
    starts = post_opt_starts(completion, today)
    return Window(
        starts.first,
        min(opt_end_by(starts.last, used), opt_latest_end(completion)),
        "",
        _(
            "OPT lasts at most 12 months less what you used, and ends within 14 months of your "
            "program."
        ),
        OPT_START,
    )


def pre_opt_days(facts, completion, today):
    """Return the days on which OPT before completion may lie."""
    year = academic_year_completed_on(facts.full_time_since) if facts.full_time_since else today
    first, why = today, _("OPT cannot be given for days in the past.")
    if year > today:
        first, why = year, _("OPT needs one full academic year of full-time study first.")
    ends = _("Your program ends on %(date)s.") % {"date": in_words(completion)}
    return Window(first, completion, why, ends, OPT)


# --- OPT: who -------------------------------------------------------------------------------------


def full_time_study_is_known(facts, today, policy):
    """The record says since when the person studies full time, and when the program ends."""
    if facts.full_time_since and facts.program_end:
        return None
    return Verdict(
        Standing.NEEDS,
        _(
            "Your record does not say since when you study full time, or when your program ends. "
            "Write to us."
        ),
        citation=OPT,
    )


def nothing_is_undecided(kind):
    """Return the rule that no other request for this training waits for a decision of USCIS."""

    def rule(facts, today, policy):
        for work in facts.employments:
            if work.kind == kind and work.status in UNDECIDED:
                return Verdict(
                    Standing.NEEDS,
                    _(
                        "We recommended this training from %(start)s to %(end)s. "
                        "USCIS has not decided yet."
                    )
                    % {"start": in_words(work.start), "end": in_words(work.end)},
                    citation=OPT,
                    cure=_("Send us the decision of USCIS or your EAD."),
                )
        return None

    return rule


def not_too_much_full_time_cpt(facts, today, policy):
    """Twelve months of full-time CPT at the level end OPT there."""
    days = facts.cpt_full_time_days
    if days < policy["full_time_cpt_limit"]:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _(
            "You used %(days)d days of full-time CPT. From %(limit)d days on there is no OPT at "
            "this level."
        )
        % {"days": days, "limit": policy["full_time_cpt_limit"]},
        citation=CPT_LIMIT,
        cure=_("A program at a higher level. Write to us if our count is wrong."),
    )


def opt_is_left(facts, today, policy):
    """Something of the 12 months of this level is left, and none was used at a higher one."""
    taken = post_completion_opt(facts)
    above = any(
        work.kind == "OPT"
        and work.status == EmploymentStatus.APPROVED
        and is_higher(work.education_level, facts.education_level)
        for work in facts.employments
    )
    if taken:
        reason = _("You had OPT after completion at this level from %(start)s to %(end)s.") % {
            "start": in_words(taken.start),
            "end": in_words(taken.end),
        }
    elif above:
        reason = _("You used OPT at a higher level. It is given anew only at a still higher one.")
    elif opt_used(facts) >= TWELVE_MONTHS:
        reason = _("You used all 12 months of OPT at this level.")
    else:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        reason,
        citation=OPT,
        cure=_("A program at a higher level. Write to us if our count is wrong."),
    )
