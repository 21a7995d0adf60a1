"""Two request types for tests alone: a department hosts somebody, who completes the other half."""

from django import forms

from isso.requests.actor import Actor
from isso.requests.drafting import attach, save_page, start
from isso.requests.form_fields import text, yes_no
from isso.requests.models import StudentRequest
from isso.requests.people.departments import give_departments
from isso.requests.people.roles import Role, setup_roles
from isso.requests.perform import perform
from isso.requests.registry import folder_types
from isso.requests.request_form import FormPage, RequestForm, Slot
from isso.requests.request_type import ApprovalStep, AskedBy, RequestType
from isso.requests.type_forms.questionnaire import Questionnaire
from isso.tests import factories


class HostForm(RequestForm):
    """What the department says, and whom it asks first."""

    approver_sees = ("work",)

    work = text("The work", 100)
    cost_center = text("Cost center", 20)
    chair_wanted = yes_no("Does the chair agree first?")
    chair_name = text("Name of the chair", 100, required=False)
    chair_email = forms.EmailField(required=False)


class OwnForm(RequestForm):
    """What the scholar says."""

    passport_number = text("Passport number", 20)


def wants_chair(answers):
    """Whether the department has a chair asked."""
    return answers.get("chair_wanted") == "yes"


class Hosting(RequestType):
    """A department hosts somebody."""

    key = "hosting"
    title = "Hosting a scholar"
    summary = "For tests."
    icon = "microscope"
    citation = "Office practice"
    asked_by = AskedBy.DEPARTMENT
    followed_by = "own_half"
    needs_guide = False
    pages = (
        FormPage("host", "The host", HostForm),
        FormPage("files", "Files", slots=(Slot("cv", "CV"),)),
    )
    approval_steps = (
        ApprovalStep(
            "Chair",
            Questionnaire,
            *("chair_name", "chair_email"),
            key="chair",
            asked_if=wants_chair,
        ),
        ApprovalStep(
            "Research Compliance",
            Questionnaire,
            key="compliance",
            office=Role.COMPLIANCE,
            may_refuse=True,
        ),
        ApprovalStep("Human Resources", Questionnaire, key="hr", office=Role.HR),
    )
    attestations = ("It is true.",)


class OwnHalf(RequestType):
    """What the scholar completes."""

    key = "own_half"
    title = "Your profile"
    summary = "For tests."
    icon = "user"
    citation = "Office practice"
    needs_guide = False
    releases = "DS-2019"
    pages = (
        FormPage("own", "You", OwnForm),
        FormPage("files", "Files", slots=(Slot("passport", "Passport"),)),
    )
    attestations = ("It is true.",)


ANSWERS = {
    "work": "Birdsong",
    "cost_center": "CC-4711",
    "chair_wanted": "no",
    "chair_name": "",
    "chair_email": "",
}
TYPES = {"hosting": Hosting, "own_half": OwnHalf}


def offered():
    """Let departments ask for this type alone, and put everything back after the test."""
    types = folder_types()
    before = dict(types)
    for key, each in before.items():
        if each.asked_by == AskedBy.DEPARTMENT:
            del types[key]
    types.update({key: each() for key, each in TYPES.items()})
    yield
    types.clear()
    types.update(before)


def member(email, name, *departments):
    """Make somebody who acts for departments."""
    setup_roles()
    user = factories.make_user(email, name)
    give_departments(user, departments, by=None, reason="Test")
    return type(user).objects.get(pk=user.pk)


def officers():
    """Make one person of Research Compliance and one of Human Resources."""
    for role in (Role.COMPLIANCE, Role.HR):
        user = factories.make_staff(role)
        user.is_staff = False
        user.save()


def ask_for(record, user, department="Biology", **changes):
    """Start and fill a request of a department about a scholar."""
    actor = Actor.for_student(user)
    draft = start(record, "hosting", actor, start_key=str(record.pk), department=department)
    posted = factories._as_posted(ANSWERS | changes)
    draft, _form = save_page(draft, draft.type.page("host"), posted, actor)
    attach(draft, draft.type.slots[0], factories.pdf_file("cv.pdf"), actor)
    return StudentRequest.objects.get(pk=draft.pk)


def send(draft, user):
    """Send a department's draft."""
    attestations = factories.everything_attested(draft)
    return perform(draft, "send_to_approver", Actor.for_student(user), attestations=attestations)


def agree(made, name="Office"):
    """Let whoever is asked now agree."""
    return perform(
        made,
        "endorse",
        Actor.for_approval(made.current_approval),
        answers={"is_official": "yes"},
        decided_name=name,
        decided_title="Officer",
    )


def lead_to(made, user, state, advisor=None):
    """Lead a department's draft to a state, through every step."""
    if state == "draft":
        return made
    made = send(made, user)
    if state == "approver_review":
        return made
    while made.state == "approver_review":
        made = agree(made)
    if state == "submitted":
        return made
    actor = Actor.for_user(advisor or factories.make_staff())
    made = perform(made, "start_review", actor)
    if state == "in_review":
        return made
    if state == "clarification":
        items = [{"name": "work", "sentence": "Say more."}]
        return perform(made, "ask_clarification", actor, items=items)
    if state == "denied":
        return perform(made, "deny", actor, note="The dates do not fit.")
    return perform(made, "approve", actor)
