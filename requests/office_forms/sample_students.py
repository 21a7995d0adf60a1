"""The students of the demonstration, for the preview of a form: nobody's record is read for it.

Their facts stand in the files that come with the software, so they are the people whom whoever
tries the demonstration knows, whether this office has loaded it or not.
"""

from dataclasses import dataclass, fields
from functools import cache
from typing import Any

from isso.requests.records.choices import Stage, VisaClass
from isso.requests.records.facts import RecordFacts

from .told_people import record_told, told_people

PLAIN = {each.name for each in fields(RecordFacts)}


@dataclass(frozen=True)
class Sample:
    """One student to look at a form with."""

    label: Any
    facts: RecordFacts


def sample_students(today):
    """Return the samples by key, as one signs in to the demonstration; dates lie around ``today``.

    Addresses and what stands around a record (work, family, funding) are left out: no condition of
    the list asks for them.
    """
    people, likes = _told()
    return {
        person["email"].partition("@")[0]: _sample(person, record_told(person, likes, today))
        for person in people
    }


@cache
def _told():
    told = told_people()
    return [each for each in told["person"] if each.get("password") and "record" in each], (
        told["like"]
    )


def _sample(person, told):
    name, visa_class = person["full_name"], told["visa_class"]
    facts = RecordFacts(
        full_name=f"{told['given_name']} {told['family_name']}".strip(),
        email=person["email"],
        holds=tuple(each["kind"] for each in person.get("hold", ())),
        **{name: value for name, value in told.items() if name in PLAIN},
    )
    described = [Stage(told["stage"]).label]
    if visa_class != VisaClass.NONE:
        described.insert(0, VisaClass(visa_class).label)
    return Sample(f"{name} ({', '.join(map(str, described))})", facts)
