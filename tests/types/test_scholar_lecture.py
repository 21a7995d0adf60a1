"""Occasional lectures: who may ask, which days fit, what is refused, and the letter."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.effects import NoteLetter
from isso.requests.models import IssuedLetter
from isso.requests.records.facts import Appointment, RecordFacts
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "scholar_lecture"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
SCHOLAR = RecordFacts(
    full_name="Ren Aoki",
    visa_class="J-1",
    exchange_category="08",
    sevis_status="active",
    stage="continuing",
    program_start=date(2026, 1, 12),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2026, 1, 20),
)
OTHERS = "This request is for J-1 professors and research scholars."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (SCHOLAR, (Standing.OPEN, date(2027, 5, 14), "")),
        (replace(SCHOLAR, exchange_category="04"), (Standing.OPEN, date(2027, 5, 14), "")),
        *(
            (replace(SCHOLAR, exchange_category=code), (Standing.NOT_FOR_YOU, None, OTHERS))
            for code in ("09", "10", "1G", "1D", "")
        ),
        (replace(SCHOLAR, visa_class="F-1"), (Standing.NOT_FOR_YOU, None, OTHERS)),
        (
            replace(SCHOLAR, sevis_status="initial"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It becomes so after your Check-In.",
            ),
        ),
        (
            replace(SCHOLAR, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
        ),
        (
            replace(SCHOLAR, program_end=TODAY),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. The activity lies within your program, which "
                "ends on October 5, 2026.",
            ),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def errors_of(slug, facts=SCHOLAR, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    return asking.errors_of(KEY, slug, answers, facts, TODAY)


@pytest.mark.parametrize("changes", [{}, {"is_paid": "no", "amount": "", "is_independent": ""}])
@pytest.mark.parametrize("slug", ["activity", "days", "host"])
def test_good_answers_pass(monday, slug, changes):
    assert errors_of(slug, **changes) == {}


@pytest.mark.parametrize(
    ("facts", "slug", "changes", "name", "sentence"),
    [
        (
            *(SCHOLAR, "activity", {"activity_street": "P.O. Box 7"}, "activity_street"),
            "A post office box is not a place where someone lives or works. Enter the street.",
        ),
        (
            *(SCHOLAR, "activity", {"organization": "東京大学"}, "organization"),
            "Write it in Latin letters, as in a passport.",
        ),
        (
            *(SCHOLAR, "days", {"first_day": "2026-10-05", "last_day": "2026-10-05"}, "first_day"),
            "Choose October 6, 2026 or a later day. You need the letter in your hands before you "
            "begin.",
        ),
        (
            *(SCHOLAR, "days", {"last_day": "2026-11-04"}, "last_day"),
            "Choose November 3, 2026 or an earlier day. An occasional activity lasts 10 days at "
            "most. For more, add a site.",
        ),
        (
            *(SCHOLAR, "days", {"last_day": "2026-10-24"}, "last_day"),
            "Choose October 25, 2026 or a later day. It cannot end before it begins.",
        ),
        (
            replace(SCHOLAR, program_end=date(2026, 10, 27)),
            *("days", {"last_day": "2026-10-28"}, "last_day"),
            "Choose October 27, 2026 or an earlier day. Your program ends on October 27, 2026.",
        ),
        (
            *(SCHOLAR, "days", {"delays_program": "yes"}, "delays_program"),
            "Then it cannot be permitted. Choose other days.",
        ),
        (
            *(SCHOLAR, "days", {"is_independent": "no"}, "is_independent"),
            "An employment elsewhere is not possible in J-1 status. Ask for a contract instead.",
        ),
        (SCHOLAR, "days", {"amount": ""}, "amount", "This field is required."),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, facts, slug, changes, name, sentence):
    assert errors_of(slug, facts, **changes) == {name: [sentence]}


@given(st.integers(-30, 400), st.integers(-5, 60), st.integers(1, 30))
def test_every_day_that_is_permitted_lies_ahead_in_the_program_and_is_few(first, more, most):
    begins = date.fromordinal(TODAY.toordinal() + first)
    ends = date.fromordinal(begins.toordinal() + more)
    answers = factories.answers_for(KEY, SCHOLAR) | {
        "first_day": begins.isoformat(),
        "last_day": ends.isoformat(),
    }

    if not asking.errors_of(KEY, "days", answers, SCHOLAR, TODAY, most_days=most):
        assert TODAY < begins <= ends <= SCHOLAR.program_end
        assert (ends - begins).days < most


def test_the_host_of_the_record_is_asked_unless_another_is_named():
    facts = replace(SCHOLAR, appointment=Appointment("Fellow", "Ada Byron", "ada@demo.example"))

    assert TYPE.page("host").form.prefill(facts) == {
        "approver_name": "Ada Byron",
        "approver_email": "ada@demo.example",
    }
    assert TYPE.page("host").form.prefill(SCHOLAR) == {}


@pytest.mark.parametrize("name", ["is_related", "on_time"])
def test_a_host_cannot_recommend_what_the_law_forbids(name):
    said = {"is_official": "yes", "is_related": "yes", "on_time": "yes", "how_it_helps": "Much"}
    questionnaire = TYPE.approval_steps[0].questionnaire

    assert questionnaire(said).errors == {}
    assert questionnaire(said | {name: "no"}).errors == {
        name: ["Then it cannot be permitted. Return it to the scholar."]
    }


def test_the_letter_states_what_is_permitted_and_nothing_before_all_is_answered(monday):
    cleaned = asking.cleaned_of(KEY, factories.answers_for(KEY, SCHOLAR), SCHOLAR, TODAY)
    made = TYPE.letter(cleaned, SCHOLAR, TODAY)

    assert (made.title, made.addressee, made.lacking) == (
        *("Permission for an occasional activity", "Lakeside University"),
        (),
    )
    assert dict(made.lines) == {
        "Name": "Ren Aoki",
        "Exchange visitor category": "Research scholar",
        "Activity": "One or a few lectures",
        "Subject": "Corals in warm seas",
        "For": "Lakeside University",
        "Place": "100 Lake Avenue, Chicago, IL 60601",
        "Days": "October 25, 2026",
        "Hours in all": "2",
        "Pay": "$800",
    }
    without = cleaned | {"is_paid": "no"}
    assert dict(TYPE.letter(without, SCHOLAR, TODAY).lines)["Pay"] == "None"
    assert TYPE.letter(cleaned | {"hours": None}, SCHOLAR, TODAY) is None
    assert TYPE.effects(cleaned, SCHOLAR, TODAY) == [NoteLetter()]


def test_from_the_draft_over_the_host_to_the_printed_letter(office):
    record = factories.make_student(
        visa_class="J-1", exchange_category="08", education_level="", program_end=date(2027, 5, 15)
    )

    made = factories.make_draft(record, KEY)
    asked = factories.send(made)
    endorsed = factories.perform(
        asked,
        "endorse",
        factories.Actor.for_approval(asked.current_approval),
        answers={
            "is_official": "yes",
            "is_related": "yes",
            "on_time": "yes",
            "how_it_helps": "Much",
        },
        decided_name="Ada Byron",
        decided_title="Professor",
    )
    done = factories._at_the_desk(endorsed, "completed", None)

    assert (asked.state, endorsed.state, done.state) == (
        *("approver_review", "submitted", "completed"),
    )
    letter = IssuedLetter.objects.get(student_request=done)
    assert (letter.title, letter.facts[0]) == (
        "Permission for an occasional activity",
        ["Name", "Amara Okoye"],
    )
    assert record.issued_forms.get().kind == "letter"
    assert (done.effective_start, done.effective_end) == (date(2026, 10, 25), date(2026, 10, 25))


def test_the_panel_counts_the_days():
    typed = {"first_day": "2026-10-25", "last_day": "2026-11-04", "delays_program": "yes"}

    assert asking.panel_of(KEY, typed, SCHOLAR, TODAY) == [
        ("Your program ends", "May 15, 2027", ""),
        ("Length", "11 of 10 days", "bad"),
        ("Your program", "It may not end later for this", "bad"),
        ("A letter of today can be checked until", "April 3, 2027", ""),
    ]
    assert asking.panel_of(KEY, {}, replace(SCHOLAR, program_end=None), TODAY) == []
