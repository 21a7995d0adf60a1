"""What somebody has used of practical training, counted from the record's facts alone.

Days are calendar days of the office's time zone, both ends included.
"""

from isso.requests.records.choices import EmploymentStatus
from isso.requests.records.facts import days_covered

from .dates import opt_days_used

IN_FORCE = (EmploymentStatus.APPROVED, EmploymentStatus.PENDING, EmploymentStatus.REQUESTED)


def opt_used(facts):
    """Return the days of OPT used at this level, part time at half: 8 CFR 214.2(f)(11)."""
    work = facts.approved("OPT")
    return opt_days_used(
        days_covered((each.start, each.end) for each in work if each.full_time),
        days_covered((each.start, each.end) for each in work if not each.full_time),
    )


def post_completion_opt(facts):
    """Return the approved post-completion OPT of this level that ends last, or None."""
    work = [each for each in facts.approved("OPT") if each.completion == "post"]
    return max(work, key=lambda each: each.end, default=None)


def stem_opt(facts):
    """Return the approved STEM OPT extension that ends last, or None."""
    return max(facts.approved("STEM"), key=lambda each: each.end, default=None)


def stem_extensions_used(facts):
    """Count the STEM OPT extensions of a lifetime: at most two, 8 CFR 214.2(f)(10)(ii)(C)(3)."""
    return sum(
        each.kind == "STEM" and each.status == EmploymentStatus.APPROVED
        for each in facts.employments
    )


def is_on_post_completion_work(facts, today):
    """Tell whether OPT after completion or STEM OPT is running: travel signatures serve less."""
    running = (post_completion_opt(facts), stem_opt(facts))
    return any(each is not None and each.start <= today <= each.end for each in running)


def status_ends_on(facts):
    """Return the last day of the program, or of OPT or STEM OPT after it; None when unknown."""
    ends = [facts.program_end, *(w.end for w in (post_completion_opt(facts), stem_opt(facts)) if w)]
    return max((day for day in ends if day), default=None)


def academic_training_used(facts):
    """Return the days of academic training used, part time like full time: 22 CFR 62.23(f)."""
    return days_covered((each.start, each.end) for each in facts.approved("AT"))
