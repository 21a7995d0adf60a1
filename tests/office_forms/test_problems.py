"""A broken definition is refused: where, and in which words."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError

from isso.requests.office_forms.definition import KINDS, Condition, Field, Section, ShowIf
from isso.requests.office_forms.problems import problems
from isso.tests.office_forms.bank_letter import BANK, LETTER, changed, make_form


def said(definition):
    """Return each problem as (part, section, place in it, detail, sentence)."""
    return [
        (each.place.part, each.place.section, each.place.index, each.place.detail, each.sentence)
        for each in problems(definition)
    ]


def with_fields(*fields):
    return replace(LETTER, sections=(Section("One", fields),), documents=())


def with_question(**said):
    good, why_not = LETTER.questions
    return replace(LETTER, questions=(good, replace(why_not, **said)))


def test_the_letter_has_no_problem():
    assert problems(LETTER) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_can_be_published(kind):
    options = ("Yes", "No") if kind in ("choice", "checkboxes") else ()
    assert problems(with_fields(Field(kind, "one", "One?", options=options))) == []


@pytest.mark.parametrize(
    ("definition", "problem"),
    [
        (
            with_fields(Field("text", "name", "Its name", show_if=ShowIf("bank")), BANK),
            (
                *("sections", 0, 0, "show_if"),
                "“Its name” is shown by the answer to “bank”, which is asked later. Move “bank” "
                "up, or name an earlier field.",
            ),
        ),
        (
            changed(without=("bank",)),
            (
                *("sections", 0, 0, "show_if"),
                "“Its name” is shown by the answer to “bank”, but there is no such field. Name an "
                "earlier field, or clear the condition.",
            ),
        ),
        (
            changed(bank={"show_if": ShowIf("bank")}),
            (
                *("sections", 0, 0, "show_if"),
                "“Which bank?” cannot depend on itself. Name an earlier field.",
            ),
        ),
        (
            changed(visit={"show_if": ShowIf("branch")}),
            (
                *("sections", 0, 3, "show_if"),
                "“When do you go there?” cannot depend on a file or an address (“branch”). Name "
                "another field.",
            ),
        ),
        (
            changed(bank_name={"show_if": ShowIf("bank", ("A third bank",))}),
            (
                *("sections", 0, 1, "show_if_answers"),
                "“Its name”: “A third bank” is no option of “bank”. Copy one of: River Bank, "
                "Another bank",
            ),
        ),
        (
            changed(copies={"name": "amount"}),
            (
                *("sections", 1, 2, "name"),
                "“Copies”: “Amount of your funding” has the name “amount” already. Choose another.",
            ),
        ),
        (
            changed(tax_country={"name": "branch_country"}),
            (
                *("sections", 1, 5, "name"),
                "“Where you pay taxes”: “Branch” has the name “branch_country” already. Choose "
                "another.",
            ),
        ),
        (
            replace(LETTER, documents=(Field("file", "statement", "Statement"),)),
            (
                *("documents", None, 0, "name"),
                "“Statement”: “Last statement” has the name “statement” already. Choose another.",
            ),
        ),
        (
            changed(copies={"name": "Number of copies"}),
            (
                *("sections", 1, 2, "name"),
                "“Copies”: the name “Number of copies” does not fit. Use small letters, digits "
                "and _ only, such as bank_name, and begin with a letter.",
            ),
        ),
        (
            changed(copies={"name": "approver_email"}),
            (
                *("sections", 1, 2, "name"),
                "“Copies”: the portal itself uses the name “approver_email”. Choose another.",
            ),
        ),
        (
            with_fields(replace(BANK, options=())),
            (
                *("sections", 0, 0, "options"),
                "“Which bank?” is a choice without options. Write at least two, each on its own "
                "line.",
            ),
        ),
        (
            changed(states={"options": ()}, amount={"show_if": None}, statement={"show_if": None}),
            (
                *("sections", 1, 0, "options"),
                "“It states” has no boxes to tick. Write at least one option.",
            ),
        ),
        (
            with_fields(replace(BANK, options=("River Bank", "River Bank"))),
            (
                *("sections", 0, 0, "options"),
                "“Which bank?” has the option “River Bank” twice. Remove one.",
            ),
        ),
        (
            replace(LETTER, sections=(), documents=()),
            (
                "sections",
                None,
                None,
                "",
                "Add a section with a field that students answer, or a document.",
            ),
        ),
        (
            replace(
                with_fields(Field("text", "desk_only", "Desk", audience="office")), documents=()
            ),
            (
                *("sections", None, None, ""),
                "Add a section with a field that students answer, or a document.",
            ),
        ),
        (
            # Money is written in more ways than one.
            changed(copies={"show_if": ShowIf("amount", ("100",))}),
            (
                *("sections", 1, 2, "show_if_answers"),
                "“Copies”: “amount” is no choice, so people answer it in their own words. Clear "
                "the answers, or make “amount” a choice.",
            ),
        ),
        (
            changed(remarks={"show_if": ShowIf("tax_country", ("Atlantis",))}),
            (
                *("sections", 1, 6, "show_if_answers"),
                "“Anything else?”: SEVIS knows no country “Atlantis”. Copy its name from the list.",
            ),
        ),
        (
            changed(addressee={"audience": "student"}),
            (
                *("sections", 1, 9, "show_if"),
                "“Name of the banker” cannot depend on “template”, which the office alone answers. "
                "Name another field.",
            ),
        ),
        (
            changed(statement={"audience": "office"}),
            (
                *("sections", 1, 7, "audience"),
                "“Last statement” is a file, which only students upload here. Choose who reads it "
                "beside the office, or remove it.",
            ),
        ),
        (
            with_question(show_if=ShowIf("good", ("Perhaps",))),
            (
                *("questions", None, 1, "show_if_answers"),
                "“Why not?”: “Perhaps” is no option of “good”. Copy one of: Yes, No",
            ),
        ),
        (
            # An approver's questions hang on one another, not on what the student wrote.
            with_question(show_if=ShowIf("bank")),
            (
                *("questions", None, 1, "show_if"),
                "“Why not?” is shown by the answer to “bank”, but there is no such field. Name an "
                "earlier field, or clear the condition.",
            ),
        ),
        (
            replace(LETTER, sections=(Section("Empty"),)),
            (
                *("sections", 0, None, "title"),
                "The section “Empty” asks nothing. Add a field, or remove it.",
            ),
        ),
        (
            replace(LETTER, asks_approver=False),
            (
                *("asks_approver", None, None, ""),
                "There are questions for an approver, but no approver is asked. Choose one.",
            ),
        ),
        (
            replace(LETTER, questions=(Field("choice", "good", "In good standing?"),)),
            (
                *("questions", None, 0, "options"),
                "“In good standing?” is a choice without options. Write at least two, each on its "
                "own line.",
            ),
        ),
        (
            replace(LETTER, target_days=0),
            ("target_days", None, None, "", "Enter between 1 and 90 business days."),
        ),
        (
            replace(LETTER, conditions=(Condition("visa_class"),)),
            ("conditions", None, 0, "values", "“Only these visa classes”: tick at least one."),
        ),
        (
            replace(LETTER, conditions=(Condition("opens_before_end"),)),
            (
                *("conditions", None, 0, "days"),
                "“Opens days before the program ends”: enter the number of days.",
            ),
        ),
        (
            replace(LETTER, conditions=(Condition("no_hold"), Condition("no_hold"))),
            ("conditions", None, 1, "", "“Only without a hold” stands there twice. Remove one."),
        ),
        (
            replace(LETTER, conditions=(Condition("good_weather"),)),
            (
                *("conditions", None, 0, ""),
                "There is no condition “good_weather”. Choose one of the list.",
            ),
        ),
    ],
)
def test_each_mistake_is_said_at_its_place_with_its_cure(definition, problem):
    assert said(definition) == [problem]


def test_a_broken_form_cannot_be_saved_and_says_so_at_its_block(db):
    with pytest.raises(ValidationError) as refused:
        make_form(changed(without=("bank",)))

    (error,) = refused.value.error_dict["sections"]
    assert error.as_json_data() == {
        "blockErrors": {
            0: {
                "blockErrors": {
                    "fields": {
                        "blockErrors": {
                            0: {
                                "blockErrors": {
                                    "show_if": {
                                        "messages": [
                                            "“Its name” is shown by the answer to “bank”, but "
                                            "there is no such field. Name an earlier field, or "
                                            "clear the condition."
                                        ]
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }
