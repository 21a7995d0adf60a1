"""Alerts at the desk: the list and its file, who sees it, and setting one of a student aside."""

import csv
import io
import re
from datetime import date, timedelta

import pytest

from isso.requests.models import Alert, AlertOverride
from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog
from isso.tests import factories

ALERTS = "/admin/desk/alerts/"
TODAY = date(2026, 10, 5)


def day(number):
    return TODAY + timedelta(days=number)


def alert(record, kind="passport", severity=2, step=-60, number=20, **more):
    return Alert.objects.create(
        record=record, kind=kind, severity=severity, step=step, day=day(number), **more
    )


@pytest.fixture
def found(people, staff):
    """Four alerts of three people: two of the advisor's, one under way, one set aside."""
    mine = {"advisor": staff[Role.ADVISOR]}
    kept = {
        "worst": alert(people["master"], "insurance", 3, 0, 0, **mine),
        "soon": alert(people["doctor"], **mine),
        "under way": alert(people["master"], "travel_signature", 1, 1, -30, cure="reprint"),
        "aside": alert(people["exchange"], "program_end", 3, -30, 25),
    }
    factories.make_request(people["master"], "reprint")
    AlertOverride.objects.create(
        alert=kept["aside"], reason="Leaves early.", until=day(5), by=staff[Role.SUPERVISOR]
    )
    return kept


def listed(answer, found):
    names = {each.pk: name for name, each in found.items()}
    return [names[line.alert.pk] for line in answer.context["rows"]]


def test_an_advisor_finds_the_own_first_and_a_supervisor_all(found, advisor, supervisor):
    assert listed(advisor.get(ALERTS), found) == ["worst", "soon"]
    assert listed(advisor.get(f"{ALERTS}?advisor="), found) == [
        *("worst", "aside", "soon", "under way")
    ]
    assert listed(supervisor.get(ALERTS), found) == ["worst", "aside", "soon", "under way"]


def test_the_counts_lead_to_those_they_count(found, supervisor):
    counts = supervisor.get(ALERTS).context["counts"]

    assert [(str(each.label), each.number) for each in counts] == [
        *(("All", 4), ("To do", 2), ("Under way", 1), ("Set aside", 1))
    ]
    assert [len(listed(supervisor.get(f"{ALERTS}?{each.query}"), found)) for each in counts] == [
        *(4, 2, 1, 1)
    ]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("kind=passport", ["soon"]),
        ("step=program_end:-30", ["aside"]),
        ("step=program_end:-60", []),
        ("severity=3", ["worst", "aside"]),
        ("standing=under_way", ["under way"]),
        ("standing=aside", ["aside"]),
        ("day_from=2026-10-20&day_until=2026-10-25", ["soon"]),
        ("q=doctor", ["soon"]),
        ("q=%00&kind=x&step=x&severity=x&standing=x&day_from=x&advisor=x", None),
    ],
)
def test_the_list_is_narrowed(found, supervisor, query, expected):
    everything = ["worst", "aside", "soon", "under way"]

    narrowed = listed(supervisor.get(f"{ALERTS}?{query}"), found)

    assert narrowed == (everything if expected is None else expected)


def test_nobody_reads_about_oneself(staff, advisor):
    alert(factories.make_student("own@school.example"))
    Alert.objects.get().record.__class__.objects.update(user=staff[Role.ADVISOR])

    assert list(advisor.get(f"{ALERTS}?advisor=").context["rows"]) == []


@pytest.mark.parametrize("who", ["editor", "stranger", "student"])
def test_nobody_else_sees_or_sets_aside(found, editor, sign_in, people, who):
    clients = {"editor": editor, "student": sign_in(people["master"].user), "stranger": sign_in()}
    client, own = clients[who], found["worst"].pk
    answers = [
        client.get(ALERTS),
        client.get(f"{ALERTS}?export=csv"),
        client.post(f"{ALERTS}{own}/aside/", {"reason": "No", "until": day(5)}),
        client.post(f"{ALERTS}{own}/back/"),
    ]

    assert [answer.status_code for answer in answers] == [302] * 4
    assert AlertOverride.objects.count() == 1


