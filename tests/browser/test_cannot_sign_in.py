"""“I can't sign in”, from the page to the mail and in: every answer, by real SMTP, in Chromium."""

import pytest
from django.core.management import call_command

from isso.requests.notices.outbox import deliver_due
from isso.requests.people.models import User
from isso.requests.people.sign_in_answers import WORDS, Answer
from isso.requests.records.models import StudentRecord
from isso.tests.browser.eyes import Eyes
from isso.tests.people import sign_in_cases as cases
from isso.tests.people.campus_provider import honest_provider, switch_on

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

# One case for each answer.
CASES = {Answer(answer): case for case, (answer, _link) in reversed(cases.CASES.items())}


@pytest.fixture
def provider(settings):
    """The campus sign-in, in a process of its own."""
    with honest_provider() as found:
        switch_on(settings, found.issuer)
        yield found


def address_of(answer):
    domain = "campus.example" if answer == Answer.UNCONNECTED else "home.example"
    return f"{answer}@{domain}"


def ask(page, site, email):
    """Type an address from the sign-in page on, and return every word of the answer."""
    page.goto(f"{site}/accounts/login/")
    page.locator("main").get_by_role("link", name="I can't sign in").click()
    page.get_by_label("E-mail address").fill(email)
    page.get_by_role("button", name="Send me the answer").click()
    page.wait_for_url(f"{site}/accounts/help/sent/")
    return page.locator("main").inner_text()


def told(text):
    """Return what a mail says is missing, and the steps."""
    _greeting, _who, sentence, *_rest = text.split("\n\n")
    return sentence, [line[2:] for line in text.split("\n") if line.startswith("* ")]


def at_the_campus(page, email):
    """Press the campus button and sign in there."""
    page.get_by_role("button", name="Campus sign-in").click()
    page.locator("input[name=sub]").fill(email)
    page.get_by_role("button", name="Authorize").click()


def accept(page, _email, _mailbox):
    page.get_by_role("button", name="Accept the invitation").click()


def enter_at_the_campus(page, email, _mailbox):
    at_the_campus(page, email)


def use_the_password(page, email, _mailbox):
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill("demo")
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


def use_a_code(page, email, mailbox):
    page.get_by_label("E-mail address").fill(email)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    page.wait_for_url("**/confirm/**")
    deliver_due()
    page.get_by_label("Code").fill(mailbox.text_to(email).split("\n\n")[2])
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()


# What the link in the mail leads to, how one gets in there, and where.
WAYS = {
    Answer.INVITED: ("Your invitation", accept, "/portal/"),
    Answer.EXPIRED: ("Your invitation", accept, "/portal/"),
    Answer.UNCONNECTED: ("Your invitation", enter_at_the_campus, "/portal/"),
    Answer.CAMPUS: ("Sign in", enter_at_the_campus, "/portal/"),
    Answer.STAFF: ("Sign in", use_the_password, "/admin/"),
    Answer.FINE: ("Sign in", use_a_code, "/portal/"),
    # These sign in with another address.
    Answer.PERSONAL_LATER: ("Sign in", None, None),
    Answer.MOVED: ("Sign in", None, None),
}


def test_one_page_for_everybody_and_a_mail_that_leads_in(office, provider, mailbox, page, settings):
    for answer, case in CASES.items():
        case(settings, address_of(answer))
    for user in User.objects.filter(full_name="Priya Raman"):
        StudentRecord.objects.create(user=user, email=user.email, stage="continuing")
    for answer in (Answer.UNCONNECTED, Answer.CAMPUS):
        provider.knows(address_of(answer), email=address_of(answer))

    # The page says the same to all.
    pages = {ask(page, office, address_of(answer)) for answer in CASES}
    assert len(pages) == 1
    eyes = Eyes(office)
    eyes.look(page, "the answer")
    eyes.visit(page, ["/accounts/help/"])

    # The mail says what is missing.
    call_command("worker", once=True, verbosity=0)
    # Its next look into the outbox would come two seconds later.
    deliver_due()
    assert {answer: told(mailbox.text_to(address_of(answer))) for answer in CASES} == {
        answer: (str(words.sentence), [str(step) for step in words.steps])
        for answer, words in WORDS.items()
    }
    without_link = {answer for answer in CASES if "://" not in mailbox.text_to(address_of(answer))}
    assert without_link == set(CASES) - set(WAYS)

    # Its link lets in who may come in.
    for answer, (heading, enter, where) in WAYS.items():
        email = address_of(answer)
        page.context.clear_cookies()
        page.goto(mailbox.link_to(email))
        assert (answer, page.get_by_role("heading", level=1).inner_text()) == (answer, heading)
        if enter:
            enter(page, email, mailbox)
            page.wait_for_url(f"{office}{where}")
            assert "Welcome" in page.title() or where == "/admin/"
    assert eyes.problems == []
