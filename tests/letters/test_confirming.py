"""The page behind the QR code: it confirms what was printed, and tells a guesser nothing."""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from isso.requests.letters.codes import digest_of, new_code
from isso.requests.letters.revoking import revoke_letter
from isso.requests.models import Document, IssuedLetter
from isso.requests.records.models import AccessLog
from isso.requests.views.letters import FROM_A_CLIENT
from isso.tests import factories
from isso.tests.access.fingerprint import changed, fingerprint

from .reading import codes_in

ROW = re.compile(r"<dt>(.*?)</dt><dd><bdi>(.*?)</bdi></dd>")
HEADING = re.compile(r"<h1>(.*?)</h1>")


@pytest.fixture
def made(student, advisor):
    """A completed request with its letter."""
    return factories.make_request(
        student, "letter", "completed", advisor, include=["birth_date", "major"]
    )


@pytest.fixture
def address(made):
    """The address that a phone reads from the letter."""
    with Document.objects.get(student_request=made).file.open("rb") as file:
        [found] = codes_in(file.read())
    assert found.startswith("http://testserver/portal/letters/")
    return urlsplit(found).path


def read(answer):
    """Return status, heading and the facts on the page."""
    page = answer.content.decode()
    return answer.status_code, HEADING.search(page)[1], ROW.findall(page)


UNKNOWN = (404, "We know no such letter", [])
NOT_VALID = (410, "This letter is no longer valid", [])


def test_whoever_holds_the_letter_sees_what_was_printed_and_no_more(client, made, address):
    answer = client.get(address)

    assert read(answer) == (
        200,
        "This letter is real",
        [
            ("Name", "Amara Okoye"),
            ("Date of birth", "April 17, 2001"),
            ("Immigration status", "F-1 student"),
            ("SEVIS record", "Active"),
            ("Field of study", "Data Science"),
            ("Reference", made.reference),
        ],
    )
    page = answer.content.decode()
    assert "Office of Visitors issued it on October 5, 2026." in page
    assert "We confirm it until January 3, 2027." in page
    told = [made.student.sevis_id, made.student.email, "P1234567", "900310044", "Harbor Bank"]
    assert [each for each in told if each in page] == []


def test_a_later_change_of_the_record_changes_nothing(client, made, address):
    before = client.get(address).content
    made.student.major, made.student.sevis_status = "History", "terminated"
    made.student.family_name = "Changed"
    made.student.save()

    assert client.get(address).content == before


def test_a_name_in_another_script_is_confirmed_as_it_was_printed(client, office, advisor):
    student = factories.make_student(given_name="محمد عبد الله", family_name="الحسن <b>")
    made = factories.make_request(student, "letter", "completed", advisor)
    with Document.objects.get(student_request=made).file.open("rb") as file:
        [address] = codes_in(file.read())

    assert read(client.get(address))[2][0] == ("Name", "محمد عبد الله الحسن &lt;b&gt;")


def test_the_address_may_be_typed_from_paper(client, address):
    code = address.rstrip("/").rpartition("/")[2]
    typed = [code.lower(), code.replace("-", ""), code.replace("-", "", 1)]
    assert [client.get(f"/portal/letters/{each}/").status_code for each in typed] == [200] * 3


def guesses(made, address):
    """What somebody may try who does not hold the letter."""
    code = address.rstrip("/").rpartition("/")[2]
    letter = IssuedLetter.objects.get()
    return [
        made.reference,
        made.reference.replace("-", ""),
        str(letter.pk),
        str(letter.document_id),
        letter.code_digest,
        new_code(),
        code[:-1],
        code + "A",
        code[:-1] + ("2" if code[-1] != "2" else "3"),
        code[::-1],
        "' OR 1=1 --",
        "%00",
        "x" * 3000,
        "٢" * 27,
        "-",
    ]


def test_a_guess_learns_nothing(client, made, address):
    AccessLog.objects.all().delete()
    before = fingerprint()
    answers = [client.get(f"/portal/letters/{each}/") for each in guesses(made, address)]

    assert [read(each) for each in answers] == [UNKNOWN] * len(answers)
    # The same page to the letter, whatever was tried.
    assert len({re.sub(rb'nonce="[^"]*"', b"", each.content) for each in answers}) == 1
    assert changed(before, fingerprint()) == []
    assert AccessLog.objects.count() == 0


