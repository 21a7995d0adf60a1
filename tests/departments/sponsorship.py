"""Two request types for tests alone: a department's sponsorship, and the half of its scholar."""

from datetime import date

from isso.requests.effects import ChangeRecord, InvitePerson
from isso.requests.form_fields import text, yes_no
from isso.requests.people.roles import Role
from isso.requests.request_form import FormPage, RequestForm, Slot
from isso.requests.request_type import ApprovalStep, AskedBy, BeforeArrival, RequestType
from isso.requests.type_forms.approver import ApproverForm
from isso.requests.type_forms.questionnaire import Questionnaire


def wants_chair(answers):
    """Whether the chair approves first."""
    return answers.get("wants_chair") == "yes"


class ProjectForm(RequestForm):
    """What the department says."""

    approver_sees = ("project", "wants_chair")

    project = text("Project", 100)
    salary = text("Salary", 100)
    wants_chair = yes_no("Does your chair approve first?")


class ChairForm(ApproverForm):
    """Who is the chair, where the chair is wanted."""

    def set_limits(self, situation):
        """Ask nothing else."""
        super().set_limits(situation)
        if not wants_chair(situation.answers):
            self.fields.clear()


class Vetting(Questionnaire):
    """What Research Compliance answers."""

    is_official = None
    result = text("Result", 100)


class Hiring(Questionnaire):
    """What Human Resources answers."""

    is_official = None
    reference = text("Reference", 100)


class Sponsorship(RequestType):
    """Something a department asks about a scholar."""

    key = "sponsorship"
    title = "Sponsorship"
    summary = "For tests."
    icon = "briefcase"
    citation = "Office practice"
    needs_guide = False
    asked_by = AskedBy.DEPARTMENT
    followed_by = "own_half"
    pages = (
        FormPage("project", "Project", ProjectForm),
        FormPage(
            "chair",
            "Chair",
            ChairForm,
            asked_if=wants_chair,
        ),
        FormPage(
            "files",
            "Files",
            slots=(
                Slot("cv", "CV", required=False, approver_sees=True),
                Slot("offer", "Offer letter", required=False),
            ),
        ),
    )
    approval_steps = (
        ApprovalStep(
            "Chair",
            Questionnaire,
            key="chair",
            asked_if=wants_chair,
        ),
        ApprovalStep(
            "Research Compliance", Vetting, key="vetting", office=Role.COMPLIANCE, may_refuse=True
        ),
        ApprovalStep(
            "Human Resources", Hiring, key="hiring", office=Role.HR, sees=("salary", "offer")
        ),
    )

    def effects_of_approval(self, cleaned, confirmed, facts, today):
        """Expect the scholar, and note what the offices said."""
        return [
            ChangeRecord(
                {
                    "stage": "pre_arrival",
                    "visa_class": "J-1",
                    "exchange_category": "08",
                    "program_start": date(2027, 1, 11),
                    "program_end": date(2027, 12, 17),
                    "subject_remark": " ".join(
                        f"{key}: {answers}" for key, answers in sorted(confirmed.items())
                    ),
                }
            ),
            InvitePerson(),
        ]


class NameForm(RequestForm):
    """What the scholar says."""

    nickname = text("Nickname", 100)


class OwnHalf(RequestType):
    """What the scholar completes."""

    key = "own_half"
    title = "Your own half"
    summary = "For tests."
    icon = "briefcase"
    citation = "Office practice"
    needs_guide = False
    before_arrival = BeforeArrival.ONLY
    pages = (FormPage("name", "Name", NameForm),)

    def effects(self, cleaned, facts, today):
        """Write the nickname."""
        return [ChangeRecord({"preferred_name": cleaned["nickname"]})]


ANSWERS = {"project": "Enzymes", "salary": "Secret pay", "wants_chair": "no"}
CHAIR = {"approver_name": "Carl Stone", "approver_email": "stone@demo.example"}
