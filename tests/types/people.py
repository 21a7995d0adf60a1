"""The records of the contract tests, as facts on one day, and what a type says of them."""

from dataclasses import replace
from datetime import date
from importlib import import_module
from types import SimpleNamespace

from isso.requests.records.facts import RecordFacts
from isso.requests.registry import folder_types, get_type
from isso.requests.request_form import Situation

from .asking import policy_of, priced

TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    major="Data Science",
    full_time_since=date(2025, 8, 25),
    program_start=date(2025, 8, 25),
    program_end=date(2026, 12, 18),
    term_start=date(2026, 9, 1),
    term_end=date(2026, 12, 18),
    check_in_completed_on=date(2026, 9, 3),
    passport_expiry=date(2029, 1, 1),
)
NEWCOMER = replace(
    STUDENT,
    sevis_status="initial",
    stage="check_in",
    full_time_since=date(2026, 9, 28),
    program_start=date(2026, 9, 28),
    program_end=date(2028, 5, 15),
    check_in_completed_on=None,
)
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D", i94_admit_until="D/S")
SCHOLAR = replace(VISITOR, exchange_category="08", education_level="", term_start=None)
PEOPLE = {
    "a student": STUDENT,
    "a newcomer": NEWCOMER,
    "an exchange student": VISITOR,
    "a scholar": SCHOLAR,
}
TYPES = sorted(folder_types())


def answers_of(key, facts):
    """Return complete answers of one type for these facts, as typed."""
    record = SimpleNamespace(
        **{name: getattr(facts, name) for name in facts.__dataclass_fields__} | {"pk": 1}
    )
    record.email = "a@b.example"
    return import_module(f"isso.tests.answers.{key}").answers(record, TODAY)


def situation_of(key, facts, answers=None, today=TODAY, **numbers):
    """Return what the type's forms know of this person."""
    policy = policy_of(key, **numbers)
    number = get_type(key).approver_number
    asks = bool(policy[number]) if number else True
    return Situation(priced(key, facts), today, policy, answers or {}, policy_asks_approver=asks)


def said_of(key, facts, answers, today=TODAY, **numbers):
    """Return everything a type says of this person that a policy number may change, by place."""
    request_type = get_type(key)
    situation = situation_of(key, facts, answers, today, **numbers)
    verdict = request_type.eligibility(facts, today, situation.policy)
    said = {"verdict": (verdict.standing, verdict.on, str(verdict.reason))}
    said["deadline"] = request_type.deadline(facts, situation.policy)
    for line in request_type.date_lines(situation):
        said[f"days of {line.name or 'the request'}"] = line.window.sentence
    for label, value, tone in request_type.panel(situation):
        said[f"panel: {label}"] = (str(value), tone)
    for page in request_type.pages:
        for label, value, tone in page.panel(situation) if page.panel else ():
            said[f"panel: {label}"] = (str(value), tone)
        if page.form:
            form = page.form(answers, situation=situation)
            said |= {f"error at {name}": str(found) for name, found in form.errors.items()}
            said |= {f"hint at {name}": str(f.help_text) for name, f in form.fields.items()}
    return said
