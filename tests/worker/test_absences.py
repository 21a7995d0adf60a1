"""An absence: who works for whom meanwhile, what goes to the cover, and what comes back."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from isso.home.absence import cover_for
from isso.home.models import StaffMember
from isso.requests.absences import keep_with_somebody
from isso.requests.actor import Actor
from isso.requests.assigning import assign
from isso.requests.assignment import worked_on_by
from isso.requests.mails import readers_in_office
from isso.requests.models import Caseload, StudentRequest
from isso.requests.notices.models import Notice
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.perform import perform
from isso.requests.saved_views import in_view
from isso.tests import factories
from isso.tests.core.threads import at_once

MONDAY, FRIDAY = date(2026, 10, 5), date(2026, 10, 9)


def make_team():
    """Make Ana, to whom everybody belongs, and Jonas and Leila, who may cover."""
    team = {}
    for name in ("ana", "jonas", "leila"):
        email = f"{name}@staff.example"
        team[name] = factories.make_staff(Role.ADVISOR, email)
        User.objects.filter(pk=team[name].pk).update(full_name=name.capitalize())
        team[name].refresh_from_db()
        StaffMember.objects.create(name=name.capitalize(), title="Advisor", email=email)
    Caseload.objects.create(advisor=team["ana"], is_catch_all=True)
    return team


@pytest.fixture
def team(office):
    return make_team()


def go_away(name, cover, until=FRIDAY, since=MONDAY):
    people = {each.name: each for each in StaffMember.objects.all()}
    StaffMember.objects.filter(name=name).update(
        away_from=since, away_until=until, cover=people.get(cover)
    )


def a_request(number=1, **changes):
    return factories.make_request(factories.make_student(f"s{number}@school.example"), **changes)


def who_has(made):
    made = StudentRequest.objects.get(pk=made.pk)
    return made.assignee and str(made.assignee), made.covers_for and str(made.covers_for)


def mine(user):
    return set(in_view(StudentRequest.objects.all(), "mine", user))


def test_the_journey_of_an_absence(team, monday):
    in_hand = a_request(1, state="in_review", advisor=team["ana"])
    not_started = a_request(2)
    monday.shift(timedelta(days=1))
    go_away("Ana", "Jonas", since=date(2026, 10, 6))
    assert keep_with_somebody() == 0

    came, begun = a_request(3), a_request(4)
    begun = perform(begun, "start_review", Actor.for_user(team["jonas"]))

    # The cover sees and works on all of it; what Ana has in hand stays hers.
    assert [who_has(each) for each in (in_hand, not_started, came, begun)] == [
        ("Ana", None),
        ("Ana", None),
        ("Jonas", "Ana"),
        ("Jonas", "Ana"),
    ]
    assert mine(team["jonas"]) == {in_hand, not_started, came, begun}
    assert mine(team["leila"]) == set()
    (reader,) = readers_in_office(StudentRequest.objects.get(pk=in_hand.pk))
    assert (reader.email, reader.stands_in_for) == ("jonas@staff.example", "Ana")
    told = Notice.objects.get(key="office_new_in_queue", about=came.reference)
    assert (told.recipient, told.context["stands_in_for"]) == ("jonas@staff.example", "Ana")
    assert "You get this for Ana, who is away." in told.redacted().text

    monday.shift(timedelta(days=4))
    assert [keep_with_somebody(), keep_with_somebody()] == [1, 0]

    assert [who_has(each) for each in (in_hand, not_started, came, begun)] == [
        ("Ana", None),
        ("Ana", None),
        ("Ana", None),
        ("Jonas", None),
    ]
    assert mine(team["jonas"]) == {begun}
    last = came.history.last()
    assert (last.action, last.label, last.note, last.actor_kind, last.note_is_shown) == (
        "assign",
        "Assigned to Ana",
        "Ana is back.",
        "system",
        False,
    )


def test_what_came_to_somebody_already_away_is_passed_on_with_a_mail(team):
    made = a_request()
    go_away("Ana", "Jonas")
    Notice.objects.all().delete()

    assert [keep_with_somebody(), keep_with_somebody()] == [1, 0]

    assert who_has(made) == ("Jonas", "Ana")
    assert list(Notice.objects.values_list("key", "recipient")) == [
        ("assigned", "jonas@staff.example")
    ]
    assert made.history.last().note == "Ana is away until October 9."


def test_a_cover_who_goes_away_passes_it_on_and_it_still_comes_back(team, monday):
    go_away("Ana", "Jonas")
    made = a_request()
    go_away("Jonas", "Leila", until=None)

    assert keep_with_somebody() == 1
    assert who_has(made) == ("Leila", "Ana")
    assert mine(team["leila"]) == {made}

    monday.shift(timedelta(days=5))
    assert keep_with_somebody() == 1
    assert who_has(made) == ("Ana", None)


def test_what_a_supervisor_assigned_meanwhile_stays_there(team, monday):
    go_away("Ana", "Jonas")
    made = a_request()
    supervisor = Actor.for_user(factories.make_staff(Role.SUPERVISOR))
    assign(made, team["leila"], supervisor, "She knows the case.")

    monday.shift(timedelta(days=5))

    assert keep_with_somebody() == 0
    assert who_has(made) == ("Leila", None)


def test_without_a_cover_it_waits_for_who_is_away(team):
    go_away("Ana", None)
    made = a_request()

    assert keep_with_somebody() == 0
    assert who_has(made) == ("Ana", None)


def test_what_nobody_had_is_given_by_the_rules_of_today(office):
    made = a_request()
    assert who_has(made) == (None, None)
    assert keep_with_somebody() == 0

    make_team()

    assert [keep_with_somebody(), keep_with_somebody()] == [1, 0]
    assert who_has(made) == ("Ana", None)
    assert made.history.last().note == "By the caseloads of today."


absences = st.lists(st.tuples(st.booleans(), st.integers(-1, 3)), min_size=4, max_size=4)


@pytest.mark.django_db
@settings(max_examples=30)
@given(absences)
def test_everybody_s_work_is_worked_on_by_the_cover_that_visitors_are_told(absences):
    """A query says the same as the rule that follows the covers one by one."""
    StaffMember.objects.all().delete()
    User.objects.filter(email__endswith="@staff.example").delete()
    users = [factories.make_staff(Role.ADVISOR, f"u{n}@staff.example") for n in range(4)]
    people = [
        StaffMember.objects.create(name=f"P{n}", title="Advisor", email=f"u{n}@staff.example")
        for n in range(4)
    ]
    for person, (is_away, cover) in zip(people, absences, strict=True):
        person.away_from = timezone.localdate() if is_away else None
        person.cover = people[cover] if cover >= 0 and people[cover] != person else None
        person.save()

    for user in users:
        stand_in = next(each for each in users if each.email == cover_for(user.email))
        assert {"pk": user.pk} in worked_on_by(stand_in)
        others = [each for each in users if each not in (user, stand_in)]
        here = [each for each, (is_away, _c) in zip(users, absences, strict=True) if not is_away]
        for other in set(others) & set(here):
            assert {"pk": user.pk} not in worked_on_by(other)


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_requests_sent_while_an_absence_is_saved_all_end_with_the_cover(monday):
    factories.make_office()
    make_team()
    drafts = [
        factories.make_draft(factories.make_student(f"s{number}@school.example"))
        for number in range(11)
    ]

    def work(number):
        if number == 6:
            return go_away("Ana", "Jonas")
        if number in (7, 13):
            return keep_with_somebody()
        return factories.send(drafts[number if number < 6 else number - 2])

    at_once(14, work)
    keep_with_somebody()

    found = StudentRequest.objects.values_list("state", "assignee__email", "covers_for__email")
    assert set(found) == {("submitted", "jonas@staff.example", "ana@staff.example")}
    assert len(found) == 11
    assert keep_with_somebody() == 0