def test_the_day_after_the_last_it_says_whom_to_ask_and_no_fact(client, made, address, monday):
    monday.shift(timedelta(days=90))
    assert read(client.get(address))[0] == 200
    monday.shift(timedelta(days=1))
    answer = client.get(address)

    assert read(answer) == NOT_VALID
    tells_nothing(answer, made)


def test_a_revoked_letter_says_whom_to_ask_and_no_fact(client, made, address, actor):
    revoke_letter(made, "The program was changed.", actor)
    answer = client.get(address)

    assert read(answer) == NOT_VALID
    tells_nothing(answer, made)


def tells_nothing(answer, made):
    page = answer.content.decode()
    facts = [value for _label, value in IssuedLetter.objects.get().facts]
    secret = [*facts, made.reference, "The program was changed.", "October", "January"]
    assert [each for each in secret if each in page] == []
    assert ("617-555-0100" in page, "office@lakeside.example" in page) == (True, True)


def test_no_search_engine_no_cache_and_no_next_page_learns_the_code(
    client, made, address, settings
):
    settings.PAGE_CACHE = True
    unknown = f"/portal/letters/{new_code()}/"
    for answer in (client.get(address), client.get(address), client.get(unknown)):
        assert answer["X-Robots-Tag"] == "noindex, nofollow, noarchive"
        assert answer["Referrer-Policy"] == "no-referrer"
        assert "no-store" in answer["Cache-Control"]
        assert '<meta name="robots" content="noindex, nofollow">' in answer.content.decode()
        assert (answer.has_header("X-Page-Cache"), answer.cookies) == (False, {})
    assert "Disallow: /portal/" in client.get("/robots.txt").content.decode()


def test_every_confirmation_is_counted_without_a_word_about_who_asked(
    client, made, address, actor, advisor
):
    AccessLog.objects.all().delete()
    client.force_login(advisor)
    client.get(address)
    client.get(address)
    client.head(address)
    revoke_letter(made, "Changed.", actor)
    client.get(address)

    assert list(AccessLog.objects.values_list("what", "object_id", "user", "allowed")) == [
        ("letter not valid", made.reference, None, False),
        ("letter confirmed", made.reference, None, True),
        ("letter confirmed", made.reference, None, True),
    ]
    assert client.get(f"/admin/desk/{made.pk}/").context["case"].letter.times_confirmed == 2


def test_looking_changes_nothing_but_the_log(client, address):
    before = fingerprint()
    client.get(address)
    assert changed(before, fingerprint()) == []
    assert [client.post(address).status_code, client.delete(address).status_code] == [405, 405]


def test_one_network_may_not_try_for_ever(client, made, address):
    unknown = f"/portal/letters/{new_code()}/"
    found = [client.get(unknown).status_code for _try in range(FROM_A_CLIENT["limit"] + 1)]

    assert found == [404] * FROM_A_CLIENT["limit"] + [429]
    assert read(client.get(address)) == (429, "Please wait", [])
    # A header that anybody can write makes nobody somebody else.
    assert client.get(address, headers={"X-Forwarded-For": "198.51.100.7"}).status_code == 429
    assert client.get(address, REMOTE_ADDR="198.51.100.7").status_code == 200


def test_a_page_costs_few_questions_to_the_database(client, made, address):
    client.get(address)
    with_letter = queries(client, address)
    without = queries(client, f"/portal/letters/{new_code()}/")
    # What is not there is looked for among the redirects of pages, too.
    assert (with_letter, without) == (3, 4)


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return len(captured)


@pytest.mark.parametrize("number", range(20))
def test_what_is_no_code_has_no_digest(number):
    code = new_code()
    assert re.fullmatch(r"[2-9A-HJKMNP-TV-Z]{9}(-[2-9A-HJKMNP-TV-Z]{9}){2}", code)
    assert digest_of(code) == digest_of(code.lower().replace("-", "")) != ""
    assert {digest_of(code[:number]), digest_of(code + code), digest_of("")} == {""}
