"""Visiting scholar: whom a department may invite, which answers stand, what approval writes."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.effects import (
    ChangeRecord,
    InvitePerson,
    NoteScholar,
    NoteSite,
    NoteStay,
    StateFunding,
)
from isso.requests.people.roles import Role
from isso.requests.records.facts import RecordFacts, Stay
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.tests.answers.scholar_ds2019 import answers as complete

from .asking import bound, cleaned_of, errors_of, panel_of, verdict_of

KEY = "scholar_ds2019"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
# From March 4, 2027 to March 1, 2028.
BEGINS, ENDS = date(2027, 3, 4), date(2028, 3, 1)
PROPOSED = RecordFacts(
    stage="proposed", family_name="Moreau", given_name="Camille", department="Biology"
)


def answers(**changes):
    return complete(None, TODAY) | changes


def stay(number, category, start, end, visa="J-1"):
    said = {"visa": visa, "category": category, "sponsor": "Lakeside", "start": start, "end": end}
    return {f"stay_{number}_{name}": value for name, value in said.items()} | {
        f"stay_{number}_sevis_id": "",
        "stay_count": str(number),
    }


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.OPEN),
        ({"stage": "archived", "sevis_status": "inactive", "visa_class": "J-1"}, Standing.OPEN),
        ({"stage": "archived", "sevis_status": "active"}, Standing.OPEN),
        ({"stage": "graduated", "sevis_status": "completed"}, Standing.OPEN),
        ({"stage": "continuing", "sevis_status": "active"}, Standing.NOT_FOR_YOU),
        ({"stage": "pre_arrival", "sevis_status": "initial"}, Standing.NOT_FOR_YOU),
        ({"stage": "pre_arrival", "sevis_status": "draft"}, Standing.NOT_FOR_YOU),
    ],
)
def test_who_is_invited(changes, standing):
    found = verdict_of(KEY, replace(PROPOSED, **changes), TODAY)
    assert found == (
        standing,
        None,
        ""
        if standing == Standing.OPEN
        else "This person has a running record with us. A new sponsorship begins after its end.",
    )


ANSWER = "This field is required."
LATE = (
    "Choose November 30, 2026 or a later day. We need 8 weeks for the checks, the form and the "
    "visa."
)
BARRED = (
    "Choose July 1, 2027 or a later day. A stay as a professor or research scholar ended on June "
    "30, 2025. The next one may begin 24 months later, on July 1, 2027 or a later day."
)
TWELVE = (
    "Choose October 1, 2027 or a later day. The scholar was in J status from September 1, 2025 to "
    "September 30, 2026, for six months or longer. A stay as a professor or research scholar may "
    "begin 12 months after that, on October 1, 2027 or a later day."
)
FIVE_YEARS = (
    "Choose March 3, 2032 or an earlier day. Research scholar: 60 months at most, counted from "
    "March 4, 2027."
)
HALF_A_YEAR = (
    "Choose September 3, 2027 or an earlier day. Short-term scholar: 6 months at most, counted "
    "from March 4, 2027."
)
MOVES = {"in_us": "yes", "present_status": "J-1", "is_transfer": "yes"}
ELSEWHERE = stay(1, "08", "2024-03-04", "2027-03-03") | MOVES
BAD = [
    ("scholar", {"family_name": "Moreau 2"}, {"family_name": "A name has no digits."}),
    ("scholar", {"given_name": ""}, {}),
    ("scholar", {"scholar_email": "moreau"}, {
        "scholar_email": "Enter an address such as name@example.edu."
    }),
    ("scholar", {"citizenship": "United States"}, {
        "citizenship": "Select a valid choice. United States is not one of the available choices."
    }),
    ("immigration", {"dependents_number": ""}, {"dependents_number": ANSWER}),
    ("immigration", {"dependents_come": "no", "dependents_number": ""}, {}),
    ("immigration", {"in_us": "yes"}, {"present_status": ANSWER, "is_transfer": ANSWER}),
    ("immigration", MOVES, {"transfer_sevis_id": ANSWER}),
    ("immigration", MOVES | {"transfer_sevis_id": "n 0012345678"}, {}),
    ("immigration", {"home_residence": "yes"}, {"home_residence_why": ANSWER}),
    ("stays", stay(1, "08", "2024-03-04", "2024-03-03"), {
        "stay_1_end": "The last day must not come before the first day."
    }),
    ("stays", stay(1, "other", "2024-03-04", "2024-03-04"), {}),
    ("stays", stay(1, "08", "2026-10-06", "2027-03-03"), {
        "stay_1_start": "Enter stays that have begun."
    }),
    ("stays", {"stay_count": "1"}, {
        f"stay_1_{name}": ANSWER for name in ("visa", "category", "sponsor", "start", "end")
    }),
    ("host", {"host_duties": "no"}, {
        "host_duties": "A scholar needs a host who accepts these duties. Speak with the host first."
    }),
    ("site", {"activity_street": "PO Box 12"}, {
        "activity_street": "A post office box is not a place where someone lives or works. Enter "
        "the street."
    }),
    ("appointment", {"tenure_track": "yes"}, {
        "tenure_track": "The law allows no tenure-track position in J-1 status. Speak with our "
        "office about another status."
    }),
    ("appointment", {"stay_begins": "2026-11-30", "stay_ends": "2027-03-01"}, {}),
    ("appointment", {"stay_begins": "2026-11-29", "stay_ends": "2027-03-01"}, {
        "stay_begins": LATE
    }),
    ("appointment", {"stay_begins": "2028-04-06", "stay_ends": "2028-12-01"}, {
        "stay_begins": "Choose April 5, 2028 or an earlier day. We take requests 18 months ahead."
    }),
    # The maximum of each category, to the day.
    ("appointment", {"stay_ends": "2032-03-03"}, {}),
    ("appointment", {"stay_ends": "2032-03-04"}, {"stay_ends": FIVE_YEARS}),
    ("appointment", {"category": "04", "stay_ends": "2032-03-03"}, {}),
    ("appointment", {"category": "09", "stay_ends": "2027-09-03"}, {}),
    ("appointment", {"category": "09", "stay_ends": "2027-09-04"}, {"stay_ends": HALF_A_YEAR}),
    ("appointment", {"category": "10", "stay_ends": "2028-03-03"}, {}),
    ("appointment", {"category": "10", "stay_ends": "2028-03-04"}, {
        "stay_ends": "Choose March 3, 2028 or an earlier day. Specialist: 12 months at most, "
        "counted from March 4, 2027."
    }),
    ("appointment", {"category": "1G", "stay_ends": "2028-03-03"}, {}),
    ("appointment", {"stay_ends": "2027-03-23"}, {
        "stay_ends": "Choose March 24, 2027 or a later day. An exchange visitor stays for three "
        "weeks at least."
    }),
    ("appointment", {"category": "09", "stay_ends": "2027-03-05"}, {}),
    # The bars, of what was typed.
    ("appointment", stay(1, "04", "2024-07-01", "2025-06-30"), {"stay_begins": BARRED}),
    ("appointment", stay(1, "04", "2024-07-01", "2025-06-30", "J-2"), {"stay_begins": BARRED}),
    ("appointment", stay(1, "1D", "2025-09-01", "2026-09-30"), {"stay_begins": TWELVE}),
    ("appointment", stay(1, "other", "2025-09-01", "2026-09-30"), {"stay_begins": TWELVE}),
    ("appointment", stay(1, "09", "2026-04-01", "2026-09-30"), {}),
    ("appointment", stay(1, "04", "2024-07-01", "2025-06-30") | {
        "category": "09", "stay_ends": "2027-09-03"
    }, {}),
    # A transfer: no bar, the same category, and the years go on.
    ("appointment", ELSEWHERE, {}),
    ("appointment", ELSEWHERE | {"stay_ends": "2029-03-03"}, {}),
    ("appointment", ELSEWHERE | {"stay_ends": "2029-03-04"}, {
        "stay_ends": "Choose March 3, 2029 or an earlier day. Research scholar: 60 months at most, "
        "counted from March 4, 2024."
    }),
    ("appointment", ELSEWHERE | {"category": "04"}, {
        "category": "A transfer keeps the category. The present one is: Research scholar. Only the "
        "Department of State can change it (22 CFR 62.41)."
    }),
    ("appointment", MOVES, {
        "category": "A transfer needs a stay at another sponsor. Enter its days."
    }),
    ("work", {"field_cip": "260301"}, {
        "field_cip": "Write two digits, a period and four digits, like 11.0701."
    }),
    ("work", {"lab_details": ""}, {"lab_details": ANSWER}),
    ("work", {"lab_access": "no", "lab_details": ""}, {}),
    ("work", {"equipment_access": "yes"}, {"equipment_details": ANSWER}),
    # Twelve months at $1,500, and $4,000 for a spouse.
    ("money", {"home_employer_money": "10,000"}, {}),
    ("money", {"home_employer_money": "9,999"}, {
        "own_money": "The stay needs $22,000 at least, and the money comes to $21,999: $1 are "
        "missing. Add a source or correct an amount."
    }),
    ("money", {"home_employer_money": "6,000", "dependents_come": "no"}, {}),
    ("money", {"hired_as": "employee"}, {"salary": "An employee has a salary. Enter it."}),
    ("money", {"hired_as": "employee", "salary": "1"}, {}),
    ("money", {"other_money": "500"}, {"other_source": "Name the other source."}),
    ("money", {"salary": "-5"}, {
        "salary": "Enter whole US dollars, such as 12000 or 12,000, without cents."
    }),
    ("money", {"money_from": "2027-03-05"}, {
        "money_from": "Choose March 4, 2027 or an earlier day. The stay begins on that day."
    }),
    ("money", {"money_until": "2028-02-29"}, {
        "money_until": "Choose March 1, 2028 or a later day. The stay ends on that day."
    }),
    ("english", {"interviewer": ""}, {"interviewer": ANSWER}),
    ("english", {"interview_by": "phone"}, {"why_phone": ANSWER}),
    ("english", {"english_method": "test"}, {"test_name": ANSWER, "test_score": ANSWER}),
    ("english", {"english_method": "school"}, {"english_school": ANSWER}),
    ("english", {"english_on": "2026-10-06"}, {
        "english_on": "Choose October 5, 2026 or an earlier day. It must have taken place."
    }),
    ("insurance", {"insurance_by": "scholar", "insurance_deductible": "9,000"}, {}),
    ("chair", {"chair_wanted": "yes"}, {"chair_name": ANSWER, "chair_email": ANSWER}),
    ("chair", {"chair_wanted": "yes", "chair_name": "Carl Stone", "chair_email": "c@a.example"},
     {}),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(slug, changes, sentences):
    assert errors_of(KEY, slug, answers(**changes), PROPOSED, TODAY) == {
        name: [text] for name, text in sentences.items()
    }


PLAN = {
    "insurance_by": "department",
    "insurance_plan": "Scholar Care",
    "insurance_from": "2027-03-04",
    "insurance_until": "2028-03-01",
    "insurance_medical": "100,000",
    "insurance_repatriation": "25,000",
    "insurance_evacuation": "50,000",
    "insurance_deductible": "500",
    "insurance_coinsurance": "25",
    "insurance_backed_by": "am_best",
}


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({}, {}),
        ({"insurance_plan": ""}, {"insurance_plan": ANSWER}),
        (
            {"insurance_medical": "99,999"},
            {
                "insurance_medical": "The plan must pay $100,000 or more for each accident or "
                "illness."
            },
        ),
        (
            {"insurance_until": "2028-02-29"},
            {"insurance_until": "Choose March 1, 2028 or a later day. The stay ends on that day."},
        ),
        ({"insurance_by": "scholar", "insurance_until": "2028-02-29"}, {}),
    ],
)
def test_a_plan_the_department_knows_is_held_against_the_law(changes, sentences):
    typed = answers(**PLAN | changes)
    assert errors_of(KEY, "insurance", typed, PROPOSED, TODAY) == {
        name: [text] for name, text in sentences.items()
    }


def test_the_stays_of_the_record_count_like_those_typed_and_each_once():
    intern = Stay("1G", date(2025, 7, 1), date(2025, 12, 31))
    known = replace(PROPOSED, exchange_stays=(intern,))
    # 366 days less the 184 of the first internship.
    said = answers(category="1G", stay_ends="2027-09-01")
    sentence = (
        "Choose September 1, 2027 or an earlier day. Student intern: 12 months at most, counted "
        "from March 4, 2027. Earlier internships count."
    )
    for typed in ({}, stay(1, "1G", "2025-07-01", "2025-12-31")):
        assert errors_of(KEY, "appointment", said | typed, known, TODAY) == {}
        late = said | typed | {"stay_ends": "2027-09-02"}
        assert errors_of(KEY, "appointment", late, known, TODAY) == {"stay_ends": [sentence]}


def test_only_an_intern_has_a_training_plan_and_nobody_a_passport():
    slots = {slot.name: slot for slot in TYPE.slots}
    assert [each for each in slots if "passport" in each] == []
    assert slots["ds7002"].is_asked(answers(category="1G"))
    assert not slots["ds7002"].is_asked(answers())
    assert [name for name, slot in slots.items() if slot.required and slot.is_asked(answers())] == [
        "cv",
        "invitation_letter",
    ]


def test_who_is_asked_and_what_each_reads():
    chair, compliance, human_resources = TYPE.approval_steps
    assert [step.key for step in TYPE.approval_steps if step.is_asked(answers())] == [
        "compliance",
        "hr",
    ]
    assert chair.is_asked(answers(chair_wanted="yes"))
    assert (compliance.office, compliance.may_refuse) == (Role.COMPLIANCE, True)
    assert (human_resources.office, human_resources.may_refuse) == (Role.HR, False)
    everything = {*answers(), *(slot.name for slot in TYPE.slots)}
    hidden = {"own_money", "home_residence", "stay_count", "funds_proof", "insurance_by"}
    for step in TYPE.approval_steps:
        assert not hidden & set(step.sees)
    named = {name for page in TYPE.pages if page.form for name in page.form.base_fields}
    assert set(compliance.sees) <= named | everything
    only = [set(each.sees) & {"cv", "salary"} for each in (compliance, human_resources)]
    assert only == [{"cv"}, {"salary"}]


VETTED = {
    "screening": "clear",
    "screened_on": "2026-10-05",
    "export_control": "no_license",
    "valid_until": "2027-10-05",
}
HIRED = {"is_in_order": "yes", "hr_hired_as": "courtesy", "hr_reference": "CH-2027-118"}


@pytest.mark.parametrize(
    ("step", "given", "errors"),
    [
        ("compliance", VETTED, {}),
        (
            "compliance",
            VETTED | {"screening": "match"},
            {
                "screening": "Then do not approve: refuse the request at the end of this page, "
                "with your reason."
            },
        ),
        (
            "compliance",
            VETTED | {"export_control": "unlicensed"},
            {
                "export_control": "Then do not approve: refuse the request at the end of this "
                "page, with your reason."
            },
        ),
        (
            "compliance",
            VETTED | {"export_control": "conditions"},
            {"conditions": "Write the conditions down."},
        ),
        (
            "compliance",
            VETTED | {"valid_until": "2026-10-05"},
            {"valid_until": "Choose a day after the screening."},
        ),
        ("hr", HIRED, {}),
        (
            "hr",
            HIRED | {"is_in_order": "no"},
            {"is_in_order": "Return it to the department with a comment, or wait."},
        ),
        ("chair", {"has_place": "yes", "is_tenure_track": "no"}, {}),
        (
            "chair",
            {"has_place": "no", "is_tenure_track": "yes"},
            {
                "has_place": "Return it to the department with a comment.",
                "is_tenure_track": "The law allows no tenure-track position in J-1 status. Return "
                "it with a comment.",
            },
        ),
    ],
)
def test_an_agreement_that_its_answers_contradict_is_refused(step, given, errors):
    asked = next(each for each in TYPE.approval_steps if each.key == step)
    assert asked.questionnaire(given).errors == {name: [text] for name, text in errors.items()}


@pytest.mark.parametrize(
    ("confirmed", "found"),
    [
        (VETTED, []),
        (HIRED, []),
        (
            HIRED | {"hr_hired_as": "employee"},
            [
                (
                    "Employee or not",
                    "Human Resources says “An employee: Human Resources makes an offer”, the "
                    "department “Not an employee: Courtesy Hire”. Settle it first.",
                )
            ],
        ),
        (
            VETTED | {"valid_until": "2027-03-03"},
            [
                (
                    "Vetting of Research Compliance",
                    "It holds until March 3, 2027, and the stay begins on March 4, 2027.",
                )
            ],
        ),
        (VETTED | {"valid_until": "2027-03-04"}, []),
        (
            VETTED | {"conditions": "No access to room 12."},
            [("Conditions of Research Compliance", "No access to room 12.")],
        ),
    ],
)
def test_what_contradicts_the_department_is_named(confirmed, found):
    cleaned = cleaned_of(KEY, answers(), PROPOSED, TODAY)
    said = [(str(label), str(text)) for label, text in TYPE.differences(cleaned, confirmed)]
    assert said == found


def test_approval_writes_the_sponsorship_and_completion_nothing_more():
    typed = answers(**PLAN) | stay(1, "09", "2020-01-01", "2020-05-31")
    cleaned = cleaned_of(KEY, typed, PROPOSED, TODAY)
    written = TYPE.effects_of_approval(
        cleaned, {"compliance": VETTED, "hr": HIRED}, PROPOSED, TODAY
    )
    assert written == [
        NoteStay(
            {
                "category": "09",
                "visa_class": "J-1",
                "sponsor": "Lakeside",
                "sevis_id": "",
                "start": date(2020, 1, 1),
                "end": date(2020, 5, 31),
            }
        ),
        ChangeRecord(
            {
                "family_name": "Moreau",
                "given_name": "Camille",
                "email": "camille.moreau@visitor.example",
                "citizenship_country": "France",
                "department": "Biology",
                "exchange_category": "08",
                "program_start": BEGINS,
                "program_end": ENDS,
                "major": "Plant biology",
                "cip_code": "26.0301",
                "subject_remark": "Root growth of wheat under drought.",
                "insurance_plan": "Scholar Care",
                "insurance_end": ENDS,
                "check_in_completed_on": None,
                "travel_signature_on": None,
                "stopped_on": None,
                "expected_graduation": None,
                "visa_class": "J-1",
                "sevis_status": "draft",
                "stage": "pre_arrival",
            }
        ),
        NoteScholar(
            {
                "position": "Visiting Research Scholar",
                "host_name": "Ruth Adler",
                "host_email": "adler@demo.example",
                "is_employee": False,
                "hr_reference": "CH-2027-118",
                "compliance_result": "No match",
                "compliance_on": date(2026, 10, 5),
                "vetted_until": date(2027, 10, 5),
                "export_control": "No license is needed",
                "compliance_conditions": "",
                "english_method": "interview",
                "is_subject_to_home_residence": False,
                "home_residence_basis": "",
                "barred_12_months_until": None,
                "barred_24_months_until": None,
                "departed_on": None,
            }
        ),
        NoteSite(
            {
                "name": "Biology, Harris Hall",
                "line1": "12 Campus Drive",
                "line2": "Harris Hall 210",
                "city": "Springfield",
                "state": "MO",
                "postal_code": "65801",
                "is_primary": True,
            }
        ),
        StateFunding(
            {
                "sponsor": 12_000,
                "other": 24_000,
                "own_government": 0,
                "us_government": 0,
                "international_organization": 0,
                "personal": 0,
                "months": 12,
                "covers_from": BEGINS,
                "other_remark": "Institute of Plant Research",
                "received_us_funds": False,
            }
        ),
        InvitePerson(),
    ]
    assert TYPE.effects(cleaned, PROPOSED, TODAY) == []
    assert (TYPE.followed_by, TYPE.needs_recording) == ("scholar_profile", False)


def written_by(changes, facts=PROPOSED, confirmed=None):
    cleaned = cleaned_of(KEY, answers(**changes), facts, TODAY)
    confirmed = confirmed or {"compliance": VETTED, "hr": HIRED}
    return TYPE.effects_of_approval(cleaned, confirmed, facts, TODAY)


def test_a_program_here_that_ended_becomes_an_earlier_stay():
    before = replace(
        PROPOSED,
        stage="archived",
        visa_class="J-1",
        sevis_status="inactive",
        sevis_id="N0012345678",
        exchange_category="09",
        program_start=date(2024, 1, 8),
        program_end=date(2024, 6, 28),
    )
    assert written_by({}, before)[0] == NoteStay(
        {
            "category": "09",
            "visa_class": "J-1",
            "sevis_id": "N0012345678",
            "start": date(2024, 1, 8),
            "end": date(2024, 6, 28),
        }
    )


def test_a_transfer_keeps_its_sevis_id_and_its_stay():
    effects = written_by(ELSEWHERE | {"transfer_sevis_id": "N0012345678"})
    assert [each.fields["end"] for each in effects if isinstance(each, NoteStay)] == [
        date(2027, 3, 3)
    ]
    changed = next(each for each in effects if isinstance(each, ChangeRecord))
    assert changed.changes["sevis_id"] == "N0012345678"


@pytest.mark.parametrize(
    ("changes", "applies", "basis"),
    [
        ({}, False, ""),
        ({"home_residence": "unknown"}, None, ""),
        (
            {"home_residence": "yes", "home_residence_why": "Skills list"},
            True,
            "Skills list",
        ),
        # Money of the US government brings the rule, whatever was said.
        ({"us_government_money": "5,000"}, True, "Money of the US government"),
    ],
)
def test_the_home_residence_rule_is_kept_with_its_reason(changes, applies, basis):
    details = next(each for each in written_by(changes) if isinstance(each, NoteScholar)).changes
    kept = details["is_subject_to_home_residence"], details["home_residence_basis"]
    assert kept == (applies, basis)


def test_the_bars_that_run_are_kept():
    typed = stay(1, "08", "2022-01-01", "2024-12-31") | stay(2, "1D", "2025-03-01", "2026-01-31")
    details = next(each for each in written_by(typed) if isinstance(each, NoteScholar)).changes
    assert details["barred_24_months_until"] == date(2026, 12, 31)
    assert details["barred_12_months_until"] == date(2027, 1, 31)


@pytest.mark.parametrize(
    ("changes", "rows"),
    [
        ({"stay_begins": ""}, []),
        (
            {},
            [
                ("Best sent by", "November 12, 2026", "ok"),
                ("Latest possible last day", "March 3, 2032", ""),
                ("Months of the maximum", "12 of 60", "ok"),
                ("Money for the stay", "$36,000 of $22,000", "ok"),
            ],
        ),
        (
            stay(1, "04", "2024-07-01", "2025-06-30")
            | {"stay_begins": "2027-01-04", "stay_ends": "2032-02-01", "own_money": "1"}
            | {"department_money": "", "home_employer_money": ""},
            [
                ("Best sent by", "September 14, 2026", "warn"),
                ("24-month bar", "until June 30, 2027", "bad"),
                ("Latest possible last day", "January 3, 2032", "bad"),
                ("Months of the maximum", "61 of 60", "bad"),
                ("Money for the stay", "$1 of $111,834", "bad"),
            ],
        ),
        (
            {"hired_as": "employee"},
            [
                ("Best sent by", "November 12, 2026", "ok"),
                ("Latest possible last day", "March 3, 2032", ""),
                ("Months of the maximum", "12 of 60", "ok"),
            ],
        ),
    ],
)
def test_the_calculator(changes, rows):
    assert panel_of(KEY, answers(**changes), PROPOSED, TODAY) == rows


def test_the_names_begin_as_the_department_typed_them():
    form = TYPE.page("scholar").form
    assert form.prefill(replace(PROPOSED, email="c@v.example")) == {
        "family_name": "Moreau",
        "given_name": "Camille",
        "scholar_email": "c@v.example",
    }
    assert bound(KEY, "host", {}, PROPOSED, TODAY).prefill(PROPOSED) == {
        "host_department": "Biology"
    }
