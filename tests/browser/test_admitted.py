"""From the invitation to Check-In: an admitted student, on two devices, with real mails."""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from playwright.sync_api import expect

from isso.requests.actor import Actor
from isso.requests.models import OwnDate, StudentRequest
from isso.requests.people.models import User
from isso.requests.perform import perform
from isso.requests.records.changing import change_record
from isso.requests.records.inviting import invite_person
from isso.requests.records.models import StudentRecord
from isso.tests import factories
from isso.tests.answers.initial_i20 import family
from isso.tests.browser.eyes import Eyes

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
EMAIL = "arjun@school.example"
# Browsers keep the place in a page through a redirect.
HOME = re.compile(r"/portal/(#.*)?$")


@pytest.fixture
def arjun(office):
    """Somebody who is admitted, has paid the deposit and has no account yet."""
    today = timezone.localdate()
    return StudentRecord.objects.create(
        family_name="Mehta",
        given_name="Arjun",
        email=EMAIL,
        visa_class="none",
        stage="pre_arrival",
        education_level="05",
        major="Civil Engineering",
        cip_code="14.0801",
        program_start=today + timedelta(days=90),
        program_end=today + timedelta(days=790),
        deposit_paid_on=today - timedelta(days=12),
    )


def work():
    """Let the worker send what waits."""
    call_command("worker", once=True, verbosity=0)


def open_tab(tab, title):
    """Open one of the portal's tabs."""
    tabs = tab.get_by_role("navigation", name="Portal tabs")
    tabs.get_by_role("link", name=title).click()
    tab.get_by_role("heading", level=1).wait_for()


def tabs_of(tab):
    """Return what each tab says, in one line each."""
    links = tab.get_by_role("navigation", name="Portal tabs").locator("li").all_inner_texts()
    return [" ".join(each.split()) for each in links]


def fill(tab, answers):
    """Fill in what the page asks and shows, and give it every file it wants; nothing is sent."""
    for name in [each for each in answers if each.endswith("_count")]:
        _choose(tab, name, answers[name])
    for name, value in answers.items():
        field = tab.locator(f'main [name="{name}"]')
        if name.endswith("_count") or not value or not field.count():
            continue
        if field.first.get_attribute("type") == "radio":
            field = tab.locator(f'main [name="{name}"][value="{value}"]')
        if field.first.is_visible():
            _answer(field.first, value)
    for slot in tab.locator("main input[type=file]").all():
        name = f"{slot.get_attribute('name')}.pdf"
        file = {"name": name, "mimeType": "application/pdf"}
        slot.set_input_files(file | {"buffer": factories.pdf_file(name).read()})


def _choose(tab, name, value):
    """Say how many there are: the page comes back with as many groups by itself."""
    count = tab.locator(f'main [name="{name}"]')
    if count.count() and count.input_value() != value:
        with tab.expect_navigation():
            count.select_option(value)


def _answer(field, value):
    kind = field.evaluate("each => each.type")
    if kind in ("radio", "checkbox"):
        field.check()
    elif kind == "select-one":
        field.select_option(value)
    else:
        field.fill(value)


def save(tab):
    """Press the button that saves a page and leads on."""
    tab.get_by_role("button", name="Save and continue").click()


def tick_all(tab):
    """Confirm every sentence on the last tab."""
    for box in tab.locator("main input[type=checkbox]").all():
        box.check()


def complete(tab, *, too_early=False):
    """Press the button at the lower right of the last tab, also while it says it is not ready."""
    tab.get_by_role("button", name="Complete", exact=True).click(force=too_early)


