"""The office's own words: used where they work, refused where they cannot, never in the way."""

import pytest
from django.core.exceptions import ValidationError

from isso.requests.notices.message import build_message
from isso.requests.notices.models import MailWording
from isso.requests.notices.outbox import deliver_due

pytestmark = pytest.mark.django_db

GOOD = {"subject": "Hello {{ name }}", "text": "{{ request_title }}: {{ link }}", "html": ""}


def problems(key="denied", **fields):
    try:
        MailWording(key=key, **(GOOD | fields)).full_clean()
    except ValidationError as error:
        return error.message_dict
    return {}


def test_our_words_are_replaced_by_the_offices(write):
    MailWording.objects.create(key="denied", **GOOD)
    message = build_message(
        write(
            key="denied",
            name="Sofia",
            context={"request_title": "R&D <b>"},
            links={"link": ["test-secret", 7]},
        )
    )

    assert message.subject == "Please read: Hello Sofia"
    assert message.body == "R&D <b>: http://testserver/secret/7/\n"
    assert (
        '<p>R&amp;D &lt;b&gt;: <a href="http://testserver/secret/7/" rel="nofollow">'
        "http://testserver/secret/7/</a></p>"
    ) in message.alternatives[0].content


def test_own_html_keeps_its_tags_and_escapes_the_rest(write):
    MailWording.objects.create(
        key="denied", **(GOOD | {"html": "<p><strong>{{ request_title }}</strong></p>"})
    )
    message = build_message(write(key="denied", context={"request_title": "<i>"}))

    assert "<p><strong>&lt;i&gt;</strong></p>" in message.alternatives[0].content


def test_deleting_the_row_brings_the_standard_back(write):
    notice = write(key="denied", context={"request_title": "CPT"})
    wording = MailWording.objects.create(key="denied", **GOOD)
    wording.delete()

    assert build_message(notice).subject == "Please read: We could not approve: CPT"


@pytest.mark.parametrize(
    ("field", "words", "sentence"),
    [
        ("text", "{% if name %}", "This cannot be read: Unclosed tag"),
        ("subject", "{{ name", None),
        ("subject", "{{ name|upper }}", "This cannot be read: Invalid filter: 'upper'"),
        ("text", "{% include 'base.html' %}", "This cannot be read: Invalid block tag"),
        ("text", "{% load i18n %}", "This cannot be read: Invalid block tag"),
        ("text", "{% debug %}", "This cannot be read: Invalid block tag"),
        ("html", "{{ note|safe }}", "This cannot be read: Invalid filter: 'safe'"),
        ("text", "Dear {{ nmae }}", "Unknown placeholder: nmae."),
        ("text", "{% if nmae %}x{% endif %}", "Unknown placeholder: nmae."),
        ("text", "{{ request.user }}", "Unknown placeholder: request."),
        ("html", "<p>{{ name }}<script>x</script>", "The tag <script> is not allowed"),
        ("html", '<img src="https://demo.example/x.png">', "The tag <img> is not allowed"),
        ("html", '<p class="x">a</p>', "Only links to a web or mail address are allowed"),
        ("html", '<a href="javascript:x">a</a>', "Only links to a web or mail address"),
        ("html", "<!doctype html><p>a</p>", "Write only the text of the mail"),
        ("html", '<a href="{{ link }}">a</a>', None),
    ],
)
def test_words_that_cannot_be_sent_are_refused_by_field(field, words, sentence):
    found = problems(**{field: words})

    assert set(found) == ({field} if sentence else set())
    assert not sentence or found[field][0].startswith(sentence)


def test_each_mail_knows_its_own_placeholders():
    loop = "{% for item in changes %}{{ item.label }}{% endfor %}"

    assert problems(key="clarification_requested", text=loop) == {}
    assert list(problems(key="denied", text=loop)) == ["text"]


def test_broken_words_never_stop_a_mail(write, mailoutbox):
    MailWording.objects.bulk_create([MailWording(key="denied", **(GOOD | {"text": "{% if %}"}))])
    write(key="denied", context={"request_title": "CPT"})

    assert deliver_due() == 1
    assert mailoutbox[0].subject == "Please read: We could not approve: CPT"
