"""What a definition becomes: a request type like those of the folder."""

import json
from dataclasses import replace
from datetime import date

import pytest
from django.http import QueryDict

from isso.requests.models.policy import PolicyInForce
from isso.requests.office_forms.building import OfficeFormType
from isso.requests.office_forms.definition import (
    KINDS,
    Condition,
    Field,
    Section,
    ShowIf,
    from_plain,
    shown_names,
)
from isso.requests.office_forms.reading import definition_of
from isso.requests.request_form import Situation
from isso.requests.views.approver_forms import plain_answers, questions_for
from isso.tests.office_forms.bank_letter import ANSWERS, KEY, LETTER, changed, make_form
from isso.tests.types.people import NEWCOMER, STUDENT, TODAY

POLICY = PolicyInForce(True, "", 4)


def built(definition=LETTER):
    return OfficeFormType(KEY, 1, definition)


def errors_of(answers, slug, definition=LETTER):
    posted = QueryDict(mutable=True)
    for name, value in answers.items():
        posted.setlist(name, value if isinstance(value, list) else [value])
    situation = Situation(STUDENT, TODAY, POLICY, answers)
    form = built(definition).page(slug).form(posted, situation=situation)
    return {name: [str(each) for each in found] for name, found in form.errors.items()}


def test_a_definition_comes_back_from_json_as_it_was():
    assert from_plain(json.loads(json.dumps(LETTER.as_plain()))) == LETTER


def test_a_definition_comes_back_from_the_editor_as_it_was(db):
    form = make_form()
    form.refresh_from_db()

    assert definition_of(form) == LETTER


def test_it_has_pages_slots_and_steps_like_any_other_type():
    request_type = built()

    assert [(page.slug, str(page.title)) for page in request_type.pages] == [
        ("part-1", "The bank"),
        ("part-2", "The letter"),
        ("files", "Your files"),
        ("approver", "Your academic/program advisor"),
    ]
    assert [slot.name for slot in request_type.slots] == ["statement", "passport"]
    assert [*request_type.approval_steps[0].questionnaire.base_fields] == [
        "is_official",
        "good",
        "why_not",
    ]
    assert request_type.approver_sees == {"bank_name", "amount", "approver_name", "approver_email"}
    assert [*request_type.office_form.base_fields] == ["template", "addressee"]
    assert (request_type.releases, request_type.target_days) == ("Bank letter", 4)


@pytest.mark.parametrize(
    ("answers", "hidden"),
    [
        ({}, {"bank_name", "amount", "statement"}),
        ({"bank": "River Bank"}, {"bank_name", "amount", "statement"}),
        ({"bank": "Another bank"}, {"amount", "statement"}),
        ({"bank": "Another bank", "states": ["Funding"]}, set()),
        ({"states": ["Studies", "Funding"]}, {"bank_name"}),
    ],
)
def test_what_is_asked_hangs_on_earlier_answers(answers, hidden):
    asked = {each.name for each in LETTER.fields if each.audience != "office"}
    assert asked - shown_names(LETTER, answers) == hidden


def test_blanks_are_no_answer():
    form = changed(amount={"show_if": ShowIf("bank_name")})
    answers = {"bank": "Another bank", "bank_name": " "}

    assert "amount" not in shown_names(form, answers)


@pytest.mark.parametrize(
    ("answers", "errors", "kept"),
    [
        ({"good": "Yes"}, {}, {"is_official": "yes", "good": "Yes"}),
        # What was once typed below another answer is no answer, and its faults hinder nobody.
        ({"good": "Yes", "why_not": "x" * 2001}, {}, {"is_official": "yes", "good": "Yes"}),
        ({"good": "No"}, {"why_not": ["This field is required."]}, {}),
        (
            {"good": "No", "why_not": "Exams."},
            {},
            {"is_official": "yes", "good": "No", "why_not": "Exams."},
        ),
        ({}, {"good": ["This field is required."]}, {}),
    ],
)
def test_an_approver_is_asked_what_the_answers_lead_to(answers, errors, kept):
    (step,) = built().approval_steps
    posted = QueryDict(mutable=True)
    posted.update({"decision": "endorse", "is_official": "yes"} | answers)
    questions = questions_for(step, posted)

    assert (questions.errors, plain_answers(questions) if not errors else {}) == (errors, kept)
    # The script hides it with the question it hangs on, which hangs on the decision.
    assert [field.field.widget.attrs["data-show-if"] for field in questions_for(step)] == [
        "decision=endorse",
        "decision=endorse",
        "good=No",
    ]


def test_what_hangs_on_a_question_that_is_not_asked_is_not_asked_either():
    branch = Field("text", "why", "Why this bank?", show_if=ShowIf("bank_name"))
    section = replace(LETTER.sections[0], fields=(*LETTER.sections[0].fields, branch))
    form = replace(LETTER, sections=(section,))

    assert "why" in shown_names(form, {"bank": "Another bank", "bank_name": "Harbor"})
    assert "why" not in shown_names(form, {"bank": "River Bank", "bank_name": "Harbor"})


