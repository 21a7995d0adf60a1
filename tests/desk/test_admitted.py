"""Admitted people at the desk: who is listed, where each stands, late ones first, and as a file."""

import csv
import io
from datetime import timedelta

import pytest
from django.utils import timezone

from isso.home.models import KeyDate
from isso.requests.actor import Actor
from isso.requests.models import Caseload, StudentRequest
from isso.requests.people.invitations import accept
from isso.requests.people.models import Invitation, User
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.records.inviting import invite_person
from isso.requests.records.models import AccessLog, IssuedForm, ScholarDetails, StudentRecord
from isso.tests import factories

ADMITTED = "/admin/desk/admitted/"


@pytest.fixture
def person(staff):
    """Return a function that puts an admitted person on record, whose program starts far ahead."""

    def _person(name, **facts):
        today, number = timezone.localdate(), StudentRecord.objects.count()
        return StudentRecord.objects.create(
            **{
                "family_name": name.title(),
                "given_name": "Ada",
                "email": f"{name}@school.example",
                "institution_id": f"U{number}",
                "stage": "pre_arrival",
                "education_level": "05",
                "program_start": today + timedelta(days=300),
                "program_end": today + timedelta(days=1000),
            }
            | facts
        )

    return _person


def issue(record, days_ago, reason="initial"):
    day = timezone.localdate() - timedelta(days=days_ago)
    IssuedForm.objects.create(record=record, kind="I-20", reason=reason, issued_on=day)


@pytest.fixture
def cohort(person):
    """One person at each point that needs no request, and three whom the list leaves out."""
    today = timezone.localdate()
    paid = {"deposit_paid_on": today - timedelta(days=1)}
    people = {"early": person("early"), "paid": person("paid", **paid)}
    people["asked"] = person("asked", **paid)
    people["inside"] = person("inside", **paid, education_level="06")
    for name in ("asked", "inside"):
        invite_person(people[name])
    accept(Invitation.objects.get(email="inside@school.example"))
    people["printed"] = person("printed", **paid)
    issue(people["printed"], 5)
    people["soon"] = person("soon", **paid, program_start=today + timedelta(days=20))
    come = {"stage": "continuing", "program_start": today - timedelta(days=40)}
    people["here"] = person("here", **come, check_in_completed_on=today - timedelta(days=30))
    issue(people["here"], 90)
    people["missing"] = person("missing", stage="check_in", program_start=today - timedelta(days=6))
    issue(people["missing"], 90, "transfer")
    # Who came long ago, who came without a form of ours, and who does not study.
    long_ago = person("old", **come | {"program_start": today - timedelta(days=121)})
    issue(long_ago, 200)
    person("other", **come)
    person("professor", exchange_category="04")
    ScholarDetails.objects.create(record=person("fellow"))
    return people


def standings(answer):
    """Return (name, where, late or not) in the order of the rows."""
    return [
        (record.family_name, str(member.progress), bool(member.late))
        for member, record, _advisor in answer.context["rows"]
    ]


def names(answer):
    return [name for name, _progress, _late in standings(answer)]


def test_everybody_stands_somewhere_and_late_ones_first(cohort, advisor):
    assert standings(advisor.get(ADMITTED)) == [
        ("Missing", "released", True),
        ("Soon", "not_invited", True),
        ("Asked", "invited", False),
        ("Early", "no_deposit", False),
        ("Inside", "invited", False),
        ("Paid", "not_invited", False),
        ("Printed", "released", False),
        ("Here", "arrived", False),
    ]


