"""A visiting scholar, from the department's invitation to the Check-In; another is refused."""

from datetime import date, timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from isso.requests.models import ApproverDirectoryEntry, RequestPolicy, StudentRequest
from isso.requests.models.policy import PolicyNumber
from isso.requests.people.models import User
from isso.requests.people.roles import Role
from isso.requests.records.models import StudentRecord
from isso.requests.registry import get_type
from isso.tests import factories
from isso.tests.answers import scholar_ds2019, scholar_profile
from isso.tests.browser.test_story import act, upload
from isso.tests.portal import hosting

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True, serialized_rollback=True),
]
MAILBOX = "compliance@school.example"
CAMILLE = "camille.moreau@visitor.example"
AGREED = {
    "decision": "endorse",
    "decided_name": "Daniel Osei",
    "decided_title": "Research Compliance",
}


def work():
    """Let the worker send what waits."""
    call_command("worker", once=True, verbosity=0)


def fill(tab, answers):
    """Answer, by their names, those questions that stand on the page now."""
    for name, value in answers.items():
        field = tab.locator(f"main [name='{name}']:visible")
        if not value or not field.count():
            continue
        kind = field.first.evaluate("each => each.type")
        if kind in ("radio", "checkbox"):
            tab.locator(f"main [name='{name}'][value='{value}']").check()
        elif kind == "select-one":
            field.select_option(value)
        else:
            field.fill(value)


def walk(tab, answers, files):
    """Fill in every page until the answers are to be checked, and attach the files."""
    while "/edit/" in tab.url:
        before = tab.url
        # An answer may bring another question.
        for _time in range(2):
            fill(tab, answers)
        for label in files:
            if tab.get_by_label(label).count():
                upload(tab, label, "scan.pdf")
        tab.get_by_role("button", name="Save and continue").click()
        assert tab.url != before, tab.locator("main .error").all_inner_texts()


def send(tab, button):
    """Confirm every sentence and send it."""
    for box in tab.get_by_role("checkbox").all():
        box.check()
    pressed = tab.get_by_role("button", name=button, exact=True)
    assert pressed.get_attribute("aria-disabled") is None, tab.locator("main").inner_text()[:1500]
    pressed.click()
    tab.wait_for_load_state()


def page_says(tab, *words):
    """Return which of these words the page shows."""
    shown = tab.locator("main").inner_text()
    return [each for each in words if each in shown]


@pytest.fixture
def people(office):
    """The department, the officers and an advisor; requests may be short before the stay."""
    today = timezone.localdate()
    hosting.officers()
    hosting.member("grace@school.example", "Grace Whitfield", "Biology")
    ApproverDirectoryEntry.objects.create(
        name="Research Compliance", email=MAILBOX, office=Role.COMPLIANCE
    )
    factories.make_staff()
    policy = RequestPolicy(
        type_key="scholar_ds2019",
        target_days=10,
        citation="Practice",
        review_by=today + timedelta(days=90),
    )
    policy.numbers.set([PolicyNumber(name="least_weeks", value=0)])
    policy.save()
    policy.save_revision().publish()


def sponsored(**changes):
    """What the department answers: a stay that begins in three weeks."""
    today = timezone.localdate()
    begins, ends = today + timedelta(days=20), today + timedelta(days=300)
    days = {"stay_begins": begins, "money_from": begins, "stay_ends": ends, "money_until": ends}
    told = scholar_ds2019.answers(None, today)
    return told | {name: day.isoformat() for name, day in days.items()} | changes


def invited(tab, office):
    """Let the department invite somebody and send the whole request."""
    tab.goto(f"{office}/portal/department/")
    tab.get_by_role("link", name="Invite a scholar").click()
    tab.get_by_label("Given name").fill("Camille")
    tab.get_by_label("Family name").fill("Moreau")
    tab.get_by_label("E-mail address of the scholar").fill(CAMILLE)
    tab.get_by_role("button", name="Begin the request").click()
    walk(tab, sponsored(), ("CV of the scholar", "Invitation or offer letter"))
    send(tab, "Submit")
    work()
    made = StudentRequest.objects.get()
    assert (made.state, made.department) == ("approver_review", "Biology")
    return made


def decide(tab, answers):
    """Answer a questionnaire and decide."""
    fill(tab, answers)
    tab.get_by_role("button", name="Check and confirm").click()
    tab.get_by_role("button", name="Confirm").click()
    tab.wait_for_load_state()
    work()


def vetted(until):
    """What Research Compliance answers."""
    return {
        "screening": "clear",
        "screened_on": timezone.localdate().isoformat(),
        "export_control": "no_license",
        "valid_until": until.isoformat(),
    }


