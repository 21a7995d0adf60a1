"""Transfer out: until when a record may be released, and what ends on that day."""

from dataclasses import replace
from datetime import date, timedelta
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from isso.requests.records.facts import FamilyMember, RecordFacts
from isso.requests.records.models import EmploymentAuthorization
from isso.requests.registry import get_type
from isso.requests.request_form import Situation
from isso.requests.rules.dates import add_months
from isso.requests.rules.leaving import new_start_last_day, release_window
from isso.requests.rules.verdict import Standing
from isso.tests import factories
from isso.tests.types import asking

KEY = "transfer_out"
TYPE = get_type(KEY)
TODAY = date(2026, 10, 5)
STUDENT = RecordFacts(
    visa_class="F-1",
    sevis_status="active",
    stage="continuing",
    education_level="05",
    program_start=date(2025, 8, 25),
    program_end=date(2027, 5, 15),
)
VISITOR = replace(STUDENT, visa_class="J-1", exchange_category="1D")
SCHOLAR = replace(VISITOR, exchange_category="08", education_level="")
OPT = factories.work("OPT", date(2026, 6, 1), date(2027, 5, 31))
GRADUATE = replace(STUDENT, program_end=date(2026, 5, 15), employments=(OPT,))
IN_GRACE = replace(STUDENT, program_end=date(2026, 8, 20))


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        (STUDENT, (Standing.OPEN, date(2027, 7, 14), "")),
        (IN_GRACE, (Standing.OPEN, date(2026, 10, 19), "")),
        (GRADUATE, (Standing.OPEN, date(2027, 7, 30), "")),
        (VISITOR, (Standing.OPEN, date(2027, 5, 15), "")),
        *(
            (replace(SCHOLAR, exchange_category=code), (Standing.OPEN, date(2027, 5, 15), ""))
            for code in ("04", "08", "09", "10", "1G")
        ),
        # The 30 days after the program are for going home: 22 CFR 62.42.
        (
            replace(SCHOLAR, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. A J-1 record moves only before the program "
                "ends, not in the 30 days after it.",
            ),
        ),
        (
            replace(SCHOLAR, sevis_status="initial", stage="pre_arrival"),
            (
                Standing.NOT_FOR_YOU,
                None,
                "This request is for people who have arrived. You can ask after your Check-In.",
            ),
        ),
        (
            replace(STUDENT, program_end=date(2026, 8, 5)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. Your grace period lasts 60 days.",
            ),
        ),
        # A J-1 record has days after the program, but not for a transfer.
        (
            replace(VISITOR, program_end=date(2026, 10, 4)),
            (
                Standing.CLOSED_SINCE,
                date(2026, 10, 4),
                "The last day was October 4, 2026. A J-1 record moves only before the program "
                "ends, not in the 30 days after it.",
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
            replace(STUDENT, sevis_status="completed"),
            (
                Standing.NEEDS,
                None,
                "Your SEVIS record must be Active. It is Completed. Write to us if this is wrong.",
            ),
        ),
        (
            replace(STUDENT, transfer_release_on=date(2026, 12, 20)),
            (
                Standing.NOT_FOR_YOU,
                date(2026, 12, 20),
                "We release your record on December 20, 2026.",
            ),
        ),
        (
            replace(STUDENT, sevis_status="deactivated", transfer_release_on=TODAY),
            (
                Standing.NOT_FOR_YOU,
                TODAY,
                "We released your record on October 5, 2026. Only the new school can help you now.",
            ),
        ),
        (
            replace(STUDENT, program_end=None),
            (
                Standing.NEEDS,
                None,
                "Your record has no program end date yet. Write to us so that we can add it.",
            ),
        ),
    ],
)
def test_who_may_ask(facts, expected):
    assert asking.verdict_of(KEY, facts, TODAY) == expected


