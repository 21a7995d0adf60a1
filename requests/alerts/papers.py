"""Papers that run out: the passport, the insurance, the signature for travel."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.choices import SevisStatus

from ..models.alert import Severity
from ..rules.dates import travel_signature_valid_until
from ..rules.scholar_insurance import CITATION as INSURANCE
from ..rules.training import is_on_post_completion_work, status_ends_on
from ..rules.travel_readiness import PASSPORT, SIGNATURE
from ..rules.windows import in_words
from .kind import Kind, Step, found_by_day
from .presence import is_here

PASSPORT_ENDS = (Step(-180, Severity.INFO), Step(-60, Severity.WARN), Step(0, Severity.BAD))
INSURANCE_ENDS = (
    Step(-30, Severity.INFO),
    Step(-7, Severity.WARN),
    Step(0, Severity.BAD),
    Step(1, Severity.BAD),
)
SIGNATURE_ENDS = (Step(1, Severity.INFO),)


def _passport(situation):
    if not is_here(situation.facts, situation.today):
        return []
    return found_by_day(PASSPORT_ENDS, situation, situation.facts.passport_expiry)


def _insurance(situation):
    facts = situation.facts
    last, end = facts.insurance_end, status_ends_on(facts)
    if last is None or not is_here(facts, situation.today) or (end and last >= end):
        return []
    return found_by_day(INSURANCE_ENDS, situation, last)


def _insurance_sentence(alert):
    text = _("Your health insurance ends on %(day)s. Renew it and send us the proof before.")
    if alert.step > 0:
        text = _("Your health insurance ended on %(day)s. Renew it today and send us the proof.")
    return text % {"day": in_words(alert.day)}


def _travel_signature(situation):
    facts, today = situation.facts, situation.today
    signed, end = facts.travel_signature_on, status_ends_on(facts)
    is_over = end is not None and end < today
    if signed is None or is_over or facts.sevis_status != SevisStatus.ACTIVE:
        return []
    if not is_here(facts, today):
        return []
    on_work = is_on_post_completion_work(facts, today)
    until = travel_signature_valid_until(signed, None, on_work)
    return found_by_day(SIGNATURE_ENDS, situation, until, about=f"{signed}", cure="reprint")


def _signature_sentence(alert):
    text = _("Your travel signature served until %(day)s. Ask for a new one before you travel.")
    return text % {"day": in_words(alert.day)}


def _signature_at_desk(alert):
    return _("The travel signature served until %(day)s.") % {"day": in_words(alert.day)}


KINDS = (
    Kind(
        "passport",
        gettext_lazy("Passport runs out"),
        _passport,
        lambda alert: (
            _("Your passport is valid until %(day)s. Renew it, and send us the new one.")
            % {"day": in_words(alert.day)}
        ),
        lambda alert: _("The passport is valid until %(day)s.") % {"day": in_words(alert.day)},
        PASSPORT,
        numbers=tuple(step.number for step in PASSPORT_ENDS),
        paper="passport",
    ),
    Kind(
        "insurance",
        gettext_lazy("Insurance runs out"),
        _insurance,
        _insurance_sentence,
        lambda alert: (
            _("The insurance is noted until %(day)s, the stay goes on.")
            % {"day": in_words(alert.day)}
        ),
        INSURANCE,
        numbers=tuple(step.number for step in INSURANCE_ENDS),
        paper="insurance",
    ),
    Kind(
        "travel_signature",
        gettext_lazy("Travel signature"),
        _travel_signature,
        lambda alert: (
            _("Your travel signature served until %(day)s. Ask for a new one before you travel.")
            % {"day": in_words(alert.day)}
        ),
        lambda alert: (
            _("The travel signature served until %(day)s.") % {"day": in_words(alert.day)}
        ),
        SIGNATURE,
        numbers=(1,),
    ),
)