def test_the_counts_lead_to_those_they_count(cohort, advisor):
    counts = advisor.get(ADMITTED).context["counts"]
    numbers = {each.label: each.number for each in counts}
    found = {each.label: len(names(advisor.get(f"{ADMITTED}?{each.query}"))) for each in counts}

    assert found == numbers
    assert numbers == {
        "All": 8,
        "Late": 2,
        "Not invited, deposit missing": 1,
        "Not invited, deposit paid": 2,
        "Invited, form not begun": 2,
        "Form begun": 0,
        "Our question is open": 0,
        "Complete, with the office": 0,
        "Form released": 2,
        "Deferred, form released": 0,
        "Arrived": 1,
        "Closed": 0,
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("progress=invited", ["Asked", "Inside"]),
        ("late=on", ["Missing", "Soon"]),
        ("late=on&progress=released", ["Missing"]),
        ("level=06", ["Inside"]),
        ("q=print", ["Printed"]),
        ("q=paid@school", ["Paid"]),
        ("start=2026-09", ["Missing"]),
        ("start=2026-10", ["Soon"]),
        ("q=%00&level=nonsense&start=2026-10&progress=x&advisor=0", ["Soon"]),
        ("q=nobody", []),
    ],
)
def test_the_list_is_narrowed(cohort, advisor, query, expected):
    assert names(advisor.get(f"{ADMITTED}?{query}")) == expected


def test_starts_go_by_the_terms_of_the_key_dates(cohort, advisor):
    for title, term, start in (
        ("First day", "Fall 2026", "2026-08-24"),
        ("Last day", "Fall 2026", "2026-12-18"),
    ):
        KeyDate.objects.create(title=title, term=term, start=start)
    answer = advisor.get(f"{ADMITTED}?start=fall-2026")

    starts = [title for _key, title in answer.context["filters"].fields["start"].choices]
    assert starts == ["Any", "Fall 2026", "August 2027"]
    assert names(answer) == ["Missing", "Soon", "Here"]


def test_the_advisor_is_the_one_of_the_record_else_of_the_caseload(person, staff, advisor):
    letters, own = staff[Role.ADVISOR], staff[Role.SUPERVISOR]
    Caseload.objects.create(advisor=letters, letters_from="A", letters_to="M")
    for name, facts in (("abel", {}), ("berg", {"advisor": own}), ("zorn", {})):
        person(name, **facts)

    rows = advisor.get(ADMITTED).context["rows"]
    assert [(record.family_name, who) for _member, record, who in rows] == [
        ("Abel", letters),
        ("Berg", own),
        ("Zorn", None),
    ]
    assert names(advisor.get(f"{ADMITTED}?advisor={letters.pk}")) == ["Abel"]


def test_nobody_reads_about_oneself(person, staff, advisor):
    own = person("own", user=staff[Role.ADVISOR])
    issue(own, 3)

    assert names(advisor.get(ADMITTED)) == []


@pytest.mark.parametrize("who", ["editor", "stranger"])
def test_nobody_else_sees_the_list(cohort, editor, sign_in, who):
    client = editor if who == "editor" else sign_in()
    answers = [client.get(ADMITTED), client.get(f"{ADMITTED}?export=csv")]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert AccessLog.objects.filter(record__isnull=False).count() == 0


def rows_of(answer):
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


def test_the_file_holds_what_the_filter_keeps_and_is_noted(cohort, staff, advisor):
    StudentRecord.objects.filter(family_name="Soon").update(institution_id="=1+1")
    AccessLog.objects.all().delete()
    answer = advisor.get(f"{ADMITTED}?late=on&export=csv&q=@school")

    assert rows_of(answer) == [
        [
            *("Student", "University ID", "E-mail", "Level", "Program starts", "Standing"),
            *("Since", "Late", "Asks for", "Advisor"),
        ],
        [
            *("Ada Missing", "U7", "missing@school.example", "Master's degree", "2026-09-29"),
            *("Form released", "2026-07-07"),
            "The program has begun without Check-In. SEVIS needs it by October 29, 2026.",
            *("", ""),
        ],
        [
            *("Ada Soon", "'=1+1", "soon@school.example", "Master's degree", "2026-10-25"),
            *("Not invited, deposit paid", "2026-10-04"),
            "The program starts in 20 days and no form is released.",
            *("", ""),
        ],
    ]
    assert answer["Content-Disposition"] == 'attachment; filename="admitted-2026-10-05.csv"'
    noted = AccessLog.objects.order_by("pk").values_list("user", "what", "record", "details")
    exported = (staff[Role.ADVISOR].pk, "admitted students exported")
    assert list(noted) == [
        (*exported, None, "csv, late True, with a search, 2 rows"),
        (*exported, cohort["missing"].pk, ""),
        (*exported, cohort["soon"].pk, ""),
    ]


