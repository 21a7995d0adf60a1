"""Who else agrees to a scholar: the chair if wanted, Research Compliance, Human Resources.

Each has a questionnaire of its own, which only the office reads beside the request.
"""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from ..form_fields import Date, choice, long_text, text, yes_no
from . import approver
from .asked_when import AskedWhenForm
from .scholar_appointment import HIRED_AS

# The roles of the two offices (``people.roles``), which decide by account or by link.
COMPLIANCE, HUMAN_RESOURCES = "compliance", "hr"
CLEAR, MATCH = "clear", "match"
NO_LICENSE, LICENSED, UNLICENSED = "no_license", "licensed", "unlicensed"
SCREENINGS = [
    (CLEAR, _("No match")),
    ("cleared", _("A possible match, cleared after review")),
    (MATCH, _("A match")),
]
EXPORT_CONTROL = [
    (NO_LICENSE, _("No license is needed")),
    ("conditions", _("No license is needed under the conditions below")),
    (LICENSED, _("A license is needed, and it is there")),
    (UNLICENSED, _("A license is needed, and it is not there")),
]
REFUSE = _("Then do not approve: refuse the request at the end of this page, with your reason.")

# What each of them reads of the request: nobody reads money, insurance or J history but the chair
# what the department pays.
_APPOINTMENT = (
    *("family_name", "given_name", "host_department", "host_name", "host_email"),
    *("activity_site", "activity_city", "category", "stay_begins", "stay_ends"),
    *("position_title", "hired_as", "hours_per_week", "tenure_track", "field"),
)
_WORK = (
    *("field_remark", "description", "remote", "remote_details", "lab_access", "lab_details"),
    *("data_access", "data_details", "equipment_access", "equipment_details"),
)
CHAIR_READS = (*_APPOINTMENT, *_WORK, "salary", "department_money")
COMPLIANCE_READS = (
    *_APPOINTMENT,
    *_WORK,
    *("citizenship", "highest_degree", "present_employer", "present_position"),
    *("employer_country", "activity_room", "home_employer_money", "home_government_money"),
    "cv",
)
HUMAN_RESOURCES_READ = (
    *_APPOINTMENT,
    *("scholar_email", "cost_center", "salary", "department_money", "invitation_letter"),
)
EXTENSION_READ = ("new_end", "reason", "position_title", "hired_as", *_WORK[1:])


def wants_chair(answers):
    """Tell whether the department wants its chair to agree first."""
    return answers.get("chair_wanted") == "yes"


class ChairForm(AskedWhenForm, approver.ApproverForm):
    """Whether the chair of the department is asked first, and who that is."""

    approver_sees: ClassVar = ()
    people: ClassVar = (("chair_name", "chair_email"),)
    asked_when: ClassVar = {
        "chair_name": ("chair_wanted", ("yes",)),
        "chair_email": ("chair_wanted", ("yes",)),
    }
    field_order: ClassVar = ("chair_wanted",)

    approver_name = None
    approver_email = None
    chair_wanted = yes_no(
        _("Shall the chair of the department agree first?"),
        help_text=_("Research Compliance and Human Resources are asked in any case."),
    )
    chair_name = approver.approver_name(_("Name of the chair"))
    chair_email = approver.approver_email(_("University e-mail address of the chair"))


class OfficeQuestionnaire(forms.Form):
    """What somebody else's office answers; some answers cannot go with an approval.

    ``refusals`` are those answers: (name, answer) → the sentence.
    """

    refusals: ClassVar[dict] = {}
    unasked: frozenset[str] = frozenset()

    def clean(self):
        """Refuse an approval that its own answers contradict."""
        cleaned = super().clean()
        for (name, answer), sentence in self.refusals.items():
            if cleaned.get(name) == answer:
                self.add_error(name, sentence)
        return cleaned


class ChairQuestionnaire(OfficeQuestionnaire):
    """What the chair stands for: the place, the host's time, and the kind of position."""

    refusals: ClassVar = {
        ("has_place", "no"): _("Return it to the department with a comment."),
        ("is_tenure_track", "yes"): _(
            "The law allows no tenure-track position in J-1 status. Return it with a comment."
        ),
    }

    has_place = yes_no(_("Has the department a workplace, and the host the time for the scholar?"))
    is_tenure_track = yes_no(_("Is it a tenure-track position, or can it become one?"))


class ComplianceQuestionnaire(OfficeQuestionnaire):
    """The vetting of Research Compliance: screening, export control, and how long it holds."""

    refusals: ClassVar = {
        ("screening", MATCH): REFUSE,
        ("export_control", UNLICENSED): REFUSE,
    }

    screening = choice(_("Result of the restricted party screening"), SCREENINGS)
    screened_on = Date(label=_("Day of the screening"))
    export_control = choice(_("Export control"), EXPORT_CONTROL)
    conditions = long_text(
        _("Conditions"),
        500,
        required=False,
        help_text=_("For example a technology control plan. The office passes them on."),
    )
    valid_until = Date(
        label=_("The vetting holds until"),
        help_text=_("From that day on the office asks you again."),
    )
    remarks = long_text(
        _("Remarks for the office"), 1000, required=False, help_text=_("Nobody else reads them.")
    )

    def clean(self):
        """Conditions are written down, and a vetting holds from its day on."""
        cleaned = super().clean()
        if cleaned.get("export_control") == "conditions" and not cleaned.get("conditions"):
            self.add_error("conditions", _("Write the conditions down."))
        done, until = cleaned.get("screened_on"), cleaned.get("valid_until")
        if done and until and until <= done:
            self.add_error("valid_until", _("Choose a day after the screening."))
        return cleaned


class HumanResourcesQuestionnaire(OfficeQuestionnaire):
    """The offer, or the Courtesy Hire of somebody who is not employed."""

    is_in_order = yes_no(_("Is the offer made, or the Courtesy Hire entered?"))
    hr_hired_as = choice(_("As what?"), HIRED_AS)
    hr_reference = text(
        _("Number of the offer or of the Courtesy Hire"),
        40,
        help_text=_("As your system shows it."),
    )
    hr_remarks = long_text(
        _("Remarks for the office"), 1000, required=False, help_text=_("Nobody else reads them.")
    )

    refusals: ClassVar = {
        ("is_in_order", "no"): _("Return it to the department with a comment, or wait."),
    }
