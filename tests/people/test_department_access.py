"""Access for a department: the public form, the confirmed address, the decision, and its end."""

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Site

from isso.home.models import OfficeSettings
from isso.requests.notices.links import DeadLink, absolute_link
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.people.department_access import (
    LIFETIME,
    TOKENS,
    CannotDecide,
    approve,
    refuse,
)
from isso.requests.people.invitations import TOKENS as INVITATIONS
from isso.requests.people.models import AccessRequest, Invitation, RoleTerm, User
from isso.requests.people.roles import Role
from isso.requests.retention.purging import purge_unneeded
from isso.tests import factories
from isso.tests.access.fingerprint import changed, fingerprint

FORM, SENT = "/accounts/department-access/", "/accounts/department-access/sent/"
DAY = timedelta(days=1)
NEXT_SUMMER = date(2027, 6, 30)
TYPED = {
    "name": "Grace Whitfield",
    "email": "grace@school.example",
    "department": "Biology",
    "work": "I prepare their invitations.",
    "supervisor": "Dr. Lee, lee@school.example",
}


@pytest.fixture(autouse=True)
def _office(db, monday):
    site = Site.objects.get(is_default_site=True)
    OfficeSettings.objects.create(site=site, email="office@demo.example")


@pytest.fixture
def send(monday):
    """Open the form, wait, and send it; returns the answer."""

    def send(client=None, wait=20, **changes):
        client = client or Client()
        token = opened(client)
        monday.shift(wait)
        return client.post(FORM, TYPED | {"opened": token} | changes)

    return send


@pytest.fixture
def supervisor(db):
    """Who decides."""
    return factories.make_staff(Role.SUPERVISOR)


@pytest.fixture
def asked(send):
    """A request whose address is confirmed."""
    send()
    Client().post(link_of())
    return AccessRequest.objects.get()


def opened(client):
    return re.search(r'name="opened" value="([^"]+)"', client.get(FORM).content.decode())[1]


def link_of():
    notice = Notice.objects.filter(key="department_access_confirm").latest("created_at")
    return absolute_link(notice.links["link"]).removeprefix("http://testserver")


def problems(html):
    summary = re.search(r'<div class="error-summary".*?</div>', html, re.S)
    return re.findall(r"<li>\s*(?:<a [^>]*>)?([^<]*)", summary[0]) if summary else []


def mails():
    return sorted(Notice.objects.values_list("key", "recipient"))


def heading(answer):
    return answer.content.decode().partition("<h1>")[2].partition("</h1>")[0]


# Asking.


def test_from_the_form_to_the_page_of_the_department(send, supervisor, client):
    """The whole way: form, mail, confirmation, decision, invitation, the own page."""
    assert send()["Location"] == SENT
    assert heading(client.get(SENT)) == "Confirm your address"
    assert heading(client.post(link_of())) == "We have your request"
    [asked] = AccessRequest.objects.waiting()
    approve(asked, names=["Biology"], last_day=NEXT_SUMMER, by=supervisor)

    invitation = Invitation.objects.get()
    browser = Client()
    link = absolute_link(invitation.notice.links["link"]).removeprefix("http://testserver")
    answer = browser.post(link, follow=True)

    assert answer.request["PATH_INFO"] == "/portal/department/"
    assert answer.context["departments"] == ["Biology"]
    term = RoleTerm.objects.get()
    assert (term.role, term.last_day, term.given_by) == (Role.DEPARTMENT, NEXT_SUMMER, supervisor)
    assert mails() == [
        ("department_access_asked", "office@demo.example"),
        ("department_access_confirm", "grace@school.example"),
        ("department_welcome", "grace@school.example"),
    ]


def test_the_sign_in_page_and_the_help_page_lead_to_the_form(client):
    for page in ("/accounts/login/", "/accounts/help/"):
        assert f'href="{FORM}"' in client.get(page).content.decode()


# Whose address is typed → how the office knows it.
KNOWN = {
    "a stranger's": lambda: None,
    "a student's": lambda: factories.make_student(TYPED["email"]),
    "an advisor's": lambda: factories.make_staff(email=TYPED["email"]),
    "a closed account's": lambda: factories.make_user(TYPED["email"], is_active=False),
}


