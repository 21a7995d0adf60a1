"""Another office's names and contacts stand everywhere, and the demonstration's nowhere."""

import re
from collections import deque
from html import unescape
from urllib.parse import urlsplit

import pytest
from django.core import mail
from wagtail.models import Site

from isso.home.models import KeyDate, OfficeSettings
from isso.home.office import the_office, working_for
from isso.home.opening import open_office
from isso.requests.approvals import make_token
from isso.requests.models import RequestGuidePage
from isso.requests.notices.catalog import mail_keys
from isso.requests.notices.message import build_message
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due, notify
from isso.requests.people.roles import Role
from isso.tests import factories
from isso.tests.letters.reading import codes_in, lines_of

# Names and contacts as in the sources; what they do not tell is made up in their manner.
MISSOURI = {
    "office_name": "International Student and Scholar Services",
    "short_name": "ISSS",
    "institution_name": "Missouri S&T",
    "institution_url": "https://www.mst.edu/",
    "portal_label": "ISSS Gateway Portal",
    "address": "1 Norwood Hall\nRolla, MO 65409",
    "phone": "573-341-4208",
    "email": "isss@mst.edu",
    "after_hours_contact": "University Police 573-341-4000",
    "portal_email": "isss-portal@mst.edu",
    "it_name": "IT Support",
    "it_email": "it@mst.edu",
    "it_phone": "573-341-4001",
    "time_zone": "America/Chicago",
    "sender_name": "ISSS Gateway Portal",
    "sender_email": "noreply@mst.edu",
}
APPROVER = {"approver_email": "rivera@mst.edu"}
DEMONSTRATION = re.compile(r"ISSO|Example University|demo\.example|617-555")
LINK = re.compile(r'href="(/(?!static/|admin/|accounts/logout)[^"#]*)')
# The desk and the registers; the rest of the admin knows no office.
DESK = [
    "/admin/",
    "/admin/desk/sevis/",
    "/admin/desk/inbox/",
    "/admin/desk/intake/",
    "/admin/students/",
    "/admin/records/studentrecord/",
    "/admin/notices/notice/",
]


@pytest.fixture
def missouri(db, monday, settings):
    """An office opened for Missouri S&T, with hours, guides and a key date."""
    settings.APPROVER_EMAIL_DOMAINS = ["mst.edu"]
    open_office("http://testserver", MISSOURI["office_name"])
    OfficeSettings.for_site(Site.objects.get())
    OfficeSettings.objects.update(**MISSOURI)
    with working_for(the_office()):
        factories.make_office()
        OfficeSettings.objects.update(**MISSOURI)
        RequestGuidePage.objects.update(maintained_by="ISSS")
        KeyDate.objects.create(title="Last day of classes", start=factories.MONDAY.date())
        yield


def crawl(client, *starts):
    """Follow every link of this site from ``starts``; return address → what stands there."""
    waiting, found = deque(starts), {}
    while waiting:
        address = waiting.popleft()
        if address not in found:
            answer = client.get(address, follow=True)
            body = b"".join(answer) if answer.streaming else answer.content
            found[address] = body.decode(errors="replace")
            waiting += [link.replace("&amp;", "&") for link in LINK.findall(found[address])]
    return found


def demonstration_in(texts):
    """Name what texts hold of the demonstration's office, by address."""
    hits = {name: sorted(set(DEMONSTRATION.findall(text))) for name, text in texts.items()}
    return {name: found for name, found in hits.items() if found}


def lacking(texts, *names):
    """List the texts that do not say all these names."""
    return sorted(key for key, text in texts.items() if not all(name in text for name in names))


def test_no_public_page_and_no_calendar(missouri, client):
    found = crawl(client, "/", "/accounts/login/", "/nowhere/", "/search/?query=visa")
    pages = {key: text for key, text in found.items() if text.startswith("<!doctype html>")}
    # What leads to the portal ends at the sign-in page; the pages around it need no button to it.
    signing_in = (
        "<h1>Sign in</h1>",
        "<h1>I can't sign in</h1>",
        "<h1>Access for a department</h1>",
    )
    public = {
        key: each for key, each in pages.items() if not any(title in each for title in signing_in)
    }
    calendars = {key: text for key, text in found.items() if ".ics" in key}

    assert demonstration_in(found) == {}
    assert (len(pages) > 25, len(calendars) > 1) == (True, True)
    assert lacking(pages, "International Student and Scholar Services", "Missouri S&amp;T") == []
    assert (
        lacking(public, "ISSS Gateway Portal</a>", "tel:573-341-4208", "mailto:isss@mst.edu") == []
    )
    assert lacking(calendars, "BEGIN:VCALENDAR", "America/Chicago") == []


def test_the_sign_in_page_names_who_helps(missouri, client):
    page = client.get("/accounts/login/").content.decode()

    assert re.findall(r'href="(?:mailto|tel):(isss-portal@[^"]*|it@[^"]*|573-341-4001)"', page) == [
        "isss-portal@mst.edu",
        "it@mst.edu",
        "573-341-4001",
    ]


