"""“I can't sign in”: one page for everybody, and a mail that says what is missing."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from isso.requests.notices.links import absolute_link
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.people import sign_in_help
from isso.requests.people.invitations import accept, invite
from isso.requests.people.models import Invitation, Purpose, SignInTrouble, User
from isso.requests.people.sign_in_answers import WORDS, Answer
from isso.requests.people.sign_in_help import answer_waiting
from isso.requests.retention.purging import purge_unneeded
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.factories import make_staff
from isso.tests.people.sign_in_cases import (
    CASES,
    DAY,
    EMAIL,
    account,
    expired,
    invited,
    moved,
    record,
    unconnected,
)

HELP, SENT = "/accounts/help/", "/accounts/help/sent/"

pytestmark = pytest.mark.usefixtures("office")


def ask(email, client=None, **extra):
    return (client or Client()).post(HELP, {"email": email}, **extra)


def answered(email=EMAIL):
    """Ask as a person does, let the worker run, and return what the office and the person read."""
    assert ask(email)["Location"] == SENT
    answer_waiting()
    trouble = SignInTrouble.objects.get(email=email.lower(), settled_at=None)
    notice = Notice.objects.filter(key="sign_in_help", recipient=email.lower()).last()
    return trouble, notice


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_mail_says_which_step_is_missing(case, settings):
    case(settings)
    trouble, notice = answered()
    answer, link = CASES[case]
    words = WORDS[Answer(answer)]

    assert trouble.answer == answer
    assert notice.context["sentence"] == str(words.sentence)
    assert notice.context["steps"] == [str(step) for step in words.steps]
    assert notice.links.get("link", [None])[0] == link


@pytest.mark.parametrize("case", [invited, expired, unconnected], ids=lambda case: case.__name__)
def test_the_link_in_the_mail_lets_the_person_in(case, settings):
    case(settings)
    _trouble, notice = answered()
    client = Client()

    client.post(absolute_link(notice.links["link"]).removeprefix("http://testserver"))

    assert client.session["_auth_user_id"] == str(User.objects.get(email=EMAIL).pk)


def test_the_mail_leaves_with_its_words_and_nobody_s_name_where_it_is_not_known():
    answered()
    deliver_due()
    [message] = mail.outbox

    assert message.to == [EMAIL]
    assert message.body.startswith(
        "Hello,\n\nSomebody, probably you, told us that this address cannot sign in.\n\n"
        "We have no account for this address.\n\n"
        "* Do you have another address, such as that of your university? Try that one.\n"
    )


def test_a_former_campus_address_learns_no_name(settings):
    moved(settings)

    assert answered()[1].recipient_name == ""


def test_the_office_finds_the_record():
    found = record()
    trouble, _notice = answered()

    assert (trouble.record_key, trouble.user) == (found.pk, None)


# The page: the same for everybody.


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.__name__)
def test_the_page_and_its_work_are_the_same_for_everybody(
    case, settings, django_assert_num_queries
):
    case(settings)
    client = Client()
    client.get(HELP)
    before = fingerprint()
    # The settings of the office; a transaction, who asked before, the row.
    with django_assert_num_queries(QUERIES):
        answer = ask(EMAIL, client)

    assert (answer.status_code, answer["Location"]) == (302, SENT)
    assert changed(before, fingerprint()) == ["people_signintrouble"]
    assert SignInTrouble.objects.get().answer == ""
    assert Notice.objects.filter(key="sign_in_help").count() == 0


QUERIES = 5


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type your e-mail address."),
        ("priya", "“priya” is no e-mail address. Enter one such as name@example.edu."),
        (
            "рriya@home.example",
            "“р” in рriya@home.example is not a plain Latin letter (cyrillic small letter er). "
            "Type the address again on a Latin keyboard.",
        ),
        ("a\0b@home.example", "Null characters are not allowed."),
        (
            "x" * 300 + "@home.example",
            "Ensure this value has at most 254 characters (it has 313).",
        ),
    ],
)
def test_what_is_no_address_is_named_and_stays_typed(typed, sentence):
    answer = ask(typed)

    assert answer.context["form"].errors == {"email": [sentence]}
    assert answer.context["form"]["email"].value() == typed
    assert SignInTrouble.objects.count() == 0


def test_capitals_and_spaces_do_not_make_another_address():
    accept(invite(account(), Purpose.STUDENT)[0])

    assert answered("  Priya@Home.example ".strip())[0].answer == "fine"


def test_a_plus_is_part_of_the_address():
    account(last_login=timezone.now())

    assert answered("priya+isso@home.example")[0].answer == "unknown"


# How often.


def test_asking_again_counts_up_and_mails_once_a_day(monday):
    for _each in range(3):
        trouble, _notice = answered()

    assert (trouble.tries, Notice.objects.filter(key="sign_in_help").count()) == (3, 1)

    monday.shift(DAY)
    trouble, _notice = answered()

    assert (trouble.tries, Notice.objects.filter(key="sign_in_help").count()) == (4, 2)


def test_who_was_helped_meanwhile_gets_the_new_answer_on_the_same_day():
    answered()
    invite(account(), Purpose.STUDENT)

    trouble, _notice = answered()

    assert trouble.answer == "invited"
    assert [each.context["sentence"] for each in Notice.objects.filter(key="sign_in_help")] == [
        str(WORDS[Answer.UNKNOWN].sentence),
        str(WORDS[Answer.INVITED].sentence),
    ]


def test_an_expired_invitation_is_made_anew_once():
    invitation, _is_sent = invite(account(), Purpose.STUDENT)
    invitation.created_at -= 40 * DAY
    invitation.expires_at = timezone.now() - DAY
    invitation.save()

    assert [answered()[0].answer for _each in range(2)] == ["expired", "invited"]

    invitation.refresh_from_db()
    assert invitation.link_number == 2


def test_one_address_is_written_down_five_times_an_hour_and_the_page_stays_the_same():
    answers = [ask(EMAIL) for _each in range(7)]

    assert {(each.status_code, each["Location"]) for each in answers} == {(302, SENT)}
    assert SignInTrouble.objects.get().tries == 5


def test_one_client_asks_about_so_many_addresses_and_no_other_is_stopped(settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_in_help": "2/h/ip"}
    answers = [ask(f"p{number}@home.example").status_code for number in range(3)]

    assert answers == [302, 302, 429]
    assert ask(EMAIL, REMOTE_ADDR="192.0.2.7").status_code == 302


def test_a_forged_header_is_no_other_client(settings):
    """case_34: only our own proxies are believed."""
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sign_in_help": "1/h/ip"}
    answers = [
        ask(f"p{number}@home.example", headers={"x-forwarded-for": f"198.51.100.{number}"})
        for number in range(2)
    ]

    assert [each.status_code for each in answers] == [302, 429]


def test_strangers_beyond_the_day_s_number_are_listed_and_get_no_mail(monkeypatch):
    monkeypatch.setattr(sign_in_help, "STRANGERS_A_DAY", 2)
    accept(invite(account(), Purpose.STUDENT)[0])
    for number in range(3):
        answered(f"p{number}@home.example")
    answered()

    told = SignInTrouble.objects.order_by("pk").values_list("mailed_at", flat=True)
    assert [at is not None for at in told] == [True, True, False, True]
    assert Notice.objects.filter(key="sign_in_help").count() == 3


# Afterward.


def test_what_is_dealt_with_begins_anew_when_somebody_asks_again():
    advisor = make_staff()
    trouble, _notice = answered()
    sign_in_help.settle(trouble, by=advisor)
    again, _notice = answered()

    assert (trouble.pk != again.pk, again.tries) == (True, 1)
    trouble.refresh_from_db()
    assert trouble.settled_by == advisor


def test_a_trouble_is_kept_for_180_days(monday):
    answered("old@home.example")
    monday.shift(180 * DAY)
    answered("new@home.example")
    purge_unneeded()

    assert SignInTrouble.objects.count() == 2

    monday.shift(DAY)
    purge_unneeded()

    assert SignInTrouble.objects.get().email == "new@home.example"


def test_one_that_cannot_be_answered_keeps_no_other_from_its_turn(monday, caplog):
    """Its invitation has run out, and is of a purpose that nobody can be invited for any more."""
    broken, _is_new = invite(account(), Purpose.STUDENT)
    Invitation.objects.filter(pk=broken.pk).update(purpose="forgotten")
    monday.shift(timedelta(days=31))
    ask(EMAIL)
    ask("new@home.example")
    answer_waiting()

    told = SignInTrouble.objects.order_by("pk").values_list("email", "answer", "waits")
    assert list(told) == [(EMAIL, "", True), ("new@home.example", "unknown", False)]
    assert [record.levelname for record in caplog.records] == ["ERROR"]
