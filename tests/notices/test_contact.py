"""The contact form: a message reaches the office and its writer once, machines get no further."""

import re

import pytest
import time_machine
from django.core import mail
from django.test import Client

from isso.home import contact
from isso.home.models import ContactPage, OfficeSettings
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due

pytestmark = pytest.mark.django_db

TYPED = {
    "name": "Sofia Ng",
    "email": "sofia@mail.example",
    "topic": "travel",
    "message": "Which visa do I need?",
}


@pytest.fixture(autouse=True)
def clock():
    """Somebody opens the page at ten."""
    with time_machine.travel("2026-11-24T10:00:00-05:00", tick=False) as clock:
        yield clock


@pytest.fixture
def page(office):
    """The contact page of an office with addresses."""
    office.office_name, office.email = "Global Office", "office@demo.example"
    office.portal_email = "portal@demo.example"
    office.save()
    root = office.site.root_page
    return root.add_child(instance=ContactPage(title="Contact us", slug="contact")).url


@pytest.fixture
def write_to_us(client, page, clock):
    """Open the page, wait, and send the form; returns the answer."""

    def send(wait=20, **changes):
        token = hidden(client.get(page).text)
        clock.shift(wait)
        return client.post(page, TYPED | {"opened": token} | changes)

    return send


def hidden(html):
    return re.search(r'name="opened" value="([^"]+)"', html)[1]


def problems(html):
    summary = re.search(r'<div class="error-summary".*?</div>', html, re.S)
    return re.findall(r"<li>\s*(?:<a [^>]*>)?([^<]*)", summary[0]) if summary else []


def rows():
    return sorted(Notice.objects.values_list("key", "recipient", "reply_to"))


def test_a_message_goes_to_the_office_and_a_copy_to_its_writer(write_to_us, client):
    answer = write_to_us()

    assert (answer.status_code, answer.url) == (302, "/contact/?sent=1")
    assert "Your message is on its way." in client.get(answer.url).text
    assert rows() == [
        ("contact_copy", "sofia@mail.example", "office@demo.example"),
        ("contact_message", "office@demo.example", "sofia@mail.example"),
    ]


@pytest.mark.parametrize(
    ("topic", "portal_email", "to"),
    [
        ("travel", "portal@demo.example", "office@demo.example"),
        ("portal", "portal@demo.example", "portal@demo.example"),
        ("portal", "", "office@demo.example"),
    ],
)
def test_each_topic_reaches_the_right_people(write_to_us, topic, portal_email, to):
    OfficeSettings.objects.update(portal_email=portal_email)
    write_to_us(topic=topic)

    assert Notice.objects.get(key="contact_message").recipient == to


def test_the_mails_in_a_real_mailbox(write_to_us, smtp, mailbox):
    smtp.start()
    write_to_us(
        name="Sofia\r\nBcc: evil@mail.example",
        message="Dear office,\r\n\r\n<b>Which</b> visa & when? {{ office_email }}",
    )
    assert deliver_due() == 2

    received = dict(mailbox.messages)
    sent, copy = received["office@demo.example"], received["sofia@mail.example"]
    assert (sent["To"], sent["Reply-To"]) == ("office@demo.example", "sofia@mail.example")
    assert sent["Subject"] == (
        "Action required: Contact form: Travel and visas (Sofia Bcc: evil@mail.example)"
    )
    assert sent["Bcc"] is None
    assert "Dear office,\n\n<b>Which</b> visa & when? {{ office_email }}" in (
        sent.get_body("plain").get_content().replace("\r\n", "\n")
    )
    assert "&lt;b&gt;Which&lt;/b&gt; visa &amp; when?" in sent.get_body("html").get_content()
    assert copy["Reply-To"] == "office@demo.example"
    assert copy["Subject"] == "Receipt: Copy of your message to us: Travel and visas"


def test_a_double_click_sends_once_and_other_words_a_second_time(client, page, clock):
    token = hidden(client.get(page).text)
    clock.shift(20)
    for words in ("Hello", "Hello", "Hello again"):
        client.post(page, TYPED | {"opened": token, "message": words})

    texts = Notice.objects.filter(key="contact_message").values_list("context__text", flat=True)
    assert sorted(texts) == ["Hello", "Hello again"]


