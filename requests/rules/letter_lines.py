"""What a letter of the office may say about a person: one line a fact, read from the record."""

from collections.abc import Callable
from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from isso.requests.records.choices import (
    EducationLevel,
    ExchangeCategory,
    SevisStatus,
    VisaClass,
)

from .windows import in_words


class Line(NamedTuple):
    """One fact: its name on the letter, and ``(facts, today) -> str``, "" when it is not known."""

    label: Any
    value: Callable


def _status(facts, today):
    known = facts.visa_class in VisaClass.values
    unnamed = (VisaClass.OTHER, VisaClass.NONE)
    return (
        str(VisaClass(facts.visa_class).label) if known and facts.visa_class not in unnamed else ""
    )


def _category(facts, today):
    known = facts.exchange_category in ExchangeCategory.values
    return str(ExchangeCategory(facts.exchange_category).label) if known else ""


def _sevis_status(facts, today):
    return str(SevisStatus(facts.sevis_status).label) if facts.sevis_status else ""


def _level(facts, today):
    return str(EducationLevel(facts.education_level).label) if facts.education_level else ""


def _day(name):
    def value(facts, today):
        day = getattr(facts, name)
        return in_words(day) if day else ""

    return value


def _words(name):
    def value(facts, today):
        return str(getattr(facts, name))

    return value


def _span(start, end):
    return _("%(start)s to %(end)s") % {"start": in_words(start), "end": in_words(end)}


def _program(facts, today):
    if not (facts.program_start and facts.program_end):
        return ""
    return _span(facts.program_start, facts.program_end)


def _enrollment(facts, today):
    """Of a term that is over a letter of today says nothing."""
    if facts.is_full_time is None or not (facts.term_start and facts.term_end):
        return ""
    if facts.term_end < today:
        return ""
    load = _("Full time") if facts.is_full_time else _("Part time")
    return f"{load}, {_span(facts.term_start, facts.term_end)}"


def _address(facts, today):
    parts = {part: str(each or "") for part, each in facts.us_address.items()}
    if not (parts.get("line1") and parts.get("city")):
        return ""
    place = f"{parts.get('state', '')} {parts.get('postal_code', '')}".strip()
    return ", ".join(filter(None, (parts["line1"], parts.get("line2"), parts["city"], place)))


def _funding(facts, today):
    funding = facts.funding
    if funding is None or not funding.months:
        return ""
    return _("$%(amount)s for %(months)d months, as shown on %(day)s") % {
        "amount": f"{funding.total:,}",
        "months": funding.months,
        "day": in_words(funding.as_of),
    }


def _work(facts, today):
    spans = [
        f"{name}: {_span(work.start, work.end)}"
        for kind, name in (("OPT", "OPT"), ("STEM", "STEM OPT"))
        for work in facts.approved(kind)
        if work.end >= today
    ]
    return "; ".join(spans)


LINES = {
    "name": Line(gettext_lazy("Name"), _words("full_name")),
    "birth_date": Line(gettext_lazy("Date of birth"), _day("birth_date")),
    "citizenship": Line(gettext_lazy("Country of citizenship"), _words("citizenship_country")),
    "institution_id": Line(gettext_lazy("University ID"), _words("institution_id")),
    "sevis_id": Line(gettext_lazy("SEVIS ID"), _words("sevis_id")),
    "status": Line(gettext_lazy("Immigration status"), _status),
    "category": Line(gettext_lazy("Exchange visitor category"), _category),
    "sevis_status": Line(gettext_lazy("SEVIS record"), _sevis_status),
    "level": Line(gettext_lazy("Education level"), _level),
    "degree": Line(gettext_lazy("Degree"), _words("degree")),
    "major": Line(gettext_lazy("Field of study"), _words("major")),
    "department": Line(gettext_lazy("Department"), _words("department")),
    "program": Line(gettext_lazy("Program dates"), _program),
    "enrollment": Line(gettext_lazy("Enrollment this term"), _enrollment),
    "graduation": Line(gettext_lazy("Expected graduation"), _day("expected_graduation")),
    "work": Line(gettext_lazy("Work authorization"), _work),
    "address": Line(gettext_lazy("Address in the United States"), _address),
    "funding": Line(gettext_lazy("Funding"), _funding),
}
