"""Sites of activity: what a department may report, what is refused, the record and SEVIS."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.home.hours import office_calendar
from isso.requests.perform import NotAllowed
from isso.requests.records.facts import RecordFacts, Site
from isso.requests.records.models import SiteOfActivity
from isso.requests.registry import get_type
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "scholar_site"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
LAB = Site(3, "Laboratory", "7 Science Road", "", "Example City", "MA", "02139", True)
FARM = Site(4, "Field Station", "1 Farm Road", "", "Example City", "MA", "02139")
SCHOLAR = RecordFacts(
    visa_class="J-1",
    exchange_category="08",
    sevis_status="active",
    stage="continuing",
    program_start=date(2026, 1, 12),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2026, 1, 20),
    sites=(LAB, FARM),
)
ONE_PLACE = replace(SCHOLAR, sites=(LAB,))
NOBODY = "Only J-1 scholars and interns have a site of activity."
STATUS = "The SEVIS record of the scholar must be Initial or Active. It is: {}."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        *(
            (replace(SCHOLAR, exchange_category=code), (Standing.OPEN, date(2027, 5, 15), ""))
            for code in ("04", "08", "09", "10", "1G")
        ),
        # Before arrival, too: the place may change before anybody comes.
        (
            replace(SCHOLAR, stage="pre_arrival", sevis_status="initial"),
            (Standing.OPEN, date(2027, 5, 15), ""),
        ),
        (replace(SCHOLAR, exchange_category="1D"), (Standing.NOT_FOR_YOU, None, NOBODY)),
        (replace(SCHOLAR, visa_class="F-1"), (Standing.NOT_FOR_YOU, None, NOBODY)),
        (
            replace(SCHOLAR, sevis_status="draft"),
            (Standing.NEEDS, None, STATUS.format("Draft")),
        ),
        (
            replace(SCHOLAR, sevis_status="terminated"),
            (Standing.NEEDS, None, STATUS.format("Terminated")),
        ),
        (
            replace(SCHOLAR, program_end=None),
            (
                Standing.NEEDS,
                None,
                "The record of the scholar has no program dates yet. Write to us.",
            ),
        ),
        (
            replace(SCHOLAR, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. The program of the scholar ends then.",
            ),
        ),
    ],
)
def test_of_whom_a_place_is_reported(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def errors_of(facts=SCHOLAR, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    return asking.errors_of(KEY, "site", answers, facts, TODAY)


MOVED = {"what": "change", "site": "3", "site_is_primary": "yes"}
ENDED = {"what": "end", "site": "4", "ended_on": "2026-10-01"}
PRIMARY_ENDED = {"what": "end", "site": "3", "ended_on": "2026-10-05", "next_primary": "4"}


@pytest.mark.parametrize("changes", [{}, {"site_is_primary": "yes"}, MOVED, ENDED, PRIMARY_ENDED])
def test_good_answers_pass(monday, changes):
    assert errors_of(**changes) == {}


MAILBOX = "A post office box is not a place where someone lives or works. Enter the street."
REQUIRED = "This field is required."


@pytest.mark.parametrize(
    ("facts", "changes", "name", "sentence"),
    [
        (SCHOLAR, {"site_street": "PO Box 12"}, "site_street", MAILBOX),
        (SCHOLAR, {"site_room": "P.O. Box 12"}, "site_room", MAILBOX),
        (
            *(SCHOLAR, {"site_name": "x" * 61}, "site_name"),
            "Ensure this value has at most 60 characters (it has 61).",
        ),
        (
            *(SCHOLAR, {"site_name": "LABORATORY"}, "site_name"),
            "This place is on the record. Choose “moves, or has another name”.",
        ),
        (
            *(replace(SCHOLAR, sites=()), {}, "site_is_primary"),
            "The only place is the primary one.",
        ),
        (
            *(SCHOLAR, {"begins_on": "2027-05-16"}, "begins_on"),
            "Choose May 15, 2027 or an earlier day. The program ends on May 15, 2027.",
        ),
        (SCHOLAR, {"work_there": ""}, "work_there", REQUIRED),
        (SCHOLAR, MOVED | {"site": ""}, "site", REQUIRED),
        # The place of somebody else is no choice.
        (
            *(SCHOLAR, MOVED | {"site": "99"}, "site"),
            "Select a valid choice. 99 is not one of the available choices.",
        ),
        (
            *(SCHOLAR, MOVED | {"site_is_primary": "no"}, "site_is_primary"),
            "One place must be the primary one. Change the one that is it from now on.",
        ),
        (
            *(ONE_PLACE, PRIMARY_ENDED | {"next_primary": ""}, "site"),
            "This is the only place. Add the next one first, in a request of its own.",
        ),
        (
            *(SCHOLAR, PRIMARY_ENDED | {"next_primary": ""}, "next_primary"),
            "Choose the place that is the primary one now.",
        ),
        (
            *(SCHOLAR, PRIMARY_ENDED | {"next_primary": "3"}, "next_primary"),
            "The work at this place has ended.",
        ),
        (
            *(SCHOLAR, ENDED | {"ended_on": "2026-10-06"}, "ended_on"),
            "Choose October 5, 2026 or an earlier day. Tell us when it has ended: SEVIS takes the "
            "place out at once.",
        ),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, facts, changes, name, sentence):
    assert errors_of(facts, **changes) == {name: [sentence]}


def entries_of(facts=SCHOLAR, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    cleaned = asking.cleaned_of(KEY, answers, facts, TODAY)
    return asking.values_of(TYPE.sevis_entries(cleaned, facts))


NEW = {
    "Name": "City Hospital",
    "Street": "9 Harbor Street",
    "Second line": "Floor 3",
    "City": "Example City",
    "State": "MA",
    "ZIP code": "02139",
}


@pytest.mark.parametrize(
    ("changes", "entries"),
    [
        (
            {},
            [
                (
                    "SiteOfActivity Add",
                    NEW | {"Primary": "N", "Remarks": "Takes samples once a week."},
                )
            ],
        ),
        (
            MOVED,
            [
                (
                    "SiteOfActivity Edit",
                    {"Site on the record": "Laboratory"} | NEW | {"Primary": "Y"},
                )
            ],
        ),
        (ENDED, [("SiteOfActivity Delete", {"Site on the record": "Field Station"})]),
        (
            PRIMARY_ENDED,
            [
                ("SiteOfActivity Edit", {"Site on the record": "Field Station", "Primary": "Y"}),
                ("SiteOfActivity Delete", {"Site on the record": "Laboratory"}),
            ],
        ),
    ],
)
def test_what_is_keyed_into_sevis(monday, changes, entries):
    assert entries_of(**changes) == entries


def test_a_place_that_somebody_has_taken_out_since_hinders_nobody(monday):
    answers = factories.answers_for(KEY, SCHOLAR) | ENDED
    cleaned = asking.cleaned_of(KEY, answers, SCHOLAR, TODAY)

    assert TYPE.sevis_entries(cleaned, ONE_PLACE) == ()
    assert TYPE.effects(cleaned, ONE_PLACE, TODAY) == []


def scholar(**fields):
    """Return a scholar of Biology with two places of work."""
    record = factories.make_student(
        **{
            "visa_class": "J-1",
            "exchange_category": "08",
            "education_level": "",
            "department": "Biology",
            "program_end": date(2027, 5, 15),
        }
        | fields
    )
    for site in (LAB, FARM):
        SiteOfActivity.objects.create(
            record=record,
            **{name: value for name, value in site._asdict().items() if name != "id"},
        )
    return record


def places(record):
    found = record.sites_of_activity.order_by("pk")
    return list(found.values_list("name", "is_primary", "ended_on"))


def named(record, answers):
    """Return the answers with the places of this record."""
    known = {
        str(each.id): str(record.sites_of_activity.get(name=each.name).pk) for each in (LAB, FARM)
    }
    asked = ("site", "next_primary")
    return {
        name: known.get(value, value) if name in asked else value for name, value in answers.items()
    }


@pytest.mark.parametrize(
    ("changes", "after"),
    [
        (
            {},
            [
                ("Laboratory", True, None),
                ("Field Station", False, None),
                ("City Hospital", False, None),
            ],
        ),
        (
            {"site_is_primary": "yes"},
            [
                ("Laboratory", False, None),
                ("Field Station", False, None),
                ("City Hospital", True, None),
            ],
        ),
        (MOVED, [("City Hospital", True, None), ("Field Station", False, None)]),
        (ENDED, [("Laboratory", True, None), ("Field Station", False, date(2026, 10, 1))]),
        (PRIMARY_ENDED, [("Laboratory", True, TODAY), ("Field Station", True, None)]),
    ],
)
def test_from_the_department_to_the_record(office, changes, after):
    record = scholar()
    before = places(record)

    done = factories.make_request(record, KEY, "approved", **named(record, changes))
    actor = factories.Actor.for_user(done.assignee)
    factories.record_in_sevis(done, actor)
    ended = factories.perform(factories.StudentRequest.objects.get(pk=done.pk), "complete", actor)

    assert before == [("Laboratory", True, None), ("Field Station", False, None)]
    assert (ended.state, ended.department, places(record)) == ("completed", "Biology", after)
    assert done.sevis_due_on == office_calendar().add_business_days(TODAY, 10)


def test_neither_the_scholar_nor_another_department_reports_it(office):
    record = scholar()
    theirs = factories.asker_of(record, TYPE)[0]
    other = factories.asker_of(factories.make_student("b@school.example", department="Law"), TYPE)

    for actor, department in (
        (factories.Actor.for_student(record.user), "Biology"),
        (other[0], "Biology"),
        (theirs, ""),
    ):
        with pytest.raises(NotAllowed):
            factories.drafting.start(record, KEY, actor, start_key="x", department=department)


@given(
    what=st.sampled_from(["add", "change", "end"]),
    site=st.sampled_from(["3", "4", ""]),
    following=st.sampled_from(["3", "4", ""]),
    primary=st.sampled_from(["yes", "no"]),
    count=st.integers(0, 2),
)
def test_there_is_always_one_primary_place(what, site, following, primary, count):
    facts = replace(SCHOLAR, sites=(LAB, FARM)[:count])
    answers = factories.answers_for(KEY, facts) | {
        "what": what,
        "site": site,
        "next_primary": following,
        "site_is_primary": primary,
        "ended_on": "2026-10-01",
    }
    form = asking.bound(KEY, "site", answers, facts, TODAY)
    if not form.is_valid():
        return

    there = {each.id: each.is_primary for each in facts.sites}
    for effect in TYPE.effects(form.cleaned_data, facts, TODAY):
        if effect.fields.get("is_primary"):
            there = dict.fromkeys(there, False)
        there[effect.site] = effect.fields.get("is_primary", there.get(effect.site))
        if "ended_on" in effect.fields:
            del there[effect.site]
    assert list(there.values()).count(True) == 1


def test_the_panel_shows_the_places_on_the_record():
    typed = {"what": "add", "site_state": "CA", "site_postal_code": "02139"}

    assert asking.panel_of(KEY, typed, SCHOLAR, TODAY) == [
        ("Primary place", "Laboratory, 7 Science Road, Example City", ""),
        ("Another place", "Field Station, 1 Farm Road, Example City", ""),
        ("Address", "ZIP code and state may not fit", "warn"),
    ]
