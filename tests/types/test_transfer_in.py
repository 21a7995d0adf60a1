"""Transfer in: who may ask, which days fit, what is keyed and what the record keeps."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import RecordFacts
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.admission import last_studies_window
from isso.requests.rules.dates import add_months
from isso.requests.rules.verdict import Standing
from isso.tests import factories

from .asking import cleaned_of, errors_of, panel_of, priced, values_of, verdict_of

KEY = "transfer_in"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
ADMITTED = RecordFacts(
    visa_class="none",
    stage="pre_arrival",
    citizenship_country="India",
    education_level="05",
    major="Civil Engineering",
    cip_code="14.0801",
    program_start=date(2027, 1, 19),
    program_end=date(2028, 12, 15),
    deposit_paid_on=date(2026, 9, 20),
)


@pytest.mark.parametrize(
    ("changes", "standing"),
    [
        ({}, Standing.OPEN),
        ({"stage": "check_in"}, Standing.NOT_FOR_YOU),
        ({"deposit_paid_on": None}, Standing.NEEDS),
    ],
)
def test_who_may_ask(changes, standing):
    assert verdict_of(KEY, replace(ADMITTED, **changes), TODAY)[0] == standing


def errors_in(slug, **changes):
    said = factories.answers_for(KEY, ADMITTED) | changes
    return errors_of(KEY, slug, said, ADMITTED, TODAY)


EXCHANGE = {
    **{"visa_class": "J-1", "exchange_basis": "agreement", "present_class": "J-1"},
    **{"current_school_code": "P-1-12345", "same_purpose": "yes"},
}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        EXCHANGE,
        {"current_school_code": " lak214f 00123000 ", "current_sevis_id": "n0034112098"},
        # The five months count from the end of OPT, whenever the studies ended.
        {"on_opt": "yes", "opt_end": "2026-12-31", "last_attended": "2025-05-15"},
        {"last_attended": "2026-08-19", "release_on": "2026-08-19"},
        {"last_attended": "2027-01-19", "release_on": "2027-01-19"},
        # Of J-1 the regulation names no months.
        EXCHANGE | {"last_attended": "2026-05-15"},
    ],
)
def test_good_answers_pass(monday, changes):
    assert errors_in("home", **changes) == {}


FIVE = "No more than five months may lie before your program here. Speak with our office."
STARTS = "Your program here starts on January 19, 2027."


@pytest.mark.parametrize(
    ("changes", "name", "sentence"),
    [
        ({"current_school": ""}, "current_school", "This field is required."),
        (
            {"current_school_code": "LAK214F1"},
            "current_school_code",
            "Enter the SEVIS school code, such as BOS214F12345000. The new school tells you.",
        ),
        (
            EXCHANGE | {"current_school_code": "LAK214F00123000"},
            "current_school_code",
            "Enter the J-1 program number, such as P-1-12345.",
        ),
        (
            {"last_attended": "2026-08-18"},
            "last_attended",
            f"Choose August 19, 2026 or a later day. {FIVE}",
        ),
        (
            {"last_attended": "2027-01-20"},
            "last_attended",
            f"Choose January 19, 2027 or an earlier day. {STARTS}",
        ),
        (
            {"release_on": "2027-01-20"},
            "release_on",
            f"Choose January 19, 2027 or an earlier day. {STARTS}",
        ),
        ({"on_opt": "yes", "opt_end": ""}, "opt_end", "This field is required."),
        (
            {"on_opt": "yes", "opt_end": "2026-08-18"},
            "opt_end",
            f"Choose August 19, 2026 or a later day. {FIVE}",
        ),
        (
            EXCHANGE | {"same_purpose": "no"},
            "same_purpose",
            "A J-1 record moves only for the same purpose. Speak with our office first.",
        ),
        (
            EXCHANGE | {"present_class": "F-1", "current_school_code": "LAK214F00123000"},
            "present_class",
            "Only a record of the same class can be transferred. To go from F-1 to J-1, choose “I "
            "am in the United States in another status” above.",
        ),
        ({"contact_email": "dana"}, "contact_email", "Enter an address such as name@example.edu."),
        (
            {"current_sevis_id": "0034112098"},
            "current_sevis_id",
            "A SEVIS ID is the letter N and ten digits, for example N0012345678.",
        ),
    ],
)
def test_what_is_wrong_has_its_sentence(monday, changes, name, sentence):
    assert errors_in("home", **changes) == {name: [sentence]}


@given(st.dates(date(2026, 1, 1), date(2030, 12, 31)), st.integers(-10, 300))
def test_no_f1_program_begins_more_than_five_months_after_the_last(start, days):
    ended = start - timedelta(days=days)
    facts = replace(ADMITTED, program_start=start)
    window = last_studies_window(Situation(facts, TODAY, None, {"situation": "transfer"}))

    fits = not window.objection(ended)
    assert fits == (ended <= start <= add_months(ended, 5))


def entries_of(**changes):
    said = factories.answers_for(KEY, ADMITTED) | changes
    cleaned = cleaned_of(KEY, said, ADMITTED, TODAY)
    return values_of(TYPE.sevis_entries(cleaned, priced(KEY, ADMITTED)))


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, {"School code or program number": "LAK214F00123000", "OPT ended on": ""}),
        (
            {"on_opt": "yes", "opt_end": "2026-12-31"},
            {"School code or program number": "LAK214F00123000", "OPT ended on": "12/31/2026"},
        ),
        (
            EXCHANGE,
            {
                **{"School code or program number": "P-1-12345", "OPT ended on": ""},
                "Category": "1D",
            },
        ),
    ],
)
def test_what_is_keyed(monday, changes, expected):
    event, values = entries_of(**changes)[0]

    assert event == "Transfer In"
    assert {name: values[name] for name in expected} == expected
    assert ("Category" in values) == ("Category" in expected)
    about = ("SEVIS ID", "Comes from", "Release date", "Last day of studies", "Level")
    assert [values[name] for name in about] == [
        *("N0034112098", "Lakeside College", "12/20/2026", "12/10/2026"),
        "05 Master's degree",
    ]


def test_it_is_recorded_from_the_release_on_and_until_the_start():
    release = date(2026, 12, 20)

    assert TYPE.record_from({"release_on": release}) == release
    assert TYPE.effective_dates({"release_on": release}) == (release, None)
    assert TYPE.sevis_due({}, ADMITTED, TODAY, None) == date(2027, 1, 19)
    assert not TYPE.makes_sevis_id({"situation": "transfer"})


def test_the_panel_says_until_when_to_report_here():
    assert panel_of(KEY, {"situation": "transfer"}, ADMITTED, TODAY) == [
        ("Your program", "Master's degree, Civil Engineering", ""),
        ("It starts on", "January 19, 2027", ""),
        ("It ends on", "December 15, 2028", ""),
        ("Complete this request by", "January 5, 2027", ""),
        ("Report to us by", "February 3, 2027", ""),
    ]
    assert panel_of(KEY, {}, replace(ADMITTED, program_end=None), TODAY) == []
