"""Roles until when: the last day counts whole, and nothing after it, anywhere."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.contrib.auth.models import Group
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.models import Page

from isso.requests.notices.models import Notice
from isso.requests.people.models import RoleTerm, User
from isso.requests.people.role_terms import end_run_out, give_role, take_role, warn_of_ends
from isso.requests.people.roles import Role, may_read_cases
from isso.tests.factories import make_staff

pytestmark = pytest.mark.django_db

ZONE = ZoneInfo("America/New_York")
FRIDAY = date(2026, 10, 9)


def group(role):
    return Group.objects.get(name=role)


@pytest.fixture
def admin(admin_user, monday):
    """Who gives roles."""
    return admin_user


@pytest.fixture
def advisor(admin):
    """An advisor until Friday."""
    user = make_staff(Role.ADVISOR)
    give_role(user, group(Role.ADVISOR), last_day=FRIDAY, by=admin, reason="Cover for leave")
    return user


def again(user):
    """Read a person anew, as another process would."""
    return User.objects.get(pk=user.pk)


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ((2026, 10, 9, 0, 0, 0), True),
        ((2026, 10, 9, 23, 59, 59), True),
        ((2026, 10, 10, 0, 0, 0), False),
        ((2026, 12, 24, 12, 0, 0), False),
    ],
)
def test_a_role_ends_with_its_last_day_before_any_worker_runs(
    client, monday, advisor, moment, opens
):
    monday.move_to(datetime(*moment, tzinfo=ZONE))
    client.force_login(advisor)

    assert may_read_cases(again(advisor)) == opens
    assert again(advisor).has_perm("records.view_studentrecord") == opens
    assert (client.get("/admin/students/").status_code == 200) == opens


def test_somebody_signed_in_over_midnight_loses_it_with_the_next_request(client, monday, advisor):
    monday.move_to(datetime(2026, 10, 9, 23, 50, tzinfo=ZONE))
    client.force_login(advisor)
    before = client.get("/admin/students/").status_code
    monday.shift(timedelta(minutes=10))

    assert (before, client.get("/admin/students/").status_code) == (200, 302)
    assert not again(advisor).groups.exists()


def test_wagtails_pages_end_with_it_too(client, monday, admin):
    editor = make_staff(Role.EDITOR)
    give_role(editor, group(Role.EDITOR), last_day=FRIDAY, by=admin, reason="Internship")
    home = Page.objects.get(depth=2)
    client.force_login(editor)
    answers = [client.get(f"/admin/pages/{home.pk}/edit/").status_code]
    monday.move_to(datetime(2026, 10, 10, 0, 0, 1, tzinfo=ZONE))
    client.force_login(editor)
    answers.append(client.get(f"/admin/pages/{home.pk}/edit/").status_code)

    assert answers == [200, 302]


@given(
    last_day=st.dates(date(2026, 10, 1), date(2027, 4, 1)),
    moment=st.datetimes(
        datetime(2026, 10, 1), datetime(2027, 4, 1), timezones=st.just(ZoneInfo("UTC"))
    ),
)
@settings(
    max_examples=25,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_the_day_is_the_offices_day_at_every_moment(advisor, last_day, moment):
    RoleTerm.objects.update(last_day=last_day)
    with time_machine.travel(moment, tick=False):
        held = Role.ADVISOR in again(advisor).roles
        is_run_out = RoleTerm.objects.run_out().exists()

    assert held == (moment.astimezone(ZONE).date() <= last_day)
    assert is_run_out != held


def test_the_worker_takes_what_has_run_out_once_and_writes_it_down(monday, advisor):
    done = [end_run_out()]
    monday.move_to(datetime(2026, 10, 10, 0, 1, tzinfo=ZONE))
    done += [end_run_out(), end_run_out()]

    assert done == [0, 1, 0]
    assert not advisor.groups.exists()
    term = RoleTerm.objects.get()
    assert (term.role, term.ended_by, term.ended_at) == ("advisor", None, timezone.now())


def test_a_role_without_an_end_or_without_a_term_stays(monday, admin):
    with_term, without = make_staff(Role.ADVISOR), make_staff(Role.EDITOR)
    give_role(with_term, group(Role.ADVISOR), by=admin, reason="New colleague")
    monday.shift(timedelta(days=4000))

    assert end_run_out() == 0
    assert (again(with_term).roles, again(without).roles) == ({"advisor"}, {"editor"})


def test_a_later_last_day_goes_on_without_a_gap_and_both_stand_in_the_history(advisor, admin):
    give_role(
        advisor,
        group(Role.ADVISOR),
        last_day=date(2026, 10, 30),
        by=admin,
        reason="Longer leave",
    )

    assert again(advisor).roles == {"advisor"}
    assert list(RoleTerm.objects.values_list("last_day", "reason", "end_reason", "ended_by")) == [
        (date(2026, 10, 30), "Longer leave", "", None),
        (FRIDAY, "Cover for leave", "Longer leave", admin.pk),
    ]


def test_taking_a_role_names_who_and_why(advisor, admin):
    take_role(advisor, group(Role.ADVISOR), by=admin, reason="Back from leave")

    assert again(advisor).roles == set()
    term = RoleTerm.objects.get()
    assert (term.ended_by, term.end_reason) == (admin, "Back from leave")


def test_a_last_day_in_the_past_is_refused_in_words(advisor, admin):
    with pytest.raises(ValidationError) as refused:
        give_role(
            advisor, group(Role.ADVISOR), last_day=date(2026, 10, 4), by=admin, reason="Mistake"
        )

    assert refused.value.message_dict == {
        "last_day": ["Enter today or a later day as the last day."]
    }
    assert RoleTerm.objects.get().last_day == FRIDAY


def test_two_weeks_before_holder_and_supervisors_are_told_once(monday, admin):
    advisor = make_staff(Role.ADVISOR)
    make_staff(Role.SUPERVISOR)
    give_role(
        advisor, group(Role.ADVISOR), last_day=date(2026, 10, 20), by=admin, reason="Internship"
    )
    warn_of_ends()
    mails = [Notice.objects.count()]
    monday.shift(timedelta(days=1))
    for _hour in range(2):
        warn_of_ends()
        mails.append(Notice.objects.count())

    assert mails == [0, 2, 2]
    assert set(Notice.objects.values_list("key", "recipient")) == {
        ("role_ends", "advisor@staff.example"),
        ("role_ends", "supervisor@staff.example"),
    }
