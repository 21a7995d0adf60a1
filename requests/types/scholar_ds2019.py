"""Visiting scholar: a department asks the office to sponsor somebody in J-1 status."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME
from isso.requests.records.choices import ExchangeCategory

from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, AskedBy, RequestType, Step
from ..rules.sponsoring import CITATION, is_to_come
from ..type_forms.scholar_agreement import (
    CHAIR_READS,
    COMPLIANCE,
    COMPLIANCE_READS,
    HUMAN_RESOURCES,
    HUMAN_RESOURCES_READ,
    ChairForm,
    ChairQuestionnaire,
    ComplianceQuestionnaire,
    HumanResourcesQuestionnaire,
    wants_chair,
)
from ..type_forms.scholar_appointment import AppointmentForm, WorkForm
from ..type_forms.scholar_calculator import sponsorship_panel
from ..type_forms.scholar_english import EnglishForm
from ..type_forms.scholar_insurance import InsuranceForm
from ..type_forms.scholar_money import LEAST_MONEY, ScholarMoneyForm
from ..type_forms.scholar_person import ImmigrationForm, ScholarForm, StaysForm
from ..type_forms.scholar_place import HostForm, SiteForm
from ..type_forms.scholar_sponsored import contradictions, sponsorship_effects

LATER = _("If you do not have it, the scholar uploads it.")


def is_intern(answers):
    """Whether a student intern comes, whose training plan is Form DS-7002: 22 CFR 62.23(i)."""
    return answers.get("category") == ExchangeCategory.INTERN


class ScholarDs2019(RequestType):
    """The sponsorship of a scholar, which the department asks for and several offices check."""

    key = "scholar_ds2019"
    title = _("Sponsorship of a visiting scholar")
    summary = _("Invite a professor, researcher, specialist or intern in J-1 status.")
    icon = "microscope"
    topic = _("Scholars")
    audience = _("Departments that host scholars")
    also_called = ("sponsor a scholar", "invite a scholar", "J-1 scholar", "host a scholar")
    citation = CITATION
    asked_by = AskedBy.DEPARTMENT
    followed_by = "scholar_profile"
    target_days = 10
    policies = {
        "least_weeks": Policy(
            _("Ask at least this long before the first day"),
            *(8, 0, 26),
            _("weeks"),
            _("Office practice"),
        ),
        "best_weeks": Policy(
            _("Better ask this long before the first day"),
            *(16, 0, 52),
            _("weeks"),
            _("Office practice"),
        ),
        "months_ahead": Policy(
            _("Ask at most this long ahead"), 18, 6, 24, _("months"), _("Office practice")
        ),
        **LEAST_MONEY,
    }
    rules = (is_to_come,)
    pages = (
        FormPage("scholar", _("The scholar"), ScholarForm),
        FormPage("immigration", _("Immigration"), ImmigrationForm),
        FormPage("stays", _("Earlier stays in J status"), StaysForm),
        FormPage("host", _("The host"), HostForm),
        FormPage("site", _("The place"), SiteForm),
        FormPage("appointment", _("The appointment"), AppointmentForm),
        FormPage("work", _("The work"), WorkForm),
        FormPage(
            "money",
            _("The money"),
            ScholarMoneyForm,
            intro=_("In whole US dollars, for the whole stay."),
        ),
        FormPage("english", _("English"), EnglishForm),
        FormPage("insurance", _("Health insurance"), InsuranceForm),
        FormPage("chair", _("Who agrees first"), ChairForm),
        FormPage(
            "files",
            _("Files"),
            intro=_("Never upload a passport: the scholar does that."),
            slots=(
                Slot("cv", _("CV of the scholar"), _("With every employer of the last years.")),
                Slot(
                    "invitation_letter",
                    _("Invitation or offer letter"),
                    _("Signed, with position, dates and money."),
                ),
                Slot("degree_proof", _("Proof of the highest degree"), LATER, required=False),
                Slot(
                    "funds_proof",
                    _("Proof of the money"),
                    _("For each source that is not ours. What is missing, the scholar uploads."),
                    required=False,
                ),
                Slot("english_proof", _("Proof of English"), LATER, required=False),
                Slot("insurance_proof", _("Proof of insurance"), LATER, required=False),
                Slot(
                    "ds7002",
                    _("Form DS-7002, the training plan"),
                    _("Signed by all three: intern, host and home university."),
                    asked_if=is_intern,
                ),
            ),
        ),
    )
    approval_steps = (
        ApprovalStep(
            _("Chair of the department"),
            ChairQuestionnaire,
            "chair_name",
            "chair_email",
            key="chair",
            asked_if=wants_chair,
            sees=CHAIR_READS,
        ),
        ApprovalStep(
            _("Research Compliance"),
            ComplianceQuestionnaire,
            key="compliance",
            office=COMPLIANCE,
            may_refuse=True,
            sees=COMPLIANCE_READS,
        ),
        ApprovalStep(
            _("Human Resources"),
            HumanResourcesQuestionnaire,
            key="hr",
            office=HUMAN_RESOURCES,
            sees=HUMAN_RESOURCES_READ,
        ),
    )
    attestations = (
        _("The host and the scholar have agreed on what stands here."),
        _("The position is no tenure-track position and cannot become one."),
        _(
            "We tell our office of international scholars at once when dates, place, work or money "
            "change, or when the scholar does not come or leaves early."
        ),
        _("The scholar begins no work before arrival and Check-In."),
    )
    steps = (
        Step(_("Fill in appointment, place, money and English."), _("Department")),
        Step(_("The chair agrees, if the department wants that."), _("Chair")),
        Step(
            _("Screening and export control are checked for every scholar."),
            _("Research Compliance"),
        ),
        Step(_("The offer is made, or the Courtesy Hire entered."), _("Human Resources")),
        Step(_("We review it and invite the scholar."), SHORT_NAME),
        Step(_("Complete the profile and upload what is missing."), _("Scholar")),
        Step(_("We issue the DS-2019."), SHORT_NAME),
        Step(_("Pay the SEVIS fee, get the visa, arrive and check in."), _("Scholar")),
    )
    stock_reasons = (
        _("The money is for a shorter time than the stay."),
        _("The English interview is not written down, or by phone without a reason."),
        _("The dates are longer than the category allows."),
        _("The host has not accepted the duties."),
        _("The category does not fit the work that is described."),
        _("The description of the work is too short for Research Compliance."),
        _("The letter lacks position, dates, money or a signature."),
        _("The file is not readable."),
    )

    def effective_dates(self, cleaned):
        """From the first to the last day of the stay."""
        return cleaned.get("stay_begins"), cleaned.get("stay_ends")

    def effects(self, cleaned, facts, today):
        """Nothing more: approval wrote the sponsorship, the scholar's half issues the form."""
        return []

    def effects_of_approval(self, cleaned, confirmed, facts, today):
        """Write the sponsorship into the record and invite the scholar."""
        return sponsorship_effects(cleaned, confirmed, facts)

    def differences(self, cleaned, confirmed):
        """Say where another office and the department contradict each other."""
        return contradictions(cleaned, confirmed)

    def panel(self, situation):
        """Show until when to ask, what bars the stay, its latest end, and the money."""
        return sponsorship_panel(situation)
