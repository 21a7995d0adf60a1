"""What is watched of visiting scholars: tables with dates, without a database."""

from datetime import date, timedelta

import pytest

from isso.requests.records.choices import Stage
from isso.requests.records.facts import Stay
from isso.requests.scholar_watch import (
    Duty,
    Scholar,
    bars_of_scholar,
    dues_of,
    limit_of,
    months_of,
    progress_of,
)

TODAY = date(2026, 10, 5)


def scholar(**facts):
    """Return a research scholar who has been here for a year, in order in every way."""
    return Scholar(
        **{
            "stage": "continuing",
            "visa_class": "J-1",
            "exchange_category": "08",
            "sevis_status": "active",
            "program_start": date(2025, 9, 1),
            "program_end": date(2027, 8, 31),
            "insurance_end": date(2027, 8, 31),
            "vetted_on": date(2026, 9, 1),
        }
        | facts
    )


@pytest.mark.parametrize(
    ("facts", "progress"),
    [
        ({"stage": "proposed"}, "proposed"),
        ({"stage": "pre_arrival"}, "expected"),
        ({"stage": "check_in"}, "here"),
        ({"stage": "continuing"}, "here"),
        ({"stage": ""}, "here"),
        ({"stage": "continuing", "departed_on": date(2026, 9, 1)}, "ended"),
        ({"stage": "graduated"}, "ended"),
        ({"stage": "archived"}, "ended"),
    ],
)
def test_how_far_a_scholar_is(facts, progress):
    assert progress_of(scholar(**facts)) == progress


def test_every_stage_is_known():
    assert set(Stage) == {"proposed", "pre_arrival", "check_in", "continuing", "graduated"} | {
        "archived"
    }


EARLIER = Stay("08", date(2024, 9, 1), date(2025, 8, 31))
SHORT = {"exchange_category": "09", "program_start": date(2026, 9, 1)}


@pytest.mark.parametrize(
    ("facts", "latest", "months"),
    [
        ({}, date(2030, 8, 31), (14, 60)),
        # A stay at the sponsor before, without a gap, counts.
        ({"exchange_stays": (EARLIER,)}, date(2029, 8, 31), (26, 60)),
        (SHORT, date(2027, 2, 28), (2, 6)),
        ({"exchange_category": "10"}, date(2026, 8, 31), (14, 12)),
        # A stay that begins later has used nothing.
        ({"program_start": date(2027, 1, 10)}, date(2032, 1, 9), (0, 60)),
        # Students have no such maximum.
        ({"exchange_category": "1C"}, None, None),
        ({"program_start": None}, None, None),
    ],
)
def test_what_binds_the_stay(facts, latest, months):
    assert (limit_of(scholar(**facts)), months_of(scholar(**facts), TODAY)) == (latest, months)


@pytest.mark.parametrize(
    ("facts", "bars"),
    [
        # What the present stay leads to.
        ({}, [(24, date(2029, 8, 31))]),
        # Short stays bar nobody.
        (SHORT | {"program_end": date(2026, 12, 20)}, []),
        # An expected scholar has not begun a stay.
        ({"sevis_status": "initial"}, []),
        (
            {"sevis_status": "initial", "exchange_stays": (EARLIER,)},
            [(24, date(2027, 8, 31))],
        ),
        # What is over bars nobody any more.
        (
            {
                "sevis_status": "initial",
                "exchange_stays": (Stay("08", date(2022, 1, 1), date(2024, 10, 4)),),
            },
            [],
        ),
        # What somebody noted counts, too, and once.
        (
            {"noted_bars": ((12, date(2027, 1, 1)), (24, date(2029, 8, 31)), (24, None))},
            [(12, date(2027, 1, 1)), (24, date(2029, 8, 31))],
        ),
    ],
)
def test_bars_with_their_days(facts, bars):
    assert bars_of_scholar(scholar(**facts), TODAY) == bars


STARTED = {"sevis_status": "initial", "vetted_on": TODAY}


def ago(days):
    return TODAY - timedelta(days=days)


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({}, []),
        ({"stage": "proposed", "insurance_end": None}, []),
        ({"departed_on": TODAY, "insurance_end": None}, []),
        # 22 CFR 62.13: within 30 days after the start.
        (STARTED | {"program_start": TODAY + timedelta(days=1)}, []),
        (
            STARTED | {"program_start": ago(19)},
            [("validation", "Validate in SEVIS by October 16, 2026.", False)],
        ),
        (
            STARTED | {"program_start": ago(20)},
            [("validation", "Validate in SEVIS by October 15, 2026.", True)],
        ),
        (
            STARTED | {"program_start": ago(20), "stage": "pre_arrival", "insurance_end": None},
            [("validation", "Validate in SEVIS by October 15, 2026.", True)],
        ),
        ({"insurance_end": None}, [("insurance", "No insurance is noted.", False)]),
        (
            {"insurance_end": date(2026, 11, 5)},
            [("insurance", "The insurance ends on November 5, 2026, before the stay.", False)],
        ),
        (
            {"insurance_end": date(2026, 11, 4)},
            [("insurance", "The insurance ends on November 4, 2026, before the stay.", True)],
        ),
        ({"vetted_on": None}, [("vetting", "No vetting is noted.", False)]),
        ({"vetted_on": date(2025, 12, 5)}, []),
        (
            {"vetted_on": date(2025, 12, 4)},
            [("vetting", "The vetting holds until December 4, 2026, the stay goes on.", False)],
        ),
        (
            {"vetted_on": date(2025, 10, 4)},
            [("vetting", "The vetting holds until October 4, 2026, the stay goes on.", True)],
        ),
        # What Research Compliance says goes before the year.
        (
            {"vetted_until": date(2026, 10, 4)},
            [("vetting", "The vetting holds until October 4, 2026, the stay goes on.", True)],
        ),
        ({"vetted_on": date(2024, 1, 1), "vetted_until": date(2027, 8, 31)}, []),
        # It holds until the end: nobody vets anew for a stay that is over.
        (
            {"vetted_on": date(2025, 11, 1), "program_end": date(2026, 11, 1)},
            [("end", "The stay ends on November 1, 2026.", False)],
        ),
        (
            {"program_end": ago(1)},
            [("end", "The stay ended on October 4, 2026. No departure is noted.", True)],
        ),
        (
            {"program_end": date(2030, 9, 1), "insurance_end": date(2030, 9, 1)},
            [("end", "The stay may last until August 31, 2030 at most.", True)],
        ),
        # The nearest first, what has no day last.
        (
            {"vetted_on": None, "insurance_end": TODAY, "program_end": date(2026, 11, 1)},
            [
                ("insurance", "The insurance ends on October 5, 2026, before the stay.", True),
                ("end", "The stay ends on November 1, 2026.", False),
                ("vetting", "No vetting is noted.", False),
            ],
        ),
    ],
)
def test_what_is_due(facts, expected):
    found = dues_of(scholar(**facts), TODAY)

    assert [(due.duty, due.text, due.is_late) for due in found] == expected
    assert {due.duty for due in found} <= set(Duty)