@pytest.mark.parametrize(
    ("facts", "today", "last"),
    [
        (STUDENT, TODAY, date(2027, 7, 14)),
        (IN_GRACE, TODAY, date(2026, 10, 19)),
        # While OPT runs, its last day; in the grace period after it, the end of that.
        (GRADUATE, TODAY, date(2027, 5, 31)),
        (GRADUATE, date(2027, 6, 1), date(2027, 7, 30)),
        (
            replace(
                GRADUATE,
                employments=(OPT, factories.work("STEM", date(2027, 6, 1), date(2029, 5, 31))),
            ),
            *(TODAY, date(2029, 5, 31)),
        ),
        # Who still studies and holds OPT for later: its last day, too, and no grace period after.
        (replace(GRADUATE, program_end=date(2026, 10, 20)), TODAY, date(2027, 5, 31)),
        # OPT that was denied gives no time.
        (
            replace(IN_GRACE, employments=(OPT._replace(status="denied"),)),
            *(TODAY, date(2026, 10, 19)),
        ),
        (VISITOR, TODAY, date(2027, 5, 15)),
    ],
)
def test_the_release_lies_between_today_and_the_last_day(facts, today, last):
    window = release_window(facts, today, asking.policy_of(KEY))

    assert (window.first, window.last) == (today, last)


def test_the_grace_period_is_the_offices_number():
    shorter = asking.verdict_of(KEY, IN_GRACE, TODAY, grace_days=30)

    assert shorter[:2] == (Standing.CLOSED_SINCE, date(2026, 9, 19))
    assert asking.verdict_of(KEY, VISITOR, TODAY, grace_days=30) == asking.verdict_of(
        KEY, VISITOR, TODAY
    )


DAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(
    ends=DAYS,
    opt=st.none() | st.integers(0, 365),
    asked=st.integers(-400, 900),
    chosen=st.integers(-30, 1200),
    grace=st.integers(0, 60),
    visa_class=st.sampled_from(["F-1", "J-1"]),
)
def test_no_accepted_release_lies_in_the_past_or_after_the_grace_period(
    ends, opt, asked, chosen, grace, visa_class
):
    work = (
        ()
        if opt is None or visa_class == "J-1"
        else (factories.work("OPT", ends + timedelta(days=1), ends + timedelta(days=1 + opt)),)
    )
    facts = replace(STUDENT, visa_class=visa_class, program_end=ends, employments=work)
    today = ends + timedelta(days=asked)
    release = today + timedelta(days=chosen)
    window = release_window(facts, today, asking.policy_of(KEY, grace_days=grace))

    if not window.objection(release):
        stay = max([ends, *(each.end for each in work)])
        limit = stay + timedelta(days=grace if visa_class == "F-1" else 0)
        assert today <= release <= limit
        assert new_start_last_day(facts, release) <= add_months(min(release, stay), 5)


def errors_of(slug, facts=STUDENT, today=TODAY, **changes):
    person = SimpleNamespace(email="a@b.example")
    return asking.errors_of(KEY, slug, factories.answers_for(KEY, person) | changes, facts, today)


@pytest.mark.parametrize("facts", [STUDENT, GRADUATE])
@pytest.mark.parametrize("slug", ["school", "days"])
def test_good_answers_pass(monday, slug, facts):
    assert errors_of(slug, facts) == {}


CODE = "Enter the SEVIS school code, such as BOS214F12345000. The new school tells you."
FIVE_MONTHS = (
    "It must begin within five months of the release, of the end of your program or OPT, and of "
    "your last attendance, whichever comes first."
)


