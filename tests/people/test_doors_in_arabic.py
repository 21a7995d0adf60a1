"""The doors in the second language: sign-in, a code, an invitation, help, sessions."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.models import Locale, Site

from isso.requests.notices.links import absolute_link
from isso.requests.people.invitations import invite
from isso.requests.people.models import Purpose, SignInTrouble
from isso.tests.factories import make_student

pytestmark = pytest.mark.usefixtures("office")

# Door → its heading.
DOORS = {
    "/accounts/login/": "تسجيل الدخول",
    "/accounts/help/": "لا أستطيع تسجيل الدخول",
    "/accounts/help/sent/": "انظر في بريدك الإلكتروني",
    "/accounts/invitation/no-such-link/": "هذا الرابط لا يعمل",
}


@pytest.fixture
def arabic(office):
    """The office has a home page in Arabic."""
    home = Site.objects.get(is_default_site=True).root_page
    translated = home.copy_for_translation(Locale.objects.create(language_code="ar"))
    translated.live = True
    translated.save()


def soup(answer):
    return BeautifulSoup(answer.content, "html.parser")


def other_language(page):
    return [(link["href"], link["lang"]) for link in page.select("main nav a[hreflang]")]


@pytest.mark.parametrize("door", DOORS)
def test_the_address_says_the_language_and_leads_to_the_other(client, arabic, door, settings):
    settings.PAGE_CACHE = True
    english, answer = soup(client.get(door)), client.get(f"/ar{door}")
    page = soup(answer)

    assert (page.html["lang"], page.html["dir"], page.h1.get_text()) == ("ar", "rtl", DOORS[door])
    assert (other_language(page), other_language(english)) == (
        [(door, "en-us")],
        [(f"/ar{door}", "ar")],
    )
    assert "no-store" in answer["Cache-Control"]
    assert "X-Page-Cache" not in answer


@pytest.mark.parametrize("door", DOORS)
def test_an_office_without_arabic_pages_has_no_such_doors(client, door):
    assert client.get(f"/ar{door}").status_code == 404
    assert other_language(soup(client.get(door))) == []


def test_where_somebody_was_going_is_kept_in_the_other_language(client, arabic):
    page = soup(client.get("/accounts/login/?next=/portal/profile/"))

    assert other_language(page) == [("/ar/accounts/login/?next=/portal/profile/", "ar")]


def test_asking_for_help_stays_in_the_language(client, arabic):
    refused = client.post("/ar/accounts/help/", {"email": "priya"})
    taken = client.post("/ar/accounts/help/", {"email": "priya@home.example"})

    assert refused.context["form"].errors == {
        "email": ["«priya» ليس عنوان بريد إلكتروني. أدخل عنوانًا مثل name@example.edu."]
    }
    assert taken["Location"] == "/ar/accounts/help/sent/"
    assert SignInTrouble.objects.get().email == "priya@home.example"


def test_signing_in_by_code_stays_in_the_language_as_far_as_the_portal(client, arabic, settings):
    settings.PASSWORD_SIGN_IN = True
    user = make_student().user
    asked = client.post("/ar/accounts/login/", {"login": user.email, "password": ""})
    assert asked["Location"].startswith("/ar/accounts/login/code/confirm/")
    assert soup(client.get(asked["Location"])).h1.get_text() == "أدخل الرمز"

    entered = client.post("/ar/accounts/login/", {"login": user.email, "password": "demo"})
    assert entered["Location"] == "/portal/"


def test_an_invitation_is_accepted_in_the_language(client, arabic):
    invitation, _is_sent = invite(make_student().user, Purpose.STUDENT)
    link = absolute_link(["invitation", invitation.pk, invitation.link_number])
    address = f"/ar{link.removeprefix('http://testserver')}"
    page = soup(client.get(address))

    assert (page.h1.get_text(), other_language(page)) == ("دعوتك", [(address[3:], "en-us")])
    assert client.post(address)["Location"] == "/portal/"
    assert soup(client.get(address)).h1.get_text() == "قُبلت هذه الدعوة من قبل"


def test_the_browsers_one_is_signed_in_with_are_listed_and_signed_out(client, arabic):
    user = make_student().user
    for browser in (Client(), Client(), client):
        browser.force_login(user)
    page = soup(client.get("/ar/accounts/sessions/"))
    ended = client.post("/ar/accounts/sessions/end/", follow=True)

    assert page.h1.get_text() == "أين سجّلت الدخول"
    assert page.select_one("section p").get_text() == (
        "سُجّل الدخول في أكتوبر 5, 10:00 ص، وآخر استعمال في أكتوبر 5, 10:00 ص."
    )
    assert [str(each) for each in ended.context["messages"]] == ["سُجّل خروج متصفحين."]
    assert ended.redirect_chain == [("/ar/accounts/sessions/", 302)]


def test_who_is_not_signed_in_is_asked_to_in_the_language_and_comes_back(client, arabic):
    answer = client.get("/ar/accounts/sessions/")

    assert answer["Location"] == "/ar/accounts/login/?next=/ar/accounts/sessions/"


@pytest.mark.parametrize("address", ["/ar/accounts/campus/", "/ar/accounts/2fa/", "/ar/portal/"])
def test_nothing_else_has_a_second_address(client, arabic, address):
    """What guards these compares their one address."""
    assert client.get(address).status_code == 404
