"""Who completes the scholar's half of a DS-2019, and the days that count until Check-In."""

from datetime import timedelta

from django.utils.translation import gettext as _

from isso.requests.records.choices import Stage

from .dates import registration_due
from .verdict import Standing, Verdict
from .windows import Window, in_words

CITATION = "22 CFR 62.10; 22 CFR 62.14"
# What the department may have sent already: names of places for files in both halves.
ASKED_OF_BOTH = ("degree_proof", "funds_proof", "english_proof", "insurance_proof")
GIVEN = "department_gave"


def has_not_arrived(facts, today, policy):
    """It leads to the form with which a scholar comes."""
    if facts.stage == Stage.PRE_ARRIVAL:
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This request is for scholars who are invited and have not arrived yet."),
        citation=CITATION,
        cure=_("For a longer stay your department asks."),
    )


def is_sponsored(facts, today, policy):
    """The department's half comes first: host, place and dates are the university's word."""
    known = facts.appointment and facts.sites and facts.program_start and facts.program_end
    if known:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your department’s request is not approved yet."),
        citation=CITATION,
        cure=_("Your host knows how far it is. We write to you when it is your turn."),
    )


def asking_window(facts, policy):
    """Return until when the scholar's half is taken: some days before the program begins."""
    if facts.program_start is None:
        return None
    return Window(
        last=facts.program_start - timedelta(days=policy["lead_days"]),
        why_last=_(
            "Your program begins on %(date)s, and the form takes time. Ask your host for later "
            "dates."
        )
        % {"date": in_words(facts.program_start)},
        citation=_("Office practice"),
    )


def validation_due(facts):
    """Return the last day to validate the record, 22 CFR 62.13(a); None once it is or need not."""
    if facts.program_start is None or facts.check_in_completed_on is not None:
        return None
    return registration_due(facts.program_start)


def is_missing(name):
    """Return a condition that holds unless the department has sent this paper."""

    def asked(answers):
        return name not in (answers.get(GIVEN) or ())

    return asked
