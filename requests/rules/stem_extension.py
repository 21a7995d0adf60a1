"""Who may ask for the STEM extension of OPT, and from when to when: 8 CFR 214.2(f)(10)(ii)(C)."""

from django.utils.translation import gettext as _

from isso.requests.records.choices import EmploymentStatus

from .dates import add_months, stem_dates, stem_filing_window
from .optional_training import is_higher
from .training import post_completion_opt, stem_extensions_used, stem_opt
from .unemployment import ALLOWED, UNEMPLOYMENT, reached_on, unemployment_days
from .verdict import Standing, Verdict
from .windows import Window, in_words

STEM = "8 CFR 214.2(f)(10)(ii)(C)"
STEM_FILING = "8 CFR 214.2(f)(11)(i)(C)"


def stem_requests(facts):
    """Return when the extension can be asked for: the last 90 days of OPT."""
    opt = post_completion_opt(facts)
    if opt is None:
        return None
    first, last = stem_filing_window(opt.end)
    return Window(
        first,
        last,
        _("USCIS takes it from 90 days before your OPT ends."),
        _("USCIS must have Form I-765 by the last day of your OPT."),
        STEM_FILING,
    )


def job_days(facts):
    """Return the days on which the job of a STEM extension may begin."""
    opt = post_completion_opt(facts)
    if opt is None:
        return None
    last = stem_dates(opt.end)[1]
    return Window(
        opt.start,
        last,
        _("Your OPT began on %(date)s.") % {"date": in_words(opt.start)},
        _("The extension ends on %(date)s.") % {"date": in_words(last)},
        STEM,
    )


def earlier_degree_days(today):
    """Return on which days an earlier degree may have been awarded."""
    return Window(
        add_months(today, -120),
        today,
        _("An earlier degree counts for 10 years."),
        "",
        STEM,
    )


def on_post_completion_opt(facts, today, policy):
    """OPT after completion is approved and has begun."""
    opt = post_completion_opt(facts)
    if opt is None:
        return Verdict(
            Standing.NEEDS,
            _("Our record shows no approved OPT after completion."),
            citation=STEM,
            cure=_("OPT after your program comes first. Once USCIS approved it, send us your EAD."),
        )
    if opt.start <= today:
        return None
    return Verdict(
        Standing.OPENS_ON,
        _("Opens on %(date)s, near the end of your OPT.")
        % {"date": in_words(stem_requests(facts).first)},
        on=stem_requests(facts).first,
        citation=STEM_FILING,
    )


def no_stem_on_this_opt(facts, today, policy):
    """The OPT has not been extended already."""
    opt, stem = post_completion_opt(facts), stem_opt(facts)
    if not (opt and stem and stem.start > opt.end):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("Your OPT is extended already, from %(start)s to %(end)s.")
        % {"start": in_words(stem.start), "end": in_words(stem.end)},
        citation=STEM,
    )


def stem_extension_is_left(facts, today, policy):
    """Two extensions in a lifetime, the second only after a degree at a higher level."""
    used = stem_extensions_used(facts)
    lower = all(is_higher(facts.education_level, level) for level in stem_levels(facts))
    if used == 0 or (used == 1 and lower):
        return None
    reason = (
        _("You used both STEM OPT extensions of a lifetime.")
        if used > 1
        else _("You used one STEM OPT extension. A second one needs a degree at a higher level.")
    )
    return Verdict(Standing.NOT_FOR_YOU, reason, citation=STEM)


def stem_levels(facts):
    """Return the education levels at which the STEM extension was used before."""
    return [
        work.education_level
        for work in facts.employments
        if work.kind == "STEM" and work.status == EmploymentStatus.APPROVED
    ]


def not_too_long_without_work(facts, today, policy):
    """At most 90 days of OPT without work, as long as OPT runs."""
    too_many_on, opt = reached_on(facts, ALLOWED + 1), post_completion_opt(facts)
    if too_many_on is None or today < too_many_on or opt is None or today > opt.end:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Our record counts %(days)d days of OPT without work. At most %(most)d are allowed.")
        % {"days": unemployment_days(facts, today), "most": ALLOWED},
        citation=UNEMPLOYMENT,
        cure=_("Report every job you had. Speak with our office today."),
    )
