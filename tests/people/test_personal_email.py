"""The personal address: typed, proven by a code, and nobody's business before it is needed."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client
from django.utils import timezone

from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.people import campus
from isso.requests.people.models import User
from isso.requests.people.personal_email import is_asked_of
from isso.requests.people.roles import Role
from isso.tests.factories import make_staff, make_user

PAGE, CODE = "/accounts/personal-email/", "/accounts/personal-email/code/"
HOME = "amara@home.example"

pytestmark = pytest.mark.usefixtures("office")


@pytest.fixture(autouse=True)
def campus_domain(settings):
    """The office has a campus sign-in, which nobody follows here."""
    settings.OIDC_ISSUER = "https://campus.school.example"
    settings.OIDC_EMAIL_DOMAINS = ["school.example"]


@pytest.fixture
def amara():
    return make_user("amara@school.example", "Amara Okoye")


def browser(user):
    client = Client()
    client.force_login(user)
    return client


def ask(client, email=HOME):
    """Type an address; return the code that is mailed there, or how the page refuses."""
    mail.outbox.clear()
    answer = client.post(PAGE, {"email": email})
    deliver_due()
    bodies = [each.body for each in mail.outbox if each.subject.startswith("Use now: Your code")]
    codes = [re.search(r"^([A-Z0-9]{3,}-?[A-Z0-9]+)$", body, re.M)[1] for body in bodies]
    return codes[0] if codes else answer.status_code


def type_code(client, code):
    return [
        str(each) for each in client.post(CODE, {"code": code}, follow=True).context["messages"]
    ]


def address_of(user):
    user = User.objects.get(pk=user.pk)
    return user.email, user.personal_email, user.personal_email_verified_at is not None


def told():
    return sorted(Notice.objects.exclude(key="personal_email_code").values_list("key", "recipient"))


def test_a_code_confirms_the_address_once_and_the_login_is_told(amara):
    client = browser(amara)
    code = ask(client, "  Amara+Isso@HOME.example ")

    assert address_of(amara) == (amara.email, "", False)
    assert type_code(client, code.lower()) == [
        "amara+isso@home.example is confirmed as your personal address."
    ]
    assert address_of(amara) == (amara.email, "amara+isso@home.example", True)
    assert told() == [("personal_email_confirmed", amara.email)]
    assert client.get(CODE)["Location"] == PAGE


def test_it_opens_nothing_while_the_campus_account_lasts(amara):
    client = browser(amara)
    type_code(client, ask(client))
    before = Notice.objects.count()

    Client().post("/accounts/login/", {"login": HOME})

    assert Notice.objects.count() == before


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type your personal e-mail address."),
        (
            "Amara@School.Example",
            "amara@school.example ends when your studies do. Type an address outside the "
            "university.",
        ),
        ("amara", "“amara” is no e-mail address. Enter one such as name@example.edu."),
        (
            "аmara@home.example",
            "“а” in аmara@home.example is not a plain Latin letter (cyrillic small letter a). "
            "Type the address again on a Latin keyboard.",
        ),
    ],
)
def test_what_is_refused_says_why_and_keeps_what_was_typed(amara, typed, sentence):
    page = browser(amara).post(PAGE, {"email": typed})

    assert page.context["form"].errors == {"email": [sentence]}
    assert page.context["form"]["email"].value() == typed
    assert Notice.objects.count() == 0


def test_an_address_too_long_is_refused(amara):
    page = browser(amara).post(PAGE, {"email": f"{'a' * 250}@home.example"})

    assert [*page.context["form"].errors] == ["email"]


def taken_addresses():
    make_user("login@home.example", "Login")
    make_user("x@school.example", "X", personal_email="Personal@home.example")
    return ["login@home.example", "personal@home.example"]


def test_the_page_tells_nobody_whose_an_address_is(amara):
    """The mail alone says it, without a name, to whoever reads that address."""
    taken = taken_addresses()
    seen = set()
    for email in [*taken, "free@home.example"]:
        client = browser(amara)
        client.post(PAGE, {"email": email})
        page = client.get(CODE).content.decode().replace(email, "")
        seen.add(re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", page))
        wrong = client.post(CODE, {"code": "AAA-AAA"})
        seen.add(str(wrong.context["form"].errors))

    assert len(seen) == 2
    assert told() == [("personal_email_taken", email) for email in taken]
    notice = Notice.objects.filter(key="personal_email_taken").first()
    assert (notice.recipient_name, notice.context["name"]) == ("", "")


def test_an_address_taken_while_the_code_was_on_its_way(amara):
    client = browser(amara)
    code = ask(client)
    make_user("nils@school.example", "Nils", personal_email=HOME)

    assert type_code(client, code) == [
        "This address cannot be used for your account. Type another one."
    ]
    assert address_of(amara) == (amara.email, "", False)


def test_three_wrong_codes_then_a_new_one_is_needed(amara):
    client = browser(amara)
    code = ask(client)
    wrong = [client.post(CODE, {"code": "AAA-AAA"}).context["form"].errors for _try in range(3)]

    assert wrong == [{"code": ["This is not the code of our newest e-mail. Type it again."]}] * 3
    assert type_code(client, code) == ["The code was wrong three times. Ask for a new one."]
    assert client.get(PAGE).context["form"]["email"].value() == HOME
    type_code(client, ask(client))
    assert address_of(amara) == (amara.email, HOME, True)


def test_a_code_works_for_ten_minutes(amara):
    client = browser(amara)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        code = ask(client)
        clock.shift(601)
        assert type_code(client, code) == ["The code worked for ten minutes. Ask for a new one."]

    assert address_of(amara) == (amara.email, "", False)


def test_an_old_code_and_one_of_another_browser_confirm_nothing(amara):
    client, other = browser(amara), browser(amara)
    old, others = ask(client), ask(other)
    ask(client)
    for code in (old, others, "", "\0", "é"):
        client.post(CODE, {"code": code})

    assert address_of(amara) == (amara.email, "", False)


def test_the_address_of_before_hears_that_another_took_its_place(amara):
    client = browser(amara)
    for email in (HOME, "new@home.example"):
        type_code(client, ask(client, email))

    assert address_of(amara) == (amara.email, "new@home.example", True)
    assert told() == [
        ("personal_email_confirmed", amara.email),
        ("personal_email_confirmed", amara.email),
        ("personal_email_replaced", HOME),
    ]


def test_five_mails_an_hour_go_to_one_address_whoever_asks(amara):
    for number in range(7):
        ask(browser(make_user(f"s{number}@school.example")))

    assert Notice.objects.filter(recipient=HOME).count() == 5


def test_one_person_asks_ten_times_an_hour(amara):
    client = browser(amara)

    found = [ask(client, f"a{number}@home.example") for number in range(11)]

    assert [each for each in found if isinstance(each, int)] == [429]


@pytest.mark.parametrize("role", [Role.ADVISOR, Role.EDITOR, Role.DEPARTMENT, Role.HR])
@pytest.mark.parametrize("page", [PAGE, CODE])
def test_who_works_here_has_no_such_page(role, page):
    client = browser(make_staff(role))

    answers = [client.get(page).status_code, client.post(page, {"email": HOME}).status_code]
    assert (answers, Notice.objects.count()) == ([404, 404], 0)


def test_a_stranger_signs_in_first(client):
    assert client.get(PAGE)["Location"] == f"/accounts/login/?next={PAGE}"


# Who → whether the login ends with the studies.
ASKED = {
    "with a campus address": True,
    "bound under a private address": True,
    "with a private address": False,
    "who has confirmed one": False,
    "who has moved": False,
    "staff": False,
}


@pytest.mark.parametrize(("who", "asked"), ASKED.items())
def test_who_is_asked(who, asked):
    now = timezone.now()
    private = {"email": "p@mail.example"}
    fields = {
        "bound under a private address": private,
        "with a private address": private,
        "who has confirmed one": {"personal_email": HOME, "personal_email_verified_at": now},
        "who has moved": private | {"campus_email": "p@school.example", "campus_ended_at": now},
    }
    if who == "staff":
        user = make_staff(Role.ADVISOR, "advisor@school.example")
    else:
        user = make_user(**{"email": "p@school.example"} | fields.get(who, {}))
    if who.startswith("bound"):
        campus.bind(user, "p-at-campus")

    assert is_asked_of(user) is asked


def test_without_a_campus_sign_in_everybody_is_asked_and_may_keep_the_own_address(settings):
    settings.OIDC_ISSUER = ""
    user = make_user("p@mail.example")
    client = browser(user)
    assert is_asked_of(user)

    type_code(client, ask(client, user.email))

    assert address_of(user) == (user.email, user.email, True)
    assert (is_asked_of(User.objects.get(pk=user.pk)), told()) == (False, [])
