"""Letter: who may ask, what each kind must and may print, what is refused, and what follows."""

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from isso.requests.effects import NoteLetter
from isso.requests.records.facts import Funding, RecordFacts
from isso.requests.registry import get_type
from isso.requests.rules.letter_kinds import KINDS, addable
from isso.requests.rules.letter_lines import LINES
from isso.requests.rules.verdict import Standing
from isso.tests.answers import letter
from isso.tests.factories import work

from .asking import bound, cleaned_of, errors_of, panel_of, verdict_of

TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    given_name="Amara",
    family_name="Okoye",
    full_name="Amara Okoye",
    birth_date=date(2001, 4, 17),
    citizenship_country="Nigeria",
    institution_id="900310044",
    sevis_id="N0031004417",
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    degree="Master of Science",
    major="Data Science",
    department="Computer Science",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    term_start=date(2026, 9, 1),
    term_end=date(2026, 12, 18),
    is_full_time=True,
    expected_graduation=date(2027, 5, 20),
    us_address={
        "line1": "48 Linden Street, Apt 3B",
        "line2": "",
        "city": "Example City",
        "state": "MA",
        "postal_code": "02139",
    },
    employments=(
        work("OPT", date(2026, 6, 15), date(2027, 6, 14)),
        work("OPT", date(2020, 6, 15), date(2021, 6, 14)),
    ),
    funding=Funding(date(2026, 8, 1), 9, 52000),
)
SCHOLAR = replace(
    STUDENT,
    visa_class="J-1",
    exchange_category="08",
    **{"education_level": "", "degree": "", "term_start": None, "term_end": None},
    **{"expected_graduation": None, "is_full_time": None, "employments": ()},
)
BARE = RecordFacts(full_name="Wei Li", visa_class="J-1", sevis_status="active")
ACTIVE_NEEDED = "Your SEVIS record must be Active. It is {now}. Write to us if this is wrong."

ELIGIBILITY = [
    ("student", STUDENT, Standing.OPEN, ""),
    ("exchange visitor", BARE, Standing.OPEN, ""),
    ("scholar", SCHOLAR, Standing.OPEN, ""),
    ("spouse", replace(BARE, visa_class="F-2"), Standing.OPEN, ""),
    ("on OPT", replace(STUDENT, stage="graduated"), Standing.OPEN, ""),
    ("not in SEVIS", RecordFacts(visa_class="other"), Standing.OPEN, ""),
    (
        "terminated",
        replace(STUDENT, sevis_status="terminated"),
        Standing.NEEDS,
        ACTIVE_NEEDED.format(now="Terminated"),
    ),
    (
        "not arrived",
        replace(STUDENT, sevis_status="initial"),
        Standing.NEEDS,
        "Your SEVIS record must be Active. It becomes so after your Check-In.",
    ),
    (
        "gone",
        replace(STUDENT, stage="archived"),
        Standing.NOT_FOR_YOU,
        "Your record with us is closed. Write to us if this is wrong.",
    ),
]


@pytest.mark.parametrize(("who", "facts", "standing", "reason"), ELIGIBILITY)
def test_who_may_ask_today(who, facts, standing, reason):
    assert verdict_of("letter", facts, TODAY) == (standing, None, reason)


VALUES = {
    "name": "Amara Okoye",
    "birth_date": "April 17, 2001",
    "citizenship": "Nigeria",
    "institution_id": "900310044",
    "sevis_id": "N0031004417",
    "status": "F-1 student",
    # No exchange visitor.
    "category": "",
    "sevis_status": "Active",
    "level": "Master's degree",
    "degree": "Master of Science",
    "major": "Data Science",
    "department": "Computer Science",
    "program": "August 25, 2025 to May 15, 2027",
    "enrollment": "Full time, September 1, 2026 to December 18, 2026",
    "graduation": "May 20, 2027",
    # What has ended is no authorization any more.
    "work": "OPT: June 15, 2026 to June 14, 2027",
    "address": "48 Linden Street, Apt 3B, Example City, MA 02139",
    "funding": "$52,000 for 9 months, as shown on August 1, 2026",
}


def test_each_line_is_the_record_in_words():
    assert {name: each.value(STUDENT, TODAY) for name, each in LINES.items()} == VALUES


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("status", {"visa_class": "other"}),
        ("status", {"visa_class": "none"}),
        ("status", {"visa_class": ""}),
        ("enrollment", {"is_full_time": None}),
        ("enrollment", {"term_end": None}),
        ("enrollment", {"term_end": date(2026, 10, 4)}),
        ("program", {"program_end": None}),
        ("address", {"us_address": {}}),
        ("address", {"us_address": {"line1": "48 Linden Street", "city": ""}}),
        ("work", {"employments": ()}),
        ("work", {"employments": (work("OPT", TODAY, TODAY, status="pending"),)}),
        ("funding", {"funding": None}),
        ("funding", {"funding": Funding(TODAY, 0, 52000)}),
    ],
)
def test_what_is_not_known_is_never_printed(name, changes):
    assert LINES[name].value(replace(STUDENT, **changes), TODAY) == ""


