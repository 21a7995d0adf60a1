"""The preview meets the people of the demonstration, from the file they are loaded from."""

from dataclasses import fields

from django.contrib.auth.models import Group

from isso.requests.demonstration.people import load_people
from isso.requests.office_forms.sample_students import sample_students
from isso.requests.people.roles import Role
from isso.requests.records.facts import RecordFacts
from isso.requests.records.models import StudentRecord
from isso.requests.records.reading import facts_for
from isso.tests.types.people import TODAY

AROUND = {
    *("us_address", "mailing_address", "foreign_address", "emergency"),
    *("employments", "jobs", "stem_reports", "dependents", "reduced_loads", "funding"),
}


def test_they_are_those_who_sign_in_to_the_demonstration():
    assert {key: each.label for key, each in sample_students(TODAY).items()} == {
        "student": "Amina Diallo (F-1 student, Continuing)",
        "newstudent": "Linh Tran (F-1 student, Check-In)",
        "graduate": "Mateo Quispe (F-1 student, After completion)",
        "exchange": "Freja Holm (J-1 exchange visitor, Continuing)",
        "admitted": "Arjun Mehta (Before arrival)",
        "scholar": "Nadia Petrova (Proposed by a department)",
    }


def test_their_facts_are_those_of_the_records_that_are_loaded(db):
    for role in Role:
        Group.objects.get_or_create(name=role)
    load_people(TODAY)

    for key, sample in sample_students(TODAY).items():
        loaded = facts_for(StudentRecord.objects.get(user__email=f"{key}@demo.example"))
        assert [
            (key, each.name)
            for each in fields(RecordFacts)
            if each.name not in AROUND
            and getattr(loaded, each.name) != getattr(sample.facts, each.name)
        ] == []
