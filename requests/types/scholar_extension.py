"""Extension of a scholar: a department asks for more time before the DS-2019 ends."""

from django.utils.translation import gettext_lazy as _

from isso.home.naming import SHORT_NAME

from ..effects import ChangeRecord, IssueForm, NoteScholar, StateFunding
from ..policy_number import Policy
from ..request_form import FormPage, Slot
from ..request_type import ApprovalStep, AskedBy, RequestType, SevisEntry, Step
from ..rules.answered import day_in
from ..rules.eligibility import check_in_is_done, program_end_is_known, sevis_status_is
from ..rules.exchange_stay import months_begun
from ..rules.extending import (
    CITATION,
    ONE_DAY,
    asking_window,
    has_no_waiver,
    new_end_window,
    something_is_left,
)
from ..rules.family import family_with_forms
from ..rules.scholars import is_for_scholars
from ..rules.sevis import sevis_day
from ..rules.windows import in_words
from ..type_forms.scholar_agreement import COMPLIANCE, EXTENSION_READ, ComplianceQuestionnaire
from ..type_forms.scholar_calculator import money_rows, months_rows
from ..type_forms.scholar_extension import (
    ExtensionForm,
    ExtensionInsuranceForm,
    ExtensionMoneyForm,
    ExtensionWorkForm,
    extension_in,
)
from ..type_forms.scholar_money import LEAST_MONEY, SOURCES, funding_of, needed_for
from ..type_forms.scholar_sponsored import contradictions, vetting


