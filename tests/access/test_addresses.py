"""THE table of every address of the project and who may open it; nobody else gets anything.

Wagtail's own addresses are Wagtail's to test; ``tests/desk/test_access.py`` looks into those that
could show a student.
"""

from urllib.parse import urlsplit

import pytest
from django.urls import URLResolver, get_resolver, reverse

from isso.requests.models import RequestGuidePage
from isso.requests.records.models import AccessLog
from isso.tests.access.fingerprint import changed, fingerprint
from isso.tests.access.objects import primary_keys

EVERYBODY = {"stranger", "neighbor", "department", "editor", "advisor"}
# Who gets something of his own, or something without a person in it. Everybody else: nothing.
PUBLIC = EVERYBODY
SIGNED_IN = EVERYBODY - {"stranger"}
STUDENTS_ON_THEIR_OWN = {"neighbor"}
THE_OWNER = set()
ITS_READERS = set()
THE_OWNER_AND_THE_OFFICE = {"advisor"}
HOLDER_OF_THE_LINK = set()
THIS_COMPUTER = set()
CASES = {"advisor"}
EDITORS = {"editor"}
SUPERVISORS = set()
ADMINISTRATORS = set()

# Name, namespace, or the route of what has no name → who.
RULES = {
    # Sign-in shows nobody anything of somebody else.
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "account_inactive": PUBLIC,
    "account_reauthenticate": PUBLIC,
    "account_request_login_code": PUBLIC,
    "account_confirm_login_code": PUBLIC,
    "invitation": HOLDER_OF_THE_LINK,
    "new_invitation": HOLDER_OF_THE_LINK,
    "mfa_index": SIGNED_IN,
    "mfa_authenticate": PUBLIC,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "admin/login/": PUBLIC,
    "_util/login/": PUBLIC,
    # The public site.
    "search": PUBLIC,
    "robots": PUBLIC,
    "sitemap": PUBLIC,
    "office_colors": PUBLIC,
    "hours_calendar": PUBLIC,
    "key_dates_calendar": PUBLIC,
    "statistics_table": PUBLIC,
    "key_date_calendar": PUBLIC,
    "events_calendar": PUBLIC,
    "event_calendar": PUBLIC,
    "news_feed": PUBLIC,
    "demo_mail": THIS_COMPUTER,
    # The portal.
    "portal_welcome": STUDENTS_ON_THEIR_OWN,
    "portal_put_away": ITS_READERS,
    "portal_profile": STUDENTS_ON_THEIR_OWN,
    "portal_travel": STUDENTS_ON_THEIR_OWN,
    "portal_requests": STUDENTS_ON_THEIR_OWN,
    "portal_start": STUDENTS_ON_THEIR_OWN,
    "portal_why": STUDENTS_ON_THEIR_OWN,
    "portal_request": THE_OWNER,
    "portal_page": THE_OWNER,
    "portal_autosave": THE_OWNER,
    "portal_move_to_new_form": THE_OWNER,
    "portal_check": THE_OWNER,
    "portal_upload": THE_OWNER,
    "portal_remove_upload": THE_OWNER,
    "portal_action": THE_OWNER,
    "portal_message": THE_OWNER,
    "portal_letter_preview": THE_OWNER_AND_THE_OFFICE,
    # It confirms a letter to whoever holds its code (tests/letters/test_confirming.py).
    "letter_check": PUBLIC,
    "portal_document": THE_OWNER_AND_THE_OFFICE,
    "portal_send_document": STUDENTS_ON_THEIR_OWN,
    # It asks for an address and a code, and shows nothing before.
    "portal_approvals": PUBLIC,
    "portal_approval": HOLDER_OF_THE_LINK,
    "portal_approval_forward": HOLDER_OF_THE_LINK,
    "portal_approval_new_link": HOLDER_OF_THE_LINK,
    "portal_approval_document": HOLDER_OF_THE_LINK,
    # The desk.
    "desk_queue": CASES,
    "desk_case": CASES,
    "desk_action": CASES,
    "desk_assign": CASES,
    "desk_note": CASES,
    "desk_message": CASES,
    "desk_release": CASES,
    "desk_confirm": CASES,
    "desk_revoke_letter": CASES,
    "desk_inbox": CASES,
    "desk_inbox_document": CASES,
    "desk_intakes": CASES,
    "desk_intake": CASES,
    "desk_intake_file": CASES,
    "desk_intake_discard": CASES,
    "desk_intake_assign": CASES,
    "desk_sevis": CASES,
    "desk_sevis_record": CASES,
    "desk_students": CASES,
    "desk_student": CASES,
    "desk_student_start": CASES,
    "desk_student_document": CASES,
    "desk_student_note": CASES,
    "desk_student_correct": CASES,
    "desk_try_policy": SUPERVISORS,
    "desk_trial": SUPERVISORS,
    "desk_trial_file": SUPERVISORS,
    "desk_imports": SUPERVISORS,
    "desk_import": SUPERVISORS,
    "desk_import_start": SUPERVISORS,
    "desk_import_file": SUPERVISORS,
    "desk_directory": CASES,
    "desk_caseloads": SUPERVISORS,
    "wagtailsnippets_requests_requestpolicy": SUPERVISORS,
    "wagtailsnippets_requests_officeform": SUPERVISORS,
    "wagtailsnippets_notices_mailwording": SUPERVISORS,
    "wagtailusers_users": ADMINISTRATORS,
    # Registers: looked at and exported, never written.
    "records_studentrecord_modeladmin_index": CASES,
    "records_studentrecord_modeladmin_inspect": CASES,
    "records_employmentauthorization_modeladmin_index": CASES,
    "records_employmentauthorization_modeladmin_inspect": CASES,
    "records_recordchange_modeladmin_index": CASES,
    "records_recordchange_modeladmin_inspect": CASES,
    "records_accesslog_modeladmin_index": SUPERVISORS,
    "records_accesslog_modeladmin_inspect": SUPERVISORS,
    "notices_notice_modeladmin_index": CASES,
    "notices_notice_modeladmin_inspect": CASES,
    "notices_send_again": CASES,
    # Reports for editors.
    "pages_to_check": EDITORS,
    "pages_to_check_results": EDITORS,
    "pages_mark_checked": EDITORS,
    "pages_broken_links": EDITORS,
    "pages_outside_links": EDITORS,
    # What editors keep.
    "editors_schedule": EDITORS,
    "statistics_paste": EDITORS,
    "statistics_count": EDITORS,
    "wagtailsnippets_home_alert": EDITORS,
    "home_closure_suggestions": EDITORS,
    "wagtailsnippets_home_hoursexception": EDITORS,
    "wagtailsnippets_home_hoursschedule": EDITORS,
    "wagtailsnippets_home_keydate": EDITORS,
    "wagtailsnippets_home_staffmember": EDITORS,
    "wagtailsnippets_home_statisticsyear": EDITORS,
    "wagtailsnippets_pages_missedsearch": EDITORS,
    "wagtailsnippets_pages_searchalias": EDITORS,
    "best_bet_with_words": EDITORS,
    "wagtailsnippets_home_costofattendance": EDITORS,
    "wagtailsnippets_pages_formentry": EDITORS,
    "wagtailsnippets_pages_glossaryterm": EDITORS,
    "wagtailsnippets_requests_reminder": EDITORS,
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
        special = {"key": "all" if key == "desk_queue" else "cpt"}
        special |= dict.fromkeys(("pk", "instance_pk"), keys.get(key))
        return reverse(name, kwargs={each: (special | known)[each] for each in parameters})

    return [(key, address(key, name, parameters)) for key, name, parameters in ours()]


SENT = {"confirmed": "1", "text": "x", "note": "x", "note-text": "x", "message-text": "x"}
REFUSED = {302, 401, 403, 404, 405}
WAYS_OUT = {"/accounts/login/", "/admin/"}


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_who_has_no_business_there_gets_nothing_and_changes_nothing(owner, people, addresses, who):
    browser, before = people[who], fingerprint()

    wrong = [
        (key, method, address, problem)
        for key, address in addresses
        if who not in RULES[key]
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
        if who in RULES[key]
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