def test_the_file_holds_what_the_filter_keeps_and_is_noted(found, people, staff, supervisor):
    people["master"].__class__.objects.filter(pk=people["master"].pk).update(given_name="=1+1")
    AccessLog.objects.all().delete()
    answer = supervisor.get(f"{ALERTS}?kind=insurance&export=csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")

    header, row = csv.reader(io.StringIO(text))
    assert dict(zip(header, row, strict=True)) == {
        "Student": "'=1+1 Okoye",
        "SEVIS ID": people["master"].sevis_id,
        "E-mail": "master@school.example",
        "Department": "",
        "Advisor": "Office advisor",
        "Kind": "Insurance runs out",
        "Importance": "Act now",
        "What": "The insurance is noted until October 5, 2026, the stay goes on.",
        "Step": "On the day",
        "Day": "2026-10-05",
        "Cured by": "",
        "Standing": "To do",
        "First seen": "2026-10-05",
        "Step mailed": "",
    }
    exported = (staff[Role.SUPERVISOR].pk, "alerts exported")
    noted = AccessLog.objects.order_by("pk").values_list("user", "what", "record", "details")
    assert list(noted) == [
        (*exported, None, "csv, kind insurance, 1 rows"),
        (*exported, people["master"].pk, ""),
    ]


@pytest.mark.parametrize("many", [1, 30])
def test_the_list_takes_the_same_queries_for_one_and_for_thirty(
    staff, supervisor, many, django_assert_num_queries
):
    for number in range(many):
        alert(factories.make_student(f"s{number}@school.example"), advisor=staff[Role.ADVISOR])
    supervisor.get("/admin/students/")

    with django_assert_num_queries(14):
        assert len(supervisor.get(ALERTS).context["rows"]) == many


def test_an_alert_is_set_aside_on_the_students_page_and_taken_back(found, people, staff, advisor):
    page = f"/admin/students/{people['doctor'].pk}/"
    own = found["soon"]
    assert f'href="{ALERTS}{own.pk}/aside/"' in advisor.get(page).content.decode()

    answer = advisor.post(
        f"{ALERTS}{own.pk}/aside/", {"reason": "Renewal is filed.", "until": day(40)}
    )

    assert (answer.status_code, answer["Location"]) == (302, page)
    held = AlertOverride.objects.get(alert=own)
    assert (held.reason, held.until, held.by) == (
        *("Renewal is filed.", day(40), staff[Role.ADVISOR]),
    )
    words = "Set aside until November 14, 2026 by Office advisor: Renewal is filed."
    assert words in advisor.get(page).content.decode()

    advisor.post(f"{ALERTS}{own.pk}/back/")

    held.refresh_from_db()
    assert held.withdrawn_by == staff[Role.ADVISOR]
    words = "Earlier set aside until Nov 14, 2026 by Office advisor: Renewal is filed."
    assert words in advisor.get(page).content.decode()


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"reason": "", "until": "2026-10-30"}, {"reason": ["This field is required."]}),
        ({"reason": "Why", "until": ""}, {"until": ["This field is required."]}),
        (
            {"reason": "Why", "until": "2027-10-06"},
            {"until": ["Choose a day from today on, within one year."]},
        ),
        (
            {"reason": "Why", "until": "2026-10-04"},
            {"until": ["Choose a day from today on, within one year."]},
        ),
    ],
)
def test_a_mistake_says_what_to_change_and_keeps_what_was_typed(found, advisor, typed, errors):
    answer = advisor.post(f"{ALERTS}{found['soon'].pk}/aside/", typed)

    assert (answer.status_code, answer.context["form"].errors) == (422, errors)
    assert answer.context["form"]["reason"].value() == typed["reason"]


def test_what_is_cured_or_ones_own_is_not_there(found, staff, advisor):
    found["soon"].cured_at = "2026-10-05T10:00Z"
    found["soon"].save()
    found["worst"].record.__class__.objects.filter(pk=found["worst"].record_id).update(
        user=staff[Role.ADVISOR]
    )

    assert [
        advisor.get(f"{ALERTS}{found[name].pk}/aside/").status_code for name in ("soon", "worst")
    ] == [404, 404]


def test_the_dashboard_counts_what_is_mine_to_do(found, advisor, supervisor):
    pages = [client.get("/admin/").content.decode() for client in (advisor, supervisor)]
    links = [re.findall(rf'href="({ALERTS}[^"]+)">(?:<span[^>]*>)?(\d+)', page) for page in pages]

    assert (
        links
        == [[(f"{ALERTS}?standing=to_do", "2"), (f"{ALERTS}?standing=to_do&amp;severity=3", "1")]]
        * 2
    )
