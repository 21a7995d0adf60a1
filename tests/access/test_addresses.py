"""Every address of the project against everybody, as THE table (site/access_table.py) says.

A new address gets its line there, and here at most what its name or parameters stand for
(objects.py). Wagtail's own addresses are Wagtail's to test; ``tests/desk/test_access.py`` looks
into those that could show a student.
"""

from io import StringIO
from urllib.parse import urlsplit

import pytest
from django.core.management import call_command
from django.urls import URLResolver, get_resolver, reverse

from isso.requests.models import RequestGuidePage
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
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.access.objects import primary_keys

WAGTAILS = ("wagtail", "simple_translation")
OURS_UNDER_WAGTAILS_NAME = ("wagtailsnippets_", "wagtailusers_users")
# It tells every member of the staff "no confirmation needed", whatever it is asked about.
WAGTAILS_HARMLESS = "confirm_workflow_cancellation"
WAGTAILS_WITHOUT_A_NAME = {"admin/test404/", "admin/^.*/$"}


def leaves(resolver, route="", namespace=""):
    """Yield (key in the table, name to reverse, parameters) of every address below a resolver."""
    for pattern in resolver.url_patterns:
        below = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = ":".join(filter(None, (namespace, pattern.namespace)))
            yield from leaves(pattern, below, inner)
        else:
            name = f"{namespace}:{pattern.name}" if namespace else pattern.name
            yield namespace or name or below, name, list(_parameters(pattern.pattern))


def _parameters(pattern):
    return getattr(pattern, "converters", None) or pattern.regex.groupindex


def ours():
    """Return every address that is not Wagtail's own."""
    return [
        (key, name, parameters)
        for key, name, parameters in leaves(get_resolver())
        if key not in WAGTAILS_WITHOUT_A_NAME
        and not (name or "").endswith(WAGTAILS_HARMLESS)
        and (not key.startswith(WAGTAILS) or key.startswith(OURS_UNDER_WAGTAILS_NAME))
    ]


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


@pytest.fixture
def addresses(owner, people):
    """Return (key, address) of everything, each naming what is the owner's or the office's."""
    # Some of it is theirs.
    assert people[Role.ADVISOR]
    keys = primary_keys(owner)
    known = {
        "reference": owner.request.reference,
        "document_id": owner.document.pk,
        "token": "no-such-link",
        "code": owner.request.reference,
        "page_id": RequestGuidePage.objects.first().pk,
        "approval_pk": owner.approval.pk,
        "slug": owner.request.type.pages[0].slug,
        "action": "remind",
        "notice_id": keys["notices_send_again"],
        "key_date_id": keys["wagtailsnippets_home_keydate"],
        "event_id": 1,
        "revision_id": 1,
        "task_id": 1,
        "task_state_id": 1,
        "workflow_state_id": 1,
        "action_name": "approve",
        "place": 0,
        "revision_id_a": "live",
        "revision_id_b": "latest",
    }

    def address(key, name, parameters):
        if name is None:
            return f"/{key}"
        special = {"key": "all" if key == "desk_queue" else "cpt"}
        special |= dict.fromkeys(("pk", "instance_pk"), keys.get(key))
        return reverse(name, kwargs={each: (special | known)[each] for each in parameters})

    return [(key, address(key, name, parameters)) for key, name, parameters in ours()]


FORM = "application/x-www-form-urlencoded"
SENT = {"confirmed": "1", "text": "x", "note": "x", "note-text": "x", "message-text": "x"}
REFUSED = {302, 401, 403, 404, 405}
# Where nothing was refused.
OPENED = {200, 302, 400, 405}
WAYS_OUT = {"/accounts/login/", "/admin/"}
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
        for method in ("GET", "HEAD", "POST")
        for problem in problems(browser, method, address, owner)
    ]

    assert not wrong, wrong
    assert changed(before, fingerprint()) == []
    opened, told = looked_at(browser, addresses, role, owner)
    expected = {key for key in RULES.keys() - EMPTY if not gets_nothing(RULES[key], role)}
    assert expected - opened == set()
    assert told == [] or role in CASES


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