def test_stem_opt_is_called_by_its_name():
    both = (STUDENT.employments[0], work("STEM", date(2027, 6, 15), date(2029, 6, 14)))
    assert LINES["work"].value(replace(STUDENT, employments=both), TODAY) == (
        "OPT: June 15, 2026 to June 14, 2027; STEM OPT: June 15, 2027 to June 14, 2029"
    )


def test_part_time_is_said_as_it_is():
    assert LINES["enrollment"].value(replace(STUDENT, is_full_time=False), TODAY) == (
        "Part time, September 1, 2026 to December 18, 2026"
    )


# kind → what it must print, in the order of the letter.
ALWAYS = {
    "enrollment": ["Name", "Education level", "Field of study", "Enrollment this term"],
    # Of a student it would lack the category, and is not offered.
    "appointment": ["Name", "Immigration status", "Department", "Program dates"],
    "status": ["Name", "Immigration status", "SEVIS record"],
    "invitation": ["Name", "Immigration status", "Program dates"],
    "graduation": ["Name", "Education level", "Field of study", "Expected graduation"],
    "license": [
        *("Name", "Date of birth", "Immigration status", "SEVIS record", "Program dates"),
        "Address in the United States",
    ],
    "bank": ["Name", "Immigration status", "Address in the United States"],
    "ceremony": ["Name", "Education level", "Expected graduation"],
    "opt": ["Name", "Immigration status", "Work authorization"],
}


def letter_with(facts=STUDENT, **answers):
    return get_type("letter").letter({"include": [], **answers}, facts, TODAY)


def test_the_table_names_every_kind():
    assert set(ALWAYS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(ALWAYS))
def test_a_kind_prints_what_it_is_for_and_what_was_ticked_and_no_more(kind):
    must = [label for label, _value in letter_with(kind=kind).lines]
    offered = addable(kind, STUDENT, TODAY)
    full = letter_with(kind=kind, include=sorted(LINES))

    assert must == ALWAYS[kind]
    assert sorted(label for label, _value in full.lines) == sorted(
        [*must, *(str(label) for label, _value in offered.values())]
    )
    assert set(full.lines) <= {(str(LINES[name].label), value) for name, value in VALUES.items()}


def test_what_is_offered_carries_its_value_from_the_record():
    form = bound("letter", "print", {"kind": "graduation"}, STUDENT, TODAY)
    assert form.fields["include"].help_text == (
        "It always says: Name, Education level, Field of study, Expected graduation. Tick only "
        "what the reader needs besides."
    )
    assert [label for _name, label in form.fields["include"].choices] == [
        "Date of birth: April 17, 2001",
        "Country of citizenship: Nigeria",
        "University ID: 900310044",
        "SEVIS ID: N0031004417",
        "Immigration status: F-1 student",
        "Degree: Master of Science",
        "Department: Computer Science",
        "Program dates: August 25, 2025 to May 15, 2027",
        "Enrollment this term: Full time, September 1, 2026 to December 18, 2026",
    ]


def test_nobody_can_tick_what_a_kind_does_not_say():
    answers = {"kind": "bank", "include": ["funding", "birth_date"]}
    assert cleaned_of("letter", answers_for(**answers), STUDENT, TODAY)["include"] == ["birth_date"]
    assert letter_with(**answers).lines == letter_with(kind="bank", include=["birth_date"]).lines


def test_what_was_ticked_for_another_kind_is_named_as_not_printed():
    form = bound("letter", "print", {"kind": "bank", "include": ["funding"]}, BARE, TODAY)
    assert form.fields["include"].choices == [
        ("sevis_status", "SEVIS record: Active"),
        ("funding", "Funding: not printed"),
    ]


def test_signs_that_nobody_sees_are_left_out_and_joiners_stay():
    facts = replace(STUDENT, full_name="Ada\u202e\x07 \u2066evoL", major="علی\u200cرضا")
    assert letter_with(facts, kind="enrollment").lines[0::2] == (
        ("Name", "Ada evoL"),
        ("Field of study", "علی\u200cرضا"),
    )


def answers_for(**changes):
    return letter.answers(SimpleNamespace(), TODAY) | changes


def errors(slug, facts=STUDENT, **changes):
    return errors_of("letter", slug, answers_for(**changes), facts, TODAY)


