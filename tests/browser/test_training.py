"""OPT and STEM OPT, in real Chromium: from the tile to the completed request, page by page.

Every page on the way is looked at with axe, at 1280 and at 320 pixels.
"""

import re
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone
from django.utils.formats import date_format

from isso.requests.models import ApproverDirectoryEntry, StudentRequest
from isso.requests.people.roles import Role
from isso.requests.records.models import EmploymentAuthorization, ReportedJob
from isso.requests.rules.dates import stem_dates
from isso.tests import factories
from isso.tests.browser.test_accessibility import Eyes
from isso.tests.browser.test_story import act, fill, upload

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]

FILES = {
    "opt": ("Passport, page with your photo", "I-94 print-out", "Page 1 of your I-20"),
    "stem_opt": (
        "Form I-983, pages 1 to 4",
        "EAD card, both sides",
        "I-20 with your OPT",
        "Diploma or transcript",
        "Passport, page with your photo",
        "I-94 print-out",
    ),
}


def in_words(day):
    return date_format(day, "F j, Y")


class Walk:
    """One student's tab, whose every page is looked at before it is filled in."""

    def __init__(self, tab, site):
        self.tab, self.site, self.eyes = tab, site, Eyes(site)

    def look(self):
        """Look at the page that is open, and leave the tab as wide as it was."""
        self.eyes.look(self.tab, self.tab.url)
        self.tab.set_viewport_size({"width": 1280, "height": 900})

    def start(self, title):
        """Go from the tile to the first page."""
        self.tab.goto(f"{self.site}/portal/requests/")
        self.tab.get_by_role("link", name=title).first.click()
        self.look()
        self.tab.get_by_role("button", name="Start this request").click()

    def page(self, heading, answers):
        """Look at one page, fill it in and go on."""
        assert heading in self.tab.get_by_role("heading", level=1).inner_text()
        self.look()
        fill(self.tab, answers)

    def send(self, files):
        """Attach the files, look at the answers, and send them."""
        self.look()
        for label in files:
            upload(self.tab, label, "scan.pdf")
        self.tab.get_by_role("button", name="Save and continue").click()
        assert self.tab.get_by_role("heading", level=1).inner_text() == "Check your answers"
        self.look()
        for box in self.tab.get_by_role("checkbox").all():
            box.check()
        self.tab.get_by_role("button", name="Submit", exact=True).click()
        made = StudentRequest.objects.get()
        self.tab.wait_for_url(f"{self.site}{made.get_absolute_url()}")
        self.look()
        return made

    @property
    def stamp(self):
        """Return where the request stands, as the student reads it."""
        return self.tab.locator("main .stamp").first.inner_text().strip()


def decide(desk, office, made, keyed, document):
    """Review, approve, record, release and complete a request as an ISSO advisor."""
    desk.goto(f"{office}/admin/desk/{made.pk}/")
    act(desk, "Start review")
    act(desk, "Approve")
    desk.get_by_role("link", name="Recorded in SEVIS").click()
    desk.get_by_label("Recorded in SEVIS on").fill(timezone.localdate().isoformat())
    desk.keyboard.press("Escape")
    desk.get_by_label("What was keyed").fill(keyed)
    desk.get_by_role("button", name="Recorded in SEVIS").click()
    desk.get_by_label(re.compile("Name of the document")).fill(document)
    upload(desk, "File*", "i20.pdf")
    desk.get_by_role("button", name="Release document").click()
    act(desk, "Complete")


