"""Requests waiting for me: an address, a code by mail, a list, and nothing for a stranger."""

from datetime import timedelta

import pytest
from django.core import mail

from isso.requests.actor import Actor
from isso.requests.notices.models import Notice
from isso.requests.notices.outbox import deliver_due
from isso.requests.perform import perform
from isso.requests.records.models import AccessLog
from isso.requests.waiting_codes import code_of
from isso.tests import factories
from isso.tests.approver.links import decide

LIST = "/portal/approvals/"
RIVERA = "rivera@demo.example"


def ask(client, email=RIVERA):
    """Type an address and come to the page that asks for the code."""
    return client.post(LIST, {"step": "address", "email": email}, follow=True)


def mailed_code():
    """Deliver what waits and return the code of the newest mail."""
    while deliver_due():
        pass
    codes = [each for each in mail.outbox if each.subject.startswith("Use now: Your code")]
    lines = codes[-1].body.splitlines()
    return next(line for line in lines if line.replace(" ", "").isdigit())


def type_code(client, code):
    return client.post(LIST, {"step": "code", "code": code}, follow=True)


def open_list(client, email=RIVERA):
    """Ask, read the mail, type the code."""
    ask(client, email)
    return type_code(client, mailed_code())


def rows(answer):
    return [(row["student"], str(row["title"])) for row in answer.context["rows"]]


def test_from_the_address_over_the_code_to_links_that_work(client, waiting):
    answer = open_list(client)

    assert rows(answer) == [("Amara Okoye", "Curricular Practical Training (CPT)")]
    link = answer.context["rows"][0]["href"]
    assert f'href="{link}"' in answer.content.decode()
    assert client.get(link).status_code == 200
    assert decide(client, link).status_code == 200
    assert rows(client.get(LIST)) == []


def test_known_and_unknown_addresses_get_the_same_page(client, waiting):
    known, unknown = ask(client).content, ask(client, "nobody@demo.example").content

    assert known.decode().split("csrf")[0] == unknown.decode().split("csrf")[0]
    assert len(known) == len(unknown)
    assert list(Notice.objects.filter(key="approver_code").values_list("recipient", flat=True)) == [
        RIVERA
    ]


def test_the_outbox_and_the_session_hold_no_readable_code(client, waiting):
    ask(client)
    notice = Notice.objects.get(key="approver_code")
    code = code_of(client.session["waiting_asked"]["number"])
    shown = mailed_code()

    assert shown.replace(" ", "") == code
    assert len(code) == 8
    held = [str(notice.context), str(notice.links), notice.dedupe_key, notice.redacted().text]
    assert [text for text in (*held, str(dict(client.session))) if code in text] == []
    assert "[code]" in notice.redacted().text


def test_only_what_waits_for_this_address_in_whatever_step(client, waiting):
    second = factories.make_student("b@school.example", family_name="Silva")
    third = factories.make_student("c@school.example", family_name="Tanaka")
    decided = factories.make_student("d@school.example", family_name="Vogel")
    factories.make_request(second, "cpt", "approver_review", approver_email="Rivera@demo.example")
    factories.make_request(third, "cpt", "approver_review", approver_email="hale@demo.example")
    factories.make_request(decided, "cpt", "submitted")

    assert [name for name, _title in rows(open_list(client))] == ["Amara Okoye", "Amara Silva"]


def test_what_is_withdrawn_meanwhile_leaves_the_list(client, waiting):
    open_list(client)
    perform(waiting, "withdraw", Actor.for_user(waiting.student.user))

    assert rows(client.get(LIST)) == []


@pytest.mark.parametrize("typed", ["", "0000 0000", "12345678", "x" * 20])
def test_a_wrong_code_opens_nothing(client, waiting, typed):
    ask(client)
    answer = type_code(client, typed)

    assert (answer.status_code, "rows" in answer.context) == (422, False)


def test_after_five_tries_even_the_right_code_is_dead(client, waiting):
    ask(client)
    code = mailed_code()
    for _try in range(5):
        type_code(client, "0000 0000")
    answer = type_code(client, code)

    assert answer.status_code == 429
    assert "This code was tried too often." in answer.content.decode()
    assert type_code(client, code).context["step"] == "address"


def test_a_code_lives_ten_minutes(client, waiting, monday):
    ask(client)
    code = mailed_code()
    monday.shift(timedelta(minutes=10))

    assert type_code(client, code).context["step"] == "address"


def test_a_mail_that_leaves_too_late_is_not_sent(client, waiting, monday):
    ask(client)
    deliver_due()
    sent = len(mail.outbox)
    ask(client)
    monday.shift(timedelta(minutes=10))
    deliver_due()

    assert len(mail.outbox) == sent
    assert Notice.objects.filter(key="approver_code", state="canceled").count() == 1


def test_a_code_opens_the_list_once_and_only_at_its_own_browser(client, waiting):
    ask(client)
    code = mailed_code()
    other = client.__class__()
    assert type_code(other, code).context["step"] == "address"
    assert rows(type_code(client, code)) != []
    client.post(LIST, {"step": "leave"})

    assert type_code(client, code).context["step"] == "address"


def test_the_list_closes_after_thirty_minutes(client, waiting, monday):
    open_list(client)
    monday.shift(timedelta(minutes=29))
    assert "rows" in client.get(LIST).context
    monday.shift(timedelta(minutes=1))

    assert client.get(LIST).context["step"] == "address"


def test_an_address_gets_three_mails_and_the_page_stays_the_same(client, waiting):
    pages = {len(ask(client).content) for _time in range(5)}

    assert Notice.objects.filter(key="approver_code").count() == 3
    assert len(pages) == 1


def test_a_code_that_nobody_was_sent_opens_nothing(client, waiting):
    for _time in range(4):
        ask(client)

    answer = type_code(client, code_of(client.session["waiting_asked"]["number"]))
    assert (answer.status_code, "rows" in answer.context) == (422, False)


def test_who_was_shown_what_is_noted(client, waiting):
    open_list(client)

    assert list(AccessLog.objects.values_list("what", "record", "allowed")) == [
        ("waiting for an approver", waiting.student_id, True)
    ]


def test_one_client_cannot_try_address_after_address(client, waiting):
    statuses = [ask(client, f"a{number}@demo.example").status_code for number in range(21)]

    assert statuses == [200] * 20 + [429]


def test_it_is_kept_by_no_cache_and_found_by_no_search_engine(client, waiting):
    for answer in (client.get(LIST), open_list(client)):
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex, nofollow"
        assert answer["Referrer-Policy"] == "strict-origin"


@pytest.mark.parametrize("count", [1, 30])
def test_the_list_takes_the_same_queries_with_one_row_and_with_thirty(
    client, office, count, django_assert_num_queries
):
    for number in range(count):
        record = factories.make_student(f"s{number}@school.example")
        factories.make_request(record, "cpt", "approver_review")
    assert len(rows(open_list(client))) == count
    client.get(LIST)

    with django_assert_num_queries(4):
        client.get(LIST)
