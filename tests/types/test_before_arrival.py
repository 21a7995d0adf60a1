"""What somebody may ask before the arrival: of each type by its word, and by its own rules."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.reading import facts_for
from isso.requests.registry import folder_types
from isso.requests.request_type import AskedBy, BeforeArrival
from isso.requests.rules.check_in import TERM, kind_of
from isso.requests.rules.verdict import Standing
from isso.tests import factories

from .asking import bound, panel_of, verdict_of

TODAY = date(2026, 10, 5)
EXPECTED = RecordFacts(
    visa_class="F-1",
    sevis_status="initial",
    sevis_id="N0000000001",
    stage="pre_arrival",
    education_level="05",
    program_start=date(2026, 10, 26),
    program_end=date(2028, 5, 15),
    passport_expiry=date(2029, 1, 1),
    dependents=(FamilyMember(7, "Chidi Okoye", "spouse"),),
)
NOT_YET = replace(EXPECTED, sevis_status="draft", sevis_id="")
ALSO = ("check_in", "dependent_add", "dependent_remove", "funding_change", "reprint")


def test_these_are_asked_before_and_after_the_arrival():
    also = {
        key
        for key, each in folder_types().items()
        if each.before_arrival == BeforeArrival.ALSO and each.asked_by == AskedBy.PERSON
    }
    assert also == set(ALSO)


@pytest.mark.parametrize("key", ALSO)
@pytest.mark.parametrize(
    ("facts", "standing"),
    [
        (EXPECTED, Standing.OPEN),
        (replace(EXPECTED, visa_class="J-1"), Standing.OPEN),
        (NOT_YET, Standing.NEEDS),
        (replace(EXPECTED, sevis_status="canceled"), Standing.NEEDS),
        (replace(EXPECTED, visa_class="none"), Standing.NOT_FOR_YOU),
    ],
)
def test_each_waits_for_the_first_form(key, facts, standing):
    assert verdict_of(key, facts, TODAY)[0] == standing


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        (NOT_YET, "Your first I-20 or DS-2019 is not ready yet."),
        (
            replace(EXPECTED, sevis_status="canceled"),
            "Your SEVIS record is Canceled. You need a new one before you can come.",
        ),
        # Who has arrived waits for Check-In, as ever.
        (
            replace(EXPECTED, stage="check_in"),
            "Your SEVIS record must be Active. It becomes so after your Check-In.",
        ),
    ],
)
def test_a_reprint_is_of_a_form_that_there_is(facts, reason):
    assert verdict_of("reprint", facts, TODAY) == (Standing.NEEDS, None, reason)


def reasons_of(facts):
    form = bound("reprint", "reason", {}, facts, TODAY)
    return [key for key, _label in form.fields["reason"].choices]


def test_the_first_entry_needs_no_travel_signature():
    assert reasons_of(EXPECTED) == ["updated", "lost", "stolen", "damaged"]
    assert reasons_of(replace(EXPECTED, stage="continuing")) == [
        *("travel", "updated", "lost", "stolen", "damaged"),
    ]
    assert panel_of("reprint", {}, EXPECTED, TODAY) == [
        ("Passport valid until", "January 1, 2029", "ok")
    ]


@pytest.mark.parametrize("reason", ["lost", "stolen", "damaged", "updated"])
def test_a_reprint_before_the_arrival_keeps_the_record_as_it_is(office, reason):
    record = factories.make_newcomer(stage="pre_arrival")
    words = {"circumstances": "On a bus.", "what_changed": ["name"], "new_value": "Ito-Brandt"}

    made = factories.make_request(record, "reprint", "completed", reason=reason, **words)

    record.refresh_from_db()
    assert (made.state, record.stage, record.sevis_status) == (
        *("completed", "pre_arrival", "initial"),
    )
    form = record.issued_forms.get()
    assert (form.reason, form.travel_signature_on) == (reason, None)


def test_the_arrival_makes_the_record_active(office):
    record = factories.make_newcomer(stage="pre_arrival")

    factories.make_request(record, "check_in", "completed")

    record.refresh_from_db()
    assert (record.stage, record.sevis_status, record.check_in_completed_on) == (
        *("continuing", "active", TODAY),
    )
    assert kind_of(facts_for(record)) == TERM


def test_check_in_opens_thirty_days_before_the_start():
    later = replace(EXPECTED, program_start=TODAY + timedelta(days=31))
    assert verdict_of("check_in", later, TODAY)[:2] == (
        *(Standing.OPENS_ON, TODAY + timedelta(days=1)),
    )