def test_opt_after_completion(office, mailbox, tab_for):
    today = timezone.localdate()
    ends, start = today + timedelta(days=60), today + timedelta(days=75)
    record = factories.make_student(
        "amara@school.example", degree="Master of Science", program_end=ends
    )
    advisor = factories.make_staff(Role.ADVISOR)
    ApproverDirectoryEntry.objects.create(name="Paula Rivera", email="rivera@demo.example")
    walk = Walk(tab_for("amara@school.example"), office)

    walk.start("Optional Practical Training (OPT)")
    filled = walk.tab.get_by_label("Last day of your last term, not the day of the ceremony")
    assert filled.input_value() == ends.isoformat()
    for question, answer in (("one full academic year", "Yes"), ("thesis", "No")):
        walk.tab.get_by_role("group", name=re.compile(question)).get_by_label(answer).check()
    walk.page("Your plan", {"After I complete my program": True})

    dates = {
        "First day of OPT": start.isoformat(),
        # Thirteen months.
        "Last day of OPT": (start + timedelta(days=396)).isoformat(),
    }
    first = walk.tab.get_by_label("First day of OPT")
    assert first.get_attribute("min") == (ends + timedelta(days=1)).isoformat()
    assert first.get_attribute("max") == (ends + timedelta(days=60)).isoformat()
    walk.tab.locator("form").first.evaluate("form => form.noValidate = true")
    walk.page("Dates of OPT", dates)
    assert re.match(
        r"Choose .+ or an earlier day\.",
        walk.tab.get_by_role("alert").get_by_role("link").inner_text(),
    )
    walk.look()
    fill(walk.tab, {"Last day of OPT": (start + timedelta(days=364)).isoformat()})
    walk.page("Earlier training", {"Yes": True})
    walk.page(
        "Your card from USCIS",
        {
            "Street and number, or post office box": "5 Elm Street, Apt 3",
            "City": "Example City",
            "State": "MA",
            "ZIP code": "02139",
            "Yes": True,
        },
    )
    walk.page("Your employer", {})
    walk.page(
        "Who approves",
        {
            "Name of your academic/program advisor": "Paula Rivera",
            "University e-mail address of this person": "rivera@demo.example",
        },
    )
    made = walk.send(FILES["opt"])
    assert walk.stamp == "Approver Review"

    call_command("worker", once=True, verbosity=0)
    approver = tab_for()
    approver.goto(mailbox.link_to("rivera@demo.example"))
    assert "Elm Street" not in approver.content()
    walk.eyes.look(approver, "the approver's page")
    approver.get_by_label("Approve", exact=True).check()
    for question, answer in (
        ("Are you this student", "Yes"),
        ("Is only the thesis", "No"),
        ("in good standing", "Yes"),
        ("Are degree and major", "Yes"),
    ):
        approver.get_by_role("group", name=re.compile(question)).get_by_label(answer).check()
    approver.get_by_label(re.compile("Last day of the term")).fill(ends.isoformat())
    approver.get_by_label(re.compile("Which requirements")).fill("none")
    approver.get_by_label("Your name").fill("Paula Rivera")
    approver.get_by_label("Your title and department").fill("Professor of Data Science")
    approver.get_by_role("button", name="Check and confirm").click()
    approver.get_by_role("button", name="Confirm", exact=True).click()
    assert approver.get_by_role("heading", level=1).inner_text() == "Thank you"

    decide(tab_for(advisor.email), office, made, "OPT Add", "I-20 with OPT recommendation")
    assert StudentRequest.objects.get().state == "completed"
    work = record.employments.get()
    assert (work.kind, work.completion, work.status) == ("OPT", "post", "requested")
    assert (work.start, work.recommended_on) == (start, today)
    walk.tab.reload()
    assert walk.stamp == "Completed"
    walk.look()
    assert walk.eyes.problems == []


def test_the_stem_extension(office, tab_for):
    today = timezone.localdate()
    record = factories.make_student(
        "kofi@school.example",
        stage="graduated",
        cip_code="30.7001",
        program_start=today - timedelta(days=1000),
        program_end=today - timedelta(days=330),
    )
    opt = EmploymentAuthorization.objects.create(
        record=record,
        kind="OPT",
        completion="post",
        start=today - timedelta(days=304),
        end=today + timedelta(days=60),
        education_level="05",
    )
    ReportedJob.objects.create(
        authorization=opt, employer="Harbor Labs", start=opt.start, hours_per_week=40
    )
    advisor = factories.make_staff(Role.ADVISOR)
    stem_start, stem_end = stem_dates(opt.end)
    walk = Walk(tab_for("kofi@school.example"), office)

    walk.start("STEM OPT extension")
    # The dates are computed and shown; nobody types them.
    computed = f"{in_words(stem_start)} to {in_words(stem_end)}"
    assert walk.tab.get_by_text(computed).count() == 1
    walk.page("Your OPT now", {"Card number": "SRC1234567890", "USCIS number": "123456789"})
    walk.page(
        "Your STEM degree",
        {"Day it was awarded": (today - timedelta(days=320)).isoformat()},
    )
    walk.page("Earlier STEM OPT", {"No": True})
    assert walk.tab.get_by_label("Employer", exact=True).input_value() == "Harbor Labs"
    for question, answer in (("self-employed", "Yes"), ("paid", "Yes")):
        walk.tab.get_by_role("group", name=re.compile(question)).get_by_label(answer).check()
    walk.page(
        "Your employer",
        {
            "Employer identification number (EIN)": "12-3456789",
            "E-Verify company number": "1234567",
            "Street and number where you work": "12 Dock Street",
            "City": "Example City",
            "State": "MA",
            "ZIP code": "02139",
            "Job title": "Data analyst",
            "How does the work relate to your major?": "I model shipping data with statistics.",
            "Pay": "31 dollars an hour",
            "Supervisor’s given name": "Lena",
            "Supervisor’s family name": "Brandt",
            "Supervisor’s phone": "6175550123",
            "Supervisor’s e-mail address": "lena@harbor.example",
        },
    )
    assert walk.tab.get_by_role("alert").get_by_role("link").all_inner_texts() == [
        "STEM OPT needs an employer who trains you. Self-employment is not allowed."
    ]
    walk.look()
    walk.tab.get_by_role("group", name=re.compile("self-employed")).get_by_label("No").check()
    fill(walk.tab, {})
    made = walk.send(FILES["stem_opt"])
    assert walk.stamp == "Submitted"

    decide(tab_for(advisor.email), office, made, "OPT Extend", "I-20 with STEM OPT")
    assert StudentRequest.objects.get().state == "completed"
    work = record.employments.get(kind="STEM")
    assert (work.status, work.start, work.end) == ("requested", stem_start, stem_end)
    assert list(work.validations.values_list("months", flat=True)) == [6, 12, 18, 24]
    assert work.jobs.get().employer == "Harbor Labs"
    walk.tab.reload()
    assert walk.stamp == "Completed"
    assert walk.eyes.problems == []
