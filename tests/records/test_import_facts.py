"""How the cells of an import file may be written, and what is said of those that cannot be read."""

from datetime import date

import pytest

from isso.requests.records.models import StudentRecord
from isso.tests.records.files_to_import import import_lines, record, report

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("monday")]

FACTS = {
    "a choice by its words": ("visa_class", "f-1 STUDENT", "F-1"),
    "a choice without its hyphen": ("visa_class", "f1", "F-1"),
    "a code without its zero": ("education_level", "5", "05"),
    "a country by its name": ("citizenship_country", "nigeria", "Nigeria"),
    "a country by another name": ("citizenship_country", "Korea", "South Korea"),
    "a country by the code of SEVIS": ("citizenship_country", "GM", "Germany"),
    "yes": ("is_last_session", "Yes", True),
    "a number": ("credits", "12", 12),
    "an e-mail address": ("email", "amara@school.example", "amara@school.example"),
}


@pytest.mark.parametrize("name", FACTS)
def test_how_a_fact_may_be_written(name):
    column, written, kept = FACTS[name]
    record()

    import_lines(f"Okoye,Amara,2001-03-14,N0000000001,{written}", header=_with(column))

    assert getattr(StudentRecord.objects.get(), column) == kept


WRONG_FACTS = {
    "a choice nobody knows": ("sex", "X", "“X” is not one of these: F, M."),
    "a country nobody knows": (
        "citizenship_country",
        "Atlantis",
        "SEVIS knows no country “Atlantis” here. Write its English name or its SEVIS code.",
    ),
    "neither yes nor no": ("is_last_session", "maybe", "“maybe” is neither yes nor no."),
    "a ZIP code without its zero": (
        "us_address_postal_code",
        "2139",
        "A ZIP code has five digits.",
    ),
    "an e-mail address": ("email", "amara@", "Enter a valid email address."),
    "a day that does not exist": (
        "program_end",
        "2026-02-30",
        "“2026-02-30” is not clear as a date. Write year-month-day, for example 2026-08-25.",
    ),
    "a year that cannot be": ("program_end", "0206-02-03", "The year 206 cannot be right."),
    "a yes or no is not emptied": (
        "is_last_session",
        "(clear)",
        "This fact cannot be emptied. Leave the cell empty.",
    ),
}


@pytest.mark.parametrize("name", WRONG_FACTS)
def test_what_is_wrong_with_a_fact(name):
    column, written, sentence = WRONG_FACTS[name]
    record()

    run = import_lines(f"Okoye,Amara,2001-03-14,N0000000001,{written}", header=_with(column))

    assert report(run) == [(2, "refused", (column, sentence))]


def test_a_program_must_end_after_it_starts():
    record(program_start=date(2026, 1, 1))

    run = import_lines("Okoye,Amara,2001-03-14,N0000000001,2025-12-31", header=_with("program_end"))

    assert report(run) == [(2, "refused", ("program_end", "The program must end after it starts."))]


def _with(column):
    return f"family_name,given_name,birth_date,sevis_id,{column}"
