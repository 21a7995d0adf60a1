"""Every address of the project against everybody, as THE table (site/access_table.py) says.

A new address gets its line there, and here at most what its name or parameters stand for
(objects.py). Wagtail's own addresses are Wagtail's to test; ``tests/desk/test_access.py`` looks
into those that could show a student.
"""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import reverse

from isso.requests.people.roles import Role
from isso.requests.records.models import AccessLog
from isso.site.access_rules import (
    ALL,
    APPROVER,
    AT_THEIR_STEP,
    CASES,
    ROLES,
    STRANGER,
    gets_nothing,
)
from isso.site.access_table import PARTS, RULES
from isso.tests.access.every_address import SENT, ours
from isso.tests.access.fingerprint import changed, fingerprint


def test_every_address_has_a_rule_and_every_rule_an_address():
    assert {key for key, _name, _parameters in ours()} == set(RULES)


def test_no_address_has_two_rules():
    assert sum(map(len, PARTS.values())) == len(RULES)


def test_the_committed_document_is_current():
    call_command("access_table", check=True)


def test_what_one_role_may_is_printed():
    printed = StringIO()

    call_command("access_table", role=Role.EDITOR, stdout=printed)

    assert f"  pages_to_check: {ALL.words}" in printed.getvalue().splitlines()
    assert "  desk_case" not in printed.getvalue()


FORM = "application/x-www-form-urlencoded"
REFUSED = {302, 401, 403, 404, 405}
# Where nothing was refused.
OPENED = {200, 302, 400, 405}
WAYS_OUT = {"/accounts/login/", "/admin/", "/portal/department/"}
# Nothing is behind them here, or not in the state the owner's things are in.
EMPTY = {
    "statistics_table",
    "event_calendar",
    "portal_letter_preview",
    "letter_check",
    "desk_intake_file",
}
# Without an account; a link opens its own step and nothing else (tests/approver/).
NOT_SIGNED_IN = {STRANGER, APPROVER}


@pytest.mark.parametrize("role", [role for role in ROLES if role != APPROVER])
def test_every_role_gets_what_the_table_says(owner, people, addresses, role):
    browser, before = people[role], fingerprint()

    wrong = [
        (key, method, address, problem)
        for key, address in addresses
        if gets_nothing(RULES[key], role)
        for method in methods_at(address)
        for problem in problems(browser, method, address, owner)
    ]

    assert not wrong, wrong
    assert changed(before, fingerprint()) == []
    opened, told = looked_at(browser, addresses, role, owner)
    expected = {key for key in RULES.keys() - EMPTY if not gets_nothing(RULES[key], role)}
    assert expected - opened == set()
    assert told == [] or role in CASES


def methods_at(address):
    """Return how an address is tried; in the admin, what answers GET answers HEAD, too."""
    return ("GET", "POST") if address.startswith("/admin/") else ("GET", "HEAD", "POST")


def looked_at(browser, addresses, role, owner):
    """Open what a role may; return the names that opened and what was told of the owner."""
    opened, told = set(), []
    lists = {reverse(name) for _key, name, parameters in ours() if name and not parameters}
    for key, address in addresses:
        if not gets_nothing(RULES[key], role):
            answer = browser.get(address)
            secrets = _secrets_in(answer, owner)
            if address in lists and role not in CASES:
                found = _secrets_in(browser.get(f"{address}?query=Okoye&q=Okoye"), owner)
                # A search repeats what was asked for.
                secrets += [each for each in found if each != "Okoye"]
            told += [(address, secret) for secret in secrets]
            if key in PARTS["Sign-in"] or _is_open(answer):
                opened.add(key)
    return opened, told


def _is_open(answer):
    if answer.status_code == 302:
        return urlsplit(answer.url).path not in WAYS_OUT
    return answer.status_code in OPENED


def test_who_holds_a_link_gets_no_more_than_a_stranger_but_his_step():
    assert {
        name: rule for name, rule in RULES.items() if (APPROVER in rule) != (STRANGER in rule)
    } == {
        name: {APPROVER: AT_THEIR_STEP}
        for name in RULES
        if name.startswith("portal_approval") and name != "portal_approvals"
    }


def problems(browser, method, address, owner):
    """Yield what is wrong with the answer to somebody who may not have one."""
    data = "&".join(f"{name}={value}" for name, value in SENT.items()) if method == "POST" else ""
    answer = browser.generic(method, address, data, content_type=FORM)
    # Each refusal adds a message, and a thousand of them are slow to carry along.
    browser.cookies.pop("messages", None)
    if answer.status_code not in REFUSED:
        yield answer.status_code
    if answer.status_code == 302 and urlsplit(answer.url).path not in WAYS_OUT:
        yield answer.url
    yield from _secrets_in(answer, owner)


def _secrets_in(answer, owner):
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    # Who signs in is sent back to the address he asked for, so that much he knows himself.
    words = body.decode(errors="replace").replace(answer.wsgi_request.path, "")
    return [secret for secret in owner.secrets if secret in words]


def test_the_attempts_on_files_and_requests_are_noted(owner, people, addresses):
    AccessLog.objects.all().delete()
    for key, address in addresses:
        if key in ("portal_request", "portal_document"):
            people["neighbor"].get(address)

    assert sorted(AccessLog.objects.values_list("what", "allowed")) == [
        ("document", False),
        ("request", False),
    ]
