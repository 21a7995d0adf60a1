"""What it means to stop studying before the end: who has days to leave, and who may come back.

Pure formulas of 8 CFR 214.2(f)(5)(iv) and (f)(4); the words are those of the answers.
"""

from datetime import timedelta

from django.utils.translation import gettext as _

from .answered import day_in
from .dates import absence_ends_record_after, authorized_withdrawal_leave_by
from .windows import Window, in_words

CITATION = "8 CFR 214.2(f)(5)(iv); 22 CFR 62.13"
ABSENCE = "8 CFR 214.2(f)(4)"
# The reason of SEVIS after which an F-1 record may be opened again.
AUTHORIZED = "23 Authorized early withdrawal"
MEDICAL, PERSONAL, ABROAD = "medical", "personal", "study_abroad"
WITHDRAWAL, DISMISSAL = "withdrawal", "dismissal"
# These end the record in SEVIS; who studies elsewhere for this university stays enrolled.
ENDING = (MEDICAL, PERSONAL, WITHDRAWAL, DISMISSAL)
RETURNING = (MEDICAL, PERSONAL, ABROAD)


def is_authorized(answers):
    """Tell whether days to leave follow: asked before stopping, and not sent away."""
    return answers.get("kind") in (MEDICAL, PERSONAL, WITHDRAWAL) and (
        answers.get("has_stopped") == "no"
    )


def has_days_to_leave(answers, facts):
    """Tell whether days to leave follow the last class: after an authorized F-1 withdrawal.

    8 CFR 214.2(f)(5)(iv) speaks of F-1 alone; J-1 has its 30 days only after a completed program.
    """
    return facts.visa_class == "F-1" and is_authorized(answers)


def last_attended_window(situation):
    """Who has stopped names a day that was, everybody else one that comes."""
    facts, today = situation.facts, situation.today
    has_stopped = situation.answers.get("has_stopped")
    if has_stopped not in ("yes", "no"):
        return None
    if has_stopped == "yes":
        return Window(
            facts.program_start,
            today,
            _("Your program began then.") if facts.program_start else "",
            _("You wrote that you have stopped already."),
            CITATION,
        )
    return Window(
        today,
        facts.program_end,
        _("You wrote that you still attend."),
        _("Your program ends then.") if facts.program_end else "",
        CITATION,
    )


def departure_window(situation):
    """An authorized early withdrawal gives some days to leave; everything else gives none."""
    answers = situation.answers
    attended = day_in(answers, "last_attended")
    if attended is None or answers.get("kind") == ABROAD:
        return None
    why_first = _("Until then you attend classes.")
    if not has_days_to_leave(answers, situation.facts):
        why = _("There are no days to leave after it. Go soon, and speak with our office today.")
        return Window(attended, None, f"{why_first} {why}", citation=CITATION)
    days = situation.policy["leave_days"]
    return Window(
        attended,
        authorized_withdrawal_leave_by(attended, days),
        why_first,
        _("You have %(days)d days to leave after the last day of classes.") % {"days": days},
        CITATION,
    )


def same_record_until(last_attended):
    """Return the last day of return with which the same record can be opened again."""
    return absence_ends_record_after(last_attended)


def ask_to_return_by(returns_on, policy):
    """Return the day by which somebody asks to come back: the office's practice."""
    return returns_on - timedelta(days=policy["return_lead_days"])


def stopping_rows(situation):
    """Return rows (label, value, tone) on what follows from the days typed."""
    answers, facts, today = situation.answers, situation.facts, situation.today
    attended = day_in(answers, "last_attended")
    if attended is None or answers.get("kind") not in (*ENDING, ABROAD):
        return []
    rows = []
    if answers["kind"] != ABROAD:
        by = attended
        if has_days_to_leave(answers, facts):
            by = authorized_withdrawal_leave_by(attended, situation.policy["leave_days"])
        rows.append((_("Leave the United States by"), in_words(by), "bad" if by < today else ""))
    returns = day_in(answers, "returns_on")
    if answers["kind"] not in RETURNING or returns is None:
        return rows
    if answers["kind"] != ABROAD and facts.visa_class == "F-1":
        until = same_record_until(attended)
        is_same = returns <= until
        rows.append((_("Same record if you are back by"), in_words(until), "ok" if is_same else ""))
        if not is_same:
            words = _("New I-20, new SEVIS fee, and a year of study before CPT or OPT")
            rows.append((_("After five months"), words, "warn"))
    ask_by = ask_to_return_by(returns, situation.policy)
    rows.append((_("Ask to return by"), in_words(ask_by), "warn" if ask_by < today else ""))
    return rows
