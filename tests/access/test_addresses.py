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
from isso.site.access_rules import ALL, STRANGER, gets_nothing
from isso.site.access_table import PARTS, RULES
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.access.objects import primary_keys

EVERYBODY = {
    "stranger": STRANGER,
    "neighbor": Role.STUDENT,
    "department": Role.DEPARTMENT,
    "editor": Role.EDITOR,
    "advisor": Role.ADVISOR,
}
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
    keys = primary_keys(owner)
    known = {
        "reference": owner.request.reference,
        "document_id": owner.document.pk,
        "token": "no-such-link",
        "code": owner.request.reference,
        "page_id": RequestGuidePage.objects.first().pk,
        "approval_pk": owner.approval.pk,
        "slug": owner.request.type.pages[0].slug,
        "action": "withdraw",
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
        special = {"key": KEYS.get(key, "cpt")}
        special |= dict.fromkeys(("pk", "instance_pk"), keys.get(key))
        return reverse(name, kwargs={each: (special | known)[each] for each in parameters})

    return [(key, address(key, name, parameters)) for key, name, parameters in ours()]


KEYS = {
    "desk_queue": "all",
    "desk_retention_kind": "people",
    "desk_retention_days": "people",
}
SENT = {"confirmed": "1", "text": "x", "note": "x", "note-text": "x", "message-text": "x"}
REFUSED = {302, 401, 403, 404, 405}
WAYS_OUT = {"/accounts/login/", "/admin/"}


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_has_no_business_there_gets_nothing_and_changes_nothing(owner, people, addresses, who):
    browser, before = people[who], fingerprint()

    wrong = [
        (key, method, address, problem)
        for key, address in addresses
        if gets_nothing(RULES[key], EVERYBODY[who])
        for method in ("GET", "HEAD", "POST")
        for problem in problems(browser.generic, method, address, owner)
    ]

    assert not wrong, wrong
    assert changed(before, fingerprint()) == []


def problems(send, method, address, owner):
    """Yield what is wrong with the answer to somebody who may not have one."""
    data = "&".join(f"{name}={value}" for name, value in SENT.items()) if method == "POST" else ""
    answer = send(method, address, data, content_type="application/x-www-form-urlencoded")
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


@pytest.mark.parametrize("who", ["department", "editor", "neighbor", "stranger"])
def test_what_is_open_to_all_shows_nothing_of_the_owner(owner, people, addresses, who):
    found = [
        (key, address, secret)
        for key, address in addresses
        if not gets_nothing(RULES[key], EVERYBODY[who])
        for query in ("", "?query=Okoye&q=Okoye")
        for secret in _secrets_in(people[who].get(address + query), owner)
        # A search repeats what was asked for.
        if not (query and secret == "Okoye")
    ]

    assert found == []


def test_the_attempts_on_files_and_requests_are_noted(owner, people, addresses):
    AccessLog.objects.all().delete()
    for key, address in addresses:
        if key in ("portal_request", "portal_document"):
            people["neighbor"].get(address)

    assert sorted(AccessLog.objects.values_list("what", "allowed")) == [
        ("document", False),
        ("request", False),
    ]