def test_a_file_of_excel_holds_the_same(cohort, advisor):
    assert b"".join(advisor.get(f"{ADMITTED}?export=xlsx").streaming_content)[:2] == b"PK"


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    person, advisor, many, django_assert_num_queries
):
    for number in range(many):
        invite_person(person(f"p{number}", deposit_paid_on=timezone.localdate()))
    advisor.get("/admin/students/")

    with django_assert_num_queries(22):
        assert len(advisor.get(ADMITTED).context["rows"]) == many


def test_whose_row_is_shown_is_noted_once(cohort, staff, advisor):
    AccessLog.objects.all().delete()
    for _time in range(2):
        advisor.get(f"{ADMITTED}?late=on")

    assert list(AccessLog.objects.order_by("pk").values_list("what", "record")) == [
        ("admitted students", cohort["missing"].pk),
        ("admitted students", cohort["soon"].pk),
    ]


def test_a_closed_account_closes_the_way(cohort, advisor):
    User.objects.filter(email="inside@school.example").update(is_active=False)

    assert names(advisor.get(f"{ADMITTED}?progress=closed")) == ["Inside"]


@pytest.mark.parametrize(
    ("state", "standing"),
    [
        ("draft", "started"),
        ("submitted", "complete"),
        ("in_review", "complete"),
        ("clarification", "waiting"),
        ("approved", "complete"),
        ("denied", "closed"),
        ("withdrawn", "closed"),
    ],
)
def test_the_request_for_the_first_form_decides(staff, advisor, state, standing):
    record = factories.make_admitted()
    factories.make_request(record, "initial_i20", state)
    [(member, found, _advisor)] = advisor.get(ADMITTED).context["rows"]

    assert (found, member.progress, member.since) == (record, standing, timezone.localdate())
    assert len(names(advisor.get(f"{ADMITTED}?situation=initial_i20"))) == 1
    assert names(advisor.get(f"{ADMITTED}?situation=transfer_in")) == []


def test_a_form_that_is_released_before_the_rest_is_done_counts(staff, advisor):
    record = factories.make_admitted()
    made = factories.make_request(record, "initial_i20", "approved")
    factories.release(made, Actor.for_user(staff[Role.ADVISOR]))

    assert [where for _name, where, _late in standings(advisor.get(ADMITTED))] == ["released"]


def test_who_began_anew_stands_where_the_new_request_does(staff, advisor):
    record = factories.make_admitted()
    factories.make_request(record, "initial_i20", "denied")
    StudentRequest.objects.update(created_at=timezone.now() - timedelta(days=3))
    factories.make_draft(record, "initial_i20", fill=False, begun="anew")
    assert [where for _name, where, _late in standings(advisor.get(ADMITTED))] == ["started"]

    # A draft that was thrown away never was.
    draft = StudentRequest.objects.get(state="draft")
    perform(draft, "discard", Actor.for_user(record.user))
    assert [where for _name, where, _late in standings(advisor.get(ADMITTED))] == ["closed"]


def test_nothing_of_a_draft_is_shown(staff, advisor):
    record = factories.make_admitted()
    factories.make_draft(record, "initial_i20", foreign_city="Hidden Falls")
    page = advisor.get(ADMITTED).content.decode()
    file = b"".join(advisor.get(f"{ADMITTED}?export=csv").streaming_content).decode()

    assert ("Hidden Falls" in page, "Hidden Falls" in file) == (False, False)