def test_from_the_invitation_to_check_in(office, mailbox, arjun, tab_for, settings):
    eyes, advisor_user = Eyes(office), factories.make_staff()
    advisor = Actor.for_user(advisor_user)
    answers = factories.answers_for("initial_i20", arjun) | family("Meera")
    answers["source_1_amount"] = "20,000,000"

    # The mail opens the portal: five tabs, and nothing is begun by looking.
    invite_person(arjun, by=advisor_user)
    work()
    laptop = tab_for()
    laptop.goto(mailbox.link_to(EMAIL))
    laptop.get_by_role("button", name="Accept the invitation").click()
    laptop.wait_for_url(HOME)
    assert tabs_of(laptop) == [
        "1. Home",
        "2. Biographical information",
        "3. Dependents",
        "4. Financial information",
        "5. Submit",
    ]
    assert laptop.get_by_role("link", name="Requests & Documents").count() == 0
    assert StudentRequest.objects.count() == 0
    eyes.look(laptop, "Home before the beginning")
    laptop.get_by_role("button", name="Begin").click()
    laptop.wait_for_url("**/edit/home/")

    # A strange order: the family first, then the session ends in the middle of the money.
    user = User.objects.get(email=EMAIL)
    user.set_password("demo")
    user.save()
    laptop = tab_for(EMAIL)
    open_tab(laptop, "Dependents")
    fill(laptop, answers)
    eyes.look(laptop, "one dependent")
    save(laptop)
    laptop.wait_for_url("**/edit/financial/**")
    assert "3. Dependents complete" in tabs_of(laptop)
    _choose(laptop, "source_count", "1")
    laptop.locator("[name=source_1_amount]").fill("20,000,000")
    laptop.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    save(laptop)
    laptop.get_by_label("E-mail").fill(EMAIL)
    laptop.get_by_label("Password").fill("demo")
    laptop.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    laptop.wait_for_url("**/edit/financial/**")
    assert laptop.get_by_text("What you typed is back").count() == 1
    assert laptop.locator("[name=source_1_amount]").input_value() == "20,000,000"
    fill(laptop, answers)
    eyes.look(laptop, "one source of money")
    save(laptop)
    laptop.wait_for_url("**/check/**")

    # On the phone the person goes on; Complete refuses and says what is missing.
    phone = tab_for(EMAIL)
    phone.set_viewport_size({"width": 320, "height": 800})
    open_tab(phone, "Submit")
    tick_all(phone)
    complete(phone, too_early=True)
    refused = phone.get_by_role("alert")
    missing = refused.get_by_role("link").all_inner_texts()
    assert len(missing) > 5
    assert StudentRequest.objects.get().state == "draft"
    eyes.look(phone, "what is missing")
    refused.get_by_role("link").first.click()
    phone.wait_for_url("**/edit/home/#id_*")
    fill(phone, answers)
    save(phone)
    phone.wait_for_url("**/edit/biographical/**")
    fill(phone, answers)
    eyes.look(phone, "the person")
    save(phone)
    phone.wait_for_url("**/edit/dependents/**")
    assert tabs_of(phone) == [
        "1. Home complete",
        "2. Biographical information complete",
        "3. Dependents complete",
        "4. Financial information complete",
        "5. Submit ready",
    ]
    open_tab(phone, "Submit")
    eyes.look(phone, "ready to complete")
    tick_all(phone)
    complete(phone)
    phone.wait_for_url(HOME)
    made = StudentRequest.objects.get()
    assert (made.type_key, made.state) == ("initial_i20", "submitted")

    # An advisor asks about one answer, and gets one.
    made = perform(made, "start_review", advisor)
    items = [{"name": "birth_city", "sentence": "Is this the city in your passport?"}]
    perform(made, "ask_clarification", advisor, items=items)
    work()
    laptop.goto(f"{office}/portal/")
    eyes.look(laptop, "a question of the office")
    laptop.get_by_role("link", name="City of birth").click()
    laptop.wait_for_url("**/edit/biographical/#id_birth_city")
    laptop.locator("[name=birth_city]").fill("Poona")
    save(laptop)
    laptop.wait_for_url("**/check/**")
    tick_all(laptop)
    complete(laptop)
    laptop.wait_for_url(HOME)
    made.refresh_from_db()
    assert (made.state, made.answers["birth_city"]) == ("in_review", "Poona")

    # The office approves, records it with its SEVIS ID, and releases the form.
    made = factories.record_in_sevis(perform(made, "approve", advisor), advisor)
    factories.release(made, advisor, "I-20")
    perform(made, "complete", advisor)
    work()
    arjun.refresh_from_db()
    assert arjun.sevis_status == "initial"
    assert arjun.dependents.count() == 1

    # The mail leads Home: the form, and what comes next with one's own days.
    assert mailbox.link_to(EMAIL) == f"{office}/portal/"
    laptop.goto(mailbox.link_to(EMAIL))
    documents = laptop.locator("#documents")
    assert documents.get_by_role("link").count() == 1
    steps = laptop.get_by_role("list", name="Your next steps")
    now = steps.locator("[aria-current=step]")
    expect(now).to_contain_text("Pay the SEVIS fee")
    laptop.get_by_role("link", name="Note your own dates").click()
    today = timezone.localdate()
    laptop.get_by_label("SEVIS fee paid on").fill(today.isoformat())
    laptop.get_by_label("Visa appointment on").fill(today.isoformat())
    eyes.look(laptop, "own dates")
    laptop.get_by_role("button", name="Save the dates").click()
    laptop.wait_for_url(HOME)
    expect(now).to_contain_text("Arrive")
    assert OwnDate.objects.count() == 2
    eyes.look(laptop, "the next steps")

    # The day of arrival is here: Check-In is open, and makes the record Active.
    change_record(arjun, {"program_start": today + timedelta(days=5)}, by=None, source="Test")
    laptop.reload()
    assert laptop.get_by_text("Your program starts on another day now").count() == 1
    steps.get_by_role("link", name="Check in with our office").click()
    laptop.get_by_role("button", name="Start this request").click()
    arjun.refresh_from_db()
    arrival = factories.answers_for("check_in", arjun)
    arrival["arrival_date"] = today.isoformat()
    while "/edit/" in laptop.url:
        before = laptop.url
        fill(laptop, arrival)
        save(laptop)
        laptop.wait_for_url(lambda url, before=before: url != before)
    tick_all(laptop)
    laptop.get_by_role("button", name="Submit", exact=True).click()
    laptop.get_by_text("We have it. Your reference is").wait_for()
    check_in = StudentRequest.objects.get(type_key="check_in")
    check_in = perform(check_in, "start_review", advisor)
    check_in = factories.record_in_sevis(perform(check_in, "approve", advisor), advisor)
    if check_in.state != "completed":
        perform(check_in, "complete", advisor)
    arjun.refresh_from_db()
    assert (arjun.stage, arjun.sevis_status) == ("continuing", "active")

    # The ordinary portal has taken over; the first form is among what is past.
    laptop.goto(f"{office}/portal/")
    open_tab(laptop, "Requests & Documents")
    assert laptop.get_by_role("link", name=made.type.title).count() >= 1
    assert not eyes.problems, "\n".join(eyes.problems)
