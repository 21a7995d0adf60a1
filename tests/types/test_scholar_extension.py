"""Extension of a scholar: who may have one and when, which answers stand, what follows."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from isso.requests.effects import ChangeRecord, IssueForm, NoteScholar, StateFunding
from isso.requests.people.roles import Role
from isso.requests.records.facts import Appointment, FamilyMember, RecordFacts, Stay
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.tests.answers.scholar_extension import answers as complete

from .asking import bound, cleaned_of, errors_of, panel_of, values_of, verdict_of

KEY = "scholar_extension"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
ENDS = date(2026, 11, 30)
SCHOLAR = RecordFacts(
    visa_class="J-1",
    sevis_status="active",
    stage="continuing",
    exchange_category="08",
    program_start=date(2025, 12, 1),
    program_end=ENDS,
    check_in_completed_on=date(2025, 12, 3),
    appointment=Appointment("Visiting Research Scholar", "Ruth Adler"),
)


def answers(facts=SCHOLAR, **changes):
    return complete(SimpleNamespace(program_end=facts.program_end), TODAY) | changes


def waived(day):
    return Appointment(waiver_recommended_on=day)


@pytest.mark.parametrize(
    ("changes", "standing", "on", "reason"),
    [
        ({}, Standing.OPEN, date(2026, 11, 16), ""),
        # Two weeks before the end is the last day, two months before it the first.
        ({"program_end": date(2026, 10, 19)}, Standing.OPEN, date(2026, 10, 5), ""),
        (
            {"program_end": date(2026, 10, 18)},
            Standing.CLOSED_SINCE,
            date(2026, 10, 4),
            "The last day was October 4, 2026. The new date must be in SEVIS before the DS-2019 "
            "ends, and the checks take their time.",
        ),
        ({"program_end": date(2026, 12, 5)}, Standing.OPEN, date(2026, 11, 21), ""),
        (
            {"program_end": date(2026, 12, 6)},
            Standing.OPENS_ON,
            date(2026, 10, 6),
            "Opens on October 6, 2026. The DS-2019 ends on December 6, 2026; we take requests 2 "
            "months before.",
        ),
        (
            {"exchange_category": "1D"},
            Standing.NOT_FOR_YOU,
            None,
            "This request is for J-1 scholars and interns.",
        ),
        (
            {"sevis_status": "inactive"},
            Standing.NEEDS,
            None,
            "Your SEVIS record must be Active. It is Inactive. Write to us if this is wrong.",
        ),
        (
            {"appointment": waived(date(2026, 9, 1))},
            Standing.NOT_FOR_YOU,
            None,
            "A waiver of the two-year home residence rule was recommended on September 1, 2026. "
            "From then on no extension is possible.",
        ),
        # The maximum is reached: six months, a year, five years from the first sponsor on.
        (
            {"exchange_category": "09", "program_start": date(2026, 6, 1)},
            Standing.NOT_FOR_YOU,
            None,
            "The stay lasts until November 30, 2026, and the category allows 6 months at most.",
        ),
        (
            {"exchange_category": "09", "program_start": date(2026, 6, 2)},
            Standing.OPEN,
            date(2026, 11, 16),
            "",
        ),
        (
            {"exchange_category": "10"},
            Standing.NOT_FOR_YOU,
            None,
            "The stay lasts until November 30, 2026, and the category allows 12 months at most.",
        ),
        (
            {"exchange_stays": (Stay("08", date(2021, 12, 1), date(2025, 11, 30)),)},
            Standing.NOT_FOR_YOU,
            None,
            "The stay lasts until November 30, 2026, and the category allows 60 months at most.",
        ),
        (
            {"exchange_stays": (Stay("08", date(2021, 12, 2), date(2025, 11, 30)),)},
            Standing.OPEN,
            date(2026, 11, 16),
            "",
        ),
    ],
)
def test_who_may_have_one_and_when(changes, standing, on, reason):
    assert verdict_of(KEY, replace(SCHOLAR, **changes), TODAY) == (standing, on, reason)


ANSWER = "This field is required."
BAD = [
    ("dates", {}, {}),
    ("dates", {"new_end": "2026-11-30"}, {
        "new_end": "Choose December 1, 2026 or a later day. The stay ends on November 30, 2026 "
        "now."
    }),
    ("dates", {"new_end": "2030-11-30"}, {}),
    ("dates", {"new_end": "2030-12-01"}, {
        "new_end": "Choose November 30, 2030 or an earlier day. Research scholar: 60 months at "
        "most, counted from December 1, 2025."
    }),
    ("dates", {"same_purpose": "no"}, {
        "same_purpose": "An extension continues the same exchange. Only the Department of State "
        "changes a category (22 CFR 62.41). Speak with our office."
    }),
    ("dates", {"tenure_track": "yes"}, {
        "tenure_track": "The law allows no tenure-track position in J-1 status. Speak with our "
        "office."
    }),
    ("dates", {"waiver": "yes"}, {
        "waiver": "Then no extension is possible any more. Speak with our office."
    }),
    ("work", {"equipment_access": "yes"}, {"equipment_details": ANSWER}),
    # December 1, 2026 to May 29, 2027: six months at $1,500.
    ("money", {"department_money": "9,000"}, {}),
    ("money", {"department_money": "8,999"}, {
        "own_money": "The stay needs $9,000 at least, and the money comes to $8,999: $1 are "
        "missing. Add a source or correct an amount."
    }),
    ("money", {"hired_as": "employee"}, {"salary": "An employee has a salary. Enter it."}),
    ("money", {"money_from": "2026-12-02"}, {
        "money_from": "Choose December 1, 2026 or an earlier day. The extension begins on that "
        "day."
    }),
    ("money", {"money_until": "2027-05-28"}, {
        "money_until": "Choose May 29, 2027 or a later day. The stay ends on that day."
    }),
    ("insurance", {"insurance_until": "2027-05-28"}, {
        "insurance_until": "Choose May 29, 2027 or a later day. The stay ends on that day."
    }),
    ("insurance", {"insurance_deductible": "501"}, {
        "insurance_deductible": "The deductible may be $500 at most for each accident or illness."
    }),
]  # fmt: skip


@pytest.mark.parametrize(("slug", "changes", "sentences"), BAD)
def test_a_bad_answer_gets_its_sentence_at_its_field(slug, changes, sentences):
    assert errors_of(KEY, slug, answers(**changes), SCHOLAR, TODAY) == {
        name: [text] for name, text in sentences.items()
    }


def test_the_family_on_record_needs_more_money():
    family = replace(SCHOLAR, dependents=(FamilyMember(1, "Luc Moreau", "spouse"),))
    said = answers(department_money="10,999")
    assert errors_of(KEY, "money", said, family, TODAY) == {
        "own_money": [
            "The stay needs $11,000 at least, and the money comes to $10,999: $1 are missing. Add "
            "a source or correct an amount."
        ]
    }


def test_the_appointment_on_record_is_shown():
    shown = TYPE.page("dates").form.prefill
    assert shown(SCHOLAR) == {"position_title": "Visiting Research Scholar", "hired_as": "courtesy"}
    assert shown(replace(SCHOLAR, appointment=None)) == {}
    assert "stay_begins" not in bound(KEY, "dates", {}, SCHOLAR, TODAY).fields


def test_research_compliance_is_asked_again_and_reads_the_work_alone():
    (step,) = TYPE.approval_steps
    assert (step.key, step.office, step.may_refuse) == ("compliance", Role.COMPLIANCE, True)
    named = {name for page in TYPE.pages if page.form for name in page.form.base_fields}
    assert set(step.sees) <= named
    assert not {"own_money", "insurance_plan", "waiver"} & set(step.sees)


VETTED = {
    "screening": "cleared",
    "screened_on": "2026-10-06",
    "export_control": "conditions",
    "conditions": "No access to room 12.",
    "valid_until": "2027-10-06",
}


def test_what_is_written_when():
    family = replace(SCHOLAR, dependents=(FamilyMember(7, "Luc Moreau", "spouse"),))
    cleaned = cleaned_of(KEY, answers(), family, TODAY)
    assert TYPE.effects_of_approval(cleaned, {"compliance": VETTED}, family, TODAY) == [
        NoteScholar(
            {
                "compliance_result": "A possible match, cleared after review",
                "compliance_on": date(2026, 10, 6),
                "vetted_until": date(2027, 10, 6),
                "export_control": "No license is needed under the conditions below",
                "compliance_conditions": "No access to room 12.",
            }
        )
    ]
    # A step the office skipped takes no earlier vetting away.
    assert TYPE.effects_of_approval(cleaned, {}, family, TODAY) == []
    change, details, money, form = TYPE.effects(cleaned, family, TODAY)
    assert change == ChangeRecord(
        {
            "program_end": date(2027, 5, 29),
            "insurance_plan": "Scholar Care",
            "insurance_end": date(2027, 5, 29),
        }
    )
    assert details == NoteScholar({"position": "Visiting Research Scholar", "is_employee": False})
    assert isinstance(money, StateFunding)
    assert (money.fields["months"], money.fields["sponsor"]) == (6, 12_000)
    assert form == IssueForm("extension", dependents=(7,))


def test_the_values_for_sevis_and_their_day():
    cleaned = cleaned_of(KEY, answers(), SCHOLAR, TODAY)
    assert values_of(TYPE.sevis_entries(cleaned, SCHOLAR)) == [
        (
            "Program Extension",
            {
                "New program end date": "05/29/2027",
                "Explanation": "The last season of the experiments is still to come.",
            },
        ),
        ("FinancialInfo", {"Other money of this university": "12000"}),
    ]
    assert TYPE.sevis_due(cleaned, SCHOLAR, TODAY, None) == ENDS
    assert TYPE.deadline(SCHOLAR, {}) == ENDS
    assert TYPE.effective_dates(cleaned) == (None, date(2027, 5, 29))


@pytest.mark.parametrize(
    ("facts", "changes", "rows"),
    [
        (replace(SCHOLAR, program_end=None), {}, []),
        (
            SCHOLAR,
            {},
            [
                ("The stay ends now", "November 30, 2026", ""),
                ("Latest possible last day", "November 30, 2030", ""),
                ("Months of the maximum", "18 of 60", "ok"),
                ("Money for the extra time", "$12,000 of $9,000", "ok"),
            ],
        ),
        (
            replace(SCHOLAR, exchange_category="10", program_start=date(2026, 1, 1)),
            {"new_end": "2027-01-01", "hired_as": "employee"},
            [
                ("The stay ends now", "November 30, 2026", ""),
                ("Latest possible last day", "December 31, 2026", ""),
                ("Months of the maximum", "13 of 12", "bad"),
            ],
        ),
    ],
)
def test_the_calculator(facts, changes, rows):
    assert panel_of(KEY, answers(**changes), facts, TODAY) == rows


def test_what_the_vetting_leaves_open_is_named():
    cleaned = cleaned_of(KEY, answers(), SCHOLAR, TODAY)
    assert TYPE.differences(cleaned, VETTED) == (
        ("Conditions of Research Compliance", "No access to room 12."),
    )
