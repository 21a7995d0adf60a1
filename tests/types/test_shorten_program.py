"""Early completion: until when, which days fit, and what counts from the new date."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import Dependent, EmploymentAuthorization
from isso.requests.records.reading import facts_for
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "shorten_program"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
    term_start=date(2026, 9, 1),
    check_in_completed_on=date(2025, 9, 1),
)
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D")
SCHOLAR = replace(VISITOR, exchange_category="08", education_level="")
PRE = factories.work("OPT", date(2026, 6, 1), date(2026, 12, 31), completion="pre")
POST = factories.work("OPT", date(2027, 6, 1), date(2028, 5, 31))
HANGS = "The dates of your work after completion hang on your present end date."


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STUDENT, (Standing.OPEN, date(2027, 5, 15), "")),
        (VISITOR, (Standing.OPEN, date(2027, 5, 15), "")),
        (
            SCHOLAR,
            (Standing.NOT_FOR_YOU, None, "As a scholar or intern, use “Ending early or leaving”."),
        ),
        (replace(STUDENT, program_end=TODAY), (Standing.OPEN, TODAY, "")),
        (
            replace(STUDENT, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. A program that has ended cannot be shortened.",
            ),
        ),
        (
            replace(STUDENT, visa_class="F-2"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people in F-1 or J-1 status. Your record says F-2.",
            ),
        ),
        (
            replace(STUDENT, sevis_status="terminated"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It is Terminated. Write to us if this is wrong.",
            ),
        ),
        (
            replace(STUDENT, check_in_completed_on=None),
            (Standing.NEEDS, None, "First complete your Check-In."),
        ),
        (
            replace(STUDENT, program_end=None),
            (
                Standing.NEEDS,
                None,
                "Your record has no program end date yet. Write to us so that we can add it.",
            ),
        ),
        *(
            (
                replace(STUDENT, employments=(POST._replace(status=status),)),
                (Standing.NEEDS, None, HANGS),
            )
            for status in ("requested", "pending", "approved")
        ),
        # What USCIS denied, or what belongs to an earlier degree, holds nobody.
        (
            replace(STUDENT, employments=(POST._replace(status="denied"),)),
            (Standing.OPEN, date(2027, 5, 15), ""),
        ),
        (
            replace(STUDENT, employments=(POST._replace(education_level="04"),)),
            (Standing.OPEN, date(2027, 5, 15), ""),
        ),
        (
            replace(VISITOR, employments=(POST._replace(kind="AT"),)),
            (Standing.NEEDS, None, HANGS),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


def new_end(facts, today=TODAY, **numbers):
    situation = Situation(facts, today, asking.policy_of(KEY, **numbers))
    return TYPE.page("date").form.windows["new_end_date"](situation)


@pytest.mark.parametrize(
    ("facts", "numbers", "first"),
    [
        (STUDENT, {}, date(2026, 9, 1)),
        # A term that is still to come is not the last one.
        (replace(STUDENT, term_start=date(2026, 11, 1)), {}, date(2026, 8, 6)),
        (replace(STUDENT, term_start=None), {}, date(2026, 8, 6)),
        (replace(STUDENT, term_start=None), {"grace_days": 30}, date(2026, 9, 5)),
        (replace(VISITOR, term_start=None), {}, date(2026, 9, 5)),
        (replace(VISITOR, term_start=None), {"exchange_grace_days": 0}, TODAY),
        (replace(STUDENT, employments=(PRE,)), {}, date(2026, 12, 31)),
        (replace(STUDENT, employments=(PRE._replace(status="canceled"),)), {}, date(2026, 9, 1)),
        (
            replace(STUDENT, program_start=date(2026, 9, 28), term_start=None),
            *({}, date(2026, 9, 29)),
        ),
    ],
)
def test_which_day_the_program_may_end_on(facts, numbers, first):
    window = new_end(facts, **numbers)

    assert (window.first, window.last) == (first, date(2027, 5, 14))


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(
    *(DAYS, st.integers(1, 2000), st.integers(-100, 900)),
    st.none() | st.integers(0, 400),
    st.integers(-900, 900),
    st.sampled_from(["F-1", "J-1"]),
)
def test_an_accepted_day_leaves_days_to_stay_and_is_earlier(
    ends, length, asked, term, chosen, visa_class
):
    today = ends - timedelta(days=asked)
    facts = replace(
        STUDENT,
        visa_class=visa_class,
        program_start=ends - timedelta(days=length),
        program_end=ends,
        term_start=None if term is None else ends - timedelta(days=term),
    )
    day = ends - timedelta(days=chosen)

    if not new_end(facts, today).objection(day):
        assert facts.program_start < day < ends
        assert today <= day + timedelta(days=60 if visa_class == "F-1" else 30)
        if facts.term_start and facts.term_start <= today:
            assert day >= facts.term_start


def errors_of(slug, facts=STUDENT, **changes):
    return asking.errors_of(KEY, slug, factories.answers_for(KEY, facts) | changes, facts, TODAY)


@pytest.mark.parametrize("facts", [STUDENT, VISITOR])
@pytest.mark.parametrize("slug", ["date", "after"])
def test_good_answers_pass(monday, slug, facts):
    assert errors_of(slug, facts) == {}


NOT_A_CHOICE = "Select a valid choice. {} is not one of the available choices."


@pytest.mark.parametrize(
    ("facts", "slug", "changes", "name", "sentence"),
    [
        (
            *(STUDENT, "date", {"new_end_date": "2027-05-15"}, "new_end_date"),
            "Choose May 14, 2027 or an earlier day. Your program ends on May 15, 2027 now. For a "
            "later day, ask for an extension.",
        ),
        (
            *(STUDENT, "date", {"new_end_date": "2026-08-31"}, "new_end_date"),
            "Choose September 1, 2026 or a later day. Your last term began on September 1, 2026.",
        ),
        (
            replace(VISITOR, term_start=None),
            *("date", {"new_end_date": "2026-09-04"}, "new_end_date"),
            "Choose September 5, 2026 or a later day. Your 30 days after the program count from "
            "the new date and may not be over.",
        ),
        (
            replace(STUDENT, employments=(PRE,)),
            *("date", {"new_end_date": "2026-12-18"}, "new_end_date"),
            "Choose December 31, 2026 or a later day. Your OPT before completion runs until "
            "December 31, 2026. It must be ended first.",
        ),
        (
            *(STUDENT, "date", {"reason": "withdraws"}, "reason"),
            "Stopping without a degree is a withdrawal and leaves you fewer days. Speak with our "
            "office before you stop.",
        ),
        (STUDENT, "date", {"reason": "activity"}, "reason", NOT_A_CHOICE.format("activity")),
        (
            *(STUDENT, "date", {"explanation": "x" * 501}, "explanation"),
            "Ensure this value has at most 500 characters (it has 501).",
        ),
        (STUDENT, "after", {"plan": "training"}, "plan", NOT_A_CHOICE.format("training")),
        (VISITOR, "after", {"plan": "opt"}, "plan", NOT_A_CHOICE.format("opt")),
        (STUDENT, "after", {"plan": "leave"}, "leaves_on", "Enter the day on which you leave."),
        (
            STUDENT,
            "after",
            {"new_end_date": "2026-12-18", "plan": "leave", "leaves_on": "2027-02-17"},
            "leaves_on",
            "Choose February 16, 2027 or an earlier day. Your last days in the country count from "
            "the new end date.",
        ),
        (
            VISITOR,
            "after",
            {"new_end_date": "2026-12-18", "plan": "leave", "leaves_on": "2027-01-18"},
            "leaves_on",
            "Choose January 17, 2027 or an earlier day. Your last days in the country count from "
            "the new end date.",
        ),
        # The 30 days follow a completed program.
        (
            VISITOR,
            "after",
            {"reason": "withdraws", "new_end_date": "2026-12-18"}
            | {"plan": "leave", "leaves_on": "2026-12-19"},
            "leaves_on",
            "Choose December 18, 2026 or an earlier day. Your last days in the country count from "
            "the new end date.",
        ),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, facts, slug, changes, name, sentence):
    assert errors_of(slug, facts, **changes) == {name: [sentence]}


def test_a_day_of_leaving_counts_only_for_who_leaves(monday):
    answers = factories.answers_for(KEY, STUDENT, leaves_on="2029-01-01")
    form = asking.bound(KEY, "after", answers, STUDENT, TODAY)

    assert (form.errors, form.cleaned_data["leaves_on"]) == ({}, None)


def test_a_ticket_is_asked_of_who_leaves():
    ticket = next(each for each in TYPE.slots if each.name == "ticket")

    assert [ticket.is_asked({"plan": each}) for each in ("leave", "opt")] == [True, False]


def rows_of(record):
    """Return what the record holds about the end, the work and the forms."""
    record.refresh_from_db()
    work = record.employments.order_by("start").values_list("kind", "end", "status")
    forms = record.issued_forms.order_by("pk").values_list(
        "kind", "reason", "program_end", "dependent__given_name"
    )
    return record.program_end, record.expected_graduation, list(work), list(forms)


def test_from_the_tile_to_completed(office, client):
    ends, after = date(2027, 8, 1), date(2027, 7, 12)
    record = factories.make_student(program_end=ends, expected_graduation=ends)
    Dependent.objects.create(record=record, given_name="Moussa", relation="spouse")
    for kind, start, end in (
        ("CPT", date(2027, 5, 20), ends),
        ("on_campus", date(2027, 7, 20), ends),
        ("OPT", date(2026, 1, 1), date(2026, 6, 1)),
    ):
        EmploymentAuthorization.objects.create(
            record=record, kind=kind, completion="pre", start=start, end=end, education_level="05"
        )
    client.force_login(record.user)
    offered = client.get(f"/portal/requests/new/{KEY}/")

    done = factories.make_request(record, KEY, "completed")

    assert (offered.status_code, done.state) == (200, "completed")
    assert rows_of(record) == (
        after,
        after,
        [
            ("OPT", date(2026, 6, 1), "approved"),
            ("CPT", after, "approved"),
            ("on_campus", ends, "canceled"),
        ],
        [("I-20", "updated", after, None), ("I-20", "updated", after, "Moussa")],
    )
    assert (done.deadline, done.sevis_due_on, done.effective_end) == (
        *(ends, date(2026, 10, 26)),
        after,
    )


def test_an_unknown_graduation_stays_unknown_and_an_earlier_one_stays():
    cleaned = {"new_end_date": date(2027, 4, 25)}
    for known in (None, date(2027, 4, 1)):
        [change, *_rest] = TYPE.effects(cleaned, replace(STUDENT, expected_graduation=known), TODAY)
        assert change.changes == {"program_end": date(2027, 4, 25)}


def test_the_time_for_opt_follows_from_the_new_end(office):
    # Who finishes more than 100 days early shortens the program first.
    record = factories.make_student(program_end=date(2027, 5, 15))
    before = asking.verdict_of("opt", facts_for(record), TODAY)

    factories.make_request(record, KEY, "completed", new_end_date="2026-12-18", plan="opt")

    record.refresh_from_db()
    after = asking.verdict_of("opt", facts_for(record), TODAY)
    assert (before[:2], after[:2]) == (
        (Standing.OPENS_ON, date(2027, 2, 4)),
        (Standing.OPEN, date(2027, 2, 16)),
    )


@pytest.mark.parametrize(
    ("facts", "changes", "values"),
    [
        (
            STUDENT,
            {"explanation": "Thesis\naccepted."},
            {"New program end date": "04/25/2027", "Remarks": "Thesis accepted."},
        ),
        (
            VISITOR,
            {},
            {
                "New program end date": "04/25/2027",
                "Reason": "The end date on my form is later than my last term",
            },
        ),
        (
            VISITOR,
            {"reason": "withdraws"},
            {
                "New program end date": "04/25/2027",
                "Reason": "WFP, I stop before I have finished",
            },
        ),
    ],
)
def test_what_is_keyed_into_sevis(monday, facts, changes, values):
    answers = factories.answers_for(KEY, facts, **changes)
    cleaned = asking.cleaned_of(KEY, answers, facts, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, facts)) == [("Program Shorten", values)]


@pytest.mark.parametrize(
    ("facts", "ends", "due"),
    [
        (STUDENT, date(2026, 12, 18), date(2026, 10, 26)),
        (STUDENT, date(2026, 10, 9), date(2026, 10, 9)),
        # A day that has passed binds nobody any more.
        (STUDENT, date(2026, 10, 1), date(2026, 10, 26)),
        (VISITOR, date(2026, 12, 18), date(2026, 10, 19)),
        (VISITOR, None, date(2026, 10, 19)),
    ],
)
def test_until_when_it_stands_in_sevis(facts, ends, due):
    def add(day, number):
        return day + timedelta(days=number * 7 // 5)

    assert TYPE.sevis_due({"new_end_date": ends}, facts, TODAY, add) == due


def test_the_panel_counts_from_the_new_date(monday):
    facts = replace(STUDENT, employments=(factories.work("CPT", TODAY, date(2027, 5, 1)),))
    typed = {"new_end_date": "2026-12-18", "plan": "opt"}

    assert asking.panel_of(KEY, typed, facts, TODAY) == [
        ("Your program ends", "May 15, 2027", ""),
        ("Last day of your stay", "February 16, 2027", ""),
        ("USCIS takes Form I-765", "September 19, 2026 to February 16, 2027", ""),
        ("Work of your program ends", "December 18, 2026", "warn"),
    ]
    assert asking.panel_of(KEY, {"new_end_date": "2026-08-05"}, VISITOR, TODAY) == [
        ("Your program ends", "May 15, 2027", ""),
        ("Last day of your stay", "September 4, 2026", "bad"),
        ("The new date has passed", "Every day that passes is one day less to stay.", "warn"),
    ]
    assert asking.panel_of(KEY, {}, replace(STUDENT, program_end=None), TODAY) == []


def test_family_older_than_21_gets_no_form():
    spouse = FamilyMember(7, "Moussa Ndiaye", "spouse")
    child = FamilyMember(8, "Awa Ndiaye", "child", TODAY.replace(year=2005))
    facts = replace(STUDENT, dependents=(spouse, child))

    assert TYPE.effects({"new_end_date": date(2027, 4, 25)}, facts, TODAY)[-1].dependents == (7,)