def test_refused_at_compliance_the_reason_goes_to_the_department_alone(
    office, people, mailbox, tab_for
):
    grace = tab_for("grace@school.example")
    made = invited(grace, office)

    officer = tab_for()
    officer.goto(mailbox.link_to(MAILBOX))
    refusal = AGREED | {"decision": "refuse", "comment": "The laboratory is restricted."}
    decide(officer, vetted(date.today() + timedelta(days=300)) | refusal)

    made.refresh_from_db()
    assert made.state == "denied"
    grace.goto(f"{office}{made.get_absolute_url()}")
    assert page_says(grace, "The laboratory is restricted.", "Denied") == [
        "The laboratory is restricted.",
        "Denied",
    ]
    assert mailbox.to("grace@school.example")
    assert mailbox.to(CAMILLE) == []
    assert not User.objects.filter(email=CAMILLE).exists()


def test_from_the_department_to_the_check_in(office, people, mailbox, tab_for):
    grace = tab_for("grace@school.example")
    made = invited(grace, office)
    grace.goto(f"{office}/portal/department/")
    assert page_says(grace, "Camille Moreau", "Research Compliance") == [
        "Camille Moreau",
        "Research Compliance",
    ]

    compliance = tab_for()
    compliance.goto(mailbox.link_to(MAILBOX))
    decide(compliance, AGREED | vetted(date.today() + timedelta(days=300)))
    made.refresh_from_db()
    assert made.office_asked == Role.HR
    human_resources = tab_for(f"{Role.HR}@staff.example")
    human_resources.goto(f"{office}/portal/approvals/")
    human_resources.get_by_role("link", name="Camille Moreau").click()
    hired = {"is_in_order": "yes", "hr_hired_as": "courtesy", "hr_reference": "CH-2041"}
    decide(human_resources, AGREED | hired)
    made.refresh_from_db()
    assert made.state == "submitted"

    desk = tab_for(f"{Role.ADVISOR}@staff.example")
    desk.goto(f"{office}/admin/desk/{made.pk}/")
    act(desk, "Start review")
    act(desk, "Approve")
    made.refresh_from_db()
    assert made.state == "approved"
    work()

    camille = tab_for()
    camille.goto(mailbox.link_to(CAMILLE))
    camille.get_by_role("button", name="Accept the invitation").click()
    camille.wait_for_url(f"{office}/portal/")
    half = StudentRequest.objects.get(follows=made)
    record = StudentRecord.objects.get(pk=made.student_id)
    assert made.reference not in camille.content()
    camille.goto(f"{office}/portal/requests/{half.reference}/edit/home/")
    own = scholar_profile.answers(record, timezone.localdate())
    walk(
        camille,
        own | {"family_name": "Moreau", "given_name": "Camille", "email": CAMILLE},
        [str(slot.label) for slot in half.type.slots],
    )
    # Who says that there is an insurance is asked for its proof.
    camille.get_by_role("link", name="Upload: Proof of insurance").click()
    camille.wait_for_url("**/edit/**")
    walk(camille, {}, ["Proof of insurance"])
    send(camille, "Complete")
    half.refresh_from_db()
    assert half.state == "submitted"
    grace.goto(f"{office}{made.get_absolute_url()}")
    assert page_says(grace, own["passport_number"], half.reference) == []

    desk.goto(f"{office}/admin/desk/{half.pk}/")
    act(desk, "Start review")
    act(desk, "Approve")
    desk.get_by_role("link", name="Recorded in SEVIS").click()
    desk.get_by_label("Recorded in SEVIS on").fill(timezone.localdate().isoformat())
    desk.keyboard.press("Escape")
    desk.get_by_label("SEVIS ID", exact=False).first.fill("N0012345678")
    desk.get_by_role("button", name="Recorded in SEVIS").click()
    desk.get_by_label("Name of the document", exact=False).fill("DS-2019")
    upload(desk, "File*", "ds2019.pdf")
    desk.get_by_role("button", name="Release document").click()
    act(desk, "Complete")

    made.refresh_from_db()
    half.refresh_from_db()
    assert (half.state, made.state) == ("completed", "completed")
    camille.goto(f"{office}/portal/")
    assert page_says(camille, "SEVIS fee") == ["SEVIS fee"]
    record.refresh_from_db()
    assert (record.sevis_status, record.stage) == ("initial", "pre_arrival")

    # The scholar has arrived and checks in; the office validates the record.
    camille.goto(f"{office}/portal/requests/new/check_in/")
    camille.get_by_role("button", name="Start this request").click()
    arrived = timezone.localdate().isoformat()
    walk(
        camille,
        factories.answers_for("check_in", record, arrival_date=arrived),
        [str(slot.label) for slot in get_type("check_in").slots],
    )
    send(camille, "Submit")
    check_in = StudentRequest.objects.get(type_key="check_in")
    desk.goto(f"{office}/admin/desk/{check_in.pk}/")
    act(desk, "Start review")
    act(desk, "Approve")
    desk.get_by_role("link", name="Recorded in SEVIS").click()
    desk.get_by_label("Recorded in SEVIS on").fill(arrived)
    desk.keyboard.press("Escape")
    desk.get_by_role("button", name="Recorded in SEVIS").click()
    act(desk, "Complete")
    grace.goto(f"{office}{made.get_absolute_url()}")
    assert grace.locator(".rail__stop--todo").count() == 0
    record.refresh_from_db()
    assert (record.sevis_status, record.stage) == ("active", "continuing")
