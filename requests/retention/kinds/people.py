"""People long gone: everything about one person at once."""

from django.utils.translation import gettext_lazy as _

from ..anonymizing import make_anonymous
from ..kind import Method, Period, Planned
from ..people import long_gone, proposals_over
from ..subjects import People

KINDS = (
    Planned(
        key="people",
        title=_("Records of people"),
        outcome=_("long gone"),
        clock=_(
            "the last of: program end, work permission, closed request, file, change of the "
            "record, sign-in, invitation"
        ),
        # Schools and sponsors keep these records for three years after the end.
        period=Period(2557, 1096, 10957, "8 CFR 214.3(g)(1), 22 CFR 62.10(h)"),
        method=Method.ANONYMIZE,
        stays=_("visa class, level, program dates, and of each request what stays of it above"),
        subject=People(),
        ripe=long_gone,
        empty=make_anonymous,
    ),
    # The office never sponsored them, so the rule for exchange visitors' records is not theirs.
    Planned(
        key="proposals",
        title=_("Records of people"),
        outcome=_("proposed by a department, and nothing came of it"),
        clock=_("the day their last request ended"),
        period=Period(365, 30, 10957),
        method=Method.ANONYMIZE,
        stays=_("of each request what stays of it above"),
        subject=People(),
        ripe=proposals_over,
        empty=make_anonymous,
    ),
)
