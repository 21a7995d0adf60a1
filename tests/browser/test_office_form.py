"""An office form in real Chromium: built, published, filled in, approved, changed, moved."""

import re
from contextlib import suppress

import pytest
from django.core.management import call_command
from playwright.sync_api import TimeoutError, expect

from isso.requests.models import ApproverDirectoryEntry, OfficeForm, StudentRequest
from isso.requests.people.roles import Role
from isso.tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

# Each field as the supervisor adds it: its kind, then what is typed by the end of a control's name.
FIELDS = [
    ("Choice", {"label": "Which bank?", "name": "bank", "options": "River Bank\nAnother bank"}),
    (
        "Text",
        {
            "label": "Its name",
            "name": "bank_name",
            "audience": "approver",
            "show_if": "bank",
            "show_if_answers": "Another bank",
        },
    ),
    ("Date", {"label": "When do you go there?", "name": "visit"}),
    ("Money", {"label": "Amount to show", "name": "amount", "audience": "approver"}),
    ("Checkboxes", {"label": "It states", "name": "states", "options": "Studies\nFunding"}),
    ("Phone", {"label": "Your phone", "name": "phone"}),
    ("File", {"label": "Passport page", "name": "passport"}),
    (
        "Choice",
        {
            "label": "Template of the letter",
            "name": "template",
            "options": "Short\nLong",
            "audience": "office",
        },
    ),
    (
        "Text",
        {
            "label": "Name of the banker",
            "name": "banker",
            "audience": "office",
            "show_if": "template",
            "show_if_answers": "Long",
        },
    ),
]


def insert(tab, stream, kind=None):
    """Put one more block at the end of a stream, and return the beginning of its fields' names."""
    count = tab.locator(f'[name="{stream}-count"]')
    number = int(count.input_value())
    choice = tab.get_by_role("option", name=re.compile(f"^{kind}$")).first
    # A calendar that still closes may swallow the first click.
    for _try in range(3):
        count.locator("xpath=..").get_by_title("Insert a block").last.click()
        with suppress(TimeoutError):
            if kind:
                choice.click(timeout=3_000)
            tab.locator(f'[name="{stream}-{number}-id"]').wait_for(state="attached", timeout=3_000)
            return f"{stream}-{number}-value"
    raise AssertionError(f"No block “{kind}” was added.")


