"""When the campus account goes, the personal address opens the portal, and nothing is lost."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone

from isso.requests.notices.models import Notice
from isso.requests.people import campus, sign_in_help
from isso.requests.people.invitations import invite
from isso.requests.people.models import BrowserSession, Invitation, SignInTrouble, User
from isso.requests.people.personal_email import confirm, end_campus_account, stranded
from isso.requests.people.roles import Role
from isso.requests.records.campus_end import end_campus_accounts
from isso.requests.records.models import RecordChange, StudentRecord
from isso.tests.factories import make_staff, make_student, make_user

CAMPUS, HOME = "amara@school.example", "amara+isso@home.example"
LOGIN = "/accounts/login/"

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture(autouse=True)
def campus_domain(settings):
    """The office has a campus sign-in, which nobody follows here."""
    settings.OIDC_ISSUER = "https://campus.school.example"
    settings.OIDC_EMAIL_DOMAINS = ["school.example"]


@pytest.fixture
def amara():
    """A student who signs in at the campus."""
    user = make_student(CAMPUS).user
    campus.bind(user, "amara-at-campus")
    return user


@pytest.fixture
def ready(amara):
    """The same, with a confirmed personal address."""
    confirm(amara, HOME)
    User.objects.filter(pk=amara.pk).update(last_login=timezone.now())
    Notice.objects.all().delete()
    return User.objects.get(pk=amara.pk)


def login_of(user):
    user = User.objects.get(pk=user.pk)
    return user.email, user.campus_email, campus.is_bound(user), user.campus_ended_at is not None


def told():
    return sorted(Notice.objects.values_list("key", "recipient"))


MOVED = (HOME, CAMPUS, False, True)
BOTH_TOLD = [("campus_login_ended", CAMPUS), ("personal_email_in_use", HOME)]


def test_the_personal_address_takes_over(ready):
    browser = Client()
    browser.force_login(ready)
    invite(ready, "student")
    Notice.objects.all().delete()

    end_campus_account(ready)

    assert login_of(ready) == MOVED
    assert told() == BOTH_TOLD
    assert BrowserSession.objects.filter(user=ready).count() == 0
    assert Invitation.objects.unanswered().count() == 0
    # The campus mailbox may be somebody else's by now.
    assert Notice.objects.get(recipient=CAMPUS).context["name"] == ""


def test_afterwards_a_code_goes_to_the_personal_address_and_none_to_the_old_one(ready, settings):
    end_campus_account(ready)
    Notice.objects.all().delete()

    Client().post(LOGIN, {"login": HOME.title()})
    settings.OIDC_EMAIL_DOMAINS = []  # else the domain would lead to the campus, whoever it is
    Client().post(LOGIN, {"login": CAMPUS})

    assert told() == [("sign_in_code", HOME)]
    assert campus.person_of("amara-at-campus") is None


@pytest.mark.parametrize(("email", "answer"), [(HOME, "fine"), (CAMPUS, "moved")])
def test_who_cannot_sign_in_reads_where_the_account_is(ready, email, answer):
    end_campus_account(ready)

    sign_in_help.note_trouble(email)
    sign_in_help.answer_waiting()

    trouble = SignInTrouble.objects.get()
    assert (trouble.answer, trouble.user) == (answer, ready)


def test_twice_is_once(ready):
    end_campus_account(ready)
    before = User.objects.get(pk=ready.pk).campus_ended_at

    end_campus_account(ready)

    assert (login_of(ready), told()) == (MOVED, BOTH_TOLD)
    assert User.objects.get(pk=ready.pk).campus_ended_at == before


def test_the_record_follows_with_a_line_in_its_history(ready):
    advisor = make_staff(Role.ADVISOR)

    end_campus_account(ready, by=advisor)

    record = StudentRecord.objects.get(user=ready)
    change = RecordChange.objects.get(field="email")
    assert (record.email, change.old, change.new, change.by) == (HOME, CAMPUS, HOME, advisor)


def test_a_record_that_names_another_address_keeps_it(ready):
    StudentRecord.objects.filter(user=ready).update(email="dorm@school.example")

    end_campus_account(ready)

    assert StudentRecord.objects.get(user=ready).email == "dorm@school.example"


def test_without_a_confirmed_address_nothing_changes_and_the_office_sees_it(amara):
    end_campus_account(amara)

    assert login_of(amara) == (CAMPUS, "", True, True)
    assert (list(stranded()), told()) == ([amara], [])


def test_confirmed_afterwards_it_takes_over_at_once(amara):
    end_campus_account(amara)

    confirm(amara, HOME)

    assert (login_of(amara), told(), list(stranded())) == (MOVED, BOTH_TOLD, [])


def test_whoever_has_moved_asks_the_office_for_another_address(ready):
    end_campus_account(ready)
    browser = Client()
    browser.force_login(User.objects.get(pk=ready.pk))

    browser.post("/accounts/personal-email/", {"email": "other@home.example"})
    with pytest.raises(ValidationError):
        confirm(ready, "other@home.example")

    assert (login_of(ready), told()) == (MOVED, BOTH_TOLD)


def test_an_address_that_became_anothers_moves_nobody(ready):
    make_user(HOME, "Somebody Else")

    end_campus_account(ready)

    assert login_of(ready) == (CAMPUS, "", True, True)
    assert (list(stranded()), told()) == ([ready], [])


def test_staff_never_move_to_an_address_that_takes_codes(ready):
    ready.groups.set(make_staff(Role.ADVISOR).groups.all())

    end_campus_account(ready)

    assert login_of(ready) == (CAMPUS, "", True, True)


@pytest.mark.parametrize(
    ("last_day", "ends"),
    [
        (None, False),
        (date(2026, 10, 4), True),
        (date(2026, 10, 5), True),
        (date(2026, 10, 6), False),
    ],
)
def test_the_worker_ends_an_account_on_its_day(ready, last_day, ends):
    StudentRecord.objects.filter(user=ready).update(campus_account_end=last_day)

    assert end_campus_accounts() == ends
    assert end_campus_accounts() == 0
    assert login_of(ready) == (MOVED if ends else (CAMPUS, "", True, False))


def test_somebody_without_an_account_stops_nobody(ready):
    unknown = make_student("nils@school.example")
    StudentRecord.objects.filter(pk=unknown.pk).update(user=None)
    StudentRecord.objects.update(campus_account_end=timezone.localdate())

    assert end_campus_accounts() == 1
