"""What somebody may ask whom the office expects: the person has a form, and is not here yet."""

from enum import StrEnum

from django.utils.translation import gettext as _

from isso.requests.records.choices import SevisStatus, Stage

from .eligibility import sevis_status_is
from .verdict import Standing, Verdict

# The form is issued for an Initial record, which Check-In makes Active.
CITATION = "8 CFR 214.3(g)(2)(iii), (k); 22 CFR 62.12, 62.13"


class BeforeArrival(StrEnum):
    """Whether somebody whom the office expects, and who has not arrived, may ask for it."""

    NEVER = "never"
    ALSO = "also"
    ONLY = "only"


def is_expected(facts):
    """Tell whether this is somebody who has not arrived."""
    return facts.stage == Stage.PRE_ARRIVAL


def has_arrived(facts, today, policy):
    """What is for people who are here waits for the Check-In."""
    if not is_expected(facts):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This request is for people who have arrived. You can ask after your Check-In."),
        cure=_("Your Check-In, once you are here."),
    )


def has_not_arrived(facts, today, policy):
    """Whoever is here has begun."""
    if is_expected(facts):
        return None
    return Verdict(
        Standing.NOT_FOR_YOU,
        _("This request is for people who have not arrived yet."),
        citation=CITATION,
        cure=_("If you must interrupt your studies, ask for a leave of absence."),
    )


def first_form_is_released(facts, today, policy):
    """A form changes once it is made; before that its request and the record are corrected."""
    if facts.sevis_status == SevisStatus.INITIAL and facts.sevis_id and facts.program_start:
        return None
    if facts.sevis_status in ("", SevisStatus.DRAFT, SevisStatus.INITIAL):
        return Verdict(
            Standing.NEEDS,
            _("Your first I-20 or DS-2019 is not ready yet."),
            citation=CITATION,
            cure=_("If your plans or data change before that, write to us."),
        )
    return Verdict(
        Standing.NEEDS,
        _("Your SEVIS record is %(now)s. You need a new one before you can come.")
        % {"now": SevisStatus(facts.sevis_status).label},
        citation=CITATION,
        cure=_("Write to us. We make a new record for your new start."),
    )


def form_can_be_printed(citation):
    """Return the rule: an Active record, or the released form of somebody who has not arrived."""
    active = sevis_status_is(SevisStatus.ACTIVE, citation=citation)

    def rule(facts, today, policy):
        asked = first_form_is_released if is_expected(facts) else active
        return asked(facts, today, policy)

    return rule