class ScholarExtension(RequestType):
    """A later last day of a scholar's stay, within the maximum of the category."""

    key = "scholar_extension"
    title = _("Extension of a scholar")
    summary = _("More time for a J-1 scholar, before the DS-2019 ends.")
    icon = "calendar-plus-2"
    topic = _("Scholars")
    audience = _("Departments that host scholars")
    also_called = ("extend a scholar", "extend DS-2019", "longer stay", "renew a scholar")
    citation = CITATION
    asked_by = AskedBy.DEPARTMENT
    releases = _("DS-2019 with the new end date")
    sevis_event = "Program Extension"
    target_days = 10
    policies = {
        "first_months": Policy(
            _("Ask at most this long before the DS-2019 ends"),
            *(2, 1, 6),
            _("months"),
            _("Office practice"),
        ),
        "last_days": Policy(
            _("Ask at least this long before the DS-2019 ends"),
            *(14, 0, 30),
            _("days"),
            _("Office practice"),
        ),
        **LEAST_MONEY,
    }
    rules = (
        is_for_scholars(CITATION),
        sevis_status_is("active", citation=CITATION),
        check_in_is_done,
        program_end_is_known,
        has_no_waiver,
        something_is_left,
    )
    pages = (
        FormPage("dates", _("The new end"), ExtensionForm),
        FormPage("work", _("The work"), ExtensionWorkForm),
        FormPage(
            "money",
            _("The money"),
            ExtensionMoneyForm,
            intro=_("In whole US dollars, for the extra time only."),
        ),
        FormPage("insurance", _("Health insurance"), ExtensionInsuranceForm),
        FormPage(
            "files",
            _("Files"),
            slots=(
                Slot(
                    "appointment_letter",
                    _("New appointment letter"),
                    _("Signed, with position, dates and money."),
                ),
                Slot(
                    "funds_proof", _("Proof of the money"), _("For each source that is not ours.")
                ),
                Slot(
                    "insurance_proof",
                    _("Proof of insurance"),
                    _("It covers the extra time; the scholar has it."),
                ),
            ),
        ),
    )
    approval_steps = (
        ApprovalStep(
            _("Research Compliance"),
            ComplianceQuestionnaire,
            key="compliance",
            office=COMPLIANCE,
            may_refuse=True,
            sees=EXTENSION_READ,
        ),
    )
    attestations = (
        _("The host and the scholar have agreed on the new date."),
        _("The scholar has kept status and goes on with the same exchange."),
        _("We tell our office of international scholars at once when anything of this changes."),
    )
    steps = (
        Step(_("Ask two months to two weeks before the DS-2019 ends."), _("Department")),
        Step(_("Show the money and the insurance of the extra time."), _("Department")),
        Step(_("The vetting is made again."), _("Research Compliance")),
        Step(_("We extend the stay in SEVIS before the DS-2019 ends."), SHORT_NAME),
        Step(_("Download the new DS-2019."), _("Scholar")),
    )
    stock_reasons = (
        _("The money is for a shorter time than the extension."),
        _("The insurance ends before the new last day."),
        _("The appointment letter lacks position, dates, money or a signature."),
        _("The work is not the same as before. Tell us what has changed."),
        _("The new date is longer than the category allows."),
        _("The file is not readable."),
    )

    def request_window(self, facts, policy):
        """From two months to two weeks before the end, as the office sets it."""
        return asking_window(facts, policy)

    def deadline(self, facts, policy):
        """The end of the DS-2019 itself: 22 CFR 62.43."""
        return facts.program_end

    def effective_dates(self, cleaned):
        """It speaks of one day, the new end."""
        return None, cleaned.get("new_end")

    def effects_of_approval(self, cleaned, confirmed, facts, today):
        """Keep the new vetting at once: the office agreed on the strength of it."""
        return [NoteScholar(vetting(confirmed))] if confirmed.get("compliance") else []

    def effects(self, cleaned, facts, today):
        """Move the end, keep appointment, money and insurance, and issue the forms."""
        changes = {"program_end": cleaned["new_end"]}
        if cleaned.get("insurance_until"):
            changes["insurance_plan"] = cleaned["insurance_plan"]
            changes["insurance_end"] = cleaned["insurance_until"]
        return [
            ChangeRecord(changes),
            NoteScholar(
                {
                    "position": cleaned["position_title"],
                    "is_employee": cleaned["hired_as"] == "employee",
                }
            ),
            StateFunding(self._funding(cleaned, facts)),
            IssueForm(
                "extension",
                dependents=tuple(each.id for each in family_with_forms(facts, today)),
            ),
        ]

    def _funding(self, cleaned, facts):
        months = _months(facts, cleaned["new_end"])
        return funding_of(cleaned) | {
            "months": months if months and months <= 12 else None,
            "other_remark": (cleaned.get("other_source") or "")[:120],
            "received_us_funds": bool(cleaned.get("us_government_money")),
        }

    def sevis_entries(self, cleaned, facts):
        """The extension with its reason, then the money."""
        amounts = tuple(
            (ExtensionMoneyForm.base_fields[name].label, str(cleaned[name]))
            for name in SOURCES
            if cleaned.get(name)
        )
        return (
            SevisEntry(
                "Program Extension",
                (
                    (_("New program end date"), sevis_day(cleaned["new_end"])),
                    (_("Explanation"), " ".join(cleaned["reason"].split())),
                ),
            ),
            SevisEntry("FinancialInfo", amounts),
        )

    def sevis_due(self, cleaned, facts, reported_on, add_business_days):
        """It stands in SEVIS before the DS-2019 ends: 22 CFR 62.43."""
        return facts.program_end

    def differences(self, cleaned, confirmed):
        """Say what the vetting leaves open."""
        return contradictions(cleaned, confirmed)

    def panel(self, situation):
        """Show the present end, the latest one, the months used, and the money."""
        facts = situation.facts
        window = new_end_window(facts)
        if window is None:
            return []
        rows = [(_("The stay ends now"), in_words(facts.program_end), "")]
        if window.last:
            rows.append((_("Latest possible last day"), in_words(window.last), ""))
        new_end = day_in(situation.answers, "new_end")
        stay = facts.exchange_category, facts.program_start, new_end, facts.exchange_stays
        needed = needed_for(extension_in(situation), len(facts.dependents), situation)
        return [
            *rows,
            *months_rows(*stay),
            *money_rows(_("Money for the extra time"), needed, situation.answers),
        ]


def _months(facts, new_end):
    """Return the months of the extension; None once the record shows the new end already."""
    ends = facts.program_end
    return months_begun(ends + ONE_DAY, new_end) if ends and ends < new_end else None
