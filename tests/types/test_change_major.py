"""Change of major: which subjects fit, what the record says afterward, what SEVIS gets."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "change_major"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="04",
    major="Economics",
    cip_code="45.0601",
    minor="Music",
    minor_cip_code="50.0901",
    degree="Bachelor of Arts",
    department="Economics",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2025, 9, 1),
)
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1E", minor="", minor_cip_code="")
ENDED = "A program that has ended keeps its subjects."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STUDENT, (Standing.OPEN, date(2027, 5, 15), "")),
        (VISITOR, (Standing.OPEN, date(2027, 5, 15), "")),
        (
            replace(STUDENT, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                f"The last day was October 4, 2026. {ENDED}",
            ),
        ),
        # Training after completion keeps the DS-2019 open, but the studies are over.
        (
            replace(
                VISITOR,
                employments=(factories.work("AT", TODAY, date(2027, 5, 15), completion="post"),),
            ),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                f"The last day was October 4, 2026. {ENDED}",
            ),
        ),
        (
            replace(STUDENT, program_end=None),
            (
                Standing.NEEDS,
                None,
                "Your record has no program end date yet. Write to us so that we can add it.",
            ),
        ),
        (
            replace(STUDENT, visa_class="J-2"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people in F-1 or J-1 status. Your record says J-2.",
            ),
        ),
        (
            replace(VISITOR, exchange_category="08"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for J-1 students. Scholars and interns have other ways; write to "
                "us.",
            ),
        ),
        (
            replace(STUDENT, sevis_status="completed"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It is Completed. Write to us if this is wrong.",
            ),
        ),
        (
            replace(STUDENT, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def errors_of(facts=STUDENT, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    return asking.errors_of(KEY, "subjects", answers, facts, TODAY)


AS_IT_IS = {
    "new_major": "Economics",
    "new_cip": "45.0601",
    "minor": "Music",
    "minor_cip": "50.0901",
    "department": "Economics",
}


@pytest.mark.parametrize("facts", [STUDENT, VISITOR])
@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"second_major": "French", "second_cip": "16.0901"},
        AS_IT_IS | {"second_major": "French", "second_cip": "16.0901", "department": "Letters"},
        {"minor": "", "minor_cip": ""},
        {"effective_on": "2025-08-25"},
        {"effective_on": "2027-05-15", "end_moves": "later"},
    ],
)
def test_good_answers_pass(monday, facts, changes):
    assert errors_of(facts, **changes) == {}


SHAPE = "Write two digits, a period and four digits, like 11.0701."


@pytest.mark.parametrize(
    ("facts", "changes", "name", "sentence"),
    [
        (STUDENT, {"new_cip": "27.05"}, "new_cip", SHAPE),
        (STUDENT, {"minor": "Music", "minor_cip": "music"}, "minor_cip", SHAPE),
        (STUDENT, {"second_major": "French"}, "second_cip", "Enter the code of this subject."),
        (
            *(STUDENT, {"minor_cip": "50.0901"}, "minor"),
            "Enter the subject of this code, or leave both empty.",
        ),
        (
            STUDENT,
            {"second_major": "Statistics", "second_cip": "27.0501"},
            *("second_cip", "You name this code twice."),
        ),
        (
            *(STUDENT, AS_IT_IS, "new_major"),
            "Your record says this already. Change at least one answer.",
        ),
        (
            *(STUDENT, {"effective_on": "2025-08-24"}, "effective_on"),
            "Choose August 25, 2025 or a later day.",
        ),
        (
            *(STUDENT, {"effective_on": "2027-05-16"}, "effective_on"),
            "Choose May 15, 2027 or an earlier day. Your program ends on May 15, 2027.",
        ),
        (
            *(VISITOR, {"same_objective": "no"}, "same_objective"),
            "A J-1 program keeps the purpose for which you came. Speak with our office about "
            "other ways.",
        ),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, facts, changes, name, sentence):
    assert errors_of(facts, **changes) == {name: [sentence]}


def test_each_visa_class_is_asked_its_own_lines():
    asked = {
        facts.visa_class: set(asking.bound(KEY, "subjects", {}, facts, TODAY).fields)
        for facts in (STUDENT, VISITOR)
    }

    assert asked["F-1"] - asked["J-1"] == {"second_major", "second_cip", "minor", "minor_cip"}
    assert asked["J-1"] - asked["F-1"] == {"subject_remark", "same_objective"}


def test_it_begins_with_what_the_record_says():
    prefilled = TYPE.page("subjects").form.prefill(STUDENT)

    assert prefilled == AS_IT_IS | {
        "second_major": "",
        "second_cip": "",
        "subject_remark": "",
        "degree": "Bachelor of Arts",
    }


def subjects_of(record):
    """Return what the record holds of the subjects, and the forms."""
    record.refresh_from_db()
    columns = ("major", "cip_code", "second_major", "second_cip_code", "minor", "minor_cip_code")
    forms = record.issued_forms.values_list("kind", "reason")
    subjects = [getattr(record, name) for name in columns]
    return subjects, (record.degree, record.department), list(forms)


def test_from_the_tile_to_completed(office, client):
    record = factories.make_student(
        major="Economics",
        cip_code="45.0601",
        minor="Music",
        minor_cip_code="50.0901",
        degree="Bachelor of Arts",
        department="Economics",
    )
    client.force_login(record.user)
    offered = client.get(f"/portal/requests/new/{KEY}/")
    before = subjects_of(record)

    done = factories.make_request(
        record, KEY, "completed", second_major="French", second_cip="16.0901"
    )

    assert (offered.status_code, done.state) == (200, "completed")
    assert before == (
        ["Economics", "45.0601", "", "", "Music", "50.0901"],
        ("Bachelor of Arts", "Economics"),
        [],
    )
    # The minor was left empty and is given up; the degree keeps its name.
    assert subjects_of(record) == (
        ["Statistics", "27.0501", "French", "16.0901", "", ""],
        ("Bachelor of Arts", "Mathematics"),
        [("I-20", "updated")],
    )
    assert (done.deadline, done.sevis_due_on, done.effective_start) == (
        *(record.program_end, date(2026, 10, 26)),
        TODAY,
    )


def test_a_ds_2019_gets_its_subject_and_remark(office):
    record = factories.make_student(visa_class="J-1", exchange_category="1E")

    factories.make_request(record, KEY, "completed", subject_remark="Survey methods")

    assert subjects_of(record)[0] == ["Statistics", "27.0501", "", "", "", ""]
    assert (record.subject_remark, record.issued_forms.get().kind) == ("Survey methods", "DS-2019")


@pytest.mark.parametrize(
    ("facts", "changes", "entry"),
    [
        (
            STUDENT,
            {"minor": "Music", "minor_cip": "50.0901"},
            (
                "Program Edit",
                {
                    "CIP code of the major": "27.0501 Statistics",
                    "CIP code of the second major": "00.0000",
                    "CIP code of the minor": "50.0901 Music",
                },
            ),
        ),
        (
            VISITOR,
            {"subject_remark": "Survey\nmethods"},
            (
                "Program EditSubject",
                {
                    "CIP code of the major": "27.0501 Statistics",
                    "Subject remarks": "Survey methods",
                },
            ),
        ),
        (
            *(VISITOR, {}),
            ("Program EditSubject", {"CIP code of the major": "27.0501 Statistics"}),
        ),
    ],
)
def test_what_is_keyed_into_sevis(monday, facts, changes, entry):
    cleaned = asking.cleaned_of(KEY, factories.answers_for(KEY, facts, **changes), facts, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, facts)) == [entry]


def test_the_panel_says_what_hangs_on_the_subject():
    working = replace(STUDENT, employments=(factories.work("CPT", TODAY, date(2026, 12, 18)),))
    moves = {"new_cip": "27.0501", "end_moves": "later"}

    assert asking.panel_of(KEY, {}, STUDENT, TODAY) == [
        ("Major on your record", "45.0601 Economics", "")
    ]
    assert asking.panel_of(KEY, moves, working, TODAY) == [
        ("Major on your record", "45.0601 Economics", ""),
        (
            "STEM OPT extension",
            "Your new code decides. Look for it on the DHS STEM list.",
            "warn",
        ),
        (
            "Your work permission",
            "Your work must belong to the major. Speak with our office first.",
            "warn",
        ),
        ("Program end date", "Ask for a program extension, too.", "warn"),
    ]
    assert asking.panel_of(KEY, {"end_moves": "earlier"}, replace(VISITOR, major=""), TODAY) == [
        ("Major on your record", "45.0601", ""),
        ("Program end date", "Ask for early completion, too.", "warn"),
    ]


def test_family_older_than_21_gets_no_form():
    child = FamilyMember(8, "Awa Ndiaye", "child", TODAY.replace(year=2005))
    spouse = FamilyMember(7, "Moussa Ndiaye", "spouse")
    cleaned = {"new_major": "Statistics", "new_cip": "27.0501"}

    [change, form] = TYPE.effects(cleaned, replace(STUDENT, dependents=(spouse, child)), TODAY)

    assert change.changes == {"major": "Statistics", "cip_code": "27.0501"}
    assert form.dependents == (7,)
