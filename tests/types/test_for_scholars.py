"""What a visiting scholar may ask for: each request type, for each category, before and here."""

from dataclasses import replace
from datetime import date

import pytest

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.registry import folder_types
from isso.requests.request_type import AskedBy
from isso.requests.rules.dates import travel_signature_valid_until
from isso.requests.rules.verdict import Standing

from .asking import verdict_of

TODAY = date(2026, 10, 5)
SCHOLAR = RecordFacts(
    visa_class="J-1",
    exchange_category="08",
    sevis_status="active",
    stage="continuing",
    program_start=date(2026, 1, 12),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2026, 1, 20),
    passport_expiry=date(2032, 1, 1),
    i94_admit_until="D/S",
    dependents=(FamilyMember(7, "Moussa Ndiaye", "spouse", sevis_id="N0000000007"),),
)
OPEN_TO_SCHOLARS = {
    *("address_update", "dependent_add", "dependent_remove", "funding_change", "letter"),
    *("reprint", "scholar_departure", "transfer_out"),
}


@pytest.mark.parametrize("category", ["04", "08", "09", "10", "1G"])
def test_a_scholar_who_is_here_sees_what_is_of_use_and_nothing_of_students(category):
    facts = replace(SCHOLAR, exchange_category=category)
    found = {
        key
        for key, each in folder_types().items()
        if each.asked_by == AskedBy.PERSON and verdict_of(key, facts, TODAY)[0] == Standing.OPEN
    }

    # 22 CFR 62.20(g) is about professors and research scholars.
    may_lecture = {"scholar_lecture"} if category in ("04", "08") else set()
    assert found == OPEN_TO_SCHOLARS | may_lecture


def test_a_travel_signature_of_a_short_stay_ends_with_it():
    """Six months at most of a short-term scholar, whose whole stay is no longer: 22 CFR 62.21."""
    signed, ends = date(2026, 10, 5), date(2027, 3, 1)

    assert travel_signature_valid_until(signed, ends) == ends
    assert travel_signature_valid_until(signed, date(2028, 1, 1)) == date(2027, 10, 5)
