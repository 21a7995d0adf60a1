"""What the queue finds, what its filters keep, and the way from one case to the next."""

from datetime import date, timedelta

import pytest
from django.http import QueryDict

from isso.home.hours import office_calendar
from isso.requests.actor import Actor
from isso.requests.assigning import assign
from isso.requests.conversation import send_message
from isso.requests.desk.next_case import next_in_list, next_url
from isso.requests.desk.queue_words import due_in_words
from isso.requests.models import HistoryEntry, StudentRequest
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.records.changing import change_record
from isso.requests.records.filing import plain, plain_words
from isso.requests.records.models import StudentRecord
from isso.tests import factories

ALL = "/admin/desk/view/all/"


@pytest.mark.parametrize(
    ("typed", "compared"),
    [
        ("García-López", "garcialopez"),
        ("Müller", "muller"),
        ("Mueller", "muller"),
        ("O’Brien", "obrien"),
        ("Strauß", "straus"),
        ("Strauss", "straus"),
        ("Ångström", "angstrom"),
        ("N0012345678", "n0012345678"),
        ("李", "李"),
        ('"%_', ""),
    ],
)
def test_words_are_compared_as_people_type_them(typed, compared):
    assert plain(typed) == compared


def test_each_word_stands_once():
    assert plain_words("Ana María", None, "ana", "") == "ana maria"


@pytest.fixture
def named(staff, monday):
    """Four open requests of telling people; one of them works at Acme."""
    me = staff[Role.ADVISOR]
    garcia = factories.make_student(
        "g@school.example",
        family_name="García López",
        given_name="María",
        department="Physics",
        visa_class="F-1",
    )
    muller = factories.make_student(
        "m@school.example", family_name="Müller", given_name="Jörg", department="History"
    )
    old = factories.make_student("o@school.example", family_name="Obi", department="Physics")
    made = {
        "garcia": factories.make_request(garcia, "reprint", "in_review", me),
        "muller": factories.make_request(muller, "cpt", "approver_review"),
        "obi": factories.make_request(old, "reprint"),
    }
    return {name: each.reference for name, each in made.items()}


def found(browser, **query):
    answer = browser.get(ALL, query)
    by_reference = [row.student_request.reference for row in answer.context["rows"]]
    return sorted(by_reference)


@pytest.mark.parametrize("most_named", [1000, 1])
def test_search(most_named, named, advisor, monkeypatch):
    """Where more people have a word than are named one by one, the same is found."""
    monkeypatch.setattr("isso.requests.desk.queue_search.MOST_NAMED", most_named)
    names = {reference: name for name, reference in named.items()}
    garcia = StudentRecord.objects.get(family_name="García López")
    garcia.former_sevis_ids.create(sevis_id="N0099999999")
    employer = StudentRequest.objects.get(reference=named["muller"]).answers["employer_name"]
    sevis_id = StudentRecord.objects.get(family_name="Obi").sevis_id
    expected = {
        named["garcia"]: ["garcia"],
        named["garcia"].lower().replace("-", ""): ["garcia"],
        named["garcia"][:4]: ["garcia"],
        "garcia": ["garcia"],
        "López": ["garcia"],
        "maria garcia": ["garcia"],
        "maria muller": [],
        "mueller": ["muller"],
        employer.split()[0].upper(): ["muller"],
        # The words of one search may stand apart.
        f"jorg {employer}": ["muller"],
        f"maria {employer}": [],
        f"{named['obi']} obi": ["obi"],
        f"{named['obi']} maria": [],
        f"{named['muller'][:4]} {employer} jörg": ["muller"],
        "N0099999999": ["garcia"],
        "lopez n0099999999": ["garcia"],
        "obi n0099999999": [],
        sevis_id: ["obi"],
        sevis_id.lower(): ["obi"],
        "nobody": [],
        "%": [],
        '"': [],
        # A search that cannot be is none.
        "a\x00b": ["garcia", "muller", "obi"],
    }
    assert {
        text: sorted(names[each] for each in found(advisor, q=text)) for text in expected
    } == expected


def test_words_that_many_have_find_the_same(named, advisor, monkeypatch):
    """Every name has an "o" here, and each request is asked for both words in its turn."""
    monkeypatch.setattr("isso.requests.desk.queue_search.MOST_NAMED", 1)

    assert [found(advisor, q=text) for text in ("o", "o gar", "o zz")] == [
        sorted(named.values()),
        [named["garcia"]],
        [],
    ]


def test_a_narrowed_page_names_the_views_without_their_counts(named, advisor):
    """They are of whole views, and would be read as what was found."""
    whole, narrowed = (
        advisor.get(ALL, query).context["view_links"] for query in ({}, {"q": "garcia"})
    )

    assert [link.title for link in narrowed] == [link.title for link in whole]
    assert {link.count for link in narrowed} == {""}
    assert {str(link.title): link.count for link in whole}["All open"] == 3