@pytest.mark.parametrize(
    ("changes", "sentences"),
    [
        ({"name": ""}, ["Fill in: Your name"]),
        ({"name": "x" * 121}, ["Your name: write at most 120 characters."]),
        (
            {"email": "sofia"},
            ["Check the e-mail address: it needs an @, like name@mail.com."],
        ),
        (
            {"email": "a@b.example\nBcc: evil@mail.example"},
            ["Check the e-mail address: it needs an @, like name@mail.com."],
        ),
        ({"topic": ""}, ["Choose an answer: What is it about?"]),
        (
            {"topic": "spam"},
            ["Select a valid choice. spam is not one of the available choices."],
        ),
        ({"message": " \r\n "}, ["Fill in: Your message"]),
        ({"message": "x" * 5001}, ["Your message: write at most 5000 characters."]),
        ({"message": "a\0b"}, ["Null characters are not allowed."]),
        (
            {"message": "http://a https://b www.c [url=d]"},
            ["Your message: at most 3 links, please. Take some out."],
        ),
        (
            {"website": "https://spam.example"},
            [
                "Something filled in a field that people do not see, perhaps your browser. "
                "It is empty again: press “Send” once more."
            ],
        ),
        ({"wait": 2}, ["That was very fast. Wait a moment, then press “Send” once more."]),
        ({"wait": 90_000}, ["This page was open for very long. Press “Send” once more."]),
        ({"opened": ""}, ["This page was open for very long. Press “Send” once more."]),
        ({"opened": "forged"}, ["This page was open for very long. Press “Send” once more."]),
    ],
)
def test_what_cannot_be_sent_keeps_what_was_typed(write_to_us, changes, sentences):
    answer = write_to_us(**changes)

    assert (answer.status_code, problems(answer.text)) == (422, sentences)
    assert rows() == []
    assert changes.get("message", TYPED["message"]).strip() in answer.text
    if "email" not in changes:
        assert 'value="sofia@mail.example"' in answer.text


@pytest.mark.parametrize("changes", [{"website": "x"}, {"wait": 1}, {"opened": "forged"}])
def test_a_person_taken_for_a_machine_presses_send_once_more(
    write_to_us, client, page, clock, changes
):
    again = write_to_us(**changes)
    clock.shift(10)
    answer = client.post(page, TYPED | {"opened": hidden(again.text), "website": ""})

    assert answer.status_code == 302
    assert Notice.objects.count() == 2


@pytest.mark.parametrize(
    "message",
    ["x" * 5000, "é\r\n" * 2500, "<script>alert(1)</script>", "{% load x %}{{ y }}", "مرحبا 李 🙂"],
)
def test_whatever_can_be_written_arrives_as_it_was(write_to_us, message):
    assert write_to_us(message=message).status_code == 302
    deliver_due()

    words = message.replace("\r\n", "\n").strip()
    assert [words in each.body for each in mail.outbox] == [True, True]
    assert ["<script" in each.alternatives[0].content for each in mail.outbox] == [False, False]


@pytest.mark.parametrize(
    ("limit", "changes"),
    [
        (5, lambda number: {"message": f"Hello {number}"}),
        (20, lambda number: {"email": f"p{number}@mail.example"}),
    ],
    ids=["one address", "one client"],
)
def test_whoever_writes_very_often_has_to_wait(write_to_us, limit, changes):
    answers = [write_to_us(**changes(number)) for number in range(limit + 1)]

    assert [answer.status_code for answer in answers] == [302] * limit + [429]
    assert problems(answers[-1].text) == [
        "Your message was not sent: very many came from you in a short time. "
        "Try again in an hour, or call us."
    ]
    assert Notice.objects.count() == 2 * limit


def test_an_office_without_an_address_says_so_and_loses_nothing(write_to_us, client, page):
    token = hidden(client.get(page).text)
    OfficeSettings.objects.update(email="", portal_email="")
    shown = client.get(page).text
    answer = client.post(page, TYPED | {"opened": token})

    assert "<form" not in shown.partition("<main")[2]
    assert "The form is closed, since the office has entered no e-mail address yet." in shown
    assert answer.status_code == 422
    assert TYPED["message"] in answer.text
    assert rows() == []


def test_a_site_without_a_portal_closes_the_form(client, page, monkeypatch):
    monkeypatch.setattr(contact, "_senders", [])

    assert "The form is closed" in client.get(page).text


def test_no_cache_keeps_the_page(client, page):
    for answer in (client.get(page), client.post(page, TYPED), client.get(f"{page}?sent=1")):
        assert answer["Cache-Control"] == (
            "max-age=0, no-cache, no-store, must-revalidate, private"
        )


def test_another_site_cannot_send_the_form(page):

    assert Client(enforce_csrf_checks=True).post(page, TYPED).status_code == 403
    assert rows() == []
