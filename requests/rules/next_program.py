"""A new level at the same school: until when to ask, when it begins, what Check-In then turns.

F-1 gets a second record under the same SEVIS ID; J-1 keeps its one record, which must still run.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import EducationLevel, ExchangeCategory

from .dates import add_months, grace_end, new_program_start_by
from .leaving import practical_training_ends, stay_ends
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "8 CFR 214.2(f)(5)(ii), (f)(8)"
EXCHANGE_CITATION = "22 CFR 62.23"
# What SEVIS calls the new level of an exchange student (Program Matriculate).
MATRICULATION = {
    EducationLevel.ASSOCIATE: "A",
    EducationLevel.BACHELOR: "B",
    EducationLevel.MASTER: "M",
    EducationLevel.DOCTORATE: "D",
}
# The category of an exchange student follows the degree.
CATEGORIES = {
    EducationLevel.BACHELOR: ExchangeCategory.BACHELOR,
    EducationLevel.MASTER: ExchangeCategory.MASTER,
    EducationLevel.DOCTORATE: ExchangeCategory.DOCTORATE,
}
# What the record keeps of the program that begins next, and what that becomes.
NEXT = {
    "next_education_level": "education_level",
    "next_major": "major",
    "next_cip_code": "cip_code",
    "next_degree": "degree",
    "next_department": "department",
    "next_program_start": "program_start",
    "next_program_end": "program_end",
}
# Facts that belong to the program before.
LEFT_BEHIND = {
    "second_major": "",
    "second_cip_code": "",
    "minor": "",
    "minor_cip_code": "",
    "expected_graduation": None,
    "is_last_session": False,
    "has_thesis": False,
}
# Work that belongs to the program before and ends when the next one begins.
ENDS_WITH_LEVEL = ("CPT", "OPT", "STEM", "AT", "cap_gap")
# SEVIS takes the length of study as two digits of months.
MOST_MONTHS = 99


def next_program_entered(facts):
    """Return the changes of a record whose next program becomes the present one."""
    if facts.next_program_start is None:
        return {}
    entered = {now: getattr(facts, coming) for coming, now in NEXT.items()}
    cleared = {coming: None if "program" in coming else "" for coming in NEXT}
    category = CATEGORIES.get(facts.next_education_level)
    if facts.visa_class == "J-1" and category:
        entered["exchange_category"] = category.value
    return entered | cleared | LEFT_BEHIND


def no_next_program_yet(facts, today, policy):
    """A next program is granted once; what changes in it is the office's to correct."""
    if facts.next_program_start is None:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your next program begins on %(date)s. Check in for it then.")
        % {"date": in_words(facts.next_program_start)},
        citation=CITATION,
        cure=_("Complete Check-In for the new program. Write to us if your plans have changed."),
    )


def asking_window(facts, policy):
    """Return until when a change of level may be asked: the grace period of program or OPT.

    J-1: before the program ends, since the one record is only prolonged while it is Active.
    """
    if facts.visa_class == "J-1":
        return facts.program_end and Window(
            last=facts.program_end,
            why_last=_("A J-1 level changes before the program ends, not in the 30 days after it."),
            citation=EXCHANGE_CITATION,
        )
    ends = stay_ends(facts)
    if ends is None:
        return None
    return Window(
        last=grace_end(ends, policy["grace_days"]),
        why_last=_("Your grace period lasts %(days)d days.") % {"days": policy["grace_days"]},
        citation=CITATION,
    )


def start_window(facts, today, policy):
    """Return when the new program may begin: after the present one, and within five months.

    J-1: without a longer break than the office's number of days.
    """
    is_j1 = facts.visa_class == "J-1"
    ends = facts.program_end if is_j1 else stay_ends(facts)
    if ends is None:
        return None
    first, why_first = today + timedelta(days=1), _("The new form comes before the first day.")
    if facts.program_end and facts.program_end >= first:
        first = facts.program_end + timedelta(days=1)
        why_first = _(
            "Your present program ends on %(date)s. If you finish earlier, ask for early "
            "completion first."
        ) % {"date": in_words(facts.program_end)}
    if is_j1:
        days = policy["exchange_gap_days"]
        why_last = _("No more than %(days)d days may lie between two programs.") % {"days": days}
        last = ends + timedelta(days=days)
        return Window(first, last, why_first, why_last, EXCHANGE_CITATION)
    why_last = _("It must begin within five months after your program ends.")
    if practical_training_ends(facts):
        why_last = _("It must begin within five months after your program or OPT ends.")
    return Window(first, new_program_start_by(ends), why_first, why_last, CITATION)


def end_window(start):
    """Return when a program that begins on ``start`` may end."""
    return Window(
        start + timedelta(days=1),
        add_months(start, MOST_MONTHS) - timedelta(days=1),
        _("A program ends after it begins."),
        _("SEVIS takes %(months)d months at most.") % {"months": MOST_MONTHS},
        CITATION,
    )


def months_of(start, end):
    """Return the length of study in months, every month begun."""
    months = (end.year - start.year) * 12 + end.month - start.month
    return months + (add_months(start, months) <= end)
