"""The rules that several request types share; each is pure and says its own reason.

A rule takes ``(facts, today, policy)`` and returns a ``Verdict`` that objects, or None.
Dates are calendar days in the office's time zone.
"""

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from isso.requests.records.choices import (
    EducationLevel,
    HoldKind,
    SevisStatus,
    Stage,
    VisaClass,
)

from .verdict import Standing, Verdict


def in_words(day):
    """Write a date with its month in words, for sentences."""
    return date_format(day, "F j, Y")


def visa_class_is(*classes, citation=""):
    """Only people of these visa classes may ask."""

    def rule(facts, today, policy):
        if facts.visa_class in classes:
            return None
        return Verdict(
            Standing.NOT_FOR_YOU,
            _("This request is for people in %(classes)s status. Your record says %(yours)s.")
            % {
                "classes": " or ".join(classes),
                "yours": facts.visa_class or _("no visa class"),
            },
            citation=citation,
            cure=_("A change of your immigration status. Write to us if your record is wrong."),
        )

    return rule


def sevis_status_is(*statuses, citation=""):
    """Only people whose SEVIS record stands at one of these may ask."""

    def rule(facts, today, policy):
        if facts.sevis_status in statuses:
            return None
        if facts.sevis_status == SevisStatus.INITIAL:
            return Verdict(
                Standing.NEEDS,
                _("Your SEVIS record must be Active. It becomes so after your Check-In."),
                citation=citation,
                cure=_("Completing Check-In makes it Active."),
            )
        return Verdict(
            Standing.NEEDS,
            _("Your SEVIS record must be %(wanted)s. It is %(now)s. Write to us if this is wrong.")
            % {
                "wanted": _(" or ").join(str(SevisStatus(each).label) for each in statuses),
                "now": SevisStatus(facts.sevis_status).label
                if facts.sevis_status
                else _("not known"),
            },
            citation=citation,
            cure=_("Speak with our office about your status."),
        )

    return rule


def check_in_is_done(facts, today, policy):
    """People who have arrived tell the office so first."""
    if facts.check_in_completed_on:
        return None
    return Verdict(
        Standing.NEEDS,
        _("First complete your Check-In."),
        cure=_("Send your Check-In. We answer within a few business days."),
    )


def program_end_is_known(facts, today, policy):
    """Without a program end date nobody can tell until when something may be asked."""
    if facts.program_end is not None:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your record has no program end date yet. Write to us so that we can add it."),
    )


def program_has_not_ended(facts, today, policy):
    """The program end date lies ahead or is today."""
    if facts.program_end is None:
        return program_end_is_known(facts, today, policy)
    if today <= facts.program_end:
        return None
    return Verdict(
        Standing.CLOSED_SINCE,
        _("Your program ended on %(date)s.") % {"date": in_words(facts.program_end)},
        on=facts.program_end,
        cure=_("A new program. Speak with our office about what comes next."),
    )


def record_is_in_force(citation=""):
    """Whoever SEVIS knows must be active there; people in another status are not in SEVIS."""
    active = sevis_status_is(SevisStatus.ACTIVE, citation=citation)

    def rule(facts, today, policy):
        if facts.stage == Stage.ARCHIVED:
            return Verdict(
                Standing.NOT_FOR_YOU,
                _("Your record with us is closed. Write to us if this is wrong."),
                citation=citation,
            )
        if facts.visa_class == VisaClass.OTHER:
            return None
        return active(facts, today, policy)

    return rule


def level_is(*levels, citation=""):
    """Only people at one of these levels of study may ask."""

    def rule(facts, today, policy):
        if facts.education_level in levels:
            return None
        return Verdict(
            Standing.NOT_FOR_YOU,
            _("This request is for: %(levels)s. Your record says: %(yours)s.")
            % {
                "levels": ", ".join(str(EducationLevel(each).label) for each in levels),
                "yours": EducationLevel(facts.education_level).label
                if facts.education_level
                else _("not known"),
            },
            citation=citation,
            cure=_("Write to us if your record is wrong."),
        )

    return rule


def is_enrolled_full_time(facts, today, policy):
    """People who study full time this term, as far as the record knows."""
    if facts.is_full_time:
        return None
    return Verdict(
        Standing.NEEDS,
        _("Your record does not show that you study full time this term."),
        cure=_("Enroll full time, or write to us if you do and your record is wrong."),
    )


def has_no_hold(facts, today, policy):
    """People whom nothing keeps from registering."""
    if not facts.holds:
        return None
    return Verdict(
        Standing.NEEDS,
        _("You have a hold: %(holds)s.")
        % {"holds": ", ".join(str(HoldKind(each).label) for each in facts.holds)},
        cure=_("Clear the hold. Your profile says how."),
    )
