"""Who may ask for the first I-20 or DS-2019, and what each way of coming here brings with it."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import (
    SCHOLAR_CATEGORIES,
    EducationLevel,
    ExchangeCategory,
    SevisStatus,
    Stage,
)

from .dates import add_months, new_program_start_by
from .next_program import CATEGORIES
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "8 CFR 214.3(k); 22 CFR 62.10"
TRANSFER_CITATION = "8 CFR 214.2(f)(8)"
EXCHANGE_TRANSFER_CITATION = "22 CFR 62.42"
LEVEL_CITATION = "8 CFR 214.2(f)(5)(ii), (f)(8)"

# How somebody comes to us; the answer decides what else is asked.
ABROAD, TRANSFER, CHANGE, LEVEL, RETURN = "abroad", "transfer", "change", "level", "return"
# In the United States now, with an I-94 and a status of some kind.
IS_HERE = (TRANSFER, CHANGE, LEVEL)
# Their SEVIS record goes on under its number.
KEEPS_SEVIS_ID = (TRANSFER, LEVEL)
YOUNGEST, OLDEST = 15, 80


def is_expected(facts, today, policy):
    """The first form is for people whom the office expects and who have not arrived."""
    if facts.stage == Stage.PRE_ARRIVAL:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This request is for people who are admitted and have not arrived yet."),
        citation=CITATION,
        cure=_("For another degree here, ask for a change of level."),
    )


def is_no_scholar(facts, today, policy):
    """A department asks for visiting scholars: 22 CFR 62.20."""
    if facts.exchange_category not in (*SCHOLAR_CATEGORIES, ExchangeCategory.INTERN):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This request is for students. For visiting scholars the department asks."),
        citation="22 CFR 62.20",
        cure=_("Write to the department that invites you."),
    )


def is_no_citizen(facts, today, policy):
    """Citizens of the United States need no status to study."""
    if facts.citizenship_country.strip().casefold() not in ("united states", "us", "usa"):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("Your record says that you are a citizen of the United States. You need no form."),
        citation=CITATION,
        cure=_("Write to us if your record is wrong."),
    )


def has_no_form_yet(facts, today, policy):
    """The first form is issued once; what changes in it is another request."""
    if facts.sevis_status not in (SevisStatus.INITIAL, SevisStatus.ACTIVE):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("We issued your first form already. You find it among your documents."),
        citation=CITATION,
        cure=_("If something on it is wrong, ask for a new print."),
    )


def deposit_is_paid(facts, today, policy):
    """The place is sure before a form is made."""
    if facts.deposit_paid_on is not None:
        return None
    return Verdict(
        Standing.NEEDS,
        _("We have no note of your enrollment deposit yet."),
        citation=CITATION,
        cure=_("Pay the deposit. If you paid it, it can take a week until we know."),
    )


def program_is_known(facts, today, policy):
    """The form prints level, first and last day of the program: 8 CFR 214.3(k)."""
    if facts.program_start and facts.program_end and facts.education_level:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your record has no program with a first and last day yet."),
        citation=CITATION,
        cure=_("Write to us so that we can add it."),
    )


WHO_MAY_ASK = (
    is_expected,
    is_no_scholar,
    is_no_citizen,
    has_no_form_yet,
    deposit_is_paid,
    program_is_known,
)


def asking_window(facts, policy):
    """Return until when the first form can be asked for: some days before the program starts."""
    if facts.program_start is None:
        return None
    return Window(
        last=facts.program_start - timedelta(days=policy["lead_days"]),
        why_last=_(
            "Your program starts on %(date)s, and the form takes time. Ask us about a later start."
        )
        % {"date": in_words(facts.program_start)},
        citation=_("Office practice"),
    )


def is_exchange(answers):
    """Whether these answers ask for a DS-2019."""
    return answers.get("visa_class") == "J-1"


def comes_by(*situations):
    """Return a condition that holds for these ways of coming here."""

    def asked(answers):
        return answers.get("situation") in situations

    return asked


def last_studies_window(situation):
    """Return when the last studies elsewhere may have ended: five months before the start at most.

    Whoever was on OPT counts from its end instead.
    """
    if situation.answers.get("on_opt") == "yes":
        return None
    return _gap_window(situation)


def training_end_window(situation):
    """Return when OPT at the other school may have ended: five months before the start at most."""
    return _gap_window(situation) if situation.answers.get("on_opt") == "yes" else None


def release_window(situation):
    """Return when the other school may release the record: before the program here starts."""
    return _gap_window(situation)


def _gap_window(situation):
    """Return the five months before the start, 8 CFR 214.2(f)(8)(i); J-1 has no such span."""
    start, answers = situation.facts.program_start, situation.answers
    if start is None or answers.get("situation", TRANSFER) != TRANSFER:
        return None
    why_last = _("Your program here starts on %(date)s.") % {"date": in_words(start)}
    if is_exchange(answers):
        return Window(last=start, why_last=why_last, citation=EXCHANGE_TRANSFER_CITATION)
    return Window(
        _earliest_end_before(start),
        start,
        _("No more than five months may lie before your program here. Speak with our office."),
        why_last,
        TRANSFER_CITATION,
    )


def _earliest_end_before(start):
    """Return the earliest day after which a program on ``start`` begins within five months."""
    day = add_months(start, -5)
    while new_program_start_by(day) < start:
        day += timedelta(days=1)
    return day


def status_window(situation):
    """Return until when another status must last: a change is asked for while it does.

    8 CFR 248.1(b).
    """
    return Window(
        first=situation.today,
        why_first=_(
            "A status can be changed only while it lasts. If it has ended, come from abroad."
        ),
        citation="8 CFR 248.1(b)",
    )


def present_program_window(situation):
    """Return when the present program here may end: before the next, within five months.

    8 CFR 214.2(f)(5)(ii), (f)(8).
    """
    start, answers = situation.facts.program_start, situation.answers
    if start is None or answers.get("situation", LEVEL) != LEVEL:
        return None
    why_first = _("The next program begins within five months of the last. Speak with our office.")
    why_last = _("Your new program starts on %(date)s.") % {"date": in_words(start)}
    return Window(_earliest_end_before(start), start, why_first, why_last, LEVEL_CITATION)


def left_window(situation):
    """Return when somebody who comes back may have left: it is past."""
    return Window(last=situation.today, citation=CITATION)


def birth_window(situation):
    """Return which days of birth are plausible for a student (domain/requests.md §21)."""
    return Window(
        add_months(situation.today, -OLDEST * 12),
        add_months(situation.today, -YOUNGEST * 12),
        _("Compare it with your passport."),
        citation=CITATION,
    )


def category_of(level):
    """Return the category of an exchange student at this level, in the code of SEVIS."""
    return CATEGORIES.get(EducationLevel(level), ExchangeCategory.NON_DEGREE).value