@pytest.mark.parametrize("whose", KNOWN)
def test_the_page_and_its_work_are_the_same_for_everybody(send, whose, django_assert_num_queries):
    KNOWN[whose]()
    client = Client()
    token = opened(client)
    client.get(FORM)
    before = fingerprint()
    data = TYPED | {"opened": token}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("isso.home.form_for_people.SHORTEST_SECONDS", -1)
        with django_assert_num_queries(QUERIES):
            answer = client.post(FORM, data)

    assert (answer.status_code, answer["Location"]) == (302, SENT)
    assert changed(before, fingerprint()) == ["notices_notice", "people_accessrequest"]
    assert mails() == [("department_access_confirm", TYPED["email"])]


QUERIES = 11


def test_the_mail_repeats_nothing_that_was_typed(send, mailoutbox):
    send()
    deliver_due()
    [message] = mailoutbox
    words = message.subject + message.body + message.alternatives[0][0]

    typed = [value for name, value in TYPED.items() if name != "email"]
    assert [each for each in typed if each in words] == []
    assert f"http://testserver{link_of()}" in message.body


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Fill in: Your name"),
        ({"name": "x" * 121}, "Your name: write at most 120 characters."),
        (
            {"email": "grace"},
            "“grace” is no e-mail address. Enter one such as name@example.edu.",
        ),
        ({"department": ""}, "Fill in: Your department"),
        (
            {"work": "x" * 1001},
            "Your work for visiting scholars: write at most 1000 characters.",
        ),
        ({"supervisor": " "}, "Fill in: Your supervisor"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_typed_is_lost(send, changes, sentence):
    answer = send(**changes)
    form = answer.context["form"]

    assert problems(answer.content.decode()) == [sentence]
    kept = {each.name: each.value() for each in form.asked}
    assert kept == TYPED | changes
    assert AccessRequest.objects.count() == 0


def test_machines_get_a_sentence_and_no_further(send):
    filled = send(website="https://spam.example")
    fast = send(wait=1)

    assert [len(each.context["form"].non_field_errors()) for each in (filled, fast)] == [1, 1]
    assert (AccessRequest.objects.count(), mails()) == (0, [])


def test_where_the_campus_has_addresses_it_is_one_of_them(send, settings):
    settings.OIDC_ISSUER = "https://campus.school.example"
    settings.OIDC_EMAIL_DOMAINS = ["school.example"]

    assert send(email="grace@mail.example").context["form"].errors == {
        "email": ["Use your address at the university. It ends with @school.example."]
    }
    assert send()["Location"] == SENT


def test_a_double_click_counts_once(monday):
    client = Client()
    data = TYPED | {"opened": opened(client)}
    monday.shift(20)
    for _press in range(2):
        assert client.post(FORM, data)["Location"] == SENT

    assert (AccessRequest.objects.count(), Notice.objects.count()) == (1, 1)


def test_one_address_gets_three_mails_an_hour_and_the_page_stays_the_same(send):
    answers = [send() for _time in range(5)]

    assert {(each.status_code, each["Location"]) for each in answers} == {(302, SENT)}
    assert AccessRequest.objects.count() == 3


def test_one_client_sends_so_many_and_no_other_is_stopped(send, settings):
    limits = {"department_access": "2/h/ip"}
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, **limits}
    answers = [send(email=f"p{number}@school.example").status_code for number in range(3)]

    assert answers == [302, 302, 429]


# Confirming.


def test_looking_changes_nothing_and_one_press_confirms(send, client):
    """Mail scanners open every link."""
    send()
    before = fingerprint()
    page = client.get(link_of())

    assert heading(page) == "Is this your request?"
    assert all(value in page.content.decode() for value in TYPED.values())
    assert changed(before, fingerprint()) == []
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == (
        "noindex, nofollow",
        "strict-origin",
    )

    link = link_of()
    client.post(link)
    again = client.post(link)

    assert (again.status_code, heading(again)) == (410, "Your address is confirmed")
    assert AccessRequest.objects.waiting().count() == 1
    assert Notice.objects.filter(key="department_access_asked").count() == 1