def test_a_name_that_changes_is_found_and_filed_anew(named, staff, advisor):
    record = StudentRecord.objects.get(family_name="Obi")
    change_record(record, {"family_name": "Zuma"}, by=staff[Role.ADVISOR], source="Test")

    assert found(advisor, q="zuma") == [named["obi"]]
    assert found(advisor, q="obi") == []
    assert StudentRecord.objects.get(pk=record.pk).filed_under == "ZUMA"


def test_a_request_sent_again_names_its_employer_of_now(named, staff, advisor):
    made = StudentRequest.objects.get(reference=named["muller"])
    assert made.employer_words == plain_words(made.answers["employer_name"])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"type_key": "cpt"}, {"muller"}),
        ({"state": "submitted"}, {"obi"}),
        ({"assignee": "nobody"}, {"muller", "obi"}),
        ({"department": "Physics"}, {"garcia", "obi"}),
        ({"department": "Physics", "state": "in_review"}, {"garcia"}),
        ({"visa_class": "J-1"}, set()),
        ({"stage": "continuing"}, {"garcia", "muller", "obi"}),
        ({"due_until": "2026-10-05"}, set()),
        ({"due_from": "2026-10-06"}, {"garcia", "obi"}),
        ({"ends_until": "2026-10-06"}, set()),
        ({"ends_from": "2026-10-06"}, {"garcia", "muller", "obi"}),
        ({"message": "none"}, {"garcia", "muller", "obi"}),
        ({"message": "week"}, set()),
        ({"type_key": "nonsense", "due_from": "yesterday", "assignee": "x"}, {*"gmo"}),
    ],
)
def test_filters(query, expected, named, advisor):
    if expected == {*"gmo"}:
        expected = set(named)
    assert set(found(advisor, **query)) == {named[name] for name in expected}


def test_the_last_message_counts(named, staff, advisor, monday, sign_in):
    made = StudentRequest.objects.get(reference=named["obi"])
    send_message(made, "Where is it?", Actor.for_user(made.student.user))

    assert found(advisor, message="day") == [named["obi"]]
    monday.shift(timedelta(days=3))
    later = sign_in(staff[Role.ADVISOR])
    assert (found(later, message="day"), found(later, message="week")) == ([], [named["obi"]])


def test_an_advisor_takes_a_request_and_is_back_in_the_list(named, staff, advisor):
    made = StudentRequest.objects.get(reference=named["obi"])
    back = f"{ALL}?type_key=reprint"

    answer = advisor.post("/admin/desk/take/", {"take": made.pk, "back": back})

    made.refresh_from_db()
    assert (answer.url, made.assignee) == (back, staff[Role.ADVISOR])
    assert HistoryEntry.objects.filter(student_request=made, action="assign").count() == 1


@pytest.mark.parametrize("back", ["https://elsewhere.example/admin/desk/", "//x.example", "/", ""])
def test_no_other_site_is_led_to(back, named, advisor):
    made = StudentRequest.objects.get(reference=named["obi"])
    answer = advisor.post("/admin/desk/take/", {"take": made.pk, "back": back})
    assert answer.url == "/admin/desk/"


@pytest.mark.parametrize("key", ["", "x", "999999", "-1"])
def test_what_there_is_not_cannot_be_taken(key, advisor, named):
    assert advisor.post("/admin/desk/take/", {"take": key}).status_code == 404


def test_the_next_case_follows_in_the_list_and_a_decided_one_makes_room(staff, monday):
    me = staff[Role.ADVISOR]
    made = [
        factories.make_request(
            factories.make_student(f"s{number}@school.example"), "reprint", "in_review", me
        )
        for number in range(3)
    ]
    first, second, third = made
    actor = Actor.for_user(me)

    query = QueryDict("view=mine&at=0&type_key=reprint")
    assert next_in_list(me, "mine", query, first.pk) == (second.pk, 1)
    assert next_url(me, query, first.pk) == (
        f"/admin/desk/{second.pk}/?view=mine&at=1&type_key=reprint"
    )
    perform(first, "deny", actor, note="No.", version=first.version)
    assert next_in_list(me, "mine", query, first.pk) == (second.pk, 0)
    assert next_in_list(me, "mine", QueryDict("at=1"), third.pk) is None
    assert next_url(me, QueryDict("view=nonsense&at=0"), first.pk) is None
    assert next_url(me, QueryDict(""), first.pk) is None
    assign(third, staff[Role.SUPERVISOR], Actor.for_user(staff[Role.SUPERVISOR]), "Mine now.")
    assert next_in_list(me, "mine", QueryDict("at=nonsense"), second.pk) is None


@pytest.mark.parametrize(
    ("due", "words"),
    [
        (None, ""),
        (date(2026, 10, 5), "today"),
        (date(2026, 10, 6), "in 1 business day"),
        (date(2026, 10, 12), "in 5 business days"),
        (date(2026, 10, 2), "1 business day late"),
        (date(2026, 9, 30), "3 business days late"),
    ],
)
def test_a_due_date_in_business_days(due, words, office):
    assert due_in_words(due, date(2026, 10, 5), office_calendar()) == words


def test_on_the_closed_days_after_it_no_day_is_late(office):
    assert due_in_words(date(2026, 10, 2), date(2026, 10, 4), office_calendar()) == ""