@pytest.mark.parametrize(
    ("slug", "changes", "errors"),
    [
        ("part-1", {}, {}),
        ("part-2", {}, {}),
        ("part-1", {"bank": ""}, {"bank": ["This field is required."]}),
        ("part-1", {"bank_name": ""}, {"bank_name": ["This field is required."]}),
        ("part-1", {"bank": "River Bank", "bank_name": ""}, {}),
        ("part-1", {"visit": "soon"}, {"visit": ["Enter a real date, such as 2027-02-14."]}),
        (
            "part-1",
            {"bank": "Moon Bank"},
            {"bank": ["Select a valid choice. Moon Bank is not one of the available choices."]},
        ),
        ("part-2", {"copies": "two"}, {"copies": ["Enter a whole number, such as 12."]}),
        ("part-2", {"states": ["Funding"]}, {"amount": ["This field is required."]}),
        (
            "part-2",
            {"states": ["Funding"], "amount": "12,50"},
            {"amount": ["Enter whole US dollars, such as 12000 or 12,000, without cents."]},
        ),
        (
            "part-2",
            {"phone": "call me"},
            {"phone": ["Enter the number with its country code, such as +221 33 000 0001."]},
        ),
        (
            "part-2",
            {"send_to": "home"},
            {"send_to": ["Enter an address such as name@example.edu."]},
        ),
    ],
)
def test_answers_are_refused_with_the_sentences_of_the_portal(slug, changes, errors):
    assert errors_of(ANSWERS | changes, slug) == errors


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_becomes_a_question_or_a_place_for_a_file(kind):
    asked = Field(kind, "one", "One?", options=("Yes", "No"))
    page = built(replace(LETTER, sections=(Section("One", (asked,)),))).pages[0]

    names = [*(page.form.base_fields if page.form else ()), *(slot.name for slot in page.slots)]
    assert names == list(asked.names)


def test_an_address_that_must_be_answered_asks_for_its_parts():
    section = replace(LETTER.sections[0], fields=(Field("address", "branch", "Branch"),))
    errors = errors_of({}, "part-1", replace(LETTER, sections=(section,)))

    assert list(errors) == ["branch_street", "branch_city", "branch_country"]


@pytest.mark.parametrize(
    ("condition", "facts", "said"),
    [
        (
            Condition("visa_class", ("J-1",)),
            STUDENT,
            (
                "not_for_you",
                None,
                "This request is for people in J-1 status. Your record says F-1.",
            ),
        ),
        (Condition("visa_class", ("F-1", "J-1")), STUDENT, ("open", None, "")),
        (
            Condition("sevis_status", ("active",)),
            NEWCOMER,
            (
                "needs",
                None,
                "Your SEVIS record must be Active. It becomes so after your Check-In.",
            ),
        ),
        (
            Condition("level", ("06",)),
            STUDENT,
            (
                "not_for_you",
                None,
                "This request is for: Doctorate. Your record says: Master's degree.",
            ),
        ),
        (Condition("level", ("05", "06")), STUDENT, ("open", None, "")),
        (Condition("check_in_done"), NEWCOMER, ("needs", None, "First complete your Check-In.")),
        (
            Condition("full_time"),
            STUDENT,
            ("needs", None, "Your record does not show that you study full time this term."),
        ),
        (Condition("full_time"), replace(STUDENT, is_full_time=True), ("open", None, "")),
        (
            Condition("no_hold"),
            replace(STUDENT, holds=("insurance",)),
            ("needs", None, "You have a hold: Registration: health insurance is missing."),
        ),
        (Condition("no_hold"), STUDENT, ("open", None, "")),
        (
            Condition("program_not_ended"),
            replace(STUDENT, program_end=date(2026, 10, 1)),
            ("closed_since", date(2026, 10, 1), "Your program ended on October 1, 2026."),
        ),
        (
            Condition("opens_before_end", days=60),
            STUDENT,
            (
                "opens_on",
                date(2026, 10, 19),
                "Opens on October 19, 2026. It opens 60 days before your program ends.",
            ),
        ),
        (Condition("closes_before_end", days=10), STUDENT, ("open", date(2026, 12, 8), "")),
        (
            Condition("closes_before_end", days=80),
            STUDENT,
            (
                "closed_since",
                date(2026, 9, 29),
                "The last day was September 29, 2026. It closes 80 days before your program ends.",
            ),
        ),
        (Condition("until_after", days=30), STUDENT, ("open", date(2027, 1, 17), "")),
        (
            Condition("until_after", days=30),
            replace(STUDENT, program_end=None),
            (
                "needs",
                None,
                "Your record has no program end date yet. Write to us so that we can add it.",
            ),
        ),
    ],
)
def test_each_condition_has_its_reason(condition, facts, said):
    verdict = built(replace(LETTER, conditions=(condition,))).eligibility(facts, TODAY, POLICY)

    assert (verdict.standing, verdict.on, str(verdict.reason)) == said
