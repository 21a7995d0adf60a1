"""Which family members still have a form: a child until the 21st birthday, 8 CFR 214.2(f)(3)."""

from datetime import timedelta

from isso.requests.records.choices import Relation

from .dates import add_months, turns_21_on

CITATION = "8 CFR 214.2(f)(3); 22 CFR 62.2"


def is_child_under_21(birth_date, today):
    """Tell whether somebody born on this day is under 21 today."""
    return today < turns_21_on(birth_date)


def earliest_birth_of_a_child(today):
    """Return the earliest day of birth with which a child is under 21 today."""
    first = add_months(today, -21 * 12) + timedelta(days=1)
    # Who was born on February 29 turns 21 on February 28.
    return first if is_child_under_21(first, today) else first + timedelta(days=1)


def family_with_forms(facts, today):
    """Return the dependents on the record whose status has not ended by age: SEVIS ends it."""
    return tuple(
        each
        for each in facts.dependents
        if each.relation != Relation.CHILD
        or each.birth_date is None
        or is_child_under_21(each.birth_date, today)
    )