def type_into(tab, block, values):
    """Type values into the controls of a block."""
    for name, value in values.items():
        control = tab.locator(f'[name="{block}-{name}"]')
        if control.evaluate("each => each.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)


def publish(tab):
    """Publish what stands in the editor."""
    tab.get_by_role("button", name="More actions").click()
    with tab.expect_navigation():
        tab.get_by_role("button", name="Publish").click()


def fill(tab, answers):
    """Fill in one page of the wizard by its labels."""
    for label, value in answers.items():
        field = tab.get_by_label(re.compile(rf"^\s*{re.escape(label)}"))
        if value is True:
            field.check()
        elif isinstance(value, dict):
            field.set_input_files(value)
        else:
            field.fill(value)


def go_on(tab):
    tab.get_by_role("button", name="Save and continue").click()


def fill_in(tab, office):
    """Begin the letter as a student finds it, and answer its questions."""
    tab.goto(f"{office}/portal/requests/")
    tab.get_by_role("link", name="Bank letter").click()
    tab.get_by_role("button", name="Start this request").click()
    name = tab.get_by_label(re.compile(r"^\s*Its name"))
    assert not name.is_visible()
    fill(tab, {"Another bank": True})
    assert name.is_visible()
    passport = {"name": "passport.pdf", "mimeType": "application/pdf"}
    fill(
        tab,
        {
            "Its name": "Harbor Savings",
            "When do you go there?": "2027-03-01",
            "Amount to show": "$31,400",
            "Studies": True,
            "Your phone": "+1 202 555 0123",
            "Passport page": passport | {"buffer": factories.pdf_file().read()},
        },
    )
    go_on(tab)
    fill(
        tab,
        {
            "Name of your academic/program advisor": "Paula Rivera",
            "University e-mail address of this person": "rivera@demo.example",
        },
    )
    go_on(tab)


def test_the_life_of_an_office_form(office, mailbox, tab_for):
    factories.make_student("amara@school.example")
    factories.make_student("kofi@school.example", given_name="Kofi")
    factories.make_staff(Role.SUPERVISOR)
    factories.make_staff(Role.ADVISOR)
    ApproverDirectoryEntry.objects.create(name="Paula Rivera", email="rivera@demo.example")
    supervisor, amara = tab_for("supervisor@staff.example"), tab_for("amara@school.example")
    kofi, advisor = tab_for("kofi@school.example"), tab_for("advisor@staff.example")

    # The supervisor builds it: six kinds of fields and a file. A show-if that names nothing is
    # refused with its field, and nothing typed is lost.
    build(supervisor, f"{office}/admin/snippets/requests/officeform/add/")
    bank_name = '[name="sections-0-value-fields-1-value-show_if"]'
    supervisor.locator(bank_name).fill("no_such_field")
    publish(supervisor)
    expect(supervisor.locator("#panel-sections-section")).to_contain_text(
        "“Its name” is shown by the answer to “no_such_field”, but there is no such field."
    )
    assert not OfficeForm.objects.filter(live=True).exists()
    supervisor.locator(bank_name).fill("bank")
    publish(supervisor)
    form = OfficeForm.objects.get()
    assert (form.live, form.versions.count()) == (True, 1)

    # Two students ask; one sends it, the approver agrees behind the link, the office approves.
    fill_in(amara, office)
    fill_in(kofi, office)
    send(amara)
    sent = StudentRequest.objects.get(state="approver_review")
    call_command("worker", once=True, verbosity=0)
    approver = tab_for()
    approver.goto(mailbox.link_to("rivera@demo.example"))
    # Behind the link stands what the approver is to read, and nothing else.
    shown = approver.locator("main").inner_text()
    assert ("Harbor Savings" in shown, "+1 202 555 0123" in shown) == (True, False)
    decide(approver)
    advisor.goto(f"{office}/admin/desk/{sent.pk}/")
    assert "+1 202 555 0123" in advisor.locator("main").text_content()
    before = answers_in(advisor)
    act(advisor, "Start review")
    fill_for_the_office(advisor)
    act(advisor, "Approve")
    amara.reload()
    shown = amara.locator("main").text_content()
    assert ("Harbor Savings" in shown, "Template of" in shown, "Ms. Okonkwo" in shown) == (
        *(True, False, False),
    )

    # The form changes: other words, one question less, one more.
    supervisor.goto(f"{office}/admin/snippets/requests/officeform/edit/{form.pk}/")
    type_into(supervisor, "sections-0-value-fields-1-value", {"label": "The bank’s name"})
    type_into(supervisor, "sections-0-value-fields-3-value", {"name": "funding"})
    publish(supervisor)
    assert form.versions.count() == 2

    # The open draft is moved without loss; what is not asked any more stays to be read.
    kofi.goto(f"{office}{draft_of('kofi@school.example').get_absolute_url()}")
    kofi.get_by_role("button", name="Move your answers to the new form").click()
    assert "Amount to show" in kofi.locator(".callout").all_inner_texts()[-1]
    draft = draft_of("kofi@school.example")
    assert draft.type_version == 2
    assert (draft.answers["bank_name"], draft.answers["amount@1"]) == ("Harbor Savings", "$31,400")
    assert [each.slot for each in draft.documents.uploaded()] == ["passport"]

    # What was sent is as it was.
    sent = StudentRequest.objects.get(pk=sent.pk)
    assert (sent.state, sent.type_version) == ("approved", 1)
    advisor.goto(f"{office}/admin/desk/{sent.pk}/")
    assert answers_in(advisor) == before


def build(tab, address):
    """Fill in the editor of a new form."""
    tab.goto(address, wait_until="networkidle")
    tab.locator("#id_title").press_sequentially("Bank letter")
    tab.locator("#id_summary").fill("A letter for your bank.")
    # The address follows the title, as it does for pages.
    expect(tab.locator("#id_key")).to_have_value("bank-letter")
    section = insert(tab, "sections")
    type_into(tab, section, {"title": "The letter"})
    for kind, values in FIELDS:
        type_into(tab, insert(tab, f"{section}-fields", kind), values)
    tab.locator("#id_asks_approver").check()
    question = insert(tab, "questions", "Choice")
    type_into(tab, question, {"label": "In good standing?", "name": "good", "options": "Yes\nNo"})
    question = insert(tab, "questions", "Long text")
    values = {"label": "Why not?", "name": "why", "show_if": "good", "show_if_answers": "No"}
    type_into(tab, question, values)
    tab.locator("#id_releases").fill("Bank letter")


def draft_of(email):
    return StudentRequest.objects.get(student__email=email, state="draft")


def send(tab):
    """Confirm what the form says by default, and send it."""
    for box in tab.get_by_role("checkbox").all():
        box.check()
    tab.get_by_role("button", name="Submit", exact=True).click()


def decide(tab):
    """Approve as the person behind the link, whom a bad answer would be asked the reason of."""
    why = tab.get_by_label(re.compile(r"^\s*Why not"))
    seen = [why.is_visible()]
    tab.get_by_label("Approve", exact=True).check()
    for answer, number in (("Yes", 0), ("No", 1), ("Yes", 1)):
        tab.get_by_label(answer, exact=True).nth(number).check()
        seen.append(why.is_visible())
    assert seen == [False, False, True, False]
    tab.get_by_label("Your title and department").fill("Professor of Statistics")
    tab.get_by_role("button", name="Check and confirm").click()
    tab.get_by_role("button", name="Confirm", exact=True).click()
    assert tab.get_by_role("heading", level=1).inner_text() == "Thank you"


def fill_for_the_office(desk):
    """Answer what the form asks the office, which is asked the second after the first."""
    desk.get_by_role("link", name="Fill in the office’s part").click()
    banker = desk.get_by_label(re.compile(r"^\s*Name of the banker"))
    assert not banker.is_visible()
    desk.get_by_label("Long", exact=True).check()
    banker.fill("Ms. Okonkwo")
    desk.get_by_role("button", name="Fill in the office’s part").click()
    desk.wait_for_load_state()
    assert "Ms. Okonkwo" in desk.locator("#office-part-section").inner_text()


def answers_in(case):
    """Read the answers on the case page."""
    return case.locator("#answers-section").inner_text()


def act(desk, label):
    """Open the page of an action and confirm it."""
    desk.get_by_role("link", name=label, exact=True).click()
    desk.get_by_role("button", name=label, exact=True).click()
    desk.wait_for_load_state()
