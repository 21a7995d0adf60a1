"""What somebody does between the first form and the Check-In, with this person's own days.

Each step tells whether it is done and by when it is due; nothing here is kept.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from .check_in import REGISTRATION, program_start_of
from .dates import earliest_entry, registration_due
from .windows import in_words

# Steps a type may name (``RequestType.next_steps``), in their order.
FEE, VISA, ARRIVAL, INSURANCE, CHECK_IN = "sevis_fee", "visa", "arrival", "insurance", "check_in"
FROM_ABROAD = (FEE, VISA, ARRIVAL, INSURANCE, CHECK_IN)
# Of whoever is in the country already.
FROM_WITHIN = (INSURANCE, CHECK_IN)
# 8 CFR 212.1(a): their citizens enter as students and exchange visitors without a visa.
WITHOUT_VISA = frozenset({"Canada", "Bermuda"})
SCHOLARS_RULE, STUDENTS_RULE = "8 CFR 214.2(j)(1)(ii)", "8 CFR 214.2(f)(5)(i)"


@dataclass(frozen=True)
class Known:
    """What the rail is made of: the record's facts, today, and what the person noted."""

    facts: Any
    today: date
    # Step → the day the person noted for it.
    noted: dict[str, date] = field(default_factory=dict)
    check_in_window: Any = None
    is_check_in_sent: bool = False


@dataclass(frozen=True)
class NextStep:
    """One step: what, when, why, and whether it is behind the person."""

    key: str
    title: Any
    when: Any
    text: Any
    citation: str = ""
    is_done: bool = False


def next_steps(keys, known):
    """Return these steps for this person; without a program start the days are not known yet."""
    return [STEPS[key](known) for key in keys]


def entry_rule(facts):
    """Return the regulation that opens the border 30 days before the start."""
    return SCHOLARS_RULE if facts.visa_class == "J-1" else STUDENTS_RULE


def arrival_objection(day, facts):
    """Return why somebody cannot plan to arrive on this day; "" when it fits."""
    start = program_start_of(facts)
    if start is None or earliest_entry(start) <= day <= start:
        return ""
    return _("Choose a day between %(first)s and %(last)s. %(rule)s") % {
        "first": in_words(earliest_entry(start)),
        "last": in_words(start),
        "rule": _("Write to us if you cannot be here by then."),
    }


def _fee(known):
    noted = known.noted.get(FEE)
    return NextStep(
        FEE,
        _("Pay the SEVIS fee (Form I-901)"),
        _("You noted: paid on %(day)s.") % {"day": in_words(noted)} if noted else "",
        _(
            "Pay at fmjfee.com with the SEVIS ID on your form, and print the receipt. Pay some "
            "days before your visa appointment, so that the consulate can see it."
        ),
        "8 CFR 214.13",
        is_done=noted is not None and noted <= known.today,
    )


def _visa(known):
    noted = known.noted.get(VISA)
    if known.facts.citizenship_country in WITHOUT_VISA:
        return NextStep(
            VISA,
            _("No visa is needed"),
            "",
            _(
                "Citizens of Canada and Bermuda show their form, the fee receipt and the proof of "
                "money at the border."
            ),
            "8 CFR 212.1(a)",
            is_done=True,
        )
    return NextStep(
        VISA,
        _("Go to your visa appointment"),
        _("You noted: appointment on %(day)s.") % {"day": in_words(noted)} if noted else "",
        _(
            "Make it as early as the consulate lets you. Take the signed form, your passport, the "
            "fee receipt and the proof of money you showed us."
        ),
        "22 CFR 41.61-41.62",
        is_done=noted is not None and noted <= known.today,
    )


def _arrival(known):
    start, noted = program_start_of(known.facts), known.noted.get(ARRIVAL)
    when = ""
    if start:
        when = _("Between %(first)s and %(last)s.") % {
            "first": in_words(earliest_entry(start)),
            "last": in_words(start),
        }
    if noted:
        when = f"{when} {_('You noted: arrival on %(day)s.') % {'day': in_words(noted)}}".strip()
    return NextStep(
        ARRIVAL,
        _("Arrive"),
        when,
        _(
            "You may enter the United States no earlier than 30 days before your program starts. "
            "Carry your papers in your hand luggage, and read your I-94 on the same day."
        ),
        entry_rule(known.facts),
        is_done=known.is_check_in_sent or (noted is not None and noted < known.today),
    )


def _insurance(known):
    facts, start = known.facts, program_start_of(known.facts)
    is_exchange = facts.visa_class == "J-1"
    covered = facts.insurance_end is not None and start is not None and facts.insurance_end > start
    return NextStep(
        INSURANCE,
        _("Have health insurance"),
        _("From %(day)s on.") % {"day": in_words(start)} if start else "",
        _("You and your family must be insured on every day of your stay.")
        if is_exchange
        else _("Treatment is expensive here. Be insured from your first day on."),
        "22 CFR 62.14" if is_exchange else "",
        is_done=covered,
    )


def _check_in(known):
    window = known.check_in_window
    when = ""
    if window is not None:
        when = _("From %(first)s to %(last)s.") % {
            "first": in_words(window.first),
            "last": in_words(window.last),
        }
    return NextStep(
        CHECK_IN,
        _("Check in with our office"),
        when,
        _("Tell us that you are here. We then register you in SEVIS; without it you lose status."),
        window.citation if window is not None else "",
        is_done=known.is_check_in_sent,
    )


STEPS = {FEE: _fee, VISA: _visa, ARRIVAL: _arrival, INSURANCE: _insurance, CHECK_IN: _check_in}


def dates_before_arrival(keys, facts):
    """Return (label, day, regulation) of the days that bind whoever has these steps ahead."""
    start = program_start_of(facts)
    if start is None:
        return []
    due = _("We must register you by")
    if facts.visa_class == "J-1":
        due = _("We must validate your record in SEVIS by")
    entry = (_("You may enter the United States from"), earliest_entry(start), entry_rule(facts))
    return [
        *([entry] if ARRIVAL in keys else []),
        (_("Your program starts on"), start, ""),
        (due, registration_due(start), REGISTRATION),
    ]
