"""A request type for tests alone: the advisor approves first, then the department's chair."""

from isso.requests.form_fields import text, yes_no
from isso.requests.request_form import FormPage, RequestForm, Slot
from isso.requests.request_type import ApprovalStep, RequestType
from isso.requests.type_forms.approver import ApproverForm, approver_email, approver_name
from isso.requests.type_forms.questionnaire import Questionnaire


class ReasonForm(RequestForm):
    """What is asked for."""

    approver_sees = ("reason",)

    reason = text("Reason", 100)
    private_reason = text("Between you and us", 100)


class PeopleForm(ApproverForm):
    """Who approves, one after the other."""

    people = (("approver_name", "approver_email"), ("chair_name", "chair_email"))

    chair_name = approver_name("Name of the chair")
    chair_email = approver_email()


class ChairQuestionnaire(Questionnaire):
    """What the chair confirms."""

    agrees = yes_no("Does the department agree?")


class TwoSteps(RequestType):
    """Something two people have to approve."""

    key = "two_steps"
    title = "Leave for a project"
    summary = "For tests."
    icon = "briefcase"
    citation = "Office practice"
    pages = (
        FormPage("reason", "Why", ReasonForm),
        FormPage("people", "Who approves", PeopleForm),
        FormPage("files", "Files", slots=(Slot("passport", "Passport", required=False),)),
    )
    approval_steps = (
        ApprovalStep("Academic/program advisor", Questionnaire),
        ApprovalStep("Chair", ChairQuestionnaire, "chair_name", "chair_email"),
    )
    attestations = ("It is true.",)


ANSWERS = {
    "reason": "Fieldwork",
    "private_reason": "Family",
    "approver_name": "Paula Rivera",
    "approver_email": "rivera@demo.example",
    "chair_name": "Carl Stone",
    "chair_email": "stone@demo.example",
}