def test_links_that_open_nothing(send, client, monday):
    send()
    link, asked = link_of(), AccessRequest.objects.get()
    foreign = FORM + INVITATIONS.make(asked.pk, 1) + "/"
    found = [client.post(each).status_code for each in (link[:-3] + "/", foreign, FORM + "x/")]
    assert found == [404, 404, 404]

    monday.shift(LIFETIME)
    assert client.get(link).status_code == 200
    monday.shift(timedelta(seconds=1))
    assert (client.post(link).status_code, asked.confirmed_at) == (410, None)
    with pytest.raises(DeadLink):
        link_of()
    assert AccessRequest.objects.waiting().count() == 0

    AccessRequest.objects.all().delete()
    assert client.get(FORM + TOKENS.make(asked.pk, 1) + "/").status_code == 410


# Deciding.


def test_refusing_mails_the_reason_and_makes_no_account(asked, supervisor, mailoutbox):
    refuse(asked, reason="Your supervisor does not know of it.", by=supervisor)
    Notice.objects.exclude(key="department_access_refused").delete()
    deliver_due()

    [message] = mailoutbox
    assert message.to == ["Grace Whitfield <grace@school.example>"]
    assert "Our reason: Your supervisor does not know of it." in message.body
    assert User.objects.filter(email=TYPED["email"]).count() == 0


def test_who_has_an_account_keeps_it_and_is_told(asked, supervisor):
    user = factories.make_user(TYPED["email"], "Grace", last_login="2026-09-01T12:00Z")
    approve(asked, names=["Biology", "Physics"], last_day=NEXT_SUMMER, by=supervisor)

    notice = Notice.objects.get(key="department_access_given")
    assert (notice.recipient, notice.context["departments"], notice.context["last_day"]) == (
        user.email,
        "Biology, Physics",
        "June 30, 2027",
    )
    assert (Invitation.objects.count(), user.roles) == (0, {Role.DEPARTMENT})
    assert user.followed_departments == ["Biology", "Physics"]


def test_a_closed_account_stays_closed_and_nothing_is_given(asked, supervisor):
    user = factories.make_user(TYPED["email"], is_active=False)

    with pytest.raises(ValidationError):
        approve(asked, names=["Biology"], last_day=NEXT_SUMMER, by=supervisor)
    assert (user.roles, AccessRequest.objects.waiting().count()) == (frozenset(), 1)


def test_somebody_s_verified_personal_address_is_refused(asked, supervisor):
    factories.make_user("other@school.example", personal_email=TYPED["email"])

    with pytest.raises(ValidationError):
        approve(asked, names=["Biology"], last_day=NEXT_SUMMER, by=supervisor)
    assert AccessRequest.objects.waiting().count() == 1


def test_a_past_day_decides_nothing(asked, supervisor):
    with pytest.raises(ValidationError):
        approve(asked, names=["Biology"], last_day=date(2026, 10, 4), by=supervisor)

    assert (User.objects.filter(email=TYPED["email"]).count(), mails()[-1][0]) == (
        0,
        "department_access_confirm",
    )


def test_only_a_confirmed_request_is_decided_once_and_never_one_s_own(send, asked, supervisor):
    send(email=supervisor.email)
    unconfirmed = AccessRequest.objects.get(email=supervisor.email)
    with pytest.raises(CannotDecide, match="The address is not confirmed yet"):
        refuse(unconfirmed, reason="No", by=supervisor)
    Client().post(link_of())
    with pytest.raises(CannotDecide, match="This is your own request"):
        approve(unconfirmed, names=["Biology"], last_day=NEXT_SUMMER, by=supervisor)

    refuse(asked, reason="No", by=supervisor)
    with pytest.raises(CannotDecide, match="was faster"):
        approve(asked, names=["Biology"], last_day=NEXT_SUMMER, by=supervisor)


# Afterward.


def test_what_nobody_confirmed_goes_after_a_week_and_what_was_decided_after_a_year(
    send, asked, supervisor, monday
):
    send(email="else@school.example")
    refuse(asked, reason="No", by=supervisor)
    kept = []
    for days in (7, 1, 357, 1):
        monday.shift(days * DAY)
        purge_unneeded()
        kept.append(AccessRequest.objects.count())

    assert kept == [2, 1, 1, 0]


def test_what_waits_for_a_decision_stays(asked, monday):
    monday.shift(800 * DAY)
    purge_unneeded()

    assert AccessRequest.objects.get() == asked
