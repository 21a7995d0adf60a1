"""Whole ways through the portal, page by page as a browser goes them."""

from isso.requests.models import StudentRequest
from isso.requests.notices.models import Notice
from isso.tests import factories


def start(browser, key):
    """Press Start on a request's page and return (request, address of its first page)."""
    page = browser.get(f"/portal/requests/new/{key}/")
    answer = browser.post(
        f"/portal/requests/new/{key}/", {"start_key": str(page.context["start_key"])}
    )
    return StudentRequest.objects.latest("pk"), answer.url


def walk(browser, record, key):
    """Fill in every page as asked, file by file, and return (request, address of the check)."""
    made, address = start(browser, key)
    answers = factories.answers_for(key, record)
    while "/edit/" in address:
        page = browser.get(address)
        posted = {name: answers[name] for name in getattr(page.context["form"], "fields", ())} | {
            each.slot.name: factories.pdf_file(f"{each.name}.pdf")
            for each in page.context["questions"]
            if each.slot and each.slot.required
        }
        answer = browser.post(address, posted)
        assert answer.status_code == 302, answer.context["form"].errors
        address = answer.url
    return made, address


def submit(browser, address):
    """Tick every sentence and press Submit."""
    page = browser.get(address)
    ticked = [key for key, _text in page.context["form"].fields["attestations"].choices]
    return browser.post(
        address,
        {
            "revision": page.context["student_request"].revision,
            "attestations": [str(key) for key in ticked],
        },
    )


def outbox():
    return sorted(Notice.objects.values_list("key", "recipient"))


def test_a_reprint_goes_straight_to_the_office(portal, student):
    made, check = walk(portal, student, "reprint")

    answer = submit(portal, check)

    assert answer.url == f"/portal/requests/{made.reference}/"
    made.refresh_from_db()
    assert (made.state, made.revision) == ("submitted", 1)
    assert outbox() == [
        ("office_new_in_queue", "isso@demo.example"),
        ("request_submitted", "student@school.example"),
    ]
    assert "We have it. Your reference is" in portal.get(answer.url).content.decode()


def test_cpt_goes_to_the_academic_advisor_first(portal, student):
    made, check = walk(portal, student, "cpt")

    submit(portal, check)

    made.refresh_from_db()
    assert (made.state, made.current_approval.email) == ("approver_review", "rivera@demo.example")
    assert outbox() == [
        ("approver_request", "rivera@demo.example"),
        ("request_submitted", "student@school.example"),
    ]


def test_check_in_begins_with_what_the_record_knows(client, office):
    record = factories.make_newcomer()
    client.force_login(record.user)
    made, address = start(client, "check_in")
    passport = client.get(address.replace("kind", "passport"))

    assert passport.context["form"]["passport_number"].value() == "P1234567"

    _made, check = walk(client, record, "check_in")
    submit(client, check)
    made.refresh_from_db()
    assert made.state == "submitted"


def test_pressing_submit_twice_sends_once_and_shows_the_same_receipt(portal, student):
    _made, check = walk(portal, student, "reprint")
    page = portal.get(check)
    sent = page.context["student_request"]
    posted = {"revision": sent.revision, "attestations": factories.everything_attested(sent)}

    first, second = portal.post(check, posted), portal.post(check, posted)

    assert first.url == second.url
    assert StudentRequest.objects.count() == 1
    assert len(outbox()) == 2