def test_no_page_of_the_portal(missouri, client):
    """The tabs, every start page, every page of a draft, the status of requests in each state."""
    record = factories.make_student("amara@mst.edu")
    factories.make_request(record, "reprint", "clarification")
    factories.make_request(record, "cpt", "draft", **APPROVER)
    client.force_login(record.user)

    found = crawl(client, "/portal/", "/portal/requests/", "/portal/profile/")
    portal = {key: text for key, text in found.items() if key.startswith("/portal/")}

    assert demonstration_in(portal) == {}
    tabs = re.findall(r">\s*([A-Z][^<>]*?)\s*</a>", unescape(portal["/portal/"]))
    assert {"Welcome", "Personal & Program", "Requests & Documents"} <= set(tabs)
    assert "ISSS Check-In" in "".join(portal.values())


def test_no_page_of_an_approver(missouri, client):
    made = factories.make_request(
        factories.make_student("amara@mst.edu"), "cpt", "approver_review", **APPROVER
    )
    found = crawl(client, f"/portal/approvals/{make_token(made.current_approval)}/")
    [page] = [text for key, text in found.items() if "/approvals/" in key and len(key) > 40][:1]

    assert demonstration_in(found) == {}
    assert lacking({"page": page}, "ISSS", "Missouri S&amp;T", "isss@mst.edu") == []


def test_no_letter_and_no_page_that_confirms_it(missouri, client):
    record = factories.make_student("amara@mst.edu")
    made = factories.make_request(record, "letter", "completed")
    with made.documents.released().get().file.open("rb") as file:
        pdf = file.read()
    [address] = codes_in(pdf)
    found = {
        "letter": "\n".join(lines_of(pdf)),
        "page": unescape(client.get(urlsplit(address).path).content.decode()),
    }

    assert demonstration_in(found) == {}
    assert lacking(found, MISSOURI["office_name"], MISSOURI["phone"], MISSOURI["email"]) == []
    head = ["Missouri S&T", MISSOURI["office_name"], "1 Norwood Hall", "Rolla, MO 65409"]
    assert found["letter"].splitlines()[:4] == head


def test_no_page_of_the_desk(missouri, client):
    made = factories.make_request(
        factories.make_student("amara@mst.edu"), "cpt", "in_review", **APPROVER
    )
    client.force_login(factories.make_staff(Role.SUPERVISOR))
    addresses = [
        *DESK,
        f"/admin/desk/{made.pk}/",
        f"/admin/students/{made.student_id}/",
    ]

    answers = {address: client.get(address, follow=True) for address in addresses}

    assert {address: answer.status_code for address, answer in answers.items()} == dict.fromkeys(
        addresses, 200
    )
    assert demonstration_in({key: one.content.decode() for key, one in answers.items()}) == {}


def parts(message):
    """What a reader of a mail sees: sender, where answers go, subject, both texts."""
    html = [each.content for each in getattr(message, "alternatives", [])]
    return "\n".join(
        [message.from_email, *(message.reply_to or []), message.subject, message.body, *html]
    )


def test_no_mail_of_any_kind(missouri):
    known = {"request_title": "CPT", "student_name": "Sofia Ng", "title": "Hello", "text": "Hello."}
    mails = {
        key: build_message(notify(key, to="sofia@mst.edu", name="Sofia", dedupe=key, context=known))
        for key in mail_keys()
    }

    assert demonstration_in({key: parts(each) for key, each in mails.items()}) == {}
    assert {each.from_email for each in mails.values()} == {"ISSS Gateway Portal <noreply@mst.edu>"}
    assert mails["approver_request"].subject == (
        "Please approve: ISSS Request for Advisor Approval: CPT, Sofia Ng"
    )
    assert lacking({key: each.body for key, each in mails.items()}, MISSOURI["office_name"]) == []


def test_no_mail_of_a_request_on_its_way(missouri):
    record = factories.make_student("amara@mst.edu")
    factories.make_request(record, "cpt", "completed", **APPROVER)
    factories.make_request(record, "reprint", "clarification")

    read = {each.key: each.redacted() for each in Notice.objects.all()}
    mails = {key: "\n".join([each.subject, each.text, each.html]) for key, each in read.items()}

    assert len(mails) > 4
    assert demonstration_in(mails) == {}


def test_no_mail_with_a_sign_in_code(missouri, client):
    factories.make_student("amara@mst.edu")
    client.post("/accounts/login/", {"login": "amara@mst.edu"})
    deliver_due()
    [message] = mail.outbox

    assert message.from_email == "ISSS Gateway Portal <noreply@mst.edu>"
    assert demonstration_in({"code": parts(message)}) == {}


@pytest.mark.parametrize(
    ("name", "address", "sender"),
    [
        ("", "", "ISSO <isso@demo.example>"),
        ("Gateway", "", "Gateway <isso@demo.example>"),
        ("", "noreply@mst.edu", "International Student and Scholar Services <noreply@mst.edu>"),
        ("Hall, 1st floor", "noreply@mst.edu", '"Hall, 1st floor" <noreply@mst.edu>'),
        ("A\r\nBcc: x@y.example", "noreply@mst.edu", '"A Bcc: x@y.example" <noreply@mst.edu>'),
    ],
)
def test_the_sender_may_be_left_to_the_server(missouri, name, address, sender):
    OfficeSettings.objects.update(sender_name=name, sender_email=address)
    with working_for(OfficeSettings.objects.get()):
        message = build_message(notify("withdrawn", to="a@mst.edu", dedupe="1", context={}))

    assert (message.from_email, message.message()["Bcc"]) == (sender, None)
    assert message.reply_to == ["isss@mst.edu"]
