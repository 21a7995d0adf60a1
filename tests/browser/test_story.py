"""The whole story of the office, in real Chromium, with a real mail server.

A visitor reads, a student asks, an academic/program advisor approves from an e-mail, an ISSO
advisor asks back, decides, records and releases, the student downloads, an editor publishes.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.models import ApproverDirectoryEntry, StudentRequest
from isso.requests.people.roles import Role
from isso.tests import factories

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]


def work():
    """Let the worker do everything that is due, as its loop does."""
    call_command("worker", once=True, verbosity=0)


def fill(tab, answers):
    """Fill in one page of the wizard by its labels and go on."""
    for label, value in answers.items():
        field = tab.get_by_label(re.compile(rf"^\s*{re.escape(label)}(\s*\(optional\))?\s*$"))
        if value is True:
            field.check()
        elif field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    tab.get_by_role("button", name="Save and continue").click()


def upload(tab, label, name):
    """Choose a file in the slot of this label."""
    tab.get_by_label(re.compile(rf"^\s*{re.escape(label)}")).set_input_files(
        {
            "name": name,
            "mimeType": "application/pdf",
            "buffer": factories.pdf_file(name).read(),
        }
    )


def test_the_office_opens(office, mailbox, tab_for):
    today = timezone.localdate()
    start, end = today + timedelta(days=20), today + timedelta(days=100)
    factories.make_student("amara@school.example", preferred_name="Amara")
    advisor_user = factories.make_staff(Role.ADVISOR)
    factories.make_staff(Role.EDITOR)
    ApproverDirectoryEntry.objects.create(name="Paula Rivera", email="rivera@demo.example")

    # A visitor finds the portal button.
    visitor = tab_for()
    visitor.goto(f"{office}/guides/cpt/")
    assert visitor.get_by_role("link", name="ISSO Portal").first.get_attribute("href") == "/portal/"

    # The student asks for CPT.
    student = tab_for("amara@school.example")
    student.goto(f"{office}/portal/")
    assert student.get_by_role("heading", level=1).inner_text() == "Welcome, Amara"
    student.get_by_role("link", name="Requests & Documents").first.click()
    student.get_by_role("link", name="Curricular Practical Training (CPT)").click()
    student.get_by_role("button", name="Start this request").click()
    fill(
        student,
        {
            "Employer": "Harbor Labs",
            "Street and number of the work site": "12 Dock Street",
            "City": "Example City",
            "State": "MA",
            "ZIP code": "02139",
            "At this address": True,
            "Job title": "Data analyst",
            "What you will do": "Cleaning and modeling of shipping data.",
            "Supervisor": "Lena Brandt",
            "Supervisor’s e-mail address": "lena@harbor.example",
            "Supervisor’s phone": "6175550123",
        },
    )
    # A mistake is said at the field, and what was typed stays.
    fill(
        student,
        {
            "First day of work": end.isoformat(),
            "Last day of work": start.isoformat(),
            "Part time, 20 hours a week or fewer": True,
            "Hours a week": "20",
            "Yes": True,
            "Pay for the whole time, before taxes": "4,800",
        },
    )
    summary = student.get_by_role("alert")
    assert summary.get_by_role("link").all_inner_texts() == [
        "The last day must not come before the first day."
    ]
    assert student.get_by_label("First day of work").input_value() == end.isoformat()
    fill(
        student,
        {"First day of work": start.isoformat(), "Last day of work": end.isoformat()},
    )
    fill(
        student,
        {
            "I earn credit in a course": True,
            "Course number": "DS 599",
            "How does it relate to your major?": "Applies the statistics of my major.",
        },
    )
    fill(
        student,
        {
            "Name of your academic/program advisor": "Paula Rivera",
            "University e-mail address of this person": "rivera@demo.example",
        },
    )
    upload(student, "Offer letter", "offer.pdf")
    student.get_by_role("button", name="Save and continue").click()
    assert student.get_by_role("heading", level=1).inner_text() == "Check your answers"
    for box in student.get_by_role("checkbox").all():
        box.check()
    student.get_by_role("button", name="Submit", exact=True).click()
    made = StudentRequest.objects.get()
    student.wait_for_url(f"{office}{made.get_absolute_url()}")
    assert student.locator("main .stamp").first.inner_text().strip() == "Approver Review"

    # The academic/program advisor clicks the link in the mail and approves, without an account.
    work()
    assert mailbox.subjects()[0] == (
        "rivera@demo.example",
        "Please approve: ISSO Request for Advisor Approval: "
        "Curricular Practical Training (CPT), Amara Okoye "
        f"({made.reference})",
    )
    approver = tab_for()
    approver.goto(mailbox.link_to("rivera@demo.example"))
    assert "P1234567" not in approver.content()
    assert "Dock Street" not in approver.content()
    approver.get_by_label("Approve", exact=True).check()
    approver.get_by_label("Yes", exact=True).first.check()
    approver.get_by_label("Gives credit toward the degree").check()
    approver.get_by_label("How does it relate to the declared major?").fill("Directly.")
    approver.get_by_label("Yes", exact=True).nth(1).check()
    approver.get_by_label("Yes", exact=True).nth(2).check()
    approver.get_by_label("Part time, 20 hours a week or fewer").check()
    approver.get_by_label("When do you expect the student to finish the program?").fill(
        (today + timedelta(days=290)).isoformat()
    )
    approver.get_by_label("Your name").fill("Paula Rivera")
    approver.get_by_label("Your title and department").fill("Professor of Data Science")
    approver.get_by_role("button", name="Check and confirm").click()
    approver.get_by_role("button", name="Confirm", exact=True).click()
    assert approver.get_by_role("heading", level=1).inner_text() == "Thank you"

    # The ISSO advisor takes it and asks back.
    desk = tab_for(advisor_user.email)
    desk.goto(f"{office}/admin/desk/view/unassigned/")
    desk.get_by_role("link", name=made.reference).click()
    act(desk, "Start review")
    desk.get_by_role("link", name="Ask for clarification").click()
    desk.get_by_label("What to change: Supervisor’s phone").fill("This number is not in service.")
    desk.get_by_role("button", name="Ask for clarification").click()
    desk.wait_for_url(f"**/desk/{made.pk}/?**")

    # The student reads the mail, changes what is marked, and sends it again.
    work()
    student.goto(mailbox.link_to("amara@school.example"))
    assert student.locator("main .stamp").first.inner_text().strip() == "Clarification Requested"
    student.get_by_role("link", name="Supervisor’s phone").first.click()
    assert student.get_by_label("Employer", exact=True).is_disabled()
    fill(student, {"Supervisor’s phone": "6175550199"})
    student.goto(f"{office}{made.get_absolute_url()}check/")
    for box in student.get_by_role("checkbox").all():
        box.check()
    student.get_by_role("button", name="Submit", exact=True).click()
    assert student.locator("main .stamp").first.inner_text().strip() == "Submitted"

    # The advisor approves, records, releases and completes.
    desk.goto(f"{office}/admin/desk/{made.pk}/")
    act(desk, "Approve")
    desk.get_by_role("link", name="Recorded in SEVIS").click()
    desk.get_by_label("Recorded in SEVIS on").fill(today.isoformat())
    desk.keyboard.press("Escape")
    desk.get_by_label("What was keyed").fill("CPT part time, Harbor Labs")
    desk.get_by_role("button", name="Recorded in SEVIS").click()
    desk.get_by_label(re.compile("Name of the document")).fill("I-20 with CPT")
    upload(desk, "File*", "i20.pdf")
    desk.get_by_role("button", name="Release document").click()
    act(desk, "Complete")
    assert StudentRequest.objects.get().state == "completed"

    # The student is told, and downloads the document.
    work()
    assert mailbox.subjects()[-1][0] == "amara@school.example"
    student.goto(mailbox.link_to("amara@school.example"))
    with student.expect_download() as download:
        student.get_by_role("link", name="I-20 with CPT").first.click()
    assert download.value.suggested_filename == "i20.pdf"

    # An editor publishes a reminder, and the student sees it.
    editor = tab_for("editor@staff.example")
    editor.goto(f"{office}/admin/snippets/requests/reminder/add/")
    editor.get_by_role("textbox", name="Title*").fill("Travel signatures before the break")
    editor.get_by_role("textbox", name="Text*").fill("Ask for yours two weeks before you leave.")
    editor.get_by_role("button", name="More actions").click()
    editor.get_by_role("button", name="Publish").click()
    editor.wait_for_load_state()
    student.goto(f"{office}/portal/")
    reminder = student.locator(".callout", has_text="Travel signatures before the break")
    assert reminder.count() == 1
    assert date_format(today, "Y") in student.content()


def act(desk, label):
    """Open the page of an action and confirm it."""
    desk.get_by_role("link", name=label, exact=True).click()
    desk.get_by_role("button", name=label, exact=True).click()
    desk.wait_for_load_state()
