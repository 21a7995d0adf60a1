"""Every error page names a code and who helps, and the code leads to the lines of the log."""

import json
import logging
import re

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.http import Http404
from django.test import Client
from django.urls import path

from isso.home.models import OfficeSettings
from isso.site import log_lines
from isso.site.urls import handler500, urlpatterns  # noqa: F401 (Django looks for it here)
from isso.tests.factories import make_office, make_staff

pytestmark = pytest.mark.urls(__name__)

CODE = re.compile(r'<strong class="error-code" dir="ltr">([^<]+)</strong>')
EMAIL, PHONE = "help@school.example", "+1 555 010 0100"


def raises(error):
    """A view that fails in one way."""

    def view(request):
        raise error

    return view


def writes_and_fails(request):
    """A view that says something on the way, as code of ours does."""
    logging.getLogger("isso.test").warning("Half of it is done.")
    raise ZeroDivisionError


urlpatterns = [
    path("bad/", raises(SuspiciousOperation())),
    path("forbidden/", raises(PermissionDenied())),
    path("missing/", raises(Http404())),
    path("broken/", writes_and_fails),
    path("away/", raises(OperationalError())),
    *urlpatterns,
]

ERRORS = [
    ("get", "/bad/", 400),
    ("get", "/forbidden/", 403),
    ("post", "/accounts/login/", 403),  # without the token of the form
    ("get", "/missing/", 404),
    ("get", "/no-such-page/", 404),
    ("get", "/broken/", 500),
    ("get", "/away/", 503),
    ("get", "/accounts/inactive/", 200),
    ("get", "/accounts/invitation/cut-off/", 404),
    ("get", "/portal/approvals/cut-off/", 404),
]


@pytest.fixture
def office(db):
    """An office with an e-mail address and a phone."""
    make_office()
    OfficeSettings.objects.update(email=EMAIL, portal_email="", phone=PHONE)


@pytest.fixture
def lines():
    """The lines that production would write, as they are written."""
    config = log_lines.settings("INFO")["formatters"]["json"] | {}
    handler = Kept(config.pop("()")(**config))
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler.lines
    root.removeHandler(handler)
    root.setLevel(level)


class Kept(logging.Handler):
    """Keep each line as it leaves."""

    def __init__(self, formatter):
        super().__init__()
        self.setFormatter(formatter)
        self.lines = []

    def emit(self, record):
        self.lines.append(json.loads(self.format(record)))


def ask(method, address):
    visitor = Client(enforce_csrf_checks=True, raise_request_exception=False)
    return getattr(visitor, method)(address)


@pytest.mark.parametrize(("method", "address", "status"), ERRORS)
def test_an_error_page_names_its_code_and_who_helps(office, lines, method, address, status):
    answer = ask(method, address)
    html = answer.content.decode()
    [code] = CODE.findall(html)
    [line] = [line for line in lines if line["event"] == "request"]

    assert (answer.status_code, line["status"], line["error_code"]) == (status, status, code)
    assert re.fullmatch(r"[2-9B-Z]{4}-[2-9B-Z]{4}", code)
    assert {f'href="mailto:{EMAIL}"', f'href="tel:{PHONE}"', 'href="/contact/"'} <= set(
        re.findall(r'href="[^"]*"', html)
    )


def test_too_many_tries_have_a_code_too(office, lines, settings):
    settings.ACCOUNT_RATE_LIMITS = {"sign_in_help": "1/h/ip"}
    answers = [Client().post("/accounts/help/", {"email": "a@home.example"}) for _try in range(2)]
    [code] = CODE.findall(answers[1].content.decode())

    assert [each.status_code for each in answers] == [302, 429]
    assert [line["error_code"] for line in lines if line.get("status") == 429] == [code]


def test_what_was_written_on_the_way_carries_the_code_too(office, lines):
    [code] = CODE.findall(ask("get", "/broken/").content.decode())
    of_this = [line["event"] for line in lines if line.get("error_code") == code]

    assert of_this == ["Half of it is done.", "request failed", "request"]


def test_the_admin_names_its_code_too(office, lines):
    browser = Client()
    browser.force_login(make_staff())
    answer = browser.get("/admin/no-such-page/")
    [code] = CODE.findall(answer.content.decode())

    assert (answer.status_code, f'href="mailto:{EMAIL}"' in answer.text) == (404, True)
    assert [line["error_code"] for line in lines if line.get("status") == 404] == [code]


def test_two_errors_have_two_codes(office):
    codes = [CODE.findall(ask("get", "/missing/").content.decode()) for _each in range(2)]

    assert codes[0] != codes[1]


def test_a_page_for_a_foreign_host_leads_to_the_contact_page(office):
    """It is answered before the office is read, and needs no office."""
    answer = Client().get("/", headers={"host": "evil.example"})
    html = answer.content.decode()

    assert (answer.status_code, len(CODE.findall(html)), EMAIL in html) == (400, 1, False)
    assert 'href="/contact/"' in html
