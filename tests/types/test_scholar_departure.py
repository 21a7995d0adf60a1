"""A scholar's departure: who may tell, which days fit, what it bars, what the record becomes."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import FamilyMember, RecordFacts, Stay
from isso.requests.records.models import Dependent
from isso.requests.registry import get_type
from isso.requests.rules.scholar_leaving import bar_at
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "scholar_departure"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
SCHOLAR = RecordFacts(
    visa_class="J-1",
    exchange_category="08",
    sevis_status="active",
    stage="continuing",
    program_start=date(2026, 1, 12),
    program_end=date(2027, 5, 15),
    check_in_completed_on=date(2026, 1, 20),
)
SPOUSE = FamilyMember(7, "Moussa Ndiaye", "spouse", sevis_id="N0000000007")


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        *(
            (replace(SCHOLAR, exchange_category=code), (Standing.OPEN, date(2027, 6, 14), ""))
            for code in ("04", "08", "09", "10", "1G")
        ),
        # In the 30 days after the program somebody tells when he leaves.
        (replace(SCHOLAR, program_end=date(2026, 9, 5)), (Standing.OPEN, TODAY, "")),
        (
            replace(SCHOLAR, program_end=date(2026, 9, 10), sevis_status="inactive"),
            (Standing.OPEN, date(2026, 10, 10), ""),
        ),
        (
            replace(SCHOLAR, program_end=date(2026, 9, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. Your days after the program, which ended on "
                "September 4, 2026, are over.",
            ),
        ),
        (
            replace(SCHOLAR, exchange_category="1D"),
            (Standing.NOT_FOR_YOU, None, "This request is for J-1 scholars and interns."),
        ),
        (
            replace(SCHOLAR, visa_class="F-1", exchange_category=""),
            (Standing.NOT_FOR_YOU, None, "This request is for J-1 scholars and interns."),
        ),
        (
            replace(SCHOLAR, sevis_status="terminated"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active or Inactive. It is Terminated. Write to us if "
                "this is wrong.",
            ),
        ),
        (
            replace(SCHOLAR, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
        ),
        (
            replace(SCHOLAR, program_end=None),
            (
                Standing.NEEDS,
                None,
                "Your record has no program end date yet. Write to us so that we can add it.",
            ),
        ),
    ],
)
def test_who_may_tell(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def errors_of(slug, facts=SCHOLAR, **changes):
    answers = factories.answers_for(KEY, facts) | changes
    return asking.errors_of(KEY, slug, answers, facts, TODAY)


AS_PLANNED = {"what": "planned", "new_end_date": "", "reason": "", "leaves_on": "2027-05-20"}
LATEST = "Your last days in the country count from the end of your program."


@pytest.mark.parametrize("facts", [SCHOLAR, replace(SCHOLAR, dependents=(SPOUSE,))])
@pytest.mark.parametrize("changes", [{}, AS_PLANNED, {"plan": "transfer", "leaves_on": ""}])
@pytest.mark.parametrize("slug", ["end", "after"])
def test_good_answers_pass(monday, slug, changes, facts):
    assert errors_of(slug, facts, **changes) == {}


@pytest.mark.parametrize(
    ("slug", "changes", "name", "sentence"),
    [
        (
            *("end", {"new_end_date": "2027-05-15"}, "new_end_date"),
            "Choose May 14, 2027 or an earlier day. Your program ends on May 15, 2027 now. For a "
            "later day, ask for an extension.",
        ),
        (
            *("end", {"new_end_date": "2026-09-04"}, "new_end_date"),
            "Choose September 5, 2026 or a later day. Your 30 days after the program count from "
            "the new date and may not be over.",
        ),
        ("end", {"new_end_date": ""}, "new_end_date", "This field is required."),
        ("end", {"reason": ""}, "reason", "This field is required."),
        (
            *("after", {"leaves_on": "2027-05-26"}, "leaves_on"),
            f"Choose May 25, 2027 or an earlier day. {LATEST}",
        ),
        # Who stops before it is finished has no 30 days.
        (
            *("after", {"reason": "withdraws", "leaves_on": "2027-04-26"}, "leaves_on"),
            f"Choose April 25, 2027 or an earlier day. {LATEST}",
        ),
        (
            *("after", AS_PLANNED | {"leaves_on": "2027-05-07"}, "leaves_on"),
            "Choose May 8, 2027 or a later day. Who leaves more than 7 days before the end lets "
            "the program end earlier: go back to the first page.",
        ),
        (
            *("after", AS_PLANNED | {"leaves_on": "2027-06-15"}, "leaves_on"),
            f"Choose June 14, 2027 or an earlier day. {LATEST}",
        ),
        ("after", {"bar_is_known": ""}, "bar_is_known", "This field is required."),
        ("after", {"foreign_city": ""}, "foreign_city", "This field is required."),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, slug, changes, name, sentence):
    assert errors_of(slug, **changes) == {name: [sentence]}


def test_only_what_applies_is_asked(monday):
    def asked(slug, facts=SCHOLAR, **changes):
        answers = factories.answers_for(KEY, facts) | changes
        form = asking.bound(KEY, slug, answers, facts, TODAY)
        return set(form.fields) - form.unasked

    family = replace(SCHOLAR, dependents=(SPOUSE,))
    short = replace(SCHOLAR, exchange_category="09", program_start=date(2026, 8, 1))
    assert asked("end") - asked("end", what="planned") == {"new_end_date", "reason", "explanation"}
    assert asked("after", family) - asked("after") == {"family_leaves"}
    assert asked("after", plan="stay") == {"plan", "bar_is_known"}
    # A short stay bars nobody.
    assert asked("after") - asked("after", short) == {"bar_is_known"}


@pytest.mark.parametrize(
    ("category", "start", "ends", "earlier", "months", "free_from"),
    [
        ("08", date(2026, 1, 12), date(2027, 4, 25), (), 24, date(2029, 4, 26)),
        ("04", date(2026, 1, 12), date(2028, 2, 29), (), 24, date(2030, 3, 1)),
        # Six months and more of another category count for twelve months.
        ("10", date(2026, 1, 12), date(2026, 7, 12), (), 12, date(2027, 7, 13)),
        ("10", date(2026, 1, 12), date(2026, 7, 10), (), None, None),
        ("09", date(2026, 1, 12), date(2026, 7, 11), (), None, None),
        # What went before without a gap is the same presence.
        (
            *("10", date(2026, 5, 1), date(2026, 7, 10)),
            (Stay("10", date(2026, 1, 1), date(2026, 4, 30)),),
            *(12, date(2027, 7, 11)),
        ),
    ],
)
def test_what_the_end_of_a_stay_bars(category, start, ends, earlier, months, free_from):
    facts = replace(
        SCHOLAR, exchange_category=category, program_start=start, exchange_stays=earlier
    )
    bar = bar_at(facts, ends)

    assert (bar and bar.months, bar and bar.first_day) == (months, free_from)


@given(st.integers(-700, 900), st.integers(-900, 900), st.booleans(), st.integers(0, 29))
def test_nobody_is_let_stay_longer_than_thirty_days_after_the_end(ends, leaves, early, few):
    first, last = SCHOLAR.program_start, SCHOLAR.program_end
    ends_on = date.fromordinal(first.toordinal() + ends)
    leaves_on = date.fromordinal(last.toordinal() + leaves)
    answers = factories.answers_for(KEY, SCHOLAR) | {
        "what": "early" if early else "planned",
        "new_end_date": ends_on.isoformat(),
        "leaves_on": leaves_on.isoformat(),
    }

    if not asking.errors_of(KEY, "end", answers, SCHOLAR, TODAY) and not asking.errors_of(
        KEY, "after", answers, SCHOLAR, TODAY, early_days=few
    ):
        end = ends_on if early else last
        assert leaves_on.toordinal() <= end.toordinal() + 30
        assert end <= last


def state_of(record):
    record.refresh_from_db()
    details = getattr(record, "scholar", None)
    return (
        record.program_end,
        details and details.departed_on,
        record.foreign_address_city,
        list(record.issued_forms.values_list("kind", "reason", "program_end")),
    )


def visitor(**fields):
    return factories.make_student(
        visa_class="J-1", exchange_category="08", education_level="", **fields
    )


def test_an_earlier_end_from_the_tile_to_completed(office, client):
    record = visitor(program_end=date(2027, 5, 15))
    Dependent.objects.create(record=record, given_name="Moussa", relation="spouse")
    client.force_login(record.user)
    before = state_of(record)
    offered = client.get(f"/portal/requests/new/{KEY}/")

    done = factories.make_request(record, KEY, "completed")

    assert (offered.status_code, done.state) == (200, "completed")
    assert before == (date(2027, 5, 15), None, "", [])
    assert state_of(record) == (
        *(date(2027, 4, 25), date(2027, 5, 5), "Kyoto"),
        [("DS-2019", "updated", date(2027, 4, 25))] * 2,
    )
    assert (done.deadline, done.sevis_due_on) == (date(2027, 6, 14), date(2026, 10, 19))
    assert (done.effective_start, done.effective_end) == (date(2027, 4, 25), date(2027, 5, 5))


def test_a_departure_as_planned_is_noted_and_leaves_nothing_to_key(office):
    record = visitor(program_end=date(2026, 10, 20))
    changes = {"what": "planned", "leaves_on": "2026-11-02"}

    approved = factories.make_request(record, KEY, "approved", **changes)

    assert (approved.state, approved.sevis_due_on, approved.promise) == ("completed", None, "")
    assert state_of(record) == (date(2026, 10, 20), date(2026, 11, 2), "Kyoto", [])


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        (
            {"explanation": "Position filled\nearlier"},
            {
                "New program end date": "04/25/2027",
                "Reason": "I finish my research, teaching or training earlier",
                "Remarks": "Position filled earlier",
            },
        ),
        (
            {"reason": "withdraws", "leaves_on": "2027-04-20"},
            {
                "New program end date": "04/25/2027",
                "Reason": "WFP, I stop before it is finished",
            },
        ),
    ],
)
def test_what_is_keyed_into_sevis(monday, changes, values):
    answers = factories.answers_for(KEY, SCHOLAR) | changes
    cleaned = asking.cleaned_of(KEY, answers, SCHOLAR, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, SCHOLAR)) == [("Program Shorten", values)]


def test_the_panel_says_before_sending_when_one_may_come_back():
    answers = factories.answers_for(KEY, SCHOLAR)

    assert asking.panel_of(KEY, answers, SCHOLAR, TODAY) == [
        ("Your program ends", "May 15, 2027", ""),
        ("Last day of your stay", "May 25, 2027", ""),
        ("Again as a professor or research scholar from", "April 26, 2029", "warn"),
        ("You leave on", "May 5, 2027", ""),
    ]
    assert asking.panel_of(KEY, {}, replace(SCHOLAR, program_end=None), TODAY) == []