VISIT = {
    "kind": "invitation",
    "visitors": "Ngozi Okoye, mother\nObi Okoye, father",
    "visit_from": "2027-05-10",
    "visit_until": "2027-05-24",
}
LATIN = "Write it in Latin letters, as in a passport."
BAD = [
    ("kind", {}, {}),
    ("kind", {"addressee": ""}, {}),
    ("kind", {"addressee": "Bürgeramt Köln, Straße 7"}, {}),
    ("kind", {"addressee": "银行"}, {"addressee": LATIN}),
    (
        "kind",
        {"addressee": "A\nB"},
        {"addressee": "Write it on one line, without special characters."},
    ),
    (
        "print",
        {"include": ["salary"]},
        {"include": "Select a valid choice. salary is not one of the available choices."},
    ),
    ("print", {"include": []}, {}),
    ("visitors", VISIT, {}),
    ("visitors", VISIT | {"visit_until": "2027-05-10"}, {}),
    (
        "visitors",
        VISIT | {"visit_until": "2027-05-09"},
        {"visit_until": "The last day lies before the first."},
    ),
    (
        "visitors",
        VISIT | {"visit_from": "2026-10-04"},
        {"visit_from": "Choose October 5, 2026 or a later day. A visit lies ahead."},
    ),
    (
        "visitors",
        VISIT | {"visitors": "Ngozi Okoye"},
        {"visitors": "Write the relation behind each name, like “Awa Diallo, mother”."},
    ),
    (
        "visitors",
        VISIT | {"visitors": "\n".join(f"Aunt {n}, aunt" for n in "abcdefg")},
        {"visitors": "Name at most 6 people."},
    ),
    ("visitors", VISIT | {"visitors": "نجوزي, mother"}, {"visitors": LATIN}),
    ("delivery", {}, {}),
    ("delivery", {"delivery": "paper", "copies": "5"}, {}),
    ("delivery", {"delivery": "paper"}, {"copies": "Enter how many copies you need."}),
    (
        "delivery",
        {"delivery": "paper", "copies": "6"},
        {"copies": "Ask for at most 5 copies."},
    ),
]


@pytest.mark.parametrize(("slug", "changes", "expected"), BAD)
def test_what_is_refused_and_why(slug, changes, expected):
    found = errors(slug, **changes)
    assert found == {name: [sentence] for name, sentence in expected.items()}


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        ("enrollment", "Education level, Field of study, Enrollment this term"),
        ("opt", "Work authorization"),
        ("bank", "Address in the United States"),
    ],
)
def test_a_letter_that_would_lack_what_it_is_for_is_refused(kind, facts):
    assert errors("kind", BARE, kind=kind) == {
        "kind": [
            f"Your record lacks what this letter must say: {facts}. Write to us so that we can add "
            "it, or choose another letter."
        ]
    }


@pytest.mark.parametrize(
    ("facts", "offered"),
    [
        (STUDENT, set(KINDS) - {"appointment"}),
        (SCHOLAR, {"appointment", "status", "invitation", "license", "bank"}),
        # A student intern trains, and does not study here.
        (
            replace(SCHOLAR, exchange_category="1G"),
            {"appointment", "status", "invitation", "license", "bank"},
        ),
    ],
)
def test_students_and_scholars_get_the_letters_that_are_of_use_to_them(facts, offered):
    form = bound("letter", "kind", {}, facts, TODAY)

    assert {value for value, _label in form.fields["kind"].choices} == offered


def test_the_letter_of_a_scholar_names_category_department_and_dates():
    made = letter_with(SCHOLAR, kind="appointment")

    assert (made.title, dict(made.lines), made.lacking) == (
        "Verification of a visiting appointment",
        {
            "Name": "Amara Okoye",
            "Immigration status": "J-1 exchange visitor",
            "Exchange visitor category": "Research scholar",
            "Department": "Computer Science",
            "Program dates": "August 25, 2025 to May 15, 2027",
        },
        (),
    )


def test_only_an_invitation_asks_for_visitors():
    request_type = get_type("letter")
    page = request_type.page("visitors")
    asked = {kind for kind in KINDS if page.is_asked({"kind": kind})}
    slots = {kind for kind in KINDS if request_type.slots[0].is_asked({"kind": kind})}

    assert asked == slots == {"invitation", "ceremony"}
    assert list(bound("letter", "visitors", {"kind": "bank"}, STUDENT, TODAY).fields) == []


def test_visitors_stand_in_the_letter_in_the_students_words():
    cleaned = cleaned_of("letter", answers_for(**VISIT), STUDENT, TODAY)
    made = get_type("letter").letter(cleaned, STUDENT, TODAY)

    assert (made.visitors, made.visit) == (
        ("Ngozi Okoye, mother", "Obi Okoye, father"),
        "May 10, 2027 to May 24, 2027",
    )
    assert get_type("letter").effective_dates(cleaned) == (date(2027, 5, 10), date(2027, 5, 24))
    # Typed for an invitation, and then another kind was chosen.
    assert letter_with(**cleaned | {"kind": "bank"}).visitors == ()


def test_what_follows():
    request_type = get_type("letter")
    cleaned = cleaned_of("letter", answers_for(), STUDENT, TODAY)

    assert request_type.effects(cleaned, STUDENT, TODAY) == [NoteLetter()]
    assert request_type.sevis_entries(cleaned, STUDENT) == ()
    assert request_type.sevis_due(cleaned, STUDENT, TODAY, None) is None
    assert request_type.purpose({"kind": "bank"}) == "bank"
    assert get_type("cpt").letter(cleaned, STUDENT, TODAY) is None


def test_the_panel_tells_until_when_and_how_many():
    until = ("A letter of today can be checked until", "January 3, 2027", "")
    paper = {"delivery": "paper", "copies": "2"}

    assert panel_of("letter", {}, STUDENT, TODAY) == [until]
    assert panel_of("letter", paper, STUDENT, TODAY) == [until, ("Copies on paper", "2", "")]