@pytest.mark.parametrize(
    ("facts", "slug", "changes", "name", "sentence"),
    [
        (STUDENT, "school", {"new_school_code": "CHI214F0012300"}, "new_school_code", CODE),
        (STUDENT, "school", {"new_school_code": "P-1-12345"}, "new_school_code", CODE),
        (
            *(VISITOR, "school", {"new_school_code": "CHI214F00123000"}, "new_school_code"),
            "Enter the J-1 program number, such as P-1-12345.",
        ),
        (
            VISITOR,
            "school",
            {"new_school_code": "P-1-12345", "same_category": "no"},
            "same_category",
            "A J-1 record moves only within its category and for the same purpose. Speak with our "
            "office about other ways.",
        ),
        (
            *(STUDENT, "school", {"contact_email": "jo.park"}, "contact_email"),
            "Enter an address such as name@example.edu.",
        ),
        (
            *(STUDENT, "days", {"release_date": "2026-10-04"}, "release_date"),
            "Choose October 5, 2026 or a later day. We cannot release a record in the past.",
        ),
        (
            IN_GRACE,
            "days",
            {"release_date": "2026-10-20", "new_program_start": "2026-11-01"},
            "release_date",
            "Choose October 19, 2026 or an earlier day. Your grace period lasts 60 days.",
        ),
        (
            GRADUATE,
            "days",
            {"release_date": "2027-06-01", "new_program_start": "2027-06-10"},
            "release_date",
            "Choose May 31, 2027 or an earlier day. Your practical training ends on May 31, 2027.",
        ),
        (
            *(STUDENT, "days", {"new_program_start": "2026-12-03"}, "new_program_start"),
            "Choose December 4, 2026 or a later day. Your new program cannot begin before the "
            "release.",
        ),
        (
            *(STUDENT, "days", {"new_program_start": "2027-05-05"}, "new_program_start"),
            f"Choose May 4, 2027 or an earlier day. {FIVE_MONTHS}",
        ),
        # The end of the program came before the release, so the five months run from it.
        (
            IN_GRACE,
            "days",
            {"release_date": "2026-10-15", "new_program_start": "2027-01-21"},
            "new_program_start",
            f"Choose January 20, 2027 or an earlier day. {FIVE_MONTHS}",
        ),
        # And from the last attendance of somebody who withdrew.
        (
            STUDENT,
            "days",
            {
                "has_withdrawn": "yes",
                "last_attended": "2026-09-10",
                "new_program_start": "2027-02-11",
            },
            "new_program_start",
            f"Choose February 10, 2027 or an earlier day. {FIVE_MONTHS}",
        ),
        (
            *(STUDENT, "days", {"has_withdrawn": "yes"}, "last_attended"),
            "Enter the last day you attended classes.",
        ),
        (
            STUDENT,
            "days",
            {"has_withdrawn": "yes", "last_attended": "2026-10-06"},
            "last_attended",
            "Choose today or an earlier day.",
        ),
        (
            *(GRADUATE, "days", {"opt_ends_accepted": "no"}, "opt_ends_accepted"),
            "Work permission always ends with the release. Choose a later day, or wait.",
        ),
    ],
)
def test_bad_answers_are_refused_at_the_field(monday, facts, slug, changes, name, sentence):
    assert errors_of(slug, facts, **changes) == {name: [sentence]}


def test_a_code_is_taken_however_it_was_copied(monday):
    form = asking.bound(
        KEY,
        "school",
        factories.answers_for(KEY, None, new_school_code=" chi214f 00123000"),
        STUDENT,
        TODAY,
    )

    assert (form.is_valid(), form.cleaned_data["new_school_code"]) == (True, "CHI214F00123000")


@pytest.mark.parametrize(
    ("facts", "unasked"),
    [
        (STUDENT, {"opt_ends_accepted", "dependents_go"}),
        (GRADUATE, {"has_withdrawn", "last_attended", "dependents_go"}),
        (SCHOLAR, {"opt_ends_accepted", "has_withdrawn", "last_attended", "dependents_go"}),
        (
            replace(GRADUATE, dependents=(FamilyMember(7, "Moussa Ndiaye", "spouse"),)),
            {"has_withdrawn", "last_attended"},
        ),
    ],
)
def test_only_what_applies_is_asked(monday, facts, unasked):
    page = TYPE.page("days").form
    asked = asking.bound(KEY, "days", {}, facts, TODAY).fields

    assert set(page.base_fields) - set(asked) == unasked


def rows_of(record):
    """Return where the record goes, and the work there is."""
    record.refresh_from_db()
    work = record.employments.order_by("start").values_list("kind", "end", "status")
    return (
        (record.transfer_school, record.transfer_school_code, record.transfer_release_on),
        record.sevis_status,
        list(work),
    )


def test_from_the_tile_to_completed(office, client):
    record = factories.make_student(program_end=date(2026, 5, 15), stage="graduated")
    for start, end in ((date(2026, 6, 1), date(2027, 5, 31)), (date(2027, 6, 1), date(2029, 5, 1))):
        EmploymentAuthorization.objects.create(
            record=record,
            kind="OPT" if start.year == 2026 else "STEM",
            completion="post",
            start=start,
            end=end,
            education_level="05",
        )
    client.force_login(record.user)
    offered = client.get(f"/portal/requests/new/{KEY}/")
    release = date(2026, 12, 4)

    done = factories.make_request(record, KEY, "completed")

    assert (offered.status_code, done.state) == (200, "completed")
    assert rows_of(record) == (
        ("Lakeside University", "CHI214F00123000", release),
        "active",
        [("OPT", release, "approved"), ("STEM", date(2029, 5, 1), "canceled")],
    )
    assert (done.deadline, done.sevis_due_on) == (date(2029, 6, 30), release)
    assert (done.effective_start, done.effective_end) == (release, date(2027, 1, 3))
    tile = client.get(f"/portal/requests/new/{KEY}/").content.decode()
    assert "We release your record on December 4, 2026." in tile


def test_what_is_keyed_into_sevis_by_hand(monday):
    cleaned = asking.cleaned_of(KEY, factories.answers_for(KEY, None), STUDENT, TODAY)

    assert asking.values_of(TYPE.sevis_entries(cleaned, STUDENT)) == [
        (
            "Transfer Out",
            {
                "New school": "Lakeside University",
                "School code": "CHI214F00123000",
                "Campus": "Main campus",
                "Release date": "12/04/2026",
                "New program start": "01/03/2027",
                "Level": "Doctorate",
                "Contact": "Jo Park, jo.park@lakeside.example",
            },
        )
    ]


def test_a_scholar_keeps_the_category_and_reaches_no_level(monday):
    answers = factories.answers_for(KEY, None, new_school_code="P-1-12345", new_level="")
    cleaned = asking.cleaned_of(KEY, answers, SCHOLAR, TODAY)
    values = asking.values_of(TYPE.sevis_entries(cleaned, SCHOLAR))[0][1]

    assert ("new_level" in cleaned, values["Category"], "Level" in values) == (
        *(False, "Research scholar"),
        False,
    )
    assert errors_of("school", SCHOLAR, new_school_code="P-1-12345", same_category="no") == {
        "same_category": [
            "A J-1 record moves only within its category and for the same purpose. Speak with our "
            "office about other ways."
        ]
    }


def test_the_panel_names_the_last_day_and_the_first_duty_at_the_new_school(monday):
    facts = replace(GRADUATE, holds=("other",))
    situation = Situation(facts, TODAY, asking.policy_of(KEY), {"new_program_start": "2027-01-03"})

    assert [(str(label), str(value), tone) for label, value, tone in TYPE.panel(situation)] == [
        ("Last possible release", "May 31, 2027", ""),
        ("Practical training ends", "May 31, 2027", ""),
        ("Report to the new school by", "January 18, 2027", ""),
        ("Holds on your record", "Settle them before the release.", "warn"),
    ]


@pytest.mark.parametrize("status", ["terminated", "completed"])
def test_no_check_in_is_promised_to_mend_a_record_that_is_over(status):
    verdict = TYPE.eligibility(replace(STUDENT, sevis_status=status), TODAY, asking.policy_of(KEY))

    assert (verdict.standing, str(verdict.cure)) == (
        Standing.NEEDS,
        "Speak with our office about your status.",
    )


@pytest.mark.parametrize(("code", "passes"), [("G-5-12345", True), ("P-1-١٢٣٤٥", False)])
def test_a_program_number_is_what_sevis_takes(monday, code, passes):
    answers = factories.answers_for(KEY, VISITOR, new_school_code=code, same_category="yes")
    found = asking.errors_of(KEY, "school", answers, VISITOR, TODAY)

    assert ("new_school_code" not in found) == passes
